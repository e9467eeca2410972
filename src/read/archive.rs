//! Zip archives: a workbook, or one table to read.

use super::compression::{Unpacked, bounded};
use super::error::ReadError;
use super::options::Options;
use flate2::read::DeflateDecoder;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use zip::{CompressionMethod, ZipArchive};

/// Opens the archive in `bytes`: as a workbook if it is one, or else at the only file in it.
pub(super) fn open(bytes: Vec<u8>, file: &str, options: &Options) -> Result<Unpacked, ReadError> {
    let cannot = |reason: String| ReadError::Container { file: file.to_owned(), what: "zip archive", reason };
    let mut archive = ZipArchive::new(Cursor::new(&bytes[..])).map_err(|error| cannot(error.to_string()))?;
    if archive.index_for_name("xl/workbook.xml").is_some() {
        check_size(&mut archive, file, options)?;
        return Ok(Unpacked::Workbook(bytes));
    }
    let names = archive.file_names().flatten().map(std::borrow::Cow::into_owned);
    let tables: Vec<String> = names.filter(|name| is_table(name)).collect();
    let [name] = &tables[..] else {
        return Err(cannot(match tables.len() {
            0 => "no file in it".to_owned(),
            _ => format!("several files in it ({}); unpack it and name one", tables.join(", ")),
        }));
    };
    let entry = archive.by_name(name).map_err(|error| cannot(error.to_string()))?;
    let method = entry.compression();
    let start = entry.data_start().unwrap_or(0);
    let (packed, size) = (entry.compressed_size(), entry.size());
    let crc = entry.crc32();
    let name = format!("zip ({name})");
    drop(entry);
    drop(archive);
    let stream = slice_of(bytes, start, packed);
    let unpacked: Box<dyn Read + Send> = match method {
        CompressionMethod::Stored => Box::new(stream),
        CompressionMethod::Deflated => Box::new(DeflateDecoder::new(stream)),
        other => return Err(cannot(format!("packed by {other}, which is not read; unpack it"))),
    };
    let checked = Box::new(Checked { inner: unpacked, crc: flate2::Crc::new(), expected: crc, left: size });
    let bytes = bounded(checked, Arc::new(AtomicU64::new(packed)), "zip", options);
    Ok(Unpacked::Stream { bytes, compression: Some(name) })
}

/// A workbook is unpacked whole, so its parts may not be larger than what is kept in memory. What the archive says of
/// their sizes need not be true, so they are unpacked once to nowhere.
fn check_size(archive: &mut ZipArchive<Cursor<&[u8]>>, file: &str, options: &Options) -> Result<(), ReadError> {
    let limit = options.largest_buffer;
    let mut left = limit;
    for index in 0..archive.len() {
        // A part that is damaged is found when it is read.
        let Ok(part) = archive.by_index(index) else { continue };
        let size = part.size().max(length_of(part.take(left.saturating_add(1))));
        if size > left {
            let (what, advice) =
                ("the unpacked workbook".to_owned(), "save it as CSV, or allow more by --max-archive SIZE");
            return Err(ReadError::TooLarge { file: file.to_owned(), what, limit, advice });
        }
        left -= size;
    }
    Ok(())
}

/// How many bytes come before the end, or before an error.
fn length_of(mut reader: impl Read) -> u64 {
    let (mut buffer, mut length) = ([0; 16 << 10], 0);
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        length += count as u64;
    }
    length
}

fn is_table(name: &str) -> bool {
    let hidden = name.rsplit('/').next().is_some_and(|last| last.starts_with('.'));
    !(name.ends_with('/') || name.starts_with("__MACOSX/") || hidden)
}

fn slice_of(bytes: Vec<u8>, start: u64, length: u64) -> io::Take<Cursor<Vec<u8>>> {
    let mut cursor = Cursor::new(bytes);
    cursor.set_position(start);
    cursor.take(length)
}

/// A reader that compares what it gave with the checksum in the archive.
struct Checked {
    inner: Box<dyn Read + Send>,
    crc: flate2::Crc,
    expected: u32,
    left: u64,
}

impl Read for Checked {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.crc.update(&out[..count]);
        self.left = self.left.saturating_sub(count as u64);
        let ended = count == 0 && !out.is_empty();
        if ended && (self.left > 0 || self.crc.sum() != self.expected) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not what the archive's checksum says"));
        }
        Ok(count)
    }
}
