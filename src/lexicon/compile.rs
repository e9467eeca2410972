//! A lexicon ready for use: the entries, the symbols of its words and classes, and its patterns.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::cue::Cue;
use super::entries::Entries;
use super::layer::Layer;
use super::modifier::Modifier;
use super::pattern::{Composed, Pattern, by_component};
use super::problem::{LexiconError, Problem};
use super::row::{Folder, Place};
use super::slot::{Slots, slots};
use super::term::{Element, MOST_PARTS, Part};
use super::trie::{Ask, Growing, NONE, Trie};
use super::unit::Symbol;
use crate::text::{Normaliser, in_order};

mod classes;
mod read;

pub(super) use read::spelled;

/// The class whose words begin a clause.
const CLAUSE_BREAK: &str = "clause_break";

/// The weights of a term on the labels of a scale, in their order.
pub type Weights = [f32; 3];

/// Which entry of a lexicon.
pub type TermId = u32;

/// One term with all that the lexicon says of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermEntry {
    /// The term as its row writes it.
    pub text: String,
    /// Where its row stands: the last one, if later folders override it.
    pub place: Place,
    /// Where the last row of each layer stands, since a term may have rows in several files.
    pub places: Vec<(Layer, Place)>,
    /// Its weights on each scale.
    pub weights: Vec<(Layer, Weights)>,
    /// Its weights as one of the words of a post, which add up whatever else matches there.
    pub words: Vec<(Layer, Weights)>,
    /// What it names, and of which kind that is.
    pub target: Option<(String, String)>,
    /// The aspect it speaks of.
    pub aspect: Option<String>,
    /// What it does to matches nearby.
    pub modifiers: Vec<Modifier>,
}

impl TermEntry {
    /// Its weights on that scale; zero where it has none.
    pub fn weights_on(&self, layer: Layer) -> Weights {
        on(&self.weights, layer)
    }

    /// Its weights on that scale as one of the words of a post.
    pub fn words_on(&self, layer: Layer) -> Weights {
        on(&self.words, layer)
    }

    /// Where its row on that layer stands.
    pub fn place_on(&self, layer: Layer) -> &Place {
        self.places.iter().find(|(of, _)| *of == layer).map_or(&self.place, |(_, place)| place)
    }

    fn weights_mut(&mut self, layer: Layer) -> &mut Weights {
        let at = self.weights.iter().position(|(of, _)| *of == layer).unwrap_or_else(|| {
            self.weights.push((layer, [0.0; 3]));
            self.weights.len() - 1
        });
        &mut self.weights[at].1
    }

    /// The layers it stands in, as a set.
    fn layers(&self) -> u16 {
        let scales = self.weights.iter().fold(0, |set, (layer, _)| set | layer.bit());
        let also = [
            (self.target.is_some(), Layer::Target),
            (self.aspect.is_some(), Layer::Aspect),
            (!self.modifiers.is_empty(), Layer::Modifier),
        ];
        also.iter().filter(|(there, _)| *there).fold(scales, |set, (_, layer)| set | layer.bit())
    }

    /// The largest of its weights, in hundredths.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a weight is at most 3")]
    fn force(&self) -> u16 {
        let weights = self.weights.iter().flat_map(|(_, weights)| weights);
        (weights.fold(0.0_f32, |most, weight| most.max(weight.abs())) * 100.0).round() as u16
    }
}

fn on(weights: &[(Layer, Weights)], layer: Layer) -> Weights {
    weights.iter().find(|(of, _)| *of == layer).map_or([0.0; 3], |(_, weights)| *weights)
}

