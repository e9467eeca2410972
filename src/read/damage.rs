//! What exporters and spreadsheets did to posts, counted as rows go by.

use super::columns::Columns;
use super::repair::{has_markup, has_mojibake};
use super::row::{Manner, Row};
use super::row_table::rows_of;
use serde::{Deserialize, Serialize};
use std::ops::AddAssign;
use std::sync::LazyLock;

/// Marks of damage, in the order of `damage.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Counts posts that have one; damage is when none has.
    Emoji,
    /// Counts posts that have one; damage is when hardly any has.
    Comma,
    Cut140,
    Cut280,
    Ellipsis,
    ScientificId,
    Mojibake,
    Markup,
    RepeatedHeader,
    Retweet,
    NoText,
    EscapedNewline,
    InnerQuotes,
    OtherDelimiter,
    OtherQuoting,
    UnlistedValue,
    UnreadDate,
    OrderContradiction,
    RelativeDate,
}

const SIGNS: usize = Sign::RelativeDate as usize + 1;

/// How often each mark of damage was met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// Rows read.
    pub rows: u64,
    /// Rows rejected.
    pub rejects: u64,
    counts: [u64; SIGNS],
}

/// One mark of damage, with its share of the rows and what it means for scoring.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// Its name for machines.
    pub sign: &'static str,
    /// What was found.
    pub about: &'static str,
    /// How many rows have it.
    pub rows: u64,
    /// Their share of all rows.
    pub share: f64,
    /// What it means for scoring.
    pub means: &'static str,
}

#[derive(Deserialize)]
struct Known {
    sign: String,
    about: String,
    means: String,
}

/// Fewer posts than this may lack emoji or commas by chance.
const ENOUGH: u64 = 200;

/// One post in so many ends at a given length by chance; more often, posts are cut there.
const BY_CHANCE: u64 = 50;

/// The table that says what each sign is; its rows are in the order of [`Sign`].
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| rows_of(include_str!("damage.csv")));

impl Damage {
    /// What was found, in the order of the table.
    pub fn findings(&self) -> Vec<Finding> {
        let found = KNOWN.iter().enumerate().filter_map(|(at, known)| {
            let rows = self.damaged(at)?;
            let share = rows as f64 / (self.rows.max(1)) as f64;
            Some(Finding { sign: &known.sign, about: &known.about, rows, share, means: &known.means })
        });
        found.collect()
    }

    /// How many rows have the sign at this place, if they are enough to speak of.
    fn damaged(&self, at: usize) -> Option<u64> {
        let count = self.counts[at];
        let rare = |most: u64| self.rows >= ENOUGH && count * most <= self.rows;
        let found = if at == Sign::Emoji as usize {
            self.rows >= ENOUGH && count == 0
        } else if at == Sign::Comma as usize {
            rare(ENOUGH)
        } else if at == Sign::Cut140 as usize || at == Sign::Cut280 as usize {
            count > 1 && count * BY_CHANCE > self.rows
        } else {
            count > 0
        };
        let inverted = at == Sign::Emoji as usize || at == Sign::Comma as usize;
        found.then_some(if inverted { self.rows - count } else { count })
    }

    pub(super) fn note(&mut self, sign: Sign) {
        self.counts[sign as usize] += 1;
    }

    /// Counts what a row shows.
    pub(super) fn look_at(&mut self, row: &Row, columns: &Columns, manner: Manner) {
        self.rows += 1;
        match manner {
            Manner::Regular => {}
            Manner::InnerQuotes => self.note(Sign::InnerQuotes),
            Manner::OtherDelimiter => self.note(Sign::OtherDelimiter),
            Manner::OtherQuoting => self.note(Sign::OtherQuoting),
        }
        if !row.unlisted.is_empty() {
            self.note(Sign::UnlistedValue);
        }
        let id = columns.id.and_then(|at| row.fields.get(at)).unwrap_or_default();
        if is_scientific(id) {
            self.note(Sign::ScientificId);
        }
        self.look_at_text(row.fields.get(columns.text).unwrap_or_default());
    }

    fn look_at_text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let signs = [
            (Sign::Emoji, has_emoji(bytes)),
            (Sign::Comma, memchr::memchr(b',', bytes).is_some()),
            (Sign::Cut140, has_length(text, 140)),
            (Sign::Cut280, has_length(text, 280)),
            (Sign::Ellipsis, text.ends_with('…')),
            (Sign::Mojibake, has_mojibake(text)),
            (Sign::Markup, has_markup(text)),
            (Sign::Retweet, text.starts_with("RT @")),
            (Sign::NoText, is_no_text(text)),
            (Sign::EscapedNewline, memchr::memchr(b'\\', bytes).is_some() && text.contains("\\n")),
        ];
        for (sign, found) in signs {
            self.counts[sign as usize] += u64::from(found);
        }
    }
}

impl AddAssign<&Damage> for Damage {
    fn add_assign(&mut self, other: &Damage) {
        self.rows += other.rows;
        self.rejects += other.rejects;
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }
}

/// Emoji lie outside the basic plane, but for old symbols such as ❤ and ☺ (U+2600 to U+27BF).
fn has_emoji(bytes: &[u8]) -> bool {
    memchr::memchr2_iter(0xf0, 0xe2, bytes)
        .any(|at| bytes[at] == 0xf0 || bytes.get(at + 1).is_some_and(|next| (0x98..=0x9e).contains(next)))
}

fn has_length(text: &str, length: usize) -> bool {
    (length..=4 * length).contains(&text.len()) && text.chars().count() == length
}

fn is_no_text(text: &str) -> bool {
    const NOTHING: [&str; 8] = ["nan", "null", "none", "[removed]", "[deleted]", "n/a", "#n/a", "#name?"];
    let text = text.trim();
    text.is_empty() || text.len() < 10 && NOTHING.iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
}

fn is_scientific(id: &str) -> bool {
    let Some((digits, exponent)) = id.split_once(['E', 'e']) else { return false };
    let digit_or_point = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    !digits.is_empty()
        && digits.chars().all(digit_or_point)
        && !exponent.is_empty()
        && exponent.len() <= 3
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_each_sign() {
        assert_eq!(KNOWN.len(), SIGNS);
    }

    #[test]
    fn ids_that_a_spreadsheet_rounded_are_told() {
        for (id, rounded) in [("1.71E+18", true), ("1,71E+18", true), ("1.7e18", true), ("1712", false), ("e5", false)]
        {
            assert_eq!(is_scientific(id), rounded, "{id}");
        }
    }
}
