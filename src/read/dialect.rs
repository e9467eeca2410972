//! Which tool wrote an export, by the table `dialect.csv`: a dialect is a row in it.

use super::names::Names;
use super::row_table::rows_of;
use serde::Deserialize;
use std::sync::LazyLock;

/// What is known of the exports of one tool.
#[derive(Debug, Deserialize)]
pub(super) struct Dialect {
    /// The tool and, where it matters, its versions.
    #[serde(rename = "dialect")]
    pub(super) name: String,
    delimiter: Option<char>,
    header: Quoting,
    /// Whether every value is in quotes.
    pub(super) values: Quoting,
    signature: String,
    pub(super) text: String,
    pub(super) date: String,
    pub(super) time: String,
    pub(super) author: String,
    pub(super) id: String,
    pub(super) likes: String,
    pub(super) location: String,
    pub(super) bio: String,
    /// What its exports lose or keep.
    pub(super) about: String,
}

/// Whether a line of cells begins with a quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Quoting {
    Plain,
    Quoted,
    /// In a dialect: either; of an input: not known.
    #[default]
    Any,
}

/// What is seen of an input when its dialect is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub(super) delimiter: Option<u8>,
    pub(super) header: Quoting,
    pub(super) values: Quoting,
}

static DIALECTS: LazyLock<Vec<Dialect>> = LazyLock::new(|| rows_of(include_str!("dialect.csv")));

/// The dialect of an input with these columns and this look; where several fit, the one that is listed first.
pub(super) fn dialect_of(names: &Names, look: Look) -> Option<&'static Dialect> {
    DIALECTS.iter().find(|dialect| dialect.looks_like(look) && dialect.is_signed_by(names))
}

impl Dialect {
    fn is_signed_by(&self, names: &Names) -> bool {
        self.signature.split('|').all(|name| names.first(name).is_some())
    }

    fn looks_like(&self, look: Look) -> bool {
        let delimiter = self.delimiter.is_none_or(|own| look.delimiter.is_some_and(|seen| char::from(seen) == own));
        delimiter && self.header.admits(look.header) && self.values.admits(look.values)
    }
}

impl Quoting {
    fn admits(self, seen: Quoting) -> bool {
        self == Quoting::Any || self == seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        let lines = include_str!("dialect.csv").lines().count() - 1;
        assert_eq!(DIALECTS.len(), lines);
    }
}
