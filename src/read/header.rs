//! Where the header of a table is: below empty rows and blocks about the search, or nowhere.

use super::columns::is_known;
use super::delimited::{DELIMITERS, reader_of};
use super::dialect::{Look, dialect_of};
use super::names::{Names, plain};
use super::options::{HeaderLine, Options};

/// A row near the start of a table.
#[derive(Clone, Debug)]
pub(super) struct Sampled {
    pub(super) line: u64,
    /// Where the row ends in the bytes sampled.
    pub(super) end: usize,
    /// Where it starts.
    pub(super) start: usize,
    pub(super) cells: Vec<String>,
}

/// The header and the rows after it, among those sampled.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) names: Vec<String>,
    /// The line it stands on; 0 where there is none.
    pub(super) line: u64,
    /// The rows above it.
    pub(super) preamble: usize,
    pub(super) why: String,
    /// The sampled row with which posts begin.
    pub(super) first_row: usize,
}

/// As many rows as are looked at.
const ROWS: usize = 400;

/// The header is among as many rows.
const HEADER_WITHIN: usize = 40;

/// Words by which corpora label a text; a row with one of them is no header.
const LABELS: &str = include_str!("label.txt");

/// The first rows of `head` as this delimiter parts them; `whole` says that the head is the entire input.
pub(super) fn sample(head: &[u8], delimiter: u8, whole: bool) -> Vec<Sampled> {
    let mut reader = reader_of(delimiter).from_reader(head);
    let mut record = csv::ByteRecord::new();
    let mut rows = Vec::new();
    let mut start = 0;
    while rows.len() < ROWS {
        let (from, line) = (start, reader.position().line());
        if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
            break;
        }
        start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(head.len());
        let raw = &head[from..start];
        let blank = raw.iter().take_while(|&&byte| byte == b'\r' || byte == b'\n').count();
        rows.push(Sampled {
            line: line + memchr::memchr_iter(b'\n', &raw[..blank]).count() as u64,
            start: from + blank,
            end: start,
            cells: record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect(),
        });
    }
    if !whole && start == head.len() {
        rows.pop();
    }
    rows
}

/// The delimiter with which the most known names come to light, or else with which the most rows are equally long.
pub(super) fn sniff(head: &[u8], whole: bool) -> (u8, String) {
    let scored = DELIMITERS.map(|delimiter| (evidence(&sample(head, delimiter, whole)), delimiter));
    let best = scored.iter().rev().max_by_key(|(evidence, _)| *evidence);
    match best {
        Some(((known, _, _), delimiter)) if *known > 1 => (*delimiter, format!("it parts {known} known column names")),
        Some(((_, share, width), delimiter)) if *width > 1 && *share > 0 => {
            (*delimiter, format!("{share} % of the first rows have {width} cells"))
        }
        _ => (b',', "nothing parts the rows".to_owned()),
    }
}

fn evidence(rows: &[Sampled]) -> (usize, usize, usize) {
    let known = rows.iter().take(HEADER_WITHIN).map(|row| known_names(&row.cells)).max().unwrap_or(0);
    let widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    let count = |width: usize| widths.iter().filter(|&&other| other == width).count();
    let width = widths.iter().copied().max_by_key(|&width| (count(width), width)).unwrap_or(0);
    if width < 2 {
        return (known.min(1), 0, 0);
    }
    (known, 100 * count(width) / widths.len(), width)
}

fn known_names(cells: &[String]) -> usize {
    cells.iter().filter(|cell| is_known(cell)).count()
}

/// Finds the header among `rows`, as the options have it or by the names it holds.
pub(super) fn header_of(rows: &[Sampled], options: &Options) -> Option<Header> {
    match options.header {
        HeaderLine::None => Some(headerless(rows.first()?, "as asked")),
        HeaderLine::Line(line) => {
            let at = rows.iter().position(|row| row.line == line)?;
            Some(header_at(rows, at, "as asked"))
        }
        HeaderLine::Find => find(rows, options),
    }
}

fn find(rows: &[Sampled], options: &Options) -> Option<Header> {
    let near = &rows[..rows.len().min(HEADER_WITHIN)];
    let signed = near.iter().position(|row| {
        DELIMITERS.iter().any(|&delimiter| {
            let look = Look { delimiter: Some(delimiter), ..Look::default() };
            dialect_of(&Names::of(row.cells.iter().map(String::as_str)), look).is_some()
        })
    });
    // What lies above the header of a tool is about the search, unless it is a table of its own with a header of its own.
    let own = |row: &Sampled| row.cells.len() > 1 && row.cells.iter().all(|cell| is_known(cell));
    if let Some(at) = signed.map(|at| near[..at].iter().position(own).unwrap_or(at)) {
        return Some(header_at(rows, at, "it holds the names of a known dialect"));
    }
    let wanted: Vec<String> = options.named.text.iter().map(|name| plain(name)).collect();
    let named = near.iter().position(|row| row.cells.iter().any(|cell| wanted.contains(&plain(cell))));
    if let Some(at) = named {
        return Some(header_at(rows, at, "it holds the name given for the text"));
    }
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    let likely = |row: &&Sampled| row.cells.len() * 2 > width;
    let known = near.iter().filter(likely).map(|row| known_names(&row.cells)).max().unwrap_or(0);
    if known > 0 {
        let at = near.iter().position(|row| row.cells.len() * 2 > width && known_names(&row.cells) == known)?;
        return Some(header_at(rows, at, "it holds known names"));
    }
    let first = rows.iter().find(|row| !row.cells.iter().all(String::is_empty))?;
    if first.cells.iter().any(|cell| is_label(cell)) {
        return Some(headerless(first, "the first row holds a label, not a name"));
    }
    let at = rows.iter().position(|row| row.line == first.line)?;
    Some(header_at(rows, at, "it is the first row"))
}

fn is_label(cell: &str) -> bool {
    LABELS.lines().any(|label| label == cell.trim().to_lowercase())
}

fn header_at(rows: &[Sampled], at: usize, why: &str) -> Header {
    Header { names: rows[at].cells.clone(), line: rows[at].line, preamble: at, why: why.to_owned(), first_row: at + 1 }
}

fn headerless(first: &Sampled, why: &str) -> Header {
    Header {
        names: (1..=first.cells.len()).map(|number| format!("column_{number}")).collect(),
        line: 0,
        preamble: 0,
        why: why.to_owned(),
        first_row: 0,
    }
}

/// The column with the longest cells on average.
pub(super) fn longest_column(rows: &[Vec<String>], width: usize) -> Option<usize> {
    let length = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).sum();
    (0..width).max_by_key(|&at| -> (usize, std::cmp::Reverse<usize>) { (length(at), std::cmp::Reverse(at)) })
}
