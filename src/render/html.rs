//! A report as one page that needs nothing else: no script, no font, no picture from elsewhere.

use maud::{DOCTYPE, Markup, PreEscaped, html as page};

use super::chart;
use super::document::{Block, Document, Quote, Section, Table};
use super::language::Language;
use crate::report::{Summary, visible};

/// How the page looks.
const STYLE: &str = include_str!("report.css");

/// What the page may load: nothing.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// The report as a page.
pub fn html(summary: &Summary, language: Language) -> String {
    let document = Document::of(summary, language);
    let page = page! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "condong " (summary.about.tool) };
                link rel="icon" href="data:,";
                title { (document.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { h1 { (document.title) } (contents(&document, language)) }
                main { @for section in &document.sections { (part(section, language)) } }
            }
        }
    };
    page.into_string()
}

fn contents(document: &Document, language: Language) -> Markup {
    page! {
        nav aria-label=(language.pick("Isi", "Contents")) {
            ul { @for section in &document.sections { li { a href={ "#" (section.id) } { (section.title) } } } }
        }
    }
}

fn part(section: &Section, language: Language) -> Markup {
    let heading = format!("{}-title", section.id);
    page! {
        section id=(section.id) aria-labelledby=(heading) {
            h2 id=(heading) { (section.title) }
            @for block in &section.blocks { (shown(block, language)) }
        }
    }
}

fn shown(block: &Block, language: Language) -> Markup {
    match block {
        Block::Heading(text) => page! { h3 { (visible(text)) } },
        Block::Note(text) => page! { p.note { (visible(text)) } },
        Block::List(lines) => page! { ul { @for line in lines { li { (visible(line)) } } } },
        Block::Table(table) => rows(table),
        Block::Bars(bars) => chart::bars(bars, language),
        Block::Lines(lines) => chart::lines(lines, language),
        Block::Words(words) => chart::words(words, language),
        Block::Quotes(quotes) => page! { @for quote in quotes { (cited(quote)) } },
    }
}

/// A table that scrolls on its own where the screen is narrow, by keyboard too.
fn rows(table: &Table) -> Markup {
    page! {
        div.scroll tabindex="0" role="group" aria-label=(visible(&table.caption)) {
            table {
                caption { (visible(&table.caption)) }
                thead { tr { @for title in &table.head { th scope="col" { (visible(title)) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (place, cell) in row.iter().enumerate() {
                                @if place == 0 { th scope="row" { (visible(cell)) } } @else { (figure(cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A figure, its interval on a line of its own.
fn figure(cell: &str) -> Markup {
    let cell = visible(cell);
    let (value, interval) = cell.split_once(" [").unwrap_or((&cell, ""));
    page! {
        td { (value) @if !interval.is_empty() { " " span.interval { "[" (interval) } } }
    }
}

fn cited(quote: &Quote) -> Markup {
    page! {
        figure.quote {
            figcaption { (visible(&quote.label)) }
            blockquote dir="auto" { (visible(&quote.text)) }
            @if !quote.terms.is_empty() { p.note { "= " (visible(&quote.terms)) } }
        }
    }
}
