//! The same opinion with every summand: what `explain` shows.

use serde::Serialize;

use super::reader::{Reader, opinion};
use super::score::{Scores, softmax};
use super::verdict::{Opinion, Stance};
use crate::lexicon::{Found, Hit, Layer, Lexicon};
use crate::text::{Form, Tokens};

/// How one token was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordTrace {
    /// The token as the post has it.
    pub token: String,
    /// Where it stands in the post, in bytes: from, and to (exclusive).
    pub span: (usize, usize),
    /// Its kind.
    pub kind: String,
    /// The standard forms, each with the steps that led to it.
    pub forms: Vec<String>,
}

/// One thing that was added to the scores of a scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summand {
    /// The scale.
    pub scale: &'static str,
    /// The term as its row writes it.
    pub term: String,
    /// Where the row stands.
    pub row: String,
    /// The piece of the post that matched; empty for a property of the whole post.
    pub text: String,
    /// Whether it is one of the words of the post rather than a match of its own.
    pub word: bool,
    /// What modifiers, repeats and shares of readings multiply to.
    pub factor: f64,
    /// The modifiers that acted, as `term ×factor`.
    pub modifiers: Vec<String>,
    /// What is added to each label.
    pub added: Vec<(&'static str, f64)>,
}

/// How one sentence leans when read alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SentenceVerdict {
    /// The sentence.
    pub text: String,
    /// Its stance.
    pub stance: Stance,
    /// P(pro) − P(kontra).
    pub lean: f64,
}

/// The labels of a scale, each with its score and its probability.
pub type LabelSums = Vec<(&'static str, f64, f64)>;

/// An opinion with all that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation<'l> {
    /// The tokens and what was made of them.
    pub words: Vec<WordTrace>,
    /// Everything that was added, by scale.
    pub summands: Vec<Summand>,
    /// The sums by scale.
    pub sums: Vec<(&'static str, LabelSums)>,
    /// Each sentence, where there are several.
    pub sentences: Vec<SentenceVerdict>,
    /// The opinion.
    pub opinion: Opinion<'l>,
}

impl<'l> Reader<'l> {
    /// What `post` says, with all that led to it.
    pub fn explain(&mut self, post: &str) -> Explanation<'l> {
        let lexicon = self.finder.lexicon();
        let found = self.finder.find(post);
        let scores = Scores::of(&found);
        let words = words(lexicon, &found);
        let pieces = sentences(&found);
        let explanation = Explanation {
            words,
            summands: summands(lexicon, &found, &scores),
            sums: sums(&scores),
            sentences: Vec::new(),
            opinion: opinion(lexicon, &found, &scores),
        };
        let sentences = if pieces.len() > 1 { pieces } else { Vec::new() };
        let sentences = sentences.into_iter().map(|text| {
            let alone = self.opinion(&text);
            SentenceVerdict { text, stance: alone.stance, lean: alone.lean }
        });
        Explanation { sentences: sentences.collect(), ..explanation }
    }
}

fn words(lexicon: &Lexicon, found: &Found) -> Vec<WordTrace> {
    let text: &str = &found.text.text;
    let known = |word: &str| lexicon.knows(word);
    let tokens = Tokens::of(text).map(|token| {
        let words = lexicon.normaliser().words(&text[token.start..token.end], token.kind, &known);
        WordTrace {
            token: text[token.start..token.end].to_owned(),
            span: (found.text.given(token.start), found.text.given(token.end)),
            kind: format!("{:?}", token.kind).to_lowercase(),
            forms: words.iter().flat_map(|word| &word.forms).map(|form| shown(form, &known)).collect(),
        }
    });
    tokens.collect()
}

fn shown(form: &Form, known: &dyn Fn(&str) -> bool) -> String {
    let steps: Vec<&str> = form.steps.iter().map(|step| step.name()).collect();
    let steps = if steps.is_empty() { String::new() } else { format!(" ({})", steps.join(", ")) };
    let unknown = if known(&form.text) { "" } else { "?" };
    format!("{}{unknown}{steps}", form.text)
}

fn summands(lexicon: &Lexicon, found: &Found, scores: &Scores) -> Vec<Summand> {
    let polarity = scores.polarity();
    let mut summands = Vec::new();
    for scale in Layer::SCALES {
        for (index, hit) in (0..).zip(found.hits).filter(|(_, hit)| hit.layer == scale.layer) {
            let share = scores.attribution(hit);
            let added = scores.added(hit);
            let entry = lexicon.entry(hit.term);
            let mut modifiers: Vec<String> = found
                .acting
                .iter()
                .filter(|acting| acting.hit == index)
                .map(|acting| format!("{} ×{}", lexicon.entry(acting.term).text, acting.factor))
                .collect();
            if share < 1.0 {
                modifiers.push(format!("attributed to sellers ×{share}"));
            }
            if let Some(tone) = hit.tone {
                modifiers.push(format!("tone {} {:.2}", tone.name(), polarity.abs()));
            }
            summands.push(Summand {
                scale: scale.layer.name(),
                term: entry.text.clone(),
                row: entry.place_on(hit.layer).to_string(),
                text: matched(found, hit).to_owned(),
                word: hit.word,
                factor: scores.force(hit),
                modifiers,
                added: scale.labels.iter().copied().zip(added).filter(|(_, weight)| *weight != 0.0).collect(),
            });
        }
    }
    summands
}

/// The piece of the repaired post that a hit covers.
fn matched<'f>(found: &'f Found, hit: &Hit) -> &'f str {
    match found.units.get(hit.start as usize..hit.end as usize) {
        Some([first, .., last]) => &found.text.text[first.start as usize..last.end as usize],
        Some([only]) => &found.text.text[only.start as usize..only.end as usize],
        _ => "",
    }
}

fn sums(scores: &Scores) -> Vec<(&'static str, LabelSums)> {
    let scale_sums = Layer::SCALES.iter().map(|scale| {
        let sums = scores.on(scale.layer);
        let probabilities = match scale.labels {
            [_] => [1.0 / (1.0 + (-sums[0]).exp()), 0.0, 0.0],
            _ => softmax(sums),
        };
        let labels = scale.labels.iter().zip(sums.into_iter().zip(probabilities));
        (scale.layer.name(), labels.map(|(label, (sum, probability))| (*label, sum, probability)).collect())
    });
    scale_sums.collect()
}

/// The sentences of the repaired post.
fn sentences(found: &Found) -> Vec<String> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for unit in found.units {
        match spans.get_mut(unit.sentence as usize) {
            Some(span) => span.1 = unit.end as usize,
            None => spans.push((unit.start as usize, unit.end as usize)),
        }
    }
    spans.into_iter().map(|(from, to)| found.text.text[from..to].to_owned()).collect()
}
