//! Where results go: standard output, or a file that appears only when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::packing::{Packed, Plain, packing_of};

/// A destination.
pub(crate) struct Output {
    writer: Packed,
    /// The file as it will be called, and as it is called until it is whole.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Output {
    /// Standard output, or a file that is written beside its name and renamed at the end.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self { writer: Packed::Plain(BufWriter::new(Box::new(io::stdout().lock()))), rename: None });
        };
        let packing = packing_of(path)?;
        let device = fs::metadata(path).is_ok_and(|about| !about.is_file());
        let beside = if device { path.to_owned() } else { beside(path) };
        let file = File::create(&beside).with_context(|| format!("{}: cannot be written", path.display()))?;
        let plain: Plain = BufWriter::new(Box::new(file));
        let writer = Packed::of(plain, packing)?;
        Ok(Self { writer, rename: (!device).then(|| (path.to_owned(), beside)) })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.writer.write_all(bytes)?)
    }

    /// Makes sure that everything arrived; only then does the file get its name.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.writer.finish()?;
        if let Some((path, beside)) = self.rename.take() {
            fs::rename(&beside, &path).with_context(|| format!("{}: cannot be written", path.display()))?;
        }
        Ok(())
    }
}

impl Drop for Output {
    /// A run that failed leaves no half-written file behind.
    fn drop(&mut self) {
        if let Some((_, beside)) = &self.rename {
            let _ = fs::remove_file(beside);
        }
    }
}

/// A name beside the path that no other run uses.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
