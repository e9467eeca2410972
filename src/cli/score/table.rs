//! Answers as Arrow columns, for tables in memory and in Parquet files.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, anyhow};
use arrow_array::builder::{BooleanBuilder, Float64Builder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use clap::ValueEnum;
use condong::lexicon::Lexicon;
use condong::opinion::{Opinion, Reader};
use condong::read::legible;

use super::answer::{Answer, Value, written};
use crate::cli::pipeline::Jobs;
use crate::cli::seller::tell_seller;

/// How many posts a thread takes at a time: enough that taking them costs nothing, few enough that all end together.
const STRETCH: usize = 4096;

/// The answers of those names, in their order; all of them where no name is given. Refuses a name that is none.
pub(crate) fn answers(names: &[String]) -> Result<Vec<Answer>> {
    if names.is_empty() {
        return Ok(Answer::value_variants().to_vec());
    }
    let known = || Answer::value_variants().iter().map(|answer| answer.name()).collect::<Vec<_>>().join(", ");
    let answer =
        |name: &String| Answer::from_str(name, false).map_err(|_| anyhow!("no answer `{name}`; there are {}", known()));
    names.iter().map(answer).collect()
}

/// The columns of a table that opinions are formed from, as text.
pub struct Given {
    /// The posts.
    pub text: ArrayRef,
    /// Who the author is, where it is known.
    pub seller: Option<ArrayRef>,
    /// How authors describe themselves.
    pub bio: Option<ArrayRef>,
}

/// Scores tables by a lexicon.
pub struct TableScorer<'l> {
    lexicon: &'l Lexicon,
    answers: Vec<Answer>,
    schema: Arc<Schema>,
    threads: usize,
}

impl<'l> TableScorer<'l> {
    /// A scorer that gives the answers of those names (all where none is given), before each of which stands `prefix`,
    /// with so many threads (one for each processor if not given). Refuses a name that is none.
    pub fn of(lexicon: &'l Lexicon, names: &[String], prefix: &str, jobs: Option<u16>) -> Result<Self> {
        Ok(Self::with(lexicon, answers(names)?, prefix, Jobs::of(jobs)))
    }

    pub(super) fn with(lexicon: &'l Lexicon, answers: Vec<Answer>, prefix: &str, jobs: Jobs) -> Self {
        let fields: Vec<Field> = answers.iter().map(|answer| answer.field(prefix)).collect();
        Self { lexicon, answers, schema: Arc::new(Schema::new(fields)), threads: jobs.threads().max(1) }
    }

    /// The columns that answers make.
    pub fn schema(&self) -> Arc<Schema> {
        Arc::clone(&self.schema)
    }

    /// The answers about every post, in order, in stretches. Refuses columns that hold no text.
    pub fn score(&self, given: &Given) -> Result<Vec<RecordBatch>> {
        let given = Texts::of(given)?;
        let length = given.text.len();
        let stretches = length.div_ceil(STRETCH).max(1);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut reader = Reader::of(self.lexicon);
            let mut done = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                if place >= stretches {
                    return Ok(done);
                }
                let rows = place * STRETCH..length.min((place + 1) * STRETCH);
                done.push((place, self.stretch(&given, rows, &mut reader)?));
            }
        };
        let parts = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..self.threads.min(stretches)).map(|_| scope.spawn(work)).collect();
            let ends = threads.into_iter().map(|thread| thread.join().map_err(|_| anyhow!("a thread broke down"))?);
            ends.collect::<Result<Vec<Vec<(usize, RecordBatch)>>>>()
        });
        let mut parts: Vec<(usize, RecordBatch)> = parts?.into_iter().flatten().collect();
        parts.sort_unstable_by_key(|(place, _)| *place);
        Ok(parts.into_iter().map(|(_, part)| part).collect())
    }

    fn stretch(&self, given: &Texts, rows: std::ops::Range<usize>, reader: &mut Reader<'l>) -> Result<RecordBatch> {
        let mut columns: Vec<Builder> = self.answers.iter().map(|answer| answer.builder()).collect();
        for row in rows {
            let mut opinion = reader.recall(&legible(given.text.get(row)));
            let cell = |column: &Option<Text>| column.as_ref().map(|column| column.get(row).to_owned());
            tell_seller(&mut opinion, cell(&given.seller).as_deref(), cell(&given.bio).as_deref(), reader);
            push(&mut columns, &self.answers, &opinion);
        }
        let columns = columns.into_iter().map(Builder::finish).collect();
        RecordBatch::try_new(self.schema(), columns).context("the answers make no table")
    }
}

