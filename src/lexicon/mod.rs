//! The model: files of rows in, one matcher out.
//!
//! A [`Folder`] holds the files of a lexicon; [`Lexicon::of`] parses one or several, each later one adding to and
//! overriding those before it, and reports every problem at once. A [`Finder`] brings posts to units and finds the terms.

mod builtin;
mod compile;
mod cue;
mod entries;
mod finder;
mod layer;
mod lint;
mod modifier;
mod packed;
mod pattern;
mod problem;
mod row;
mod slot;
mod term;
mod trie;
mod unit;

pub use builtin::builtin;
pub use compile::{Lexicon, TermEntry, TermId, Weights, fingerprint};
pub use cue::Cue;
pub use finder::{Finder, Found, Hit};
pub use layer::{Layer, Scale};
pub use lint::{File, Finding, Kind, Level, ListedRow, file_of, fixed, lint, rows};
pub use modifier::{Modifier, Reach, Side};
pub use problem::{LexiconError, Problem};
pub use row::{Folder, Place, Row, layered};
pub use unit::Unit;
