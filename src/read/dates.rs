//! When a post was written: its date cell, read in the order of day and month that the column keeps.

use super::columns::Columns;
use super::damage::{Damage, Sign};
use super::date_form::{Day, Form, day_of, form_of};
use super::date_word::Unit;
use super::found::Decision;
use super::options::{DayOrder, Options};
use super::row::Row;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

/// When a post was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The local time in the zone that was asked for; midnight where only the day is known.
    pub local: DateTime,
    /// Whether the time of day is known.
    pub timed: bool,
}

/// Why a row has no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDate {
    /// There is no date column, or the cell is empty.
    Absent,
    /// The cell is no date that is understood.
    Unread,
    /// It counts back from the time of the export, which is not known.
    Relative,
}

/// Reads the date of rows; the order of day and month is settled when it is made.
#[derive(Clone, Debug)]
pub struct Dates {
    date: Option<usize>,
    time: Option<usize>,
    month_first: bool,
    zone: Offset,
    as_of: Option<Timestamp>,
}

impl Dates {
    /// A reader of dates for an input with these columns, and how `sample`, its first rows, are dated.
    pub(super) fn over(
        sample: &[Vec<String>],
        columns: &Columns,
        options: &Options,
    ) -> (Dates, Option<Decision<String>>) {
        let forms: Vec<Form> = columns.date.map_or_else(Vec::new, |at| {
            sample.iter().filter_map(|row| row.get(at)).filter_map(|cell| form_of(cell)).collect()
        });
        let (month_first, order) = order_of(&forms, options.day_order);
        let (zone, as_of) = (options.timezone, options.as_of);
        let dates = Dates { date: columns.date, time: columns.time, month_first, zone, as_of };
        let decision = columns.date.map(|_| Decision::of(names_of(&forms), order));
        (dates, decision)
    }

    /// Whether the month comes first where numbers alone do not tell.
    pub fn month_first(&self) -> bool {
        self.month_first
    }

    /// When the post in `row` was written.
    pub fn of(&self, row: &Row) -> Result<Moment, NoDate> {
        self.moment_of(row, self.form_of(row)?)
    }

    fn form_of(&self, row: &Row) -> Result<Form, NoDate> {
        let cell = self.date.and_then(|at| row.fields.get(at)).unwrap_or_default();
        if cell.trim().is_empty() {
            return Err(NoDate::Absent);
        }
        form_of(cell).ok_or(NoDate::Unread)
    }

    fn moment_of(&self, row: &Row, form: Form) -> Result<Moment, NoDate> {
        let mut moment = self.moment(form)?;
        if let Some(cell) = self.time.and_then(|at| row.fields.get(at)).filter(|_| !moment.timed)
            && let Some(time) = clock(cell)
        {
            moment = Moment { local: moment.local.date().to_datetime(time), timed: true };
        }
        Ok(moment)
    }

    /// Whether a date can only be read against the order of day and month that the column keeps.
    fn contradicts(&self, form: Form) -> bool {
        match form {
            Form::Written { day: Day::Either(one, two, _), .. } => {
                if self.month_first {
                    one > 12
                } else {
                    two > 12
                }
            }
            _ => false,
        }
    }

    fn moment(&self, form: Form) -> Result<Moment, NoDate> {
        match form {
            Form::Instant(at) => Ok(Moment { local: self.zone.to_datetime(at), timed: true }),
            Form::Ago(count, unit) => {
                let as_of = self.as_of.ok_or(NoDate::Relative)?;
                let local = before(self.zone.to_datetime(as_of), count, unit).ok_or(NoDate::Unread)?;
                let timed = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
                Ok(Moment { local: if timed { local } else { local.date().to_datetime(Time::midnight()) }, timed })
            }
            Form::Written { day, time, offset } => {
                let local = self.day(day)?.to_datetime(time.unwrap_or(Time::midnight()));
                let Some(offset) = offset.filter(|_| time.is_some()) else {
                    return Ok(Moment { local, timed: time.is_some() });
                };
                let at = offset.to_timestamp(local).map_err(|_| NoDate::Unread)?;
                Ok(Moment { local: self.zone.to_datetime(at), timed: true })
            }
        }
    }

