//! The command line: one file a command, and what commands share.
//!
//! The only module that opens files, prints and starts threads. It is callable, so that the Python package runs the same
//! commands and counts tables in memory as `report` counts files.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};

use clap::{CommandFactory, Parser};

pub(crate) mod check;
pub(crate) mod completions;
mod exit;
pub(crate) mod explain;
pub(crate) mod files;
pub(crate) mod gold;
pub(crate) mod input;
pub(crate) mod inspect;
pub(crate) mod interrupt;
pub(crate) mod layout;
pub(crate) mod learn;
pub(crate) mod lexicon;
mod lexicon_files;
pub(crate) mod merge;
pub(crate) mod output;
pub(crate) mod packing;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
pub(crate) mod pipeline;
mod report;
pub(crate) mod say;
mod score;
pub(crate) mod seller;

pub use exit::Exit;
pub use lexicon_files::folders;
#[cfg(feature = "arrow")]
pub use report::{count_table, look_at_table};
pub use report::{events_of, render};
#[cfg(feature = "arrow")]
pub use score::{Given, TableScorer};

/// How Indonesian posts lean toward e-commerce: pro, kontra or netral, who says so, and why
#[derive(Parser)]
#[command(name = "condong", version)]
enum Command {
    Score(Box<score::Args>),
    Report(Box<report::Args>),
    Merge(Box<merge::Args>),
    Explain(explain::Args),
    Check(Box<check::Args>),
    Lexicon(lexicon::Args),
    Inspect(Box<inspect::Inspect>),
    Learn(Box<learn::Args>),
    Completions(completions::Completions),
    Man(completions::Man),
}

/// Does what the words of a command line ask for, of which the first is the name of the program.
pub fn run(words: impl IntoIterator<Item = OsString>) -> Exit {
    let command = match Command::try_parse_from(words) {
        Ok(command) => command,
        Err(usage) => {
            let _ = usage.print();
            return if usage.use_stderr() { Exit::Refused } else { Exit::Fine };
        }
    };
    // Where another program calls this, nothing else empties the buffer of standard output.
    let result = command.run().and_then(|exit| Ok(io::stdout().flush().map(|()| exit)?));
    match result {
        Ok(exit) => exit,
        Err(error) if is_closed_pipe(&error) => Exit::Fine,
        Err(error) => {
            say::say(&format!("{error:#}"));
            Exit::Refused
        }
    }
}

impl Command {
    fn run(self) -> anyhow::Result<Exit> {
        match self {
            Self::Score(args) => score::run(&args),
            Self::Report(args) => report::run(&args),
            Self::Merge(args) => merge::run(&args),
            Self::Explain(args) => explain::run(&args),
            Self::Check(args) => check::run(&args),
            Self::Lexicon(args) => lexicon::run(&args),
            Self::Inspect(args) => inspect::run(&args),
            Self::Learn(args) => learn::run(&args),
            Self::Completions(args) => completions::completions(&args, &mut Self::command()),
            Self::Man(_) => completions::man(Self::command()),
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    // A socket in the place of a pipe says so in its own way.
    let closed = |error: &io::Error| matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset);
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(closed))
}
