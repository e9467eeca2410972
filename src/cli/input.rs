//! What every command that reads posts has in common: which files, how they are read, what happens to bad rows.

use super::files::{self, Name};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};
use condong::read::{DayOrder, Format, HeaderLine, Named, Options, Posts, Reject, offset_of};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use std::fs::File;
use std::path::PathBuf;

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
    /// The layout of the input; told by its first bytes if not given
    #[arg(long, value_name = "FORMAT")]
    format_in: Option<FormatIn>,
    /// What is between cells: one character, or tab
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter_of)]
    delimiter: Option<u8>,
    /// The encoding of the input, such as utf-8, utf-16le or windows-1252
    #[arg(long, value_name = "ENCODING", value_parser = encoding_of)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// The line of the header; 0 if there is none
    #[arg(long, value_name = "LINE")]
    header_line: Option<u64>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
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

/// A layout as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatIn {
    /// Comma, semicolon, tab or | between cells
    Csv,
    /// Tabs between cells
    Tsv,
    /// A JSON object a line
    Jsonl,
    /// A list of JSON objects
    Json,
}

/// Where rows go that cannot be read.
pub(crate) struct Rejects {
    writer: Option<csv::Writer<File>>,
    on_error: OnError,
    /// How many there were.
    pub(crate) count: u64,
}

impl Input {
    /// Opens the inputs one after another, in order; each is read before the next is opened.
    pub(crate) fn open(&self) -> Result<impl Iterator<Item = Result<Posts>>> {
        let options = self.options()?;
        let names = files::expand(&self.files, self.files_from.as_deref())?;
        Ok(names.into_iter().map(move |name| open_one(&name, &options)))
    }

    /// Prepares for rows that cannot be read.
    pub(crate) fn rejects(&self) -> Result<Rejects> {
        let writer = self.rejects.as_ref().map(|path| -> Result<_> {
            let mut writer = csv::Writer::from_path(path).with_context(|| path.display().to_string())?;
            writer.write_record(["file", "line", "reason", "row"])?;
            Ok(writer)
        });
        Ok(Rejects { writer: writer.transpose()?, on_error: self.on_error, count: 0 })
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
        Ok(Options {
            named,
            format: self.format_in.map(FormatIn::format),
            delimiter: self.delimiter.or((self.format_in == Some(FormatIn::Tsv)).then_some(b'\t')),
            encoding: self.encoding,
            header: self.header_line.map_or(HeaderLine::Find, HeaderLine::of),
            sheet: self.sheet.clone(),
            day_order: self.day_order(),
            timezone: self.timezone,
            as_of,
            ..Options::default()
        })
    }

    fn day_order(&self) -> DayOrder {
        match (self.day_first, self.month_first) {
            (true, _) => DayOrder::DayFirst,
            (_, true) => DayOrder::MonthFirst,
            _ => DayOrder::Find,
        }
    }
}

impl FormatIn {
    fn format(self) -> Format {
        match self {
            FormatIn::Csv | FormatIn::Tsv => Format::Delimited,
            FormatIn::Jsonl => Format::Jsonl,
            FormatIn::Json => Format::Json,
        }
    }
}

impl Rejects {
    /// Takes a row that cannot be read; an error if such rows are to stop the run.
    pub(crate) fn take(&mut self, reject: &Reject) -> Result<()> {
        self.count += 1;
        let line = reject.line.to_string();
        if let Some(writer) = &mut self.writer {
            let cells = [reject.file.as_bytes(), line.as_bytes(), reject.reason.as_bytes(), &reject.raw];
            writer.write_record(cells).and_then(|()| Ok(writer.flush()?)).context("the rejects cannot be written")?;
        }
        match self.on_error {
            OnError::Stop => bail!("{}:{}: {}", reject.file, reject.line, reject.reason),
            OnError::Reject => Ok(()),
        }
    }
}

fn open_one(name: &Name, options: &Options) -> Result<Posts> {
    Ok(Posts::open(name.open()?, &name.to_string(), options)?)
}

fn delimiter_of(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if matches!(text, "tab" | "\\t") => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n' | 0) => Ok(*byte),
        _ => Err("it must be one ASCII character other than a quote, or tab".to_owned()),
    }
}

fn encoding_of(label: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| "no such encoding".to_owned())
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