/// A lexicon, parsed and checked. It never changes.
#[derive(Serialize, Deserialize)]
pub struct Lexicon {
    pub(super) normaliser: Normaliser,
    pub(super) entries: Entries,
    #[serde(serialize_with = "in_order")]
    pub(super) symbols: FxHashMap<String, Symbol>,
    /// The class symbols of each word symbol.
    pub(super) classes_of: Vec<Vec<Symbol>>,
    pub(super) clause_break: Option<Symbol>,
    /// What each term says.
    pub(super) slots: Slots,
    /// Class phrases made of words, and those that name classes themselves; a pattern is an index into `phrase_classes`.
    pub(super) phrases: Trie,
    pub(super) composed_phrases: Trie,
    pub(super) phrase_classes: Vec<Vec<Symbol>>,
    pub(super) terms: Trie,
    pub(super) patterns: Vec<Pattern>,
    pub(super) components: usize,
    /// Those that have the same rarest component stand side by side.
    pub(super) composed: Vec<Composed>,
    /// Where the composed terms begin of which each component is the rarest, and once more behind the last.
    pub(super) composed_from: Vec<u32>,
    pub(super) cue_terms: Vec<(Cue, TermId)>,
    /// Names of the fixed things: lexicon version.
    version: String,
}

impl Lexicon {
    /// Parses folders, each adding to and overriding those before it. Refuses with every problem at once.
    pub fn of(folders: &[Folder]) -> Result<Self, LexiconError> {
        let mut problems = Vec::new();
        let rows = read::rows(folders, &mut problems);
        let lexicon = Builder::default().build(rows, &mut problems);
        if problems.is_empty() {
            Ok(Self { version: version(folders), ..lexicon })
        } else {
            problems.sort();
            problems.dedup();
            Err(LexiconError { problems })
        }
    }

    /// Every term with what the lexicon says of it.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &TermEntry> {
        self.entries.iter()
    }

    /// One entry.
    pub fn entry(&self, term: TermId) -> &TermEntry {
        self.entries.get(term)
    }

    /// The weights of a term on that scale; zero where it has none.
    pub fn weights(&self, term: TermId, layer: Layer) -> Weights {
        let slot = self.slots.weights(term).iter().find(|slot| slot.layer == layer);
        slot.map_or([0.0; 3], |slot| slot.weights)
    }

    /// What brings tokens to this lexicon's words.
    pub fn normaliser(&self) -> &Normaliser {
        &self.normaliser
    }

    /// Whether a term of the lexicon uses this word.
    pub fn knows(&self, word: &str) -> bool {
        self.symbols.contains_key(word)
    }

    /// A fingerprint of the files, in sixteen hexadecimal digits: equal for equal content.
    pub fn version(&self) -> &str {
        &self.version
    }
}

fn version(folders: &[Folder]) -> String {
    let files = folders.iter().flat_map(Folder::files);
    let bytes = files.flat_map(|(path, text)| path.bytes().chain([0]).chain(text.bytes()).chain([0]));
    fingerprint(bytes.filter(|byte| *byte != b'\r'))
}

/// Sixteen hexadecimal digits that are equal for equal bytes.
///
/// FNV-1a (Fowler, Noll, Vo): stable over platforms and versions, which std's hasher is not.
pub fn fingerprint(bytes: impl Iterator<Item = u8>) -> String {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let hash = bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    format!("{hash:016x}")
}

/// Puts a lexicon together.
#[derive(Default)]
struct Builder {
    symbols: FxHashMap<String, Symbol>,
    classes: classes::Classes,
    pattern_ids: FxHashMap<Vec<Element>, u32>,
    patterns: Vec<Pattern>,
    components: u32,
    composed: Vec<Composed>,
    cue_terms: Vec<(Cue, TermId)>,
}

