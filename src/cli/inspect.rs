//! `condong inspect`: what the reader decided about an export and why, and the damage in it.

use super::exit::Exit;
use super::input::{Input, Rejects};
use anyhow::Result;
use clap::{Args, ValueEnum};
use condong::read::{Choice, Damage, Finding, Found, Next, Posts, Row, text_of};
use condong::report::inert;
use serde::Serialize;
use std::io::{self, Write};

/// Say what an export is, which column is what and why, and what is damaged in it
#[derive(Args, Debug)]
pub(crate) struct Inspect {
    /// How to say it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Form,
    /// How many posts to show
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    posts: usize,
    // Last, since its heading holds for what follows.
    #[command(flatten)]
    input: Input,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// For machines: an object a file, one a line
    Json,
}

/// Everything that is said about one input.
#[derive(Serialize)]
struct Report<'a> {
    file: &'a str,
    #[serde(flatten)]
    found: &'a Found,
    header: &'a [String],
    rows: u64,
    rejected: u64,
    first_rejects: Vec<Rejected>,
    damage: Vec<Finding>,
    posts: Vec<Shown>,
}

#[derive(Serialize)]
struct Rejected {
    line: u64,
    reason: String,
}

/// One of the first posts.
#[derive(Serialize)]
struct Shown {
    line: u64,
    date: Option<String>,
    text: String,
}

/// As many rejects are shown.
const REJECTS_SHOWN: usize = 5;

/// As much of a post is shown to people, in characters.
const EXCERPT: usize = 100;

/// Reads every input to its end and says what it is.
pub(crate) fn run(inspect: &Inspect) -> Result<Exit> {
    let mut rejects = inspect.input.rejects()?;
    let mut out = io::stdout().lock();
    for posts in inspect.input.open()? {
        let mut posts = posts?;
        let seen = read(&mut posts, inspect.posts, &mut rejects)?;
        let report = report_of(&posts, seen);
        match inspect.format {
            Form::Text => out.write_all(report.text()?.as_bytes())?,
            Form::Json => writeln!(out, "{}", serde_json::to_string(&report)?)?,
        }
    }
    Ok(if rejects.finish()? > 0 { Exit::Rejected } else { Exit::Fine })
}

/// What came up while an input was read.
#[derive(Default)]
struct Seen {
    damage: Damage,
    posts: Vec<Shown>,
    rejects: Vec<Rejected>,
}

fn read(posts: &mut Posts, wanted: usize, rejects: &mut Rejects) -> Result<Seen> {
    let mut seen = Seen::default();
    let mut row = Row::default();
    loop {
        match posts.read(&mut row)? {
            Next::End => break,
            Next::Row => {
                let _ = seen.damage.look_at_date(&row, posts.dates());
                if seen.posts.len() < wanted {
                    seen.posts.push(shown(posts, &row));
                }
            }
            Next::Reject(reject) => {
                rejects.take(&reject)?;
                if seen.rejects.len() < REJECTS_SHOWN {
                    seen.rejects.push(Rejected { line: reject.line, reason: reject.reason });
                }
            }
        }
    }
    seen.damage += posts.damage();
    Ok(seen)
}

fn shown(posts: &Posts, row: &Row) -> Shown {
    let date = posts.dates().of(row).ok().map(|moment| {
        let form = if moment.timed { "%F %T" } else { "%F" };
        moment.local.strftime(form).to_string()
    });
    Shown { line: row.line, date, text: text_of(row, posts.columns()).into_owned() }
}

fn report_of(posts: &Posts, seen: Seen) -> Report<'_> {
    Report {
        file: posts.file(),
        found: posts.found(),
        header: posts.header(),
        rows: seen.damage.rows,
        rejected: seen.damage.rejects,
        first_rejects: seen.rejects,
        damage: seen.damage.findings(),
        posts: seen.posts,
    }
}

impl Report<'_> {
    fn text(&self) -> Result<String> {
        let mut text = Vec::new();
        self.write(&mut text)?;
        Ok(inert(&String::from_utf8_lossy(&text)))
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", self.file)?;
        for (what, value, why) in self.decisions() {
            writeln!(out, "  {what:<12} {value}{}", because(&why))?;
        }
        for (at, choice) in self.found.columns.iter().enumerate() {
            let what = if at == 0 { "columns" } else { "" };
            let Choice { role, number, name, why } = choice;
            writeln!(out, "  {what:<12} {role:<8} {number} {name}{}", because(why))?;
        }
        writeln!(out, "  {:<12} {} read, {} rejected", "rows", self.rows, self.rejected)?;
        for reject in &self.first_rejects {
            writeln!(out, "  {:<12} {}:{}: {}", "", self.file, reject.line, reject.reason)?;
        }
        self.write_damage(out)?;
        for post in &self.posts {
            let date = post.date.as_deref().unwrap_or("no date");
            writeln!(out, "  {:<12} {date}  {}", format!("line {}", post.line), excerpt(&post.text))?;
        }
        writeln!(out)
    }

    fn decisions(&self) -> Vec<(&'static str, String, String)> {
        let found = self.found;
        let mark = if found.byte_order_mark { " with byte order mark" } else { "" };
        let layout = match (&found.delimiter, &found.sheet) {
            (Some(delimiter), _) => (format!("cells with {:?} between them", delimiter.value), delimiter.why.clone()),
            (None, Some(sheet)) => (format!("workbook, sheet {sheet}"), String::new()),
            (None, None) => (format!("{:?}", found.format.value).to_uppercase(), found.format.why.clone()),
        };
        let header = match found.header_line.value {
            0 => "none".to_owned(),
            line => format!("line {line}, {} columns", self.header.len()),
        };
        let about = found.about.unwrap_or_default().to_owned();
        let mut lines = vec![
            ("encoding", format!("{}{mark}", found.encoding.value), found.encoding.why.clone()),
            ("compression", found.compression.clone().unwrap_or_else(|| "none".to_owned()), String::new()),
            ("layout", layout.0, layout.1),
            ("written by", found.dialect.unwrap_or("unknown tool").to_owned(), about),
            ("header", header, found.header_line.why.clone()),
        ];
        if let Some(dates) = &found.dates {
            lines.push(("dates", dates.value.clone(), dates.why.clone()));
        }
        lines
    }

    fn write_damage(&self, out: &mut impl Write) -> io::Result<()> {
        if self.damage.is_empty() {
            return writeln!(out, "  {:<12} none found", "damage");
        }
        for (at, finding) in self.damage.iter().enumerate() {
            let what = if at == 0 { "damage" } else { "" };
            let Finding { about, rows, share, means, .. } = finding;
            let share = if *share < 0.0005 { "under 0.1".to_owned() } else { format!("{:.1}", 100.0 * share) };
            writeln!(out, "  {what:<12} {rows} ({share} %) {about}: {means}")?;
        }
        Ok(())
    }
}

fn because(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!("  ({why})") }
}

/// The start of a post on one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}
