//! What posts make of the rows of a lexicon: which are never found, change nothing, or speak for the wrong label.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::answer::Answer;
use super::labelled::LabelledPost;
use crate::lexicon::{Finder, Found, Hit, Layer, Lexicon, Place, TermId, file_of};
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
    /// What its row is for: a scale, `target`, `aspect` or `modifier`.
    pub layer: &'static str,
    /// How many posts hold it; of a modifier, in how many it acts on something.
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
    /// In how many posts each row is found.
    posts: BTreeMap<Place, u64>,
    deciding: BTreeSet<Place>,
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
            let opinion = opinion(lexicon, found, &Scores::of(found));
            (Answer::ALL.map(|answer| answer.said(&opinion)), opinion.covered)
        };
        let (whole, covered) = said(found);
        self.uncovered += u64::from(!covered);
        let acting = found.acting.iter().map(|acting| (acting.term, Layer::Modifier));
        let rows: BTreeSet<(TermId, Layer)> =
            found.hits.iter().map(|hit| (hit.term, hit.layer)).chain(acting).collect();
        // A row that names either holder makes a term for each, and is one row.
        let mut places = BTreeSet::new();
        for row in rows {
            let place = lexicon.entry(row.0).place_on(row.1);
            places.insert(place);
            if !self.deciding.contains(place) && said(&found.with_hits(&without(found, row))).0 != whole {
                self.deciding.insert(place.clone());
            }
        }
        for place in places {
            *self.posts.entry(place.clone()).or_default() += 1;
        }
    }

    fn usage(self, lexicon: &Lexicon, posts: u64) -> Usage {
        let mut usage = Usage { posts, uncovered: self.uncovered, ..Usage::default() };
        let mut seen = BTreeSet::new();
        for entry in lexicon.entries() {
            for (layer, place) in entry.places.iter().filter(|(_, place)| seen.insert(place)) {
                let posts = self.posts.get(place).copied().unwrap_or_default();
                let row = RowUsage { term: entry.text.clone(), place: place.to_string(), layer: layer.name(), posts };
                // No verdict is about what is named.
                let decides = !matches!(layer, Layer::Target | Layer::Aspect);
                if posts == 0 {
                    usage.never.push(row);
                } else if decides && !self.deciding.contains(place) {
                    usage.idle.push(row);
                }
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

/// The hits as they would be without the weight of a row, everything else as it is.
fn without(found: &Found, (term, layer): (TermId, Layer)) -> Vec<Hit> {
    if layer != Layer::Modifier {
        return found.hits.iter().filter(|hit| hit.term != term || hit.layer != layer).copied().collect();
    }
    let (least, most) = file_of("modifier.csv")
        .and_then(|file| file.number)
        .map_or((f32::MIN, f32::MAX), |(_, least, most)| (least, most));
    let mut hits = found.hits.to_vec();
    for (hit, changed) in (0..).zip(&mut hits) {
        let acting = || found.acting.iter().filter(move |acting| acting.hit == hit);
        if acting().any(|acting| acting.term == term) {
            let product = |factors: &mut dyn Iterator<Item = f32>| factors.product::<f32>().clamp(least, most);
            let with = product(&mut acting().map(|acting| acting.factor));
            let rest = product(&mut acting().filter(|acting| acting.term != term).map(|acting| acting.factor));
            // What a factor of zero took away cannot be told from its product; the row did take it.
            changed.factor = if with == 0.0 { rest } else { changed.factor / with * rest };
        }
    }
    hits
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