    fn day(&self, day: Day) -> Result<Date, NoDate> {
        match day {
            Day::Sure(date) => Ok(date),
            Day::Either(one, two, year) => {
                let (day, month) = if self.month_first { (two, one) } else { (one, two) };
                let date = |month: i8, day: i8| day_of(year.into(), month.into(), day.into());
                date(month, day).or_else(|| date(day, month)).ok_or(NoDate::Unread)
            }
            Day::Yearless(day, month) => {
                let as_of = self.zone.to_datetime(self.as_of.ok_or(NoDate::Relative)?).date();
                let date = |year: i16| day_of(year.into(), month.into(), day.into());
                let past = date(as_of.year()).filter(|date| *date <= as_of);
                past.or_else(|| date(as_of.year() - 1)).ok_or(NoDate::Unread)
            }
        }
    }
}

impl Damage {
    /// When the post in `row` was written; counts a row whose date is missing for a reason or contradicts the others.
    pub fn look_at_date(&mut self, row: &Row, dates: &Dates) -> Result<Moment, NoDate> {
        let form = dates.form_of(row);
        let moment = form.and_then(|form| dates.moment_of(row, form));
        match moment {
            Err(NoDate::Unread) => self.note(Sign::UnreadDate),
            Err(NoDate::Relative) => self.note(Sign::RelativeDate),
            Ok(_) if form.is_ok_and(|form| dates.contradicts(form)) => self.note(Sign::OrderContradiction),
            Ok(_) | Err(NoDate::Absent) => {}
        }
        moment
    }
}

/// Whether months come first in these dates, and why that is thought.
fn order_of(forms: &[Form], given: DayOrder) -> (bool, String) {
    let pairs = forms.iter().filter_map(|form| match form {
        Form::Written { day: Day::Either(one, two, _), .. } => Some((*one, *two)),
        _ => None,
    });
    let pairs: Vec<(i8, i8)> = pairs.collect();
    let day_first = pairs.iter().filter(|(one, _)| *one > 12).count();
    let month_first = pairs.iter().filter(|(_, two)| *two > 12).count();
    match given {
        DayOrder::DayFirst => return (false, "day first, as asked".to_owned()),
        DayOrder::MonthFirst => return (true, "month first, as asked".to_owned()),
        DayOrder::Find => {}
    }
    let only =
        |order: &str, count: usize| format!("{order} first: {count} of the first dates can be read no other way");
    match (day_first, month_first) {
        _ if pairs.is_empty() => (false, String::new()),
        (0, 0) => (false, "day first, as in Indonesia: none of the first dates tells".to_owned()),
        (count, 0) => (false, only("day", count)),
        (0, count) => (true, only("month", count)),
        _ => {
            let why = format!("{day_first} of the first dates have the day first and {month_first} the month");
            (month_first > day_first, why)
        }
    }
}

