//! Rows of an Excel workbook, which is read whole.

use super::error::ReadError;
use super::header::Sampled;
use super::options::Options;
use super::row::{Manner, Row, Step};
use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};
use std::io::Cursor;
use std::sync::Arc;

/// Numbers from here on are not exact in a workbook: 2^53.
const INEXACT: f64 = 9_007_199_254_740_992.0;

/// A sheet's rows with what is read of them.
pub(super) struct Sheet {
    pub(super) name: String,
    rows: Vec<Sampled>,
    at: usize,
    width: usize,
}

type Book = Sheets<Cursor<Arc<[u8]>>>;

impl Sheet {
    /// The sheet that the options name, or else the first with more than one row.
    pub(super) fn of(bytes: Vec<u8>, file: &str, options: &Options) -> Result<Sheet, ReadError> {
        let cannot = |reason: String| ReadError::Container { file: file.to_owned(), what: "workbook", reason };
        let mut book: Book =
            open_workbook_auto_from_rs(Cursor::new(bytes.into())).map_err(|error| cannot(error.to_string()))?;
        let names = book.sheet_names();
        let wanted = options.sheet.iter().all(|name| names.contains(name));
        if !wanted {
            return Err(cannot(format!("it has no such sheet; its sheets are {}", names.join(", "))));
        }
        let asked_for = |name: &&String| options.sheet.as_ref().is_none_or(|wanted| *name == wanted);
        let mut sheets = Vec::new();
        for name in names.iter().filter(asked_for) {
            sheets.push(read(&mut book, name).map_err(cannot)?);
            if sheets.last().is_some_and(|sheet| sheet.rows.len() > 1) {
                return Ok(sheets.swap_remove(sheets.len() - 1));
            }
        }
        sheets.into_iter().find(|sheet| !sheet.rows.is_empty()).ok_or(ReadError::Empty { file: file.to_owned() })
    }

    /// All rows, for a look at the first.
    pub(super) fn rows(&self) -> &[Sampled] {
        &self.rows
    }

    /// Says with which row posts begin, and how wide they are.
    pub(super) fn start(&mut self, first: usize, width: usize) {
        (self.at, self.width) = (first, width);
    }

    /// The line reached.
    pub(super) fn line(&self) -> u64 {
        self.rows.get(self.at).map_or(0, |row| row.line)
    }

    pub(super) fn next(&mut self, row: &mut Row) -> Step {
        let Some(next) = self.rows.get(self.at) else { return Step::End };
        self.at += 1;
        row.line = next.line;
        row.fields.clear();
        let cells = next.cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        cells.take(self.width).for_each(|cell| row.fields.push_field(cell));
        Step::Row(Manner::Regular)
    }
}

fn read(book: &mut Book, name: &str) -> Result<Sheet, String> {
    let range = book.worksheet_range(name).map_err(|error| error.to_string())?;
    let first = range.start().map_or(0, |(row, _)| u64::from(row));
    let rows = range.rows().zip(first + 1..).map(|(cells, line)| Sampled {
        line,
        start: 0,
        end: 0,
        cells: cells.iter().map(cell_of).collect(),
    });
    let rows: Vec<Sampled> = rows.filter(|row| row.cells.iter().any(|cell| !cell.is_empty())).collect();
    Ok(Sheet { name: name.to_owned(), rows, at: 0, width: 0 })
}

fn cell_of(data: &Data) -> String {
    match data {
        Data::Float(number) if number.abs() >= INEXACT => format!("{number:E}"),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            // A workbook has no days without a time: they are midnights.
            if (hour, minute, second) == (0, 0, 0) { day } else { format!("{day} {hour:02}:{minute:02}:{second:02}") }
        }
        Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}
