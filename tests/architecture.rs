//! The invariants of `src/lib.rs` that a compiler does not check: which module may use which, what the library keeps its
//! hands off, how large files and functions grow, and that no word of a language decides a verdict outside the lexicon.

#[path = "architecture/source.rs"]
mod source;

use std::fs;
use std::path::Path;

use condong::lexicon::{Layer, Lexicon, builtin};
use condong::opinion::{Label, Reason, Reported, Seller, Sentiment, Stance};
use proc_macro2::TokenTree;
use source::{Found, braces, each_list, is_punctuation, module_of, paths, text_of, tokens, without_tests, word};

/// A file of more lines wants a reason.
const LONGEST_FILE: usize = 350;
/// So does a function of more lines.
const LONGEST_FUNCTION: usize = 60;

/// What is longer, and why; a name is a path, or a path and a function: `src/text/stem.rs stem`.
const LONG: &[(&str, &str)] =
    &[("tests/read.rs", "one table of exports and what each must give; parting it would part the table")];

/// What the library does not touch: it takes bytes and gives values.
const FORBIDDEN_PATHS: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "fs::File",
    "clap",
    "anyhow",
    "indicatif",
    "terminal_size",
    "glob",
];

/// Macros that print.
const PRINTING: &[&str] = &["println", "eprintln", "print", "eprint", "dbg"];

