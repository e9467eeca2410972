//! `condong completions` and `condong man`: for shells and for `man`.

use std::io::{self, Write};

use anyhow::Result;
use clap::Command;
use clap_complete::Shell;

use super::exit::Exit;

/// Write completions for a shell to standard output
#[derive(clap::Args)]
pub(crate) struct Completions {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Write the manual page to standard output
#[derive(clap::Args)]
pub(crate) struct Man {}

pub(crate) fn completions(args: &Completions, command: &mut Command) -> Result<Exit> {
    // The generator takes no error from what it writes to, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "condong", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Exit::Fine)
}

pub(crate) fn man(command: Command) -> Result<Exit> {
    clap_mangen::Man::new(command).render(&mut io::stdout())?;
    Ok(Exit::Fine)
}
