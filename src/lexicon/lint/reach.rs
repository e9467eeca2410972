//! Rows that no post can reach: a post of just a row's own words must find the row.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::table::Classes;
use super::{Finding, Kind};
use crate::lexicon::compile::{Lexicon, TermEntry, TermId};
use crate::lexicon::finder::Finder;
use crate::lexicon::layer::Layer;
use crate::lexicon::row::Place;

/// The witnesses of a term are tried in rounds, which part them in different ways: how many words stand in its gaps.
/// A term with a gap wins where something stands in it, and may lose to a tighter one where nothing does.
const GAPS: [usize; 4] = [1, 2, 3, 0];
/// How many witnesses a round tries before a row is called unreachable.
const MOST_TRIED: usize = 400;
/// Words that no lexicon knows, so that they change nothing where they stand.
const FILLERS: [&str; 3] = ["qzxwb", "qzxwd", "qzxwk"];

pub(super) fn check(lexicon: &Lexicon, classes: &Classes, findings: &mut Vec<Finding>) {
    let mut finder = Finder::of(lexicon);
    let mut spellings = Spellings { classes, members: BTreeMap::new() };
    for (id, entry) in (0..).zip(lexicon.entries()) {
        let mut missing = layers(entry);
        let mut first = None;
        for post in spellings.witnesses(&entry.text) {
            let found = finder.find(&post);
            missing.retain(|layer| !found.hits.iter().any(|hit| hit.term == id && hit.layer == *layer));
            if missing.is_empty() {
                break;
            }
            let winners = |layer: Layer| {
                let hits = found.hits.iter().filter(move |hit| hit.layer == layer && hit.end > hit.start && !hit.word);
                hits.map(|hit| hit.term).collect::<Vec<TermId>>()
            };
            if first.is_none() {
                first = Some(missing.iter().map(|layer| (*layer, post.clone(), winners(*layer))).collect::<Vec<_>>());
            }
        }
        for (layer, post, winners) in first.unwrap_or_default() {
            if missing.contains(&layer) {
                let winners = winners.iter().map(|id| lexicon.entry(*id));
                let winners: Vec<String> =
                    winners.map(|winner| format!("`{}` ({})", winner.text, winner.place_on(layer))).collect();
                findings.push(unreached(entry.place_on(layer), &post, &winners));
            }
        }
    }
}

fn unreached(place: &Place, post: &str, winners: &[String]) -> Finding {
    if winners.is_empty() {
        let message = format!(
            "a post of just these words, `{post}`, is not brought to this term; see `condong explain` for how posts are read"
        );
        return Kind::NotNormalised.at(place, message);
    }
    let message = format!("never counts: in `{post}` it loses to {}", winners.join(", "));
    Kind::Shadowed.at(place, message)
}

/// The layers for which a post has to find the entry.
fn layers(entry: &TermEntry) -> Vec<Layer> {
    let scales = entry.weights.iter().filter(|(_, weights)| weights.iter().any(|weight| *weight != 0.0));
    let mut layers: Vec<Layer> = scales.map(|(layer, _)| *layer).collect();
    layers.extend(entry.target.iter().map(|_| Layer::Target));
    layers.extend(entry.aspect.iter().map(|_| Layer::Aspect));
    layers
}

/// The members of classes, spelled out.
struct Spellings<'c> {
    classes: &'c Classes<'c>,
    members: BTreeMap<String, Rc<Vec<String>>>,
}

impl Spellings<'_> {
    /// Posts of just the words of a term, with one member after another of its classes.
    fn witnesses(&mut self, term: &str) -> impl Iterator<Item = String> + use<> {
        let parts: Vec<String> = term.split(" & ").map(|part| part.trim().to_owned()).collect();
        let (cues, patterns): (Vec<String>, Vec<String>) = parts.into_iter().partition(|part| is_cue(part));
        let patterns: Vec<Vec<Piece>> = patterns.iter().map(|part| self.pieces(part)).collect();
        let turns = patterns.iter().map(|pieces| turns(pieces)).max().unwrap_or(1);
        let rounds = if patterns.iter().flatten().any(|piece| matches!(piece, Piece::Gap)) || turns > 1 {
            GAPS.len()
        } else {
            1
        };
        (0..rounds).flat_map(move |round| (0..turns).map(move |turn| (round, turn))).map(move |(round, turn)| {
            let parts: Vec<String> = patterns.iter().map(|pieces| spelled(pieces, round, turn)).collect();
            cues.iter().fold(parts.join(", "), |post, cue| with_cue(post, cue))
        })
    }

    fn pieces(&mut self, part: &str) -> Vec<Piece> {
        let pieces = part.split_whitespace().map(|piece| match piece {
            "*" => Piece::Gap,
            "<number>" => Piece::Word("25".to_owned()),
            "<money>" => Piece::Word("Rp25.000".to_owned()),
            _ => match piece.strip_prefix('{').and_then(|piece| piece.strip_suffix('}')) {
                Some(class) => Piece::Class(self.members(class)),
                None => Piece::Word(piece.to_owned()),
            },
        });
        pieces.collect()
    }

    /// The members of a class in words; a member that names a class is spelled with each member of that.
    fn members(&mut self, class: &str) -> Rc<Vec<String>> {
        if let Some(members) = self.members.get(class) {
            return Rc::clone(members);
        }
        // A class that comes back to itself has no members on the way round.
        self.members.insert(class.to_owned(), Rc::default());
        let mut members = Vec::new();
        for member in self.classes.members(class) {
            let pieces = self.pieces(member);
            let turns = turns(&pieces);
            members.extend((0..turns).map(|turn| spelled(&pieces, 0, turn)));
        }
        let members = Rc::new(members);
        self.members.insert(class.to_owned(), Rc::clone(&members));
        members
    }
}

/// One element of a term.
enum Piece {
    Word(String),
    Class(Rc<Vec<String>>),
    Gap,
}

/// How many spellings of a part are tried.
fn turns(pieces: &[Piece]) -> usize {
    let members = pieces.iter().map(|piece| if let Piece::Class(members) = piece { members.len() } else { 1 });
    members.max().unwrap_or(1).min(MOST_TRIED)
}

/// The words of a part. Each class goes through its members; in later rounds they meet those of other classes.
fn spelled(pieces: &[Piece], round: usize, turn: usize) -> String {
    let words = pieces.iter().enumerate().map(|(at, piece)| match piece {
        Piece::Word(word) => word.clone(),
        Piece::Class(members) => members.get((turn + at * round) % members.len().max(1)).cloned().unwrap_or_default(),
        Piece::Gap => FILLERS[..GAPS[round]].join(" "),
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_cue(part: &str) -> bool {
    part.starts_with('<') && part.ends_with('>') && !matches!(part, "<number>" | "<money>") && !part.contains(' ')
}

/// The post with a property that a term asks for.
fn with_cue(post: String, cue: &str) -> String {
    match cue {
        "<question>" => post + "?",
        "<exclamation>" => post + "!",
        "<link>" => post + " https://contoh.id",
        "<mention>" => post + " @contoh",
        "<hashtag>" => post + " #contoh",
        "<quote>" => format!("{post} \"qzxwb qzxwd\""),
        "<capitals>" => format!("QZXWB QZXWD QZXWK {}", post.to_uppercase()),
        "<long>" => format!("{post}. Satu. Dua. Tiga. Empat."),
        "<target>" => format!("{post}. tiktok shop"),
        _ => post,
    }
}
