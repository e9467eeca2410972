//! Where results go: standard output, or a file that appears only when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::interrupt;
use super::packing::{Packed, Plain, packing_of};

/// A destination.
pub(crate) struct Output {
    writer: Packed,
    /// The file that is being written, where it is one.
    unfinished: Option<Unfinished>,
}

/// A file as it will be called, and as it is called until it is whole; without the latter, it goes when this does.
struct Unfinished {
    /// As the user called it.
    shown: PathBuf,
    path: PathBuf,
    beside: PathBuf,
}

impl Output {
    /// Standard output, or a file that is written beside its name and renamed at the end.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self { writer: Packed::Plain(BufWriter::new(Box::new(io::stdout().lock()))), unfinished: None });
        };
        let packing = packing_of(path)?;
        let (file, unfinished) = create(path).with_context(|| format!("{}: cannot be written", path.display()))?;
        let plain: Plain = BufWriter::new(Box::new(file));
        Ok(Self { writer: Packed::of(plain, packing)?, unfinished })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.writer.write_all(bytes).with_context(|| self.problem())
    }

    /// Makes sure that everything arrived; only then does the file get its name.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.writer.finish().with_context(|| self.problem())?;
        if let Some(unfinished) = &self.unfinished {
            fs::rename(&unfinished.beside, &unfinished.path).with_context(|| self.problem())?;
        }
        Ok(())
    }

    fn problem(&self) -> String {
        match &self.unfinished {
            Some(unfinished) => format!("{}: cannot be written", unfinished.shown.display()),
            None => "the output cannot be written".to_owned(),
        }
    }
}

/// Writes a file that is whole or not there; what it held before stays until then.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let (mut file, unfinished) = create(path).with_context(|| format!("{}: cannot be written", path.display()))?;
    let written = file.write_all(bytes).and_then(|()| match &unfinished {
        Some(unfinished) => fs::rename(&unfinished.beside, &unfinished.path),
        None => Ok(()),
    });
    written.with_context(|| format!("{}: cannot be written", path.display()))
}

/// Opens what is to be written: the thing itself where it is no file, else a new file beside it.
fn create(path: &Path) -> io::Result<(File, Option<Unfinished>)> {
    let there = fs::metadata(path).ok();
    // `/dev/stdout` may lead to a file that somebody else holds open, and must stay what it is.
    let system = path.starts_with("/dev") || path.starts_with("/proc");
    if system || there.as_ref().is_some_and(|about| !about.is_file()) {
        return Ok((File::create(path)?, None));
    }
    // A link stays, and what it leads to is replaced.
    let (shown, path) = (path.to_owned(), if there.is_some() { fs::canonicalize(path)? } else { path.to_owned() });
    let beside = beside(&path);
    let file = File::options().write(true).create_new(true).open(&beside)?;
    interrupt::removes(&beside);
    let unfinished = Unfinished { shown, path, beside };
    if let Some(about) = there {
        fs::set_permissions(&unfinished.beside, about.permissions())?;
    }
    Ok((file, Some(unfinished)))
}

impl Drop for Unfinished {
    /// A run that failed leaves no half-written file behind.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.beside);
        interrupt::keeps(&self.beside);
    }
}

/// A name beside the path that no other run uses.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
