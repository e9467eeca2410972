//! The lexicon that is compiled in.

use include_dir::{Dir, include_dir};

use super::row::Folder;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/lexicon");

/// Where the fitted weights stand inside the folder.
const FITTED: &str = "fitted/";

/// The built-in lexicon: the hand-written rows, then the fitted weights that override them.
pub fn builtin() -> Vec<Folder> {
    let mut files = Vec::new();
    collect(&FILES, &mut files);
    layered("lexicon", files)
}

/// The files of one lexicon as folders: the hand-written rows, then the fitted weights that override them.
pub fn layered<'f>(name: &str, files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Vec<Folder> {
    let mut hand = Folder::named(name);
    let mut fitted = Folder::named(&format!("{name}/{}", FITTED.trim_end_matches('/')));
    for (path, text) in files {
        match path.strip_prefix(FITTED) {
            Some(rest) => fitted.add(rest, text),
            None => hand.add(path, text),
        }
    }
    vec![hand, fitted]
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
