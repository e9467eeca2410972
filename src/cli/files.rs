//! The names on the command line as inputs: files, directories, patterns, standard input.

use anyhow::{Context, Result, bail};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// An input that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Name {
    /// What is piped in.
    Standard,
    /// A file.
    File(PathBuf),
}

/// What exports end in; other files in a directory are left alone.
const EXTENSIONS: &[&str] = &[
    "csv",
    "tsv",
    "tab",
    "txt",
    "json",
    "jsonl",
    "ndjson",
    "xlsx",
    "xls",
    "gz",
    "zst",
    "xz",
    "bz2",
    "zip",
    #[cfg(feature = "parquet")]
    "parquet",
];

/// The inputs that `files` and the list in `files_from` name, in order; standard input if they name none.
pub(crate) fn expand(files: &[PathBuf], files_from: Option<&Path>) -> Result<Vec<Name>> {
    let mut paths = files.to_vec();
    if let Some(list) = files_from {
        paths.extend(listed(list)?);
    } else if paths.is_empty() {
        return Ok(vec![Name::Standard]);
    }
    let mut names = Vec::new();
    for path in &paths {
        names.extend(named(path)?);
    }
    if names.is_empty() {
        bail!("{}: no file is named in it", files_from.unwrap_or(Path::new("-")).display());
    }
    // Before the first row goes out, not after half of them.
    names.iter().try_for_each(Name::check)?;
    Ok(names)
}

fn named(path: &Path) -> Result<Vec<Name>> {
    if path == Path::new("-") {
        return Ok(vec![Name::Standard]);
    }
    if path.is_dir() {
        let found = exports_in(path).with_context(|| path.display().to_string())?;
        if found.is_empty() {
            bail!("{}: no export in this directory; exports end in {}", path.display(), EXTENSIONS.join(", "));
        }
        return Ok(found);
    }
    let pattern = path.to_string_lossy();
    if !path.exists() && pattern.contains(['*', '?', '[']) {
        return matching(&pattern);
    }
    Ok(vec![Name::File(path.to_path_buf())])
}

fn matching(pattern: &str) -> Result<Vec<Name>> {
    let paths = glob::glob(pattern).with_context(|| format!("{pattern}: not a pattern"))?;
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, _>>().with_context(|| pattern.to_owned())?;
    paths.retain(|path| path.is_file());
    paths.sort();
    if paths.is_empty() {
        bail!("{pattern}: no file matches");
    }
    Ok(paths.into_iter().map(Name::File).collect())
}

/// Exports in a directory and those below it, by name.
fn exports_in(directory: &Path) -> io::Result<Vec<Name>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(directory)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() && !path.is_symlink() {
            found.extend(exports_in(&path)?);
        } else if is_export(&path) {
            found.push(Name::File(path));
        }
    }
    Ok(found)
}

fn is_export(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && EXTENSIONS.contains(&extension.as_str())
}

fn listed(list: &Path) -> Result<Vec<PathBuf>> {
    let bytes: Box<dyn Read> = if list == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(list).with_context(|| list.display().to_string())?)
    };
    let lines: Vec<String> =
        BufReader::new(bytes).lines().collect::<io::Result<_>>().with_context(|| list.display().to_string())?;
    Ok(lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

impl Name {
    /// Opens the input.
    pub(crate) fn open(&self) -> Result<Box<dyn Read + Send>> {
        Ok(match self {
            Name::Standard => Box::new(io::stdin()),
            Name::File(path) => Box::new(AsOpened::of(path).with_context(|| path.display().to_string())?),
        })
    }

    /// Finds out whether the file can be read; what is no file may be read only once, so it is left alone.
    fn check(&self) -> Result<()> {
        let Name::File(path) = self else { return Ok(()) };
        let about = fs::metadata(path).with_context(|| path.display().to_string())?;
        if about.is_file() {
            File::open(path).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }
}

/// A file as it was when it was opened: what is appended later is left, since its last row may not be whole yet, and
/// what is cut off is an error.
struct AsOpened {
    file: File,
    /// How many bytes are to come; nothing is known of what is no file.
    left: Option<u64>,
}

impl AsOpened {
    fn of(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let about = file.metadata()?;
        // The system's own files say that they are empty.
        Ok(Self { file, left: (about.is_file() && about.len() > 0).then_some(about.len()) })
    }
}

impl Read for AsOpened {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(left) = self.left else { return self.file.read(out) };
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(out.len());
        let count = self.file.read(&mut out[..most])?;
        if count == 0 && most > 0 {
            return Err(io::Error::other("the file became shorter while it was read"));
        }
        self.left = Some(left - count as u64);
        Ok(count)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Name::Standard => f.write_str("<stdin>"),
            Name::File(path) => path.display().fmt(f),
        }
    }
}
