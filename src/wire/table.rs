//! A string-keyed table that is used as it lies in the file: open addressing, no work at start.
//!
//! Section layout: number of slots as a power of two (u32), number of keys (u32), the slots (u32 each: 0 for empty,
//! else 8 bits of the hash and 24 bits of 1 + record offset), then the records (key length u8, value u32, key bytes).
//! About 32 ns a look-up when cold, 12 to 16 bytes a key beyond its text.

use super::read_u32;
use crate::error::{Error, ErrorKind, Result};
use crate::text::hash;

const HEAD: usize = 8;
const OFFSET_BITS: u32 = 24;
const OFFSET_MASK: u32 = (1 << OFFSET_BITS) - 1;
const RECORD_HEAD: usize = 5;

/// Longest key in bytes.
pub(crate) const MAX_KEY: usize = u8::MAX as usize;

/// A borrowed table from string to `u32`.
#[derive(Clone, Copy, Debug)]
pub struct StrTable<'a> {
    slots: &'a [u8],
    records: &'a [u8],
    mask: u32,
    len: u32,
}

impl<'a> StrTable<'a> {
    /// A view of `section`; no payload is read.
    ///
    /// # Errors
    ///
    /// `Format` or `Truncated` where the section is not such a table.
    pub fn open(section: &'a [u8]) -> Result<StrTable<'a>> {
        let short = || Error::new(ErrorKind::Truncated, "a word table ends too early");
        let count = read_u32(section, 0).ok_or_else(short)?;
        let len = read_u32(section, 4).ok_or_else(short)?;
        if !count.is_power_of_two() || len >= count {
            let message = format!("a word table of {len} keys cannot have {count} slots");
            return Err(Error::new(ErrorKind::Format, message));
        }
        let size = (count as usize).checked_mul(4).ok_or_else(short)?;
        let (slots, records) =
            section.get(HEAD..).and_then(|s| s.split_at_checked(size)).ok_or_else(short)?;
        Ok(StrTable { slots, records, mask: count - 1, len })
    }

    /// Number of keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether the table has no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value of `key`.
    #[inline]
    #[must_use]
    pub fn get(&self, key: &str) -> Option<u32> {
        self.get_bytes(key.as_bytes())
    }

    /// As [`get`](StrTable::get), for a key that need not be checked to be UTF-8.
    #[inline]
    pub(crate) fn get_bytes(&self, key: &[u8]) -> Option<u32> {
        let (mut at, tag) = place(hash(key), self.mask);
        // At most one round: damaged bytes may leave no empty slot.
        for _ in 0..=self.mask {
            let slot = read_u32(self.slots, at as usize * 4)?;
            if slot == 0 {
                return None;
            }
            if slot >> OFFSET_BITS == tag {
                let (found, value) = self.record(((slot & OFFSET_MASK).checked_sub(1)?) as usize)?;
                if found == key {
                    return Some(value);
                }
            }
            at = (at + 1) & self.mask;
        }
        None
    }

    /// All keys and values, in the order of their records (sorted by key where the builder wrote them).
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, u32)> + use<'a> {
        let records = self.records;
        let table = *self;
        let mut at = 0;
        std::iter::from_fn(move || {
            if at >= records.len() {
                return None;
            }
            let (key, value) = table.record(at)?;
            at += RECORD_HEAD + key.len();
            Some((std::str::from_utf8(key).unwrap_or_default(), value))
        })
    }

    #[inline]
    fn record(&self, at: usize) -> Option<(&'a [u8], u32)> {
        let record = self.records.get(at..)?;
        let (&length, rest) = record.split_first()?;
        let (value, rest) = rest.split_first_chunk::<4>()?;
        Some((rest.get(..length as usize)?, u32::from_le_bytes(*value)))
    }
}

#[inline]
fn place(hash: u64, mask: u32) -> (u32, u32) {
    #[allow(clippy::cast_possible_truncation)]
    let (low, high) = (hash as u32, (hash >> 32) as u32);
    (low & mask, high >> 24)
}

