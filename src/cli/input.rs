//! What every command that reads posts has in common: which files, how they are read, what happens to bad rows.

use super::files::{self, Name};
use super::layout::LayoutArgs;
use super::output::Output;
use anyhow::{Result, anyhow, bail, ensure};
use clap::{Args, ValueEnum};
use condong::read::{DayOrder, Named, Options, Posts, Reject, offset_of};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use std::fs;
use std::path::{Path, PathBuf};

/// Where posts are read from, and how.
#[derive(Args, Debug)]
#[command(next_help_heading = "Input")]
pub(crate) struct Input {
    /// Exports: files, directories, patterns such as 'data/*.csv'; - or none is standard input
    #[arg(value_name = "FILE", help_heading = "Arguments")]
    files: Vec<PathBuf>,
    /// Read the names of exports from LIST, one a line (- is standard input)
    #[arg(long, value_name = "LIST")]
    files_from: Option<PathBuf>,
    /// The column that holds the posts; found by its name if not given
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,
    /// The column that says when a post was written
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,
    /// The column that says who wrote it
    #[arg(long, value_name = "COLUMN")]
    author: Option<String>,
    /// The column that says whether the author sells online or offline, where you know it
    #[arg(long, value_name = "COLUMN")]
    seller: Option<String>,
    /// The column in which authors describe themselves
    #[arg(long, value_name = "COLUMN")]
    bio: Option<String>,
    /// The column of ids
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// The column of likes
    #[arg(long, value_name = "COLUMN")]
    likes: Option<String>,
    /// The column that says where the author is
    #[arg(long, value_name = "COLUMN")]
    location: Option<String>,
    #[command(flatten)]
    layout: LayoutArgs,
    /// In dates such as 04/10/2023 the day comes first; decided over the column if not given
    #[arg(long, conflicts_with = "month_first")]
    day_first: bool,
    /// In dates such as 10/04/2023 the month comes first
    #[arg(long)]
    month_first: bool,
    /// The zone in which dates are given: WIB, WITA, WIT, UTC or an offset such as +07:00
    #[arg(long, value_name = "ZONE", default_value = "WIB", value_parser = zone_of)]
    timezone: Offset,
    /// When the export was made, for dates such as '3 hari lalu'
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Write each row that cannot be read to FILE, as CSV: file, line, reason and the row as it was
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// What to do about a row that cannot be read
    #[arg(long, value_name = "WHAT", default_value = "reject")]
    on_error: OnError,
}

/// What to do about a row that cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnError {
    /// Leave it out, count it and go on
    #[default]
    Reject,
    /// Stop with an error
    Stop,
}

/// Where rows go that cannot be read.
#[derive(Default)]
pub(crate) struct Rejects {
    output: Option<Output>,
    on_error: OnError,
    count: u64,
}

impl Input {
    /// Opens the inputs one after another, in order; each is read before the next is opened.
    pub(crate) fn open(&self) -> Result<impl Iterator<Item = Result<Posts>> + use<>> {
        self.open_by(self.options()?)
    }

    /// The same with options that a command fixes.
    pub(crate) fn open_by(&self, options: Options) -> Result<impl Iterator<Item = Result<Posts>> + use<>> {
        let names = files::expand(&self.files, self.files_from.as_deref())?;
        Ok(names.into_iter().map(move |name| open_one(&name, &options)))
    }

    /// The zone in which days begin and end.
    pub(crate) fn zone(&self) -> String {
        self.timezone.to_string()
    }

    /// The inputs by name, in order.
    #[cfg(feature = "parquet")]
    pub(crate) fn names(&self) -> Result<Vec<Name>> {
        files::expand(&self.files, self.files_from.as_deref())
    }

    /// Prepares for rows that cannot be read.
    pub(crate) fn rejects(&self) -> Result<Rejects> {
        let real = |path: &Path| fs::canonicalize(path).ok();
        if let Some(path) = self.rejects.as_deref() {
            let taken = self.files.iter().any(|file| real(file).is_some_and(|file| real(path) == Some(file)));
            ensure!(!taken, "--rejects {}: is an input, which it would replace", path.display());
        }
        let mut output = self.rejects.as_deref().map(|path| Output::open(Some(path))).transpose()?;
        if let Some(output) = &mut output {
            output.write(b"file,line,reason,row\n")?;
        }
        Ok(Rejects { output, on_error: self.on_error, count: 0 })
    }

    /// What the flags fix about the inputs.
    pub(crate) fn options(&self) -> Result<Options> {
        let named = Named {
            text: self.text.clone(),
            date: self.date.clone(),
            author: self.author.clone(),
            id: self.id.clone(),
            likes: self.likes.clone(),
            location: self.location.clone(),
            bio: self.bio.clone(),
            seller: self.seller.clone(),
        };
        let as_of = self.as_of.as_deref().map(|date| as_of(date, self.timezone)).transpose()?;
        Ok(Options { named, day_order: self.day_order(), timezone: self.timezone, as_of, ..self.layout.options() })
    }

    fn day_order(&self) -> DayOrder {
        match (self.day_first, self.month_first) {
            (true, _) => DayOrder::DayFirst,
            (_, true) => DayOrder::MonthFirst,
            _ => DayOrder::Find,
        }
    }
}

impl Rejects {
    /// Takes a row that cannot be read; an error if such rows are to stop the run.
    pub(crate) fn take(&mut self, reject: &Reject) -> Result<()> {
        self.count += 1;
        let line = reject.line.to_string();
        if let Some(output) = &mut self.output {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record([reject.file.as_bytes(), line.as_bytes(), reject.reason.as_bytes(), &reject.raw])?;
            output.write(&writer.into_inner()?)?;
        }
        match self.on_error {
            OnError::Stop => bail!("{}:{}: {}", reject.file, reject.line, reject.reason),
            OnError::Reject => Ok(()),
        }
    }

    /// Makes sure that all of them arrived, and says how many there were.
    pub(crate) fn finish(&mut self) -> Result<u64> {
        self.output.take().map_or(Ok(()), Output::finish)?;
        Ok(self.count)
    }
}

fn open_one(name: &Name, options: &Options) -> Result<Posts> {
    #[cfg(feature = "parquet")]
    if let Name::File(path) = name
        && super::parquet::is_parquet(path)
    {
        return super::parquet::posts(path, options);
    }
    Ok(Posts::open(name.open()?, &name.to_string(), options)?)
}

fn zone_of(name: &str) -> Result<Offset, String> {
    offset_of(name).ok_or_else(|| "give WIB, WITA, WIT, UTC or an offset such as +07:00".to_owned())
}

/// A day stands for its end: an export made on it may hold all of its posts.
fn as_of(date: &str, zone: Offset) -> Result<Timestamp> {
    if let Ok(at) = date.parse::<Timestamp>() {
        return Ok(at);
    }
    let day_end = |date: Date| date.at(23, 59, 59, 0);
    let local = date.parse::<DateTime>().ok().filter(|_| date.len() > "2023-10-04".len());
    let local = local.or_else(|| date.parse::<Date>().ok().map(day_end));
    let local = local.ok_or_else(|| anyhow!("--as-of {date}: give a date such as 2023-10-04 or 2023-10-04T10:00"))?;
    Ok(zone.to_timestamp(local)?)
}
