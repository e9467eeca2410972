//! Rows of an Excel workbook, which is read whole.

use super::compound;
use super::error::ReadError;
use super::header::Sampled;
use super::options::Options;
use super::row::{Manner, Row, Step};
use calamine::{Data, Reader, Xls, Xlsx};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

/// Numbers from here on are not exact in a workbook: 2^53.
const INEXACT: f64 = 9_007_199_254_740_992.0;

/// The most cells that are kept in memory, empty ones among them included: a workbook can have 17 thousand million.
const MOST_CELLS: usize = 32 << 20;

/// A sheet's rows with what is read of them.
pub(super) struct Sheet {
    pub(super) name: String,
    rows: Vec<Sampled>,
    at: usize,
    width: usize,
}

enum Book {
    Xlsx(Box<Xlsx<Cursor<Vec<u8>>>>),
    Xls(Box<Xls<Cursor<Vec<u8>>>>),
}

impl Sheet {
    /// The sheet that the options name, or else the first with more than one row.
    pub(super) fn of(bytes: Vec<u8>, file: &str, options: &Options) -> Result<Sheet, ReadError> {
        let sheet = caught(|| chosen(bytes, options.sheet.as_deref()));
        let sheet = sheet.map_err(|reason| ReadError::Container { file: file.to_owned(), what: "workbook", reason })?;
        sheet.ok_or_else(|| ReadError::Empty { file: file.to_owned() })
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

/// What `read` gives; the crate that reads workbooks panics at some that are damaged, which is an error about the file
/// and none of ours to show.
fn caught<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let hook = take_hook();
    set_hook(Box::new(|_| {}));
    let outcome = catch_unwind(AssertUnwindSafe(read));
    set_hook(hook);
    outcome.unwrap_or_else(|_| Err("it is damaged".to_owned()))
}

fn chosen(bytes: Vec<u8>, name: Option<&str>) -> Result<Option<Sheet>, String> {
    let mut book = Book::of(bytes)?;
    let names = book.names();
    if let Some(name) = name {
        if !names.iter().any(|other| other == name) {
            return Err(format!("it has no sheet {name:?}; its sheets are {}", names.join(", ")));
        }
        return book.sheet(name).map(Some);
    }
    let mut single = None;
    for name in &names {
        let sheet = book.sheet(name)?;
        if sheet.rows.len() > 1 {
            return Ok(Some(sheet));
        }
        single = single.or((!sheet.rows.is_empty()).then_some(sheet));
    }
    Ok(single)
}

impl Book {
    fn of(bytes: Vec<u8>) -> Result<Book, String> {
        if bytes.starts_with(b"PK") {
            Xlsx::new(Cursor::new(bytes)).map(|book| Book::Xlsx(Box::new(book))).map_err(|error| error.to_string())
        } else if !compound::is_sound(&bytes) {
            Err("its sectors run in a circle".to_owned())
        } else {
            Xls::new(Cursor::new(bytes)).map(|book| Book::Xls(Box::new(book))).map_err(|error| error.to_string())
        }
    }

    fn names(&self) -> Vec<String> {
        match self {
            Book::Xlsx(book) => book.sheet_names(),
            Book::Xls(book) => book.sheet_names(),
        }
    }

    fn sheet(&mut self, name: &str) -> Result<Sheet, String> {
        let mut rows = Cells::default();
        match self {
            Book::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
                while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                    rows.put(cell.get_position(), &Data::from(cell.get_value().clone()))?;
                }
            }
            Book::Xls(book) => {
                let range = book.worksheet_range(name).map_err(|error| error.to_string())?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, data) in range.used_cells() {
                    let place = (top as usize + row, left as usize + column);
                    rows.put((u32_of(place.0)?, u32_of(place.1)?), data)?;
                }
            }
        }
        Ok(Sheet { name: name.to_owned(), rows: rows.rows, at: 0, width: 0 })
    }
}

fn u32_of(number: usize) -> Result<u32, String> {
    u32::try_from(number).map_err(|error| error.to_string())
}

/// Rows as cells come in.
#[derive(Default)]
struct Cells {
    rows: Vec<Sampled>,
    count: usize,
}

impl Cells {
    fn put(&mut self, (row, column): (u32, u32), data: &Data) -> Result<(), String> {
        let cell = cell_of(data);
        let (line, column) = (u64::from(row) + 1, column as usize);
        if cell.is_empty() {
            return Ok(());
        }
        if self.rows.last().is_none_or(|last| last.line < line) {
            self.rows.push(Sampled { line, start: 0, end: 0, cells: Vec::new() });
        }
        let Some(last) = self.rows.last_mut() else { return Ok(()) };
        self.count += (column + 1).saturating_sub(last.cells.len());
        if self.count > MOST_CELLS {
            return Err(format!("over {MOST_CELLS} cells are more than is kept in memory; save it as CSV"));
        }
        if last.cells.len() <= column {
            last.cells.resize(column + 1, String::new());
        }
        last.cells[column] = cell;
        Ok(())
    }
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
