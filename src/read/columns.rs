//! Which column is what: as the caller names it, as the dialect has it, or as the table `columns.csv` ranks names.

use super::dialect::Dialect;
use super::error::ReadError;
use super::names::{Names, plain};
use super::options::Named;
use super::row_table::rows_of;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The place of each column that means something to this crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The post.
    pub text: usize,
    /// When it was written.
    pub date: Option<usize>,
    /// The time of day, where it has a column of its own.
    pub time: Option<usize>,
    /// Who wrote it.
    pub author: Option<usize>,
    /// Its id.
    pub id: Option<usize>,
    /// How many like it.
    pub likes: Option<usize>,
    /// Where the author is.
    pub location: Option<usize>,
    /// How the author describes themselves.
    pub bio: Option<usize>,
    /// Whether the author sells online or offline, as the caller knows it.
    pub seller: Option<usize>,
}

/// A column that was found, and why it was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What it is for.
    pub role: &'static str,
    /// Its number, from 1.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Why it was taken.
    pub why: String,
}

/// What a header is searched for and where it is from.
pub(super) struct Search<'a> {
    pub(super) file: &'a str,
    pub(super) line: u64,
    pub(super) header: &'a [String],
    pub(super) named: &'a Named,
    pub(super) dialect: Option<&'static Dialect>,
    /// The column with the longest cells.
    pub(super) longest: Option<usize>,
    /// The names were made up, so that only the look of the cells tells which is the text.
    pub(super) headerless: bool,
}

#[derive(Debug, Deserialize)]
struct Known {
    name: String,
    role: String,
    rank: u32,
}

/// More names than this make an error message hard to read.
const NAMES_SHOWN: usize = 20;

/// More of a name than this, in characters, does too.
const NAME_SHOWN: usize = 60;

/// Names less alike than this (Jaro–Winkler) are not worth suggesting.
const ALIKE: f64 = 0.7;

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| rows_of(include_str!("columns.csv")));

static KNOWN_PLAIN: LazyLock<rustc_hash::FxHashSet<String>> =
    LazyLock::new(|| KNOWN.iter().map(|known| plain(&known.name)).collect());

/// Whether the table has this name.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN_PLAIN.contains(&plain(name)) || name.rsplit_once('.').is_some_and(|(_, last)| is_known(last))
}

