//! `condong report`: how each group leans, when, about what and why, with intervals.

use anyhow::{Context, Result};
use condong::lexicon::{Folder, Lexicon};
use condong::opinion::{Label, Reader, Stance};
use condong::read::{Posts, text_of};
use condong::report::{Origin, Partial, Post, Tally};

use super::exit::Exit;
use super::input::{Input, Rejects};
use super::lexicon_files::LexiconArgs;
use super::pipeline::{self, Batch, Jobs, Noticed, Worker};
use super::seller::known_seller;

mod show;

pub(crate) use show::Show;

/// Tell how online and offline sellers lean, when, about what and why, and how sure that is
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    show: Show,
    /// A column whose values are groups of their own: a region, a candidate, a channel
    #[arg(long, value_name = "COLUMN", help_heading = "Report")]
    group_by: Option<String>,
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

/// What that column is called in files that `check` reads too.
const GOLD: &str = "gold_stance";

pub(crate) fn run(args: &Args) -> Result<Exit> {
    args.show.check()?;
    let folders = args.lexicon.folders()?;
    let lexicon = args.lexicon.load_from(&folders)?;
    let counting = args.counting(lexicon, events_of(&folders));
    let (partial, noticed) = counting.count(args.input.open()?, args.input.rejects()?)?;
    args.show.write(&partial)?;
    Ok(pipeline::tell(&noticed))
}

impl Args {
    fn counting<'l>(&self, lexicon: &'l Lexicon, events: String) -> Counting<'l> {
        Counting {
            lexicon,
            events,
            gold: self.gold.clone(),
            group_by: self.group_by.clone(),
            zone: self.input.zone(),
            jobs: self.jobs,
        }
    }
}

/// Counts the posts of a table, by the options of `report` that `words` are. Refuses what `report` would refuse of a file.
#[cfg(feature = "arrow")]
pub fn count_table<I>(
    lexicon: &Lexicon,
    events: &str,
    name: &str,
    table: condong::read::TableText<I>,
    words: &[String],
) -> Result<Partial>
where
    condong::read::TableText<I>: std::io::Read + Send + 'static,
{
    let args = Alone::<Args>::of(words)?;
    let options = args.input.options()?.for_table();
    let posts = std::iter::once_with(|| Ok(Posts::open(Box::new(table), name, &options)?));
    Ok(args.counting(lexicon, events.to_owned()).count(posts, Rejects::default())?.0)
}

/// Which column of a table is what, as pairs of role and name, and whether months come first in its dates, by the options
/// of `report` that `words` are. Refuses a table without a column of text.
#[cfg(feature = "arrow")]
pub fn look_at_table<I>(
    table: condong::read::TableText<I>,
    words: &[String],
) -> Result<(Vec<(&'static str, String)>, bool)>
where
    condong::read::TableText<I>: std::io::Read + Send + 'static,
{
    let options = Alone::<Args>::of(words)?.input.options()?.for_table();
    let posts = Posts::open(Box::new(table), "table", &options)?;
    let roles = posts.found().columns.iter().map(|choice| (choice.role, choice.name.clone()));
    Ok((roles.collect(), posts.dates().month_first()))
}

/// A report on what was counted, in the form and by the options of `report` that `words` are.
pub fn render(partial: &Partial, words: &[String]) -> Result<String> {
    Alone::<Show>::of(words)?.rendered(partial)
}

/// Options that stand for themselves, without a command.
#[derive(clap::Parser)]
#[command(no_binary_name = true)]
struct Alone<T: clap::Args> {
    #[command(flatten)]
    options: T,
}

impl<T: clap::Args> Alone<T> {
    fn of(words: &[String]) -> Result<T> {
        Ok(<Self as clap::Parser>::try_parse_from(words)?.options)
    }
}

/// The events of a lexicon: those of the last folder that has any.
pub fn events_of(folders: &[Folder]) -> String {
    folders.iter().rev().find_map(|folder| folder.file("event.csv")).unwrap_or("date,name\n").to_owned()
}

/// How posts are counted.
struct Counting<'l> {
    /// The lexicon that tells what they say.
    lexicon: &'l Lexicon,
    /// Its events, as CSV with the columns date and name.
    events: String,
    /// The column of labels that people gave.
    gold: String,
    /// The column of the user's own grouping.
    group_by: Option<String>,
    /// The zone in which days begin and end.
    zone: String,
    jobs: Jobs,
}

impl Counting<'_> {
    fn count(&self, posts: impl Iterator<Item = Result<Posts>>, rejects: Rejects) -> Result<(Partial, Noticed)> {
        let mut origin = Origin {
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            lexicon: self.lexicon.version().to_owned(),
            gold: self.gold.clone(),
            group_by: self.group_by.clone(),
            zone: self.zone.clone(),
            events: self.events.clone(),
            ..Origin::default()
        };
        let workers = (0..self.jobs.threads()).map(|_| Counter::of(self)).collect();
        let (workers, noticed) = pipeline::run(posts, rejects, workers, |batch| {
            origin.add_source(&batch.source.file);
            Ok(())
        })?;
        let mut tally = Tally::default();
        for worker in workers {
            tally.merge(worker.tally);
        }
        origin.rejected = noticed.rejected;
        for (file, damage) in &noticed.damage {
            origin.add_damage(file, damage);
        }
        Ok((Partial { origin, tally }, noticed))
    }
}

/// Counts batches in one thread.
struct Counter<'l> {
    reader: Reader<'l>,
    tally: Tally,
    group_by: Option<&'l str>,
    gold: &'l str,
}

impl<'l> Counter<'l> {
    fn of(counting: &'l Counting) -> Self {
        let reader = Reader::of(counting.lexicon);
        Self { reader, tally: Tally::default(), group_by: counting.group_by.as_deref(), gold: &counting.gold }
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
        for (row, date) in batch.rows().iter().zip(&batch.dates) {
            let cell = |column: Option<usize>| column.and_then(|at| row.fields.get(at)).filter(|cell| !cell.is_empty());
            let text = text_of(row, &source.columns);
            let mut opinion = self.reader.recall(&text);
            known_seller(&mut opinion, row, source, &mut self.reader);
            let post = Post {
                text: &text,
                date: date.ok().map(|moment| moment.local.date()),
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
