//! Lexicon files as rows that know where they stand.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::problem::Problem;

/// The files of one lexicon folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    name: String,
    files: BTreeMap<String, String>,
}

impl Folder {
    /// An empty folder that messages call `name`.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), files: BTreeMap::new() }
    }

    /// Adds a file by its path inside the folder, with `/` between names; only CSV files hold rows.
    pub fn add(&mut self, path: &str, text: &str) {
        if std::path::Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
            self.files.insert(path.to_owned(), text.to_owned());
        }
    }

    /// Adds rows to a file: the text with its header where the file is new, without it where it is there.
    pub fn append(&mut self, path: &str, text: &str) {
        match self.files.get_mut(path) {
            Some(file) => file.push_str(text.split_once('\n').map_or("", |(_, rows)| rows)),
            None => self.add(path, text),
        }
    }

    /// The paths and texts of the files, in the order of paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of one file, if the folder holds it.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether the folder holds no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What messages call the folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The rows of one file, if the folder holds it; what cannot be read becomes a problem.
    pub(super) fn rows(&self, path: &str, columns: &[&str], problems: &mut Vec<Problem>) -> Vec<Row> {
        let Some(text) = self.files.get(path) else { return Vec::new() };
        let file: Arc<str> = format!("{}/{path}", self.name).into();
        let place = |line| Place { file: Arc::clone(&file), line };
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        match reader.headers() {
            Ok(header) if header.iter().map(str::trim).eq(columns.iter().copied()) => {}
            Ok(header) => {
                let found = header.iter().collect::<Vec<_>>().join(",");
                let message = format!("the first line must be `{}`, found `{found}`", columns.join(","));
                problems.push(Problem { place: place(1), message });
                return Vec::new();
            }
            Err(error) => {
                problems.push(Problem { place: place(1), message: error.to_string() });
                return Vec::new();
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let place = place(record.position().map_or(0, csv::Position::line));
                    if record.len() == columns.len() {
                        rows.push(Row { place, cells: record });
                    } else {
                        let message = format!(
                            "{} cells where `{}` wants {}; put quotes around a cell that holds a comma",
                            record.len(),
                            columns.join(","),
                            columns.len()
                        );
                        problems.push(Problem { place, message });
                    }
                }
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    problems.push(Problem { place: place(line), message: error.to_string() });
                }
            }
        }
        rows
    }
}

/// Where the fitted weights stand inside the folder.
const FITTED: &str = "fitted/";

/// The files of one lexicon as folders: the hand-written rows, then the fitted weights that override them.
pub fn layered<'f>(name: &str, files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Vec<Folder> {
    let mut hand = Folder::named(name);
    let mut fitted = Folder::named(&format!("{name}/{}", FITTED.trim_end_matches('/')));
    for (path, text) in files {
        match path.strip_prefix(FITTED) {
            Some(rest) => fitted.add(rest, text),
            None => hand.add(path, text),
        }
    }
    vec![hand, fitted]
}

/// A line of a lexicon file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, with the folder's name before it.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A row with as many cells as its file has columns.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    cells: csv::StringRecord,
}

impl Row {
    /// The cell in that column, without white space around it.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default().trim()
    }

    /// The number in that column, or the problem with it.
    pub(super) fn number(&self, column: usize) -> Result<f32, Problem> {
        let cell = self.cell(column);
        match cell.parse::<f32>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(self.problem(format!("`{cell}` is not a number; write it like 1.5"))),
        }
    }

    /// A problem with this row.
    pub(super) fn problem(&self, message: String) -> Problem {
        Problem { place: self.place.clone(), message }
    }
}
