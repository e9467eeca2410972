//! Numbers and sums of money as people write them: `Rp 22,5 triliun`, `US$1,5 miliar`, `50k`, `3rb`, `1.234,56`.

use std::sync::LazyLock;

use regex::Regex;

use super::token::Kind;

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\A(?P<currency>rp|idr|usd|us\$|\$|rm|€|£)?\.?[\x20\u{a0}]?\d+(?:[.,:/]\d+)*",
        r"(?P<unit>[\x20\u{a0}]?(?:ribu|rb|juta|jt|miliar|milyar|mliar|triliun|trilliun|perak|rupiah|dollar|dolar|k)\b)?(?P<percent>%)?",
    ))
    .expect("a constant pattern that the tests compile")
});

/// What counts money, in the order of [`AMOUNT`].
const UNITS: [&str; 14] = [
    "ribu", "rb", "juta", "jt", "miliar", "milyar", "mliar", "triliun", "trilliun", "perak", "rupiah", "dollar",
    "dolar", "k",
];

/// The number or sum of money at the start of `text`, with its length in bytes.
pub(super) fn amount(text: &str) -> Option<(Kind, usize)> {
    plain_amount(text.as_bytes()).unwrap_or_else(|| any_amount(text))
}

/// The same for amounts with only ASCII in them and behind them; `None` leaves it to the pattern.
#[allow(clippy::option_option, reason = "not knowing is one thing, that there is no amount another")]
fn plain_amount(bytes: &[u8]) -> Option<Option<(Kind, usize)>> {
    let at = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let mut end = currency(bytes)?;
    let priced = end > 0;
    end += usize::from(at(end) == b'.');
    end += usize::from(at(end) == b' ');
    if !at(end).is_ascii_digit() {
        return at(end).is_ascii().then_some(None);
    }
    end += digits(bytes, end);
    while matches!(at(end), b'.' | b',' | b':' | b'/') && at(end + 1).is_ascii_digit() {
        end += 1 + digits(bytes, end + 1);
    }
    let from = end + usize::from(at(end) == b' ');
    let word = bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
    let behind = from + word.count();
    // What is not ASCII may be a digit, a space or a letter too.
    let near = bytes[..bytes.len().min(behind + 2)].get(end..)?;
    if !near.is_ascii() {
        return None;
    }
    let unit = bytes.get(from..behind).unwrap_or_default();
    let counted = !unit.is_empty() && UNITS.iter().any(|name| unit.eq_ignore_ascii_case(name.as_bytes()));
    if counted {
        end = behind;
    }
    end += usize::from(at(end) == b'%');
    Some(Some((if priced || counted { Kind::Money } else { Kind::Number }, end)))
}

fn digits(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The length of the currency at the start; `None` where it is not ASCII.
fn currency(bytes: &[u8]) -> Option<usize> {
    const NAMES: [&[u8]; 6] = [b"rp", b"idr", b"usd", b"us$", b"$", b"rm"];
    let first = bytes.first().filter(|byte| byte.is_ascii())?;
    if first.is_ascii_digit() {
        return Some(0);
    }
    let starts = |name: &&&[u8]| bytes.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    Some(NAMES.iter().find(starts).map_or(0, |name| name.len()))
}

fn any_amount(text: &str) -> Option<(Kind, usize)> {
    let found = AMOUNT.captures(text)?;
    let length = found.get(0)?.end();
    let money = found.name("currency").is_some() || found.name("unit").is_some();
    Some((if money { Kind::Money } else { Kind::Number }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_amounts() {
        for (text, kind, length) in [
            ("Rp 22,5 triliun lebih", Kind::Money, 15),
            ("US$1,5 miliar", Kind::Money, 13),
            ("50k aja", Kind::Money, 3),
            ("3rb", Kind::Money, 3),
            ("11.11 sale", Kind::Number, 5),
            ("2023, lalu", Kind::Number, 4),
            ("17:00 WIB", Kind::Number, 5),
            ("10% off", Kind::Number, 3),
            ("Rp.15.000", Kind::Money, 9),
        ] {
            assert_eq!(amount(text), Some((kind, length)), "{text}");
        }
        assert_eq!(amount("rpp"), None);
    }

    #[test]
    fn the_short_cut_reads_what_the_pattern_reads() {
        let starts = ["", "Rp", "rp.", "Rp ", "rp. ", "IDR", "us$", "USD ", "$", "RM", "usaha", "idola", "€", "£ "];
        let numbers = ["5", "12.500", "1.234,56", "17:00", "1/2", "3.", "4,", "٣", "5٣", "", "6.٣"];
        let ends = [
            "", " ", "k", "K", " rb", "rb", "ribu", " juta", "jutaan", " JT!", "%", "k%", " %", "%k", "kg", "k_",
            "rb2", "é", " é", "\u{a0}rb", "ké", "k.", "\u{212a}", "2juta", ".a", "-5", "k\u{301}", " rupiah.",
            "rupiahs", "\n", "  rb",
        ];
        for start in starts {
            for number in numbers {
                for end in ends {
                    let text = format!("{start}{number}{end}");
                    if let Some(plain) = plain_amount(text.as_bytes()) {
                        assert_eq!(plain, any_amount(&text), "{text}");
                    }
                }
            }
        }
    }
}
