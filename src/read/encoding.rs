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
    decoded: Vec<u8>,
    given: usize,
    finished: bool,
}

/// Bytes asked for at a time.
const CHUNK: usize = 64 << 10;

/// The most that one character takes.
const LONGEST: usize = 4;

impl Transcoded {
    pub(super) fn of(input: Bytes, encoding: &'static Encoding) -> Transcoded {
        let decoder = encoding.new_decoder_without_bom_handling();
        Transcoded { input, decoder, encoded: vec![0; CHUNK], decoded: Vec::new(), given: 0, finished: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let count = self.input.read(&mut self.encoded)?;
        self.finished = count == 0;
        self.given = 0;
        self.decoded.clear();
        let mut from = &self.encoded[..count];
        loop {
            let start = self.decoded.len();
            let room = self.decoder.max_utf8_buffer_length_without_replacement(from.len()).unwrap_or(CHUNK);
            self.decoded.resize(start + room + LONGEST, 0);
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(from, &mut self.decoded[start..], self.finished);
            self.decoded.truncate(start + written);
            from = &from[read..];
            match result {
                DecoderResult::Malformed(_, _) => self.decoded.push(UNREADABLE),
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
            }
        }
    }
}

impl Read for Transcoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded.len() {
            if self.finished || out.is_empty() {
                return Ok(0);
            }
            self.refill()?;
        }
        let count = out.len().min(self.decoded.len() - self.given);
        out[..count].copy_from_slice(&self.decoded[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
