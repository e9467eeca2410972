//! `condong explain`: every token, match, modifier and weight of one post.

use std::io::{self, Read, Write};

use anyhow::{Context, Result};
use clap::ValueEnum;
use condong::opinion::Reader;
use condong::render::explanation;

use super::exit::Exit;
use super::lexicon_files::LexiconArgs;

/// Show why one post gets its verdict: every token, match, modifier and weight, and the sums
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The post; `-` or nothing reads it from standard input
    text: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    lexicon: LexiconArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Text,
    Json,
}

pub(crate) fn run(args: &Args) -> Result<Exit> {
    let text = match args.text.as_deref() {
        None | Some("-") => standard_input()?,
        Some(text) => text.to_owned(),
    };
    let lexicon = args.lexicon.load()?;
    let explained = Reader::of(lexicon).explain(text.trim_end_matches(['\n', '\r']));
    let written = match args.format {
        Form::Text => explanation::text(&explained),
        Form::Json => explanation::json(&explained, lexicon.version()),
    };
    io::stdout().lock().write_all(written.as_bytes())?;
    Ok(Exit::Fine)
}

fn standard_input() -> Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
    String::from_utf8(bytes).context("standard input is not UTF-8; `condong inspect` tells what encoding a file has")
}