/// Collects keys and writes the section that [`StrTable`] reads.
#[derive(Clone, Debug, Default)]
pub struct StrTableBuilder {
    rows: std::collections::BTreeMap<String, u32>,
}

impl StrTableBuilder {
    /// An empty table.
    #[must_use]
    pub fn new() -> StrTableBuilder {
        StrTableBuilder::default()
    }

    /// Sets the value of `key` and returns the one it had.
    ///
    /// # Errors
    ///
    /// `TooLarge` where the key has more than 255 bytes.
    pub fn insert(&mut self, key: &str, value: u32) -> Result<Option<u32>> {
        if key.len() > MAX_KEY {
            let message =
                format!("a key may have {MAX_KEY} bytes, found {} bytes: {:.20}...", key.len(), key);
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
        Ok(self.rows.insert(key.to_owned(), value))
    }

    /// Takes `key` out; whether it was there.
    pub fn remove(&mut self, key: &str) -> bool {
        self.rows.remove(key).is_some()
    }

    /// The value of `key` so far.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<u32> {
        self.rows.get(key).copied()
    }

    /// All keys and values so far, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.rows.iter().map(|(key, &value)| (key.as_str(), value))
    }

    /// Number of keys so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no key was inserted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The section. Depends on the rows alone, not on the order of insertion.
    ///
    /// # Errors
    ///
    /// `TooLarge` where the records pass 16 MiB.
    #[allow(clippy::indexing_slicing)] // the mask keeps places inside the slots made here
    pub fn build(&self) -> Result<Vec<u8>> {
        let too_large = || Error::new(ErrorKind::TooLarge, "a word table may have 16 MiB of records");
        // At most four fifths full: short probes, and always an empty slot to stop at.
        let count = (self.rows.len() * 5 / 4 + 1).next_power_of_two();
        let mask = u32::try_from(count).map_err(|_| too_large())? - 1;
        let mut slots = vec![0u32; count];
        let mut records = Vec::new();
        for (key, value) in &self.rows {
            let offset = u32::try_from(records.len() + 1).map_err(|_| too_large())?;
            if offset > OFFSET_MASK {
                return Err(too_large());
            }
            let (mut at, tag) = place(hash(key.as_bytes()), mask);
            while slots[at as usize] != 0 {
                at = (at + 1) & mask;
            }
            slots[at as usize] = tag << OFFSET_BITS | offset;
            // `insert` has checked the length.
            records.push(u8::try_from(key.len()).map_err(|_| too_large())?);
            records.extend(value.to_le_bytes());
            records.extend_from_slice(key.as_bytes());
        }
        let mut section = Vec::with_capacity(HEAD + count * 4 + records.len());
        section.extend((mask + 1).to_le_bytes());
        section.extend(u32::try_from(self.rows.len()).map_err(|_| too_large())?.to_le_bytes());
        section.extend(slots.iter().flat_map(|s| s.to_le_bytes()));
        section.extend_from_slice(&records);
        Ok(section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_key_and_no_other() {
        let mut builder = StrTableBuilder::new();
        for i in 0..5_000u32 {
            builder.insert(&format!("kata{i}"), i * 3).unwrap();
        }
        builder.insert("", 9).unwrap();
        let section = builder.build().unwrap();
        let table = StrTable::open(&section).unwrap();
        assert_eq!(table.len(), 5_001);
        for i in 0..5_000u32 {
            assert_eq!(table.get(&format!("kata{i}")), Some(i * 3));
            assert_eq!(table.get(&format!("lain{i}")), None);
        }
        assert_eq!(table.get(""), Some(9));
        assert_eq!(table.iter().count(), 5_001);
        assert!(table.iter().is_sorted());
    }

    #[test]
    fn damaged_sections_answer_or_fail() {
        let mut builder = StrTableBuilder::new();
        for word in ["ajar", "baca", "tulis"] {
            builder.insert(word, 1).unwrap();
        }
        let section = builder.build().unwrap();
        for at in 0..section.len() {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut damaged = section.clone();
                damaged[at] = value;
                if let Ok(table) = StrTable::open(&damaged) {
                    let _ = (table.get("ajar"), table.get("x"), table.iter().count());
                }
            }
        }
    }
}
