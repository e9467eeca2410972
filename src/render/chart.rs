//! Charts as SVG that takes its colours from the page and its width from the screen.

use jiff::civil::Date;
use jiff::{SpanRound, Unit};
use maud::{Markup, html};

use super::document::{Bar, Line, Lines, Words};
use super::language::Language;
use crate::report::Estimate;

/// The part of the width in which lines are drawn, in percent: labels stand left of it.
const PLOT: (f64, f64) = (9.0, 98.0);

/// The height in which lines are drawn, in percent: dates stand below it.
const PLOT_HEIGHT: (f64, f64) = (3.0, 88.0);

/// A step longer than so many of the shortest is a gap: months differ by less.
const LONGEST_STEP: f64 = 1.5;

/// A day and the net stance on it.
type Point = (Date, Estimate);

/// Groups as bars: kontra to the left, pro to the right, the net stance and its interval on top.
pub(super) fn bars(bars: &[Bar], language: Language) -> Markup {
    html! {
        figure.bars {
            figcaption {
                span.key.kontra {} " kontra " span.key.pro {} " pro "
                span.key.net {} " " (language.pick("neto dan selang 95%", "net and 95% interval"))
            }
            @for bar in bars {
                div.row {
                    span.name { (bar.name) }
                    (bar_of(bar, language))
                    span.label { (bar.label) }
                }
            }
        }
    }
}

/// Words as bars to either side.
pub(super) fn words(words: &Words, language: Language) -> Markup {
    let widest = words.entries.iter().map(|(_, z, _)| z.abs()).fold(1.0, f64::max);
    html! {
        figure.bars.words {
            figcaption {
                (words.title) ": ← " (words.from) " · " (words.of) " →"
                " (" (language.pick("panjang: z; angka: teks", "length: z; figures: texts")) " " (words.of) " : " (words.from) ")"
            }
            @for (word, z, counts) in &words.entries {
                div.row {
                    span.name { (word) }
                    svg.bar role="img" aria-label={ (word) ": z " (language.signed(*z)) } {
                        rect class=(words.keys[usize::from(*z < 0.0)]) x=(percent(50.0 + 50.0 * (z / widest).min(0.0))) y="20%"
                            width=(percent(50.0 * z.abs() / widest)) height="60%" {}
                        line.axis x1="50%" x2="50%" y1="0" y2="100%" {}
                    }
                    span.label { (counts) }
                }
            }
        }
    }
}

/// Net stances over time with their intervals, and the days of events.
pub(super) fn lines(lines: &Lines, language: Language) -> Markup {
    let dates = || lines.groups.iter().flat_map(|line| line.points.iter().map(|(date, _)| *date));
    let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return html! {} };
    let axis = Axis { first, last };
    let name: Vec<&str> = lines.groups.iter().map(|line| line.name.as_str()).collect();
    html! {
        figure.lines {
            figcaption {
                (lines.title) ": "
                @for line in &lines.groups { span class={ "key " (line.key) } {} " " (line.name) " " }
            }
            svg.time role="img" aria-label={ (lines.title) ": " (name.join(", ")) ", " (first) " – " (last) } {
                (grid(language))
                (events(lines, &axis))
                @for line in &lines.groups { (curve(line, &axis, language)) }
                text x=(percent(PLOT.0)) y="98%" { (first) }
                text.end x=(percent(PLOT.1)) y="98%" { (last) }
            }
            @if !lines.events.is_empty() {
                ol.events { @for (date, name) in &lines.events { li { (date) ": " (name) } } }
            }
        }
    }
}

/// Where days stand from left to right.
struct Axis {
    first: Date,
    last: Date,
}

impl Axis {
    fn x(&self, date: Date) -> f64 {
        let whole = days(self.first, self.last).max(1.0);
        PLOT.0 + (PLOT.1 - PLOT.0) * (days(self.first, date) / whole).clamp(0.0, 1.0)
    }
}

