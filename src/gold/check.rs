//! The result of `check`: figures, tests and changes, with one verdict over them.

use serde::Serialize;

use super::answer::Answer;
use super::baseline::{Baseline, BaselineError, SCHEMA, VERSION, baseline};
use super::compare::{Comparison, CorpusChange, Runs};
use super::error::GoldError;
use super::figures::{Figures, FileFigures, Judged, figures, figures_by_file, judge};
use super::gate::{Gate, Outcome, Test};
use super::labelled::{Labelled, LabelledPost};
use crate::lexicon::Lexicon;

/// Whether the figures are good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every test was met, and at least one was decided.
    Passed,
    /// A test fell short.
    FellShort,
    /// There were tests, and none could be decided.
    TooFew,
    /// There was nothing to test against.
    Measured,
}

/// A post whose verdict is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The post.
    pub key: String,
    /// The file of the post.
    pub file: String,
    /// Its line there.
    pub line: u64,
    /// The answer.
    pub answer: Answer,
    /// The gold label.
    pub gold: &'static str,
    /// The verdict.
    pub said: &'static str,
}

/// Everything that a check found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// The layout of this result.
    pub schema: u32,
    /// The tool that made it.
    pub tool: &'static str,
    /// The tool's version.
    pub version: &'static str,
    /// The lexicon's version.
    pub lexicon: String,
    /// What the bootstrap was seeded with.
    pub seed: u64,
    /// The verdict over all tests.
    pub verdict: Verdict,
    /// How many posts were read.
    pub posts: usize,
    /// Rows that could not be read, as `file:line: why`.
    pub rejected: Vec<String>,
    /// What a person should know.
    pub notes: Vec<String>,
    /// The figures by answer.
    pub answers: Vec<Figures>,
    /// The figures by answer and file, where there are several files.
    pub files: Vec<FileFigures>,
    /// What was asked and found.
    pub tests: Vec<Test>,
    /// How the corpus differs from that of the baseline.
    pub corpus: Option<CorpusChange>,
    /// The verdicts against the baseline, by answer.
    pub comparisons: Vec<Comparison>,
    /// Every wrong verdict.
    pub mistakes: Vec<Mistake>,
}

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The gold files cannot be used.
    #[error(transparent)]
    Gold(#[from] GoldError),
    /// The baseline cannot be used.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    /// A requirement fits no answer.
    #[error("{0}")]
    Requirement(String),
}

/// A baseline file.
#[derive(Clone, Copy, Debug)]
pub struct BaselineFile<'f> {
    /// What messages call it.
    pub name: &'f str,
    /// What it holds.
    pub text: &'f str,
}

/// How a corpus is checked.
pub struct Checking<'c> {
    /// What is asked of the figures.
    pub gate: &'c Gate,
    /// What to compare with.
    pub baseline: Option<BaselineFile<'c>>,
    /// What the bootstrap is seeded with.
    pub seed: u64,
}

impl Checking<'_> {
    /// Checks a corpus; also gives what is said now, to be kept as the next baseline.
    pub fn check(&self, lexicon: &Lexicon, corpus: Labelled) -> Result<(Check, Baseline), CheckError> {
        let Labelled { posts, rejected, mut notes } = corpus.keyed()?;
        let judged = judge(lexicon, &posts);
        let found = measured(&posts, &judged, self.seed)?;
        let answers: Vec<Answer> = found.iter().map(|figures| figures.answer).collect();
        let now = baseline(lexicon, &answers, &posts, &judged);
        let (corpus, comparisons) = match self.baseline {
            Some(file) => {
                let before = Baseline::parse(file.text, file.name, &answers)?;
                let runs = Runs::of(&before, &now, &posts, lexicon);
                if runs.is_strange() {
                    return Err(BaselineError::Strange { file: file.name.to_owned() }.into());
                }
                (Some(runs.corpus()), answers.iter().map(|answer| runs.compare(*answer)).collect())
            }
            None => (None, Vec::new()),
        };
        let tests = self.gate.tests(&found, &comparisons).map_err(CheckError::Requirement)?;
        notes.sort();
        notes.dedup();
        let check = Check {
            schema: SCHEMA,
            tool: "condong",
            version: VERSION,
            lexicon: lexicon.version().to_owned(),
            seed: self.seed,
            verdict: verdict(&tests),
            posts: posts.len(),
            rejected: rejected.iter().map(ToString::to_string).collect(),
            notes,
            mistakes: mistakes(&answers, &posts, &judged),
            answers: found,
            files: figures_by_file(&posts, &judged),
            tests,
            corpus,
            comparisons,
        };
        Ok((check, now))
    }
}

/// The figures of every answer that some post has a gold label for.
fn measured(posts: &[LabelledPost], judged: &[Judged], seed: u64) -> Result<Vec<Figures>, GoldError> {
    let figures = Answer::ALL.into_iter().filter_map(|answer| figures(answer, posts, judged, seed));
    let figures: Vec<Figures> = figures.collect();
    if figures.is_empty() {
        let files = posts.first().map_or("the gold files".to_owned(), |post| post.place.file.to_string());
        return Err(GoldError::Empty(files));
    }
    Ok(figures)
}

fn verdict(tests: &[Test]) -> Verdict {
    let any = |outcome| tests.iter().any(|test| test.outcome == outcome);
    match (any(Outcome::FellShort), any(Outcome::Met), any(Outcome::TooFew)) {
        (true, ..) => Verdict::FellShort,
        (_, true, _) => Verdict::Passed,
        (_, _, true) => Verdict::TooFew,
        _ => Verdict::Measured,
    }
}

fn mistakes(answers: &[Answer], posts: &[LabelledPost], judged: &[Judged]) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (post, judged) in posts.iter().zip(judged) {
        for &answer in answers {
            let said = judged.said[answer as usize];
            let Some(gold) = post.gold(answer).label().filter(|gold| *gold != said) else { continue };
            let (file, line) = (post.place.file.to_string(), post.place.line);
            let labels = answer.labels();
            mistakes.push(Mistake {
                key: post.key.clone(),
                file,
                line,
                answer,
                gold: labels[gold],
                said: labels[said],
            });
        }
    }
    mistakes
}
