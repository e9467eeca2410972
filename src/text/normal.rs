//! From a token to standard words, by steps that can each be seen.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::stem::Stemmer;
use super::table::in_order;
use super::token::Kind;
use super::{emoticon, hashtag, plain, reduplication, spelling};

/// One thing that was done to bring a token to a standard form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Unicode compatibility composition (NFKC), marks of presentation dropped.
    Unicode,
    /// Lower case.
    LowerCase,
    /// A hashtag cut into words.
    Hashtag,
    /// An informal spelling replaced by the standard one.
    Slang,
    /// Repeated letters folded.
    Elongation,
    /// A laugh of any length brought to one spelling.
    Laugh,
    /// A doubled word brought to its base.
    Reduplication,
    /// A negator that was written together with its word cut off.
    Clitic,
    /// Words joined by a hyphen, joined or parted.
    Hyphen,
    /// Affixes stripped.
    Stem,
}

impl Step {
    /// How `explain` names the step.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::LowerCase => "lower case",
            Self::Hashtag => "hashtag",
            Self::Slang => "slang",
            Self::Elongation => "elongation",
            Self::Laugh => "laugh",
            Self::Reduplication => "reduplication",
            Self::Clitic => "clitic",
            Self::Hyphen => "hyphen",
            Self::Stem => "stem",
        }
    }
}

/// One way to read a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The standard form.
    pub text: String,
    /// How likely this reading is, in 0..1.
    pub share: f32,
    /// What was done to reach it.
    pub steps: Vec<Step>,
}

/// A word with its forms: the most exact first, then its stem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// The forms, never empty for a word that came from a token.
    pub forms: Vec<Form>,
}

/// What an informal spelling stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The standard words.
    pub words: Vec<String>,
    /// How likely this reading is, in 0..1.
    pub share: f32,
}

/// Says whether the lexicon holds a word.
pub type Known<'k> = &'k dyn Fn(&str) -> bool;

/// How deep a spelling may be unfolded: a doubled, glued, stretched slang word takes three.
const DEEPEST: usize = 4;

/// How often a word is stemmed: `dibatasinya`, `batasi`, `batas`.
const MOST_STEMS: usize = 2;

/// What a sum of money is for the lexicon.
const MONEY: &str = "<money>";

/// Brings tokens to standard words.
#[derive(Default, Serialize, Deserialize)]
pub struct Normaliser {
    #[serde(serialize_with = "in_order")]
    slang: FxHashMap<String, Vec<Reading>>,
    glued: Vec<(String, String)>,
    #[serde(serialize_with = "in_order")]
    stems: FxHashMap<String, Option<String>>,
    #[serde(skip)]
    stemmer: Stemmer,
}

impl Normaliser {
    /// Lets `spelling` stand for one more reading. A spelling that ends in `-` is a beginning: `ga-` as in `gabisa`.
    pub fn add_slang(&mut self, spelling: &str, mut reading: Reading) {
        // `tidak apa apa` meets what the lexicon and posts have: two words, the second one doubled.
        let mut words: Vec<String> = Vec::new();
        for word in reading.words {
            match words.last_mut() {
                Some(last) if *last == word => *last = doubled(&word),
                _ => words.push(word),
            }
        }
        reading.words = words;
        match spelling.strip_suffix('-') {
            Some(beginning) => self.glued.push((beginning.to_owned(), reading.words.join(" "))),
            None => self.slang.entry(spelling.to_owned()).or_default().push(reading),
        }
    }

    /// Gives `word` this stem whatever its affixes look like, or none.
    pub fn add_stem(&mut self, word: &str, stem: Option<&str>) {
        self.stems.insert(word.to_owned(), stem.map(str::to_owned));
    }

    /// The words of a token: one for most, several where it is written together, none for a mention or mark.
    pub fn words(&self, token: &str, kind: Kind, known: Known) -> Vec<Word> {
        match kind {
            Kind::Word => self.of_word(token, known),
            Kind::Hashtag => self.of_hashtag(token, known),
            Kind::Number => plain::number(token, known),
            Kind::Money => single(MONEY.to_owned(), Vec::new()),
            Kind::Emoji => single(plain::emoji(token), Vec::new()),
            Kind::Emoticon => single(emoticon::normal(token), Vec::new()),
            Kind::Link => single(plain::host(token), Vec::new()),
            Kind::Mention | Kind::Punctuation => Vec::new(),
        }
    }