/// Adds the answers about one post.
fn push(columns: &mut [Builder], answers: &[Answer], opinion: &Opinion) {
    for (column, answer) in columns.iter_mut().zip(answers) {
        column.push(answer.value(opinion));
    }
}

/// A column of text in any of Arrow's layouts.
enum Text<'a> {
    Short(&'a arrow_array::StringArray),
    Long(&'a arrow_array::LargeStringArray),
    View(&'a arrow_array::StringViewArray),
}

struct Texts<'a> {
    text: Text<'a>,
    seller: Option<Text<'a>>,
    bio: Option<Text<'a>>,
}

impl<'a> Texts<'a> {
    fn of(given: &'a Given) -> Result<Self> {
        let text = Text::of(&given.text)?;
        let seller = given.seller.as_ref().map(Text::of).transpose()?;
        let bio = given.bio.as_ref().map(Text::of).transpose()?;
        Ok(Self { text, seller, bio })
    }
}

impl<'a> Text<'a> {
    fn of(column: &'a ArrayRef) -> Result<Self> {
        match column.data_type() {
            DataType::Utf8 => Ok(Self::Short(column.as_string())),
            DataType::LargeUtf8 => Ok(Self::Long(column.as_string())),
            DataType::Utf8View => Ok(Self::View(column.as_string_view())),
            other => Err(anyhow!("the column holds {other}, not text")),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Short(array) => array.len(),
            Self::Long(array) => array.len(),
            Self::View(array) => array.len(),
        }
    }

    /// The text of a row; that of a null is empty.
    fn get(&self, row: usize) -> &'a str {
        match self {
            Self::Short(array) if array.is_valid(row) => array.value(row),
            Self::Long(array) if array.is_valid(row) => array.value(row),
            Self::View(array) if array.is_valid(row) => array.value(row),
            _ => "",
        }
    }
}

/// The column of one answer as it grows.
enum Builder {
    Name(StringBuilder),
    Number(Float64Builder),
    Flag(BooleanBuilder),
    List(ListBuilder<StringBuilder>),
}

impl Builder {
    fn push(&mut self, value: Value) {
        match (self, value) {
            // No reason and no cue are no text of no letters.
            (Self::Name(column), Value::Name(name)) => column.append_option(Some(name).filter(|name| !name.is_empty())),
            (Self::Number(column), value @ Value::Number(_)) => column.append_option(value.json().as_f64()),
            (Self::Flag(column), Value::Flag(flag)) => column.append_value(flag),
            (Self::List(column), Value::Names(names)) => column.append_value(names.iter().copied().map(Some)),
            (Self::List(column), Value::Evidence(terms)) => column.append_value(terms.iter().map(|e| Some(written(e)))),
            (Self::Name(column), _) => column.append_null(),
            (Self::Number(column), _) => column.append_null(),
            (Self::Flag(column), _) => column.append_null(),
            (Self::List(column), _) => column.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Name(mut column) => Arc::new(column.finish()),
            Self::Number(mut column) => Arc::new(column.finish()),
            Self::Flag(mut column) => Arc::new(column.finish()),
            Self::List(mut column) => Arc::new(column.finish()),
        }
    }
}

impl Answer {
    fn builder(self) -> Builder {
        match self {
            Self::Lean | Self::Confidence | Self::Polarity => Builder::Number(Float64Builder::new()),
            Self::Advert => Builder::Flag(BooleanBuilder::new()),
            Self::Platforms | Self::Aspects | Self::Evidence => Builder::List(ListBuilder::new(StringBuilder::new())),
            _ => Builder::Name(StringBuilder::new()),
        }
    }

    fn field(self, prefix: &str) -> Field {
        let name = format!("{prefix}{}", self.name());
        let may_lack = matches!(self, Self::Reason | Self::SellerCue);
        match self.builder() {
            Builder::Name(_) => Field::new(name, DataType::Utf8, may_lack),
            Builder::Number(_) => Field::new(name, DataType::Float64, false),
            Builder::Flag(_) => Field::new(name, DataType::Boolean, false),
            Builder::List(_) => Field::new_list(name, Field::new_list_field(DataType::Utf8, true), false),
        }
    }
}
