//! Why a delimited row cannot be taken as it is.

/// Why a row cannot be taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("cell {0} is not in the encoding found; --encoding names another")]
    Encoding(usize),
    #[error("a NUL byte")]
    Nul,
    #[error("a quote inside a quoted cell is not doubled")]
    InnerQuote,
    #[error("a quote is never closed")]
    OpenQuote,
    #[error("{0} cells where the header has {1}")]
    Cells(usize, usize),
    #[error("longer than {0} bytes; is a quote never closed?")]
    TooLong(usize),
}

impl Fault {
    /// Whether the lines after the first were taken into the row by a quote that has no other end.
    pub(super) fn swallows(self) -> bool {
        matches!(self, Fault::OpenQuote | Fault::TooLong(_))
    }
}
