//! How a command ends.

use std::process::ExitCode;

/// What the exit status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// `check` or `lint` fell short.
    FellShort = 1,
    /// Wrong usage, unreadable input, or a bad lexicon.
    Refused = 2,
    /// Finished, but rows were rejected.
    Rejected = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
