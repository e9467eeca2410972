//! How a file is laid out, where the user knows better than the reader.

use clap::{Args, ValueEnum};
use condong::read::{Format, HeaderLine, Options};

/// What is not to be told from the bytes of a file.
#[derive(Args, Clone, Debug)]
pub(crate) struct LayoutArgs {
    /// The layout of the input; told by its first bytes if not given
    #[arg(long, help_heading = "Input", value_name = "FORMAT")]
    format_in: Option<FormatIn>,
    /// What is between cells: one character, or tab
    #[arg(long, help_heading = "Input", value_name = "CHARACTER", value_parser = delimiter_of)]
    delimiter: Option<u8>,
    /// The encoding of the input, such as utf-8, utf-16le or windows-1252
    #[arg(long, help_heading = "Input", value_name = "ENCODING", value_parser = encoding_of)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// The line of the header; 0 if there is none
    #[arg(long, help_heading = "Input", value_name = "LINE")]
    header_line: Option<u64>,
    /// The sheet of a workbook
    #[arg(long, help_heading = "Input", value_name = "NAME")]
    sheet: Option<String>,
    /// The longest row; longer ones cannot be read
    #[arg(long, help_heading = "Input", value_name = "SIZE", default_value = "16M", value_parser = size_of)]
    max_row: u64,
    /// The largest workbook, packed or unpacked, and the largest zip archive: they are kept in memory
    #[arg(long, help_heading = "Input", value_name = "SIZE", default_value = "1G", value_parser = size_of)]
    max_archive: u64,
    /// The most that a compressed input may unpack to; if not given, only what grows 500 times is refused
    #[arg(long, help_heading = "Input", value_name = "SIZE", value_parser = size_of)]
    max_unpacked: Option<u64>,
}

/// A layout as it is named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatIn {
    /// Comma, semicolon, tab or | between cells
    Csv,
    /// Tabs between cells
    Tsv,
    /// A JSON object a line
    Jsonl,
    /// A list of JSON objects
    Json,
}

impl LayoutArgs {
    /// How to read, with everything else left to the reader.
    pub(crate) fn options(&self) -> Options {
        Options {
            format: self.format_in.map(FormatIn::format),
            delimiter: self.delimiter.or((self.format_in == Some(FormatIn::Tsv)).then_some(b'\t')),
            encoding: self.encoding,
            header: self.header_line.map_or(HeaderLine::Find, HeaderLine::of),
            sheet: self.sheet.clone(),
            longest_row: usize::try_from(self.max_row).unwrap_or(usize::MAX),
            largest_buffer: self.max_archive,
            largest_unpacked: self.max_unpacked,
            ..Options::default()
        }
    }
}

impl FormatIn {
    fn format(self) -> Format {
        match self {
            FormatIn::Csv | FormatIn::Tsv => Format::Delimited,
            FormatIn::Jsonl => Format::Jsonl,
            FormatIn::Json => Format::Json,
        }
    }
}

fn delimiter_of(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if matches!(text, "tab" | "\\t") => Ok(b'\t'),
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n' | 0) => Ok(*byte),
        _ => Err("it must be one ASCII character other than a quote, or tab".to_owned()),
    }
}

fn encoding_of(label: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| "no such encoding".to_owned())
}

/// Bytes, or with a unit that counts in steps of 1024.
fn size_of(text: &str) -> Result<u64, String> {
    let units = [("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("T", 1 << 40)];
    let (number, unit) =
        units.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, *unit))).unwrap_or((text, 1));
    let size = number.parse::<u64>().ok().filter(|number| *number > 0).and_then(|number| number.checked_mul(unit));
    size.ok_or_else(|| "give a number of bytes above 0, or with K, M, G or T: 500M".to_owned())
}
