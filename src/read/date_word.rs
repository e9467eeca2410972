//! Words in dates, by the table `date_word.csv`.

use super::row_table::rows_of;
use jiff::tz::Offset;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a word in a date means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Word {
    Month(i8),
    Zone(Offset),
    /// A length of time of which a number says how many ago.
    Unit(Unit),
    /// One of them ago.
    One(Unit),
    /// None of them ago.
    None(Unit),
    Count(i64),
    /// Hours added by it to those before noon.
    Half(i8),
    Filler,
}

/// A length of time in a relative date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

#[derive(Deserialize)]
struct Known {
    word: String,
    kind: String,
    value: String,
}

static WORDS: LazyLock<FxHashMap<String, Word>> = LazyLock::new(|| {
    let rows: Vec<Known> = rows_of(include_str!("date_word.csv"));
    rows.into_iter().filter_map(|row| word_of(&row).map(|word| (row.word, word))).collect()
});

/// What `word`, in lower case, means in a date.
pub(super) fn meaning_of(word: &str) -> Option<Word> {
    WORDS.get(word).copied()
}

/// The offset from UTC that a zone's name or an offset such as `+07:00` stands for.
pub fn offset_of(zone: &str) -> Option<Offset> {
    match meaning_of(&zone.trim().to_lowercase()) {
        Some(Word::Zone(offset)) => Some(offset),
        _ => numeric_offset(zone.trim()),
    }
}

fn numeric_offset(text: &str) -> Option<Offset> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(|&letter| letter != ':').collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = if digits.len() > 2 { digits.get(2..)?.parse().ok()? } else { 0 };
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

fn word_of(row: &Known) -> Option<Word> {
    Some(match row.kind.as_str() {
        "month" => Word::Month(row.value.parse().ok()?),
        "zone" => Word::Zone(numeric_offset(&row.value)?),
        "unit" => Word::Unit(unit_of(&row.value)?),
        "one" => Word::One(unit_of(&row.value)?),
        "none" => Word::None(unit_of(&row.value)?),
        "count" => Word::Count(row.value.parse().ok()?),
        "half" => Word::Half(row.value.parse().ok()?),
        "filler" => Word::Filler,
        _ => return None,
    })
}

fn unit_of(name: &str) -> Option<Unit> {
    Some(match name {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_whole() {
        let lines = include_str!("date_word.csv").lines().count() - 1;
        assert_eq!(WORDS.len(), lines);
    }
}
