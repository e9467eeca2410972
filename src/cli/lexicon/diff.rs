//! `condong lexicon diff`: which rows two lexicons do not share, or what an overlay makes of one.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use condong::lexicon::{Folder, Place, builtin, file_of, rows};
use condong::report::inert;

use crate::cli::check::write;
use crate::cli::exit::Exit;
use crate::cli::lexicon_files::folders;

/// Show rows that were added, taken away or changed between two lexicon folders, or by an overlay
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// The lexicon before; `builtin` is the built-in one
    before: PathBuf,
    /// The lexicon after; `builtin` is the built-in one; that before if overlays are given
    after: Option<PathBuf>,
    /// Folders whose rows are added to the lexicon after, or override it (repeatable)
    #[arg(long, value_name = "DIR")]
    overlay: Vec<PathBuf>,
}

/// The rows by file and key, each with its other cells and its place.
type Rows = BTreeMap<(String, Vec<String>), (Vec<String>, Place)>;

/// Compares.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    ensure!(
        args.after.is_some() || !args.overlay.is_empty(),
        "name a second lexicon, or what is laid over the first by --overlay DIR"
    );
    let before = keyed(&args.before, &[])?;
    let after = keyed(args.after.as_ref().unwrap_or(&args.before), &args.overlay)?;
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
    write(&inert(&out), None)?;
    Ok(Exit::Fine)
}

/// The rows of a lexicon; a row of an overlay takes the place of the one that it overrides.
fn keyed(lexicon: &Path, overlays: &[PathBuf]) -> Result<Rows> {
    let mut all = vec![if lexicon == Path::new("builtin") { builtin() } else { folders(lexicon)? }];
    for overlay in overlays {
        all.push(folders(overlay)?);
    }
    let mut keyed = Rows::new();
    for (layer, folder) in all.iter().flat_map(|folders: &Vec<Folder>| folders.iter().enumerate()) {
        for row in rows(folder) {
            let key = file_of(&row.path).map_or(&[][..], |file| file.key);
            let key = key.iter().map(|column| row.cells.get(*column).cloned().unwrap_or_default());
            // The fitted weights of a lexicon stand in the second folder, under the same names.
            keyed.insert((format!("{layer}/{}", row.path), key.collect()), (row.cells, row.place));
        }
    }
    Ok(keyed)
}
