//! `condong lexicon`: what is in a lexicon, what is wrong with it, and a folder to start from.

use anyhow::Result;

use super::exit::Exit;

mod diff;
mod init;
mod lint;
mod list;
mod stats;

/// Work on lexicon files
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Debug, clap::Subcommand)]
enum Command {
    Lint(lint::Args),
    List(list::Args),
    Stats(stats::Args),
    Diff(diff::Args),
    Init(init::Args),
}

/// Runs one of the commands.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    match &args.command {
        Command::Lint(args) => lint::run(args),
        Command::List(args) => list::run(args),
        Command::Stats(args) => stats::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Init(args) => init::run(args),
    }
}
