//! `condong lexicon init`: a folder from which a lexicon for another topic can be written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use condong::lexicon::{ListedRow, builtin, rows};
use include_dir::{Dir, include_dir};

use crate::cli::check::write;
use crate::cli::exit::Exit;
use crate::cli::output::write_file;

/// The files about a topic, with an example to be replaced.
static START: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cli/lexicon/start");

/// Files about the language, which serve every topic.
const LANGUAGE: [&str; 6] = [
    "modifier.csv",
    "sentiment/negative.csv",
    "sentiment/neutral.csv",
    "sentiment/positive.csv",
    "slang.csv",
    "stem.csv",
];
/// The class that the clause boundaries come from.
const CLAUSE_BREAK: &str = "clause_break";
const CLASSES: &str = "class.csv";

/// Write a folder to start a lexicon for your own topic from
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder, which must not exist or be empty
    dir: PathBuf,
}

/// Writes the folder.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let dir = &args.dir;
    let shown = dir.display();
    let used = dir.exists() && fs::read_dir(dir).with_context(|| format!("{shown}: cannot be read"))?.next().is_some();
    ensure!(!used, "{shown}: not empty; name a new folder");
    let mut files = BTreeMap::new();
    collect(&START, &mut files);
    let hand = builtin().swap_remove(0);
    for (path, text) in hand.files().filter(|(path, _)| LANGUAGE.contains(path)) {
        files.insert(path.to_owned(), text.to_owned());
    }
    let classes = classes(files.get(CLASSES).map_or("", String::as_str), &rows(&hand));
    files.insert(CLASSES.to_owned(), classes);
    for (path, text) in &files {
        put(dir, path, text)?;
    }
    write(&format!("{shown}: {} files; begin with {shown}/README.md\n", files.len()), None)?;
    Ok(Exit::Fine)
}

fn put(dir: &Path, path: &str, text: &str) -> Result<()> {
    let file = dir.join(path);
    let parent = file.parent().unwrap_or(dir);
    fs::create_dir_all(parent).with_context(|| format!("{}: cannot be made", parent.display()))?;
    write_file(&file, text.as_bytes())
}

fn collect(dir: &Dir<'static>, files: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.insert(path.to_owned(), text.to_owned());
        }
    }
    dir.dirs().for_each(|inner| collect(inner, files));
}

/// The classes to start with, and those that the files about the language name, however deep.
fn classes(start: &str, all: &[ListedRow]) -> String {
    let mut wanted = BTreeSet::from([CLAUSE_BREAK.to_owned()]);
    let language = all.iter().filter(|row| LANGUAGE.contains(&row.path.as_str()));
    wanted.extend(language.flat_map(|row| named(&row.cells[0])));
    let members: Vec<&ListedRow> = all.iter().filter(|row| row.path == CLASSES).collect();
    loop {
        let there = wanted.len();
        let inner: Vec<String> =
            members.iter().filter(|row| wanted.contains(&row.cells[0])).flat_map(|row| named(&row.cells[1])).collect();
        wanted.extend(inner);
        if wanted.len() == there {
            break;
        }
    }
    let mut lines: BTreeSet<String> = start.lines().skip(1).map(str::to_owned).collect();
    lines.extend(members.iter().filter(|row| wanted.contains(&row.cells[0])).map(|row| row.cells.join(",")));
    let header = start.lines().next().unwrap_or_default();
    lines.iter().fold(format!("{header}\n"), |text, line| text + line + "\n")
}

/// The classes that a term names.
fn named(term: &str) -> Vec<String> {
    let pieces = term.split_whitespace().filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
    pieces.map(str::to_owned).collect()
}
