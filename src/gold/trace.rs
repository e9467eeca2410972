//! Which rows a verdict rests on, so that a changed verdict can name what changed it.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use crate::lexicon::{Cue, Finder, Layer, Lexicon, Place, TermEntry};

/// The row that is always there; naming it with every post would say nothing.
const PRIOR: &str = "<prior>";

/// The names of the rows that a verdict rests on: the layer, then the term.
pub(super) type Rows = BTreeSet<String>;

/// The rows that these answers about a post rest on.
pub(super) fn trace(finder: &mut Finder, post: &str, answers: &[Answer]) -> Rows {
    let lexicon = finder.lexicon();
    let found = finder.find(post);
    let asked = |layer: Layer| answers.iter().any(|answer| answer.layers().contains(&layer));
    let asks_tone = found.hits.iter().any(|hit| asked(hit.layer) && hit.tone.is_some());
    let decides = |layer: Layer| asked(layer) || asks_tone && layer == Layer::Sentiment;
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

/// Those of a post's rows that one answer rests on.
pub(super) fn deciding(rows: &Rows, answer: Answer) -> Rows {
    let of = |row: &str, layer: Layer| row.strip_prefix(layer.name()).is_some_and(|rest| rest.starts_with(": "));
    let own = |row: &str| answer.layers().iter().any(|layer| of(row, *layer));
    let asks_tone =
        rows.iter().any(|row| own(row) && Cue::ALL.iter().any(|cue| cue.is_tone() && row.contains(cue.name())));
    let decides = |row: &&String| own(row) || of(row, Layer::Modifier) || asks_tone && of(row, Layer::Sentiment);
    rows.iter().filter(decides).cloned().chain(priors(answer)).collect()
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
            weights.insert(name(*layer, entry), (of[..labels].to_vec(), entry.place_on(*layer).clone()));
        }
        if !entry.modifiers.is_empty() {
            let factors = entry.modifiers.iter().map(|modifier| modifier.factor).collect();
            weights.insert(name(Layer::Modifier, entry), (factors, entry.place_on(Layer::Modifier).clone()));
        }
    }
    weights
}

/// The rows that every post is judged by.
pub(super) fn priors(answer: Answer) -> impl Iterator<Item = String> {
    answer.layers().iter().map(|layer| format!("{}: {PRIOR}", layer.name()))
}
