//! Text as its author wrote it: HTML entities decoded, and letters put right that were decoded in the wrong encoding.

use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// `text` as it was written.
pub fn legible(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if has_mojibake(&text) {
        text = Cow::Owned(decode_again(&text));
    }
    if has_markup(&text) {
        text = Cow::Owned(without_markup(&text));
    }
    text
}

/// Whether letters were decoded as Windows-1252 that were UTF-8: `Ã©`, `â€™`, `ðŸ˜‚`.
pub(super) fn has_mojibake(text: &str) -> bool {
    // All of the first letters of such runs are in U+00C2 to U+00F4.
    memchr::memchr(0xc3, text.as_bytes()).is_some() && runs(text).any(|run| run_as_utf8(run).is_some())
}

/// Whether HTML is in the text.
pub(super) fn has_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'&', bytes).is_some() && has_entity(text) || memchr::memchr(b'<', bytes).is_some() && has_tag(text)
}

fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_ascii()).filter(|run| !run.is_empty())
}

/// A run of letters outside ASCII, decoded the right way if that makes sense.
fn run_as_utf8(run: &str) -> Option<String> {
    let (bytes, _, unmappable) = WINDOWS_1252.encode(run);
    if unmappable {
        return None;
    }
    std::str::from_utf8(&bytes).ok().map(str::to_owned)
}

fn decode_again(text: &str) -> String {
    let mut repaired = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| !letter.is_ascii()) {
        repaired.push_str(&rest[..start]);
        let end = rest[start..].find(|letter: char| letter.is_ascii()).map_or(rest.len(), |length| start + length);
        let run = &rest[start..end];
        match run_as_utf8(run) {
            Some(right) => repaired.push_str(&right),
            None => repaired.push_str(run),
        }
        rest = &rest[end..];
    }
    repaired + rest
}

fn has_entity(text: &str) -> bool {
    matches!(htmlize::unescape(text), Cow::Owned(_))
}

/// The tags that websites put into comments.
const TAGS: [&str; 10] = ["<br", "<a ", "</a>", "<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<span"];

fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| tag_length(&text[at..]).is_some())
}

fn tag_length(text: &str) -> Option<usize> {
    let starts = |tag: &&&str| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    TAGS.iter().find(starts)?;
    text.find('>').map(|at| at + 1)
}

fn without_markup(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        bare.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = tag_length(rest);
        if length.is_none() {
            bare.push('<');
        } else if rest[..3].eq_ignore_ascii_case("<br") || rest.starts_with("</p") {
            bare.push('\n');
        }
        rest = &rest[length.unwrap_or(1)..];
    }
    bare.push_str(rest);
    htmlize::unescape(bare.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_as_it_was_written() {
        for (damaged, written) in [
            ("harga naik", "harga naik"),
            ("kafÃ© saya sepi", "kafé saya sepi"),
            ("jangan ditutup ðŸ˜\u{ad} dong 😂", "jangan ditutup 😭 dong 😂"),
            ("kata dia â€œmurahâ€\u{9d}", "kata dia “murah”"),
            ("naïve", "naïve"),
            ("murah &amp; cepat", "murah & cepat"),
            ("satu<br>dua &#39;tiga&#39;", "satu\ndua 'tiga'"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("<3 Shopee", "<3 Shopee"),
        ] {
            assert_eq!(legible(damaged), written);
        }
    }
}
