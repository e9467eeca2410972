//! Any bytes are cut into tokens that point into them, and scored to figures in their ranges, whatever stands in them.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run score fuzz/corpus/score fuzz/seeds/score` scores with the built-in lexicon.

#![no_main]

use std::cell::RefCell;
use std::sync::LazyLock;

use condong::lexicon::{Lexicon, builtin};
use condong::opinion::{Explanation, Reader};
use condong::text::{Tokens, repair};
use libfuzzer_sys::fuzz_target;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&builtin()).expect("the lexicon is sound"));

thread_local! {
    /// To make one takes longer than to score a post.
    static READER: RefCell<Reader<'static>> = RefCell::new(Reader::of(&LEXICON));
}

fuzz_target!(|bytes: &[u8]| {
    let post = String::from_utf8_lossy(bytes);
    let mut end = 0;
    for token in Tokens::of(&post) {
        assert!(token.start >= end && token.end > token.start);
        assert!(post.get(token.start..token.end).is_some(), "{token:?} is no part of the post");
        end = token.end;
    }
    let repaired = repair(&post);
    for offset in (0..=repaired.text.len()).filter(|at| repaired.text.is_char_boundary(*at)) {
        assert!(post.is_char_boundary(repaired.given(offset)), "{offset} is inside a character");
    }
    READER.with_borrow_mut(|reader| score(reader, &post));
});

fn score(reader: &mut Reader, post: &str) {
    let opinion = reader.opinion(post);
    assert!((-1.0..=1.0).contains(&opinion.lean) && (-1.0..=1.0).contains(&opinion.polarity));
    assert!((0.3..=1.0).contains(&opinion.confidence));
    let Explanation { opinion: explained, words, sums, .. } = reader.explain(post);
    assert_eq!(explained, opinion);
    assert!(words.iter().all(|word| post.get(word.span.0..word.span.1).is_some()));
    assert!(sums.iter().flat_map(|(_, labels)| labels).all(|(_, sum, _)| sum.is_finite()));
    assert_eq!(reader.opinion(&format!("{post} \n")), opinion);
}
