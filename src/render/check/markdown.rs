//! The result of `check` as Markdown, for the summary page of a CI run.

use std::fmt::Write;

use super::{cause, corpus, labels, summary, too_small, turned, verdict};
use crate::gold::{Check, Estimate, FileFigures, Outcome};
use crate::report::inert;

/// The result for a summary page.
pub fn markdown(check: &Check) -> String {
    let mut out = format!("## condong check: {}\n\n", verdict(check.verdict));
    let _ = writeln!(
        out,
        "condong {}, lexicon `{}`, {} posts, seed {}",
        check.version, check.lexicon, check.posts, check.seed
    );
    for line in check.notes.iter().chain(&check.rejected) {
        let _ = writeln!(out, "- {}", escaped(line));
    }
    add_answers(&mut out, check);
    add_files(&mut out, check);
    add_tests(&mut out, check);
    add_changes(&mut out, check);
    inert(&out)
}

fn add_answers(out: &mut String, check: &Check) {
    out.push_str(
        "\n| answer | posts | no gold | accuracy | macro-F1 | kappa | F1 by label |\n|---|--:|--:|---|---|--:|---|\n",
    );
    let interval = |estimate: &Estimate| format!("{:.3} [{:.3}, {:.3}]", estimate.value, estimate.low, estimate.high);
    for figures in &check.answers {
        let labels: Vec<String> =
            figures.labels.iter().map(|label| format!("{} {:.3} ({})", label.label, label.f1, label.support)).collect();
        let kappa = figures.kappa.map_or("–".to_owned(), |kappa| format!("{kappa:.3}"));
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {kappa} | {} |",
            figures.answer.name(),
            figures.posts,
            figures.missing,
            interval(&figures.accuracy),
            interval(&figures.macro_f1),
            labels.join(", ")
        );
    }
    out.push('\n');
    for figures in &check.answers {
        let _ = writeln!(out, "- {}: {}", figures.answer.name(), too_small(figures));
    }
}

fn add_files(out: &mut String, check: &Check) {
    if check.files.is_empty() {
        return;
    }
    out.push_str("\n| answer | file | posts | accuracy | macro-F1 |\n|---|---|--:|--:|--:|\n");
    for FileFigures { file, answer, posts, accuracy, macro_f1 } in &check.files {
        let (answer, file) = (answer.name(), escaped(file));
        let _ = writeln!(out, "| {answer} | {file} | {posts} | {:.3} | {macro_f1:.3} |", accuracy.value);
    }
}

fn add_tests(out: &mut String, check: &Check) {
    if check.tests.is_empty() {
        return;
    }
    out.push_str("\n| | asked | found |\n|---|---|---|\n");
    for test in &check.tests {
        let mark = match test.outcome {
            Outcome::Met => "✅",
            Outcome::FellShort => "❌",
            Outcome::TooFew => "❔",
        };
        let _ = writeln!(out, "| {mark} | {} | {} |", test.name(), test.found());
    }
}

fn add_changes(out: &mut String, check: &Check) {
    if check.comparisons.is_empty() {
        return;
    }
    out.push_str("\n### Against the baseline\n\n");
    if let Some(changed) = corpus(check) {
        let _ = writeln!(out, "- {changed}");
    }
    for comparison in &check.comparisons {
        let _ = writeln!(out, "- **{}**: {}", comparison.answer.name(), summary(comparison));
    }
    let changes = || check.comparisons.iter().flat_map(|c| c.changes.iter().map(move |change| (c.answer, change)));
    if changes().next().is_none() {
        return;
    }
    out.push_str("\n| post | answer | | labels | rows |\n|---|---|---|---|---|\n");
    for (answer, change) in changes() {
        let rows: Vec<String> = change.causes.iter().map(|row| escaped(&cause(row))).collect();
        let place = escaped(&format!("{}:{}", change.file, change.line));
        let _ = writeln!(
            out,
            "| {place} | {} | {} | {} | {} |",
            answer.name(),
            turned(change),
            labels(change),
            rows.join("<br>")
        );
    }
}

/// Text that keeps its place in a table cell, whatever marks it holds.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '|' | '*' | '_' | '`' | '<' | '\\' | '#' | '[' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' | '\r' => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn terms_keep_their_stars_and_cells_their_bars() {
        assert_eq!(escaped("jangan * {tutup} | a"), "jangan \\* {tutup} \\| a");
    }
}
