//! Byte offsets in other units: characters for Python, UTF-16 for JavaScript.

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
/// Built in one pass over the text, 4 bytes for every 64 bytes of text (none for ASCII text, where all units agree); a
/// conversion then reads at most 64 bytes.
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
/// assert_eq!(OffsetMap::new(text, OffsetUnit::Utf16).from_byte(byte), 10);
/// ```
#[derive(Clone, Debug)]
pub struct OffsetMap<'t> {
    text: &'t str,
    unit: OffsetUnit,
    /// Units before each 64th byte; empty where every unit is a byte.
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> OffsetMap<'t> {
    /// A map for `text`. Time linear in its length.
    #[must_use]
    pub fn new(text: &'t str, unit: OffsetUnit) -> OffsetMap<'t> {
        let mut marks = Vec::new();
        if unit != OffsetUnit::Bytes && !text.is_ascii() {
            let mut units = 0u32;
            for chunk in text.as_bytes().chunks(STEP) {
                marks.push(units);
                units += count(chunk, unit);
            }
            marks.push(units);
        }
        OffsetMap { text, unit, marks }
    }

    /// The offset of byte `byte` in this map's unit. Beyond the end, the end.
    #[must_use]
    pub fn from_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let Some(&before) = self.marks.get(byte / STEP) else { return byte };
        let from = byte - byte % STEP;
        before as usize + count(self.text.as_bytes().get(from..byte).unwrap_or_default(), self.unit) as usize
    }

    /// The byte at `offset` units; inside a character, its first byte; beyond the end, the end.
    #[must_use]
    pub fn to_byte(&self, offset: usize) -> usize {
        if self.marks.is_empty() {
            return offset.min(self.text.len());
        }
        let block = self.marks.partition_point(|&m| m as usize <= offset).saturating_sub(1);
        let mut at = (block * STEP).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let mut units = self.from_byte(at);
        for c in self.text[at..].chars() {
            units += if self.unit == OffsetUnit::Utf16 { c.len_utf16() } else { 1 };
            if units > offset {
                return at;
            }
            at += c.len_utf8();
        }
        self.text.len()
    }
}

/// Units that begin in `bytes`: one a character, two in UTF-16 for one of four bytes.
fn count(bytes: &[u8], unit: OffsetUnit) -> u32 {
    let starts = |b: u8| u32::from(b & 0xC0 != 0x80) + u32::from(unit == OffsetUnit::Utf16 && b >= 0xF0);
    bytes.iter().map(|&b| starts(b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let text = "a😀é“b”ç ".repeat(40);
        for unit in [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16] {
            let map = OffsetMap::new(&text, unit);
            for (byte, _) in text.char_indices() {
                let expected = match unit {
                    OffsetUnit::Bytes => byte,
                    OffsetUnit::Chars => text[..byte].chars().count(),
                    OffsetUnit::Utf16 => text[..byte].encode_utf16().count(),
                };
                assert_eq!(map.from_byte(byte), expected);
                assert_eq!(map.to_byte(expected), byte, "{unit:?}");
            }
            assert_eq!(map.to_byte(usize::MAX), text.len());
        }
    }
}
