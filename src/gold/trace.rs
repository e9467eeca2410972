//! Which rows a verdict rests on, so that a changed verdict can name what changed it.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use crate::lexicon::{Finder, Found, Layer, Lexicon, Place, TermEntry};

/// The row that is always there; naming it with every post would say nothing.
const PRIOR: &str = "<prior>";

/// The names of the rows that a verdict rests on: the layer, then the term.
pub(super) type Rows = BTreeSet<String>;

/// The rows that each answer about a post rests on, in the order of [`Answer::ALL`].
pub(super) fn trace(finder: &mut Finder, post: &str) -> [Rows; Answer::ALL.len()] {
    let lexicon = finder.lexicon();
    let found = finder.find(post);
    Answer::ALL.map(|answer| rows(lexicon, &found, answer))
}

fn rows(lexicon: &Lexicon, found: &Found, answer: Answer) -> Rows {
    let asks_tone = found.hits.iter().any(|hit| answer.layers().contains(&hit.layer) && hit.tone.is_some());
    let decides = |layer: Layer| answer.layers().contains(&layer) || asks_tone && layer == Layer::Sentiment;
    let mut rows = Rows::new();
    for hit in found.hits.iter().filter(|hit| decides(hit.layer)) {
        let entry = lexicon.entry(hit.term);
        if entry.text != PRIOR {
            rows.insert(name(hit.layer, entry));
        }
    }
    let acting = found.acting.iter().filter(|acting| decides(found.hits[acting.hit as usize].layer));
    rows.extend(acting.map(|acting| name(Layer::Modifier, lexicon.entry(acting.term))));
    rows
}

fn name(layer: Layer, entry: &TermEntry) -> String {
    format!("{}: {}", layer.name(), entry.text)
}

/// The weights of every row by its name, and where it stands.
pub(super) fn weights(lexicon: &Lexicon) -> BTreeMap<String, (Vec<f32>, Place)> {
    let mut weights = BTreeMap::new();
    for entry in lexicon.entries() {
        for (layer, of) in &entry.weights {
            let labels = layer.scale().map_or(of.len(), |scale| scale.labels.len());
            weights.insert(name(*layer, entry), (of[..labels].to_vec(), entry.place.clone()));
        }
        if !entry.modifiers.is_empty() {
            let factors = entry.modifiers.iter().map(|modifier| modifier.factor).collect();
            weights.insert(name(Layer::Modifier, entry), (factors, entry.place.clone()));
        }
    }
    weights
}

/// The rows that every post is judged by.
pub(super) fn priors(answer: Answer) -> impl Iterator<Item = String> {
    answer.layers().iter().map(|layer| format!("{}: {PRIOR}", layer.name()))
}
