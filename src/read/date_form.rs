//! One date as people and tools write it, taken apart.

use super::date_word::{Unit, Word, meaning_of};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    Instant(Timestamp),
    Written {
        day: Day,
        time: Option<Time>,
        offset: Option<Offset>,
    },
    /// So long before the export was made.
    Ago(i64, Unit),
}

/// A day, or numbers that may be two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Sure(Date),
    /// Two numbers of which one is the day and one the month, and the year.
    Either(i8, i8, i16),
    /// Day and month, the year left out.
    Yearless(i8, i8),
}

/// Numbers, words and marks taken from a date so far.
#[derive(Default)]
struct Parts {
    numbers: Vec<(i64, usize)>,
    month: Option<i8>,
    time: Option<Time>,
    offset: Option<Offset>,
    ago: Option<(Option<i64>, Unit)>,
}

/// Dates of other centuries are misread numbers.
const YEARS: std::ops::RangeInclusive<i64> = 1990..=2100;

/// Seconds from 1990 to 2100.
const EPOCH_SECONDS: std::ops::RangeInclusive<i64> = 631_152_000..=4_102_444_800;

/// Days from 1900 in spreadsheets, for 1990 to 2100.
const SERIAL_DAYS: std::ops::RangeInclusive<i64> = 32_874..=73_415;

/// A spreadsheet's day 0 as seconds since 1970.
const SERIAL_ZERO: i64 = -2_209_161_600;

/// Takes `cell` apart, if it is a date.
pub(super) fn form_of(cell: &str) -> Option<Form> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 80 {
        return None;
    }
    if cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && cell.bytes().filter(|&b| b == b'.').count() < 2
    {
        return number(cell);
    }
    let mut rest = cell;
    let mut parts = Parts::default();
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '0'..='9' => parts.take_number(rest)?,
            '+' | '-' | '−' if parts.time.is_some() => parts.take_offset(rest)?,
            _ if first.is_alphabetic() => parts.take_word(rest)?,
            '-' | '/' | '.' | ',' | ' ' | '(' | ')' | '\'' | '|' | '\u{a0}' | '\u{202f}' | '·' => {
                &rest[first.len_utf8()..]
            }
            _ => return None,
        };
    }
    parts.form()
}

/// A number alone: seconds, milliseconds, a spreadsheet's day or a day without marks.
fn number(cell: &str) -> Option<Form> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let value: i64 = whole.parse().ok()?;
    let part: f64 = format!("0.{fraction}0").parse().ok()?;
    let instant = |seconds: i64| Timestamp::from_second(seconds).ok().map(Form::Instant);
    match whole.len() {
        5 if SERIAL_DAYS.contains(&value) => {
            // A tenth of a second is lost between days and seconds, and rounded away.
            #[allow(clippy::cast_possible_truncation)]
            let seconds = (part * 86_400.0).round() as i64;
            let at = Timestamp::from_second(SERIAL_ZERO + value * 86_400 + seconds).ok()?;
            let local = Offset::UTC.to_datetime(at);
            let time = (!fraction.is_empty()).then(|| local.time());
            Some(Form::Written { day: Day::Sure(local.date()), time, offset: None })
        }
        8 if fraction.is_empty() => {
            let day = day_of(value / 10_000, value / 100 % 100, value % 100)?;
            Some(Form::Written { day: Day::Sure(day), time: None, offset: None })
        }
        9 | 10 if EPOCH_SECONDS.contains(&value) => instant(value),
        12 | 13 if EPOCH_SECONDS.contains(&(value / 1000)) => instant(value / 1000),
        16 if EPOCH_SECONDS.contains(&(value / 1_000_000)) => instant(value / 1_000_000),
        _ => None,
    }
}

