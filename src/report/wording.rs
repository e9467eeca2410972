//! The wording of a post without what changes from copy to copy, and its words.

use twox_hash::XxHash3_64;

/// The longest word that is kept whole, in characters; the longest Indonesian word forms stay below it.
const LONGEST_WORD: usize = 32;

/// The longest text that is looked at, in bytes: longer than any platform's post that people type.
const LONGEST_TEXT: usize = 20_000;

/// The words of the text, lower case, runs of a letter made one or two, without links, user names, numbers and marks
/// (what differs between copies of one text), a space between them.
pub(super) fn wording(text: &str) -> String {
    let text = head(text, LONGEST_TEXT);
    let links = text.contains("://");
    let mut words = String::with_capacity(text.len());
    let mut pieces = text.split_whitespace().peekable();
    while let Some(piece) = pieces.next() {
        let passes_on = piece.eq_ignore_ascii_case("rt") && pieces.peek().is_some_and(|next| next.starts_with('@'));
        if passes_on || is_address(piece) || links && piece.contains("://") {
            continue;
        }
        for word in piece.split(|letter: char| !letter.is_alphabetic() && letter != '\'') {
            squeeze(word.trim_matches('\''), &mut words);
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// The beginning of the text, at most so many bytes, whole characters.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Whether the text passes on another's post.
pub(super) fn is_retweet(text: &str) -> bool {
    let text = text.trim_start();
    text.get(..4).is_some_and(|mark| mark.eq_ignore_ascii_case("rt @"))
}

/// A hash that is the same on every machine and in every release: XXH3, of each part with that of the parts before it as
/// the seed.
pub(super) fn hash(parts: &[&str]) -> u64 {
    parts.iter().fold(0, |seed, part| XxHash3_64::oneshot_with_seed(seed, part.as_bytes()))
}

/// Whether the piece names a user, an e-mail address or a host.
fn is_address(piece: &str) -> bool {
    piece.as_bytes().contains(&b'@') || piece.get(..4).is_some_and(|host| host.eq_ignore_ascii_case("www."))
}

/// Adds a word and a space; nothing where there is no word.
fn squeeze(word: &str, words: &mut String) {
    let from = words.len();
    // Most words have nothing to squeeze, and go over as a whole.
    let stretched =
        |word: &[u8]| word.windows(3).any(|run| run[0] | 0x20 == run[1] | 0x20 && run[1] | 0x20 == run[2] | 0x20);
    if word.is_ascii() && word.len() <= LONGEST_WORD && !stretched(word.as_bytes()) {
        words.push_str(word);
        words[from..].make_ascii_lowercase();
    } else {
        squeeze_letters(word, words);
    }
    if words.len() > from {
        words.push(' ');
    }
}

fn squeeze_letters(word: &str, words: &mut String) {
    let (mut last, mut run) = ('\0', 0);
    for letter in word.chars().take(LONGEST_WORD) {
        let letter = if letter.is_ascii() { letter.to_ascii_lowercase() } else { lower(letter) };
        run = if letter == last { run + 1 } else { 1 };
        last = letter;
        if run <= 2 {
            words.push(letter);
        }
    }
}

/// The lower case of a letter; its first letter where there are several.
fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_the_same_words() {
        let copy = wording("RT @siti: RT @budi: Jangan TUTUPPPP TikTok Shop!!! https://t.co/x1 @kemendag 2023");
        assert_eq!(copy, "jangan tutupp tiktok shop");
    }

    #[test]
    fn a_text_without_words_has_none() {
        assert_eq!(wording(" 😀 123 @a https://t.co/x ' !"), "");
        assert_eq!(wording("İstanbul' ok"), "istanbul ok");
    }

    #[test]
    fn retweets_are_known_by_their_mark() {
        assert!(is_retweet(" RT @a: x"));
        assert!(!is_retweet("rtx @a"));
        assert!(!is_retweet("é"));
    }
}
