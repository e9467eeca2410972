//! Emoticons written with keyboard characters: `:'(`, `T_T`, `<3`.

use unicode_normalization::char::is_combining_mark;

/// Emoticons with a shape of their own, longest first where one begins another.
const FIXED: [&str; 22] = [
    "TT_TT", "T___T", "T__T", "T_T", "T.T", "Q_Q", "-__-", "-_-", "-.-", "^_^", "^.^", "^^", ">_<", ">.<", "</3", "<3",
    "u_u", "._.", "o_O", ";_;", "=_=", "@_@",
];

/// Whether an emoticon may start with these bytes: most words and marks are told apart by two of them.
pub(super) fn may_start(bytes: &[u8]) -> bool {
    let second = bytes.get(1).copied().unwrap_or_default();
    match bytes.first() {
        Some(b':' | b';' | b'=' | b'<' | b'>' | b'@' | b'^') => second.is_ascii_graphic(),
        Some(b'-' | b'T') => matches!(second, b'_' | b'.' | b'T'),
        Some(b'Q' | b'u' | b'o' | b'.') => second == b'_',
        Some(b'x' | b'X') => second == b'D',
        _ => false,
    }
}

/// The length in bytes of the emoticon at the start of `text`, or 0.
pub(super) fn length(text: &str) -> usize {
    let length =
        FIXED.iter().find(|fixed| text.starts_with(**fixed)).map_or_else(|| face(text.as_bytes()), |f| f.len());
    let glued = text[length..].starts_with(|c: char| c.is_alphanumeric() || is_combining_mark(c));
    if glued { 0 } else { length }
}

/// Eyes, perhaps a tear or nose, a mouth that may be repeated: `:)`, `:-(`, `:'((`, `xD`.
fn face(bytes: &[u8]) -> usize {
    let Some(eyes) = bytes.first() else { return 0 };
    if !matches!(eyes, b':' | b';' | b'=' | b'x' | b'X') {
        return 0;
    }
    let nose = usize::from(matches!(bytes.get(1), Some(b'\'' | b'"' | b'-' | b'^')));
    let Some(mouth) = bytes.get(1 + nose) else { return 0 };
    let fits =
        if matches!(eyes, b'x' | b'X') { nose == 0 && *mouth == b'D' } else { br")(DPp/\|3vVoO*[]".contains(mouth) };
    if !fits {
        return 0;
    }
    let repeats = bytes[1 + nose..].iter().take_while(|byte| *byte == mouth).count();
    1 + nose + repeats
}

/// The emoticon without its nose and with one mouth, eyes as `:`: how the lexicon writes it.
pub(super) fn normal(text: &str) -> String {
    if !matches!(text.as_bytes()[0], b':' | b';' | b'=' | b'x' | b'X') || matches!(text, ";_;" | "=_=") {
        return text.replace("__", "_").replace("__", "_").replace('.', "_");
    }
    let mut characters: Vec<char> = text.chars().filter(|c| !matches!(c, '-' | '^')).collect();
    characters.dedup();
    if let Some(eyes @ '=') = characters.first_mut() {
        *eyes = ':';
    }
    characters.into_iter().map(|c| if c == '"' { '\'' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_emoticon_may_start() {
        let faces = [":)", ";-(", "=D", "xD", "XD", ":'(", ":\"("];
        for emoticon in FIXED.iter().chain(&faces) {
            assert!(length(emoticon) > 0 && may_start(emoticon.as_bytes()), "{emoticon}");
        }
    }

    #[test]
    fn finds_emoticons_but_not_text() {
        for (text, expected) in [
            (":) ya", 2),
            (":'((", 4),
            ("T_T", 3),
            (":d", 0),
            ("=)", 2),
            (":p dia", 2),
            (":pasar", 0),
            ("x", 0),
            ("<3", 2),
            (":", 0),
        ] {
            assert_eq!(length(text), expected, "{text}");
        }
        assert_eq!(normal(":-(("), ":(");
        assert_eq!(normal(":\")"), ":')");
    }
}
