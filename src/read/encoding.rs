//! The encoding of an input, by its byte order mark or by its bytes, and the input as UTF-8.

use super::compression::Bytes;
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// What stands for bytes that mean nothing in the input's encoding: not UTF-8, so that their row is rejected.
const UNREADABLE: u8 = 0xff;

/// An encoding and how it was told.
pub(super) struct Told {
    pub(super) encoding: &'static Encoding,
    pub(super) why: &'static str,
    /// Bytes of the byte order mark.
    pub(super) mark: usize,
}

/// Tells the encoding of an input from its first bytes.
pub(super) fn encoding_of(head: &[u8], given: Option<&'static Encoding>) -> Told {
    let marked = Encoding::for_bom(head);
    if let Some(encoding) = given {
        let mark = marked.filter(|(other, _)| *other == encoding).map_or(0, |(_, length)| length);
        return Told { encoding, why: "as asked", mark };
    }
    if let Some((encoding, mark)) = marked {
        return Told { encoding, why: "it begins with a byte order mark", mark };
    }
    if let Some(encoding) = utf_16_of(head) {
        return Told { encoding, why: "every other byte is zero", mark: 0 };
    }
    let (encoding, why) = eight_bit_of(head);
    Told { encoding, why, mark: 0 }
}

/// Latin letters in UTF-16 have a zero byte each, always on the same side.
fn utf_16_of(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    let many = |zeros: usize, others: usize| pairs > 1 && zeros * 2 > pairs && others * 20 < pairs;
    if many(low, high) {
        Some(UTF_16LE)
    } else if many(high, low) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Bytes over 127 that hardly ever make a UTF-8 character are letters of Windows-1252.
fn eight_bit_of(head: &[u8]) -> (&'static Encoding, &'static str) {
    let (mut valid, mut broken) = (0, 0);
    for chunk in head.utf8_chunks() {
        valid += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    let cut = head.utf8_chunks().last().is_some_and(|last| !last.invalid().is_empty());
    broken -= usize::from(cut && broken == 1 && valid > 0);
    match (valid, broken) {
        (0, 0) => (UTF_8, "the first bytes are ASCII"),
        (_, 0) => (UTF_8, "the first bytes are valid"),
        _ if broken > valid => (WINDOWS_1252, "the first bytes are not UTF-8"),
        _ => (UTF_8, "most of the first bytes are valid; rows with others are rejected"),
    }
}

/// `input` as UTF-8.
pub(super) struct Transcoded {
    input: Bytes,
    decoder: Decoder,
    encoded: Vec<u8>,
    start: usize,
    ended: bool,
    finished: bool,
}

/// Bytes asked for at a time.
const CHUNK: usize = 64 << 10;

/// The most that one character and one [`UNREADABLE`] take.
const LEAST_ROOM: usize = 8;

impl Transcoded {
    pub(super) fn of(input: Bytes, encoding: &'static Encoding) -> Transcoded {
        let decoder = encoding.new_decoder_without_bom_handling();
        Transcoded { input, decoder, encoded: Vec::new(), start: 0, ended: false, finished: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.encoded.resize(CHUNK, 0);
        self.start = 0;
        let count = self.input.read(&mut self.encoded)?;
        self.encoded.truncate(count);
        self.ended = count == 0;
        Ok(())
    }
}

impl Read for Transcoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.len() < LEAST_ROOM {
            return small_read(self, out);
        }
        loop {
            if self.finished {
                return Ok(0);
            }
            if self.start == self.encoded.len() && !self.ended {
                self.refill()?;
            }
            let room = out.len() - 1;
            let from = &self.encoded[self.start..];
            let (result, read, mut written) =
                self.decoder.decode_to_utf8_without_replacement(from, &mut out[..room], self.ended);
            self.start += read;
            match result {
                DecoderResult::Malformed(_, _) => {
                    out[written] = UNREADABLE;
                    written += 1;
                }
                DecoderResult::InputEmpty => self.finished = self.ended,
                DecoderResult::OutputFull => {}
            }
            if written > 0 {
                return Ok(written);
            }
        }
    }
}

/// Nobody here reads in such small steps, but a reader must not fail those who do.
fn small_read(_: &mut Transcoded, out: &mut [u8]) -> io::Result<usize> {
    if out.is_empty() { Ok(0) } else { Err(io::Error::other("the buffer is too small for a character")) }
}
