//! The result of `check` as text.

use std::fmt::Write;

use super::{cause, corpus, labels, summary, too_small, turned, verdict};
use crate::gold::{Check, Estimate, Figures, FileFigures, Outcome, Test};
use crate::report::{inert, visible};

/// The result for a terminal.
pub fn text(check: &Check) -> String {
    let mut out = format!("condong {}, lexicon {}, {} posts\n", check.version, check.lexicon, check.posts);
    for note in &check.notes {
        let _ = writeln!(out, "note: {note}");
    }
    for rejected in &check.rejected {
        let _ = writeln!(out, "rejected: {rejected}");
    }
    check.answers.iter().for_each(|figures| add_figures(&mut out, figures, check.seed));
    add_files(&mut out, &check.files);
    add_comparisons(&mut out, check);
    add_mistakes(&mut out, check);
    add_tests(&mut out, &check.tests);
    let _ = writeln!(out, "\n{}", verdict(check.verdict));
    inert(&out)
}

fn add_figures(out: &mut String, figures: &Figures, seed: u64) {
    let Figures { answer, posts, missing, abstained, .. } = figures;
    let _ = writeln!(
        out,
        "\n{}: {posts} labelled posts, {missing} without gold, {abstained} without a known term",
        answer.name()
    );
    let interval = |estimate: &Estimate| format!("{:.4} [{:.4}, {:.4}]", estimate.value, estimate.low, estimate.high);
    let _ = writeln!(out, "  accuracy  {}  Wilson", interval(&figures.accuracy));
    let _ = writeln!(out, "  macro-f1  {}  bootstrap, seed {seed}", interval(&figures.macro_f1));
    let _ =
        writeln!(out, "  kappa     {}", figures.kappa.map_or("not defined".to_owned(), |kappa| format!("{kappa:.4}")));
    let _ = writeln!(out, "  {}", too_small(figures));
    let _ = writeln!(out, "  {:<10}{:>10}{:>10}{:>10}{:>10}", "", "precision", "recall", "F1", "posts");
    for label in &figures.labels {
        let _ = writeln!(
            out,
            "  {:<10}{:>10.4}{:>10.4}{:>10.4}{:>10}",
            label.label, label.precision, label.recall, label.f1, label.support
        );
    }
    let _ = writeln!(out, "  {:<10}{}", "gold ↓", cells(figures.table_labels.iter()));
    for (label, row) in figures.table_labels.iter().zip(&figures.table) {
        let _ = writeln!(out, "  {label:<10}{}", cells(row.iter()));
    }
}

fn add_files(out: &mut String, files: &[FileFigures]) {
    let width = files.iter().map(|figures| figures.file.chars().count()).max().unwrap_or(0);
    if width > 0 {
        let head = ["posts", "accuracy", "macro-f1"];
        let _ = writeln!(out, "\n{:<20}{:<width$}{:>8}{:>10}{:>10}", "by file", "", head[0], head[1], head[2]);
    }
    for FileFigures { file, answer, posts, accuracy, macro_f1 } in files {
        let answer = answer.name();
        let _ = writeln!(out, "  {answer:<18}{file:<width$}{posts:>8}{:>10.4}{macro_f1:>10.4}", accuracy.value);
    }
}

fn cells(cells: impl Iterator<Item = impl ToString>) -> String {
    cells.fold(String::new(), |line, cell| format!("{line}{:>10}", cell.to_string()))
}

fn add_comparisons(out: &mut String, check: &Check) {
    if check.comparisons.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nagainst the baseline");
    if let Some(changed) = corpus(check) {
        let _ = writeln!(out, "  {changed}");
    }
    for comparison in &check.comparisons {
        let _ = writeln!(out, "  {}: {}", comparison.answer.name(), summary(comparison));
    }
    for comparison in &check.comparisons {
        for change in &comparison.changes {
            let (answer, turned, labels) = (comparison.answer.name(), turned(change), labels(change));
            let _ = writeln!(
                out,
                "{}:{}: {answer} {turned}: {labels} [{}]",
                change.file,
                change.line,
                visible(&change.key)
            );
            for row in &change.causes {
                let _ = writeln!(out, "    {}", cause(row));
            }
        }
    }
}

fn add_mistakes(out: &mut String, check: &Check) {
    if !check.mistakes.is_empty() {
        out.push('\n');
    }
    for mistake in &check.mistakes {
        let (answer, gold, said) = (mistake.answer.name(), mistake.gold, mistake.said);
        let _ = writeln!(
            out,
            "{}:{}: {answer}: gold {gold}, says {said} [{}]",
            mistake.file,
            mistake.line,
            visible(&mistake.key)
        );
    }
}

fn add_tests(out: &mut String, tests: &[Test]) {
    if !tests.is_empty() {
        out.push('\n');
    }
    for test in tests {
        let mark = match test.outcome {
            Outcome::Met => "ok",
            Outcome::FellShort => "FAIL",
            Outcome::TooFew => "?",
        };
        let _ = writeln!(out, "{mark:<5}{}: {}", test.name(), test.found());
    }
}