impl Parts {
    fn take_number<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let length = digits(rest);
        let value: i64 = rest[..length].parse().ok()?;
        let after = &rest[length..];
        let clock = after.starts_with(':') || after.starts_with('.') && self.has_day() && digits(&after[1..]) == 2;
        if clock && self.time.is_none() && length <= 2 {
            return self.take_time(value, after);
        }
        self.numbers.push((value, length));
        (self.numbers.len() <= 3).then_some(after)
    }

    fn has_day(&self) -> bool {
        self.numbers.len() + usize::from(self.month.is_some()) >= 3
    }

    fn take_time<'a>(&mut self, hour: i64, rest: &'a str) -> Option<&'a str> {
        let mut values = [hour, 0, 0];
        let mut rest = rest;
        for value in &mut values[1..] {
            let Some(after) = rest.strip_prefix([':', '.']) else { break };
            let length = digits(after);
            *value = after.get(..length)?.parse().ok()?;
            rest = &after[length..];
        }
        if let Some(after) = rest.strip_prefix(['.', ',']) {
            rest = &after[digits(after)..];
        }
        let [hour, minute, second] = values.map(|value| i8::try_from(value).ok());
        self.time = Some(Time::new(hour?, minute?, second?.min(59), 0).ok()?);
        Some(rest)
    }

    fn take_offset<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let sign = if rest.starts_with('+') { 1 } else { -1 };
        let rest = rest.trim_start_matches(['+', '-', '−']);
        let length = digits(rest);
        let value: i32 = rest[..length].parse().ok()?;
        let (hours, minutes, rest) = match (length, rest[length..].strip_prefix(':')) {
            (1 | 2, Some(after)) => (value, after.get(..2)?.parse().ok()?, &after[2..]),
            (1 | 2, None) => (value, 0, &rest[length..]),
            (4, None) => (value / 100, value % 100, &rest[length..]),
            _ => return None,
        };
        self.offset = Some(Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?);
        Some(rest)
    }

    fn take_word<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let length = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
        match meaning_of(&rest[..length].to_lowercase())? {
            Word::Month(month) => self.month = Some(month),
            Word::Zone(offset) => self.offset = Some(offset),
            Word::Unit(unit) => self.ago = Some((None, unit)),
            Word::One(unit) => self.ago = Some((Some(1), unit)),
            Word::None(unit) => self.ago = Some((Some(0), unit)),
            Word::Count(count) => self.numbers.push((count, 0)),
            Word::Half(hours) => {
                let time = self.time?;
                self.time = Some(Time::new(time.hour() % 12 + hours, time.minute(), time.second(), 0).ok()?);
            }
            Word::Filler => {}
        }
        Some(&rest[length..])
    }

    fn form(&self) -> Option<Form> {
        match (self.ago, &self.numbers[..]) {
            (Some((None, unit)), [(count, _)]) => return Some(Form::Ago(*count, unit)),
            (Some((Some(count), unit)), []) => return Some(Form::Ago(count, unit)),
            (Some(_), _) => return None,
            (None, _) => {}
        }
        let day = match self.month {
            Some(month) => self.day_with_month(month)?,
            None => self.day_of_numbers()?,
        };
        Some(Form::Written { day, time: self.time, offset: self.offset })
    }

    fn day_with_month(&self, month: i8) -> Option<Day> {
        match self.numbers[..] {
            [(day, length)] if length <= 2 => Some(Day::Yearless(i8::try_from(day).ok()?, month)),
            [year, day] if year.1 == 4 => day_of(year.0, month.into(), day.0).map(Day::Sure),
            [day, year] => day_of(full(year)?, month.into(), day.0).map(Day::Sure),
            _ => None,
        }
    }

    fn day_of_numbers(&self) -> Option<Day> {
        match self.numbers[..] {
            [year, month, day] if year.1 == 4 => day_of(year.0, month.0, day.0).map(Day::Sure),
            [one, two, year] if one.1 <= 2 && two.1 <= 2 => {
                let year = full(year).filter(|year| YEARS.contains(year))?;
                let (one, two) = (i8::try_from(one.0).ok()?, i8::try_from(two.0).ok()?);
                Some(Day::Either(one, two, i16::try_from(year).ok()?))
            }
            _ => None,
        }
    }
}

/// The year in four digits.
fn full((year, length): (i64, usize)) -> Option<i64> {
    match length {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

pub(super) fn day_of(year: i64, month: i64, day: i64) -> Option<Date> {
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}
