//! `condong learn`: weights from labelled posts, as an overlay, with figures from posts left out.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use condong::gold::learn::{Example, Learned, Options, folds, learn};
use condong::gold::{Answer, Confusion, GoldOptions, Labelled, LabelledPost};
use condong::lexicon::{Folder, Layer, Lexicon, Scale};
use condong::opinion::{Opinion, Reader};

use super::check::{answer_column, label_pair};
use super::exit::Exit;
use super::gold;
use super::layout::LayoutArgs;
use super::lexicon_files::{LexiconArgs, load};
use super::output::write_file;

/// Learn weights from labelled posts: an overlay folder, and how well it does on posts left out
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Labelled posts, with columns `gold_stance`, `gold_sentiment`, `gold_seller` …
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Labelled posts of other kinds that teach too but count less and are not tested on
    #[arg(long, value_name = "GOLD")]
    also: Vec<PathBuf>,
    /// How much a post of --also counts
    #[arg(long, default_value_t = 0.3, value_name = "WEIGHT")]
    also_weight: f64,
    /// The column that holds the posts; found by its name if not given
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,
    /// The column of gold labels for an answer, beside those called `gold_ANSWER` (repeatable)
    #[arg(long = "gold", value_name = "ANSWER=COLUMN", value_parser = answer_column)]
    gold_columns: Vec<(Answer, String)>,
    /// Other spellings of labels: positif=pro,negatif=kontra
    #[arg(long, value_name = "FROM=TO", value_delimiter = ',', value_parser = label_pair)]
    labels: Vec<(String, String)>,
    /// Write the overlay to DIR
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
    /// In how many parts the posts are divided; each is tested on weights learned from the others; 0 for no test
    #[arg(long, default_value_t = 5, value_name = "N")]
    folds: usize,
    /// Write every post's answer from when it was left out to FILE, as CSV
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// A term must stand in so many posts
    #[arg(long, default_value_t = Options::default().min_posts, value_name = "N")]
    min_posts: usize,
    /// Learn only these answers; all that have gold labels if not given
    #[arg(long, value_delimiter = ',', value_name = "ANSWER", value_parser = answer_named)]
    answers: Vec<Answer>,
    /// How strongly new words are drawn to zero, for all answers or for one; chosen by cross-validation if not given
    #[arg(long, value_delimiter = ',', value_name = "[ANSWER=]NUMBER", value_parser = strength_of)]
    strength: Vec<(Option<Answer>, f64)>,
    /// How much more rare labels count, for all answers or for one: 0 not at all, 1 as much as frequent ones
    #[arg(long, value_delimiter = ',', value_name = "[ANSWER=]NUMBER", value_parser = balance_of)]
    balance: Vec<(Option<Answer>, f64)>,
    /// How much more strongly the lexicon's own weights are drawn to what they were
    #[arg(long, default_value_t = Options::default().trust, value_name = "NUMBER")]
    trust: f64,
    /// New words whose weights are all smaller are left out
    #[arg(long, default_value_t = Options::default().prune, value_name = "NUMBER")]
    prune: f64,
    /// The seed by which posts are divided
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    #[command(flatten)]
    lexicon: LexiconArgs,
    #[command(flatten)]
    layout: LayoutArgs,
}

pub(crate) fn run(args: &Args) -> Result<Exit> {
    let mut out = io::stdout().lock();
    let base = args.lexicon.folders()?;
    load(&base)?;
    let (posts, also) = (args.read(&args.gold)?, args.read(&args.also)?);
    let exits = [gold::tell(&posts), gold::tell(&also)];
    let (posts, also) = (posts.posts, also.posts);
    let taught = posts.iter().any(|post| Answer::ALL.iter().any(|answer| post.gold(*answer).label().is_some()));
    ensure!(taught, "no labelled posts to learn from; name columns gold_stance …, or map them by --gold ANSWER=COLUMN");
    if args.folds > 1 {
        args.test(&base, &posts, &also, &mut out)?;
    }
    let learned = args.learn(&base, &posts.iter().collect::<Vec<_>>(), &also)?;
    for scale in &learned.scales {
        let name = scale.layer.name();
        let end = if scale.converged { "" } else { ", stopped before convergence" };
        writeln!(out, "{name}: {} posts, strength {}, {} rows{end}", scale.posts, scale.strength, scale.rows)?;
    }
    if let Some(dir) = &args.write {
        write(&learned, dir, &args.provenance(posts.len(), also.len()))?;
    }
    Ok(if exits.contains(&Exit::Rejected) { Exit::Rejected } else { Exit::Fine })
}

impl Args {
    fn read(&self, paths: &[PathBuf]) -> Result<Labelled> {
        let mut options = GoldOptions {
            reading: self.layout.options(),
            gold: self.gold_columns.clone(),
            labels: self.labels.clone(),
            // A file of other posts need not have every column that --gold names.
            gold_is_optional: true,
        };
        options.reading.named.text.clone_from(&self.text);
        gold::corpus(paths, &options)
    }

