//! Stems toward the lexicon: affixes are stripped, and a stripped form counts only where the lexicon knows it.
//!
//! The affixes and their order follow Nazief and Adriani (Adriani et al. 2007, "Stemming Indonesian: A confix-stripping
//! approach", ACM TALIP 6(4)), with the informal ones (`nge-`, `ny-`, `n-`, `-in`) added. There is no root dictionary:
//! the lexicon's own terms take its place, so a wrong stem can only be a term that the lexicon holds.

use rust_stemmers::Algorithm;

/// The shortest stem in letters.
const SHORTEST: usize = 3;
/// How many prefixes a word may carry (Nazief–Adriani allow three).
const MOST_PREFIXES: usize = 3;
/// A word longer than this in bytes is left whole, which keeps the work bounded.
const LONGEST: usize = 40;

const PARTICLES: [&str; 4] = ["lah", "kah", "tah", "pun"];
const POSSESSIVES: [&str; 3] = ["nya", "ku", "mu"];
const SUFFIXES: [&str; 5] = ["kan", "an", "in", "i", "ken"];

/// A prefix and what may stand in its place: `meny` + vowel was `s`.
struct Prefix {
    text: &'static str,
    /// Letters that the stem may have lost, `""` for none.
    restored: &'static [&'static str],
    /// Whether a vowel must follow.
    before_vowel: bool,
}

const fn prefix(text: &'static str) -> Prefix {
    Prefix { text, restored: &[""], before_vowel: false }
}

const fn nasal(text: &'static str, restored: &'static [&'static str]) -> Prefix {
    Prefix { text, restored, before_vowel: true }
}

const PREFIXES: [Prefix; 33] = [
    prefix("di"),
    prefix("ke"),
    prefix("se"),
    prefix("ber"),
    prefix("bel"),
    prefix("be"),
    prefix("ter"),
    prefix("te"),
    nasal("meny", &["s", "c"]),
    nasal("peny", &["s", "c"]),
    nasal("meng", &["", "k"]),
    nasal("peng", &["", "k"]),
    nasal("mem", &["p", "m"]),
    nasal("pem", &["p", "m"]),
    nasal("men", &["t", "n"]),
    nasal("pen", &["t", "n"]),
    prefix("menge"),
    prefix("penge"),
    prefix("meng"),
    prefix("peng"),
    prefix("mem"),
    prefix("pem"),
    prefix("men"),
    prefix("pen"),
    prefix("me"),
    prefix("per"),
    prefix("pel"),
    prefix("pe"),
    prefix("nge"),
    nasal("ny", &["s", "c"]),
    nasal("ng", &["", "k"]),
    nasal("n", &["t"]),
    nasal("m", &["p"]),
];

/// Finds stems of Indonesian words, then of English ones.
pub struct Stemmer {
    english: rust_stemmers::Stemmer,
}

impl Default for Stemmer {
    fn default() -> Self {
        Self { english: rust_stemmers::Stemmer::create(Algorithm::English) }
    }
}

impl Stemmer {
    /// The known stem of `word` that strips the fewest affixes, other than the word itself.
    pub fn stem(&self, word: &str, known: impl Fn(&str) -> bool) -> Option<String> {
        if word.len() > LONGEST || word.len() <= SHORTEST || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        let mut level = vec![word.to_owned()];
        level.extend(without_clitics(word).into_iter().map(str::to_owned));
        if let Some(found) = level[1..].iter().find(|form| known(form)) {
            return Some(found.clone());
        }
        let suffixless: Vec<String> = level.iter().flat_map(|form| without_suffix(form)).collect();
        level.extend(suffixless);
        if let Some(found) = level[1..].iter().find(|form| known(form)) {
            return Some(found.clone());
        }
        for _ in 0..MOST_PREFIXES {
            level = level.iter().flat_map(|form| without_prefix(form)).collect();
            level.dedup();
            if let Some(found) = level.iter().find(|form| known(form)) {
                return Some(found.clone());
            }
        }
        let english = self.english.stem(word);
        (english.len() >= SHORTEST && english != word && known(&english)).then(|| english.into_owned())
    }
}

/// The word without a particle, without a possessive, and without both.
fn without_clitics(word: &str) -> Vec<&str> {
    let mut forms: Vec<&str> = Vec::new();
    for particle in PARTICLES {
        forms.extend(stripped(word, particle));
    }
    for form in [word].into_iter().chain(forms.clone()) {
        for possessive in POSSESSIVES {
            forms.extend(stripped(form, possessive));
        }
    }
    forms
}

fn stripped<'a>(word: &'a str, suffix: &str) -> Option<&'a str> {
    word.strip_suffix(suffix).filter(|rest| rest.len() >= SHORTEST)
}

fn without_suffix(word: &str) -> Vec<String> {
    let allowed = |suffix: &str| {
        // Prefix and suffix pairs that Indonesian does not form (Nazief–Adriani's forbidden confixes).
        !matches!(
            (&word[..2], suffix),
            ("be", "i") | ("di", "an") | ("ke", "i" | "kan") | ("me", "an") | ("se", "i" | "kan") | ("te", "an")
        )
    };
    SUFFIXES
        .into_iter()
        .filter(|suffix| allowed(suffix))
        .filter_map(|suffix| stripped(word, suffix))
        .map(str::to_owned)
        .collect()
}

fn without_prefix(word: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for prefix in &PREFIXES {
        let Some(rest) = word.strip_prefix(prefix.text) else { continue };
        let vowel = rest.starts_with(['a', 'e', 'i', 'o', 'u']);
        if prefix.before_vowel && !vowel {
            continue;
        }
        for restored in prefix.restored {
            if restored.len() + rest.len() >= SHORTEST {
                forms.push(format!("{restored}{rest}"));
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_toward_known_words() {
        let known = |word: &str| {
            [
                "tutup", "larang", "sapu", "tulis", "pikir", "kirim", "ambil", "batas", "cari", "jual", "hapus",
                "bunuh", "toko", "close", "buka", "beli",
            ]
            .contains(&word)
        };
        for (word, stem) in [
            ("ditutup", Some("tutup")),
            ("penutupannya", Some("tutup")),
            ("nutup", Some("tutup")),
            ("melarang", Some("larang")),
            ("pelarangan", Some("larang")),
            ("menyapu", Some("sapu")),
            ("menulis", Some("tulis")),
            ("mikir", Some("pikir")),
            ("ngirim", Some("kirim")),
            ("ngambil", Some("ambil")),
            ("dibatasin", Some("batas")),
            ("pembatasan", Some("batas")),
            ("nyari", Some("cari")),
            ("berjualan", Some("jual")),
            ("dihapusnya", Some("hapus")),
            ("membunuh", Some("bunuh")),
            ("tokonya", Some("toko")),
            ("dibukalah", Some("buka")),
            ("kebeli", Some("beli")),
            ("closed", Some("close")),
            ("murah", None),
            ("nbeli", None),
        ] {
            assert_eq!(Stemmer::default().stem(word, known).as_deref(), stem, "{word}");
        }
    }
}
