//! Any bytes are read to their end: as rows and rejects, or as an error.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run read fuzz/corpus/read fuzz/seeds/read tests/read` starts from the exports that the
//! tests read, too.

#![no_main]

use condong::read::{Damage, Next, Options, Posts, Row, text_of};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|bytes: &[u8]| {
    let options = Options { longest_row: 4096, largest_buffer: 1 << 20, ..Options::default() };
    let Ok(mut posts) = Posts::open(Box::new(Cursor::new(bytes.to_vec())), "fuzz", &options) else { return };
    let (mut row, mut dated, mut line) = (Row::default(), Damage::default(), 0);
    loop {
        match posts.read(&mut row) {
            Ok(Next::Row) => {
                assert!(row.line >= line);
                assert_eq!(row.fields.len(), posts.header().len());
                line = row.line;
                dated.look_at_date(&row, posts.dates());
                let _ = text_of(&row, posts.columns());
            }
            Ok(Next::Reject(reject)) => assert!(!reject.raw.is_empty()),
            Ok(Next::End) | Err(_) => break,
        }
    }
    let _ = posts.damage().findings();
});
