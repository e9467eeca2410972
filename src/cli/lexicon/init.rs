//! .
use crate::cli::exit::Exit;
use anyhow::Result;
/// .
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {}
pub(crate) fn run(_args: &Args) -> Result<Exit> {
    Ok(Exit::Fine)
}
