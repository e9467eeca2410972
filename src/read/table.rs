//! A table of Arrow batches as the CSV that it would make, so that tables and files are read by the same rules.

use std::io::{self, Read};

use arrow_array::RecordBatch;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType, SchemaRef};

use super::options::{Format, HeaderLine, Options};

/// The CSV of a table: a header of its column names, then a row for each of its own; cells that are null are empty.
pub struct TableText<I> {
    batches: I,
    schema: SchemaRef,
    bytes: Vec<u8>,
    at: usize,
    begun: bool,
}

impl Options {
    /// The options for the CSV of a table: what is known of it is not guessed.
    #[must_use]
    pub fn for_table(self) -> Self {
        let delimiter = Some(b',');
        let encoding = Some(encoding_rs::UTF_8);
        Self { format: Some(Format::Delimited), delimiter, encoding, header: HeaderLine::Line(1), ..self }
    }
}

impl<I: Iterator<Item = Result<RecordBatch, ArrowError>>> TableText<I> {
    /// The CSV of batches that have this schema.
    pub fn of(schema: SchemaRef, batches: I) -> Self {
        Self { batches, schema, bytes: Vec::new(), at: 0, begun: false }
    }

    /// Writes the header, then one batch after another; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        let mut writer = csv::Writer::from_writer(std::mem::take(&mut self.bytes));
        let more = if self.begun {
            match self.batches.next() {
                Some(batch) => write(&mut writer, &batch.map_err(io::Error::other)?).map(|()| true)?,
                None => false,
            }
        } else {
            self.begun = true;
            writer.write_record(self.schema.fields().iter().map(|field| field.name()))?;
            true
        };
        self.bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
        Ok(more)
    }
}

impl<I: Iterator<Item = Result<RecordBatch, ArrowError>>> Read for TableText<I> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.bytes.len() {
            self.bytes.clear();
            self.at = 0;
            if !self.fill()? {
                return Ok(0);
            }
        }
        let length = into.len().min(self.bytes.len() - self.at);
        into[..length].copy_from_slice(&self.bytes[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

fn write(writer: &mut csv::Writer<Vec<u8>>, batch: &RecordBatch) -> io::Result<()> {
    let options = FormatOptions::default();
    // Instants are stored in UTC whatever their zone is called; only that name needs a table of zones.
    let columns = batch.columns().iter().map(|column| match column.data_type() {
        DataType::Timestamp(unit, Some(_)) => {
            arrow_cast::cast(column, &DataType::Timestamp(*unit, Some("+00:00".into())))
        }
        _ => Ok(column.clone()),
    });
    let columns = columns.collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
    let cells = columns.iter().map(|column| ArrayFormatter::try_new(column.as_ref(), &options));
    let cells = cells.collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
    let mut cell = String::new();
    for row in 0..batch.num_rows() {
        for column in &cells {
            cell.clear();
            column.value(row).write(&mut cell).map_err(io::Error::other)?;
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(())
}
