//! `condong lexicon stats`: how many rows of which kind a lexicon has.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Result;
use condong::lexicon::{ListedRow, file_of, rows};

use crate::cli::check::write;
use crate::cli::exit::Exit;
use crate::cli::lexicon_files::{LexiconArgs, load};

/// Count rows by file and kind of term, with the spread of weights
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// Which lexicon is used
    #[command(flatten)]
    lexicon: LexiconArgs,
}

/// What one file holds.
#[derive(Default)]
struct Counts {
    rows: usize,
    words: usize,
    phrases: usize,
    constructions: usize,
    apart: usize,
    numbers: Vec<f32>,
}

/// Counts the rows.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let folders = args.lexicon.folders()?;
    let lexicon = load(&folders)?;
    let mut files: BTreeMap<String, Counts> = BTreeMap::new();
    for row in folders.iter().flat_map(rows) {
        files.entry(row.place.file.to_string()).or_default().add(&row);
    }
    let mut out = format!("lexicon {}, {} terms\n", lexicon.version(), lexicon.entries().len());
    let _ = writeln!(
        out,
        "{:<34}{:>7}{:>8}{:>9}{:>15}{:>7}{:>8}{:>8}{:>8}",
        "file", "rows", "words", "phrases", "constructions", "apart", "least", "median", "most"
    );
    let mut all = Counts::default();
    for (file, counts) in &mut files {
        add_line(&mut out, file, counts);
        all.rows += counts.rows;
        all.words += counts.words;
        all.phrases += counts.phrases;
        all.constructions += counts.constructions;
        all.apart += counts.apart;
    }
    add_line(&mut out, "all", &mut all);
    write(&out, None)?;
    Ok(Exit::Fine)
}

impl Counts {
    fn add(&mut self, row: &ListedRow) {
        self.rows += 1;
        let Some(file) = file_of(&row.path) else { return };
        let term = row.cells.get(file.term).map_or("", String::as_str);
        let kind = if term.contains(" & ") {
            &mut self.apart
        } else if term.contains(['{', '*']) {
            &mut self.constructions
        } else if term.contains(' ') {
            &mut self.phrases
        } else {
            &mut self.words
        };
        *kind += 1;
        let number: Option<f32> = file.number.and_then(|(column, ..)| row.cells.get(column)?.parse().ok());
        self.numbers.extend(number);
    }
}

fn add_line(out: &mut String, file: &str, counts: &mut Counts) {
    let Counts { rows, words, phrases, constructions, apart, numbers } = counts;
    numbers.sort_by(f32::total_cmp);
    let at = |place: usize| numbers.get(place).map_or("–".to_owned(), f32::to_string);
    let (least, median, most) = (at(0), at(numbers.len() / 2), at(numbers.len().saturating_sub(1)));
    let _ = writeln!(
        out,
        "{file:<34}{rows:>7}{words:>8}{phrases:>9}{constructions:>15}{apart:>7}{least:>8}{median:>8}{most:>8}"
    );
}
