//! A report in GitHub's markdown, for the summary of a CI run.

use super::document::{Block, Document, Quote, Table, Words};
use super::language::Language;
use crate::report::{Summary, visible};

/// The report as markdown.
pub fn markdown(summary: &Summary, language: Language) -> String {
    let document = Document::of(summary, language);
    let mut out = format!("# {}\n", escaped(&document.title));
    for section in &document.sections {
        out.extend(["\n## ", &escaped(&section.title), "\n"]);
        for block in &section.blocks {
            let shown = shown(block, &section.title, language);
            if !shown.is_empty() {
                out.push('\n');
                out.push_str(&shown);
            }
        }
    }
    out
}

fn shown(block: &Block, title: &str, language: Language) -> String {
    match block {
        Block::Heading(text) => format!("### {}\n", escaped(text)),
        Block::Note(text) => escaped(text) + "\n",
        Block::List(lines) => lines.iter().flat_map(|line| ["- ".to_owned(), escaped(line), "\n".to_owned()]).collect(),
        Block::Table(table) if table.caption == title => cells(table),
        Block::Table(table) => rows(table),
        // The tables beside them have the same figures.
        Block::Bars(_) | Block::Lines(_) => String::new(),
        Block::Words(words) => list(words, language),
        Block::Quotes(quotes) => quotes.iter().map(quote).collect(),
    }
}

fn rows(table: &Table) -> String {
    format!("**{}**\n\n{}", escaped(&table.caption), cells(table))
}

fn cells(table: &Table) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = format!("|---|{}\n", "--:|".repeat(table.head.len().saturating_sub(1)));
    let body: String = table.rows.iter().map(|row| line(row)).collect();
    format!("{}{rule}{body}", line(&table.head))
}

fn list(words: &Words, language: Language) -> String {
    let rows = words.entries.iter().map(|(word, z, counts)| {
        let end = if *z > 0.0 { &words.of } else { &words.from };
        vec![word.clone(), end.clone(), counts.clone(), language.signed(*z)]
    });
    let counts = format!("{} : {}", words.of, words.from);
    let head = [language.pick("kata", "word"), language.pick("khas", "typical of"), &counts, "z"];
    self::rows(&Table::new(&words.title, &head, rows.collect()))
}

fn quote(quote: &Quote) -> String {
    let terms = if quote.terms.is_empty() { String::new() } else { format!(" ({})", escaped(&quote.terms)) };
    format!("- {}{terms}\n\n  > {}\n\n", escaped(&quote.label), escaped(&quote.text))
}

/// The text on one line, with nothing that markdown or HTML could take for its own.
fn escaped(text: &str) -> String {
    let mut shown = String::new();
    for letter in visible(text).chars() {
        match letter {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => shown.extend(['\\', letter]),
            _ => shown.push(letter),
        }
    }
    shown
}
