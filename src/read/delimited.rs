//! Rows of cells with a delimiter between them: RFC 4180 through the `csv` crate, and what people's exporters make of it.

use super::fault::Fault;
use super::quotes::{Quotes, lenient_cells, quotes_of};
use super::row::{Manner, Row, Step};
use super::tape::{Tape, TooLong};
use csv::{ByteRecord, ErrorKind, Position, Reader, ReaderBuilder, StringRecord};
use std::io::{self, Read, SeekFrom};

/// Delimiters that exports of posts use, the likelier first.
pub(super) const DELIMITERS: [u8; 4] = *b",;\t|";

/// Bytes asked for at a time; as many may be read again for each row that cannot be taken as it is.
const CHUNK: usize = 8 << 10;

/// A byte order mark.
const MARK: &str = "\u{feff}";

/// As much of a row that is too long as a reject carries.
const EXCERPT: usize = 64 << 10;

/// What a delimited input is known to look like when its rows are read.
pub(super) struct Shape {
    pub(super) delimiter: u8,
    /// Cells in a row.
    pub(super) width: usize,
    /// The last name of the header is empty, so that rows may end a cell early.
    pub(super) open_ended: bool,
    /// Every cell is in quotes.
    pub(super) all_quoted: bool,
    /// The line on which the rows begin.
    pub(super) line: u64,
    pub(super) longest_row: usize,
}

/// A reader of delimited rows.
pub(super) struct Delimited<R> {
    reader: Reader<Tape<R>>,
    shape: Shape,
    /// How long a row may be. What was read again is taken off, and each good row adds a little, so that quotes that
    /// are never closed cannot make the time grow with the square of the input.
    patience: usize,
}

/// The bytes of one record.
#[derive(Clone, Copy)]
struct Span {
    start: u64,
    end: u64,
}

impl<R: Read> Delimited<R> {
    /// Reads rows from `input`, which stands at the first of them.
    pub(super) fn of(input: R, shape: Shape) -> io::Result<Delimited<R>> {
        let tape = Tape::of(input, shape.longest_row);
        let mut reader = reader_of(shape.delimiter).buffer_capacity(CHUNK).from_reader(tape);
        // Without a header of its own the reader would take the first row for one before it goes anywhere.
        reader.set_byte_headers(ByteRecord::new());
        let patience = shape.longest_row;
        let mut delimited = Delimited { reader, shape, patience };
        delimited.go_to(0, delimited.shape.line)?;
        Ok(delimited)
    }

    /// The line reached.
    pub(super) fn line(&self) -> u64 {
        self.reader.position().line()
    }

    pub(super) fn next(&mut self, row: &mut Row) -> io::Result<Step> {
        let (start, line) = (self.reader.position().byte(), self.reader.position().line());
        self.reader.get_mut().release(start);
        if self.is_out_of_patience() && self.opens_a_quote(start)? {
            let end = self.reader.get_mut().line_end(start)?;
            row.line = line;
            return self.recover(row, Span { start, end }, Fault::OpenQuote);
        }
        let outcome = self.reader.read_record(&mut row.fields);
        let end = self.reader.position().byte();
        let fault = match outcome {
            Ok(false) => return Ok(Step::End),
            Ok(true) => None,
            Err(error) => match error.into_kind() {
                ErrorKind::Io(error) if is_too_long(&error) => return self.too_long(row, start, line),
                ErrorKind::Io(error) => return Err(error),
                ErrorKind::Utf8 { err, .. } => Some(Fault::Encoding(err.field() + 1)),
                other => return Err(io::Error::other(format!("{other:?}"))),
            },
        };
        let raw = self.reader.get_ref().slice(start, end);
        // The line feed of the row before and blank lines belong to no row.
        let blank = raw.iter().take_while(|&&byte| byte == b'\r' || byte == b'\n').count();
        row.line = line + memchr::memchr_iter(b'\n', &raw[..blank]).count() as u64;
        let span = Span { start: start + blank as u64, end };
        if raw[blank..].starts_with(MARK.as_bytes()) {
            keep_mark(&mut row.fields);
        }
        match fault.or_else(|| self.fault(&mut row.fields, &raw[blank..])) {
            None if self.shape.all_quoted && raw.get(blank) != Some(&b'"') => Ok(Step::Row(Manner::OtherQuoting)),
            None => {
                self.allow((self.patience + CHUNK).min(self.shape.longest_row));
                Ok(Step::Row(Manner::Regular))
            }
            Some(fault) => self.recover(row, span, fault),
        }
    }

    fn is_out_of_patience(&self) -> bool {
        self.patience <= CHUNK && self.patience < self.shape.longest_row
    }

    /// Whether the line at `start` opens a quote that it does not close.
    fn opens_a_quote(&mut self, start: u64) -> io::Result<bool> {
        let end = self.reader.get_mut().line_end(start)?;
        let line = self.reader.get_ref().slice(start, end);
        Ok(quotes_of(line, self.shape.delimiter) == Quotes::Open)
    }

    /// Why the row just read cannot be taken as it is, if it cannot.
    fn fault(&self, fields: &mut StringRecord, raw: &[u8]) -> Option<Fault> {
        if memchr::memchr(0, raw).is_some() {
            return Some(Fault::Nul);
        }
        match quotes_of(raw, self.shape.delimiter) {
            Quotes::Inner => return Some(Fault::InnerQuote),
            Quotes::Open => return Some(Fault::OpenQuote),
            Quotes::Sound => {}
        }
        self.fit(fields);
        let (cells, width) = (fields.len(), self.shape.width);
        (cells != width).then_some(Fault::Cells(cells, width))
    }

