//! Doubled words: `barang2`, `barang²`, `barang-barang`, `barang2nya`, `sayur-mayur` left as it is.

/// The doubled word of a reduplicated spelling: `barang2nya` and `barang-barangnya` give `barang`.
pub(super) fn base(word: &str) -> Option<&str> {
    by_sign(word).or_else(|| by_hyphen(word))
}

fn by_sign(word: &str) -> Option<&str> {
    let at = word.find(['2', '²'])?;
    let (base, rest) = word.split_at(at);
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    let fits = base.len() > 1 && base.chars().all(char::is_alphabetic) && rest[sign..].chars().all(char::is_alphabetic);
    fits.then_some(base)
}

fn by_hyphen(word: &str) -> Option<&str> {
    let (first, second) = word.split_once('-')?;
    if first.len() < 2 || !first.chars().all(char::is_alphabetic) {
        return None;
    }
    // `bersama-sama`, `pelan-pelannya`: one half may carry affixes.
    if second.starts_with(first) {
        return Some(first);
    }
    (second.len() > 2 && first.ends_with(second)).then_some(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_doubled_word() {
        for (word, expected) in [
            ("barang2", Some("barang")),
            ("orang²", Some("orang")),
            ("barang2nya", Some("barang")),
            ("barang-barangnya", Some("barang")),
            ("bersama-sama", Some("sama")),
            ("e-commerce", None),
            ("g30s", None),
            ("sayur-mayur", None),
        ] {
            assert_eq!(base(word), expected, "{word}");
        }
    }
}
