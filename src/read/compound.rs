//! The sector tables of an old workbook: a chain of sectors that runs in a circle would be followed for ever.
//!
//! Layout after [MS-CFB], sections 2.2 to 2.5.

/// Numbers from here on are marks and not sectors.
const MARKS: u32 = 0xffff_fffa;

/// Where the header lists the first sectors of the sector table, and where the list ends.
const LISTED: std::ops::Range<usize> = 76..512;

/// Whether each chain of sectors has an end, and the tables are no larger than the file.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    let shift = bytes.get(30).copied().unwrap_or(0);
    if !matches!(shift, 9 | 12) || bytes.len() < LISTED.end {
        // The reader of workbooks says what is wrong with it.
        return true;
    }
    let file = Sectors { bytes, size: 1 << shift };
    let Some(table) = file.table() else { return false };
    let small = number(bytes, 60).map(|start| file.chained(start, &table)).unwrap_or_default();
    ends(&table) && ends(&small)
}

struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl Sectors<'_> {
    fn numbers(&self, sector: u32) -> Vec<u32> {
        let start = (sector as usize).saturating_add(1).saturating_mul(self.size).min(self.bytes.len());
        let end = start.saturating_add(self.size).min(self.bytes.len());
        numbers(&self.bytes[start..end])
    }

    /// Which sector follows each, or nothing where the table is larger than the file.
    fn table(&self) -> Option<Vec<u32>> {
        let mut listed = numbers(&self.bytes[LISTED]);
        let mut more = number(self.bytes, 68).unwrap_or(MARKS);
        let mut left = self.bytes.len() / self.size;
        while more < MARKS {
            left = left.checked_sub(1)?;
            listed.extend(self.numbers(more));
            more = listed.pop()?;
        }
        let mut table = Vec::new();
        for sector in listed.into_iter().filter(|sector| *sector < MARKS) {
            table.extend(self.numbers(sector));
            if table.len() * 4 > self.bytes.len() {
                return None;
            }
        }
        Some(table)
    }

    /// The numbers in a chain of sectors, up to as many as there are sectors.
    fn chained(&self, start: u32, table: &[u32]) -> Vec<u32> {
        let follow = |sector: &u32| table.get(*sector as usize).copied();
        std::iter::successors(Some(start), follow).take(table.len()).flat_map(|sector| self.numbers(sector)).collect()
    }
}

/// Whether no chain in `table`, which says what follows each number, comes back to where it was.
fn ends(table: &[u32]) -> bool {
    let mut seen_in = vec![0; table.len()];
    for start in 0..table.len() {
        let walk = start + 1;
        let mut at = start;
        while at < table.len() && seen_in[at] == 0 {
            seen_in[at] = walk;
            at = table[at] as usize;
        }
        if seen_in.get(at) == Some(&walk) {
            return false;
        }
    }
    true
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    numbers(bytes.get(at..at + 4)?).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_that_run_in_a_circle_are_told() {
        for (table, end) in [
            (vec![1, 2, u32::MAX], true),
            (vec![], true),
            (vec![2, 2, 3, u32::MAX], true),
            (vec![0], false),
            (vec![1, 2, 0], false),
            (vec![u32::MAX, 2, 3, 1], false),
        ] {
            assert_eq!(ends(&table), end, "{table:?}");
        }
    }

    #[test]
    fn a_list_of_sectors_that_goes_on_behind_the_file_is_told() {
        let mut bytes = vec![0; 516];
        bytes[30] = 9;
        assert!(!is_sound(&bytes));
    }
}
