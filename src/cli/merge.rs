//! `condong merge`: one report from parts that were counted apart.

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, Result};
use condong::report::Partial;

use super::exit::Exit;
use super::files;
use super::report::Show;

/// Make one report from parts that `report --partial` wrote: the same as that over all their files at once
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    show: Show,
    /// Parts, in the order of the report's list of sources; - is standard input
    #[arg(value_name = "PART", required = true)]
    parts: Vec<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Exit> {
    args.show.check()?;
    let mut whole: Option<Partial> = None;
    for name in files::expand(&args.parts, None)? {
        let file = name.to_string();
        let mut bytes = Vec::new();
        name.open()?.read_to_end(&mut bytes).with_context(|| file.clone())?;
        let part = Partial::decode(&bytes, &file)?;
        match &mut whole {
            Some(whole) => whole.merge(part, &file)?,
            None => whole = Some(part),
        }
    }
    let whole = whole.context("no part is named")?;
    args.show.write(&whole)?;
    Ok(if whole.origin.rejected == 0 { Exit::Fine } else { Exit::Rejected })
}
