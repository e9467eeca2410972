//! A tally as a file: counted here, merged there, on another day or another machine.
//!
//! # Format 1
//!
//! The line `condong partial 1 0.1.0` (the format, the release that counted) and a line feed; then, compressed with gzip (RFC 1952, whose trailer holds length and
//! CRC-32), one value in the postcard wire format (<https://postcard.jamesmunns.com/wire-format>): [`Origin`], the
//! posts read (u64), the level of the sample of authors (u32), the distinct profiles, the records of posts sorted, and
//! the sampled texts by the hash of their wording, each a struct of the fields below in their order. Hashes are
//! fixed-width little-endian, dates are (year, month, day). Equal posts give equal bytes, however they were dealt out
//! to threads.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::tally::Tally;
use body::Body;

mod body;
mod origin;

pub use origin::Origin;

/// How every partial begins; the number of the format follows.
const MARK: &[u8] = b"condong partial ";

/// The number of the format that is written and read.
const FORMAT: &str = "1";

/// The release that counts.
const TOOL: &str = env!("CARGO_PKG_VERSION");

/// A first line is not longer behind the mark, in bytes.
const LONGEST_HEAD: usize = 60;

/// What a partial may unpack to, in bytes: that of a full tally is a quarter of it.
const LARGEST: u64 = 1 << 30;

/// Posts that were counted, with all that is needed to go on counting elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Partial {
    /// How they were counted, and where they come from.
    pub origin: Origin,
    /// What was counted.
    pub tally: Tally,
}

/// Why a partial cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PartialError {
    /// The bytes are something else.
    #[error("{file}: not a partial; `condong report --partial FILE` writes one")]
    Other {
        /// The file.
        file: String,
    },
    /// The format is that of another release.
    #[error("{file}: a partial of format {found}, and this version of condong reads format {FORMAT}; write it again")]
    Format {
        /// The file.
        file: String,
        /// The number of its format.
        found: String,
    },
    /// The file is cut short, or not as it was written.
    #[error("{file}: cut short or damaged: {why}")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// Another release counted it, perhaps otherwise.
    #[error("{file}: counted by condong {found}, and this is condong {TOOL}; count again")]
    Tool {
        /// The file.
        file: String,
        /// The release that counted it.
        found: String,
    },
    /// The parts were not counted alike.
    #[error("{file}: has {what} {found}, the parts before it have {expected}; parts of one report are counted alike")]
    Differs {
        /// The file.
        file: String,
        /// In what they differ.
        what: &'static str,
        /// What this file has.
        found: String,
        /// What was expected.
        expected: String,
    },
}

impl Partial {
    /// The partial as bytes.
    pub fn encode(&self) -> io::Result<Vec<u8>> {
        let body = Body::of(self);
        let body = postcard::to_stdvec(&body).map_err(io::Error::other)?;
        let mut bytes = [MARK, FORMAT.as_bytes(), b" ", TOOL.as_bytes(), b"\n"].concat();
        let mut packed = GzEncoder::new(&mut bytes, Compression::fast());
        packed.write_all(&body)?;
        packed.finish()?;
        Ok(bytes)
    }

    /// The partial that `bytes` hold; `file` is its name in messages. Refuses what is no partial, one of another format,
    /// and one that is not whole.
    pub fn decode(bytes: &[u8], file: &str) -> Result<Self, PartialError> {
        let body = unpacked(bytes, file)?;
        let damaged = |why: &str| PartialError::Damaged { file: file.to_owned(), why: why.to_owned() };
        let (body, rest) = postcard::take_from_bytes::<Body>(&body).map_err(|error| damaged(&error.to_string()))?;
        if !rest.is_empty() {
            return Err(damaged("more follows than belongs to it"));
        }
        body.partial().map_err(damaged)
    }

    /// Adds what another part has, which messages call `file`. Refuses a part that was counted in another way.
    pub fn merge(&mut self, other: Self, file: &str) -> Result<(), PartialError> {
        self.origin.agrees(&other.origin, file)?;
        for source in other.origin.sources {
            self.origin.add_source(&source);
        }
        self.origin.rejected += other.origin.rejected;
        for (source, damage) in &other.origin.damage {
            self.origin.add_damage(source, damage);
        }
        self.tally.merge(other.tally);
        Ok(())
    }
}

/// The body of a partial, unpacked and proved by its checksum.
fn unpacked(bytes: &[u8], file: &str) -> Result<Vec<u8>, PartialError> {
    let file = || file.to_owned();
    let rest = bytes.strip_prefix(MARK).ok_or_else(|| PartialError::Other { file: file() })?;
    let end = memchr::memchr(b'\n', rest).filter(|end| *end <= LONGEST_HEAD);
    let end =
        end.ok_or_else(|| PartialError::Damaged { file: file(), why: "its first line does not end".to_owned() })?;
    let head = String::from_utf8_lossy(&rest[..end]);
    let (format, tool) = head.split_once(' ').unwrap_or((&head, ""));
    if format != FORMAT {
        return Err(PartialError::Format { file: file(), found: format.to_owned() });
    }
    if tool != TOOL {
        return Err(PartialError::Tool { file: file(), found: tool.to_owned() });
    }
    let mut body = Vec::new();
    let unpacking = GzDecoder::new(&rest[end + 1..]).take(LARGEST).read_to_end(&mut body);
    match unpacking {
        Ok(length) if (length as u64) < LARGEST => Ok(body),
        Ok(_) => Err(PartialError::Damaged { file: file(), why: format!("it unpacks to over {LARGEST} bytes") }),
        Err(error) => Err(PartialError::Damaged { file: file(), why: error.to_string() }),
    }
}
