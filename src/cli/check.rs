//! `condong check`: labelled posts against verdicts, for CI.

// Comments on options are the help, which people read as plain text.
#![allow(clippy::doc_markdown)]

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use condong::gold::{Answer, BaselineFile, Check, Checking, Gate, GoldOptions, Labelled, Requirement, Turn, Verdict};
use condong::render::check;

use super::exit::Exit;
use super::gold;
use super::layout::LayoutArgs;
use super::lexicon_files::LexiconArgs;
use super::output::write_file;

/// The seed of the bootstrap: the day on which TikTok Shop closed, and the same in every run.
const SEED: u64 = 20_231_004;

/// Compare verdicts with gold labels; exit 1 when they fall short of what is asked
#[derive(Clone, Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Args {
    /// Labelled files, or folders of them: any export that `inspect` reads; - is standard input
    #[arg(required = true, value_name = "GOLD")]
    pub(crate) gold_files: Vec<PathBuf>,
    /// The least that a figure may be, as [ANSWER.]METRIC=NUMBER: macro-f1=0.70, seller.f1.online=0.6 (repeatable)
    #[arg(long, value_name = "FIGURE=NUMBER")]
    pub(crate) min: Vec<Requirement>,
    /// Fail when a figure rests on fewer posts; by default fewer than 30 decide nothing
    #[arg(long, value_name = "N")]
    pub(crate) min_posts: Option<u64>,
    /// Compare with the verdicts in this file; no post may break unless --max-broken or --max-drop says so
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write the verdicts to this file, as the next baseline
    #[arg(long, value_name = "FILE")]
    pub(crate) write_baseline: Option<PathBuf>,
    /// The most that a figure may lose against the baseline: macro-f1=0.01 (repeatable)
    #[arg(long, value_name = "FIGURE=NUMBER", requires = "baseline")]
    pub(crate) max_drop: Vec<Requirement>,
    /// The most posts that an answer may break against the baseline
    #[arg(long, value_name = "N", requires = "baseline")]
    pub(crate) max_broken: Option<u64>,
    /// Which posts are listed
    #[arg(long, value_enum, default_value = "new", value_name = "WHICH")]
    pub(crate) list: Listing,
    /// How the result is written
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// Write the result to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Exit 0 even when the figures fall short
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// The column of gold labels for an answer, beside those called gold_ANSWER (repeatable)
    #[arg(long, value_name = "ANSWER=COLUMN", value_parser = answer_column)]
    pub(crate) gold: Vec<(Answer, String)>,
    /// Other spellings of labels: positif=pro,negatif=kontra; `unclear=` counts a label as missing
    #[arg(long, value_name = "FROM=TO", value_delimiter = ',', value_parser = label_pair)]
    pub(crate) labels: Vec<(String, String)>,
    /// The column of the text
    #[arg(long, value_name = "COLUMN")]
    pub(crate) text: Option<String>,
    /// The column that tells posts apart; without one, a fingerprint of the text does
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,
    /// The seed of the bootstrap intervals
    #[arg(long, value_name = "N", default_value_t = SEED)]
    pub(crate) seed: u64,
    /// Which lexicon is used
    #[command(flatten)]
    pub(crate) lexicon: LexiconArgs,
    #[command(flatten)]
    layout: LayoutArgs,
}

const EXAMPLES: &str = "Examples:
  condong check samples/posts.csv --min macro-f1=0.70 --min f1.kontra=0.55
  condong check samples/posts.csv --write-baseline baseline.json
  condong check samples/posts.csv --baseline baseline.json --format github
  condong check labels.csv --gold stance=label --labels positif=pro,negatif=kontra,netral=netral

Exit status: 0 the figures meet what is asked, 1 they fall short, 2 wrong usage or input, 3 they meet it but rows were rejected";

/// Which posts are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// Posts that were right in the baseline and are wrong now
    New,
    /// Every post whose verdict changed since the baseline
    Changed,
    /// Every changed post, and every wrong one
    All,
    /// None
    None,
}

