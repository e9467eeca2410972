//! Terms as people write them: words, phrases, `{class}`, `*`, `a & b`, `<cue>`.

use crate::text::{Kind, Known, Normaliser, Tokens, doubled};

use super::cue::Cue;

/// The most elements of one part of a term, which bounds the work of matching.
const MOST_ELEMENTS: usize = 8;
/// The most gaps of one part of a term.
const MOST_GAPS: usize = 3;

/// What a part of a term asks for at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Element {
    /// A word in standard form.
    Word(String),
    /// Any term of a class.
    Class(String),
    /// Up to three words.
    Gap,
}

/// What must stand together somewhere, or a property of the post.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Part {
    /// Elements side by side.
    Pattern(Vec<Element>),
    /// A property of the post.
    Cue(Cue),
}

/// Brings the words of terms to standard form.
pub(super) struct TermReader<'n> {
    pub(super) normaliser: &'n Normaliser,
    pub(super) known: Known<'n>,
}

impl TermReader<'_> {
    /// The parts of a term, or what is wrong with it.
    pub(super) fn parts(&self, term: &str) -> Result<Vec<Part>, String> {
        let parts: Vec<Part> = term.split(" & ").map(|part| self.part(part.trim())).collect::<Result<_, _>>()?;
        Ok(parts)
    }

    fn part(&self, part: &str) -> Result<Part, String> {
        if is_cue(part) {
            let names = || Cue::ALL.map(Cue::name).join(" ");
            return Cue::of(part).map(Part::Cue).ok_or_else(|| format!("no cue `{part}`; there are {}", names()));
        }
        let mut elements = Vec::new();
        for piece in part.split_whitespace() {
            match piece {
                "*" => elements.push(Element::Gap),
                _ if piece.starts_with('{') && piece.ends_with('}') => {
                    elements.push(Element::Class(piece[1..piece.len() - 1].to_owned()));
                }
                _ => self.words(piece, &mut elements),
            }
        }
        check(&elements)?;
        Ok(Part::Pattern(elements))
    }

    /// A term's words are read like a post's, without their stems; a doubled word is one word.
    fn words(&self, piece: &str, elements: &mut Vec<Element>) {
        if matches!(piece, "<number>" | "<money>") {
            elements.push(Element::Word(piece.to_owned()));
            return;
        }
        for token in Tokens::of(piece).filter(|token| token.kind != Kind::Punctuation) {
            for word in self.normaliser.words(&piece[token.start..token.end], token.kind, self.known) {
                let Some(form) = word.forms.into_iter().next() else { continue };
                match elements.last_mut() {
                    Some(Element::Word(last)) if *last == form.text => *last = doubled(&form.text),
                    _ => elements.push(Element::Word(form.text)),
                }
            }
        }
    }
}

fn is_cue(part: &str) -> bool {
    part.starts_with('<')
        && part.ends_with('>')
        && part[1..].starts_with(|c: char| c.is_ascii_lowercase())
        && !part.contains(' ')
        && !matches!(part, "<number>" | "<money>")
}

fn check(elements: &[Element]) -> Result<(), String> {
    let gaps = elements.iter().filter(|element| **element == Element::Gap).count();
    if elements.is_empty() {
        Err("nothing is left of this term after normalising; write a word".to_owned())
    } else if elements.first() == Some(&Element::Gap) || elements.last() == Some(&Element::Gap) {
        Err("`*` must stand between words; take it away from the end".to_owned())
    } else if elements.len() > MOST_ELEMENTS + gaps || gaps > MOST_GAPS {
        Err(format!("a term may have {MOST_ELEMENTS} words and {MOST_GAPS} `*`; shorten it or part it with ` & `"))
    } else {
        Ok(())
    }
}
