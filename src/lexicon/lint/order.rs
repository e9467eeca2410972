//! Rows out of order: sorted files change line by line, and show what is there already.

use super::table::{Line, Table};
use super::{Finding, Kind};

/// One finding a file, at its first row that is not in its place.
pub(super) fn check(table: &Table, findings: &mut Vec<Finding>) {
    for pair in table.rows.windows(2) {
        let [before, line] = pair else { continue };
        let told = findings.iter().any(|found| found.kind == Kind::Unsorted && found.place.file == line.place().file);
        if before.path == line.path && key(before) > key(line) && !told {
            let message = format!(
                "`{}` stands after `{}`; `condong lexicon lint --fix` sorts the file",
                line.term(),
                before.term()
            );
            findings.push(Kind::Unsorted.at(line.place(), message));
        }
    }
}

/// The cells by which a row is sorted.
fn key(line: &Line) -> Vec<&str> {
    line.file.sorted_by.iter().map(|column| sortable(line.row.cell(*column))).collect()
}

/// A cell as it is sorted: what is always there comes first.
pub(super) fn sortable(cell: &str) -> &str {
    if cell == "<prior>" { "" } else { cell }
}
