//! A report as people read it, before it takes the form of a terminal, a page or markdown.

use jiff::civil::Date;

use super::language::Language;
use super::{basis, correction, section, time, why};
use crate::report::{Estimate, Summary};

/// A report in one language.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) title: String,
    pub(super) sections: Vec<Section>,
}

/// A part with a heading.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Names the part in links.
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Clone, Debug)]
pub(super) enum Block {
    Heading(String),
    Note(String),
    List(Vec<String>),
    Table(Table),
    Bars(Vec<Bar>),
    Lines(Lines),
    Words(Words),
    Quotes(Vec<Quote>),
}

/// A table whose first column names the row and whose other columns are numbers.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// How one group leans, as a bar that grows to both sides.
#[derive(Clone, Debug)]
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) pro: f64,
    pub(super) kontra: f64,
    pub(super) net: Estimate,
    pub(super) label: String,
}

/// Net stances over time.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    pub(super) title: String,
    pub(super) groups: Vec<Line>,
    pub(super) events: Vec<(Date, String)>,
}

/// The net stance of one group over time.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Picks the colour: the machine name of the group.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) points: Vec<(Date, Estimate)>,
}

/// Words that set two sets apart.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) of: String,
    pub(super) from: String,
    /// Pick the colours of the one and the other.
    pub(super) keys: [&'static str; 2],
    /// The word, its distance, and how often it stands in either set.
    pub(super) entries: Vec<(String, f64, String)>,
}

/// A post, with who speaks and what moved the verdict.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) terms: String,
}

impl Document {
    pub(super) fn of(summary: &Summary, language: Language) -> Self {
        let title = language.pick(
            "Condong: sikap penjual online dan offline terhadap e-commerce",
            "Condong: how online and offline sellers lean toward e-commerce",
        );
        let mut sections = vec![section::answer(summary, language), section::groups(summary, language)];
        sections.extend(correction::correction(summary, language));
        sections.extend(section::own_groups(summary, language));
        sections.push(section::reported(summary, language));
        sections.push(time::over_time(summary, language));
        sections.extend(time::windows(summary, language));
        sections.push(section::topics(summary, language));
        sections.push(section::tones(summary, language));
        sections.push(why::terms(summary, language));
        sections.extend(why::examples(summary, language));
        sections.extend(why::campaigns(summary, language));
        sections.push(basis::intake(summary, language));
        sections.push(basis::method(summary, language));
        Self { title: title.to_owned(), sections }
    }
}

impl Section {
    pub(super) fn new(id: &'static str, title: &str, blocks: Vec<Block>) -> Self {
        Self { id, title: title.to_owned(), blocks }
    }
}

impl Table {
    pub(super) fn new(caption: &str, head: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { caption: caption.to_owned(), head: head.iter().map(|title| (*title).to_owned()).collect(), rows }
    }
}