impl Search<'_> {
    /// Finds every column, with the reasons.
    pub(super) fn run(&self) -> Result<(Columns, Vec<Choice>), ReadError> {
        let names = Names::of(self.header.iter().map(String::as_str));
        let mut choices = Vec::new();
        let mut find = |role: &'static str| -> Result<Option<usize>, ReadError> {
            let found = self.find(role, &names)?;
            choices.extend(found.as_ref().map(|(at, why)| Choice {
                role,
                number: at + 1,
                name: self.header[*at].clone(),
                why: why.clone(),
            }));
            Ok(found.map(|(at, _)| at))
        };
        let columns = Columns {
            text: find("text")?.ok_or_else(|| self.no_text())?,
            date: find("date")?,
            time: find("time")?,
            author: find("author")?,
            id: find("id")?,
            likes: find("likes")?,
            location: find("location")?,
            bio: find("bio")?,
            seller: find("seller")?,
        };
        Ok((columns, choices))
    }

    fn find(&self, role: &'static str, names: &Names) -> Result<Option<(usize, String)>, ReadError> {
        if let Some(name) = named(self.named, role) {
            return self.named_column(role, name, names).map(|at| Some((at, format!("named by --{role}"))));
        }
        if let Some(dialect) = self.dialect {
            let found =
                role_in(dialect, role).split('|').filter(|name| !name.is_empty()).find_map(|name| names.first(name));
            if let Some(at) = found {
                return Ok(Some((at, format!("{} has it so", dialect.name))));
            }
        }
        if self.headerless {
            let longest = self.longest.filter(|_| role == "text");
            return Ok(longest.map(|at| (at, "no header; its cells are the longest".to_owned())));
        }
        let whole = self.ranked(role, |name| names.all(name))?;
        if whole.is_some() || role != "text" {
            return Ok(whole);
        }
        self.ranked(role, |name| names.ending(name))
    }

    /// The columns that the table ranks highest for `role`; a tie is an error.
    fn ranked(
        &self,
        role: &'static str,
        columns: impl Fn(&str) -> Vec<usize>,
    ) -> Result<Option<(usize, String)>, ReadError> {
        let mut best: Vec<usize> = Vec::new();
        let mut rank = u32::MAX;
        for known in KNOWN.iter().filter(|known| known.role == role) {
            let found = columns(&known.name);
            if found.is_empty() || known.rank > rank {
                continue;
            }
            if known.rank < rank {
                best.clear();
            }
            rank = known.rank;
            best.extend(found);
        }
        best.sort_unstable();
        best.dedup();
        match best[..] {
            [] => Ok(None),
            [only] => Ok(Some((only, format!("a name for it of rank {rank}")))),
            _ => Err(self.ambiguous(role, &best)),
        }
    }

    fn named_column(&self, role: &'static str, name: &str, names: &Names) -> Result<usize, ReadError> {
        let exact: Vec<usize> = (0..self.header.len()).filter(|&at| self.header[at] == name).collect();
        let found = if exact.is_empty() { names.all(name) } else { exact };
        let number = || name.parse().ok().and_then(|number: usize| number.checked_sub(1));
        match found[..] {
            [only] => Ok(only),
            [] => number().filter(|&at| at < self.header.len()).ok_or_else(|| self.missing(role, name)),
            _ => Err(self.ambiguous(role, &found)),
        }
    }

    fn ambiguous(&self, role: &'static str, columns: &[usize]) -> ReadError {
        let names: Vec<String> =
            columns.iter().map(|&at| format!("column {} ({})", at + 1, short(&self.header[at]))).collect();
        let candidates = names.join(" and ");
        ReadError::Ambiguous { file: self.file.to_owned(), line: self.line, role, candidates }
    }

    fn missing(&self, role: &'static str, name: &str) -> ReadError {
        let likeness = |other: &String| strsim::jaro_winkler(&plain(name), &plain(other));
        let nearest = self.header.iter().max_by(|left, right| likeness(left).total_cmp(&likeness(right)));
        let nearest = nearest.filter(|other| likeness(other) > ALIKE);
        ReadError::Missing {
            file: self.file.to_owned(),
            line: self.line,
            role,
            name: name.to_owned(),
            nearest: nearest.map_or_else(String::new, |name| format!(", did you mean {:?}", short(name))),
            found: self.found(),
        }
    }

    fn no_text(&self) -> ReadError {
        let longest = self.longest.and_then(|at| self.header.get(at));
        ReadError::NoText {
            file: self.file.to_owned(),
            line: self.line,
            found: self.found(),
            longest: longest.map_or_else(String::new, |name| {
                format!("; the longest cells are in {0:?}: --text {0:?}", short(name))
            }),
        }
    }

    fn found(&self) -> String {
        let shown: Vec<Cow<str>> = self.header.iter().take(NAMES_SHOWN).map(|name| short(name)).collect();
        match self.header.len().checked_sub(NAMES_SHOWN + 1) {
            Some(more) => format!("{} and {} more", shown.join(", "), more + 1),
            None => shown.join(", "),
        }
    }
}

/// As much of a name as is shown: a line without a delimiter is no name.
fn short(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(NAME_SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

fn named<'a>(named: &'a Named, role: &str) -> Option<&'a str> {
    let name = match role {
        "text" => &named.text,
        "date" => &named.date,
        "author" => &named.author,
        "id" => &named.id,
        "likes" => &named.likes,
        "location" => &named.location,
        "bio" => &named.bio,
        "seller" => &named.seller,
        _ => &None,
    };
    name.as_deref()
}

fn role_in<'a>(dialect: &'a Dialect, role: &str) -> &'a str {
    match role {
        "text" => &dialect.text,
        "date" => &dialect.date,
        "time" => &dialect.time,
        "author" => &dialect.author,
        "id" => &dialect.id,
        "likes" => &dialect.likes,
        "location" => &dialect.location,
        "bio" => &dialect.bio,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        let lines = include_str!("columns.csv").lines().count() - 1;
        assert_eq!(KNOWN.len(), lines);
    }
}
