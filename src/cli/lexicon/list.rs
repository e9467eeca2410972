//! `condong lexicon list`: the rows of a lexicon, or those that have to do with a word.

use std::fmt::Write;

use anyhow::Result;
use condong::lexicon::{Lexicon, rows};
use condong::report::inert;

use crate::cli::check::write;
use crate::cli::exit::Exit;
use crate::cli::lexicon_files::{LexiconArgs, load};

/// List rows with their files and lines
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// Only rows whose cells hold this, or a standard form of it (`gak` finds rows with `tidak`)
    #[arg(long = "match", value_name = "WORD")]
    word: Option<String>,
    /// Which lexicon is used
    #[command(flatten)]
    lexicon: LexiconArgs,
}

/// Lists the rows.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let folders = args.lexicon.folders()?;
    let wanted = match &args.word {
        Some(word) => forms(&load(&folders)?, word),
        None => Vec::new(),
    };
    let mut out = String::new();
    for row in folders.iter().flat_map(rows) {
        let matches = |cell: &String| wanted.iter().any(|form| holds(cell, form));
        if args.word.is_none() || row.cells.iter().any(matches) {
            let _ = writeln!(out, "{}: {}", row.place, row.cells.join(","));
        }
    }
    write(&inert(&out), None)?;
    Ok(Exit::Fine)
}

/// The word as it is written, and what posts that hold it are brought to.
fn forms(lexicon: &Lexicon, word: &str) -> Vec<String> {
    let mut forms = vec![word.to_lowercase()];
    for token in condong::text::Tokens::of(word) {
        let spelled = &word[token.start..token.end];
        let words = lexicon.normaliser().words(spelled, token.kind, &|word| lexicon.knows(word));
        forms.extend(words.into_iter().flat_map(|word| word.forms).map(|form| form.text));
    }
    forms
}

/// Whether a cell holds a form as whole words.
fn holds(cell: &str, form: &str) -> bool {
    let cell = cell.to_lowercase();
    let whole = |at: usize| {
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        apart(cell[..at].chars().next_back()) && apart(cell[at + form.len()..].chars().next())
    };
    cell.match_indices(form).any(|(at, _)| whole(at))
}
