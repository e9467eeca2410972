//! A Rust file as tokens: its paths, its lists of tokens, its texts.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Where something stands.
pub(crate) struct Found {
    pub(crate) what: String,
    pub(crate) line: usize,
}

/// A file as tokens, which hold no comments.
pub(crate) fn tokens(file: &str) -> Vec<TokenTree> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
    stream.into_iter().collect()
}

fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

pub(crate) fn is_punctuation(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == character)
}

pub(crate) fn word(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}

pub(crate) fn braces(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }
}

fn joins(tokens: &[TokenTree], at: usize) -> bool {
    is_punctuation(tokens.get(at), ':') && is_punctuation(tokens.get(at + 1), ':')
}

/// Tokens without what is compiled for tests only: `#[cfg(test)]` and the item behind it.
pub(crate) fn without_tests(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        let marks = is_punctuation(Some(&token), '#')
            && rest.peek().is_some_and(|next| next.to_string().replace(' ', "") == "[cfg(test)]");
        if marks {
            rest.find(|token| braces(token).is_some() || is_punctuation(Some(token), ';'));
        } else {
            kept.push(token);
        }
    }
    kept
}

/// Calls `visit` with every list of tokens: the outermost, and that of each group.
pub(crate) fn each_list(tokens: &[TokenTree], visit: &mut impl FnMut(&[TokenTree])) {
    visit(tokens);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            each_list(&inside(group), visit);
        }
    }
}

/// The paths of a file: `use a::{b, c::d}` as `a::b` and `a::c::d`, and those from `crate`, `self` and `super` spelled from
/// the crate's root: in `src/text/stem.rs`, `super::token::Kind` is `crate::text::token::Kind`.
pub(crate) fn paths(file: &str, tokens: &[TokenTree]) -> Vec<Found> {
    let mut paths = Paths { module: module_of(file), found: Vec::new() };
    paths.walk(tokens);
    paths.found
}

/// The module that a file of `src` holds: `src/text/stem.rs` is `text`, `stem`.
pub(crate) fn module_of(file: &str) -> Vec<String> {
    let path = Path::new(file).with_extension("");
    let names = path.iter().skip(1).map(|name| name.to_str().unwrap().to_owned());
    names.filter(|name| !matches!(name.as_str(), "mod" | "lib" | "main")).collect()
}

struct Paths {
    /// The module that is being read.
    module: Vec<String>,
    found: Vec<Found>,
}

impl Paths {
    fn walk(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => {
                    let is_module = at >= 2 && word(tokens.get(at - 2)).is_some_and(|word| word == "mod");
                    self.module.extend(is_module.then(|| tokens[at - 1].to_string()));
                    self.walk(&inside(group));
                    self.module.truncate(self.module.len() - usize::from(is_module));
                    at += 1;
                }
                TokenTree::Ident(_) => at = self.path(tokens, at, &[]),
                _ => at += 1,
            }
        }
    }

    /// Takes the path that starts at `at`, with what stands before its braces; gives where it ends.
    fn path(&mut self, tokens: &[TokenTree], mut at: usize, before: &[String]) -> usize {
        let mut path = before.to_vec();
        let line = tokens[at].span().start().line;
        while let Some(word) = word(tokens.get(at)) {
            self.step(&mut path, word);
            at += 1;
            if !joins(tokens, at) {
                break;
            }
            at += 2;
            if let Some(group) = tokens.get(at).and_then(braces) {
                let parts = inside(group);
                for part in parts.split(|token| is_punctuation(Some(token), ',')).filter(|part| !part.is_empty()) {
                    self.path(part, 0, &path);
                }
                return at + 1;
            }
        }
        if path.len() > 1 {
            self.found.push(Found { what: path.join("::"), line });
        }
        at
    }

    fn step(&self, path: &mut Vec<String>, word: String) {
        let from_root = |module: &[String]| [&["crate".to_owned()], module].concat();
        match word.as_str() {
            "self" if path.is_empty() => *path = from_root(&self.module),
            "self" => {}
            "super" if path.is_empty() => *path = from_root(&self.module[..self.module.len() - 1]),
            "super" => drop(path.pop()),
            _ => path.push(word),
        }
    }
}

/// A text of the code as it is written.
pub(crate) fn text_of(token: &TokenTree) -> Option<Found> {
    let TokenTree::Literal(literal) = token else { return None };
    let written = literal.to_string();
    let text = written.trim_start_matches(['b', 'c', 'r', '#']).trim_end_matches('#');
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    Some(Found { what: text.to_owned(), line: literal.span().start().line })
}
