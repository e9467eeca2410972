//! `condong report`: how each group leans, when, about what and why, with intervals.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use condong::lexicon::Lexicon;
use condong::opinion::{Label, Reader, Stance};
use condong::read::text_of;
use condong::render::{self, Colour, Language, Screen};
use condong::report::{About, Event, Noise, Options, Period, Post, Summary, Tally};

use super::exit::Exit;
use super::input::Input;
use super::lexicon_files::LexiconArgs;
use super::output::Output;
use super::pipeline::{self, Batch, Jobs, Noticed, Worker};
use super::seller::known_seller;

/// Tell how online and offline sellers lean, when, about what and why, and how sure that is
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    show: Show,
    /// The column of stances that a person gave to some of the posts, by which shares are corrected
    #[arg(long, value_name = "COLUMN", default_value = GOLD)]
    gold: String,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    lexicon: LexiconArgs,
    #[command(flatten)]
    input: Input,
}

pub(crate) fn run(args: &Args) -> Result<Exit> {
    args.show.check()?;
    let folders = args.lexicon.folders()?;
    let lexicon = args.lexicon.load()?;
    let group_by = args.show.group_by.as_deref();
    let workers = (0..args.jobs.threads()).map(|_| Counter::of(lexicon, group_by, &args.gold)).collect();
    let mut sources = Vec::new();
    let (workers, noticed) = pipeline::run(&args.input, workers, |batch| {
        if sources.last() != Some(&batch.source.file) {
            sources.push(batch.source.file.clone());
        }
        Ok(())
    })?;
    let mut tally = Tally::default();
    for worker in workers {
        tally.merge(worker.tally);
    }
    let about = About {
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        lexicon: lexicon.version().to_owned(),
        sources,
        rejected: noticed.rejected,
        warnings: warnings(&noticed),
        options: args.show.said(),
    };
    let events = folders.iter().rev().find_map(|folder| folder.file("event.csv")).unwrap_or("date,name\n");
    let options = args.show.options(about, events)?;
    args.show.write(&Summary::of(&tally, &options))?;
    Ok(pipeline::tell(&noticed))
}

fn warnings(noticed: &Noticed) -> Vec<String> {
    let findings = noticed.damage.iter().flat_map(|(file, damage)| {
        damage.findings().into_iter().map(move |finding| format!("{file}: {} ({} rows)", finding.about, finding.rows))
    });
    findings.collect()
}

/// Counts batches in one thread.
struct Counter<'l> {
    reader: Reader<'l>,
    tally: Tally,
    group_by: Option<&'l str>,
    gold: &'l str,
}

impl<'l> Counter<'l> {
    fn of(lexicon: &'l Lexicon, group_by: Option<&'l str>, gold: &'l str) -> Self {
        Self { reader: Reader::of(lexicon), tally: Tally::default(), group_by, gold }
    }
}

impl Worker for Counter<'_> {
    fn work(&mut self, batch: &mut Batch) -> Result<()> {
        let source = &batch.source;
        let at = |name: &str| source.header.iter().position(|column| column == name);
        let group = match self.group_by {
            Some(name) => Some(at(name).with_context(|| {
                format!("{}: no column `{name}` to group by; there are {}", source.file, source.header.join(", "))
            })?),
            None => None,
        };
        for row in batch.rows() {
            let cell = |column: Option<usize>| column.and_then(|at| row.fields.get(at)).filter(|cell| !cell.is_empty());
            let text = text_of(row, &source.columns);
            let mut opinion = self.reader.opinion(&text);
            known_seller(&mut opinion, row, source, &mut self.reader);
            let post = Post {
                text: &text,
                date: source.dates.of(row).ok().map(|moment| moment.local.date()),
                author: cell(source.columns.author),
                id: cell(source.columns.id),
                group: cell(group),
                gold: cell(at(self.gold)).and_then(Stance::of),
            };
            self.tally.add(&post, &opinion);
        }
        Ok(())
    }
}

/// What that column is called in files that `check` reads too.
const GOLD: &str = "gold_stance";

/// The width of a report that no terminal limits, in columns.
const WIDTH: u16 = 100;

/// What a report shows, in which form, and where it goes.
#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Report")]
pub(crate) struct Show {
    /// The form of the report on standard output
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
    /// Write the report to FILE, in the form that its extension names (.txt .md .csv .json .html); may be repeated
    #[arg(long, short, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// The language of reports for people
    #[arg(long, value_enum, default_value = "id")]
    lang: Lang,
    /// Kinds of posts not to leave out of the shares
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND")]
    keep: Vec<Keep>,
    /// The length of a period; chosen by the time that the posts span if not given
    #[arg(long, value_enum, value_name = "PERIOD")]
    by: Option<By>,
    /// Events that divide the time, as CSV with the columns date and name; the lexicon's if not given
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// A column whose values are groups of their own: a region, a candidate, a channel
    #[arg(long, value_name = "COLUMN")]
    pub(crate) group_by: Option<String>,
    /// The width of the text report in columns; that of the terminal if not given
    #[arg(long, value_name = "COLUMNS")]
    width: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a terminal
    Text,
    /// For the summary of a CI run
    Markdown,
    /// One figure a row
    Csv,
    /// Every figure, by a published schema
    Json,
    /// One page that needs nothing else
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// Indonesian
    Id,
    /// English
    En,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Keep {
    /// Posts that advertise
    Advert,
    /// Copies of a text
    Repeat,
    /// Posts that only pass on another
    Retweet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// A day
    Day,
    /// A week from Monday
    Week,
    /// A calendar month
    Month,
}

impl Show {
    /// How the summary is to be made; `built_in` is the lexicon's event.csv.
    pub(crate) fn options(&self, about: About, built_in: &str) -> Result<Options> {
        let events = match &self.events {
            Some(path) => {
                let name = path.display().to_string();
                events(&fs::read_to_string(path).with_context(|| name.clone())?, &name)?
            }
            None => events(built_in, "event.csv")?,
        };
        let keep: BTreeSet<Noise> = self.keep.iter().map(|kind| kind.noise()).collect();
        Ok(Options { about, keep, period: self.by.map(By::period), events, group_by: self.group_by.clone() })
    }

