//! What reading gives, row by row.

use csv::StringRecord;

/// A row as it stands in the input; its buffers are used again for the next.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The line on which it begins, from 1; in a workbook the row, in a JSON array the line.
    pub line: u64,
    /// The cells, as many as the header has.
    pub fields: StringRecord,
    /// The values under paths that the header has not, with their paths; only JSON objects have such.
    pub unlisted: Vec<(String, String)>,
}

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The input.
    pub file: String,
    /// The line on which the row begins.
    pub line: u64,
    /// Why it cannot be read.
    pub reason: String,
    /// Its bytes as they were, or the first of them where the row is longer than rows may be.
    pub raw: Vec<u8>,
}

/// What [`Posts::read`](super::Posts::read) came upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A row, now in the buffer given.
    Row,
    /// A row that cannot be read.
    Reject(Reject),
    /// Nothing more.
    End,
}

/// What a reader of one layout came upon.
pub(super) enum Step {
    Row(Manner),
    Reject { line: u64, reason: String, raw: Vec<u8> },
    End,
}

/// How a row had to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// As the input as a whole is read.
    Regular,
    /// Quotes inside its cells are not doubled.
    InnerQuotes,
    /// With another delimiter than the rows before it.
    OtherDelimiter,
    /// Its cells are not quoted as those of the rows before it are.
    OtherQuoting,
}
