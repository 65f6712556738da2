//! Does not compile: a message lacks one of its parameters.

use full_shop_errors::messages::CardDeclined;

fn main() {
    println!("{}", CardDeclined { reason: "expired" });
}
