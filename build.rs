//! Compiles the built-in lexicon, so that no run has to: its rows become the bytes that `src/lexicon/builtin.rs` takes in.
//! Rows with problems become no bytes; the program then reads the rows itself and tells the problems when it runs.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the program uses more of these modules than is needed here"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// From spelling to word.
#[path = "src/text"]
mod text {
    mod emoticon;
    mod hashtag;
    mod money;
    mod normal;
    mod plain;
    mod reduplication;
    mod spelling;
    mod stem;
    mod table;
    mod token;

    pub use normal::{Form, Known, Normaliser, Reading, Step, Word, doubled};
    pub(crate) use table::in_order;
    pub use token::{Kind, Token, Tokens};
}

/// From rows to bytes.
#[path = "src/lexicon"]
mod lexicon {
    mod compile;
    mod cue;
    mod entries;
    mod layer;
    mod modifier;
    mod packed;
    mod pattern;
    mod problem;
    mod row;
    mod slot;
    mod term;
    mod trie;
    mod unit;

    use row::{Folder, layered};

    /// The compiled bytes of a lexicon's files, nothing where they have problems.
    pub(super) fn compiled(files: &[(String, String)]) -> Vec<u8> {
        let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let lexicon = compile::Lexicon::of(&layered("lexicon", files)).ok();
        lexicon.and_then(|lexicon| packed::pack(&lexicon)).unwrap_or_default()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    for read in ["build.rs", "lexicon"] {
        println!("cargo::rerun-if-changed={read}");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?).join("lexicon");
    let mut files = Vec::new();
    collect(&root, "", &mut files)?;
    let target = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?).join("lexicon.bin");
    fs::write(target, lexicon::compiled(&files))?;
    Ok(())
}

/// Every file below a folder, by its path inside it.
fn collect(folder: &Path, inside: &str, files: &mut Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| format!("{}: not UTF-8", name.display()))?;
        let path = format!("{inside}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if let Ok(text) = fs::read_to_string(entry.path()) {
            files.push((path, text));
        }
    }
    Ok(())
}
