//! Parquet files in and out.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use condong::read::{Options, Posts, TableText};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::output::Output;

/// How many rows are read at a time.
const ROWS: usize = 1 << 15;

/// How many rows a group of a written file has: what is held in memory before it is written.
const GROUP: usize = 1 << 17;

/// Whether a file is one of Parquet by its name.
pub(crate) fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"))
}

/// The batches of a file.
pub(crate) fn batches(path: &Path) -> Result<(SchemaRef, ParquetRecordBatchReader)> {
    let named = || path.display().to_string();
    let file = File::open(path).with_context(named)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).with_context(named)?;
    Ok((Arc::clone(builder.schema()), builder.with_batch_size(ROWS).build().with_context(named)?))
}

/// The posts of a file, as if it were the CSV that its table makes.
pub(crate) fn posts(path: &Path, options: &Options) -> Result<Posts> {
    let (schema, batches) = batches(path)?;
    let text = TableText::of(schema, batches);
    Ok(Posts::open(Box::new(text), &path.display().to_string(), &options.clone().for_table())?)
}

/// A table on its way into a file.
pub(crate) struct TableOutput {
    writer: ArrowWriter<Shared>,
    written: Shared,
    output: Output,
}

/// Bytes that wait to be taken.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl TableOutput {
    /// A table of these columns.
    pub(crate) fn of(output: Output, schema: SchemaRef) -> Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP))
            .set_created_by(format!("condong {}", env!("CARGO_PKG_VERSION")))
            .build();
        let written = Shared::default();
        let writer = ArrowWriter::try_new(written.clone(), schema, Some(properties))?;
        Ok(Self { writer, written, output })
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.writer.write(batch).context("the columns differ from those of the file before")?;
        self.output.write(&self.written.take())
    }

    /// Makes sure that everything arrived; only then does the file get its name.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.writer.close()?;
        self.output.write(&self.written.take())?;
        self.output.finish()
    }
}

impl Shared {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
