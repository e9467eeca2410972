//! Labelled files as they are named on the command line.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use condong::gold::{GoldOptions, Labelled, labelled};

use super::exit::Exit;
use super::files::{Name, expand};
use super::say::say;

/// What labelled files in a folder end in; baselines and notes stand beside them.
const ENDINGS: [&str; 6] = ["csv", "tsv", "jsonl", "ndjson", "xlsx", "xls"];
/// What compressed ones end in behind that.
const PACKED: [&str; 4] = ["gz", "zst", "xz", "bz2"];

/// The posts of all files, in the order of their names.
pub(crate) fn corpus(paths: &[PathBuf], options: &GoldOptions) -> Result<Labelled> {
    let mut corpus = Labelled::default();
    for path in paths {
        for name in named(path)? {
            corpus.append(labelled(name.open()?, &name.to_string(), options)?);
        }
    }
    Ok(corpus)
}

/// Says which rows could not be read, for commands whose result has no room for it.
pub(crate) fn tell(corpus: &Labelled) -> Exit {
    for rejected in &corpus.rejected {
        say(&format!("{rejected}; the row is left out"));
    }
    if corpus.rejected.is_empty() { Exit::Fine } else { Exit::Rejected }
}

/// The files that a path names: of a folder those that lie in it, but not those deeper.
fn named(path: &Path) -> Result<Vec<Name>> {
    if !path.is_dir() {
        return expand(&[path.to_owned()], None);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        files.push(entry.with_context(|| path.display().to_string())?.path());
    }
    files.retain(|file| file.is_file() && is_labelled(file));
    files.sort();
    ensure!(!files.is_empty(), "{}: no labelled file in it; they end in {}", path.display(), ENDINGS.join(", "));
    Ok(files.into_iter().map(Name::File).collect())
}

fn is_labelled(file: &Path) -> bool {
    let ends = |file: &Path, endings: &[&str]| {
        file.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    ends(file, &ENDINGS) || ends(file, &PACKED) && ends(&file.with_extension(""), &ENDINGS)
}