    /// What was chosen, as on the command line; what decides figures, not where they go.
    fn said(&self) -> Vec<String> {
        let mut said = Vec::new();
        if !self.keep.is_empty() {
            let kinds: Vec<&str> = self.keep.iter().map(|kind| kind.noise().name()).collect();
            said.push(format!("--keep {}", kinds.join(",")));
        }
        said.extend(self.group_by.iter().map(|column| format!("--group-by {column}")));
        said.extend(self.events.iter().map(|path| format!("--events {}", path.display())));
        said
    }

    /// Refuses an output whose form is not known, before any post is read.
    pub(crate) fn check(&self) -> Result<()> {
        self.output.iter().try_for_each(|path| Form::of(path).map(drop))
    }

    /// Writes the report to every output, or to standard output where none is named.
    pub(crate) fn write(&self, summary: &Summary) -> Result<()> {
        for path in &self.output {
            let report = self.render(summary, Form::of(path)?, Colour::Plain);
            let mut output = Output::open(Some(path))?;
            output.write(report.as_bytes())?;
            output.finish()?;
        }
        if self.output.is_empty() || self.format.is_some() {
            let colour = if wants_colour() { Colour::Ansi } else { Colour::Plain };
            let report = self.render(summary, self.format.unwrap_or(Form::Text), colour);
            io::stdout().lock().write_all(report.as_bytes())?;
        }
        Ok(())
    }

    fn render(&self, summary: &Summary, form: Form, colour: Colour) -> String {
        let language = self.lang.language();
        match form {
            Form::Text => render::text(summary, &Screen { width: self.columns(colour).into(), colour, language }),
            Form::Markdown => render::markdown(summary, language),
            Form::Csv => render::csv(summary),
            Form::Json => render::json(summary),
            Form::Html => render::html(summary, language),
        }
    }

    fn columns(&self, colour: Colour) -> u16 {
        let terminal =
            || terminal_size::terminal_size().filter(|_| colour == Colour::Ansi || io::stdout().is_terminal());
        self.width.or_else(|| terminal().map(|(width, _)| width.0)).unwrap_or(WIDTH)
    }
}

impl Form {
    fn of(path: &Path) -> Result<Self> {
        Ok(match path.extension().and_then(|extension| extension.to_str()) {
            Some("txt") => Self::Text,
            Some("md") => Self::Markdown,
            Some("csv") => Self::Csv,
            Some("json") => Self::Json,
            Some("html" | "htm") => Self::Html,
            _ => bail!("--output {}: the extension must be .txt, .md, .csv, .json or .html", path.display()),
        })
    }
}

impl Lang {
    fn language(self) -> Language {
        match self {
            Self::Id => Language::Id,
            Self::En => Language::En,
        }
    }
}

impl Keep {
    fn noise(self) -> Noise {
        match self {
            Self::Advert => Noise::Advert,
            Self::Repeat => Noise::Repeat,
            Self::Retweet => Noise::Retweet,
        }
    }
}

impl By {
    fn period(self) -> Period {
        match self {
            Self::Day => Period::Day,
            Self::Week => Period::Week,
            Self::Month => Period::Month,
        }
    }
}

/// The events of a CSV file with the columns date and name.
fn events(text: &str, file: &str) -> Result<Vec<Event>> {
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let head = rows.headers().with_context(|| file.to_owned())?.clone();
    let column = |name: &str| head.iter().position(|title| title == name);
    let (Some(date), Some(name)) = (column("date"), column("name")) else {
        bail!("{file}:1: the columns must be date,name");
    };
    let mut events = Vec::new();
    for row in rows.records() {
        let row = row.with_context(|| file.to_owned())?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |column: usize| row.get(column).unwrap_or_default();
        let date = cell(date)
            .parse()
            .with_context(|| format!("{file}:{line}: {}: not a date such as 2023-10-04", cell(date)))?;
        events.push(Event { date, name: cell(name).to_owned() });
    }
    Ok(events)
}

/// Colours only on a terminal, and not against the reader's wish (<https://no-color.org>).
fn wants_colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_say_where_they_are_wrong() {
        assert_eq!(events("date,name\n2023-10-04,a\n", "e.csv").expect("right").len(), 1);
        let wrong = events("date,name\n2023-10-04,a\n04/10,b\n", "e.csv").expect_err("wrong");
        assert!(format!("{wrong:#}").starts_with("e.csv:3: 04/10"), "{wrong:#}");
        assert!(events("day,name\n", "e.csv").is_err());
    }

    #[test]
    fn the_form_is_that_of_the_extension() {
        assert_eq!(Form::of(Path::new("a/b.html")).expect("known"), Form::Html);
        assert!(Form::of(Path::new("a.pdf")).is_err());
    }
}
