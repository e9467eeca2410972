//! Leanings over time, in tables and lines.

use super::document::{Block, Line, Lines, Section, Table};
use super::language::Language;
use super::section::{difference, too_few};
use crate::report::{Movers, Period, Span, Standing, Summary, Time};

pub(super) fn over_time(summary: &Summary, language: Language) -> Section {
    let title = language.pick("Dari waktu ke waktu", "Over time");
    let Some(time) = &summary.time else {
        let none = language.pick(
            "Tidak ada post bertanggal, jadi tidak ada bagian waktu.",
            "No post has a date, so nothing is said over time.",
        );
        return Section::new("time", title, vec![Block::Note(none.to_owned())]);
    };
    let every = match time.period {
        Period::Day => language.pick("per hari", "by day"),
        Period::Week => language.pick("per minggu (mulai Senin)", "by week (from Monday)"),
        Period::Month => language.pick("per bulan", "by month"),
    };
    let caption = format!("{} {every}", language.pick("Neto", "Net stance"));
    let mut blocks = Vec::new();
    if time.periods.len() > 1 {
        blocks.push(Block::Lines(lines(time, &caption, language)));
    }
    blocks.push(Block::Table(table(&time.periods, &caption, language)));
    if time.undated > 0 {
        let without =
            language.pick("Post tanpa tanggal, tidak dihitung di sini", "Posts without a date, not counted here");
        blocks.push(Block::Note(format!("{without}: {}.", language.count(time.undated))));
    }
    Section::new("time", title, blocks)
}

pub(super) fn windows(summary: &Summary, language: Language) -> Option<Section> {
    let windows = &summary.time.as_ref().filter(|time| !time.windows.is_empty())?.windows;
    let title = language.pick("Sebelum dan sesudah peristiwa", "Before and after events");
    let mut blocks = vec![Block::Table(table(windows, title, language))];
    for window in windows.iter().filter(|window| !window.changes.is_empty()) {
        let mut lines: Vec<String> = window.changes.iter().map(|change| difference(change, language)).collect();
        lines.extend(window.movers.as_ref().map(|movers| moved(movers, language)));
        blocks.push(Block::Heading(name(window, language)));
        blocks.push(Block::List(lines));
    }
    Some(Section::new("windows", title, blocks))
}

fn lines(time: &Time, title: &str, language: Language) -> Lines {
    let of_group = |place: usize, standing: &Standing| Line {
        key: standing.name.clone(),
        name: language.name(&standing.name),
        points: time
            .periods
            .iter()
            .filter_map(|span| Some((span.start, span.standings.get(place)?.figures.as_ref()?.net)))
            .collect(),
    };
    let groups = time.periods.first().map(|span| span.standings.as_slice()).unwrap_or_default();
    Lines {
        title: title.to_owned(),
        groups: groups
            .iter()
            .enumerate()
            .map(|(place, standing)| of_group(place, standing))
            .filter(|line| !line.points.is_empty())
            .collect(),
        events: time.events.iter().map(|event| (event.date, crate::report::visible(&event.name))).collect(),
    }
}

fn table(spans: &[Span], caption: &str, language: Language) -> Table {
    let groups = spans.first().map(|span| span.standings.as_slice()).unwrap_or_default();
    let mut head = vec![language.pick("waktu", "time").to_owned()];
    for standing in groups {
        head.push(format!("n {}", language.name(&standing.name)));
        head.push(format!("{} {}", language.pick("neto", "net"), language.name(&standing.name)));
    }
    let rows = spans.iter().map(|span| {
        let cells = span.standings.iter().flat_map(|standing| {
            let net = standing.figures.as_ref().map(|figures| language.net(&figures.net));
            [language.count(standing.posts), net.unwrap_or_else(|| too_few(standing, language))]
        });
        std::iter::once(name(span, language)).chain(cells).collect()
    });
    Table { caption: caption.to_owned(), head, rows: rows.collect() }
}

fn name(span: &Span, language: Language) -> String {
    let days = if span.start == span.end { span.start.to_string() } else { format!("{} – {}", span.start, span.end) };
    match (&span.after, &span.before) {
        (Some(event), _) => format!("{}: {} {}", days, language.pick("sejak", "since"), crate::report::visible(event)),
        (None, Some(event)) => {
            format!("{}: {} {}", days, language.pick("sebelum", "before"), crate::report::visible(event))
        }
        _ => days,
    }
}

fn moved(movers: &Movers, language: Language) -> String {
    format!(
        "{}: {}; {} {}, pro → kontra {}, kontra → pro {}, {} {}.",
        language.pick("Penulis yang ada di kedua masa", "Authors present in both windows"),
        language.count(movers.authors),
        language.pick("tetap", "stayed"),
        language.count(movers.stayed),
        language.count(movers.pro_to_kontra),
        language.count(movers.kontra_to_pro),
        language.pick("dari atau ke netral", "to or from netral"),
        language.count(movers.to_or_from_netral)
    )
}
