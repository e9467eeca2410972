//! A lexicon file with its rows in order and repeated ones left out.

use super::files::File;
use super::order::sortable;

/// The text of a file, sorted, without rows that stand twice word for word; none where it is in order or cannot be read.
pub fn fixed(text: &str, file: &File) -> Option<String> {
    let body = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(body.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let at = usize::try_from(record.position()?.byte()).ok()?;
        records.push((at, record));
    }
    // A record reaches to the next one, so that quotes and notes stay as they were written.
    let ends = records.iter().skip(1).map(|(at, _)| *at).chain([body.len()]);
    let mut rows: Vec<(Vec<String>, &str)> = Vec::new();
    for ((at, record), end) in records.iter().zip(ends) {
        let key =
            file.sorted_by.iter().map(|column| sortable(record.get(*column).unwrap_or_default().trim()).to_owned());
        rows.push((key.collect(), body.get(*at..end)?.trim_end_matches(['\r', '\n'])));
    }
    let header = rows.first()?.1.to_owned();
    let mut rows = rows.split_off(1);
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut sorted = header + "\n";
    let mut written: Vec<&str> = Vec::new();
    let mut last = None;
    for (key, row) in &rows {
        if last != Some(key) {
            written.clear();
            last = Some(key);
        }
        if !written.contains(row) {
            written.push(row);
            sorted.push_str(row.trim_start_matches(['\r', '\n']));
            sorted.push('\n');
        }
    }
    (sorted != text).then_some(sorted)
}

#[cfg(test)]
mod tests {
    use super::super::files::file_of;
    use super::fixed;

    fn check(path: &str, text: &str, expected: Option<&str>) {
        assert_eq!(fixed(text, &file_of(path).unwrap()).as_deref(), expected);
    }

    #[test]
    fn sorts_rows_and_leaves_repeated_ones_out() {
        let text = "term,weight,note\nmurah,1,\nbagus,1,\"a, b\"\nmurah,1,\n";
        check("stance/pro.csv", text, Some("term,weight,note\nbagus,1,\"a, b\"\nmurah,1,\n"));
        check("stance/pro.csv", "term,weight,note\nbagus,1,\nmurah,1,\n", None);
    }

    #[test]
    fn readings_of_one_spelling_keep_their_order() {
        check("slang.csv", "term,standard,weight\nade,adik,0.7\nade,ada,0.3\n", None);
    }

    #[test]
    fn rows_that_differ_are_kept() {
        check("stance/pro.csv", "term,weight,note\nmurah,1,\nmurah,2,\n", None);
    }
}
