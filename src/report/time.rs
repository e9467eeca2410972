//! How leanings change: by period, between events, and within authors.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use serde::Serialize;

use super::cluster::{Cluster, clusters};
use super::options::{Event, Options, Period};
use super::record::Record;
use super::standing::{Difference, Group, Standing};
use super::summary::in_group;
use crate::opinion::Stance;

/// The groups that are followed over time.
const FOLLOWED: [&str; 3] = ["all", "online", "offline"];

/// Up to so many days a report goes by day, so that its lines have at most a month of points.
const MOST_DAYS: i32 = 31;

/// Up to so many days a report goes by week: half a year.
const MOST_DAYS_BY_WEEK: i32 = 183;

/// The dated posts over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Time {
    /// The length of a period.
    pub period: Period,
    /// Every period that has posts.
    pub periods: Vec<Span>,
    /// The times between events; empty when no event falls into the data.
    pub windows: Vec<Span>,
    /// The events that fall into the data.
    pub events: Vec<Event>,
    /// Posts that count and have no date.
    pub undated: u64,
}

/// A stretch of time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Span {
    /// Its first day.
    #[cfg_attr(test, schemars(with = "String"))]
    pub start: Date,
    /// Its last day.
    #[cfg_attr(test, schemars(with = "String"))]
    pub end: Date,
    /// The event that opens it.
    pub after: Option<String>,
    /// The event that ends it.
    pub before: Option<String>,
    /// How all, online and offline lean in it.
    pub standings: Vec<Standing>,
    /// How much each of them changed since the window before; empty in the first one and in periods.
    pub changes: Vec<Difference>,
    /// The authors who were there in the window before too.
    pub movers: Option<Movers>,
}

/// Authors with posts in two neighbouring windows, by the side that prevails in their posts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Movers {
    /// How many authors there are.
    pub authors: u64,
    /// Those on the same side in both.
    pub stayed: u64,
    /// Those who went from pro to kontra.
    pub pro_to_kontra: u64,
    /// Those who went from kontra to pro.
    pub kontra_to_pro: u64,
    /// Those who leaned in one window only.
    pub to_or_from_netral: u64,
}

impl Time {
    pub(super) fn of(posts: &[&Record], options: &Options) -> Option<Self> {
        let dated: Vec<&Record> = posts.iter().copied().filter(|post| post.date.is_some()).collect();
        let first = dated.iter().filter_map(|post| post.date).min()?;
        let last = dated.iter().filter_map(|post| post.date).max()?;
        let period = options.period.unwrap_or_else(|| Period::for_days(days_between(first, last) + 1));
        let mut events = options.events.clone();
        events.sort();
        let windows = windows(&dated, (first, last), &events);
        events.retain(|event| first <= event.date && event.date <= last);
        Some(Self {
            period,
            periods: periods(&dated, period),
            windows,
            events,
            undated: (posts.len() - dated.len()) as u64,
        })
    }
}

impl Period {
    fn for_days(days: i32) -> Self {
        if days <= MOST_DAYS {
            Self::Day
        } else if days <= MOST_DAYS_BY_WEEK {
            Self::Week
        } else {
            Self::Month
        }
    }

    fn start(self, date: Date) -> Date {
        match self {
            Self::Day => date,
            Self::Week => date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).unwrap_or(date),
            Self::Month => date.first_of_month(),
        }
    }

    fn end(self, start: Date) -> Date {
        match self {
            Self::Day => start,
            Self::Week => start.checked_add(6.days()).unwrap_or(start),
            Self::Month => start.last_of_month(),
        }
    }
}

impl Movers {
    fn of(before: &[&Record], after: &[&Record]) -> Self {
        let (before, after) = (sides(before), sides(after));
        let mut movers = Self::default();
        for (author, side) in &after {
            let Some(earlier) = before.get(author) else { continue };
            movers.authors += 1;
            *match (earlier, side) {
                _ if earlier == side => &mut movers.stayed,
                (Stance::Pro, Stance::Kontra) => &mut movers.pro_to_kontra,
                (Stance::Kontra, Stance::Pro) => &mut movers.kontra_to_pro,
                _ => &mut movers.to_or_from_netral,
            } += 1;
        }
        movers
    }
}

fn periods(posts: &[&Record], period: Period) -> Vec<Span> {
    let mut by_start: BTreeMap<Date, Vec<&Record>> = BTreeMap::new();
    for post in posts {
        let Some(date) = post.date else { continue };
        by_start.entry(period.start(date)).or_default().push(post);
    }
    by_start.into_iter().map(|(start, posts)| span(&posts, start, period.end(start))).collect()
}

fn windows(posts: &[&Record], (first, last): (Date, Date), events: &[Event]) -> Vec<Span> {
    let cuts: BTreeSet<Date> =
        events.iter().map(|event| event.date).filter(|date| first < *date && *date <= last).collect();
    if cuts.is_empty() {
        return Vec::new();
    }
    let starts: Vec<Date> = std::iter::once(first).chain(cuts).collect();
    let mut spans: Vec<Span> = Vec::new();
    let mut previous: Vec<&Record> = Vec::new();
    for (place, start) in starts.iter().enumerate() {
        let next = starts.get(place + 1);
        let end = next.map_or(last, |next| next.yesterday().unwrap_or(*next));
        let inside: Vec<&Record> =
            posts.iter().copied().filter(|post| post.date.is_some_and(|date| *start <= date && date <= end)).collect();
        let mut window = span(&inside, *start, end);
        window.after = name(events.iter().rfind(|event| event.date <= *start), events);
        window.before = next.and_then(|next| name(events.iter().find(|event| event.date == *next), events));
        if place > 0 {
            window.changes =
                FOLLOWED.iter().map(|group| of_group(&inside, group).minus(&of_group(&previous, group))).collect();
            window.movers = Some(Movers::of(&previous, &inside));
        }
        spans.push(window);
        previous = inside;
    }
    spans
}

/// The names of all events on the day of this one.
fn name(event: Option<&Event>, events: &[Event]) -> Option<String> {
    let day = event?.date;
    let names: Vec<&str> = events.iter().filter(|other| other.date == day).map(|other| other.name.as_str()).collect();
    Some(names.join(", "))
}

fn span(posts: &[&Record], start: Date, end: Date) -> Span {
    let standings = FOLLOWED.iter().map(|group| of_group(posts, group).standing()).collect();
    Span { start, end, after: None, before: None, standings, changes: Vec::new(), movers: None }
}

fn of_group(posts: &[&Record], group: &str) -> Group {
    Group::of(group, posts.iter().copied().filter(|post| in_group(post, group)))
}

/// The side that prevails in each author's posts; those without a name cannot be found again.
fn sides(posts: &[&Record]) -> BTreeMap<u64, Stance> {
    let named = posts.iter().filter(|post| !post.profile.anonymous).map(|post| (*post, post.stance()));
    let side = |one: &Cluster| match one.pro.cmp(&one.kontra) {
        std::cmp::Ordering::Greater => Stance::Pro,
        std::cmp::Ordering::Less => Stance::Kontra,
        std::cmp::Ordering::Equal => Stance::Netral,
    };
    clusters(named).iter().map(|one| (one.author, side(one))).collect()
}

fn days_between(first: Date, last: Date) -> i32 {
    first.until((Unit::Day, last)).map_or(0, |span| span.get_days())
}
