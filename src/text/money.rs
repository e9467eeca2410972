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

/// The number or sum of money at the start of `text`, with its length in bytes.
pub(super) fn amount(text: &str) -> Option<(Kind, usize)> {
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
}