    fn options(&self) -> Options {
        Options {
            min_posts: self.min_posts,
            strength: std::array::from_fn(|at| given(&self.strength, Layer::SCALES[at].layer)),
            balance: std::array::from_fn(|at| {
                given(&self.balance, Layer::SCALES[at].layer).unwrap_or(Options::default().balance[at])
            }),
            trust: self.trust,
            prune: self.prune,
            seed: self.seed,
            ..Options::default()
        }
    }

    fn wants(&self, layer: Layer) -> bool {
        self.answers.is_empty() || answered(layer).is_some_and(|answer| self.answers.contains(&answer))
    }

    fn learn(&self, base: &[Folder], posts: &[&LabelledPost], also: &[LabelledPost]) -> Result<Learned> {
        let mut examples: Vec<Example> = posts.iter().map(|post| example(post, 1.0)).collect();
        examples.extend(also.iter().map(|post| example(post, self.also_weight)));
        for at in (0..Layer::SCALES.len()).filter(|at| !self.wants(Layer::SCALES[*at].layer)) {
            for example in &mut examples {
                example.labels[at] = None;
            }
        }
        Ok(learn(base, &examples, &self.options())?)
    }

    /// Tests each part of the posts on weights learned from the others, beside the lexicon as it is.
    fn test(&self, base: &[Folder], posts: &[LabelledPost], also: &[LabelledPost], out: &mut impl Write) -> Result<()> {
        let texts: Vec<&str> = posts.iter().map(|post| post.text.as_str()).collect();
        let fold_of = folds(&texts, self.folds, self.seed);
        let unfitted = Lexicon::of(base)?;
        let mut before = Judgement::default();
        let mut after = Judgement::default();
        let mut rows: Vec<Option<Vec<String>>> = vec![None; posts.len()];
        let mut plain = Reader::of(&unfitted);
        for fold in 0..self.folds {
            let train: Vec<&LabelledPost> =
                posts.iter().zip(&fold_of).filter(|(_, of)| **of != fold).map(|(post, _)| post).collect();
            let learned = self.learn(base, &train, also)?;
            let fitted = Lexicon::of(&[base, &[learned.overlay]].concat())?;
            let mut reader = Reader::of(&fitted);
            for (at, post) in posts.iter().enumerate().filter(|(at, _)| fold_of[*at] == fold) {
                before.add(post, &plain.opinion(&post.text));
                let opinion = reader.opinion(&post.text);
                after.add(post, &opinion);
                rows[at] = Some(prediction(post, &opinion));
            }
        }
        writeln!(
            out,
            "macro-F1 over {} posts, each left out of what it is tested on ({} folds)",
            posts.len(),
            self.folds
        )?;
        writeln!(out, "{:18} {:>8} {:>8}", "answer", "as it is", "learned")?;
        for (answer, (before, after)) in Answer::ALL.iter().zip(before.macro_f1().zip(after.macro_f1())) {
            if let (Some(before), Some(after)) = (before, after) {
                writeln!(out, "{:18} {before:>8.3} {after:>8.3}", answer.name())?;
            }
        }
        self.predictions.as_deref().map_or(Ok(()), |path| write_predictions(path, rows.into_iter().flatten()))
    }

    fn provenance(&self, posts: usize, also: usize) -> String {
        use std::fmt::Write as _;

        let names = |paths: &[PathBuf]| {
            let names =
                paths.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
            names.collect::<Vec<_>>().join(", ")
        };
        let mut text = format!(
            "# Fitted weights\n\nMade by `condong learn` {} from {posts} labelled posts ({}).\n",
            env!("CARGO_PKG_VERSION"),
            names(&self.gold)
        );
        if also > 0 {
            let line =
                format!("{also} posts of other kinds ({}) counted {} each.\n", names(&self.also), self.also_weight);
            text.push_str(&line);
        }
        let options = self.options();
        let list = |numbers: &[(Option<Answer>, f64)], otherwise: &str| {
            let number = |(answer, number): &(Option<Answer>, f64)| match answer {
                Some(answer) => format!("{}={number}", answer.name()),
                None => number.to_string(),
            };
            let list = numbers.iter().map(number).collect::<Vec<_>>().join(",");
            if list.is_empty() { otherwise.to_owned() } else { list }
        };
        let _ = writeln!(
            text,
            "Options: --min-posts {} --strength {} --balance {} --trust {} --prune {} --seed {}.",
            options.min_posts,
            list(&self.strength, "chosen by cross-validation"),
            list(&self.balance, &Options::default().balance[0].to_string()),
            options.trust,
            options.prune,
            options.seed
        );
        text
    }
}

/// The last number that was given for the answer of a layer, else the last for all.
fn given(numbers: &[(Option<Answer>, f64)], layer: Layer) -> Option<f64> {
    let own = numbers.iter().rev().find(|(answer, _)| answer.is_some() && *answer == answered(layer));
    own.or_else(|| numbers.iter().rev().find(|(answer, _)| answer.is_none())).map(|(_, number)| *number)
}

