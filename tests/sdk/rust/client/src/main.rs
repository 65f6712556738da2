//! A program that has the module to itself and uses next to nothing of it.

mod pixnet_errors;

use pixnet_errors::PixnetError;

fn main() {
    println!("{}", PixnetError::new(502));
}
