//! Output that is compressed as the extension of its file says.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Result, bail};
use bzip2::write::BzEncoder;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// Bytes before they are compressed.
pub(crate) type Plain = BufWriter<Box<dyn Write>>;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

/// The compression that the extension of `path` names, if it names one. Refuses those that are not written.
pub(crate) fn packing_of(path: &Path) -> Result<Option<Packing>> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    Ok(match ending.as_deref() {
        Some("gz") => Some(Packing::Gzip),
        Some("zst") => Some(Packing::Zstd),
        Some("xz") => Some(Packing::Xz),
        Some("bz2") => Some(Packing::Bzip2),
        Some(other @ ("zip" | "7z" | "rar" | "br" | "lz4" | "z")) => {
            bail!("{}: .{other} is not written; end the name in .gz, .zst, .xz or .bz2", path.display())
        }
        _ => None,
    })
}

/// A stream of bytes that compresses what goes through it.
pub(crate) enum Packed {
    Plain(Plain),
    Gzip(Box<GzEncoder<Plain>>),
    Zstd(Frames),
    Xz(Option<Box<XzWriter<Plain>>>),
    Bzip2(Box<BzEncoder<Plain>>),
}

/// xz packs little tighter at a higher level, and takes several times as long.
const XZ_LEVEL: u32 = 4;

impl Packed {
    pub(crate) fn of(inner: Plain, packing: Option<Packing>) -> io::Result<Self> {
        Ok(match packing {
            None => Self::Plain(inner),
            Some(Packing::Gzip) => Self::Gzip(Box::new(GzEncoder::new(inner, flate2::Compression::default()))),
            Some(Packing::Zstd) => Self::Zstd(Frames { inner, waiting: Vec::new() }),
            Some(Packing::Xz) => Self::Xz(Some(Box::new(XzWriter::new(inner, XzOptions::with_preset(XZ_LEVEL))?))),
            Some(Packing::Bzip2) => Self::Bzip2(Box::new(BzEncoder::new(inner, bzip2::Compression::default()))),
        })
    }

    /// Writes what is left, so that the stream is whole.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(inner) => inner.flush(),
            Self::Gzip(encoder) => {
                encoder.try_finish()?;
                encoder.get_mut().flush()
            }
            Self::Zstd(frames) => frames.finish(),
            Self::Xz(encoder) => encoder.take().map_or(Ok(()), |encoder| encoder.finish()?.flush()),
            Self::Bzip2(encoder) => {
                encoder.try_finish()?;
                encoder.get_mut().flush()
            }
        }
    }
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(inner) => inner.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
            Self::Zstd(frames) => frames.write(bytes),
            Self::Xz(encoder) => encoder.as_mut().map_or(Ok(0), |encoder| encoder.write(bytes)),
            Self::Bzip2(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A zstd stream, in frames of a bounded size: the encoder wants each frame's bytes at once.
pub(crate) struct Frames {
    inner: Plain,
    waiting: Vec<u8>,
}

/// How many bytes make a frame.
const FRAME: usize = 4 << 20;

impl Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(FRAME - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..count]);
        if self.waiting.len() == FRAME {
            self.pack()?;
        }
        Ok(count)
    }

    fn pack(&mut self) -> io::Result<()> {
        let frame = compress_to_vec(self.waiting.as_slice(), CompressionLevel::Fastest);
        self.waiting.clear();
        self.inner.write_all(&frame)
    }

    fn finish(&mut self) -> io::Result<()> {
        // An empty file is no zstd stream, so nothing is a frame of nothing.
        self.pack()?;
        self.inner.flush()
    }
}
