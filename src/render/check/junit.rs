//! The result of `check` as `JUnit` XML: a case for each test and each broken post.

use std::fmt::Write;

use super::{breaks_too_many, cause, labels};
use crate::gold::{Check, Outcome, Turn};

/// How a case ended.
enum Ending {
    Passed,
    Failed(String),
    Skipped(String),
}

struct Case {
    class: String,
    name: String,
    ending: Ending,
    details: String,
}

/// The result for CI services that read test reports.
pub fn junit(check: &Check) -> String {
    let cases: Vec<Case> = tests(check).chain(broken(check)).chain(rejected(check)).collect();
    let count = |wanted: fn(&Ending) -> bool| cases.iter().filter(|case| wanted(&case.ending)).count();
    let failures = count(|ending| matches!(ending, Ending::Failed(_)));
    let skipped = count(|ending| matches!(ending, Ending::Skipped(_)));
    let total = cases.len();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites tests=\"{total}\" failures=\"{failures}\">");
    let _ = writeln!(
        out,
        "  <testsuite name=\"condong check\" tests=\"{total}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
    );
    for case in &cases {
        add(&mut out, case);
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn tests(check: &Check) -> impl Iterator<Item = Case> {
    check.tests.iter().map(|test| {
        let ending = match test.outcome {
            Outcome::Met => Ending::Passed,
            Outcome::FellShort => Ending::Failed(test.found()),
            Outcome::TooFew => Ending::Skipped(test.found()),
        };
        Case { class: format!("condong.{}", test.answer.name()), name: test.name(), ending, details: String::new() }
    })
}

/// A post that broke within what is allowed is shown and fails nothing.
fn broken(check: &Check) -> impl Iterator<Item = Case> {
    let broken = |comparison| {
        let fails = breaks_too_many(check, comparison);
        let changes = comparison.changes.iter().filter(|change| change.turn == Turn::Broken);
        changes.map(move |change| {
            let ending = if fails { Ending::Failed(labels(change)) } else { Ending::Skipped(labels(change)) };
            Case {
                class: format!("condong.{}", comparison.answer.name()),
                name: format!("{}:{} {}", change.file, change.line, change.key),
                ending,
                details: change.causes.iter().map(cause).collect::<Vec<_>>().join("\n"),
            }
        })
    };
    check.comparisons.iter().flat_map(broken)
}

fn rejected(check: &Check) -> impl Iterator<Item = Case> {
    check.rejected.iter().map(|row| Case {
        class: "condong.rows".to_owned(),
        name: row.clone(),
        ending: Ending::Failed("the row could not be read".to_owned()),
        details: String::new(),
    })
}

fn add(out: &mut String, case: &Case) {
    let (class, name) = (escaped(&case.class), escaped(&case.name));
    let _ = write!(out, "    <testcase classname=\"{class}\" name=\"{name}\"");
    let _ = match &case.ending {
        Ending::Passed => writeln!(out, "/>"),
        Ending::Failed(message) => {
            let (message, details) = (escaped(message), escaped(&case.details));
            writeln!(out, "><failure message=\"{message}\">{details}</failure></testcase>")
        }
        Ending::Skipped(message) => writeln!(out, "><skipped message=\"{}\"/></testcase>", escaped(message)),
    };
}

/// Text as XML 1.0 may hold it; characters that it may not hold become U+FFFD.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' | '\r' => escaped.push(' '),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn holds_only_what_xml_may_hold() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}"), "a&lt;b&gt; &amp; &quot;c&quot;\u{fffd}");
    }
}
