//! Why an input cannot be read at all; a row that cannot be read is a [`Reject`](super::Reject).

use std::io;

/// Why an input cannot be read, with its name and, where there is one, the line.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes could not be had.
    #[error("{file}:{line}: {error}")]
    Io {
        /// The input.
        file: String,
        /// The line reached.
        line: u64,
        /// What the system said; the message has it already, so it is no source of its own.
        error: io::Error,
    },
    /// There is nothing in it.
    #[error("{file}: no header and no rows: the input is empty")]
    Empty {
        /// The input.
        file: String,
    },
    /// It is not text in any form that is read here.
    #[error("{file}: not a table of posts: {what}")]
    NotText {
        /// The input.
        file: String,
        /// What it looks like.
        what: String,
    },
    /// It needs more memory than allowed.
    #[error("{file}: {what} is over {limit} bytes, more than is kept in memory; {advice}")]
    TooLarge {
        /// The input.
        file: String,
        /// What is too large.
        what: String,
        /// The most allowed.
        limit: u64,
        /// What to do.
        advice: &'static str,
    },
    /// An archive or workbook cannot be opened.
    #[error("{file}: {what}: {reason}")]
    Container {
        /// The input.
        file: String,
        /// Archive or workbook.
        what: &'static str,
        /// What its reader said.
        reason: String,
    },
    /// Another table begins in the middle, with its columns in other places.
    #[error("{file}:{line}: another header with other columns; files of different tools were joined here, split them")]
    OtherHeader {
        /// The input.
        file: String,
        /// The line of the second header.
        line: u64,
    },
    /// No column holds the posts, as far as names tell.
    #[error("{file}:{line}: no text column among {found}{longest}")]
    NoText {
        /// The input.
        file: String,
        /// The header's line.
        line: u64,
        /// The columns there are.
        found: String,
        /// The column with the longest cells, as advice.
        longest: String,
    },
    /// Two columns have the same claim.
    #[error("{file}:{line}: {candidates} may each be the {role} column; name one with --{role}")]
    Ambiguous {
        /// The input.
        file: String,
        /// The header's line.
        line: u64,
        /// What the column is for.
        role: &'static str,
        /// The columns that tie.
        candidates: String,
    },
    /// A column that the caller named is not there.
    #[error("{file}:{line}: no {role} column {name:?}{nearest}; the columns are {found}")]
    Missing {
        /// The input.
        file: String,
        /// The header's line.
        line: u64,
        /// What the column is for.
        role: &'static str,
        /// The name given.
        name: String,
        /// The nearest name, as advice.
        nearest: String,
        /// The columns there are.
        found: String,
    },
}
