//! What a caller may fix about an input instead of leaving it to the reader.

use encoding_rs::Encoding;
use jiff::Timestamp;
use jiff::tz::Offset;

/// How rows are laid out in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Rows of cells with a delimiter between them.
    Delimited,
    /// One JSON object after another, as a rule one a line.
    Jsonl,
    /// JSON objects inside an array.
    Json,
    /// An Excel workbook, XLSX or XLS.
    Workbook,
}

/// Where the header is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeaderLine {
    /// Found by the names in it.
    #[default]
    Find,
    /// There is none: columns are `column_1`, `column_2` and so on.
    None,
    /// On this line, counted from 1.
    Line(u64),
}

/// Which number of `04/10/2023` is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// Decided over the column.
    #[default]
    Find,
    /// 4 October.
    DayFirst,
    /// April 10.
    MonthFirst,
}

/// The columns a caller names: by name, or by number from 1 where no column has that name.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// The post.
    pub text: Option<String>,
    /// When it was written.
    pub date: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// How many like it.
    pub likes: Option<String>,
    /// Where the author is.
    pub location: Option<String>,
    /// How the author describes themselves.
    pub bio: Option<String>,
    /// Whether the author sells online or offline, as the caller knows it.
    pub seller: Option<String>,
}

/// Everything a caller may fix about an input; the default finds all of it.
#[derive(Clone, Debug)]
pub struct Options {
    /// The columns by name.
    pub named: Named,
    /// The layout.
    pub format: Option<Format>,
    /// The byte between cells.
    pub delimiter: Option<u8>,
    /// The encoding of text.
    pub encoding: Option<&'static Encoding>,
    /// The header's place.
    pub header: HeaderLine,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The order of day and month in dates written with numbers.
    pub day_order: DayOrder,
    /// The offset in which dates are given, and taken to be written where they do not say.
    pub timezone: Offset,
    /// The time at which the export was made, for dates such as `3 hari lalu`.
    pub as_of: Option<Timestamp>,
    /// The longest row that is read, in bytes; longer ones are rejected.
    pub longest_row: usize,
    /// The most that an input which cannot be streamed (a workbook, a zip archive) may take in memory, in bytes.
    pub largest_buffer: u64,
    /// The most that a compressed input may unpack to, in bytes. If none, there is no such end, but what grows as only
    /// input that was made to harm does is refused.
    pub largest_unpacked: Option<u64>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            named: Named::default(),
            format: None,
            delimiter: None,
            encoding: None,
            header: HeaderLine::Find,
            sheet: None,
            day_order: DayOrder::Find,
            timezone: jiff::tz::offset(7),
            as_of: None,
            longest_row: 16 << 20,
            largest_buffer: 1 << 30,
            largest_unpacked: None,
        }
    }
}

impl HeaderLine {
    /// The header's line as people give it: 0 where there is none.
    pub fn of(line: u64) -> HeaderLine {
        if line == 0 { HeaderLine::None } else { HeaderLine::Line(line) }
    }
}
