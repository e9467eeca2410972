//! Bytes that can be read again: what was read since the current row began is kept, up to a limit.

use std::io::{self, Read, Seek, SeekFrom};

/// Dropping kept bytes moves those after them, so it waits until this many can go at once.
const COMPACT_AT: usize = 256 << 10;

/// A reader that keeps what it gave since [`Tape::release`] and can go back to it.
pub(super) struct Tape<R> {
    inner: R,
    kept: Vec<u8>,
    base: u64,
    released: usize,
    cursor: usize,
    /// The most bytes that are kept.
    pub(super) limit: usize,
}

/// The row is longer than is kept; found inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("the row is too long")]
pub(super) struct TooLong;

impl<R: Read> Tape<R> {
    pub(super) fn of(inner: R, limit: usize) -> Tape<R> {
        Tape { inner, kept: Vec::new(), base: 0, released: 0, cursor: 0, limit }
    }

    /// Lets go of what lies before `offset`.
    pub(super) fn release(&mut self, offset: u64) {
        self.released = self.index(offset);
        if self.released >= COMPACT_AT {
            self.kept.drain(..self.released);
            self.base += self.released as u64;
            self.cursor -= self.released;
            self.released = 0;
        }
    }

    /// The kept bytes from `start` to `end`, or as many of them as there are.
    pub(super) fn slice(&self, start: u64, end: u64) -> &[u8] {
        &self.kept[self.index(start)..self.index(end)]
    }

    /// The kept bytes from `start` on.
    pub(super) fn rest(&self, start: u64) -> &[u8] {
        &self.kept[self.index(start)..]
    }

    /// Where the line that begins at `offset` ends, as far as the limit lets it be looked at; what is read for that is
    /// still to be given.
    pub(super) fn line_end(&mut self, offset: u64) -> io::Result<u64> {
        let mut from = self.index(offset);
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.kept[from..]) {
                return Ok(self.base + (from + at + 1) as u64);
            }
            from = self.kept.len();
            let mut chunk = [0; 4096];
            let count = if from - self.released > self.limit { 0 } else { self.inner.read(&mut chunk)? };
            self.kept.extend_from_slice(&chunk[..count]);
            if count == 0 {
                return Ok(self.base + from as u64);
            }
        }
    }

    /// Lets go of everything up to the end of the current line, and says where the next begins.
    pub(super) fn skip_line(&mut self) -> io::Result<u64> {
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.kept[self.released..]) {
                return Ok(self.base + (self.released + at + 1) as u64);
            }
            self.base += self.kept.len() as u64;
            self.kept.resize(COMPACT_AT, 0);
            self.released = 0;
            let count = self.inner.read(&mut self.kept)?;
            self.kept.truncate(count);
            self.cursor = count;
            if count == 0 {
                return Ok(self.base);
            }
        }
    }

    fn index(&self, offset: u64) -> usize {
        usize::try_from(offset.saturating_sub(self.base)).unwrap_or(usize::MAX).min(self.kept.len())
    }
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.cursor < self.kept.len() {
            let count = out.len().min(self.kept.len() - self.cursor);
            out[..count].copy_from_slice(&self.kept[self.cursor..self.cursor + count]);
            self.cursor += count;
            return Ok(count);
        }
        if self.kept.len() - self.released > self.limit {
            return Err(io::Error::other(TooLong));
        }
        let count = self.inner.read(out)?;
        self.kept.extend_from_slice(&out[..count]);
        self.cursor = self.kept.len();
        Ok(count)
    }
}

impl<R: Read> Seek for Tape<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(offset) = to else {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        };
        if offset < self.base + self.released as u64 || offset > self.base + self.kept.len() as u64 {
            return Err(io::Error::from(io::ErrorKind::InvalidInput));
        }
        self.cursor = self.index(offset);
        Ok(offset)
    }
}
