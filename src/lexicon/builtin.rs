//! The lexicon that is compiled in: its rows, and what they were compiled to when the program was built.

use include_dir::{Dir, include_dir};

use super::compile::Lexicon;
use super::packed::unpack;
use super::problem::LexiconError;
use super::row::{Folder, layered};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/lexicon");

/// What `build.rs` made of the rows; empty where they have problems.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// The rows of the built-in lexicon: the hand-written ones, then the fitted weights that override them.
pub fn builtin() -> Vec<Folder> {
    let mut files = Vec::new();
    collect(&FILES, &mut files);
    layered("lexicon", files)
}

impl Lexicon {
    /// The built-in lexicon, the same as of its rows and ready at once. Refuses like [`Lexicon::of`].
    pub fn builtin() -> Result<Self, LexiconError> {
        unpack(COMPILED).map_or_else(|| Self::of(&builtin()), Ok)
    }
}

fn collect(dir: &Dir<'static>, files: &mut Vec<(&'static str, &'static str)>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push((path, text));
        }
    }
    for inner in dir.dirs() {
        collect(inner, files);
    }
}

#[cfg(test)]
mod tests {
    use super::super::packed::pack;
    use super::*;

    #[test]
    fn what_was_compiled_is_what_the_rows_say() {
        let of_rows = pack(&Lexicon::of(&builtin()).unwrap_or_else(|error| panic!("{error}")));
        assert!(of_rows.as_deref() == Some(COMPILED), "the compiled lexicon is not that of the rows");
        let unpacked = unpack(COMPILED).and_then(|lexicon| pack(&lexicon));
        assert!(unpacked.as_deref() == Some(COMPILED), "unpacking loses something");
    }
}
