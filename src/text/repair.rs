//! Undoes what exports do to text (mojibake, HTML entities), keeping track of where each byte came from.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// The longest HTML entity looked at, in bytes: `&CounterClockwiseContourIntegral;` with its ends.
const LONGEST_ENTITY: usize = 33;

/// A text after repair, with the way back to the text as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired<'a> {
    /// The repaired text.
    pub text: Cow<'a, str>,
    /// Where the repaired text leaves step with the given one: (offset in repaired, offset in given), ascending.
    steps: Vec<(usize, usize)>,
}

impl Repaired<'_> {
    /// The offset in the given text that corresponds to `offset` in the repaired one.
    pub fn given(&self, offset: usize) -> usize {
        match self.steps.partition_point(|&(repaired, _)| repaired <= offset) {
            0 => offset,
            after => {
                let (repaired, given) = self.steps[after - 1];
                given + (offset - repaired)
            }
        }
    }
}

/// Decodes HTML entities and UTF-8 that was read as Windows-1252 (`ðŸ˜\u{ad}`, `â€™`).
pub fn repair(given: &str) -> Repaired<'_> {
    let Some(first) = memchr::memchr3(b'&', 0xC2, 0xC3, given.as_bytes()) else {
        return Repaired { text: Cow::Borrowed(given), steps: Vec::new() };
    };
    let mut out = String::new();
    let mut steps = Vec::new();
    let mut copied = 0;
    let mut at = first;
    while let Some(character) = given[at..].chars().next() {
        let Some((decoded, length)) = damaged(&given[at..], character) else {
            at += character.len_utf8();
            continue;
        };
        out.push_str(&given[copied..at]);
        // The last character of a replacement swallows the length difference, so both its ends map onto the damage.
        steps.push((out.len(), at));
        out.push_str(&decoded);
        at += length;
        copied = at;
        steps.push((out.len(), at));
    }
    if steps.is_empty() {
        return Repaired { text: Cow::Borrowed(given), steps };
    }
    out.push_str(&given[copied..]);
    Repaired { text: Cow::Owned(out), steps }
}

/// What stands at the start of `text` in truth, and how many bytes it takes there, if it is damaged.
fn damaged(text: &str, first: char) -> Option<(String, usize)> {
    match first {
        '&' => entity(text),
        '\u{80}'.. => mojibake(text),
        _ => None,
    }
}

/// An entity with its semicolon; what lacks it may be an `&` that somebody typed.
fn entity(text: &str) -> Option<(String, usize)> {
    let named = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let end = 1 + text.as_bytes()[1..].iter().take(LONGEST_ENTITY).take_while(|byte| named(byte)).count();
    if text.as_bytes().get(end) != Some(&b';') {
        return None;
    }
    match htmlize::unescape(&text[..=end]) {
        Cow::Owned(decoded) => Some((decoded, end + 1)),
        Cow::Borrowed(_) => None,
    }
}

/// One character whose UTF-8 bytes were each read as a Windows-1252 character.
fn mojibake(text: &str) -> Option<(String, usize)> {
    let mut characters = text.chars();
    let mut length = 0;
    let mut bytes = [0; 4];
    let first = characters.next()?;
    bytes[0] = windows_1252(first)?;
    length += first.len_utf8();
    let count = match bytes[0] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    for byte in &mut bytes[1..count] {
        let next = characters.next()?;
        *byte = windows_1252(next).filter(|byte| matches!(byte, 0x80..=0xBF))?;
        length += next.len_utf8();
    }
    let decoded = std::str::from_utf8(&bytes[..count]).ok()?;
    Some((decoded.to_owned(), length))
}

/// The byte that Windows-1252 reads as `character`; the five bytes it leaves undefined stand for the C1 controls.
fn windows_1252(character: char) -> Option<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
    (!unmappable && bytes.len() == 1).then(|| bytes[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repairs_mojibake_and_entities() {
        let cases = [
            ("sedih ðŸ˜\u{ad} banget", "sedih 😭 banget"),
            ("nggakâ€™ lah", "nggak’ lah"),
            ("murah &amp; cepat &#39;ya&#39;", "murah & cepat 'ya'"),
            ("tom & jerry; São Paulo", "tom & jerry; São Paulo"),
            ("polos saja", "polos saja"),
            ("beli &amp jual; saja", "beli &amp jual; saja"),
        ];
        for (given, expected) in cases {
            assert_eq!(repair(given).text, expected);
        }
    }

    #[test]
    fn offsets_lead_back() {
        let given = "a ðŸ˜\u{ad} b &amp; c";
        let repaired = repair(given);
        let emoji = repaired.text.find('😭').unwrap();
        assert_eq!(&given[repaired.given(emoji)..repaired.given(emoji + 4)], "ðŸ˜\u{ad}");
        let last = repaired.text.rfind('c').unwrap();
        assert_eq!(repaired.given(last), given.rfind('c').unwrap());
    }
}
