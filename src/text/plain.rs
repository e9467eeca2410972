//! What numbers, links and emoji are for the lexicon, without what carries no meaning.

use super::normal::{Form, Known, Word};

/// What a number is for the lexicon.
const NUMBER: &str = "<number>";

/// The host of an address, which tells a shop from a newspaper.
pub(super) fn host(link: &str) -> String {
    let address = link.split_once("://").map_or(link, |(_, address)| address);
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or(address).to_lowercase();
    host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
}

/// The emoji without skin tone, sex or presentation marks, which carry no stance.
pub(super) fn emoji(token: &str) -> String {
    let kept: String =
        token.chars().filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')).collect();
    if kept.is_empty() { token.to_owned() } else { kept }
}

/// A number, and itself where the lexicon names it: `5 bintang` is not `1 bintang`.
pub(super) fn number(token: &str, known: Known) -> Vec<Word> {
    let form = |text: &str| Form { text: text.to_owned(), share: 1.0, steps: Vec::new() };
    let named = Some(token).filter(|token| known(token)).map(form);
    vec![Word { forms: named.into_iter().chain([form(NUMBER)]).collect() }]
}
