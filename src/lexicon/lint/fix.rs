//! A lexicon file with its rows in order and repeated ones left out.

use super::files::File;
use super::order::sortable;
use super::{Finding, Kind};

/// The text of a file, sorted, without the rows that `findings` call duplicates; none where it is in order or cannot be read.
pub fn fixed(text: &str, file: &File, findings: &[&Finding]) -> Option<String> {
    let body = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(body.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let (at, line) = (usize::try_from(record.position()?.byte()).ok()?, record.position()?.line());
        records.push((at, line, record));
    }
    // A record reaches to the next one, so that quotes and notes stay as they were written.
    let ends = records.iter().skip(1).map(|(at, ..)| *at).chain([body.len()]);
    let mut rows: Vec<(Vec<&str>, &str)> = Vec::new();
    for ((at, line, record), end) in records.iter().zip(ends) {
        let is_repeated = |found: &&Finding| found.kind == Kind::Duplicate && found.place.line == *line;
        if !findings.iter().any(is_repeated) {
            let cell = |column: &usize| sortable(record.get(*column).unwrap_or_default().trim());
            rows.push((file.sorted_by.iter().map(cell).collect(), body.get(*at..end)?.trim_matches(['\r', '\n'])));
        }
    }
    // The first record is the header.
    rows.get_mut(1..)?.sort_by(|a, b| a.0.cmp(&b.0));
    let sorted: String = rows.iter().flat_map(|(_, row)| [*row, "\n"]).collect();
    (sorted != text).then_some(sorted)
}

#[cfg(test)]
mod tests {
    use super::super::{Folder, file_of, lint};
    use super::fixed;

    fn check(path: &str, text: &str, expected: Option<&str>) {
        let mut folder = Folder::named("f");
        folder.add(path, text);
        let findings = lint(&[folder]);
        assert_eq!(fixed(text, &file_of(path).unwrap(), &findings.iter().collect::<Vec<_>>()).as_deref(), expected);
    }

    #[test]
    fn sorts_rows_and_leaves_repeated_ones_out() {
        let text = "term,weight,note\nmurah,1,\nbagus,1,\"a, b\"\nmurah,1,again\n";
        check("stance/pro.csv", text, Some("term,weight,note\nbagus,1,\"a, b\"\nmurah,1,\n"));
        check("stance/pro.csv", "term,weight,note\nbagus,1,\nmurah,1,\n", None);
    }

    #[test]
    fn what_is_always_there_comes_first() {
        check("stance/pro.csv", "term,weight,note\n<prior>,1,\n#a,1,\n", None);
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
