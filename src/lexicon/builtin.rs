//! The lexicon that is compiled in.

use include_dir::{Dir, include_dir};

use super::row::Folder;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/lexicon");

/// Where the fitted weights stand inside the folder.
const FITTED: &str = "fitted/";

/// The built-in lexicon: the hand-written rows, then the fitted weights that override them.
pub fn builtin() -> Vec<Folder> {
    let mut hand = Folder::named("lexicon");
    let mut fitted = Folder::named("lexicon/fitted");
    collect(&FILES, &mut |path, text| match path.strip_prefix(FITTED) {
        Some(rest) => fitted.add(rest, text),
        None => hand.add(path, text),
    });
    vec![hand, fitted]
}

fn collect(dir: &Dir<'static>, add: &mut impl FnMut(&str, &str)) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            add(path, text);
        }
    }
    for inner in dir.dirs() {
        collect(inner, add);
    }
}