/// How the result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal
    Text,
    /// For programs
    Json,
    /// For the summary page of a CI run
    Markdown,
    /// For CI services that read JUnit test reports
    Junit,
    /// Annotations of GitHub Actions
    Github,
}

/// Checks and says how it went.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    ensure!(
        args.baseline.is_none() || args.baseline != args.write_baseline,
        "--baseline and --write-baseline name one file; compare first, then write"
    );
    let lexicon = args.lexicon.load()?;
    let corpus = corpus(args)?;
    let gate = Gate {
        min: args.min.clone(),
        max_drop: args.max_drop.clone(),
        max_broken: args.max_broken,
        min_posts: args.min_posts,
    };
    let name = args.baseline.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    let text = match &args.baseline {
        Some(path) => Some(fs::read_to_string(path).with_context(|| format!("{name}: cannot be read"))?),
        None => None,
    };
    let baseline = text.as_deref().map(|text| BaselineFile { name: &name, text });
    let (mut check, now) = Checking { gate: &gate, baseline, seed: args.seed }.check(lexicon, corpus)?;
    if let Some(path) = &args.write_baseline {
        write_file(path, now.text().as_bytes())?;
    }
    let exit = exit(&check, args);
    list(&mut check, args.list);
    write(&rendered(&check, args.format)?, args.output.as_deref())?;
    Ok(exit)
}

fn exit(check: &Check, args: &Args) -> Exit {
    match check.verdict {
        Verdict::FellShort if !args.exit_zero => Exit::FellShort,
        _ if !check.rejected.is_empty() => Exit::Rejected,
        _ => Exit::Fine,
    }
}

fn corpus(args: &Args) -> Result<Labelled> {
    let answers = Answer::ALL.map(Answer::labels).concat();
    for (from, to) in &args.labels {
        let known = to.is_empty() || answers.iter().any(|label| label.eq_ignore_ascii_case(to));
        ensure!(known, "--labels {from}={to}: `{to}` is no label of any answer; there are {}", answers.join(", "));
    }
    let mut reading = args.layout.options();
    reading.named.text.clone_from(&args.text);
    reading.named.id.clone_from(&args.id);
    let options =
        GoldOptions { reading, gold: args.gold.clone(), labels: args.labels.clone(), gold_is_optional: false };
    gold::corpus(&args.gold_files, &options)
}

fn list(check: &mut Check, listing: Listing) {
    if listing != Listing::All {
        check.mistakes.clear();
    }
    for comparison in &mut check.comparisons {
        comparison.changes.retain(|change| match listing {
            Listing::New => change.turn == Turn::Broken,
            Listing::Changed | Listing::All => true,
            Listing::None => false,
        });
    }
}

fn rendered(result: &Check, format: Format) -> Result<String> {
    Ok(match format {
        Format::Text => check::text(result),
        Format::Json => check::json(result)?,
        Format::Markdown => check::markdown(result),
        Format::Junit => check::junit(result),
        Format::Github => check::github(result),
    })
}

/// Writes a result to a file, or to standard output.
pub(super) fn write(text: &str, output: Option<&Path>) -> Result<()> {
    use std::io::Write;
    match output {
        Some(path) => write_file(path, text.as_bytes()),
        None => Ok(std::io::stdout().lock().write_all(text.as_bytes())?),
    }
}

pub(super) fn answer_column(text: &str) -> Result<(Answer, String), String> {
    let (answer, column) = text.split_once('=').ok_or("write ANSWER=COLUMN")?;
    let names = || Answer::ALL.map(Answer::name).join(", ");
    let answer = Answer::of(answer).ok_or_else(|| format!("no answer `{answer}`; there are {}", names()))?;
    Ok((answer, column.to_owned()))
}

pub(super) fn label_pair(text: &str) -> Result<(String, String), String> {
    let (from, to) = text.split_once('=').ok_or("write FROM=TO")?;
    Ok((from.trim().to_owned(), to.trim().to_owned()))
}
