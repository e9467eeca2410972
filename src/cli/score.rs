//! `condong score`: the same rows with the answers appended.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail, ensure};
use clap::ValueEnum;
use condong::lexicon::Lexicon;
use condong::opinion::{Opinion, Reader};
use condong::read::{HeaderLine, Options, Posts, ReadError, Row, text_of};
use csv::StringRecord;
use serde::Serializer;
use serde::ser::SerializeMap;

use super::exit::Exit;
use super::input::Input;
use super::lexicon_files::LexiconArgs;
use super::output::Output;
use super::packing::packing_of;
use super::pipeline::{self, Batch, Jobs, Source, Worker};
use super::seller::known_seller;

mod answer;
mod fixed;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "arrow")]
mod table;

use answer::Answer;
#[cfg(feature = "arrow")]
pub use table::{Given, TableScorer};

/// Add how its author leans, and all other answers, to every post
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The form of the output; that of --output's extension, else CSV
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Write to FILE instead of standard output; `.gz`, `.zst`, `.xz` and `.bz2` compress
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Which answers to append, in this order
    #[arg(long, value_enum, value_delimiter = ',', value_name = "ANSWER")]
    columns: Vec<Answer>,
    /// Put this before the names of the appended columns
    #[arg(long, default_value = "", value_name = "TEXT")]
    prefix: String,
    /// Overwrite columns of the input that have the name of an answer
    #[arg(long, conflicts_with = "prefix")]
    replace: bool,
    /// Be a filter of part of a table, as in Hadoop streaming: no header in, none out, and no rows are no error
    #[arg(long, conflicts_with = "header_line")]
    filter: bool,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    lexicon: LexiconArgs,
    #[command(flatten)]
    input: Input,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Commas between cells (RFC 4180)
    Csv,
    /// Tabs between cells
    Tsv,
    /// A JSON object a line
    Jsonl,
    /// A table whose columns have types
    #[cfg(feature = "parquet")]
    Parquet,
}

pub(crate) fn run(args: &Args) -> Result<Exit> {
    let twice = (1..args.columns.len()).find(|at| args.columns[..*at].contains(&args.columns[*at]));
    if let Some(answer) = twice.map(|at| args.columns[at]) {
        bail!("--columns: `{}` is named twice; an answer is appended once", answer.name());
    }
    let lexicon = args.lexicon.load()?;
    let layout = Layout {
        form: args.form()?,
        answers: if args.columns.is_empty() { Answer::value_variants().to_vec() } else { args.columns.clone() },
        prefix: &args.prefix,
        replace: args.replace,
        bare: args.filter,
    };
    #[cfg(feature = "parquet")]
    if layout.form == Form::Parquet {
        return parquet::run(args, lexicon, &layout);
    }
    let workers = (0..args.jobs.threads()).map(|_| Scorer::of(lexicon, &layout)).collect();
    let mut output = Output::open(args.output.as_deref())?;
    let mut first: Option<Vec<String>> = None;
    let (_, noticed) = pipeline::run(args.inputs()?, args.input.rejects()?, workers, |batch| {
        if first.as_ref() != Some(&batch.source.header) {
            layout.begin(&batch.source, first.as_deref(), &mut output)?;
            first = Some(batch.source.header.clone());
        }
        output.write(&batch.out)
    })?;
    output.finish()?;
    Ok(pipeline::tell(&noticed))
}

impl Args {
    fn inputs(&self) -> Result<Box<dyn Iterator<Item = Result<Posts>>>> {
        if !self.filter {
            return Ok(Box::new(self.input.open()?));
        }
        let options = Options { header: HeaderLine::None, ..self.input.options()? };
        let is_empty = |error: &anyhow::Error| matches!(error.downcast_ref(), Some(ReadError::Empty { .. }));
        Ok(Box::new(self.input.open_by(options)?.filter(move |posts| !posts.as_ref().is_err_and(is_empty))))
    }

    fn form(&self) -> Result<Form> {
        if let Some(form) = self.format {
            return Ok(form);
        }
        let Some(path) = &self.output else { return Ok(Form::Csv) };
        let name = if packing_of(path)?.is_some() { path.with_extension("") } else { path.clone() };
        let ending = name.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        Ok(match ending.as_deref() {
            Some("csv") => Form::Csv,
            Some("tsv") => Form::Tsv,
            Some("jsonl" | "ndjson") => Form::Jsonl,
            #[cfg(feature = "parquet")]
            Some("parquet") => Form::Parquet,
            _ => bail!("--output {}: say --format csv, tsv or jsonl, or end the name so", path.display()),
        })
    }
}

/// How many bytes of rows are put together before they are handed on; most rows fit several times.
const WRITE_BUFFER: usize = 64 << 10;

/// How rows are written.
struct Layout<'a> {
    form: Form,
    answers: Vec<Answer>,
    prefix: &'a str,
    replace: bool,
    /// Whether the header is left out.
    bare: bool,
}

