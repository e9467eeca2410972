//! What the reader decided about an input, and why.

use super::columns::Choice;
use super::options::Format;
use serde::Serialize;

/// Everything that was decided about an input before its rows are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// gzip, zstd, xz, bzip2 or zip.
    pub compression: Option<String>,
    /// The encoding's name.
    pub encoding: Decision<&'static str>,
    /// Whether a byte order mark was there.
    pub byte_order_mark: bool,
    /// The layout of rows.
    pub format: Decision<Format>,
    /// What is between cells.
    pub delimiter: Option<Decision<char>>,
    /// The sheet of a workbook that is read.
    pub sheet: Option<String>,
    /// The tool that wrote it.
    pub dialect: Option<&'static str>,
    /// What is known of that tool's exports.
    pub about: Option<&'static str>,
    /// The header's line; 0 where there is none.
    pub header_line: Decision<u64>,
    /// The rows above the header, which are skipped.
    pub preamble: usize,
    /// The columns that were found.
    pub columns: Vec<Choice>,
    /// How dates are written, where there is a date column.
    pub dates: Option<Decision<String>>,
}

/// Something decided, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision<T> {
    /// What was decided.
    pub value: T,
    /// Why.
    pub why: String,
}

impl<T> Decision<T> {
    /// Decides on `value` because of `why`.
    pub(super) fn of(value: T, why: impl Into<String>) -> Decision<T> {
        Decision { value, why: why.into() }
    }
}