/// The forms that the first dates have, most frequent first.
fn names_of(forms: &[Form]) -> String {
    let name = |form: &Form| match form {
        Form::Instant(_) => "seconds or milliseconds since 1970",
        Form::Ago(..) | Form::Written { day: Day::Yearless(..), .. } => "relative to the export",
        Form::Written { day: Day::Either(..), .. } => "day, month and year in numbers",
        Form::Written { time: None, .. } => "a day",
        Form::Written { offset: None, .. } => "a time without zone",
        Form::Written { .. } => "a time with zone",
    };
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for name in forms.iter().map(name) {
        match counts.iter_mut().find(|(other, _)| *other == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    match counts[..] {
        [] => "none that is understood".to_owned(),
        [(only, _)] => only.to_owned(),
        _ => counts.iter().map(|(name, count)| format!("{name} ({count})")).collect::<Vec<_>>().join(", "),
    }
}

fn before(at: DateTime, count: i64, unit: Unit) -> Option<DateTime> {
    let span = Span::new();
    let span = match unit {
        Unit::Second => span.try_seconds(count),
        Unit::Minute => span.try_minutes(count),
        Unit::Hour => span.try_hours(count),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
    };
    at.checked_sub(span.ok()?).ok()
}

/// A time of day in a cell of its own: `14:30`, `14`.
fn clock(cell: &str) -> Option<Time> {
    let mut numbers = cell.trim().splitn(3, [':', '.']).map(|part| part.parse::<i8>().ok());
    let (hour, minute, second) = (numbers.next()??, numbers.next(), numbers.next());
    Time::new(hour, minute.unwrap_or(Some(0))?, second.unwrap_or(Some(0))?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(as_of: &str, order: DayOrder) -> Dates {
        let options = Options { as_of: as_of.parse().ok(), day_order: order, ..Options::default() };
        Dates::over(&[], &Columns { date: Some(0), ..Columns::default() }, &options).0
    }

    fn read(dates: &Dates, cell: &str) -> String {
        let row = Row { fields: vec![cell].into(), ..Row::default() };
        match dates.of(&row) {
            Ok(moment) if moment.timed => moment.local.strftime("%F %T").to_string(),
            Ok(moment) => moment.local.date().to_string(),
            Err(reason) => format!("{reason:?}"),
        }
    }

    #[test]
    fn dates_are_read_as_tools_and_people_write_them() {
        let dates = dates("2023-10-10T05:00:00Z", DayOrder::Find);
        for (cell, moment) in [
            ("Wed Oct 04 10:00:00 +0000 2023", "2023-10-04 17:00:00"),
            ("2023-10-04T10:00:00.000Z", "2023-10-04 17:00:00"),
            ("2023-10-04 10:00:00+00:00", "2023-10-04 17:00:00"),
            ("2023-10-04T23:30:00-04:00", "2023-10-05 10:30:00"),
            ("2023-10-04 10:00", "2023-10-04 10:00:00"),
            ("2023-10-04 10:00:00.0", "2023-10-04 10:00:00"),
            ("2023-10-04", "2023-10-04"),
            ("2023/10/4", "2023-10-04"),
            ("20231004", "2023-10-04"),
            ("4-10-2023", "2023-10-04"),
            ("04/10/2023 09:15", "2023-10-04 09:15:00"),
            ("04.10.2023", "2023-10-04"),
            ("10/25/2023", "2023-10-25"),
            ("4/10/23", "2023-10-04"),
            ("10/4/2023, 2:05:00 PM", "2023-04-10 14:05:00"),
            ("4 Oktober 2023", "2023-10-04"),
            ("Rabu, 4 Okt 2023 10.30 WIB", "2023-10-04 10:30:00"),
            ("Rabu, 04 Oktober 2023 | 10:30", "2023-10-04 10:30:00"),
            ("12 Des 2023 pukul 20.15 WITA", "2023-12-12 19:15:00"),
            ("1 Agt 2023", "2023-08-01"),
            ("October 4, 2023", "2023-10-04"),
            ("2023-10-04 10:00:00 WIB", "2023-10-04 10:00:00"),
            ("2023-10-04 10:00:00 EDT", "2023-10-04 21:00:00"),
            ("1696413600", "2023-10-04 17:00:00"),
            ("1696413600000", "2023-10-04 17:00:00"),
            ("1696413600.25", "2023-10-04 17:00:00"),
            ("45203", "2023-10-04"),
            ("45203.5", "2023-10-04 12:00:00"),
            ("3 hari lalu", "2023-10-07"),
            ("3d ago", "2023-10-07"),
            ("5h", "2023-10-10 07:00:00"),
            ("2 years ago (edited)", "2021-10-10"),
            ("seminggu yang lalu", "2023-10-03"),
            ("a month ago", "2023-09-10"),
            ("kemarin", "2023-10-09"),
            ("4 Okt", "2023-10-04"),
            ("12 Des", "2022-12-12"),
            ("", "Absent"),
            ("nan", "Unread"),
            ("31-02-2023", "Unread"),
            ("1.5", "Unread"),
            ("2023-10-04T99:00:00Z", "Unread"),
            ("1".repeat(60).as_str(), "Unread"),
        ] {
            assert_eq!(read(&dates, cell), moment, "{cell}");
        }
    }

    #[test]
    fn relative_dates_need_the_time_of_the_export() {
        assert_eq!(read(&dates("", DayOrder::Find), "3 hari lalu"), "Relative");
    }

    #[test]
    fn the_column_settles_which_number_is_the_day() {
        let column = |cells: &[&str]| {
            let sample: Vec<Vec<String>> = cells.iter().map(|cell| vec![(*cell).to_owned()]).collect();
            Dates::over(&sample, &Columns { date: Some(0), ..Columns::default() }, &Options::default()).0
        };
        assert_eq!(read(&column(&["04/10/2023", "10/25/2023"]), "04/10/2023"), "2023-04-10");
        assert_eq!(read(&column(&["04/10/2023", "25/10/2023"]), "04/10/2023"), "2023-10-04");
        assert_eq!(read(&column(&["04/10/2023"]), "04/10/2023"), "2023-10-04");
        let form = form_of("10/25/2023").unwrap_or(Form::Ago(0, Unit::Day));
        assert!(column(&["25/10/2023"]).contradicts(form) && !column(&["10/25/2023"]).contradicts(form));
    }
}
