//! Cells that hold a number out of range, or that a spreadsheet would change.

use super::table::Line;
use super::{Finding, Kind};

pub(super) fn check(line: &Line, findings: &mut Vec<Finding>) {
    if let (Some((_, least, most)), Some(number)) = (line.file.number, line.number())
        && !(least..=most).contains(&number)
    {
        let message = format!("{number} is out of range; write a number from {least} to {most}");
        findings.push(Kind::OutOfRange.at(line.place(), message));
    }
    for (at, column) in line.file.columns.iter().enumerate() {
        if *column == "date" || line.file.number.is_some_and(|(number, ..)| number == at) {
            continue;
        }
        if let Some(why) = changed(line.row.cell(at)) {
            let message =
                format!("a spreadsheet changes `{}`: {why}; edit this file in a text editor", line.row.cell(at));
            findings.push(Kind::Spreadsheet.at(line.place(), message));
        }
    }
}

/// The most digits that a spreadsheet keeps of a number.
const MOST_DIGITS: usize = 15;

/// What a spreadsheet makes of a cell, if it does not leave it alone.
fn changed(cell: &str) -> Option<&'static str> {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let letters = |text: &str| text.chars().take_while(|c| c.is_alphanumeric()).count();
    if cell.starts_with(['=', '+', '-']) && letters(&cell[1..]) >= 2 {
        return Some("it is taken for a formula");
    }
    if is_date(cell) {
        return Some("it becomes a date");
    }
    if digits == 0 || !cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E')) {
        return None;
    }
    let numeric = cell.parse::<f64>().is_ok();
    let padded = cell.starts_with('0') && digits > 1 && !cell.starts_with("0.");
    let trailing = cell.contains('.') && cell.ends_with('0');
    (numeric && (padded || trailing || digits > MOST_DIGITS || cell.contains(['e', 'E'])))
        .then_some("it becomes a number written in another way")
}

/// Two or three short numbers parted by `/` or `-`, or a day beside the name of a month.
fn is_date(cell: &str) -> bool {
    const MONTHS: [&str; 15] =
        ["jan", "feb", "mar", "apr", "may", "mei", "jun", "jul", "aug", "agu", "sep", "oct", "okt", "dec", "des"];
    let parts: Vec<&str> = cell.split(['/', '-', ' ']).collect();
    let short = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let month = |part: &str| part.len() == 3 && MONTHS.contains(&part.to_lowercase().as_str());
    match parts.as_slice() {
        [day, name] => {
            (short(day) && short(name) && !cell.contains(' '))
                || (month(day) && short(name))
                || (short(day) && month(name))
        }
        [day, middle, year] => short(day) && short(year) && !cell.contains(' ') && (short(middle) || month(middle)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::changed;

    #[test]
    fn tells_cells_that_a_spreadsheet_changes() {
        for cell in
            ["=sum", "+62812", "-nya", "1-2", "3/4", "12 des", "okt-23", "007", "10.10", "1e5", "1234567890123456"]
        {
            assert!(changed(cell).is_some(), "{cell}");
        }
    }

    #[test]
    fn leaves_others_alone() {
        for cell in [
            "",
            "murah",
            "=)",
            "=D",
            "-_-",
            "100",
            "1688",
            "3.5",
            "0.5",
            "2 hari",
            "e-commerce",
            "jangan * {tutup}",
            "12.12",
        ] {
            assert_eq!(changed(cell), None, "{cell}");
        }
    }
}