impl Builder {
    fn build(mut self, rows: read::Rows, problems: &mut Vec<Problem>) -> Lexicon {
        let read::Rows { normaliser, entries, classes } = rows;
        for (id, (parts, entry)) in (0..).zip(&entries) {
            self.add_term(id, parts, entry);
        }
        self.classes = classes::Classes::of(classes, problems);
        self.classes.words().for_each(|word| add_symbol(&mut self.symbols, word));
        self.classes.number(u32::try_from(self.symbols.len()).unwrap_or(u32::MAX));
        let mut terms = Growing::default();
        let mut patterns: Vec<(&Vec<Element>, u32)> = self.pattern_ids.iter().map(|(asked, id)| (asked, *id)).collect();
        patterns.sort_unstable_by_key(|(_, id)| *id);
        for (elements, id) in patterns {
            match self.asks(elements) {
                Ok(asks) => drop(terms.insert(&asks, id)),
                Err(class) => problems.extend(self.missing(&class, id, &entries)),
            }
        }
        let phrases = self.classes.phrases(&self.symbols, problems);
        let entries: Vec<TermEntry> = entries.into_iter().map(|(_, entry)| entry).collect();
        Lexicon {
            normaliser,
            slots: slots(&entries),
            entries: entries.into(),
            classes_of: self.classes.of_words(&self.symbols),
            clause_break: self.classes.symbol(CLAUSE_BREAK),
            symbols: self.symbols,
            phrases: phrases.plain.grown(),
            composed_phrases: phrases.composed.grown(),
            phrase_classes: phrases.classes,
            terms: terms.grown(),
            patterns: self.patterns,
            components: self.components as usize,
            composed_from: by_component(&mut self.composed, self.components as usize),
            composed: self.composed,
            cue_terms: self.cue_terms,
            version: String::new(),
        }
    }

    fn add_term(&mut self, id: TermId, parts: &[Part], entry: &TermEntry) {
        match parts {
            [Part::Cue(cue)] => self.cue_terms.push((*cue, id)),
            [Part::Pattern(elements)] => {
                let pattern = self.pattern(elements);
                pattern.term = Some(id);
                pattern.layers = entry.layers();
                pattern.force = entry.force();
                pattern.words = entry.words.iter().fold(0, |set, (layer, _)| set | layer.bit());
            }
            _ => self.add_composed(id, parts),
        }
    }

    fn add_composed(&mut self, id: TermId, parts: &[Part]) {
        let mut composed = Composed { term: id, components: [NONE; MOST_PARTS], cues: 0, tone: None };
        let mut free = 0;
        for part in parts {
            match part {
                Part::Cue(cue) if cue.is_tone() && composed.tone.is_none() => composed.tone = Some(*cue),
                Part::Cue(cue) => composed.cues |= cue.bit(),
                Part::Pattern(elements) => {
                    let next = self.components;
                    let component = *self.pattern(elements).component.get_or_insert(next);
                    self.components = self.components.max(component + 1);
                    composed.components[free] = component;
                    free += 1;
                }
            }
        }
        self.composed.push(composed);
    }

    fn pattern(&mut self, elements: &[Element]) -> &mut Pattern {
        let next = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        let id = *self.pattern_ids.entry(elements.to_vec()).or_insert(next);
        if id == next {
            let gaps = elements.iter().filter(|element| **element == Element::Gap).count();
            self.patterns.push(Pattern { gaps: u8::try_from(gaps).unwrap_or(u8::MAX), ..Pattern::default() });
            for element in elements {
                if let Element::Word(word) = element {
                    add_symbol(&mut self.symbols, word);
                }
            }
        }
        &mut self.patterns[id as usize]
    }

    /// The symbols of a pattern, or the class that does not exist.
    fn asks(&self, elements: &[Element]) -> Result<Vec<Ask>, String> {
        classes::asks(elements, &self.symbols, &self.classes)
    }

    fn missing(&self, class: &str, pattern: u32, entries: &[(Vec<Part>, TermEntry)]) -> Vec<Problem> {
        let pattern = &self.patterns[pattern as usize];
        let composed = self.composed.iter().filter(|c| pattern.component.is_some_and(|p| c.components().contains(&p)));
        let message = format!("no class `{{{class}}}`; add rows for it to class.csv or correct the name");
        let terms = pattern.term.into_iter().chain(composed.map(|c| c.term));
        terms.map(|id| Problem { place: entries[id as usize].1.place.clone(), message: message.clone() }).collect()
    }
}

fn add_symbol(symbols: &mut FxHashMap<String, Symbol>, word: &str) {
    if !symbols.contains_key(word) {
        let next = u32::try_from(symbols.len()).unwrap_or(u32::MAX);
        symbols.insert(word.to_owned(), next);
    }
}
