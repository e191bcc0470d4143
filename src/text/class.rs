//! What a byte can begin or continue, decided by one look into a table; and which characters beyond ASCII make words.

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

/// Class of an ASCII byte; everything above 0x7F is [`NON_ASCII`].
pub(crate) const OTHER: u8 = 0;
pub(crate) const SPACE: u8 = 1;
pub(crate) const LOWER: u8 = 2;
pub(crate) const UPPER: u8 = 3;
pub(crate) const DIGIT: u8 = 4;
pub(crate) const NON_ASCII: u8 = 5;

#[allow(clippy::indexing_slicing)] // the loop and the table have as many places as a byte has values
static CLASS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256 by the loop
        let b = byte as u8;
        table[byte] = match b {
            b'\t'..=b'\r' | b' ' => SPACE,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            0x80..=0xFF => NON_ASCII,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// The class of `byte`.
#[inline]
#[allow(clippy::indexing_slicing)] // the table has a place for every byte
pub(crate) fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}

/// Which of 64 bytes are no letters of ASCII, worked out once for about eleven tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    from: usize,
    stops: u64,
}

impl Runs {
    /// The end of the run of ASCII letters from `at`, or 64 bytes on where it is longer.
    #[inline(always)]
    pub(crate) fn end(&mut self, bytes: &[u8], at: usize) -> usize {
        let seen = at.wrapping_sub(self.from);
        let mut stops = if seen < 64 { self.stops >> seen } else { 0 };
        if stops == 0 {
            stops = stops_from(bytes, at);
            (self.from, self.stops) = (at, stops);
        }
        at + stops.trailing_zeros() as usize
    }
}

/// Bit *i* where the byte *i* after `at` is no letter of ASCII, or beyond the end. Ninety instructions: the loop over
/// single bytes becomes vectors, the product then gathers eight bytes of 0 or 1 in its highest byte. (200 where each
/// eight bytes are one number, as in [`alnum_mask`].)
#[inline(never)]
fn stops_from(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut padded = [b' '; 64];
    let chunk = rest.first_chunk::<64>().unwrap_or_else(|| {
        padded.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        &padded
    });
    let flags = chunk.map(|b| u8::from((b | 0x20).wrapping_sub(b'a') >= 26));
    let words = flags.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word));
    words.rev().fold(0, |stops, word| stops << 8 | word.wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

/// Whether `byte` is an ASCII letter or digit.
#[inline]
pub(crate) fn is_alnum(byte: u8) -> bool {
    matches!(class(byte), LOWER | UPPER | DIGIT)
}

/// The end of the run of ASCII letters and digits from `at`. Eight bytes a step: words are shorter, so that their end
/// costs no mispredicted branch.
#[inline]
pub(crate) fn alnum_run(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let stops = !alnum_mask(u64::from_le_bytes(*chunk)) & HIGH;
        at += (stops.trailing_zeros() / 8) as usize;
        if stops != 0 {
            return at;
        }
    }
    while bytes.get(at).is_some_and(|&b| is_alnum(b)) {
        at += 1;
    }
    at
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// The high bit of each byte of `x` that is an ASCII letter or digit.
#[inline]
const fn alnum_mask(x: u64) -> u64 {
    // Adding to seven-bit values sets the high bit of those at or above a bound, and never carries.
    const fn at_least(x: u64, bound: u8) -> u64 {
        x + (0x80 - bound as u64) * ONES
    }
    let low = x & !HIGH;
    let folded = low | (0x20 * ONES);
    let letters = at_least(folded, b'a') & !at_least(folded, b'z' + 1);
    let digits = at_least(low, b'0') & !at_least(low, b'9' + 1);
    (letters | digits) & !x & HIGH
}

/// Whether `c` belongs to a word: a letter, a digit, or what Unicode joins to the letter before it.
#[inline]
#[allow(clippy::indexing_slicing)] // 256 blocks, 256 places a block
pub(crate) fn is_word_char(c: char) -> bool {
    let Ok(code) = u16::try_from(u32::from(c)) else { return is_word_char_slow(c) };
    let [block, place] = code.to_be_bytes();
    let bits = BLOCKS[usize::from(block)].get_or_init(|| word_chars(block));
    bits[usize::from(place / 64)] >> (place % 64) & 1 == 1
}

/// The answers for the characters of 16 bits, 256 of them a block, worked out when one of them is met: the tables of
/// Unicode and the rules of clusters take up to thirty times as long.
static BLOCKS: [OnceLock<[u64; 4]>; 256] = [const { OnceLock::new() }; 256];

#[cold]
#[allow(clippy::indexing_slicing)] // four times 64 places
fn word_chars(block: u8) -> [u64; 4] {
    let mut bits = [0; 4];
    for place in 0..=u8::MAX {
        let c = char::from_u32(u32::from(u16::from_be_bytes([block, place])));
        bits[usize::from(place / 64)] |= u64::from(c.is_some_and(is_word_char_slow)) << (place % 64);
    }
    bits
}

fn is_word_char_slow(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && extends_letter(c)
}

/// Whether `c` and a letter before it are one grapheme cluster: combining marks, joiners of zero width; and the soft
/// hyphen. Not the skin tones of emoji.
fn extends_letter(c: char) -> bool {
    if matches!(c, '\u{AD}') {
        return true;
    }
    // Marks and dashes of every Latin text, and skin tones, are none.
    if matches!(c, '\u{A0}'..='\u{2FF}' | '\u{2010}'..='\u{20CF}' | '\u{1F3FB}'..='\u{1F3FF}') {
        return false;
    }
    let mut buffer = [0u8; 5];
    let [letter, rest @ ..] = &mut buffer;
    *letter = b'a';
    let length = 1 + c.encode_utf8(rest).len();
    let pair = buffer.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    pair.is_some_and(|s| s.graphemes(true).nth(1).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_say_what_characters_say() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_word_char(c), is_word_char_slow(c), "{c:?}");
        }
    }

    #[test]
    fn runs_end_where_single_bytes_say() {
        for byte in 0..=255u8 {
            for place in 0..12 {
                let mut bytes = *b"abcXYZ019mno";
                bytes[place] = byte;
                let slow = bytes.iter().take_while(|&&b| is_alnum(b)).count();
                assert_eq!(alnum_run(&bytes, 0), slow, "{bytes:?}");
            }
        }
        assert_eq!(alnum_run(b"", 0), 0);
        assert_eq!(alnum_run(b"ab", 5), 5);
    }

    #[test]
    fn runs_of_letters_end_where_single_bytes_say() {
        let letters = |bytes: &[u8]| bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        for byte in 0..=255u8 {
            for place in [0, 1, 7, 8, 30, 62, 63] {
                let mut bytes =
                    *b"kata ini ditulis tanpa makna, supaya panjangnya melebihi enam puluh empat bita.";
                bytes[place] = byte;
                let mut runs = Runs::default();
                for at in 0..bytes.len() {
                    assert_eq!(runs.end(&bytes, at), at + letters(&bytes[at..]), "{byte} {place} {at}");
                }
            }
        }
        let long = [b'a'; 200];
        assert_eq!(Runs::default().end(&long, 10), 74);
        assert_eq!(Runs::default().end(&long, 150), 200);
    }
}
