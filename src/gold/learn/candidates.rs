//! Words, runs of words and properties of posts that become terms because enough posts have them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Labelled, Options};
use crate::lexicon::{Cue, Folder, Layer, Lexicon, Scale};
use crate::text::{Boundary, Kind, Tokens, Word, boundary, repair};

/// A folder with a row of zero weights for each new term of the posts.
pub(super) fn mine(base: &Lexicon, labelled: &[Labelled], layer: Layer, options: &Options) -> Folder {
    let mut folder = Folder::named("candidates");
    let Some(scale) = layer.scale() else { return folder };
    let Some(file) = scale.words else { return folder };
    let mut posts: BTreeMap<String, usize> = BTreeMap::new();
    for post in labelled {
        for gram in grams(base, post.text, options.longest) {
            *posts.entry(gram).or_default() += 1;
        }
    }
    let frequent = posts.into_iter().filter(|(_, count)| *count >= options.min_posts).map(|(gram, _)| gram);
    let topical: BTreeSet<&str> = naming(base).collect();
    let named: BTreeSet<&str> = having_words(base, layer).collect();
    let new = frequent.filter(|term| !named.contains(term.as_str()) && !topical.contains(term.as_str()));
    let header = [&["term"], scale.labels].concat();
    folder.add(file, &zero_rows(&header, new));
    let cues = new_cues(base, scale);
    folder.add(scale.files[0], &zero_rows(&["term", "weight", "note"], cues));
    folder
}

fn having_words(base: &Lexicon, layer: Layer) -> impl Iterator<Item = &str> {
    let has = move |words: &[(Layer, _)]| words.iter().any(|(of, _)| *of == layer);
    base.entries().filter(move |entry| has(&entry.words)).map(|entry| entry.text.as_str())
}

/// Terms that name something: that a post is about some shop tells how the labelled posts lean, not how this one does.
fn naming(base: &Lexicon) -> impl Iterator<Item = &str> {
    base.entries().filter(|entry| entry.target.is_some()).map(|entry| entry.text.as_str())
}

/// The properties of posts for which the scale has no row yet. Its own tone would only repeat what the scale says.
fn new_cues(base: &Lexicon, scale: &Scale) -> impl Iterator<Item = String> {
    let layer = scale.layer;
    let has = move |cue: &Cue| {
        let mut rows = base.entries().filter(|entry| entry.text == cue.name());
        rows.any(|entry| entry.weights.iter().any(|(of, _)| *of == layer))
    };
    let fits = move |cue: &Cue| !cue.is_tone() || layer == Layer::Stance;
    Cue::ALL.into_iter().filter(fits).filter(move |cue| !has(cue)).map(|cue| cue.name().to_owned())
}

fn zero_rows(header: &[&str], terms: impl Iterator<Item = String>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(header);
    for term in terms {
        let zeros = header[1..].iter().map(|column| if *column == "note" { "" } else { "0" });
        let _ = writer.write_record(std::iter::once(term.as_str()).chain(zeros));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// The distinct words of a post, as written and as stems, and the n-grams of its stems, each within a clause.
fn grams(base: &Lexicon, post: &str, longest: usize) -> BTreeSet<String> {
    let mut grams = BTreeSet::new();
    for clause in clauses(base, post) {
        grams.extend(clause.iter().flat_map(|word| &word.forms).map(|form| form.text.clone()));
        let stems: Vec<&str> = clause.iter().filter_map(|word| Some(word.forms.last()?.text.as_str())).collect();
        for length in 2..=longest {
            grams.extend(stems.windows(length).map(|words| words.join(" ")));
        }
    }
    // A term may not look like a construction, and a doubled word is one word.
    grams.retain(|gram| !gram.contains(['{', '}', '*', '&', '"']) && !doubles(gram));
    grams
}

fn doubles(gram: &str) -> bool {
    let words: Vec<&str> = gram.split(' ').collect();
    words.windows(2).any(|pair| pair[0] == pair[1])
}

fn clauses(base: &Lexicon, post: &str) -> Vec<Vec<Word>> {
    let repaired = repair(post);
    let text: &str = &repaired.text;
    let mut clauses = vec![Vec::new()];
    for token in Tokens::of(text) {
        if token.new_line || boundary(token, text) != Boundary::None {
            clauses.push(Vec::new());
        }
        if token.kind == Kind::Mention {
            continue;
        }
        let words = base.normaliser().words(&text[token.start..token.end], token.kind, &|word| base.knows(word));
        if let Some(clause) = clauses.last_mut() {
            clause.extend(words.into_iter().filter(|word| !word.forms.is_empty()));
        }
    }
    clauses
}
