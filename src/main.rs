//! The `condong` command line.

mod cli;

use clap::Parser;
use std::process::ExitCode;

/// How Indonesian posts lean toward e-commerce: pro, kontra or netral, who says so, and why
#[derive(Parser)]
#[command(version)]
enum Command {
    Inspect(cli::inspect::Inspect),
}

fn main() -> ExitCode {
    let Command::Inspect(inspect) = Command::parse();
    cli::inspect::run(&inspect).unwrap_or_else(|error| {
        eprintln!("condong: {error:#}");
        ExitCode::from(2)
    })
}