impl Layout<'_> {
    fn delimiter(&self) -> u8 {
        if self.form == Form::Tsv { b'\t' } else { b',' }
    }

    /// The columns of the input that are written.
    fn kept(&self, header: &[String]) -> Vec<usize> {
        let answers = |name: &String| self.answers.iter().any(|answer| self.name(*answer) == *name);
        (0..header.len()).filter(|at| !(self.replace && answers(&header[*at]))).collect()
    }

    /// The keys of the columns that are written as members of an object: each has one, though a table may leave a column
    /// without a name, or give two the same.
    fn keys(&self, header: &[String]) -> Vec<(usize, String)> {
        let mut keys: Vec<(usize, String)> = Vec::new();
        for at in self.kept(header) {
            let name = if header[at].is_empty() { format!("column_{}", at + 1) } else { header[at].clone() };
            let taken = |name: &String| keys.iter().any(|(_, key)| key == name);
            let mut key = name.clone();
            for number in 2.. {
                if !taken(&key) {
                    break;
                }
                key = format!("{name}_{number}");
            }
            keys.push((at, key));
        }
        keys
    }

    fn name(&self, answer: Answer) -> String {
        format!("{}{}", self.prefix, answer.name())
    }

    /// Refuses columns of which one has the name of an answer, unless it is to be overwritten.
    fn check(&self, header: &[String], file: &str) -> Result<()> {
        let taken = self.answers.iter().find(|answer| header.contains(&self.name(**answer)));
        if let Some(answer) = taken.filter(|_| !self.replace) {
            let name = self.name(*answer);
            bail!("{file}: has a column `{name}` already; give --prefix TEXT, or --replace to overwrite it");
        }
        Ok(())
    }

    /// Writes the header, or makes sure that another input fits under the one that is written.
    fn begin(&self, source: &Source, before: Option<&[String]>, output: &mut Output) -> Result<()> {
        let header = &source.header;
        self.check(header, &source.file)?;
        if self.form == Form::Jsonl || self.bare {
            return Ok(());
        }
        if let Some(before) = before {
            let differ = "its columns differ from those of the file before; score it apart, or use --format jsonl";
            ensure!(before == header, "{}: {differ}", source.file);
        }
        let names = self.kept(header).into_iter().map(|at| header[at].clone());
        let mut writer = self.writer(Vec::new());
        writer.write_record(names.chain(self.answers.iter().map(|answer| self.name(*answer))))?;
        output.write(&writer.into_inner()?)
    }

    fn writer(&self, buffer: Vec<u8>) -> csv::Writer<Vec<u8>> {
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(self.delimiter()).flexible(true).buffer_capacity(WRITE_BUFFER).from_writer(buffer)
    }
}

/// Scores batches in one thread.
struct Scorer<'l> {
    reader: Reader<'l>,
    layout: &'l Layout<'l>,
    cell: String,
    /// The cells of one row as they are written.
    record: StringRecord,
}

impl<'l> Scorer<'l> {
    fn of(lexicon: &'l Lexicon, layout: &'l Layout<'l>) -> Self {
        Self { reader: Reader::of(lexicon), layout, cell: String::new(), record: StringRecord::new() }
    }

    fn opinion(&mut self, row: &Row, source: &Source) -> Arc<Opinion<'l>> {
        let mut opinion = self.reader.recall(&text_of(row, &source.columns));
        known_seller(&mut opinion, row, source, &mut self.reader);
        opinion
    }

    fn delimited(&mut self, batch: &mut Batch) -> Result<()> {
        let kept = self.layout.kept(&batch.source.header);
        let mut writer = self.layout.writer(std::mem::take(&mut batch.out));
        for row in batch.rows() {
            let opinion = self.opinion(row, &batch.source);
            self.record.clear();
            for at in &kept {
                self.record.push_field(row.fields.get(*at).unwrap_or_default());
            }
            for answer in &self.layout.answers {
                self.cell.clear();
                answer.value(&opinion).write(&mut self.cell);
                self.record.push_field(&self.cell);
            }
            writer.write_byte_record(self.record.as_byte_record())?;
        }
        batch.out = writer.into_inner()?;
        Ok(())
    }

    fn objects(&mut self, batch: &mut Batch) -> Result<()> {
        let keys = self.layout.keys(&batch.source.header);
        let answers: Vec<(Answer, String)> =
            self.layout.answers.iter().map(|answer| (*answer, self.layout.name(*answer))).collect();
        let mut out = std::mem::take(&mut batch.out);
        for row in batch.rows() {
            let opinion = self.opinion(row, &batch.source);
            let mut writer = serde_json::Serializer::new(&mut out);
            let mut object = writer.serialize_map(None)?;
            for (at, key) in &keys {
                object.serialize_entry(key, row.fields.get(*at).unwrap_or_default())?;
            }
            for (path, value) in &row.unlisted {
                let taken = answers.iter().any(|(_, name)| name == path);
                if taken && self.layout.replace {
                    continue;
                }
                ensure!(
                    !taken,
                    "{}:{}: has a value `{path}` already; give --prefix TEXT, or --replace to overwrite it",
                    batch.source.file,
                    row.line
                );
                object.serialize_entry(path, value)?;
            }
            for (answer, name) in &answers {
                object.serialize_entry(name, &answer.value(&opinion).json())?;
            }
            object.end()?;
            out.push(b'\n');
        }
        batch.out = out;
        Ok(())
    }
}

impl Worker for Scorer<'_> {
    fn work(&mut self, batch: &mut Batch) -> Result<()> {
        match self.layout.form {
            Form::Csv | Form::Tsv => self.delimited(batch),
            Form::Jsonl => self.objects(batch),
            #[cfg(feature = "parquet")]
            Form::Parquet => bail!("tables are written elsewhere"),
        }
    }
}
