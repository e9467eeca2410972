//! An input without compression and encoding: UTF-8 bytes, the first of them at hand to look at.

use super::compression::Bytes;
use super::encoding::{Transcoded, encoding_of};
use super::error::ReadError;
use super::options::Options;
use std::io::{self, Cursor, Read};

/// The bytes that are looked at to tell what an input is.
const HEAD: u64 = 256 << 10;

/// Fewer control bytes than this do not make an input binary.
const FEW_CONTROLS: usize = 8;

/// UTF-8 text, but for bytes that were no text in the input's encoding.
pub(super) struct Source {
    pub(super) head: Vec<u8>,
    /// The head is all there is.
    pub(super) whole: bool,
    pub(super) rest: Bytes,
    pub(super) encoding: &'static str,
    pub(super) encoding_why: &'static str,
    pub(super) byte_order_mark: bool,
}

/// Prepares the unpacked bytes of an input for reading.
pub(super) fn source_of(mut bytes: Bytes, file: &str, options: &Options) -> Result<Source, ReadError> {
    let head = take_head(&mut bytes, file)?;
    if head.is_empty() {
        return Err(ReadError::Empty { file: file.to_owned() });
    }
    if let Some(what) = kind_of(&head) {
        return Err(ReadError::NotText { file: file.to_owned(), what: format!("it is {what}") });
    }
    let told = encoding_of(&head, options.encoding);
    let mut source = Source {
        whole: (head.len() as u64) < HEAD,
        head: head[told.mark..].to_vec(),
        rest: bytes,
        encoding: told.encoding.name(),
        encoding_why: told.why,
        byte_order_mark: told.mark > 0,
    };
    if told.encoding != encoding_rs::UTF_8 {
        let encoded: Bytes = Box::new(Cursor::new(source.head).chain(source.rest));
        source.rest = Box::new(Transcoded::of(encoded, told.encoding));
        source.head = take_head(&mut source.rest, file)?;
        source.whole = (source.head.len() as u64) < HEAD;
    }
    if looks_binary(&source.head) {
        let what = "it is full of control bytes, as binary data is".to_owned();
        return Err(ReadError::NotText { file: file.to_owned(), what });
    }
    Ok(source)
}

fn take_head(bytes: &mut Bytes, file: &str) -> Result<Vec<u8>, ReadError> {
    let mut head = Vec::new();
    match bytes.take(HEAD).read_to_end(&mut head) {
        Err(error) if head.is_empty() => Err(ReadError::Io { file: file.to_owned(), line: 1, error }),
        Err(error) => {
            // The rows before the damage are good; the error comes again where they end.
            let rest = Box::new(Failing(Some(error)));
            *bytes = rest;
            Ok(head)
        }
        Ok(_) => Ok(head),
    }
}

struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Names what is easily told from text.
fn kind_of(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], usize, &str); 9] = [
        (b"\x89PNG", 0, "a PNG picture"),
        (b"\xff\xd8\xff", 0, "a JPEG picture"),
        (b"GIF8", 0, "a GIF picture"),
        (b"WEBP", 8, "a WebP picture"),
        (b"%PDF-", 0, "a PDF document"),
        (b"ftyp", 4, "a video"),
        (b"SQLite format 3", 0, "an SQLite database; export a table as CSV"),
        (b"PAR1", 0, "a Parquet file; save it as CSV, or build condong with --features parquet"),
        (b"ustar", 257, "a tar archive; unpack it"),
    ];
    let found = KINDS.iter().find(|(magic, at, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    found.map(|(_, _, what)| *what)
}

fn looks_binary(head: &[u8]) -> bool {
    let control = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    let controls = head.iter().filter(control).count();
    controls >= FEW_CONTROLS && controls * 50 > head.len()
}
