//! Words as numbers, five bits a letter: a part of a word is a shift and a mask, and words are compared as numbers are.

use std::num::NonZero;

/// Bits of a letter: `a` is 1, `z` is 26, 0 is none.
const BITS: usize = 5;

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW << 7;

/// One to twelve letters a to z, the first in the lowest bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(u64);

impl Key {
    /// Most letters of a key.
    pub(crate) const MOST: usize = 12;

    /// The key of `word`; none where it has another length or other bytes than a to z.
    pub(crate) fn new(word: &[u8]) -> Option<Key> {
        Latin::read(word).filter(|read| !read.has_capitals())?.letters.whole()
    }

    #[inline]
    pub(super) fn code(self) -> u64 {
        self.0
    }

    /// The key with this code, of which damaged bytes may hold any.
    pub(super) fn from_code(code: u64) -> Option<Key> {
        let letters = (Key(code).letters().count() * BITS) as u32;
        (letters > 0 && code.checked_shr(letters).unwrap_or(0) == 0).then_some(Key(code))
    }

    /// The key without its first letters; with none left it is the key of no word.
    #[inline]
    pub(crate) fn behind(self, letters: usize) -> Key {
        Key(self.0 >> ((letters * BITS) & 63))
    }

    /// The same key with `letter` at `place`.
    #[inline]
    pub(crate) fn with(self, place: usize, letter: u8) -> Key {
        let shift = (place * BITS) & 63;
        Key(self.0 & !(0x1F << shift) | u64::from(letter & 0x1F) << shift)
    }

    /// The letters and their number.
    pub(super) fn bytes(self) -> ([u8; Key::MOST], usize) {
        let mut bytes = [0; Key::MOST];
        let length = bytes.iter_mut().zip(self.letters()).map(|(byte, letter)| *byte = letter).count();
        (bytes, length)
    }

    /// The letters, from the first to the one before the first that is none.
    pub(crate) fn letters(self) -> impl Iterator<Item = u8> {
        let all = (0..Key::MOST).map(move |place| (self.0 >> (place * BITS)) as u8 & 0x1F);
        all.take_while(|letter| matches!(letter, 1..=26)).map(|letter| b'a' - 1 + letter)
    }
}

/// One to 24 letters a to z: the first twelve and the others, the first in the lowest bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letters {
    low: NonZero<u64>,
    high: u64,
}

impl Letters {
    /// The letters from byte `from` to byte `to` of the word; none where they are none or too many.
    #[inline]
    pub(crate) fn key(self, from: usize, to: usize) -> Option<Key> {
        let length = to.checked_sub(from)?;
        if length == 0 || length > Key::MOST {
            return None;
        }
        if to <= Key::MOST {
            return Some(Key(self.low.get() & mask(to)).behind(from));
        }
        let all = u128::from(self.high) << (Key::MOST * BITS) | u128::from(self.low.get());
        #[allow(clippy::cast_possible_truncation)] // the letters of a key are the low ones
        Some(Key((all >> ((from * BITS) & 127)) as u64 & mask(length)))
    }

    /// All of them; none where they are too many.
    #[inline]
    pub(crate) fn whole(self) -> Option<Key> {
        (self.high == 0).then_some(Key(self.low.get()))
    }

    /// Whether two letters in a row are the same.
    #[inline]
    pub(crate) fn has_double(self) -> bool {
        let across = self.high != 0 && self.low.get() >> ((Key::MOST - 1) * BITS) == self.high & 0x1F;
        across || has_double(self.low.get()) || has_double(self.high)
    }
}

/// The bits of so many letters.
#[inline]
fn mask(letters: usize) -> u64 {
    (1 << ((letters * BITS) & 63)) - 1
}

#[inline]
fn has_double(code: u64) -> bool {
    const ONES: u64 = ((1 << (Key::MOST * BITS)) - 1) / 0x1F;
    // All but the last letter are compared with the next; what differs from it in no bit borrows from its highest one.
    let pairs = mask(code.checked_ilog2().map_or(0, |top| top as usize / BITS));
    let differ = (code ^ code >> BITS) & pairs;
    differ.wrapping_sub(ONES & pairs) & !differ & (ONES & pairs) << (BITS - 1) != 0
}

/// A word of one to 24 Latin letters, as it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Latin {
    pub(crate) letters: Letters,
    /// The bytes in lower case, zeros behind them.
    lower: [u64; 3],
    has_capitals: bool,
    is_titled: bool,
}

impl Latin {
    /// Most letters of a word.
    pub(crate) const MOST: usize = 24;

    /// `word`, where it is such.
    #[inline(always)]
    pub(crate) fn read(word: &[u8]) -> Option<Latin> {
        let (Some(first), Some(last)) = (word.first_chunk::<8>(), word.last_chunk::<8>()) else {
            return Latin::fold([short(word)?], word.len());
        };
        let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        match word.len() {
            8 => Latin::fold([first], 8),
            length @ 9..=16 => Latin::fold([first, last >> ((16 - length) * 8)], length),
            length @ 17..=24 => {
                let middle = word.get(8..)?.first_chunk::<8>()?;
                Latin::fold([first, u64::from_le_bytes(*middle), last >> ((24 - length) * 8)], length)
            }
            _ => None,
        }
    }