    fn of_word(&self, token: &str, known: Known) -> Vec<Word> {
        let mut steps = Vec::new();
        let composed: String = if token.is_ascii() { token.to_owned() } else { token.nfkc().collect() };
        if composed != token {
            steps.push(Step::Unicode);
        }
        let lower = composed.to_lowercase();
        if lower != composed {
            steps.push(Step::LowerCase);
        }
        self.unfold(&lower, &steps, DEEPEST, known)
    }

    fn of_hashtag(&self, token: &str, known: Known) -> Vec<Word> {
        let tag: String = token[1..].nfkc().collect();
        let known_or_slang = |word: &str| known(word) || self.slang.contains_key(word);
        let parts = hashtag::words(&tag, known_or_slang);
        parts.iter().flat_map(|part| self.unfold(part, &[Step::Hashtag], DEEPEST, known)).collect()
    }

    /// The words that `spelling` stands for, with their stems.
    fn unfold(&self, spelling: &str, steps: &[Step], depth: usize, known: Known) -> Vec<Word> {
        if let Some(readings) = self.slang.get(spelling) {
            return self.read(readings, steps, known);
        }
        if depth == 0 || known(spelling) || self.stem(spelling, known).is_some() {
            return vec![self.word(spelling, steps, known)];
        }
        let with = |step: Step| [steps, &[step]].concat();
        if let Some(laugh) = spelling::laugh(spelling) {
            return vec![self.word(laugh, &with(Step::Laugh), known)];
        }
        if let Some(base) = reduplication::base(spelling) {
            return self.reduplicated(base, &with(Step::Reduplication), depth, known);
        }
        if let Some(candidate) = self.unstretched(spelling, known) {
            return self.unfold(&candidate, &with(Step::Elongation), depth - 1, known);
        }
        if let Some((negator, rest)) = self.glued_negator(spelling, known) {
            let mut words = vec![self.word(negator, &with(Step::Clitic), known)];
            words.extend(self.unfold(rest, &with(Step::Clitic), depth - 1, known));
            return words;
        }
        if spelling.contains(['-', '_']) {
            return self.hyphenated(spelling, &with(Step::Hyphen), depth, known);
        }
        vec![self.word(spelling, steps, known)]
    }

    fn is_word(&self, spelling: &str, known: Known) -> bool {
        self.slang.contains_key(spelling) || known(spelling) || self.stem(spelling, known).is_some()
    }

    /// The spelling that a stretched one stands for; one that leads nowhere is folded only where three letters repeat,
    /// which no standard spelling has.
    fn unstretched(&self, spelling: &str, known: Known) -> Option<String> {
        let leads = |candidate: &str| {
            self.is_word(candidate, known)
                || reduplication::base(candidate).is_some()
                || self.glued_negator(candidate, known).is_some()
        };
        let mut candidates = spelling::unstretched(spelling);
        match candidates.iter().position(|candidate| leads(candidate)) {
            Some(at) => Some(candidates.swap_remove(at)),
            None if candidates.len() > 2 => Some(candidates.swap_remove(1)),
            None => None,
        }
    }

    fn read(&self, readings: &[Reading], steps: &[Step], known: Known) -> Vec<Word> {
        let steps = [steps, &[Step::Slang]].concat();
        if let [only] = readings {
            return only.words.iter().map(|word| self.word(word, &steps, known)).collect();
        }
        let mut forms = Vec::new();
        for reading in readings {
            let word = self.word(&reading.words.join(" "), &steps, known);
            forms.extend(word.forms.into_iter().map(|form| Form { share: form.share * reading.share, ..form }));
        }
        vec![Word { forms }]
    }

    fn reduplicated(&self, base: &str, steps: &[Step], depth: usize, known: Known) -> Vec<Word> {
        let mut words = self.unfold(base, steps, depth - 1, known);
        if let [word] = words.as_mut_slice() {
            double(word, steps);
        }
        words
    }

