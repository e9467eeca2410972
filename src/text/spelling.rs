//! Spellings that stretch a word or laugh: `bangeeet`, `jadiii`, `wkwkwkw`, `hahaha`.

/// Spellings that a stretched word may stand for: runs of three and more as two and as one, then every run as one.
/// Empty where nothing is stretched.
pub(super) fn unstretched(word: &str) -> Vec<String> {
    let longest = longest_run(word);
    if longest < 2 {
        return Vec::new();
    }
    let mut spellings = Vec::new();
    if longest > 2 {
        spellings.push(squeezed(word, 3, 2));
        spellings.push(squeezed(word, 3, 1));
    }
    spellings.push(squeezed(word, 2, 1));
    spellings.dedup();
    spellings
}

/// The word with every run of at least `from` equal letters cut to `to`.
fn squeezed(word: &str, from: usize, to: usize) -> String {
    let mut out = String::with_capacity(word.len());
    let mut characters = word.chars().peekable();
    while let Some(character) = characters.next() {
        let mut count = 1;
        while characters.next_if_eq(&character).is_some() {
            count += 1;
        }
        let kept = if count >= from { to } else { count };
        out.extend(std::iter::repeat_n(character, kept));
    }
    out
}

fn longest_run(word: &str) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, None);
    for character in word.chars() {
        run = if last == Some(character) { run + 1 } else { 1 };
        last = Some(character);
        longest = longest.max(run);
    }
    longest
}

/// Laughs by the letters that make them, and how the lexicon writes each.
const LAUGHS: [(&str, &str); 6] =
    [("wk", "wkwk"), ("ha", "haha"), ("he", "hehe"), ("hi", "hihi"), ("xi", "xixi"), ("hu", "huhu")];

/// The standard spelling of a laugh, however long and mistyped.
pub(super) fn laugh(word: &str) -> Option<&'static str> {
    if word.len() < 4 {
        return None;
    }
    let core = word.strip_prefix('a').unwrap_or(word);
    LAUGHS.iter().find_map(|(letters, standard)| {
        let only = core.chars().all(|c| letters.contains(c));
        let both = letters.chars().all(|letter| core.chars().filter(|c| *c == letter).count() > 1);
        (only && both).then_some(*standard)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unstretches() {
        assert_eq!(unstretched("bangeeet"), ["bangeet", "banget"]);
        assert_eq!(unstretched("saaat"), ["saat", "sat"]);
        assert_eq!(unstretched("jadii"), ["jadi"]);
        assert!(unstretched("murah").is_empty());
    }

    #[test]
    fn laughs() {
        for (word, standard) in [
            ("wkwkwkw", Some("wkwk")),
            ("awkwkwk", Some("wkwk")),
            ("hahaah", Some("haha")),
            ("haha", Some("haha")),
            ("hewan", None),
            ("wk", None),
        ] {
            assert_eq!(laugh(word), standard, "{word}");
        }
    }
}
