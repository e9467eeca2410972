//! Fitted weights as files of a lexicon folder.

use super::Fitted;
use crate::lexicon::{Folder, Layer, Scale};

/// Weights are written with two decimals; a smaller move of an own term is not written at all.
const SMALLEST: f64 = 0.05;
/// The largest weight that a row may have.
const LARGEST: f64 = 6.0;

/// Adds what was fitted for a scale; how many rows were written.
pub(super) fn write(fitted: &[Fitted], layer: Layer, folder: &mut Folder) -> usize {
    let Some(scale) = layer.scale() else { return 0 };
    let mut count = 0;
    for (label, file) in scale.files.iter().enumerate() {
        let moved = |fitted: &&Fitted| !fitted.word && (fitted.after[label] - fitted.before[label]).abs() >= SMALLEST;
        let rows: Vec<Vec<String>> = fitted
            .iter()
            .filter(moved)
            .map(|fitted| vec![fitted.term.clone(), written(fitted.after[label]), "fitted".to_owned()])
            .collect();
        count += rows.len();
        folder.append(file, &csv(&["term", "weight", "note"], &rows));
    }
    if let Some(file) = scale.words {
        let rows = word_rows(fitted, scale);
        count += rows.len();
        folder.append(file, &csv(&[&["term"], scale.labels].concat(), &rows));
    }
    count
}

fn word_rows(fitted: &[Fitted], scale: &Scale) -> Vec<Vec<String>> {
    let words = fitted.iter().filter(|fitted| fitted.word);
    let row = |word: &Fitted| {
        let weights = word.after.iter().take(scale.labels.len()).map(|weight| written(*weight));
        std::iter::once(word.term.clone()).chain(weights).collect()
    };
    words.map(row).collect()
}

fn written(weight: f64) -> String {
    let rounded = format!("{:.2}", weight.clamp(-LARGEST, LARGEST));
    if rounded == "-0.00" { "0.00".to_owned() } else { rounded }
}

fn csv(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