    /// `gabisa`: the negator, and the known word that follows it.
    fn glued_negator<'s>(&'s self, spelling: &'s str, known: Known) -> Option<(&'s str, &'s str)> {
        self.glued.iter().find_map(|(beginning, negator)| {
            let rest = spelling.strip_prefix(beginning.as_str())?;
            (rest.len() > 2 && self.is_word(rest, known)).then_some((negator.as_str(), rest))
        })
    }

    /// `di-ban` as one word if that is known, else its parts.
    fn hyphenated(&self, spelling: &str, steps: &[Step], depth: usize, known: Known) -> Vec<Word> {
        let joined = spelling.replace(['-', '_'], "");
        if self.is_word(&joined, known) {
            return self.unfold(&joined, steps, depth - 1, known);
        }
        let parts = spelling.split(['-', '_']).filter(|part| !part.is_empty());
        parts.flat_map(|part| self.unfold(part, steps, depth - 1, known)).collect()
    }

    /// A word with its stem, and the stem of that: a row for `batasi` does not hide the rows for `batas`.
    fn word(&self, text: &str, steps: &[Step], known: Known) -> Word {
        let mut forms = vec![Form { text: text.to_owned(), share: 1.0, steps: steps.to_vec() }];
        let mut last = text.to_owned();
        for _ in 0..MOST_STEMS {
            let Some(stem) = self.stem(&last, known) else { break };
            forms.push(Form { text: stem.clone(), share: 1.0, steps: [steps, &[Step::Stem]].concat() });
            last = stem;
        }
        Word { forms }
    }

    fn stem(&self, word: &str, known: Known) -> Option<String> {
        match self.stems.get(word) {
            Some(stem) => stem.clone(),
            None => self.stemmer.stem(word, known),
        }
    }
}

/// The spelling of a doubled word: how the lexicon's `gara gara` and a post's `gara2` meet.
pub fn doubled(word: &str) -> String {
    format!("{word}-{word}")
}

/// Puts the doubled spelling before the forms of a word.
fn double(word: &mut Word, steps: &[Step]) {
    if let Some(first) = word.forms.first() {
        let form = Form { text: doubled(&first.text), share: first.share, steps: steps.to_vec() };
        word.forms.insert(0, form);
    }
}

fn single(text: String, steps: Vec<Step>) -> Vec<Word> {
    vec![Word { forms: vec![Form { text, share: 1.0, steps }] }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(token: &str, kind: Kind, expected: &str) {
        let known = |word: &str| {
            [
                "tidak",
                "bisa",
                "tutup",
                "banget",
                "barang",
                "suka",
                "sangat",
                "ban",
                "gara-gara",
                "save",
                "tiktok",
                "shop",
                "sedih",
            ]
            .contains(&word)
        };
        let mut normaliser = Normaliser::default();
        let reading = |words: &[&str], share| Reading { words: words.iter().map(|w| (*w).to_owned()).collect(), share };
        normaliser.add_slang("gak", reading(&["tidak"], 1.0));
        normaliser.add_slang("ga-", reading(&["tidak"], 1.0));
        normaliser.add_slang("gausah", reading(&["tidak", "usah"], 1.0));
        normaliser.add_slang("gpp", reading(&["tidak", "apa", "apa"], 1.0));
        normaliser.add_slang("bgt", reading(&["banget"], 1.0));
        normaliser.add_slang("bkn", reading(&["bukan"], 0.9));
        normaliser.add_slang("bkn", reading(&["bikin"], 0.1));
        let words = normaliser.words(token, kind, &known);
        let forms = |word: &Word| word.forms.iter().map(|form| form.text.clone()).collect::<Vec<_>>().join("/");
        assert_eq!(words.iter().map(forms).collect::<Vec<_>>().join(" "), expected, "{token}");
    }

    #[test]
    fn brings_tokens_to_words() {
        for (token, expected) in [
            ("GAK", "tidak"),
            ("gaaak", "tidak"),
            ("gabisa", "tidak bisa"),
            ("gausah", "tidak usah"),
            ("bangeeeet", "banget"),
            ("bgtttt", "banget"),
            ("ditutup", "ditutup/tutup"),
            ("barang2nya", "barang-barang/barang"),
            ("gara2", "gara-gara/gara"),
            ("di-ban", "diban/ban"),
            ("bkn", "bukan/bikin"),
            ("𝐓𝐢𝐤𝐭𝐨𝐤", "tiktok"),
            ("wkwkwkwkwk", "wkwk"),
            ("gasukaa", "tidak suka"),
            ("gpp", "tidak apa-apa"),
        ] {
            check(token, Kind::Word, expected);
        }
        check("#savetiktokshop", Kind::Hashtag, "save tiktok shop");
        check("❤️", Kind::Emoji, "❤");
        check("👍🏽", Kind::Emoji, "👍");
    }
}
