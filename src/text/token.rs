//! Typed tokens that point into a text: words, numbers, money, emoji, emoticons, hashtags, mentions, links, punctuation.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::{emoticon, money};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters, with digits, hyphens and apostrophes inside: `e-commerce`, `barang2`.
    Word,
    /// A number, a time, a percentage.
    Number,
    /// A number with a currency or a unit of counting money.
    Money,
    /// One emoji, as a grapheme cluster.
    Emoji,
    /// A face made of keyboard characters.
    Emoticon,
    /// `#` and what follows it.
    Hashtag,
    /// `@` and what follows it.
    Mention,
    /// A web address.
    Link,
    /// A run of one punctuation character, or another symbol.
    Punctuation,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it starts, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Whether a line break stands before it.
    pub new_line: bool,
}

/// What an address without `http` ends its host with, so that `bit.ly/x` is a link and `murah.Tapi` is not.
const DOMAINS: [&str; 9] = ["com", "id", "co", "ly", "net", "org", "me", "gle", "ee"];

/// The tokens of a text, in order. They and white space cover it.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Reads `text` from its start.
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn skip_space(&mut self) -> bool {
        let mut new_line = false;
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'\n' | b'\r') => {
                    new_line = true;
                    self.at += 1;
                }
                None | Some(b'!'..=b'~') => return new_line,
                Some(_) => match self.text[self.at..].chars().next().filter(|c| is_space(*c)) {
                    Some(character) => self.at += character.len_utf8(),
                    None => return new_line,
                },
            }
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let new_line = self.skip_space();
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let (kind, length) = cut(rest, first);
        let start = self.at;
        self.at += length;
        Some(Token { kind, start, end: self.at, new_line })
    }
}

/// White space, and the marks that have no width and no meaning of their own.
fn is_space(character: char) -> bool {
    match character {
        ' ' | '\n' | '\r' | '\t' => true,
        '!'..='~' => false,
        _ => {
            character.is_whitespace()
                || character.is_control()
                || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe0f}')
        }
    }
}

/// The kind and length of the token at the start of `rest`, which begins with `first`.
fn cut(rest: &str, first: char) -> (Kind, usize) {
    if (first.is_ascii_digit() || matches!(first, '$' | '€' | '£') || starts_currency(rest.as_bytes()))
        && let Some(amount) = money::amount(rest)
    {
        return amount;
    }
    if emoticon::may_start(rest.as_bytes()) {
        let length = emoticon::length(rest);
        if length > 0 {
            return (Kind::Emoticon, length);
        }
    }
    if matches!(first, '#' | '@') {
        let length = run(&rest[1..], |c| c.is_alphanumeric() || c == '_' || is_combining_mark(c));
        if length > 0 {
            return (if first == '#' { Kind::Hashtag } else { Kind::Mention }, 1 + length);
        }
    }
    if is_letter(first) {
        return word(rest);
    }
    if first.is_ascii() {
        return (Kind::Punctuation, rest.bytes().take_while(|byte| char::from(*byte) == first).count());
    }
    symbol(rest, first)
}

fn starts_currency(bytes: &[u8]) -> bool {
    match bytes {
        [a, b, c, ..] => match (a | 0x20, b | 0x20) {
            (b'r', b'p' | b'm') => c.is_ascii_digit() || matches!(c, b' ' | b'.'),
            (b'u', b's') | (b'i', b'd') => true,
            _ => false,
        },
        _ => false,
    }
}

/// The length of the longest start of `text` whose characters all pass.
fn run(text: &str, passes: impl Fn(char) -> bool) -> usize {
    text.find(|c| !passes(c)).unwrap_or(text.len())
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || (!character.is_ascii() && character.is_alphabetic())
}

/// Where the letters, digits and marks end that stand in `text` from `at` on.
fn letters_end(text: &str, mut at: usize) -> usize {
    loop {
        match text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii_alphanumeric() => at += 1,
            Some(0x80..) => match text[at..].chars().next().filter(|c| c.is_alphanumeric() || is_combining_mark(*c)) {
                Some(character) => at += character.len_utf8(),
                None => return at,
            },
            _ => return at,
        }
    }
}

/// A word, or the link that begins like one.
fn word(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let mut length = 0;
    loop {
        length = letters_end(rest, length);
        let joined = matches!(bytes.get(length), Some(b'-' | b'\'' | b'_'))
            && rest[length + 1..].chars().next().is_some_and(|c| is_letter(c) || c.is_ascii_digit());
        if !joined {
            break;
        }
        length += 1;
    }
    let is_link = match bytes.get(length) {
        Some(b':') => bytes[length..].starts_with(b"://"),
        Some(b'.') => is_host(&rest[..length], &rest[length + 1..]),
        _ => false,
    };
    if is_link { (Kind::Link, run(rest, |c| !is_space(c))) } else { (Kind::Word, length) }
}

