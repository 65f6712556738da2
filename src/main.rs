//! The command `errgen`.

use std::process::ExitCode;

fn main() -> ExitCode {
    errgen::cli::run()
}
