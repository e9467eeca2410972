//! Whether an input holds delimited rows or JSON, and where the objects begin.

use super::found::Decision;
use super::objects;
use super::options::{Format, Options};

/// The layout of an input.
pub(super) struct Layout {
    pub(super) format: Decision<Format>,
    /// Where the first object may begin.
    pub(super) start: usize,
}

/// Tells the layout of an input from its first bytes.
pub(super) fn layout_of(head: &[u8], options: &Options) -> Layout {
    let at = |format: Format, why: &str, start: usize| Layout { format: Decision::of(format, why), start };
    match options.format {
        Some(Format::Json) => return at(Format::Json, "as asked", list_in(head).unwrap_or(0)),
        Some(format) => return at(format, "as asked", 0),
        None => {}
    }
    let mut visible = head.iter().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace());
    match (visible.next(), visible.next()) {
        (Some((start, b'[')), Some((_, b'{' | b']'))) => at(Format::Json, "it begins with a list of objects", start),
        (Some((start, b'{')), Some((_, b'"' | b'}'))) => match list_in(head) {
            Some(list) => at(Format::Json, "it begins with an object around a list of objects", list),
            None if first_line_is_object(&head[start..]) => at(Format::Jsonl, "its first line is an object", 0),
            None => at(Format::Json, "it begins with an object over several lines", start),
        },
        _ => at(Format::Delimited, "it does not begin as JSON does", 0),
    }
}

fn first_line_is_object(head: &[u8]) -> bool {
    let line = &head[..memchr::memchr(b'\n', head).unwrap_or(head.len())];
    serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() || objects::sample(head, false, usize::MAX).is_empty()
}

/// Where the list begins in `{"data": [{…}, {…}]}`: the object around it does not end on the line.
fn list_in(head: &[u8]) -> Option<usize> {
    let line = &head[..memchr::memchr(b'\n', head.trim_ascii_start()).unwrap_or(head.len())];
    let several_lines = head.trim_ascii_end().len() > line.len();
    if several_lines && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok() {
        return None;
    }
    let mut depth = 0;
    let (mut string, mut escaped) = (false, false);
    for (at, &byte) in head.iter().enumerate() {
        if string {
            string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => string = true,
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'[' if depth == 1 && head[at + 1..].trim_ascii_start().first() == Some(&b'{') => return Some(at + 1),
            _ => {}
        }
        if depth == 0 && byte == b'}' {
            return None;
        }
    }
    None
}