fn is_host(name: &str, rest: &str) -> bool {
    // Most points end a sentence.
    if !rest.starts_with(|c: char| c.is_ascii_lowercase()) && name.len() != 3 {
        return false;
    }
    let next = &rest[..run(rest, |c| c.is_ascii_alphanumeric())];
    let ends = !rest[next.len()..].starts_with(|c: char| c.is_alphanumeric());
    name.eq_ignore_ascii_case("www") || (ends && DOMAINS.contains(&next) && next.len() < rest.len().max(3))
}

/// An emoji with all that belongs to its cluster, or another symbol.
fn symbol(rest: &str, first: char) -> (Kind, usize) {
    let length = first.len_utf8();
    if is_emoji(first) && !is_regional(first) && stands_alone(&rest[length..]) {
        return (Kind::Emoji, length);
    }
    if matches!(first, '\u{2010}'..='\u{2027}') && rest.as_bytes().get(length).is_none_or(u8::is_ascii) {
        return (Kind::Punctuation, length);
    }
    let cluster = rest.graphemes(true).next().unwrap_or(rest);
    if is_emoji(first) {
        return (Kind::Emoji, cluster.len());
    }
    (Kind::Punctuation, if cluster.len() > first.len_utf8() { cluster.len() } else { run(rest, |c| c == first) })
}

/// Letters that make flags in pairs.
fn is_regional(character: char) -> bool {
    matches!(character, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Whether what follows an emoji or mark is plainly no part of its cluster (UAX 29): nothing, ASCII, or another emoji that
/// modifies none. Everything else is left to the segmentation of clusters.
fn stands_alone(after: &str) -> bool {
    after.as_bytes().first().is_none_or(u8::is_ascii)
        || after.starts_with(|next| matches!(next, '\u{1F300}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}'))
}

/// The blocks that hold emoji (Unicode 16, emoji-data.txt), with the few older signs that posts use as emoji.
fn is_emoji(character: char) -> bool {
    matches!(character,
        '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{2190}'..='\u{21FF}'
        | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{25FF}' | '\u{203C}' | '\u{2049}' | '\u{3030}' | '\u{303D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_cut_cuts_clusters_as_unicode_does() {
        let all = || ('\u{80}'..='\u{1FBFF}').chain('\u{E0000}'..='\u{E01FF}');
        for first in all().filter(|c| matches!(c, '\u{2010}'..='\u{2027}') || is_emoji(*c) && !is_regional(*c)) {
            for next in [' ', 'a', '\n', '\r', '\0', '~'] {
                let text = format!("{first}{next}");
                assert_eq!(text.graphemes(true).next().map(str::len), Some(first.len_utf8()), "{text:?}");
            }
        }
        for next in all().filter(|c| stands_alone(c.encode_utf8(&mut [0; 4]))) {
            let text = format!("😭{next}");
            assert_eq!(text.graphemes(true).next(), Some("😭"), "{text:?}");
        }
    }

    fn check(text: &str, expected: &[(Kind, &str)]) {
        let found: Vec<_> = Tokens::of(text).map(|t| (t.kind, &text[t.start..t.end])).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn cuts_posts() {
        use Kind::{Emoji, Emoticon, Hashtag, Link, Mention, Money, Number, Punctuation, Word};
        check(
            "Harga Rp 5.000, murah!!!",
            &[(Word, "Harga"), (Money, "Rp 5.000"), (Punctuation, ","), (Word, "murah"), (Punctuation, "!!!")],
        );
        check(
            "@budi #SaveUMKM barang-barang2 e-commerce",
            &[(Mention, "@budi"), (Hashtag, "#SaveUMKM"), (Word, "barang-barang2"), (Word, "e-commerce")],
        );
        check(
            "sedih😭😭 :'( T_T",
            &[(Word, "sedih"), (Emoji, "😭"), (Emoji, "😭"), (Emoticon, ":'("), (Emoticon, "T_T")],
        );
        check(
            "cek https://t.co/abc bit.ly/x ya.Terus 2 kali",
            &[
                (Word, "cek"),
                (Link, "https://t.co/abc"),
                (Link, "bit.ly/x"),
                (Word, "ya"),
                (Punctuation, "."),
                (Word, "Terus"),
                (Number, "2"),
                (Word, "kali"),
            ],
        );
        check("👩🏽‍🌾❤️ rumah id", &[(Emoji, "👩🏽‍🌾"), (Emoji, "❤️"), (Word, "rumah"), (Word, "id")]);
    }
}
