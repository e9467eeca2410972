//! Any bytes as the files of a lexicon with an overlay over it load, or are refused with the place of every problem;
//! what loads scores posts to finite figures, and putting a file in order once puts it in order.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run lexicon fuzz/corpus/lexicon fuzz/seeds/lexicon`. A line `== PATH`
//! begins a file; PATH may name a folder of the overlay, as in `== over/stance/pro.csv`.

#![no_main]

use condong::lexicon::{Finding, Folder, Lexicon, file_of, fixed, layered, lint, rows};
use condong::opinion::Reader;
use libfuzzer_sys::fuzz_target;

/// Posts with something for every layer, beside the terms of the lexicon themselves.
const POSTS: [&str; 3] =
    ["gak setuju toko itu ditutup!", "Kata pedagang: jualan sepi 😭 10rb?", "&amp;#1 di-ban bgt2 é"];

/// The terms that are scored too.
const TERMS: usize = 20;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let folders = folders(&text);
    let findings = lint(&folders);
    folders.iter().for_each(|folder| put_in_order(folder, &findings));
    match Lexicon::of(&folders) {
        Err(error) => assert!(error.problems.iter().all(|problem| !problem.message.is_empty())),
        Ok(lexicon) => score(&lexicon),
    }
});

fn folders(text: &str) -> Vec<Folder> {
    let mut files = text.split("== ").filter_map(|file| file.split_once('\n')).collect::<Vec<_>>();
    files.dedup_by_key(|(path, _)| *path);
    let (over, base): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| path.starts_with("over/"));
    let over = over.into_iter().map(|(path, text)| (&path["over/".len()..], text));
    let mut folders = layered("base", base);
    folders.extend(layered("over", over));
    folders
}

fn put_in_order(folder: &Folder, findings: &[Finding]) {
    let _ = rows(folder);
    for (path, text) in folder.files() {
        let Some(file) = file_of(path) else { continue };
        let shown = format!("{}/{path}", folder.name());
        let here: Vec<&Finding> = findings.iter().filter(|finding| *finding.place.file == *shown).collect();
        if let Some(text) = fixed(text, &file, &here) {
            let mut again = Folder::named(folder.name());
            again.add(path, &text);
            let findings = lint(&[again]);
            let again = fixed(&text, &file, &findings.iter().collect::<Vec<_>>());
            assert!(again.is_none_or(|again| again == text), "{path} is not in order after all");
        }
    }
}

fn score(lexicon: &Lexicon) {
    let terms = lexicon.entries().take(TERMS).map(|entry| entry.text.as_str());
    let mut reader = Reader::of(lexicon);
    for post in POSTS.into_iter().chain(terms) {
        let opinion = reader.opinion(post);
        assert!((-1.0..=1.0).contains(&opinion.lean) && (-1.0..=1.0).contains(&opinion.polarity));
        assert_eq!(reader.explain(post).opinion, opinion);
    }
}
