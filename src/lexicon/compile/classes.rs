//! Classes: which words and phrases a construction may name by `{class}`.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::lexicon::problem::Problem;
use crate::lexicon::row::Place;
use crate::lexicon::term::Element;
use crate::lexicon::trie::{Ask, Growing};
use crate::lexicon::unit::Symbol;

/// A member of a class, with its row.
pub(super) struct Member {
    pub(super) class: String,
    pub(super) elements: Vec<Element>,
    pub(super) place: Place,
}

/// Phrases of classes as trees.
pub(super) struct Phrases {
    pub(super) plain: Growing,
    pub(super) composed: Growing,
    /// The classes of each phrase.
    pub(super) classes: Vec<Vec<Symbol>>,
}

/// All classes with their members.
#[derive(Default)]
pub(super) struct Classes {
    members: Vec<Member>,
    /// For each class itself and every class that holds it as a whole, however deep.
    above: BTreeMap<String, BTreeSet<String>>,
    symbols: BTreeMap<String, Symbol>,
}

impl Classes {
    pub(super) fn of(members: Vec<Member>, problems: &mut Vec<Problem>) -> Self {
        let names: BTreeSet<String> = members.iter().map(|member| member.class.clone()).collect();
        let mut above: BTreeMap<String, BTreeSet<String>> =
            names.iter().map(|name| (name.clone(), BTreeSet::from([name.clone()]))).collect();
        let nested = members.iter().filter_map(|member| match member.elements.as_slice() {
            [Element::Class(inner)] => Some((inner, &member.class, &member.place)),
            _ => None,
        });
        let nested: Vec<_> = nested.collect();
        for (inner, _, place) in &nested {
            if !names.contains(*inner) {
                let message = format!("no class `{{{inner}}}`; add rows for it or correct the name");
                problems.push(Problem { place: (*place).clone(), message });
            }
        }
        // As many rounds as there are classes carry every class to the top of the deepest nesting.
        for _ in 0..names.len() {
            for (inner, outer, _) in &nested {
                let Some(higher) = above.get(*outer).cloned() else { continue };
                if let Some(classes) = above.get_mut(*inner) {
                    classes.extend(higher);
                }
            }
        }
        Self { members, above, symbols: BTreeMap::new() }
    }

    /// The words of all members.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.members.iter().flat_map(|member| &member.elements).filter_map(|element| match element {
            Element::Word(word) => Some(word.as_str()),
            _ => None,
        })
    }

    pub(super) fn number(&mut self, first: Symbol) {
        self.symbols = self.above.keys().cloned().zip(first..).collect();
    }

    pub(super) fn symbol(&self, class: &str) -> Option<Symbol> {
        self.symbols.get(class).copied()
    }

    fn symbols_above(&self, class: &str) -> impl Iterator<Item = Symbol> {
        self.above.get(class).into_iter().flatten().filter_map(|name| self.symbol(name))
    }

    /// The class symbols of each word symbol.
    pub(super) fn of_words(&self, symbols: &FxHashMap<String, Symbol>) -> Vec<Vec<Symbol>> {
        let mut of_words = vec![BTreeSet::new(); symbols.len()];
        for member in &self.members {
            if let [Element::Word(word)] = member.elements.as_slice()
                && let Some(symbol) = symbols.get(word)
            {
                of_words[*symbol as usize].extend(self.symbols_above(&member.class));
            }
        }
        of_words.into_iter().map(|classes| classes.into_iter().collect()).collect()
    }

    /// The members of several words.
    pub(super) fn phrases(&self, symbols: &FxHashMap<String, Symbol>, problems: &mut Vec<Problem>) -> Phrases {
        let mut phrases = Phrases { plain: Growing::default(), composed: Growing::default(), classes: Vec::new() };
        for member in self.members.iter().filter(|member| member.elements.len() > 1) {
            let asks = match asks(&member.elements, symbols, self) {
                Ok(asks) => asks,
                Err(class) => {
                    let message = format!("no class `{{{class}}}`; add rows for it or correct the name");
                    problems.push(Problem { place: member.place.clone(), message });
                    continue;
                }
            };
            let plain = member.elements.iter().all(|element| matches!(element, Element::Word(_)));
            let trie = if plain { &mut phrases.plain } else { &mut phrases.composed };
            let next = phrases.classes.len();
            let id = trie.insert(&asks, u32::try_from(next).unwrap_or(u32::MAX)) as usize;
            if id == next {
                phrases.classes.push(Vec::new());
            }
            let above: Vec<Symbol> = self.symbols_above(&member.class).collect();
            let classes = &mut phrases.classes[id];
            classes.extend(above);
            classes.sort_unstable();
            classes.dedup();
        }
        phrases
    }
}

/// The symbols of elements, or the class that does not exist.
pub(super) fn asks(
    elements: &[Element],
    symbols: &FxHashMap<String, Symbol>,
    classes: &Classes,
) -> Result<Vec<Ask>, String> {
    let ask = |element: &Element| match element {
        Element::Gap => Ok(Ask::Gap),
        Element::Word(word) => symbols.get(word).map(|symbol| Ask::Symbol(*symbol)).ok_or_else(|| word.clone()),
        Element::Class(class) => classes.symbol(class).map(Ask::Symbol).ok_or_else(|| class.clone()),
    };
    elements.iter().map(ask).collect()
}