    /// Spreadsheets add empty cells at the end of a row, and leave them out under an empty name.
    fn fit(&self, fields: &mut StringRecord) {
        let width = self.shape.width;
        if fields.len() > width && fields.iter().skip(width).all(str::is_empty) {
            fields.truncate(width);
        } else if self.shape.open_ended && fields.len() + 1 == width {
            fields.push_field("");
        }
    }

    /// Reads the first line of a row that cannot be taken as it is in other ways, and rejects it where none fits.
    fn recover(&mut self, row: &mut Row, span: Span, fault: Fault) -> io::Result<Step> {
        let raw = self.reader.get_ref().slice(span.start, span.end);
        let (first, rest) = raw.split_at(line_end(raw));
        if let Some(manner) = self.reread(first, &mut row.fields) {
            let after = span.start + first.len() as u64;
            self.go_to(after, row.line + 1)?;
            return Ok(Step::Row(manner));
        }
        // One bad line must not take the good ones after it along.
        let alone = fault.swallows() || self.reads_alone(&rest[..line_end(rest)]);
        let bad = if alone { first } else { raw };
        let reject = Step::Reject { line: row.line, reason: fault.to_string(), raw: bad.to_vec() };
        if alone {
            let after = span.start + first.len() as u64;
            self.go_to(after, row.line + 1)?;
        }
        Ok(reject)
    }

    fn reread(&self, line: &[u8], fields: &mut StringRecord) -> Option<Manner> {
        let line = std::str::from_utf8(line).ok().filter(|line| !line.contains('\0'))?;
        let width = self.shape.width;
        if width == 1 {
            let whole = line.trim_end_matches(['\r', '\n']);
            // Without the quote that opens it, the line would begin in the middle of a cell.
            return (!whole.starts_with('"')).then(|| fill(fields, &[whole], Manner::InnerQuotes));
        }
        let fitting = |delimiter: u8| lenient_cells(line, delimiter).filter(|cells| cells.len() == width);
        if let Some(cells) = fitting(self.shape.delimiter) {
            return Some(fill(fields, &cells, Manner::InnerQuotes));
        }
        let mut others = DELIMITERS.iter().filter(|&&other| other != self.shape.delimiter);
        let cells = others.find_map(|&other| fitting(other))?;
        Some(fill(fields, &cells, Manner::OtherDelimiter))
    }

    fn reads_alone(&self, line: &[u8]) -> bool {
        let mut fields = StringRecord::new();
        let mut reader = reader_of(self.shape.delimiter).from_reader(line);
        matches!(reader.read_record(&mut fields), Ok(true))
            && quotes_of(line, self.shape.delimiter) != Quotes::Open
            && fields.len() == self.shape.width
    }

    fn too_long(&mut self, row: &mut Row, start: u64, line: u64) -> io::Result<Step> {
        let fault = Fault::TooLong(self.patience);
        let kept = self.reader.get_ref().rest(start);
        let blank = kept.iter().take_while(|&&byte| byte == b'\r' || byte == b'\n').count();
        row.line = line + memchr::memchr_iter(b'\n', &kept[..blank]).count() as u64;
        let kept = &kept[blank..];
        let start = start + blank as u64;
        if memchr::memchr(b'\n', kept).is_some() {
            let end = start + line_end(kept) as u64;
            let step = self.recover(row, Span { start, end }, fault)?;
            self.go_to(end, row.line + 1)?;
            return Ok(step);
        }
        if self.patience < self.shape.longest_row {
            // The line alone is longer than the rows before gave reason to wait for.
            let more = (2 * self.patience).min(self.shape.longest_row);
            self.go_to(start, row.line)?;
            self.allow(more);
            return self.next(row);
        }
        let raw = kept[..kept.len().min(EXCERPT)].to_vec();
        self.reader.get_mut().release(start);
        let end = self.reader.get_mut().skip_line()?;
        self.go_to(end, row.line + 1)?;
        Ok(Step::Reject { line: row.line, reason: fault.to_string(), raw })
    }

    fn allow(&mut self, patience: usize) {
        self.patience = patience;
        self.reader.get_mut().limit = patience;
    }

    /// Goes on reading at `offset`, as a rule behind what was read.
    fn go_to(&mut self, offset: u64, line: u64) -> io::Result<()> {
        let again = self.reader.position().byte().saturating_sub(offset);
        let left = self.patience.saturating_sub(usize::try_from(again).unwrap_or(usize::MAX));
        self.allow(left.max(CHUNK.min(self.shape.longest_row)));
        let mut position = Position::new();
        position.set_byte(offset).set_line(line);
        self.reader.seek_raw(SeekFrom::Start(offset), position).map_err(io::Error::other)
    }
}

/// How every delimited input is read: rows may differ in length, and no row is a header to the `csv` crate.
pub(super) fn reader_of(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    builder
}

/// The `csv` crate drops a byte order mark wherever it begins to read, which here is not where the input begins.
fn keep_mark(fields: &mut StringRecord) {
    let first = fields.get(0).unwrap_or_default();
    if !first.starts_with(MARK) {
        let first = format!("{MARK}{first}");
        *fields = std::iter::once(first.as_str()).chain(fields.iter().skip(1)).collect();
    }
}

fn fill(fields: &mut StringRecord, cells: &[&str], manner: Manner) -> Manner {
    fields.clear();
    for cell in cells {
        fields.push_field(cell);
    }
    manner
}

fn line_end(bytes: &[u8]) -> usize {
    memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1)
}

fn is_too_long(error: &io::Error) -> bool {
    error.get_ref().and_then(|inner| inner.downcast_ref::<TooLong>()).is_some()
}
