//! Paragraphs from a reader, in bounded memory, whatever the file looks like.

use std::io::BufRead;

use crate::error::{Error, ErrorKind, Result};

/// Yields the paragraphs (lines) of a reader as owned strings, for texts that do not fit memory.
///
/// A line longer than the limit is cut at the last white space before the limit, or, where there is none, at a character,
/// so that memory stays below the limit even for a file without a line break. Concatenated, the pieces are the input.
///
/// # Examples
///
/// ```
/// use tutur::tokenize::ParagraphReader;
///
/// let file = "Satu baris.\nDua.".as_bytes();
/// let paragraphs: Result<Vec<String>, _> = ParagraphReader::new(file).collect();
/// assert_eq!(paragraphs?, ["Satu baris.\n", "Dua."]);
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Debug)]
pub struct ParagraphReader<R> {
    reader: R,
    /// Bytes read, and how many of them were given out.
    buffer: Vec<u8>,
    given: usize,
    limit: usize,
    read: u64,
    done: bool,
}

impl<R: BufRead> ParagraphReader<R> {
    /// Paragraphs of at most 1 MiB.
    pub fn new(reader: R) -> ParagraphReader<R> {
        ParagraphReader::with_limit(reader, 1 << 20)
    }

    /// Paragraphs of at most `limit` bytes, at least 64.
    pub fn with_limit(reader: R, limit: usize) -> ParagraphReader<R> {
        ParagraphReader { reader, buffer: Vec::new(), given: 0, limit: limit.max(64), read: 0, done: false }
    }

    fn advance(&mut self) -> Result<Option<String>> {
        loop {
            let rest = self.buffer.get(self.given..).unwrap_or_default();
            let end = match memchr::memchr(b'\n', rest) {
                Some(newline) if newline < self.limit => Some(newline + 1),
                _ => rest.get(..self.limit).map(cut),
            };
            if let Some(end) = end {
                return self.text(end).map(Some);
            }
            // Once for all paragraphs of the buffer: what is left is part of one.
            self.buffer.drain(..self.given);
            self.given = 0;
            let read = self
                .reader
                .fill_buf()
                .map_err(|e| Error::new(ErrorKind::Io, e.to_string()).with_source(e))?;
            if read.is_empty() {
                let left = self.buffer.len();
                return if left == 0 { Ok(None) } else { self.text(left).map(Some) };
            }
            let taken = read.len().min(self.limit);
            self.buffer.extend(read.iter().take(taken));
            self.reader.consume(taken);
        }
    }

    /// The next `length` bytes as text.
    fn text(&mut self, length: usize) -> Result<String> {
        let piece = self.buffer.get(self.given..self.given + length).unwrap_or_default().to_vec();
        self.given += length;
        let at = self.read;
        self.read += piece.len() as u64;
        String::from_utf8(piece).map_err(|e| {
            let byte = at + e.utf8_error().valid_up_to() as u64;
            Error::new(ErrorKind::Format, format!("expected UTF-8, found another byte at {byte}"))
                .with_source(e)
        })
    }
}

/// Where to cut `bytes`, which hold no line break: after the last space, or before the last character that may be
/// incomplete.
fn cut(bytes: &[u8]) -> usize {
    if let Some(space) = memchr::memrchr(b' ', bytes) {
        return space + 1;
    }
    let start = bytes.iter().rposition(|b| b & 0xC0 != 0x80).unwrap_or(0);
    if start == 0 { bytes.len() } else { start }
}

impl<R: BufRead> Iterator for ParagraphReader<R> {
    type Item = Result<String>;

    fn next(&mut self) -> Option<Result<String>> {
        if self.done {
            return None;
        }
        let item = self.advance().transpose();
        self.done = !matches!(item, Some(Ok(_)));
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_rebuild_the_input_within_the_limit() {
        for text in ["", "\n", "a\n\nb", &"kata ".repeat(500), &"é".repeat(500), &"x".repeat(500)] {
            let pieces: Vec<String> =
                ParagraphReader::with_limit(text.as_bytes(), 64).map(std::result::Result::unwrap).collect();
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|p| p.len() <= 64 && !p.is_empty()));
        }
    }

    /// What is left of a large buffer is not moved for every line of it.
    #[test]
    fn many_short_lines_take_linear_time() {
        let text = "a\n".repeat(1 << 19);
        assert_eq!(ParagraphReader::new(text.as_bytes()).count(), 1 << 19);
    }

    #[test]
    fn other_encodings_are_refused_with_their_place() {
        let error = ParagraphReader::new(&b"satu\ndu\xE9\n"[..]).nth(1).unwrap().unwrap_err();
        assert_eq!(error.to_string(), "expected UTF-8, found another byte at 7");
    }
}
