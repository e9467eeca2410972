//! Posts shown without what identifies people, and without what could harm a terminal or a page.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Links, e-mail addresses, user names and Indonesian phone numbers, the more specific first.
static PERSONAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?<link>(?:https?://|www\.)\S+|\b(?:wa\.me|bit\.ly|t\.me|shp\.ee|t\.co)/\S+)|(?<mail>[\w.+-]+@[\w-]+\.[\w.-]+)|(?<name>@[\w.]+)|(?<phone>(?:\+?62|\b0)[ .()-]{0,2}\d(?:[ .()-]{0,2}\d){6,13})",
    )
    .expect("a valid pattern")
});

/// The text with user names, phone numbers, e-mail addresses and links replaced by what they were.
pub fn mask(text: &str) -> String {
    let masked = PERSONAL.replace_all(text, |found: &Captures| {
        let kinds = [("link", "[link]"), ("mail", "[email]"), ("name", "@…"), ("phone", "[telp]")];
        kinds.iter().find(|(kind, _)| found.name(kind).is_some()).map_or("", |(_, mark)| *mark)
    });
    visible(&masked)
}

/// The text on one line, without control characters and marks that reorder or hide what stands around them.
pub fn visible(text: &str) -> String {
    inert(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with its lines and spaces as they are, without control characters and marks that reorder or hide what stands
/// around them.
pub fn inert(text: &str) -> String {
    let shown = text.chars().filter(|letter| !is_invisible(*letter));
    shown.map(|letter| if letter.is_control() && letter != '\n' { ' ' } else { letter }).collect()
}

fn is_invisible(letter: char) -> bool {
    // The joiner U+200D stays: it holds emoji together.
    matches!(letter,
        '\u{061c}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_masked() {
        assert_eq!(
            mask("halo @budi.s wa 0812-3456-7890 / +62 812 3456 789, a.b@c.co.id https://x.y/z?q=1 wa.me/62811"),
            "halo @… wa [telp] / [telp], [email] [link] [link]"
        );
    }

    #[test]
    fn amounts_are_not_phones() {
        assert_eq!(mask("harga 50.000 turun 10% tahun 2023"), "harga 50.000 turun 10% tahun 2023");
    }

    #[test]
    fn hidden_marks_go() {
        assert_eq!(visible("a\u{202e}b\u{1b}[31mc\nd\t\u{feff}e"), "ab [31mc d e");
        assert_eq!(inert("  a\u{202e}b\r\n c\u{9b}2J"), "  ab \n c 2J");
    }
}
