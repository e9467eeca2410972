//! Findings about a lexicon, for people and programs.

use std::fmt::Write;

use serde::Serialize;

use crate::gold::Usage;
use crate::lexicon::{Finding, Layer, Level};
use crate::report::inert;

/// What `lint` found.
#[derive(Clone, Debug, PartialEq)]
pub struct Linted<'l> {
    /// The lexicon's version, where it loads.
    pub lexicon: Option<&'l str>,
    /// What is questionable in the rows.
    pub findings: &'l [Finding],
    /// What posts made of the rows, where there were posts.
    pub usage: Option<&'l Usage>,
}

/// The findings as `file:line: level: what [kind]`, then what posts made of the rows.
pub fn text(linted: &Linted) -> String {
    let mut out = String::new();
    for finding in linted.findings {
        let Finding { place, level, kind, message } = finding;
        let _ = writeln!(out, "{place}: {}: {message} [{}]", level.name(), kind.name());
    }
    if let Some(usage) = linted.usage {
        add_usage(&mut out, usage);
    }
    let count = |level| linted.findings.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let _ = writeln!(out, "{}, {}", counted(errors as u64, "error"), counted(warnings as u64, "warning"));
    inert(&out)
}

fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn add_usage(out: &mut String, usage: &Usage) {
    for row in &usage.never {
        let what = if row.layer == Layer::Modifier.name() { "acts on nothing in any post" } else { "is in no post" };
        let _ = writeln!(out, "{}: note: `{}` {what} [never_hit]", row.place, row.term);
    }
    for row in &usage.idle {
        let posts = counted(row.posts, "post");
        let _ = writeln!(out, "{}: note: `{}` is in {posts}, and no verdict needs it [idle]", row.place, row.term);
    }
    for row in &usage.misfiring {
        let (place, term, wrong, posts) = (&row.place, &row.term, row.wrong, row.posts);
        let _ = writeln!(
            out,
            "{place}: note: `{term}` speaks for the wrong {} in {wrong} of {posts} posts [misfires]",
            row.scale
        );
    }
    let words: Vec<String> = usage.unknown.iter().map(|(word, posts)| format!("{word} {posts}")).collect();
    let _ = writeln!(out, "{}, {} without a known term", counted(usage.posts, "post"), usage.uncovered);
    let _ = writeln!(out, "most frequent unknown words: {}", words.join(", "));
}

/// The layout of the JSON form.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'l> {
    schema: u32,
    tool: &'static str,
    version: &'static str,
    lexicon: Option<&'l str>,
    errors: usize,
    warnings: usize,
    findings: Vec<Written<'l>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<&'l Usage>,
}

#[derive(Serialize)]
struct Written<'l> {
    file: &'l str,
    line: u64,
    level: &'static str,
    kind: &'static str,
    message: &'l str,
}

/// The findings as JSON.
pub fn json(linted: &Linted) -> serde_json::Result<String> {
    let count = |level| linted.findings.iter().filter(|finding| finding.level == level).count();
    let written = linted.findings.iter().map(|finding| Written {
        file: &finding.place.file,
        line: finding.place.line,
        level: finding.level.name(),
        kind: finding.kind.name(),
        message: &finding.message,
    });
    let document = Document {
        schema: SCHEMA,
        tool: "condong",
        version: env!("CARGO_PKG_VERSION"),
        lexicon: linted.lexicon,
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        findings: written.collect(),
        usage: linted.usage,
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}