    /// The word of these bytes, eight in each but the last.
    #[inline]
    fn fold<const LANES: usize>(lanes: [u64; LANES], length: usize) -> Option<Latin> {
        let last_length = length - (LANES - 1) * 8;
        let (mut lower, mut codes) = ([0; 3], [0; 3]);
        let (mut capitals, mut others) = (0, 0);
        let mut first_capitals = 0;
        for (place, (&lane, (lower, code))) in lanes.iter().zip(lower.iter_mut().zip(&mut codes)).enumerate()
        {
            let unused = if place + 1 == LANES { 64 - last_length * 8 } else { 0 };
            let folded = lane | LOW << 5;
            // Highest bit of each byte from a to z; of no byte outside ASCII.
            let low = folded & !HIGH;
            let letters = (low + LOW * (0x80 - 0x61)) & !(low + LOW * (0x80 - 0x7B)) & !folded & HIGH;
            others |= letters ^ (HIGH >> unused);
            let capital = letters & !(lane << 2);
            if place == 0 {
                first_capitals = capital;
            }
            capitals |= capital;
            *lower = folded & (u64::MAX >> unused);
            *code = five_bits(*lower);
        }
        let low = codes[0] | codes[1] << (8 * BITS) & mask(Key::MOST);
        let letters =
            Letters { low: NonZero::new(low)?, high: codes[1] >> (4 * BITS) | codes[2] << (4 * BITS) };
        let is_titled = first_capitals & 0x8080 == 0x80 && length > 1;
        (others == 0).then_some(Latin { letters, lower, has_capitals: capitals != 0, is_titled })
    }

    #[inline]
    pub(crate) fn has_capitals(&self) -> bool {
        self.has_capitals
    }

    /// Whether the first letter is a capital and the second is not.
    #[inline]
    pub(crate) fn is_titled(&self) -> bool {
        self.is_titled
    }

    /// The bytes in lower case, zeros behind them.
    #[inline]
    pub(crate) fn lower(&self) -> [u8; Latin::MOST] {
        let mut bytes = [0; Latin::MOST];
        for (chunk, lane) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(self.lower) {
            *chunk = lane.to_le_bytes();
        }
        bytes
    }
}

/// Up to seven bytes, the first in the lowest bits; none where there is none.
#[inline]
fn short(word: &[u8]) -> Option<u64> {
    if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last)) << ((word.len() - 4) * 8);
        return Some(u64::from(u32::from_le_bytes(*first)) | last);
    }
    let (&first, &last) = (word.first()?, word.last()?);
    let middle = word.get(word.len() / 2)?;
    Some(
        u64::from(first)
            | u64::from(*middle) << (word.len() / 2 * 8)
            | u64::from(last) << ((word.len() - 1) * 8),
    )
}

/// The low five bits of each byte, side by side.
#[inline]
fn five_bits(bytes: u64) -> u64 {
    let low = bytes & (LOW * 0x1F);
    let tens = (low & 0x001F_001F_001F_001F) | (low & 0x1F00_1F00_1F00_1F00) >> 3;
    let twenties = (tens & 0x0000_03FF_0000_03FF) | (tens & 0x03FF_0000_03FF_0000) >> 6;
    (twenties & 0x000F_FFFF) | (twenties & 0x000F_FFFF_0000_0000) >> 12
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(key: Key) -> String {
        key.letters().map(char::from).collect()
    }

    #[test]
    fn parts_of_words_are_keys() {
        let word = "abcdefghijklmnopqrstuvwx";
        for to in 1..=word.len() {
            let read = Latin::read(&word.as_bytes()[..to]).unwrap();
            assert!(read.lower().starts_with(&word.as_bytes()[..to]));
            for from in 0..to {
                let key = read.letters.key(from, to);
                assert_eq!(key.is_some(), to - from <= Key::MOST, "{from} {to}");
                if let Some(key) = key {
                    assert_eq!(text(key), word[from..to]);
                    assert_eq!(Key::new(&word.as_bytes()[from..to]), Some(key));
                    assert_eq!(Key::from_code(key.code()), Some(key));
                    assert_eq!(text(key.with(0, b'z')), format!("z{}", &word[from + 1..to]));
                    assert_eq!(text(key.behind(1)), word[from + 1..to]);
                }
            }
        }
    }

    #[test]
    fn only_letters_are_read() {
        for length in 1..=26 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut word = b"abcdefghijklmnopqrstuvwxyz"[..length].to_vec();
                    word[place] = byte;
                    let read = Latin::read(&word);
                    let letters = byte.is_ascii_alphabetic() && length <= Latin::MOST;
                    assert_eq!(read.is_some(), letters, "{word:?}");
                    let Some(read) = read else { continue };
                    assert_eq!(read.lower()[..length], word.to_ascii_lowercase());
                    assert_eq!(read.has_capitals(), byte.is_ascii_uppercase());
                    assert_eq!(read.is_titled(), length > 1 && place == 0 && byte.is_ascii_uppercase());
                    let double = word.to_ascii_lowercase().windows(2).any(|pair| pair[0] == pair[1]);
                    assert_eq!(read.letters.has_double(), double, "{word:?}");
                }
            }
        }
        assert!(Latin::read(b"").is_none());
        assert!(!Latin::read(b"NA").unwrap().is_titled() && !Latin::read(b"N").unwrap().is_titled());
    }

    #[test]
    fn codes_of_damaged_bytes_are_no_keys() {
        for code in [0, u64::MAX, 27, 1 << 60, 1 << 10 | 1] {
            assert_eq!(Key::from_code(code), None, "{code:x}");
        }
    }
}
