//! JSON objects one after another, on lines or inside an array, each flattened into the cells of a row.

use super::flatten::{Cells, flatten};
use super::row::{Manner, Row, Step};
use std::io::{self, BufRead};

/// A reader of JSON objects.
pub(super) struct Objects<R> {
    input: R,
    cells: Cells,
    lines: bool,
    line: u64,
    longest: usize,
    raw: Vec<u8>,
}

/// Where the bytes of an object end.
#[derive(Default)]
struct Nesting {
    depth: usize,
    string: bool,
    escaped: bool,
}

impl<R: BufRead> Objects<R> {
    /// Reads objects from `input`: one a line, or wherever braces enclose one.
    pub(super) fn of(input: R, cells: Cells, lines: bool, longest: usize) -> Objects<R> {
        Objects { input, cells, lines, line: 1, longest, raw: Vec::new() }
    }

    /// The same, with its first line counted as `line`.
    pub(super) fn at_line(self, line: u64) -> Objects<R> {
        Objects { line, ..self }
    }

    /// The line reached.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn next(&mut self, row: &mut Row) -> io::Result<Step> {
        self.raw.clear();
        let whole = if self.lines { self.take_line()? } else { self.take_object()? };
        let newlines = memchr::memchr_iter(b'\n', &self.raw).count() as u64;
        row.line = if self.lines { self.line - newlines.min(1) } else { self.line - newlines };
        if self.raw.is_empty() {
            return Ok(Step::End);
        }
        let read = if whole { self.read(row) } else { Err(format!("longer than {} bytes", self.longest)) };
        let Err(reason) = read else { return Ok(Step::Row(Manner::Regular)) };
        Ok(Step::Reject { line: row.line, reason, raw: self.raw.clone() })
    }

    fn read(&mut self, row: &mut Row) -> Result<(), String> {
        let text = std::str::from_utf8(&self.raw).map_err(|error| format!("not in the input's encoding: {error}"))?;
        if text.contains('\0') {
            return Err("a NUL byte".to_owned());
        }
        flatten(text, &mut self.cells).map_err(|error| format!("not a JSON object: {error}"))?;
        row.fields.clear();
        self.cells.values.iter().for_each(|cell| row.fields.push_field(cell));
        row.unlisted.append(&mut self.cells.unlisted);
        Ok(())
    }

    /// Takes the next line that is not blank; false where it is too long to be kept whole.
    fn take_line(&mut self) -> io::Result<bool> {
        let mut whole = true;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(whole);
            }
            let end = memchr::memchr(b'\n', chunk).map_or(chunk.len(), |at| at + 1);
            let ended = chunk[end - 1] == b'\n';
            whole &= self.raw.len() + end <= self.longest;
            if whole {
                self.raw.extend_from_slice(&chunk[..end]);
            }
            self.input.consume(end);
            self.line += u64::from(ended);
            if ended && !(whole && self.raw.trim_ascii().is_empty()) {
                return Ok(whole);
            }
            if ended {
                self.raw.clear();
            }
        }
    }

    /// Takes the next bytes between braces that belong together; false where they are too many to be kept whole.
    fn take_object(&mut self) -> io::Result<bool> {
        let mut nesting = Nesting::default();
        let mut whole = true;
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(whole);
            }
            let start = if nesting.depth == 0 { memchr::memchr(b'{', chunk).unwrap_or(chunk.len()) } else { 0 };
            let end = chunk[start..].iter().position(|&byte| nesting.closes(byte)).map(|at| start + at + 1);
            let until = end.unwrap_or(chunk.len());
            self.line += memchr::memchr_iter(b'\n', &chunk[..until]).count() as u64;
            whole &= self.raw.len() + until - start <= self.longest;
            if whole {
                self.raw.extend_from_slice(&chunk[start..until]);
            }
            self.input.consume(until);
            if end.is_some() {
                return Ok(whole);
            }
        }
    }
}

impl Nesting {
    /// Whether this byte closes the outermost brace.
    fn closes(&mut self, byte: u8) -> bool {
        if self.string {
            self.string = self.escaped || byte != b'"';
            self.escaped = !self.escaped && byte == b'\\';
            return false;
        }
        match byte {
            b'"' => self.string = true,
            b'{' => self.depth += 1,
            b'}' => self.depth = self.depth.saturating_sub(1),
            _ => return false,
        }
        byte == b'}' && self.depth == 0
    }
}

/// The objects that lie whole in `head`, for their paths.
pub(super) fn sample(head: &[u8], lines: bool, longest: usize) -> Vec<Vec<u8>> {
    let mut objects = Objects::of(head, Cells::default(), lines, longest);
    let mut taken = Vec::new();
    while taken.len() < SAMPLE {
        objects.raw.clear();
        let whole = if lines { objects.take_line() } else { objects.take_object() };
        if objects.raw.is_empty() || !matches!(whole, Ok(true)) {
            break;
        }
        taken.push(objects.raw.clone());
    }
    taken
}

/// As many objects are looked at for the paths that make the header.
const SAMPLE: usize = 400;
