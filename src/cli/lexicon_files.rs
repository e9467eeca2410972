//! Lexicon folders from disk, and the options by which commands name them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use condong::lexicon::{Folder, Lexicon, LexiconError, Problem, builtin, layered};

/// A lexicon file is written by people; one beyond this size is something else.
const LARGEST_FILE: u64 = 64 << 20;
/// A lexicon has a few dozen files; a folder with more is something else.
const MOST_FILES: usize = 1_000;
/// Scales are folders, and `fitted` holds scales; deeper folders are something else.
const DEEPEST: usize = 4;
/// How many problems of a broken lexicon are told at once.
const MOST_PROBLEMS: usize = 20;

/// Which lexicon is used.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct LexiconArgs {
    /// Use the lexicon in this folder instead of the built-in one
    #[arg(long, value_name = "DIR", help_heading = "Lexicon")]
    pub(crate) lexicon: Option<PathBuf>,
    /// Add the rows of this folder, which override others (repeatable)
    #[arg(long, value_name = "DIR", help_heading = "Lexicon")]
    pub(crate) overlay: Vec<PathBuf>,
}

impl LexiconArgs {
    /// The folders in the order in which they override each other.
    pub(crate) fn folders(&self) -> Result<Vec<Folder>> {
        let mut folders = match &self.lexicon {
            Some(dir) => folders(dir)?,
            None => builtin(),
        };
        for dir in &self.overlay {
            folders.extend(self::folders(dir)?);
        }
        Ok(folders)
    }

    /// The lexicon, ready for use.
    pub(crate) fn load(&self) -> Result<&'static Lexicon> {
        let folders = if self.is_builtin() { Vec::new() } else { self.folders()? };
        self.load_from(&folders)
    }

    /// The same where its folders have been read already. It is there until the program ends: letting its hundred
    /// thousand pieces go would only put that off.
    pub(crate) fn load_from(&self, folders: &[Folder]) -> Result<&'static Lexicon> {
        let lexicon = if self.is_builtin() { ready(Lexicon::builtin())? } else { load(folders)? };
        Ok(Box::leak(Box::new(lexicon)))
    }

    /// Whether it is the lexicon that is compiled in, which needs no rows.
    fn is_builtin(&self) -> bool {
        self.lexicon.is_none() && self.overlay.is_empty()
    }
}

/// The lexicon of these folders, ready for use.
pub(crate) fn load(folders: &[Folder]) -> Result<Lexicon> {
    ready(Lexicon::of(folders))
}

fn ready(lexicon: Result<Lexicon, LexiconError>) -> Result<Lexicon> {
    lexicon.map_err(|error| anyhow!("{}", shortened(&error.problems)))
}

/// The first problems, which are mostly what caused the others.
fn shortened(problems: &[Problem]) -> String {
    let mut lines: Vec<String> = problems.iter().take(MOST_PROBLEMS).map(Problem::to_string).collect();
    if problems.len() > MOST_PROBLEMS {
        lines.push(format!("… and {} more; `condong lexicon lint` lists them all", problems.len() - MOST_PROBLEMS));
    }
    lines.join("\n")
}

/// The hand-written rows of a folder on disk, then its fitted weights. Refuses a folder without lexicon files, links that
/// lead out of it, and files that no person writes.
pub fn folders(dir: &Path) -> Result<Vec<Folder>> {
    let name = dir.display().to_string();
    let root = fs::canonicalize(dir).with_context(|| format!("{name}: cannot be opened"))?;
    ensure!(root.is_dir(), "{name}: not a folder; a lexicon is a folder of CSV files (see `condong lexicon init`)");
    let mut files = Vec::new();
    let mut search = Search { root: &root, name: &name, files: &mut files };
    search.folder(&root, "", DEEPEST)?;
    ensure!(!files.is_empty(), "{name}: holds no CSV file; see `condong lexicon init` for a folder to start from");
    files.sort();
    let name = name.trim_end_matches(['/', '\\']);
    Ok(layered(name, files.iter().map(|(path, text)| (path.as_str(), text.as_str()))))
}

struct Search<'s> {
    root: &'s Path,
    name: &'s str,
    files: &'s mut Vec<(String, String)>,
}

impl Search<'_> {
    fn folder(&mut self, dir: &Path, inside: &str, depth: usize) -> Result<()> {
        ensure!(depth > 0, "{}/{inside}: deeper than a lexicon has folders", self.name);
        for entry in fs::read_dir(dir).with_context(|| format!("{}/{inside}", self.name))? {
            let entry = entry.with_context(|| format!("{}/{inside}", self.name))?;
            let file_name = entry.file_name();
            let Some(file_name) = file_name.to_str() else { bail!("{}/{inside}: a name that is not UTF-8", self.name) };
            if file_name.starts_with('.') {
                continue;
            }
            let path = if inside.is_empty() { file_name.to_owned() } else { format!("{inside}/{file_name}") };
            self.entry(&entry.path(), &path, depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, at: &Path, path: &str, depth: usize) -> Result<()> {
        let shown = format!("{}/{path}", self.name);
        let target = fs::canonicalize(at).with_context(|| format!("{shown}: leads nowhere, or round in a circle"))?;
        ensure!(target.starts_with(self.root), "{shown}: a link out of the lexicon folder; put the file itself there");
        if target.is_dir() {
            ensure!(!at.is_symlink(), "{shown}: a link to a folder; put the files themselves there");
            return self.folder(at, path, depth - 1);
        }
        if !Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
            return Ok(());
        }
        let about = fs::metadata(&target).with_context(|| shown.clone())?;
        ensure!(about.is_file(), "{shown}: not a file");
        ensure!(about.len() <= LARGEST_FILE, "{shown}: larger than {} MiB, so no lexicon file", LARGEST_FILE >> 20);
        ensure!(self.files.len() < MOST_FILES, "{}: more than {MOST_FILES} CSV files, so no lexicon", self.name);
        let text = fs::read_to_string(&target).with_context(|| format!("{shown}: cannot be read as UTF-8"))?;
        self.files.push((path.to_owned(), text));
        Ok(())
    }
}
