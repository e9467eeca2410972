//! `condong lexicon diff`: which rows two lexicons do not share.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use condong::lexicon::{Folder, Place, builtin, file_of, rows};

use crate::cli::check::write;
use crate::cli::exit::Exit;
use crate::cli::lexicon_files::folders;

/// Show rows that were added, taken away or changed between two lexicon folders
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// The lexicon before; `builtin` is the built-in one
    before: PathBuf,
    /// The lexicon after; `builtin` is the built-in one
    after: PathBuf,
}

/// The rows by file and key, each with its other cells and its place.
type Rows = BTreeMap<(String, Vec<String>), (Vec<String>, Place)>;

/// Compares.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let (before, after) = (keyed(&args.before)?, keyed(&args.after)?);
    let mut out = String::new();
    for (key, (old, place)) in &before {
        match after.get(key) {
            None => {
                let _ = writeln!(out, "- {place}: {}", old.join(","));
            }
            Some((new, now)) if new != old => {
                let _ = writeln!(out, "~ {now}: {} → {}", old.join(","), new.join(","));
            }
            Some(_) => {}
        }
    }
    for (_, (new, place)) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        let _ = writeln!(out, "+ {place}: {}", new.join(","));
    }
    write(&out, None)?;
    Ok(Exit::Fine)
}

fn keyed(dir: &Path) -> Result<Rows> {
    let all: Vec<Folder> = if dir == Path::new("builtin") { builtin() } else { folders(dir)? };
    let mut keyed = Rows::new();
    for (layer, folder) in all.iter().enumerate() {
        for row in rows(folder) {
            let key = file_of(&row.path).map_or(&[][..], |file| file.key);
            let key = key.iter().map(|column| row.cells.get(*column).cloned().unwrap_or_default());
            // The fitted weights of a lexicon stand in the second folder, under the same names.
            keyed.insert((format!("{layer}/{}", row.path), key.collect()), (row.cells, row.place));
        }
    }
    Ok(keyed)
}
