//! The `condong` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    condong::cli::run(std::env::args_os()).into()
}
