//! Counts of likes as sites show them: `1204`, `1,204`, `1.2K`, `1,2 rb`, `3,4 jt`.

/// What a letter or word after a number multiplies it by.
const FACTORS: [(&str, f64); 8] =
    [("", 1.0), ("k", 1e3), ("rb", 1e3), ("ribu", 1e3), ("jt", 1e6), ("juta", 1e6), ("m", 1e6), ("b", 1e9)];

/// The count in `cell`, if it is one.
pub fn count_of(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    let end =
        cell.find(|letter: char| !(letter.is_ascii_digit() || letter == '.' || letter == ',')).unwrap_or(cell.len());
    let (digits, unit) = cell.split_at(end);
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let unit = unit.trim().trim_end_matches(['+', '.']).to_lowercase();
    let (_, factor) = FACTORS.iter().find(|(name, _)| *name == unit)?;
    let number: f64 = plain(digits).parse().ok()?;
    // Counts are far below 2^53 and above nothing, so that the cast is exact.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some((number * factor).round() as u64)
}

/// The number without marks between thousands: marks before three digits each.
fn plain(digits: &str) -> String {
    let mut groups = digits.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    if rest.iter().all(|group| group.len() == 3) {
        return format!("{first}{}", rest.concat());
    }
    digits.replace(',', ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_sites_show_them() {
        for (cell, count) in [
            ("1204", Some(1204)),
            ("1,204", Some(1204)),
            ("1.234.567", Some(1_234_567)),
            ("1.2K", Some(1200)),
            ("1,2 rb", Some(1200)),
            ("3,4 jt", Some(3_400_000)),
            ("12K+", Some(12_000)),
            ("7.0", Some(7)),
            ("", None),
            ("K", None),
            ("12 ekor", None),
            ("1.2.3", None),
        ] {
            assert_eq!(count_of(cell), count, "{cell}");
        }
    }
}
