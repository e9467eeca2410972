//! What people are told on standard error.

use std::io::{self, Write};

use condong::report::visible;

/// Tells it, with nothing in it that could act on a terminal. Where standard error is full or gone, nobody can be told.
pub(crate) fn say(message: &str) {
    let lines: Vec<String> = message.lines().map(visible).collect();
    let _ = writeln!(io::stderr().lock(), "condong: {}", lines.join("\n"));
}
