//! What is questionable in lexicon files, row by row, beyond what keeps them from loading.

use std::collections::BTreeSet;

use serde::Serialize;

use super::compile::Lexicon;
use super::problem::Problem;
use super::row::{Folder, Place};

mod cells;
mod files;
mod fix;
mod order;
mod reach;
mod repeats;
mod table;

pub use files::{File, file_of};
pub use fix::fixed;
pub use table::{ListedRow, rows};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It is worth a look.
    Warning,
    /// It keeps a row, or the whole lexicon, from working.
    Error,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A file that no part of a lexicon is read from.
    UnknownFile,
    /// A row that cannot be read.
    Unreadable,
    /// A construction names a class that does not exist.
    UnknownClass,
    /// A construction names a class without words, so nothing can match it.
    EmptyClass,
    /// A number outside what it may be.
    OutOfRange,
    /// A row that other rows always win over.
    Shadowed,
    /// A term that posts are never brought to.
    NotNormalised,
    /// A row that says what another one says.
    Duplicate,
    /// Two rows that say different things of one term.
    Conflict,
    /// A term of a scale that is a negator too; boosters may well have a tone of their own.
    AlsoNegator,
    /// A negated row that says what the negator makes of another row anyway.
    PlainNegation,
    /// A cell that a spreadsheet changes when it opens the file.
    Spreadsheet,
    /// A row that is not in its place.
    Unsorted,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where it is.
    pub place: Place,
    /// How bad it is.
    pub level: Level,
    /// What it is.
    pub kind: Kind,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl Level {
    /// How findings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Kind {
    /// How findings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownFile => "unknown_file",
            Self::Unreadable => "unreadable",
            Self::UnknownClass => "unknown_class",
            Self::EmptyClass => "empty_class",
            Self::OutOfRange => "out_of_range",
            Self::Shadowed => "shadowed",
            Self::NotNormalised => "not_normalised",
            Self::Duplicate => "duplicate",
            Self::Conflict => "conflict",
            Self::AlsoNegator => "also_negator",
            Self::PlainNegation => "plain_negation",
            Self::Spreadsheet => "spreadsheet",
            Self::Unsorted => "unsorted",
        }
    }

    /// How bad it is.
    pub fn level(self) -> Level {
        match self {
            Self::UnknownFile
            | Self::Unreadable
            | Self::UnknownClass
            | Self::EmptyClass
            | Self::OutOfRange
            | Self::Conflict => Level::Error,
            _ => Level::Warning,
        }
    }

    fn at(self, place: &Place, message: String) -> Finding {
        Finding { place: place.clone(), level: self.level(), kind: self, message }
    }
}

/// Everything questionable in folders that are used together, in the order of files and lines. A warning is left out where
/// the row's note says that it is meant, as in `allow also_negator`.
pub fn lint(folders: &[Folder]) -> Vec<Finding> {
    let mut unreadable = Vec::new();
    let tables: Vec<table::Table> = folders.iter().map(|folder| table::Table::of(folder, &mut unreadable)).collect();
    let mut findings = Vec::new();
    for table in &tables {
        findings.extend(table.strangers.iter().map(|place| {
            Kind::UnknownFile.at(place, "no part of a lexicon is read from this file; see lexicon/README.md".to_owned())
        }));
        table.rows.iter().for_each(|row| cells::check(row, &mut findings));
        order::check(table, &mut findings);
    }
    let classes = table::Classes::of(&tables);
    tables.iter().flat_map(|table| &table.rows).for_each(|row| classes.check(row, &mut findings));
    match Lexicon::of(folders) {
        Ok(lexicon) => {
            for table in &tables {
                repeats::check(table, &lexicon, &mut findings);
            }
            reach::check(&lexicon, &classes, &mut findings);
        }
        Err(error) => unreadable.extend(error.problems),
    }
    let allowed: BTreeSet<(&Place, &str)> = tables.iter().flat_map(|table| &table.rows).flat_map(allowed).collect();
    findings.retain(|found| found.level > Level::Warning || !allowed.contains(&(&found.place, found.kind.name())));
    add_unreadable(unreadable, &mut findings);
    findings.sort();
    findings.dedup();
    findings
}

/// The kinds of warnings that the note of a row says are meant: `allow also_negator`.
fn allowed(line: &table::Line) -> impl Iterator<Item = (&Place, &str)> {
    let note = line.file.columns.iter().position(|column| *column == "note").map_or("", |at| line.row.cell(at));
    note.split(';').filter_map(|part| part.trim().strip_prefix("allow ")).map(|kind| (line.place(), kind.trim()))
}

/// What keeps the lexicon from loading, where no finding says so already.
fn add_unreadable(problems: Vec<Problem>, findings: &mut Vec<Finding>) {
    for Problem { place, message } in problems {
        let told = findings.iter().any(|finding| finding.level == Level::Error && finding.place == place);
        if !told {
            findings.push(Kind::Unreadable.at(&place, message));
        }
    }
}
