//! Quotes as people's exporters write them: whether a row keeps to RFC 4180, and how to read it when it does not.

use memchr::memchr_iter;

/// How the quotes of a row stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// As RFC 4180 has them.
    Sound,
    /// A quote inside a quoted cell is not doubled.
    Inner,
    /// A quoted cell is never closed.
    Open,
}

/// Says how the quotes of `row`, the bytes of one record, stand.
pub(super) fn quotes_of(row: &[u8], delimiter: u8) -> Quotes {
    let mut quoted = false;
    let mut skip = usize::MAX;
    for at in memchr_iter(b'"', row) {
        if at == skip {
            continue;
        }
        if !quoted {
            // A quote elsewhere than at the start of a cell is a character like any other.
            quoted = at == 0 || row[at - 1] == delimiter;
            continue;
        }
        match row.get(at + 1) {
            Some(b'"') => skip = at + 1,
            Some(&next) if next != delimiter && next != b'\r' && next != b'\n' => return Quotes::Inner,
            _ => quoted = false,
        }
    }
    if quoted { Quotes::Open } else { Quotes::Sound }
}

/// Reads one physical line in which quotes inside cells are not doubled: a quote closes its cell only where the cell
/// ends. Returns the cells in order, or nothing where a quote opens a cell and none closes it.
pub(super) fn lenient_cells(line: &str, delimiter: u8) -> Option<Vec<&str>> {
    let line = line.trim_end_matches(['\r', '\n']);
    let bytes = line.as_bytes();
    let mut cells = Vec::new();
    let mut start = 0;
    loop {
        let (cell, end) = if let Some(close) = closing_quote(bytes, start, delimiter) {
            (&line[start + 1..close], close + 1)
        } else {
            let end = memchr::memchr(delimiter, &bytes[start..]).map_or(bytes.len(), |at| start + at);
            (&line[start..end], end)
        };
        // Exports with tabs as a rule quote nothing, so a lone quote there is a character.
        let closed = end > start + cell.len();
        if !closed && opens(cell) && delimiter != b'\t' {
            return None;
        }
        cells.push(cell);
        if end >= bytes.len() {
            return Some(cells);
        }
        start = end + 1;
    }
}

/// Whether a quote opens the cell and no other belongs to it.
fn opens(cell: &str) -> bool {
    cell.starts_with('"') && memchr_iter(b'"', cell.as_bytes()).count() % 2 == 1
}

fn closing_quote(bytes: &[u8], start: usize, delimiter: u8) -> Option<usize> {
    bytes.get(start).filter(|&&byte| byte == b'"')?;
    memchr_iter(b'"', &bytes[start + 1..])
        .map(|at| start + 1 + at)
        .find(|&at| bytes.get(at + 1).is_none_or(|&next| next == delimiter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_as_they_are_written() {
        for (row, stand) in [
            (r#"a,"b ""c"" d",e"#, Quotes::Sound),
            (r#"layar 5" murah,"b""#, Quotes::Sound),
            (r#""kata "murah" dia","b""#, Quotes::Inner),
            (r#""kata "murah"","b""#, Quotes::Inner),
            (r#"a,"b"#, Quotes::Open),
            (r#"""","#, Quotes::Open),
        ] {
            assert_eq!(quotes_of(row.as_bytes(), b','), stand, "{row}");
        }
    }

    #[test]
    fn a_quote_closes_only_at_the_end_of_its_cell() {
        for (line, cells) in [
            (r#""1","dia bilang "murah"","x""#, vec!["1", r#"dia bilang "murah""#, "x"]),
            (r#"1;""murah" katanya";x"#, vec!["1", r#""murah" katanya"#, "x"]),
            (r#""Murah" kata dia;positif"#, vec![r#""Murah" kata dia"#, "positif"]),
            ("a;;", vec!["a", "", ""]),
            ("", vec![""]),
        ] {
            let delimiter = if line.contains(';') { b';' } else { b',' };
            assert_eq!(lenient_cells(line, delimiter), Some(cells), "{line}");
        }
    }
}
