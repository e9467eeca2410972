//! The built-in lexicon is in order, says nothing twice, and loads.

use condong::lexicon::{Finding, Kind, builtin, lint};

/// The findings of some kinds, as people read them.
fn found(kinds: &[Kind]) -> Vec<String> {
    let of = |finding: &Finding| kinds.contains(&finding.kind);
    lint(&builtin()).into_iter().filter(of).map(|finding| format!("{}: {}", finding.place, finding.message)).collect()
}

#[test]
fn files_are_sorted_and_no_row_stands_twice() {
    assert_eq!(found(&[Kind::Unsorted, Kind::Duplicate]), [""; 0], "run `condong lexicon lint lexicon --fix`");
}

#[test]
fn every_row_can_be_read() {
    let kinds = [Kind::UnknownFile, Kind::Unreadable, Kind::UnknownClass, Kind::EmptyClass, Kind::OutOfRange];
    assert_eq!(found(&kinds), [""; 0]);
}

#[test]
fn a_spreadsheet_changes_no_cell() {
    assert_eq!(found(&[Kind::Spreadsheet]), [""; 0]);
}
