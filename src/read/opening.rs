//! From bytes to rows that are ready to be read: the layout, the header and everything decided on the way.

use super::compression::{Bytes, Unpacked, unpack};
use super::delimited::{Delimited, Shape};
use super::dialect::{Dialect, Look, Quoting, dialect_of};
use super::error::ReadError;
use super::flatten::{Cells, flatten};
use super::found::Decision;
use super::header::{Header, Sampled, header_of, sample, sniff};
use super::layout::{Layout, layout_of};
use super::names::Names;
use super::objects::{self, Objects};
use super::options::{Format, HeaderLine, Options};
use super::row::{Row, Step};
use super::source::{Source, source_of};
use super::workbook::Sheet;
use std::io::{self, BufReader, Cursor, Read};

/// The rows of an input, by layout.
pub(super) enum Rows {
    Delimited(Box<Delimited<Bytes>>),
    Objects(Box<Objects<BufReader<Bytes>>>),
    Sheet(Sheet),
}

/// An input of which rows can be read, with what was seen on the way.
pub(super) struct Opened {
    pub(super) rows: Rows,
    pub(super) header: Header,
    pub(super) sample: Vec<Vec<String>>,
    pub(super) dialect: Option<&'static Dialect>,
    pub(super) compression: Option<String>,
    pub(super) encoding: Decision<&'static str>,
    pub(super) byte_order_mark: bool,
    pub(super) format: Decision<Format>,
    pub(super) delimiter: Option<Decision<char>>,
    pub(super) sheet: Option<String>,
}

impl Rows {
    pub(super) fn next(&mut self, row: &mut Row) -> io::Result<Step> {
        match self {
            Rows::Delimited(rows) => rows.next(row),
            Rows::Objects(rows) => rows.next(row),
            Rows::Sheet(rows) => Ok(rows.next(row)),
        }
    }

    pub(super) fn line(&self) -> u64 {
        match self {
            Rows::Delimited(rows) => rows.line(),
            Rows::Objects(rows) => rows.line(),
            Rows::Sheet(rows) => rows.line(),
        }
    }
}

/// Opens an input.
pub(super) fn open(input: Bytes, file: &str, options: &Options) -> Result<Opened, ReadError> {
    let (bytes, compression) = match unpack(input, file, options)? {
        Unpacked::Workbook(bytes) => return open_workbook(Sheet::of(bytes, file, options)?, file, options),
        Unpacked::Stream { bytes, compression } => (bytes, compression),
    };
    let source = source_of(bytes, file, options)?;
    let layout = layout_of(&source.head, options);
    let (encoding, byte_order_mark) = (Decision::of(source.encoding, source.encoding_why), source.byte_order_mark);
    let mut opened = match layout.format.value {
        Format::Jsonl | Format::Json => open_objects(source, &layout, file, options)?,
        Format::Delimited | Format::Workbook => open_delimited(source, file, options)?,
    };
    opened.compression = compression;
    opened.encoding = encoding;
    opened.byte_order_mark = byte_order_mark;
    opened.format = layout.format;
    Ok(opened)
}

fn open_delimited(source: Source, file: &str, options: &Options) -> Result<Opened, ReadError> {
    let delimiter = if let Some(delimiter) = options.delimiter {
        Decision::of(delimiter, "as asked")
    } else {
        let (delimiter, why) = sniff(&source.head, source.whole);
        Decision::of(delimiter, why)
    };
    let rows = sample(&source.head, delimiter.value, source.whole);
    if rows.is_empty() && !source.whole {
        let what = format!("its first row is longer than {} bytes", source.head.len());
        return Err(ReadError::NotText { file: file.to_owned(), what });
    }
    let header = header_of(&rows, options).ok_or_else(|| no_header(file, options))?;
    let begin = match header.first_row {
        0 => 0,
        next => rows[next - 1].end,
    };
    let look = Look {
        delimiter: Some(delimiter.value),
        header: quoting(&source.head, header.first_row.checked_sub(1).map(|at| &rows[at])),
        values: quoting(&source.head, rows.get(header.first_row)),
    };
    let names = Names::of(header.names.iter().map(String::as_str));
    let dialect = dialect_of(&names, look);
    let shape = Shape {
        delimiter: delimiter.value,
        width: header.names.len(),
        open_ended: header.line > 0 && header.names.last().is_some_and(String::is_empty),
        all_quoted: dialect.is_some_and(|dialect| dialect.values == Quoting::Quoted),
        line: line_at(&source.head, begin),
        longest_row: options.longest_row,
    };
    let mut head = Cursor::new(source.head);
    head.set_position(begin as u64);
    let bytes: Bytes = Box::new(head.chain(source.rest));
    let cannot = |error| ReadError::Io { file: file.to_owned(), line: header.line, error };
    let rows_in = Delimited::of(bytes, shape).map_err(cannot)?;
    let mut opened = opened(Rows::Delimited(Box::new(rows_in)), header, rows, look);
    opened.delimiter = Some(Decision::of(char::from(delimiter.value), delimiter.why));
    Ok(opened)
}

