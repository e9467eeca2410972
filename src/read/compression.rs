//! Compressed inputs, told by their first bytes, unpacked as they are read.

use super::archive;
use super::error::ReadError;
use super::options::Options;
use bzip2::read::MultiBzDecoder;
use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::FrameDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Any stream of bytes.
pub(super) type Bytes = Box<dyn Read + Send>;

/// An input without its compression.
pub(super) enum Unpacked {
    Stream {
        bytes: Bytes,
        compression: Option<String>,
    },
    /// A workbook, whole.
    Workbook(Vec<u8>),
}

/// Text of posts is packed to a tenth; what grows by more than this is made to fill a disk. Gzip reaches 1032 at most.
const MOST_GROWTH: u64 = 500;

/// Growth is not judged before this many bytes: a small input of equal rows grows a lot.
const JUDGED_FROM: u64 = 64 << 20;

/// Memory that an xz stream may ask for, in KiB.
const XZ_MEMORY: u32 = 256 << 10;

/// Memory that a zstd stream may ask for as its window, in bytes.
const ZSTD_WINDOW: u64 = 128 << 20;

/// Takes the compression off `input`.
pub(super) fn unpack(mut input: Bytes, file: &str, options: &Options) -> Result<Unpacked, ReadError> {
    let mut magic = Vec::new();
    (&mut input).take(8).read_to_end(&mut magic).map_err(|source| cannot(file, source))?;
    let input: Bytes = Box::new(Cursor::new(magic.clone()).chain(input));
    let name = match magic[..] {
        [0x1f, 0x8b, ..] => "gzip",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => "xz",
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26] => "bzip2",
        [b'P', b'K', 3, 4, ..] => {
            return archive::open(buffer(input, file, "the zip archive", options)?, file, options);
        }
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] => {
            return Ok(Unpacked::Workbook(buffer(input, file, "the workbook", options)?));
        }
        _ => return Ok(Unpacked::Stream { bytes: input, compression: None }),
    };
    let packed = Arc::new(AtomicU64::new(0));
    let input = BufReader::with_capacity(64 << 10, Metered { inner: input, count: Arc::clone(&packed) });
    let bytes: Bytes = match name {
        "gzip" => Box::new(MultiGzDecoder::new(input)),
        "zstd" => Box::new(Frames { input, frame: None }),
        "xz" => Box::new(XzReader::new_mem_limit(input, true, XZ_MEMORY)),
        _ => Box::new(MultiBzDecoder::new(input)),
    };
    Ok(Unpacked::Stream { bytes: bounded(bytes, packed, name, options), compression: Some(name.to_owned()) })
}

/// `bytes` with an end to how many there may be, or to how far they may grow over the `packed` bytes read so far.
pub(super) fn bounded(bytes: Bytes, packed: Arc<AtomicU64>, name: &'static str, options: &Options) -> Bytes {
    Box::new(Bounded { inner: bytes, packed, given: 0, most: options.largest_unpacked, name })
}

/// Reads `input` to its end, or refuses where it is larger than may be kept in memory.
fn buffer(input: Bytes, file: &str, what: &str, options: &Options) -> Result<Vec<u8>, ReadError> {
    let limit = options.largest_buffer;
    let mut bytes = Vec::new();
    input.take(limit + 1).read_to_end(&mut bytes).map_err(|source| cannot(file, source))?;
    if bytes.len() as u64 <= limit {
        return Ok(bytes);
    }
    let advice = "save it as CSV, unpack it and read it from standard input, or allow more by --max-archive SIZE";
    Err(ReadError::TooLarge { file: file.to_owned(), what: what.to_owned(), limit, advice })
}

fn cannot(file: &str, error: io::Error) -> ReadError {
    ReadError::Io { file: file.to_owned(), line: 1, error }
}

struct Metered<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

struct Bounded {
    inner: Bytes,
    packed: Arc<AtomicU64>,
    given: u64,
    most: Option<u64>,
    name: &'static str,
}

impl Bounded {
    /// Why no more is unpacked, if so.
    fn refusal(&self) -> Option<String> {
        let (name, judged) = (self.name, self.most.is_none() && self.given > JUDGED_FROM);
        if judged && self.given / MOST_GROWTH > self.packed.load(Ordering::Relaxed) {
            let reason = format!("the {name} data grows more than {MOST_GROWTH} times; it is not unpacked further");
            return Some(format!("{reason} unless --max-unpacked SIZE says how much there may be"));
        }
        let most = self.most.filter(|most| self.given > *most)?;
        Some(format!("the {name} data unpacks to more than {most} bytes; --max-unpacked SIZE allows more"))
    }
}

impl Read for Bounded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out).map_err(|error| {
            io::Error::new(error.kind(), format!("the {} data cannot be unpacked further: {error}", self.name))
        })?;
        self.given += count as u64;
        self.refusal().map_or(Ok(count), |reason| Err(io::Error::other(reason)))
    }
}

/// A zstd stream, which may hold several frames.
struct Frames<R> {
    input: R,
    frame: Option<FrameDecoder>,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                while frame.can_collect() < out.len() && !frame.is_finished() {
                    let wanted = out.len() - frame.can_collect();
                    let strategy = ruzstd::decoding::BlockDecodingStrategy::UptoBytes(wanted);
                    frame.decode_blocks(&mut self.input, strategy).map_err(io::Error::other)?;
                }
                let count = frame.read(out)?;
                if count > 0 || out.is_empty() {
                    return Ok(count);
                }
                self.frame = None;
            }
            if self.input.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let mut frame = FrameDecoder::new();
            frame.set_max_window_size(ZSTD_WINDOW);
            frame.init(&mut self.input).map_err(io::Error::other)?;
            self.frame = Some(frame);
        }
    }
}
