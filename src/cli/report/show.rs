//! What a report shows, in which form, and where it goes.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use condong::render::{self, Colour, Language, Screen};
use condong::report::{Event, Noise, Options, Origin, Partial, Period, Summary};

use crate::cli::output::Output;

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
    /// Write what was counted to FILE, from which `condong merge` makes reports; - is standard output
    #[arg(long, value_name = "FILE")]
    partial: Option<PathBuf>,
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
    /// How the summary is to be made.
    fn options(&self, origin: &Origin) -> Result<Options> {
        let events = match &self.events {
            Some(path) => {
                let name = path.display().to_string();
                events(&fs::read_to_string(path).with_context(|| name.clone())?, &name)?
            }
            None => events(&origin.events, "event.csv")?,
        };
        Ok(Options {
            about: origin.about(self.said(origin)),
            keep: self.keep.iter().map(|kind| kind.noise()).collect(),
            period: self.by.map(By::period),
            events,
            group_by: origin.group_by.clone(),
        })
    }

    /// What was chosen, as on the command line; what decides figures, not where they go.
    fn said(&self, origin: &Origin) -> Vec<String> {
        let mut said = Vec::new();
        if !self.keep.is_empty() {
            let kinds: Vec<&str> = self.keep.iter().map(|kind| kind.noise().name()).collect();
            said.push(format!("--keep {}", kinds.join(",")));
        }
        said.extend(origin.group_by.iter().map(|column| format!("--group-by {column}")));
        said.extend(self.events.iter().map(|path| format!("--events {}", path.display())));
        said
    }

    /// Refuses an output whose form is not known, before any post is read.
    pub(crate) fn check(&self) -> Result<()> {
        self.output.iter().try_for_each(|path| Form::of(path).map(drop))
    }

    /// Writes the report to every output, or to standard output where none is named.
    pub(crate) fn write(&self, partial: &Partial) -> Result<()> {
        if let Some(path) = &self.partial {
            let mut output = Output::open(Some(path.as_path()).filter(|path| path.as_os_str() != "-"))?;
            output.write(&partial.encode()?)?;
            output.finish()?;
            if self.format.is_none() && self.output.is_empty() {
                return Ok(());
            }
        }
        let summary = &Summary::of(&partial.tally, &self.options(&partial.origin)?);
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

    /// The report in the form that is asked for, with no colours.
    pub(crate) fn rendered(&self, partial: &Partial) -> Result<String> {
        let summary = Summary::of(&partial.tally, &self.options(&partial.origin)?);
        Ok(self.render(&summary, self.format.unwrap_or(Form::Text), Colour::Plain))
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
