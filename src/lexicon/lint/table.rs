//! The rows of a folder with what their files say of them, and the classes they make.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::{File, file_of};
use super::{Finding, Kind};
use crate::lexicon::problem::Problem;
use crate::lexicon::row::{Folder, Place, Row};

/// A row with its file.
pub(super) struct Line {
    pub(super) path: String,
    pub(super) file: File,
    pub(super) row: Row,
}

impl Line {
    /// The term as it is written.
    pub(super) fn term(&self) -> &str {
        self.row.cell(self.file.term)
    }

    pub(super) fn place(&self) -> &Place {
        &self.row.place
    }

    /// The number of the row, where it has one.
    pub(super) fn number(&self) -> Option<f32> {
        self.file.number.and_then(|(column, ..)| self.row.number(column).ok())
    }
}

/// The rows of one folder.
#[derive(Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Line>,
    /// Files that no part of a lexicon is read from.
    pub(super) strangers: Vec<Place>,
}

impl Table {
    pub(super) fn of(folder: &Folder, problems: &mut Vec<Problem>) -> Self {
        let mut table = Self::default();
        for (path, _) in folder.files() {
            let Some(file) = file_of(path) else {
                table.strangers.push(Place { file: Arc::from(format!("{}/{path}", folder.name())), line: 1 });
                continue;
            };
            let rows = folder.rows(path, file.columns, problems);
            table.rows.extend(rows.into_iter().map(|row| Line { path: path.to_owned(), file, row }));
        }
        table
    }
}

/// A row as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRow {
    /// Where it stands.
    pub place: Place,
    /// The path of its file inside the folder.
    pub path: String,
    /// Its cells.
    pub cells: Vec<String>,
}

/// The rows of a folder, in the order of files and lines; what cannot be read is left out.
pub fn rows(folder: &Folder) -> Vec<ListedRow> {
    let rows = Table::of(folder, &mut Vec::new()).rows.into_iter().map(|line| ListedRow {
        cells: (0..line.file.columns.len()).map(|column| line.row.cell(column).to_owned()).collect(),
        place: line.row.place,
        path: line.path,
    });
    rows.collect()
}

/// The members of every class, as they are written.
pub(super) struct Classes<'t>(BTreeMap<&'t str, Vec<&'t str>>);

/// Classes may name classes so many times over; a deeper nesting goes round in a circle.
const DEEPEST: usize = 6;

impl<'t> Classes<'t> {
    pub(super) fn of(tables: &'t [Table]) -> Self {
        let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for line in tables.iter().flat_map(|table| &table.rows) {
            match line.path.as_str() {
                "class.csv" => classes.entry(line.row.cell(0)).or_default().push(line.term()),
                "target.csv" => classes.entry(line.row.cell(2)).or_default().push(line.term()),
                _ => {}
            }
        }
        Self(classes)
    }

    /// The members of a class.
    pub(super) fn members(&self, class: &str) -> &[&'t str] {
        self.0.get(class).map_or(&[], Vec::as_slice)
    }

    pub(super) fn check(&self, line: &Line, findings: &mut Vec<Finding>) {
        for class in named(line.term()).filter(|class| !is_holder(line, class)) {
            if !self.0.contains_key(class) {
                let message = format!("no class `{{{class}}}`; add rows for it to class.csv or correct the name");
                findings.push(Kind::UnknownClass.at(line.place(), message));
            } else if !self.has_words(class, DEEPEST) {
                let message =
                    format!("class `{{{class}}}` holds no word, so nothing can match; add words to it in class.csv");
                findings.push(Kind::EmptyClass.at(line.place(), message));
            }
        }
    }

    fn has_words(&self, class: &str, depth: usize) -> bool {
        depth > 0
            && self.members(class).iter().any(|member| named(member).all(|inner| self.has_words(inner, depth - 1)))
    }
}

/// `{holder}` stands for the sellers of either kind in the reported scales, without rows of its own.
fn is_holder(line: &Line, class: &str) -> bool {
    class == "holder" && line.path.starts_with("reported/")
}

/// The classes that a term names.
pub(super) fn named(term: &str) -> impl Iterator<Item = &str> {
    term.split_whitespace().filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'))
}
