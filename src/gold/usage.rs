//! What posts make of the rows of a lexicon: which are never found, change nothing, or speak for the wrong label.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::answer::Answer;
use super::labelled::LabelledPost;
use crate::lexicon::{Finder, Found, Hit, Layer, Lexicon, TermId};
use crate::opinion::{Scores, opinion};
use crate::text::{Kind, Tokens};

/// A row has to be found in so many labelled posts before its label is doubted.
const FEWEST_POSTS: u64 = 5;
/// How many unknown words are listed.
const MOST_UNKNOWN: usize = 30;

/// A row and what posts made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowUsage {
    /// The term.
    pub term: String,
    /// Where its row stands.
    pub place: String,
    /// How many posts hold it.
    pub posts: u64,
}

/// A row that speaks for labels that its posts do not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misfire {
    /// The term.
    pub term: String,
    /// Where its row stands.
    pub place: String,
    /// The answer that it speaks on.
    pub scale: &'static str,
    /// In how many labelled posts it speaks.
    pub posts: u64,
    /// In how many of them for another label than gold.
    pub wrong: u64,
}

/// What posts made of a lexicon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// How many posts were read.
    pub posts: u64,
    /// How many hold no stance or sentiment term.
    pub uncovered: u64,
    /// Rows that no post holds.
    pub never: Vec<RowUsage>,
    /// Rows that posts hold and whose weight decides no verdict.
    pub idle: Vec<RowUsage>,
    /// Rows that mostly speak for another label than gold.
    pub misfiring: Vec<Misfire>,
    /// The most frequent words that the lexicon does not know, with their posts.
    pub unknown: Vec<(String, u64)>,
}

/// Counts while posts are read.
#[derive(Default)]
struct Counts {
    posts: BTreeMap<TermId, u64>,
    deciding: BTreeSet<TermId>,
    fired: BTreeMap<(TermId, Answer), (u64, u64)>,
    unknown: BTreeMap<String, u64>,
    uncovered: u64,
}

/// What these posts make of the lexicon.
pub fn usage(lexicon: &Lexicon, posts: &[LabelledPost]) -> Usage {
    let mut counts = Counts::default();
    let mut finder = Finder::of(lexicon);
    for post in posts {
        let found = finder.find(&post.text);
        counts.note_unknown(lexicon, &found);
        counts.note_fired(lexicon, &found, post);
        counts.note_deciding(lexicon, &found);
    }
    counts.usage(lexicon, posts.len() as u64)
}

impl Counts {
    fn note_unknown(&mut self, lexicon: &Lexicon, found: &Found) {
        let text: &str = &found.text.text;
        let mut seen = BTreeSet::new();
        for token in Tokens::of(text).filter(|token| matches!(token.kind, Kind::Word | Kind::Hashtag | Kind::Emoji)) {
            let spelled = &text[token.start..token.end];
            for word in lexicon.normaliser().words(spelled, token.kind, &|word| lexicon.knows(word)) {
                let known = word.forms.iter().any(|form| lexicon.knows(&form.text));
                seen.extend(word.forms.into_iter().next().filter(|_| !known).map(|form| form.text));
            }
        }
        for word in seen {
            *self.unknown.entry(word).or_default() += 1;
        }
    }

    /// Which label each row speaks for, against gold.
    fn note_fired(&mut self, lexicon: &Lexicon, found: &Found, post: &LabelledPost) {
        let mut spoken = BTreeSet::new();
        for hit in found.hits.iter().filter(|hit| hit.end > hit.start && hit.factor != 0.0) {
            let Some((answer, label)) = speaks_for(lexicon, hit) else { continue };
            let Some(gold) = post.gold(answer).label() else { continue };
            if spoken.insert((hit.term, answer)) {
                let (posts, wrong) = self.fired.entry((hit.term, answer)).or_default();
                *posts += 1;
                *wrong += u64::from(label != gold);
            }
        }
    }

    /// Which rows a verdict would change without: their weight taken away, everything else as it is.
    fn note_deciding(&mut self, lexicon: &Lexicon, found: &Found) {
        let said = |found: &Found| {
            let opinion = opinion(lexicon, found, &Scores::of(lexicon, found));
            (Answer::ALL.map(|answer| answer.said(&opinion)), opinion.covered)
        };
        let (whole, covered) = said(found);
        self.uncovered += u64::from(!covered);
        let terms: BTreeSet<TermId> = found.hits.iter().map(|hit| hit.term).collect();
        for term in terms {
            *self.posts.entry(term).or_default() += 1;
            if self.deciding.contains(&term) {
                continue;
            }
            let others: Vec<Hit> = found.hits.iter().filter(|hit| hit.term != term).copied().collect();
            if said(&found.with_hits(&others)).0 != whole {
                self.deciding.insert(term);
            }
        }
    }

    fn usage(self, lexicon: &Lexicon, posts: u64) -> Usage {
        let mut usage = Usage { posts, uncovered: self.uncovered, ..Usage::default() };
        for (id, entry) in (0..).zip(lexicon.entries()) {
            // What modifies others is not found by itself.
            if entry.weights.is_empty() {
                continue;
            }
            let posts = self.posts.get(&id).copied().unwrap_or_default();
            let row =
                RowUsage { term: entry.text.clone(), place: entry.place_on(entry.weights[0].0).to_string(), posts };
            match posts {
                0 => usage.never.push(row),
                _ if !self.deciding.contains(&id) => usage.idle.push(row),
                _ => {}
            }
        }
        for ((id, answer), (posts, wrong)) in self.fired {
            if posts >= FEWEST_POSTS && wrong * 2 > posts {
                let entry = lexicon.entry(id);
                let place = entry.place_on(answer.layers()[0]).to_string();
                let term = entry.text.clone();
                usage.misfiring.push(Misfire { term, place, scale: answer.name(), posts, wrong });
            }
        }
        usage.unknown = self.unknown.into_iter().collect();
        usage.unknown.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        usage.unknown.truncate(MOST_UNKNOWN);
        usage
    }
}

/// The answer and label that a hit moves most toward, where its scale answers one question by itself.
fn speaks_for(lexicon: &Lexicon, hit: &Hit) -> Option<(Answer, usize)> {
    let answer = Answer::ALL.into_iter().find(|answer| answer.layers().first() == Some(&hit.layer))?;
    if matches!(answer, Answer::Seller | Answer::Advert) || hit.tone.is_some() {
        return None;
    }
    let weights = lexicon.entry(hit.term).weights_on(hit.layer);
    let label = (0..weights.len()).max_by(|a, b| weights[*a].total_cmp(&weights[*b]))?;
    // A negator moves evidence for one pole to the other.
    let label = if hit.factor < 0.0 && label < 2 { 1 - label } else { label };
    (weights.iter().any(|weight| *weight > 0.0) && hit.layer != Layer::Modifier).then_some((answer, label))
}
