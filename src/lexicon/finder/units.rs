//! A post's words as units.

use super::words::is_shared;
use super::{Cue, Finder, Unit};
use crate::text::{Boundary, Kind, Token, Tokens, boundary};

/// Posts with at least so many words that begin with two capitals, and mostly such words, shout.
const SHOUTED_WORDS: u32 = 3;

/// What is noticed while a post is read.
#[derive(Default)]
struct Reading {
    clause: u32,
    sentence: u32,
    /// What stands between the last unit and the next one.
    between: Option<Boundary>,
    asks: bool,
    quotes: u32,
    words: u32,
    shouted: u32,
    cues: u16,
    /// The token that the last unit was read from, or read from last.
    last: (usize, usize),
}

impl Finder<'_> {
    pub(super) fn read_units(&mut self, text: &str) {
        self.units.clear();
        let mut reading = Reading::default();
        for token in Tokens::of(text) {
            reading.notice(token, text);
            self.add_token(token, text, &mut reading);
        }
        self.cues = reading.cues();
    }

    fn add_token(&mut self, token: Token, text: &str, reading: &mut Reading) {
        if matches!(token.kind, Kind::Punctuation | Kind::Mention) {
            return;
        }
        let (from, to) = self.words.resolve(&text[token.start..token.end], token.kind, self.lexicon);
        for word in from..to {
            self.add_word(word, token, text, reading);
        }
    }

    fn add_word(&mut self, word: u32, token: Token, text: &str, reading: &mut Reading) {
        reading.cross(self.words.breaks(word));
        let unit = Unit {
            start: u32::try_from(token.start).unwrap_or(u32::MAX),
            end: u32::try_from(token.end).unwrap_or(u32::MAX),
            clause: reading.clause,
            sentence: reading.sentence,
            sign: matches!(token.kind, Kind::Emoji | Kind::Emoticon),
            word,
        };
        match self.units.last_mut() {
            // 😭😭😭 is one emoji said with force, and `gara gara` is one word.
            Some(last)
                if last.word == word
                    && last.clause == unit.clause
                    && last.end <= unit.start
                    && (!is_shared(token.kind)
                        || text[reading.last.0..reading.last.1] == text[token.start..token.end]) =>
            {
                last.end = unit.end;
                if token.kind == Kind::Word {
                    let once = &text[token.start..token.end];
                    let (doubled, end) = self.words.resolve(&format!("{once}-{once}"), Kind::Word, self.lexicon);
                    if end == doubled + 1
                        && let Some(last) = self.units.last_mut()
                    {
                        last.word = doubled;
                    }
                }
            }
            _ => self.units.push(unit),
        }
        reading.last = (token.start, token.end);
    }
}

impl Reading {
    fn notice(&mut self, token: Token, text: &str) {
        if token.new_line {
            self.between = self.between.max(Some(Boundary::Sentence));
        }
        self.between = self.between.max(Some(boundary(token, text)));
        let bytes = &text.as_bytes()[token.start..token.end];
        match token.kind {
            Kind::Punctuation => self.notice_mark(bytes),
            Kind::Word => {
                self.asks = false;
                self.words += 1;
                self.shouted += u32::from(bytes.len() > 2 && bytes.iter().take(3).all(u8::is_ascii_uppercase));
            }
            Kind::Link => self.set(Cue::Link),
            Kind::Mention => self.set(Cue::Mention),
            Kind::Hashtag => self.set(Cue::Hashtag),
            _ => {}
        }
    }

    fn notice_mark(&mut self, mark: &[u8]) {
        match mark {
            [b'?', ..] => self.asks = true,
            [b'!', ..] => self.set(Cue::Exclamation),
            [b'"', ..] => self.quotes += 1,
            _ if mark == "“".as_bytes() || mark == "”".as_bytes() => self.quotes += 1,
            _ => {}
        }
    }

    /// Passes what stands before the next unit, and the clause break that the unit itself may be.
    fn cross(&mut self, breaks: bool) {
        match self.between.take() {
            Some(Boundary::Sentence) => {
                self.sentence += 1;
                self.clause += 1;
            }
            Some(Boundary::Clause) => self.clause += 1,
            _ => self.clause += u32::from(breaks),
        }
    }

    fn set(&mut self, cue: Cue) {
        self.cues |= 1 << cue as u16;
    }

    fn cues(mut self) -> u16 {
        /// From so many sentences on a post is long.
        const LONG: u32 = 5;
        self.set(Cue::Prior);
        let there = [
            (self.asks, Cue::Question),
            (self.quotes > 1, Cue::Quote),
            (self.sentence + 1 >= LONG, Cue::Long),
            (self.shouted >= SHOUTED_WORDS && self.shouted * 2 > self.words, Cue::Capitals),
        ];
        for (_, cue) in there.into_iter().filter(|(there, _)| *there) {
            self.set(cue);
        }
        self.cues
    }
}
