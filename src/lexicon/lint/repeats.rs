//! Rows that say the same of a term, or different things, or what a negator says anyway.

use std::collections::BTreeMap;

use super::table::{Line, Table};
use super::{Finding, Kind};
use crate::lexicon::compile::{Lexicon, spelled};
use crate::lexicon::term::{Element, Part, TermReader};

/// Weights that differ by less say the same.
const SAME: f32 = 0.05;

type Terms<'t> = BTreeMap<(&'t str, Vec<Part>), Vec<&'t Line>>;

pub(super) fn check(table: &Table, lexicon: &Lexicon, findings: &mut Vec<Finding>) {
    let words = spelled(table.rows.iter().map(Line::term));
    let known = |word: &str| words.contains(word);
    let reader = TermReader { normaliser: lexicon.normaliser(), known: &known };
    let mut terms: Terms = BTreeMap::new();
    for line in &table.rows {
        if let Some(parts) = parts(line, &reader) {
            terms.entry((&line.path, parts)).or_default().push(line);
        }
    }
    for ((_, parts), lines) in &terms {
        repeated(lines, parts, findings);
    }
    for ((path, parts), lines) in &terms {
        let Some((scale, label)) = lines[0].file.scale else { continue };
        let against = terms.get(&(scale.files[scale.files.len().min(2) - 1], parts.clone()));
        if let Some(against) = against.filter(|_| label == 0 && scale.labels.len() > 1) {
            opposed(lines[0], against[0], findings);
        }
        // Whether a post advertises is no matter of degree, so there a negator may be evidence as well.
        let negator = modifier(&terms, parts, "before").filter(|line| line.number() < Some(0.0));
        if let Some(negator) = negator.filter(|_| !path.starts_with("advert")) {
            let message = format!("`{}` is a negator too ({}), so it counts twice", lines[0].term(), negator.place());
            findings.push(Kind::AlsoNegator.at(lines[0].place(), message));
        }
        plain_negation(lines[0], parts, &terms, findings);
    }
}

/// The modifier that is written like that and stands on that side.
fn modifier<'t>(terms: &Terms<'t>, parts: &[Part], side: &str) -> Option<&'t Line> {
    let side = Part::Pattern(vec![Element::Word(side.to_owned())]);
    terms.get(&("modifier.csv", [parts, &[side]].concat()))?.first().copied()
}

/// What tells a row from others of its file; slang and stems are spellings, not terms.
fn parts(line: &Line, reader: &TermReader) -> Option<Vec<Part>> {
    let cell = |at: &usize| Element::Word(line.row.cell(*at).to_lowercase());
    match line.path.as_str() {
        "slang.csv" | "stem.csv" | "event.csv" => Some(vec![Part::Pattern(line.file.key.iter().map(cell).collect())]),
        _ => {
            let mut parts = reader.parts(line.term()).ok()?;
            let others = line.file.key.iter().filter(|at| **at != line.file.term);
            parts.extend(others.map(|at| Part::Pattern(vec![cell(at)])));
            Some(parts)
        }
    }
}

/// Rows with the same key in one file.
fn repeated(lines: &[&Line], parts: &[Part], findings: &mut Vec<Finding>) {
    // The row to keep is the one in standard spelling: the others are found by the slang list, and hashtags by the words
    // that other rows spell.
    let mut lines = lines.to_vec();
    lines.sort_by_key(|line| !is_standard(line.term(), parts));
    let Some((first, others)) = lines.split_first() else { return };
    for line in others {
        // A note is for people: two rows that differ in it alone say the same.
        let says = |line: &Line| {
            let cells =
                (0..line.file.columns.len()).filter(|at| *at != line.file.term && line.file.columns[*at] != "note");
            cells.map(|at| line.row.cell(at).to_owned()).collect::<Vec<_>>()
        };
        let (kind, what) = if says(first) == says(line) {
            (Kind::Duplicate, "says the same as")
        } else {
            (Kind::Conflict, "says otherwise than")
        };
        let message = format!("`{}` {what} `{}` in line {}; keep one", line.term(), first.term(), first.place().line);
        findings.push(kind.at(line.place(), message));
    }
}

/// Whether a term spells its words as the normaliser does.
fn is_standard(term: &str, parts: &[Part]) -> bool {
    let elements = parts.iter().flat_map(|part| match part {
        Part::Pattern(elements) => elements.as_slice(),
        Part::Cue(_) => &[],
    });
    let words = elements.filter_map(|element| if let Element::Word(word) = element { Some(word) } else { None });
    let spelled: Vec<&str> = term.split_whitespace().collect();
    let mut words = words.peekable();
    spelled.iter().filter(|piece| words.next_if(|word| word.as_str() == **piece).is_some()).count()
        == spelled.iter().filter(|piece| !piece.starts_with(['{', '*', '&', '<'])).count()
}

/// The column of notes in files of weights, and the note of a row that `learn` wrote.
const NOTE: usize = 2;
const FITTED: &str = "fitted";

/// A term that speaks for both poles of a scale.
fn opposed(line: &Line, against: &Line, findings: &mut Vec<Finding>) {
    let cue = line.term().starts_with('<') && !line.term().contains('&');
    // A fit may leave something for either pole; only a person contradicts themselves.
    let fitted = [line, against].iter().all(|line| line.row.cell(NOTE) == FITTED);
    if cue || fitted || line.number() <= Some(0.0) || against.number() <= Some(0.0) {
        return;
    }
    let message = format!("`{}` speaks for the opposite label too ({}); keep one", line.term(), against.place());
    findings.push(Kind::Conflict.at(line.place(), message));
}

/// `tidak bagus` as negative with the weight that `tidak` gives to `bagus` anyway.
fn plain_negation(line: &Line, parts: &[Part], terms: &Terms, findings: &mut Vec<Finding>) {
    let (Some((scale, label)), [Part::Pattern(elements)]) = (line.file.scale, parts) else { return };
    if label > 1 || scale.labels.len() == 1 {
        return;
    }
    for cut in 1..elements.len() {
        let rest = &elements[cut..];
        let rest = if rest.first() == Some(&Element::Gap) { &rest[1..] } else { rest };
        let negator = modifier(terms, &[Part::Pattern(elements[..cut].to_vec())], "before");
        let plain = terms.get(&(scale.files[1 - label], vec![Part::Pattern(rest.to_vec())]));
        let (Some(negator), Some(plain)) = (negator, plain) else { continue };
        let numbers = (negator.number(), plain[0].number(), line.number());
        let (Some(factor), Some(weight), Some(written)) = numbers else { continue };
        if factor < 0.0 && (weight * -factor - written).abs() < SAME {
            let message = format!(
                "`{}` ({}) under `{}` gives this anyway; keep the row only if it means something else, with its weight",
                plain[0].term(),
                plain[0].place(),
                negator.term()
            );
            findings.push(Kind::PlainNegation.at(line.place(), message));
        }
    }
}
