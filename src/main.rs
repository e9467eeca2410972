//! The `condong` command line.

use std::io::ErrorKind;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

mod cli;

use cli::exit::Exit;
use cli::say::say;

/// How Indonesian posts lean toward e-commerce: pro, kontra or netral, who says so, and why
#[derive(Parser)]
#[command(name = "condong", version)]
enum Command {
    Score(Box<cli::score::Args>),
    Report(Box<cli::report::Args>),
    Explain(cli::explain::Args),
    Check(Box<cli::check::Args>),
    Lexicon(cli::lexicon::Args),
    Inspect(Box<cli::inspect::Inspect>),
    Learn(Box<cli::learn::Args>),
    Completions(cli::completions::Completions),
    Man(cli::completions::Man),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Score(args) => cli::score::run(&args),
        Command::Report(args) => cli::report::run(&args),
        Command::Explain(args) => cli::explain::run(&args),
        Command::Check(args) => cli::check::run(&args),
        Command::Lexicon(args) => cli::lexicon::run(&args),
        Command::Inspect(args) => cli::inspect::run(&args),
        Command::Learn(args) => cli::learn::run(&args),
        Command::Completions(args) => cli::completions::completions(&args, &mut Command::command()),
        Command::Man(_) => cli::completions::man(Command::command()),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) if is_closed_pipe(&error) => Exit::Fine.into(),
        Err(error) => {
            say(&format!("{error:#}"));
            Exit::Refused.into()
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |error: &std::io::Error| error.kind() == ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(closed))
}