/// Words in the code of `opinion` that the lexicon knows too, though they decide nothing there.
const HARMLESS: &[(&str, &str)] = &[("platform", "a kind of target, as the column `kind` of target.csv writes it")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`, by its path from the root.
fn files_below(folder: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    files.sort();
    files
}

/// The files of the library: everything below `src` but the command line.
fn library() -> Vec<String> {
    let command_line = |file: &String| file == "src/main.rs" || file.starts_with("src/cli/");
    files_below("src").into_iter().filter(|file| !command_line(file)).collect()
}

fn everything() -> Vec<String> {
    let mut files: Vec<String> =
        ["src", "tests", "examples", "fuzz/fuzz_targets", "python/src"].into_iter().flat_map(files_below).collect();
    files.push("build.rs".to_owned());
    files
}

/// The modules in the order in which `src/lib.rs` lists them.
fn modules() -> Vec<String> {
    let tokens = tokens("src/lib.rs");
    let names = tokens.windows(2).filter(|pair| word(pair.first()).is_some_and(|word| word == "mod"));
    names.map(|pair| pair[1].to_string()).collect()
}

fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let modules = modules();
    assert_eq!(modules.first().map(String::as_str), Some("read"), "src/lib.rs lists the modules");
    let place = |name: &str| modules.iter().position(|module| module == name);
    let mut problems = Vec::new();
    for file in library().iter().filter(|file| *file != "src/lib.rs") {
        let own = module_of(file).swap_remove(0);
        for Found { what, line } in paths(file, &tokens(file)) {
            let Some(reached) = what.strip_prefix("crate::") else { continue };
            let used = reached.split("::").next().unwrap_or_default();
            if place(used).is_none_or(|used| place(&own).is_none_or(|own| used > own)) {
                problems.push(format!("{file}:{line}: {own} uses {used}, which does not stand above it in src/lib.rs"));
            }
        }
    }
    none(&problems);
}

#[test]
fn the_library_takes_bytes_and_gives_values() {
    let mut problems = Vec::new();
    for file in library() {
        let tokens = without_tests(tokens(&file));
        for Found { what, line } in paths(&file, &tokens) {
            let starts = |start: &&&str| what == **start || what.starts_with(&format!("{start}::"));
            if let Some(forbidden) = FORBIDDEN_PATHS.iter().find(starts) {
                problems.push(format!("{file}:{line}: {what}: the library does not use {forbidden}"));
            }
        }
        each_list(&tokens, &mut |list| {
            for pair in list.windows(2) {
                let prints = word(pair.first()).is_some_and(|word| PRINTING.contains(&word.as_str()));
                if prints && is_punctuation(pair.get(1), '!') {
                    let line = pair[0].span().start().line;
                    problems.push(format!("{file}:{line}: {}!: the library does not print", pair[0]));
                }
            }
        });
    }
    none(&problems);
}

#[test]
fn files_and_functions_stay_short() {
    let mut long: Vec<(String, usize)> = Vec::new();
    for file in everything() {
        let lines = fs::read_to_string(root().join(&file)).unwrap().lines().count();
        if lines > LONGEST_FILE {
            long.push((file.clone(), lines));
        }
        each_list(&tokens(&file), &mut |list| {
            for (at, name) in list.windows(2).enumerate().filter_map(|(at, pair)| Some((at, function(pair)?))) {
                let ends = |token: &&TokenTree| braces(token).is_some() || is_punctuation(Some(token), ';');
                let Some(body) = list[at..].iter().find(ends).and_then(braces) else { continue };
                let lines = body.span_close().end().line - list[at].span().start().line + 1;
                if lines > LONGEST_FUNCTION {
                    long.push((format!("{file} {name}"), lines));
                }
            }
        });
    }
    let mut problems = Vec::new();
    for (name, lines) in &long {
        if !LONG.iter().any(|(allowed, _)| allowed == name) {
            problems.push(format!("{name}: {lines} lines"));
        }
    }
    for (name, reason) in LONG {
        if !long.iter().any(|(found, _)| found == name) {
            problems.push(format!("{name}: is short enough now, or gone; allowed because: {reason}"));
        }
    }
    none(&problems);
}

/// The name of the function whose first tokens are `fn name`.
fn function(pair: &[TokenTree]) -> Option<String> {
    word(pair.first()).filter(|word| word == "fn").and_then(|_| word(pair.get(1)))
}

#[test]
fn nothing_is_unsafe() {
    let mut problems = Vec::new();
    for file in everything() {
        each_list(&tokens(&file), &mut |list| {
            for token in list.iter().filter(|token| word(Some(token)).is_some_and(|word| word == "unsafe")) {
                problems.push(format!("{file}:{}: unsafe", token.span().start().line));
            }
        });
    }
    none(&problems);
}

#[test]
fn no_word_of_the_lexicon_stands_in_the_code_of_opinion() {
    let lexicon = Lexicon::of(&builtin()).unwrap_or_else(|error| panic!("{error}"));
    let labels = labels();
    let allowed = |word: &str| labels.contains(&word) || HARMLESS.iter().any(|(harmless, _)| *harmless == word);
    let is_term = |text: &str| lexicon.knows(text) || lexicon.entries().any(|entry| entry.text == text);
    let mut problems = Vec::new();
    for file in files_below("src/opinion") {
        each_list(&without_tests(tokens(&file)), &mut |list| {
            // The tokens hold a comment for documentation as `doc = "…"`.
            let code = if word(list.first()).is_some_and(|word| word == "doc") { &[] } else { list };
            for literal in code.iter().filter_map(text_of) {
                let text = literal.what.trim().to_lowercase();
                if is_term(&text) && !allowed(&text) {
                    problems.push(format!("{file}:{}: `{text}` belongs into lexicon/", literal.line));
                }
            }
        });
    }
    none(&problems);
}

/// The labels that data files and machine formats share with the code.
fn labels() -> Vec<&'static str> {
    let mut labels: Vec<&str> = Stance::ALL.iter().map(|label| label.name()).collect();
    labels.extend(Sentiment::ALL.iter().map(|label| label.name()));
    labels.extend(Seller::ALL.iter().map(|label| label.name()));
    labels.extend(Reported::ALL.iter().map(|label| label.name()));
    labels.extend(Reason::ALL.iter().map(|label| label.name()));
    labels.extend(Layer::SCALES.iter().flat_map(|scale| scale.labels).copied());
    labels
}
