//! An input as a stream of rows.

use super::columns::{Columns, Search, is_known};
use super::compression::Bytes;
use super::damage::{Damage, Sign};
use super::dates::Dates;
use super::error::ReadError;
use super::found::{Decision, Found};
use super::header::longest_column;
use super::opening::{Opened, Rows, open};
use super::options::Options;
use super::repair::legible;
use super::row::{Next, Reject, Row, Step};
use csv::StringRecord;
use std::borrow::Cow;

/// Known column names are no longer than this, in bytes.
const LONGEST_NAME: usize = 40;

/// The rows of one input, read as they are asked for; memory does not grow with the input, but for workbooks and zips.
pub struct Posts {
    file: String,
    rows: Rows,
    header: Vec<String>,
    columns: Columns,
    found: Found,
    dates: Dates,
    damage: Damage,
}

impl Posts {
    /// Opens an input called `name` in messages, or says why it cannot be read.
    pub fn open(input: Bytes, name: &str, options: &Options) -> Result<Posts, ReadError> {
        let opened = open(input, name, options)?;
        let header: Vec<String> =
            opened.header.names.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        let search = Search {
            file: name,
            line: opened.header.line.max(1),
            header: &header,
            named: &options.named,
            dialect: opened.dialect,
            longest: longest_column(&opened.sample, header.len()),
            headerless: opened.header.line == 0 && opened.delimiter.is_some(),
        };
        let (columns, choices) = search.run()?;
        let (dates, form) = Dates::over(&opened.sample, &columns, options);
        let (rows, found) = found_of(opened);
        let found = Found { columns: choices, dates: form, ..found };
        Ok(Posts { file: name.to_owned(), rows, header, columns, found, dates, damage: Damage::default() })
    }

    /// The input's name, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The names of the columns as in the input; paths with dots for JSON; `column_1` and so on without a header.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Which column is what.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// What was decided about the input.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// How its dates are read.
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// What was counted so far.
    pub fn damage(&self) -> &Damage {
        &self.damage
    }

    /// Reads the next row into `row`; a row that cannot be read does not end the input.
    pub fn read(&mut self, row: &mut Row) -> Result<Next, ReadError> {
        loop {
            row.unlisted.clear();
            let step = self.rows.next(row).map_err(|error| ReadError::Io {
                file: self.file.clone(),
                line: self.rows.line(),
                error,
            })?;
            match step {
                Step::End => return Ok(Next::End),
                Step::Reject { line, reason, raw } => {
                    self.damage.rejects += 1;
                    return Ok(Next::Reject(Reject { file: self.file.clone(), line, reason, raw }));
                }
                Step::Row(_) if self.is_header(&row.fields) => self.damage.note(Sign::RepeatedHeader),
                Step::Row(_) if self.is_other_header(&row.fields) => {
                    return Err(ReadError::OtherHeader { file: self.file.clone(), line: row.line });
                }
                Step::Row(manner) => {
                    self.damage.look_at(row, &self.columns, manner);
                    return Ok(Next::Row);
                }
            }
        }
    }

    /// Where another table begins, its rows would be read by the wrong columns.
    fn is_other_header(&self, fields: &StringRecord) -> bool {
        let text = fields.get(self.columns.text).unwrap_or_default();
        let filled = || fields.iter().filter(|field| !field.is_empty());
        text.len() <= LONGEST_NAME
            && self.found.header_line.value > 0
            && is_known(text)
            && filled().count() > 2
            && filled().filter(|field| field.len() <= LONGEST_NAME && is_known(field)).count() * 2 > filled().count()
    }

    /// Files that were joined repeat the header, sometimes with the byte order mark before it.
    fn is_header(&self, fields: &StringRecord) -> bool {
        let names = |at: usize| {
            fields.get(at).map(|field| field.trim_start_matches('\u{feff}').trim_matches('"')) == Some(&self.header[at])
        };
        self.found.header_line.value > 0 && names(self.columns.text) && (0..self.header.len()).all(names)
    }
}

/// The post in `row` as its author wrote it: entities decoded, wrongly decoded letters put right.
pub fn text_of<'a>(row: &'a Row, columns: &Columns) -> Cow<'a, str> {
    legible(row.fields.get(columns.text).unwrap_or_default())
}

fn found_of(opened: Opened) -> (Rows, Found) {
    let found = Found {
        compression: opened.compression,
        encoding: opened.encoding,
        byte_order_mark: opened.byte_order_mark,
        format: opened.format,
        delimiter: opened.delimiter,
        sheet: opened.sheet,
        dialect: opened.dialect.map(|dialect| dialect.name.as_str()),
        about: opened.dialect.map(|dialect| dialect.about.as_str()).filter(|about| !about.is_empty()),
        header_line: Decision::of(opened.header.line, opened.header.why),
        preamble: opened.header.preamble,
        columns: Vec::new(),
        dates: None,
    };
    (opened.rows, found)
}
