//! Rows that no post can reach: a post of just a row's own words must find the row.

use super::table::Classes;
use super::{Finding, Kind};
use crate::lexicon::compile::{Lexicon, TermEntry, TermId};
use crate::lexicon::finder::Finder;
use crate::lexicon::layer::Layer;
use crate::lexicon::row::Place;

/// How many members of a class are tried before a row is called unreachable.
const MOST_TRIED: usize = 200;
/// How deep a class inside a class is followed.
const DEEPEST: usize = 6;

pub(super) fn check(lexicon: &Lexicon, classes: &Classes, findings: &mut Vec<Finding>) {
    let mut finder = Finder::of(lexicon);
    for (id, entry) in (0..).zip(lexicon.entries()) {
        let mut missing = layers(entry);
        let mut first = None;
        for turn in 0..MOST_TRIED {
            let Some(post) = witness(&entry.text, classes, turn) else { break };
            let found = finder.find(&post);
            missing.retain(|layer| !found.hits.iter().any(|hit| hit.term == id && hit.layer == *layer));
            if missing.is_empty() {
                break;
            }
            let winners = |layer: Layer| {
                let hits = found.hits.iter().filter(move |hit| hit.layer == layer && hit.end > hit.start);
                hits.map(|hit| hit.term).collect::<Vec<TermId>>()
            };
            first.get_or_insert_with(|| {
                (post.clone(), missing.iter().map(|layer| (*layer, winners(*layer))).collect::<Vec<_>>())
            });
        }
        let Some((post, winners)) = first else { continue };
        for (layer, winners) in winners.into_iter().filter(|(layer, _)| missing.contains(layer)) {
            let winners = winners.iter().map(|id| lexicon.entry(*id));
            let winners: Vec<String> =
                winners.map(|winner| format!("`{}` ({})", winner.text, winner.place_on(layer))).collect();
            findings.push(unreached(entry.place_on(layer), &post, &winners));
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

/// A post of just the words of a term, with the members of its classes that are next in `turn`; none after the last.
fn witness(term: &str, classes: &Classes, turn: usize) -> Option<String> {
    let parts: Vec<&str> = term.split(" & ").map(str::trim).collect();
    let mut turns = 1;
    let spelled: Vec<String> = parts
        .iter()
        .filter(|part| !is_cue(part))
        .map(|part| spell(part, classes, (turn, DEEPEST), &mut turns))
        .collect();
    if turn >= turns {
        return None;
    }
    let mut post = spelled.join(", ");
    for cue in parts.iter().filter(|part| is_cue(part)) {
        post = with_cue(post, cue);
    }
    Some(post)
}

fn is_cue(part: &str) -> bool {
    part.starts_with('<') && part.ends_with('>') && !matches!(part, "<number>" | "<money>") && !part.contains(' ')
}

/// The words of a part; `turns` becomes how many there are to try.
fn spell(part: &str, classes: &Classes, (turn, depth): (usize, usize), turns: &mut usize) -> String {
    let words = part.split_whitespace().filter(|piece| *piece != "*").map(|piece| match piece {
        "<number>" => "25".to_owned(),
        "<money>" => "Rp25.000".to_owned(),
        _ => match piece.strip_prefix('{').and_then(|piece| piece.strip_suffix('}')) {
            Some(class) if depth > 0 => {
                let members = classes.members(class);
                *turns = (*turns).max(members.len());
                let member = members.get(turn % members.len().max(1)).copied().unwrap_or_default();
                spell(member, classes, (turn, depth - 1), turns)
            }
            _ => piece.to_owned(),
        },
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The post with a property that a term asks for.
fn with_cue(post: String, cue: &str) -> String {
    match cue {
        "<question>" => post + "?",
        "<exclamation>" => post + "!",
        "<link>" => post + " https://contoh.id",
        "<mention>" => post + " @contoh",
        "<hashtag>" => post + " #contoh",
        "<quote>" => format!("\"{post}\""),
        "<capitals>" => format!("SAYA TIDAK TAHU {}", post.to_uppercase()),
        "<long>" => format!("{post}. Satu. Dua. Tiga. Empat."),
        "<target>" => format!("{post}. tiktok shop"),
        _ => post,
    }
}