fn open_objects(source: Source, layout: &Layout, file: &str, options: &Options) -> Result<Opened, ReadError> {
    let lines = layout.format.value == Format::Jsonl;
    let head = &source.head[layout.start..];
    let objects = objects::sample(head, lines, options.longest_row);
    let (mut cells, names) = Cells::over(&objects);
    if names.is_empty() {
        let what = "no JSON object can be read in it".to_owned();
        return Err(ReadError::NotText { file: file.to_owned(), what });
    }
    let rows = objects.iter().map(|object| {
        let text = String::from_utf8_lossy(object);
        // An object that does not parse is rejected when its turn comes.
        let _ = flatten(&text, &mut cells);
        Sampled { line: 0, start: 0, end: 0, cells: cells.values.clone() }
    });
    let rows: Vec<Sampled> = rows.collect();
    let why = "the paths in the first objects".to_owned();
    let header = Header { names, line: 0, preamble: 0, why, first_row: 0 };
    let line = line_at(&source.head, layout.start);
    let mut head = Cursor::new(source.head);
    head.set_position(layout.start as u64);
    let bytes: Bytes = Box::new(head.chain(source.rest));
    let input = BufReader::with_capacity(64 << 10, bytes);
    let objects = Objects::of(input, cells, lines, options.longest_row).at_line(line);
    Ok(opened(Rows::Objects(Box::new(objects)), header, rows, Look::default()))
}

fn open_workbook(mut sheet: Sheet, file: &str, options: &Options) -> Result<Opened, ReadError> {
    let mut header = header_of(sheet.rows(), options).ok_or_else(|| no_header(file, options))?;
    // Columns that nobody named are kept all the same.
    let width = sheet.rows().iter().map(|row| row.cells.len()).max().unwrap_or(0);
    header.names.resize(width.max(header.names.len()), String::new());
    sheet.start(header.first_row, header.names.len());
    let rows: Vec<Sampled> = sheet.rows().iter().take(400).cloned().collect();
    let name = sheet.name.clone();
    let mut opened = opened(Rows::Sheet(sheet), header, rows, Look::default());
    opened.sheet = Some(name);
    opened.format = Decision::of(Format::Workbook, "its first bytes");
    opened.encoding = Decision::of("UTF-8", "it is a workbook");
    Ok(opened)
}

fn opened(rows: Rows, header: Header, sampled: Vec<Sampled>, look: Look) -> Opened {
    let dialect = dialect_of(&Names::of(header.names.iter().map(String::as_str)), look);
    let sample = sampled.into_iter().skip(header.first_row).map(|row| row.cells).collect();
    Opened {
        rows,
        header,
        sample,
        dialect,
        compression: None,
        encoding: Decision::of("UTF-8", ""),
        byte_order_mark: false,
        format: Decision::of(Format::Delimited, ""),
        delimiter: None,
        sheet: None,
    }
}

fn no_header(file: &str, options: &Options) -> ReadError {
    match options.header {
        HeaderLine::Line(line) => ReadError::NotText {
            file: file.to_owned(),
            what: format!("no row begins on line {line}, where the header should be"),
        },
        _ => ReadError::Empty { file: file.to_owned() },
    }
}

fn quoting(head: &[u8], row: Option<&Sampled>) -> Quoting {
    match row.and_then(|row| head.get(row.start)) {
        None => Quoting::Any,
        Some(b'"') => Quoting::Quoted,
        Some(_) => Quoting::Plain,
    }
}

fn line_at(head: &[u8], offset: usize) -> u64 {
    1 + memchr::memchr_iter(b'\n', &head[..offset]).count() as u64
}
