//! Byte offsets in other units: characters for Python, UTF-16 for JavaScript.

use std::ops::Range;

/// What an offset counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum OffsetUnit {
    /// UTF-8 bytes, as Rust slices.
    #[default]
    Bytes,
    /// Unicode scalar values, as Python's `str` counts.
    Chars,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

/// Converts byte offsets of one text to [`OffsetUnit`]s and back.
///
/// Built in one pass over the text, 8 bytes for every 128 bytes of text (none for ASCII text, where all units agree).
/// From a byte, a conversion takes constant time; back to a byte, logarithmic time; both read at most 256 bytes of text.
///
/// Both ways clamp: an offset inside a character counts as its start, so that a byte is always a place to slice at, and
/// one beyond the end counts as the end.
///
/// # Examples
///
/// ```
/// use tutur::{OffsetMap, OffsetUnit};
///
/// let text = "“Élan” 😀 Palu";
/// let map = OffsetMap::new(text, OffsetUnit::Chars);
/// let byte = text.find("Palu").unwrap_or_default();
/// assert_eq!(map.from_byte(byte), 9);
/// assert_eq!(map.to_byte(9), byte);
/// assert_eq!(&text[map.to_byte_range(1..5)], "Élan");
/// assert_eq!(OffsetMap::new(text, OffsetUnit::Utf16).from_byte(byte), 10);
/// ```
#[derive(Clone, Debug)]
pub struct OffsetMap<'t> {
    text: &'t str,
    unit: OffsetUnit,
    /// Units before each 128th byte; empty where every unit is a byte.
    marks: Vec<usize>,
}

const STEP: usize = 128;

impl<'t> OffsetMap<'t> {
    /// A map for `text`. Time linear in its length.
    #[must_use]
    pub fn new(text: &'t str, unit: OffsetUnit) -> OffsetMap<'t> {
        let mut marks = Vec::new();
        if unit != OffsetUnit::Bytes && !text.is_ascii() {
            marks.reserve_exact(text.len() / STEP + 2);
            let mut units = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                marks.push(units);
                units += count(chunk, unit);
            }
            marks.push(units);
        }
        OffsetMap { text, unit, marks }
    }

    /// What its offsets count.
    #[must_use]
    pub fn unit(&self) -> OffsetUnit {
        self.unit
    }

    /// The offset of byte `byte` in this map's unit.
    #[must_use]
    pub fn from_byte(&self, byte: usize) -> usize {
        let byte = self.floor(byte);
        let Some(&before) = self.marks.get(byte / STEP) else { return byte };
        let from = byte - byte % STEP;
        before + count(self.text.as_bytes().get(from..byte).unwrap_or_default(), self.unit)
    }

    /// The byte at `offset` units.
    #[must_use]
    pub fn to_byte(&self, offset: usize) -> usize {
        if self.marks.is_empty() {
            return self.floor(offset);
        }
        let block = self.marks.partition_point(|&m| m <= offset).saturating_sub(1);
        // A character that began in the block before is counted there.
        let mut at = self.floor(block * STEP);
        let mut units = self.from_byte(at);
        for c in self.text.get(at..).unwrap_or_default().chars() {
            units += if self.unit == OffsetUnit::Utf16 { c.len_utf16() } else { 1 };
            if units > offset {
                return at;
            }
            at += c.len_utf8();
        }
        self.text.len()
    }

    /// A range of bytes in this map's unit.
    #[must_use]
    pub fn from_byte_range(&self, range: Range<usize>) -> Range<usize> {
        self.from_byte(range.start)..self.from_byte(range.end)
    }

    /// The bytes of a range of units.
    #[must_use]
    pub fn to_byte_range(&self, range: Range<usize>) -> Range<usize> {
        self.to_byte(range.start)..self.to_byte(range.end)
    }

    /// The start of the character that byte `byte` is of.
    fn floor(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }
}

/// Units that begin in `bytes`: one a character, two in UTF-16 for one of four bytes.
fn count(bytes: &[u8], unit: OffsetUnit) -> usize {
    let starts = |b: u8| u32::from(b & 0xC0 != 0x80) + u32::from(unit == OffsetUnit::Utf16 && b >= 0xF0);
    // At most two units a byte of 128 bytes.
    bytes.iter().map(|&b| starts(b)).sum::<u32>() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By counting, the slow way.
    fn units(text: &str, unit: OffsetUnit) -> usize {
        match unit {
            OffsetUnit::Bytes => text.len(),
            OffsetUnit::Chars => text.chars().count(),
            OffsetUnit::Utf16 => text.encode_utf16().count(),
        }
    }

    #[test]
    fn agrees_with_counting_at_every_byte_and_offset() {
        for text in ["", "abc", "😀", "a😀é“b”ç ", "ééé", "\u{10FFFF}\u{FFFF}\0"] {
            for text in [text.to_owned(), text.repeat(40), format!("{}{}", "x".repeat(127), text.repeat(3))] {
                for unit in [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16] {
                    let map = OffsetMap::new(&text, unit);
                    let mut start = 0;
                    for byte in 0..text.len() + 9 {
                        if byte <= text.len() && text.is_char_boundary(byte) {
                            start = byte;
                        }
                        let offset = units(&text[..start], unit);
                        assert_eq!(map.from_byte(byte), offset, "{unit:?} {byte}");
                        assert_eq!(map.to_byte(offset), start, "{unit:?} {byte}");
                    }
                    for offset in 0..units(&text, unit) + 9 {
                        let byte = map.to_byte(offset);
                        assert!(text.is_char_boundary(byte));
                        let next = text[byte..].chars().next().map_or(0, char::len_utf8);
                        assert!(units(&text[..byte], unit) <= offset);
                        assert!(byte == text.len() || units(&text[..byte + next], unit) > offset);
                    }
                    assert_eq!(map.to_byte(usize::MAX), text.len());
                    assert_eq!(map.from_byte(usize::MAX), units(&text, unit));
                }
            }
        }
    }

    #[test]
    fn ranges_go_both_ways() {
        let text = "“Élan” 😀 Palu";
        let map = OffsetMap::new(text, OffsetUnit::Utf16);
        let bytes = text.find("Palu").map_or(0..0, |at| at..at + 4);
        assert_eq!(map.from_byte_range(bytes.clone()), 10..14);
        assert_eq!(map.to_byte_range(10..14), bytes);
        let smile = text.find('😀').unwrap_or_default();
        assert_eq!(map.to_byte_range(7..9), smile..smile + 4);
        // Between the halves of a pair: the start of its character.
        assert_eq!(map.to_byte_range(7..8), smile..smile);
    }
}
