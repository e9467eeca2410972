//! The result of `check` as annotations that GitHub Actions puts beside the lines of a file.

use std::fmt::Write;

use super::{breaks_too_many, cause, labels, turned, verdict};
use crate::gold::{Check, Outcome, Turn, Verdict};
use crate::report::inert;

/// The result as workflow commands.
pub fn github(check: &Check) -> String {
    let mut out = String::new();
    for row in &check.rejected {
        let _ = writeln!(out, "::warning title=condong: row rejected::{}", message(row));
    }
    for comparison in &check.comparisons {
        let fails = breaks_too_many(check, comparison);
        for change in &comparison.changes {
            let level = match change.turn {
                Turn::Broken if fails => "error",
                Turn::Broken => "warning",
                Turn::Fixed | Turn::StillWrong => "notice",
            };
            let title = property(&format!("condong: {} {}", comparison.answer.name(), turned(change)));
            let rows: Vec<String> = change.causes.iter().map(cause).collect();
            let text = message(&format!("[{}] {}\n{}", change.key, labels(change), rows.join("\n")));
            let _ =
                writeln!(out, "::{level} file={},line={},title={title}::{text}", property(&change.file), change.line);
        }
    }
    for test in &check.tests {
        let level = match test.outcome {
            Outcome::Met => "notice",
            Outcome::FellShort => "error",
            Outcome::TooFew => "warning",
        };
        let _ = writeln!(out, "::{level} title=condong: {}::{}", property(&test.name()), message(&test.found()));
    }
    let level = if check.verdict == Verdict::FellShort { "error" } else { "notice" };
    let _ = writeln!(out, "::{level} title=condong check::{}", message(verdict(check.verdict)));
    out
}

/// The characters that end a workflow command, escaped as its runner asks.
fn message(text: &str) -> String {
    let text = inert(&text.trim_end().replace('\r', "\n"));
    text.replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{message, property};

    #[test]
    fn what_ends_a_command_is_escaped() {
        assert_eq!(message("a\nb 5%"), "a%0Ab 5%25");
        assert_eq!(property("x: a, b"), "x%3A a%2C b");
    }
}
