//! The words inside a hashtag: `#TutupTikTokShop` by its capitals, `#savetiktokshop` by the words that the lexicon knows.

/// A hashtag longer than this is left whole, which keeps the work bounded.
const LONGEST: usize = 60;

/// The words of a hashtag without its sign, in lower case; the whole where it cannot be cut.
pub(super) fn words(tag: &str, known: impl Fn(&str) -> bool) -> Vec<String> {
    let whole = tag.to_lowercase();
    if tag.len() > LONGEST || known(&whole) {
        return vec![whole];
    }
    tag.split('_').filter(|part| !part.is_empty()).flat_map(|part| part_words(part, &known)).collect()
}

fn part_words(part: &str, known: &impl Fn(&str) -> bool) -> Vec<String> {
    let lower = part.to_lowercase();
    if lower.is_ascii()
        && let Some(words) = segmented(&lower, known)
    {
        return words;
    }
    by_capitals(part)
}

/// The cut into known words with the fewest of them, if there is one.
fn segmented(word: &str, known: &impl Fn(&str) -> bool) -> Option<Vec<String>> {
    // best[i]: the number of words that cover word[..i], and where the last of them starts.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
    best[0] = Some((0, 0));
    for end in 2..=word.len() {
        best[end] = (0..end - 1)
            .filter_map(|start| Some((best[start]?.0 + 1, start)))
            .filter(|&(_, start)| known(&word[start..end]))
            .min();
    }
    let mut words = Vec::new();
    let mut end = word.len();
    while end > 0 {
        let (_, start) = best[end]?;
        words.push(word[start..end].to_owned());
        end = start;
    }
    words.reverse();
    Some(words)
}

fn by_capitals(part: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last_lower = true;
    for character in part.chars() {
        let lower = !character.is_uppercase();
        if words.is_empty() || (last_lower && !lower) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
        last_lower = lower;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_hashtags() {
        let known = |word: &str| ["save", "tiktok", "shop", "tutup", "umkm", "dukung"].contains(&word);
        for (tag, expected) in [
            ("TutupTikTokShop", vec!["tutup", "tiktok", "shop"]),
            ("savetiktokshop", vec!["save", "tiktok", "shop"]),
            ("DukungUMKM", vec!["dukung", "umkm"]),
            ("JualanSeru", vec!["jualan", "seru"]),
            ("ayoblanja", vec!["ayoblanja"]),
        ] {
            assert_eq!(words(tag, known), expected, "{tag}");
        }
    }
}
