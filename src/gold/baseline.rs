//! Verdicts that were accepted, as a file that holds no text and changes line by line.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::figures::Judged;
use super::labelled::LabelledPost;
use super::trace::{Rows, priors, trace, weights};
use crate::lexicon::{Finder, Lexicon};

/// The layout of the file; another number is another layout.
pub(super) const SCHEMA: u32 = 1;
/// The tool's version, which decides whether two runs may be compared.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What was said of the posts of a corpus, by which rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The layout of the file.
    pub schema: u32,
    /// The tool's version.
    pub version: String,
    /// The lexicon's version.
    pub lexicon: String,
    /// The answers that were compared.
    pub answers: Vec<Answer>,
    /// The weights of the rows that were found, by their names.
    pub rows: BTreeMap<String, Vec<f32>>,
    /// The posts, by key.
    pub posts: BTreeMap<String, Kept>,
}

/// What is kept of a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// A fingerprint of its text, which tells an edited post.
    pub text: String,
    /// Gold label and verdict, by answer.
    #[serde(flatten)]
    pub said: BTreeMap<Answer, (String, String)>,
    /// The names of the rows that its verdicts rest on.
    pub rows: Rows,
}

/// Why a baseline cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaselineError {
    /// It is not one.
    #[error("{file}: not a baseline of `condong check`: {message}")]
    Malformed {
        /// The file.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// Another version of the tool wrote it.
    #[error("{file}: written by condong {found}, this is condong {VERSION}; write it again by --write-baseline {file}")]
    Version {
        /// The file.
        file: String,
        /// The version that wrote it.
        found: String,
    },
    /// It was written for other answers.
    #[error(
        "{file}: holds no verdicts for {answer}, which the gold files label; write it again by --write-baseline {file}"
    )]
    Answer {
        /// The file.
        file: String,
        /// The answer.
        answer: &'static str,
    },
    /// It shares no post with the corpus.
    #[error("{file}: shares no post with the gold files; was it written for others, or with another --id?")]
    Strange {
        /// The file.
        file: String,
    },
}

/// What is said of a corpus now, to be kept or compared.
pub(super) fn baseline(lexicon: &Lexicon, answers: &[Answer], posts: &[LabelledPost], judged: &[Judged]) -> Baseline {
    let weights = weights(lexicon);
    let mut finder = Finder::of(lexicon);
    let mut kept = BTreeMap::new();
    let mut rows: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    let mut note = |name: &String| {
        if let Some((weights, _)) = weights.get(name) {
            rows.entry(name.clone()).or_insert_with(|| weights.clone());
        }
    };
    answers.iter().flat_map(|answer| priors(*answer)).for_each(|prior| note(&prior));
    for (post, judged) in posts.iter().zip(judged) {
        let said: BTreeMap<_, _> = answers.iter().filter_map(|answer| said(*answer, post, judged)).collect();
        if said.is_empty() {
            continue;
        }
        let found = trace(&mut finder, &post.text, answers);
        found.iter().for_each(&mut note);
        kept.insert(post.key.clone(), Kept { text: post.print.clone(), said, rows: found });
    }
    Baseline {
        schema: SCHEMA,
        version: VERSION.to_owned(),
        lexicon: lexicon.version().to_owned(),
        answers: answers.to_vec(),
        rows,
        posts: kept,
    }
}

fn said(answer: Answer, post: &LabelledPost, judged: &Judged) -> Option<(Answer, (String, String))> {
    let labels = answer.labels();
    let gold = labels[post.gold(answer).label()?];
    Some((answer, (gold.to_owned(), labels[judged.said[answer as usize]].to_owned())))
}

impl Baseline {
    /// Reads a baseline for these answers. Refuses one of another tool version or without an answer.
    pub fn parse(text: &str, file: &str, answers: &[Answer]) -> Result<Self, BaselineError> {
        let malformed = |message: String| BaselineError::Malformed { file: file.to_owned(), message };
        let head: Head = serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
        if head.version != VERSION || head.schema != SCHEMA {
            return Err(BaselineError::Version { file: file.to_owned(), found: head.version });
        }
        let baseline: Self = serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
        if baseline.posts.values().any(|kept| !kept.is_sound()) {
            return Err(malformed("a label that no answer has".to_owned()));
        }
        match answers.iter().find(|answer| !baseline.answers.contains(answer)) {
            Some(answer) => Err(BaselineError::Answer { file: file.to_owned(), answer: answer.name() }),
            None => Ok(baseline),
        }
    }

    /// The file: a line a row and a line a post, in the order of their names.
    pub fn text(&self) -> String {
        let head = format!(
            "{{\n\"schema\": {},\n\"version\": {},\n\"lexicon\": {},\n\"answers\": {},\n",
            self.schema,
            json(&self.version),
            json(&self.lexicon),
            json(&self.answers)
        );
        let mut text = head;
        let _ = write!(text, "\"rows\": {{{}\n}},\n\"posts\": {{{}\n}}\n}}\n", lines(&self.rows), lines(&self.posts));
        text
    }
}

/// What every layout begins with.
#[derive(Deserialize)]
struct Head {
    schema: u32,
    version: String,
}

impl Kept {
    fn is_sound(&self) -> bool {
        self.said.iter().all(|(answer, (gold, said))| answer.label(gold).is_some() && answer.label(said).is_some())
    }
}

fn lines<V: Serialize>(map: &BTreeMap<String, V>) -> String {
    let lines: Vec<String> = map.iter().map(|(name, value)| format!("\n{}: {}", json(name), json(value))).collect();
    lines.join(",")
}

/// Strings, numbers and lists of them always have a JSON form.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