/// The answer that a layer's scores give.
fn answered(layer: Layer) -> Option<Answer> {
    Some(match layer {
        Layer::Stance => Answer::Stance,
        Layer::Sentiment => Answer::Sentiment,
        Layer::ReportedOnline => Answer::ReportedOnline,
        Layer::ReportedOffline => Answer::ReportedOffline,
        Layer::SellerOnline | Layer::SellerOffline => Answer::Seller,
        Layer::Advert => Answer::Advert,
        Layer::Target | Layer::Aspect | Layer::Modifier => return None,
    })
}

fn answer_named(text: &str) -> Result<Answer, String> {
    let names = || Answer::ALL.map(Answer::name).join(", ");
    Answer::of(text).ok_or_else(|| format!("no answer `{text}`; there are {}", names()))
}

fn strength_of(text: &str) -> Result<(Option<Answer>, f64), String> {
    let (answer, number) = number_of(text)?;
    if number > 0.0 { Ok((answer, number)) } else { Err("a strength is above 0".to_owned()) }
}

fn balance_of(text: &str) -> Result<(Option<Answer>, f64), String> {
    let (answer, number) = number_of(text)?;
    if number >= 0.0 { Ok((answer, number)) } else { Err("a balance is 0 or more".to_owned()) }
}

/// A number for all answers, or for the one that is named before `=`.
fn number_of(text: &str) -> Result<(Option<Answer>, f64), String> {
    let (answer, number) = match text.split_once('=') {
        Some((answer, number)) => (Some(answer_named(answer)?), number),
        None => (None, text),
    };
    Ok((answer, number.parse().map_err(|_| format!("`{number}` is no number"))?))
}

/// The labels of a post, by scale.
fn example(post: &LabelledPost, weight: f64) -> Example<'_> {
    let name = |answer: Answer| post.gold(answer).label().map(|label| answer.labels()[label]);
    let yes = |there: bool| usize::from(!there);
    let label_of = |scale: &Scale| {
        let at = |answer: Answer| scale.labels.iter().position(|label| Some(*label) == name(answer));
        match scale.layer {
            Layer::Stance => at(Answer::Stance),
            Layer::Sentiment => at(Answer::Sentiment),
            Layer::ReportedOnline => at(Answer::ReportedOnline),
            Layer::ReportedOffline => at(Answer::ReportedOffline),
            Layer::SellerOnline => name(Answer::Seller).map(|label| yes(matches!(label, "online" | "both"))),
            Layer::SellerOffline => name(Answer::Seller).map(|label| yes(matches!(label, "offline" | "both"))),
            Layer::Advert => name(Answer::Advert).map(|label| yes(label == "true")),
            _ => None,
        }
    };
    Example { text: &post.text, labels: std::array::from_fn(|at| label_of(&Layer::SCALES[at])), weight }
}

/// Gold and found labels by answer.
#[derive(Default)]
struct Judgement {
    pairs: [Vec<(usize, usize)>; Answer::ALL.len()],
}

impl Judgement {
    fn add(&mut self, post: &LabelledPost, opinion: &Opinion) {
        for (pairs, answer) in self.pairs.iter_mut().zip(Answer::ALL) {
            pairs.extend(post.gold(answer).label().map(|gold| (gold, answer.said(opinion))));
        }
    }

    fn macro_f1(&self) -> impl Iterator<Item = Option<f64>> {
        self.pairs.iter().map(|pairs| (!pairs.is_empty()).then(|| Confusion::of(pairs.iter().copied()).macro_f1()))
    }
}

fn prediction(post: &LabelledPost, opinion: &Opinion) -> Vec<String> {
    let mut row = vec![post.text.clone()];
    for answer in Answer::ALL {
        let labels = answer.labels();
        row.push(post.gold(answer).label().map_or("", |label| labels[label]).to_owned());
        row.push(labels[answer.said(opinion)].to_owned());
    }
    row.extend([opinion.lean, opinion.confidence].map(|number| format!("{number:.3}")));
    row
}

fn write_predictions(path: &Path, rows: impl Iterator<Item = Vec<String>>) -> Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let answers = Answer::ALL.iter().flat_map(|answer| [format!("gold_{}", answer.name()), answer.name().to_owned()]);
    let header = std::iter::once("text".to_owned()).chain(answers).chain(["lean", "confidence"].map(str::to_owned));
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    write_file(path, &writer.into_inner()?)
}

fn write(learned: &Learned, dir: &Path, provenance: &str) -> Result<()> {
    let put = |path: PathBuf, text: &str| -> Result<()> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        write_file(&path, text.as_bytes())
    };
    for (path, text) in learned.overlay.files() {
        put(dir.join(path), text)?;
    }
    put(dir.join("README.md"), provenance)
}
