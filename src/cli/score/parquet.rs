//! `condong score` into a Parquet file: the input's columns, then those of the answers with types of their own.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use condong::lexicon::Lexicon;

use super::table::{Given, TableScorer};
use super::{Args, Layout};
use crate::cli::exit::Exit;
use crate::cli::files::Name;
use crate::cli::output::Output;
use crate::cli::parquet::{TableOutput, batches, is_parquet, posts};
use crate::cli::pipeline::{self, Batch, Jobs, Source, Worker};

pub(super) fn run(args: &Args, lexicon: &Lexicon, layout: &Layout) -> Result<Exit> {
    let names = args.input.names()?;
    let paths = names.iter().map(|name| match name {
        Name::File(path) if is_parquet(path) => Some(path.clone()),
        _ => None,
    });
    match paths.collect::<Option<Vec<_>>>() {
        Some(paths) => from_parquet(args, &paths, lexicon, layout),
        None => from_rows(args, lexicon, layout),
    }
}

/// Columns of Parquet files keep their types.
fn from_parquet(args: &Args, paths: &[PathBuf], lexicon: &Lexicon, layout: &Layout) -> Result<Exit> {
    let scorer = TableScorer::with(lexicon, layout.answers.clone(), layout.prefix, args.jobs);
    let mut output = Target::new(args);
    for path in paths {
        let looked_at = posts(path, &args.input.options()?)?;
        layout.check(looked_at.header(), looked_at.file())?;
        let (kept, columns) = (layout.kept(looked_at.header()), looked_at.columns());
        let (schema, batches) = batches(path)?;
        let schema = joined(kept.iter().map(|at| schema.field(*at).clone()), &scorer);
        for batch in batches {
            let batch = batch.with_context(|| path.display().to_string())?;
            let text = |at: usize| arrow_cast::cast(batch.column(at), &DataType::LargeUtf8);
            let given = Given {
                text: text(columns.text)?,
                seller: columns.seller.map(text).transpose()?,
                bio: columns.bio.map(text).transpose()?,
            };
            let mut from = 0;
            for scored in scorer.score(&given)? {
                let given = batch.slice(from, scored.num_rows());
                from += scored.num_rows();
                let columns = kept.iter().map(|at| Arc::clone(given.column(*at)));
                let columns = columns.chain(scored.columns().iter().cloned()).collect();
                output.write(&RecordBatch::try_new(Arc::clone(&schema), columns)?)?;
            }
        }
        output.begin(&schema)?;
    }
    output.finish()?;
    Ok(Exit::Fine)
}

/// Columns of other files are text, as they are read.
fn from_rows(args: &Args, lexicon: &Lexicon, layout: &Layout) -> Result<Exit> {
    let scorer = TableScorer::with(lexicon, layout.answers.clone(), layout.prefix, Jobs::of(Some(1)));
    let workers = (0..args.jobs.threads()).map(|_| Rows { scorer: &scorer, layout }).collect();
    let mut output = Target::new(args);
    let (_, noticed) = pipeline::run(args.inputs()?, args.input.rejects()?, workers, |batch| {
        batch.table.take().map_or(Ok(()), |table| output.write(&table))
    })?;
    output.finish()?;
    Ok(pipeline::tell(&noticed))
}

fn joined(kept: impl Iterator<Item = Field>, scorer: &TableScorer) -> SchemaRef {
    let answers = scorer.schema();
    Arc::new(Schema::new(kept.chain(answers.fields().iter().map(|field| (**field).clone())).collect::<Vec<_>>()))
}

/// Makes tables of batches of rows in one thread.
struct Rows<'a> {
    scorer: &'a TableScorer<'a>,
    layout: &'a Layout<'a>,
}

impl Worker for Rows<'_> {
    fn work(&mut self, batch: &mut Batch) -> Result<()> {
        let Source { header, file, columns, .. } = &*batch.source;
        self.layout.check(header, file)?;
        let column = |at: usize| -> ArrayRef {
            Arc::new(StringArray::from_iter_values(
                batch.rows().iter().map(|row| row.fields.get(at).unwrap_or_default()),
            ))
        };
        let given =
            Given { text: column(columns.text), seller: columns.seller.map(column), bio: columns.bio.map(column) };
        let kept = self.layout.kept(header);
        let mut scored = self.scorer.score(&given)?;
        ensure!(scored.len() == 1, "a batch of rows is one stretch");
        let schema = joined(kept.iter().map(|at| Field::new(&header[*at], DataType::Utf8, true)), self.scorer);
        let columns = kept.into_iter().map(column).chain(scored.remove(0).columns().iter().cloned()).collect();
        batch.table = Some(RecordBatch::try_new(schema, columns)?);
        Ok(())
    }
}

/// The file that is written, begun when its columns are known.
struct Target<'a> {
    args: &'a Args,
    table: Option<TableOutput>,
}

impl<'a> Target<'a> {
    fn new(args: &'a Args) -> Self {
        Self { args, table: None }
    }

    fn begin(&mut self, schema: &SchemaRef) -> Result<&mut TableOutput> {
        if self.table.is_none() {
            let output = Output::open(self.args.output.as_deref())?;
            self.table = Some(TableOutput::of(output, Arc::clone(schema))?);
        }
        self.table.as_mut().context("no table is begun")
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.begin(&batch.schema())?.write(batch)
    }

    fn finish(self) -> Result<()> {
        let table = self.table.context("there are no rows, and without them no columns to write")?;
        table.finish()
    }
}
