//! Rebuilds when a file is added to the built-in lexicon; the compiler only sees changes of those it knows.

fn main() {
    println!("cargo::rerun-if-changed=lexicon");
}
