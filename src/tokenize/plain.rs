//! Tokens that a few bytes decide: plain words, digits between spaces, lone marks; 19 of 20. [`scan`](super::scan) has
//! the rules, of which these are the common cases: it says the same of all of them, only later (250 instructions a
//! token without this file, 105 with it).

use super::{TokenKind, abbreviation};
use crate::text::class::Runs;

/// What a byte decides, as bits; bytes beyond ASCII decide nothing.
#[allow(clippy::indexing_slicing)] // the loop and the table have as many places as a byte has values
static ROLES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256 by the loop
        let b = byte as u8;
        table[byte] = match b {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'\t'..=b'\r' | b' ' => SPACE | ENDS_WORD,
            b',' | b'"' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'\\' => MARK | ENDS_WORD,
            b'!' | b'?' | b';' | b'`' => LAST_MARK | ENDS_WORD,
            b'.' | b':' | b'-' | b'\'' | b'/' => LAST_MARK,
            b'_' | b'@' | b'+' | b'&' | 0x80..=0xFF => 0,
            _ => ENDS_WORD,
        };
        byte += 1;
    }
    table
};

const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const SPACE: u8 = 4;
/// A word of letters ends before it, whatever follows.
const ENDS_WORD: u8 = 8;
/// Punctuation that is a token whatever stands around it.
const MARK: u8 = 16;
/// Punctuation that is a token of one byte before white space.
const LAST_MARK: u8 = 32;

#[inline(always)]
#[allow(clippy::indexing_slicing)] // the table has a place for every byte
fn is(role: u8, byte: u8) -> bool {
    ROLES[usize::from(byte)] & role != 0
}

/// Whether `byte` is white space of ASCII.
#[inline(always)]
pub(super) fn is_space(byte: u8) -> bool {
    is(SPACE, byte)
}

/// The end and kind of the token that begins at `at` with the byte `first`, if the bytes of it and two more decide.
#[inline(always)]
pub(super) fn token(bytes: &[u8], at: usize, first: u8, runs: &mut Runs) -> Option<(usize, TokenKind)> {
    if is(LETTER, first) {
        return word(bytes, at, first, runs).map(|end| (end, TokenKind::Word));
    }
    if is(MARK, first) || is(LAST_MARK, first) && is_space(*bytes.get(at + 1)?) {
        return Some((at + 1, TokenKind::Punctuation));
    }
    if is(DIGIT, first) {
        return digits(bytes, at).map(|end| (end, TokenKind::Number));
    }
    None
}

/// The end of the word at `at`: letters, also with hyphens, before what can only end it.
#[inline(always)]
fn word(bytes: &[u8], at: usize, first: u8, runs: &mut Runs) -> Option<usize> {
    let mut end = at;
    loop {
        end = runs.end(bytes, end);
        let next = *bytes.get(end)?;
        if is(ENDS_WORD, next) {
            // `Rp` is a currency.
            return (first | 0x20 != b'r' || end - at != 2).then_some(end);
        }
        let after = *bytes.get(end + 1)?;
        if next == b'-' && is(LETTER, after) {
            end += 1;
        } else {
            let ends = next == b':' || next == b'.' && !abbreviation::may_be(bytes.get(at..end)?);
            // One letter may be an initial, two may be `Rp`.
            let ends = ends && end - at > 2 && is_space(after);
            return ends.then_some(end);
        }
    }
}

/// The end of the digits at `at`, before white space.
#[inline(always)]
fn digits(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes.get(at..)?.iter().position(|&b| !is(DIGIT, b))?;
    is_space(*bytes.get(at + length)?).then_some(at + length)
}

#[cfg(test)]
mod tests {
    use super::super::{Conventions, Tokenizer, scan};
    use super::*;

    #[test]
    fn says_what_the_scanner_says() {
        let words = [
            "a",
            "Rp",
            "rp",
            "RM5",
            "kata",
            "dr",
            "Prof",
            "H",
            "anak-anak",
            "di-",
            "2",
            "2021",
            ".",
            ":",
            "-",
            "'",
            "/",
            ",",
            "(",
        ];
        let mut found = 0;
        for conventions in [Conventions::Default, Conventions::UdGsd] {
            let tokenizer = Tokenizer::builder().conventions(conventions).build().unwrap();
            for (before, previous) in [("", 0..0), ("ke ", 0..2), ("\n", 0..0), ("%", 0..1)] {
                for (word, pair) in words.iter().flat_map(|w| (0..128 * 128u32).map(move |pair| (w, pair))) {
                    let [a, b] = [pair / 128, pair % 128].map(|c| char::from_u32(c).unwrap());
                    let text = format!("{before}{word}{a}{b}x 1");
                    let (bytes, at) = (text.as_bytes(), before.len());
                    if let Some((end, kind)) = token(bytes, at, bytes[at], &mut Runs::default()) {
                        let slow = scan::next(&tokenizer, &text, at, previous.start, previous.end);
                        assert_eq!(slow, Some((at, end, kind)), "{text:?} {conventions:?}");
                        found += 1;
                    }
                }
            }
        }
        assert!(found > 100_000);
    }
}
