//! The shares corrected with labelled posts, and the labels behind them.

use super::document::{Block, Section, Table};
use super::language::Language;
use crate::report::{Corrected, CorrectedFigures, Correction, MIN_LABELLED, Summary};

pub(super) fn correction(summary: &Summary, language: Language) -> Option<Section> {
    let correction = summary.correction.as_ref()?;
    let title = language.pick("Dikoreksi dengan contoh berlabel", "Corrected with labelled posts");
    let head = [
        language.pick("kelompok", "group"),
        language.pick("berlabel", "labelled"),
        "pro",
        "kontra",
        "netral",
        language.pick("neto", "net"),
    ];
    let rows = correction.groups.iter().map(|group| row(group, language)).collect();
    let note = format!(
        "{} {MIN_LABELLED} {}",
        language.pick(
            "Porsi tiap putusan dikalikan dengan label orang atas contoh acak dari post yang sama (Tenenbein 1970); perlu",
            "Each verdict's share times what people said of a random sample of the same posts (Tenenbein 1970); needs"
        ),
        language.pick("post berlabel per putusan.", "labelled posts a verdict.")
    );
    let corrected = Block::Table(Table::new(title, &head, rows));
    Some(Section::new("correction", title, vec![corrected, confusion(correction, language), Block::Note(note)]))
}

fn row(group: &Corrected, language: Language) -> Vec<String> {
    let few = || language.pick("terlalu sedikit", "too few").to_owned();
    let shares =
        |figures: CorrectedFigures| [figures.pro, figures.kontra, figures.netral].map(|share| language.share(&share));
    let mut cells = vec![language.name(&group.name), language.count(group.labelled)];
    cells.extend(group.figures.map_or_else(|| ["–", "–", "–"].map(str::to_owned), shares));
    cells.push(group.figures.map_or_else(few, |figures| language.net(&figures.net)));
    cells
}

fn confusion(correction: &Correction, language: Language) -> Block {
    let count = |number: u64| language.count(number);
    let rows = correction
        .confusion
        .iter()
        .map(|row| vec![row.verdict.clone(), count(row.pro), count(row.kontra), count(row.netral)]);
    let caption = language.pick(
        "Putusan condong (baris) dan label orang (kolom)",
        "Verdict of condong (rows) and people's label (columns)",
    );
    let head = [language.pick("putusan", "verdict"), "pro", "kontra", "netral"];
    Block::Table(Table::new(caption, &head, rows.collect()))
}