fn bar_of(bar: &Bar, language: Language) -> Markup {
    let (kontra, pro) = (50.0 * bar.kontra, 50.0 * bar.pro);
    let x = |net: f64| percent(50.0 + 50.0 * net);
    let aria = format!(
        "{}: pro {}, kontra {}, {} {}",
        bar.name,
        language.percent(bar.pro),
        language.percent(bar.kontra),
        language.pick("neto", "net"),
        bar.label
    );
    html! {
        svg.bar role="img" aria-label=(aria) {
            rect.kontra x=(percent(50.0 - kontra)) y="20%" width=(percent(kontra)) height="60%" {}
            rect.pro x="50%" y="20%" width=(percent(pro)) height="60%" {}
            line.axis x1="50%" x2="50%" y1="0" y2="100%" {}
            line.halo x1=(x(bar.net.low)) x2=(x(bar.net.high)) y1="50%" y2="50%" {}
            line.net x1=(x(bar.net.low)) x2=(x(bar.net.high)) y1="50%" y2="50%" {}
            circle.net cx=(x(bar.net.value)) cy="50%" r="4" {}
        }
    }
}

fn grid(language: Language) -> Markup {
    html! {
        @for net in [1.0, 0.5, 0.0, -0.5, -1.0] {
            line.grid.zero[net == 0.0] x1=(percent(PLOT.0)) x2=(percent(PLOT.1)) y1=(percent(height(net))) y2=(percent(height(net))) {}
            text.end x=(percent(PLOT.0 - 1.0)) y=(percent(height(net))) dy="0.3em" {
                @if net > 0.0 { "+" } (language.decimal(net, 1))
            }
        }
    }
}

fn events(lines: &Lines, axis: &Axis) -> Markup {
    html! {
        @for (place, (date, _)) in lines.events.iter().enumerate() {
            @let x = percent(axis.x(*date));
            line.event x1=(x) x2=(x) y1=(percent(PLOT_HEIGHT.0)) y2=(percent(PLOT_HEIGHT.1)) {}
            text.event x=(x) y=(percent(PLOT_HEIGHT.0)) dx="3" dy=(if place % 2 == 0 { "0.8em" } else { "1.9em" }) { (place + 1) }
        }
    }
}

fn curve(line: &Line, axis: &Axis, language: Language) -> Markup {
    html! {
        // Lines are drawn in an inner picture that is stretched to the width; a stroke does not stretch with it.
        svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true" {
            @for points in stretches(&line.points) { (stretch(points, &line.key, axis)) }
        }
        @for (date, net) in &line.points {
            circle class=(line.key) cx=(percent(axis.x(*date))) cy=(percent(height(net.value))) r="3" {
                title { (line.name) " " (date) ": " (language.net(net)) }
            }
        }
    }
}

fn stretch(points: &[Point], key: &str, axis: &Axis) -> Markup {
    let at = |date: Date, net: f64| format!("{:.1},{:.1}", axis.x(date) * 10.0, height(net) * 10.0);
    let path = |of: fn(&Estimate) -> f64| points.iter().map(move |(date, net)| at(*date, of(net)));
    // A point that stands alone shows its interval as a line of its own.
    let alone: Vec<String> = path(|net| net.low).chain(path(|net| net.high)).filter(|_| points.len() == 1).collect();
    let middle: Vec<String> = path(|net| net.value).chain(alone).collect();
    let band: Vec<String> = path(|net| net.high).chain(path(|net| net.low).rev()).collect();
    html! {
        polygon class={ "band " (key) } points=(band.join(" ")) {}
        polyline class={ "curve " (key) } points=(middle.join(" ")) {}
    }
}

/// The points without a gap between them: no line is drawn through a time of which nothing is said.
fn stretches(points: &[Point]) -> impl Iterator<Item = &[Point]> {
    let step = points.windows(2).map(|pair| days(pair[0].0, pair[1].0)).fold(f64::INFINITY, f64::min);
    points.chunk_by(move |one, next| days(one.0, next.0) <= LONGEST_STEP * step)
}

fn days(from: Date, to: Date) -> f64 {
    let span = to - from;
    f64::from(span.round(SpanRound::new().largest(Unit::Day).days_are_24_hours()).unwrap_or(span).get_days())
}

fn height(net: f64) -> f64 {
    PLOT_HEIGHT.0 + (PLOT_HEIGHT.1 - PLOT_HEIGHT.0) * (1.0 - net) / 2.0
}

fn percent(number: f64) -> String {
    format!("{number:.2}%")
}
