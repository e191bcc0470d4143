//! The table of words: a perfect hash, so that a look-up reads one byte of a small table and one slot of a large one,
//! whether the word is there or not, and a slot holds the whole word as a number, so that nothing else is read.
//!
//! Section layout: number of slots (u32), number of pilots (u32), multiplier (u64), the pilots (u8 each), the slots (ten
//! bytes each: the code of the word as u64, all ones where there is none, and its value as u16).

use super::letters::Key;
use crate::error::{Error, ErrorKind, Result};
use crate::text::mix;
use crate::wire::{read_u32, read_u64};

const HEAD: usize = 16;
const SLOT: usize = 10;
const EMPTY: u64 = u64::MAX;

/// A borrowed table from words of letters to `u16`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordTable<'a> {
    multiplier: u64,
    pilots: &'a [u8],
    slots: &'a [[u8; SLOT]],
}

impl<'a> WordTable<'a> {
    /// A view of `section`; no payload is read.
    pub(super) fn open(section: &'a [u8]) -> Result<WordTable<'a>> {
        let short = || Error::new(ErrorKind::Truncated, "the table of words ends too early");
        let slots = read_u32(section, 0).ok_or_else(short)? as usize;
        let pilots = read_u32(section, 4).ok_or_else(short)? as usize;
        let multiplier = read_u64(section, 8).ok_or_else(short)?;
        let (pilots, rest) =
            section.get(HEAD..).and_then(|s| s.split_at_checked(pilots)).ok_or_else(short)?;
        let slots = rest.as_chunks::<SLOT>().0.get(..slots).ok_or_else(short)?;
        Ok(WordTable { multiplier, pilots, slots })
    }

    /// The value of `key`.
    #[inline]
    pub(super) fn get(&self, key: Key) -> Option<u16> {
        let hash = mix(key.code(), self.multiplier);
        let &pilot = self.pilots.get(bucket(hash, self.pilots.len()))?;
        let [code @ .., low, high] = self.slots.get(place(hash, pilot, self.slots.len()))?;
        (u64::from_le_bytes(*code) == key.code()).then_some(u16::from_le_bytes([*low, *high]))
    }

    /// All keys and values, in no order that means anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Key, u16)> + use<'a> {
        self.slots.iter().filter_map(|[code @ .., low, high]| {
            Some((Key::from_code(u64::from_le_bytes(*code))?, u16::from_le_bytes([*low, *high])))
        })
    }
}

/// The pilot of a key: the high half of its hash decides.
#[inline]
fn bucket(hash: u64, pilots: usize) -> usize {
    (((hash >> 32) * pilots as u64) >> 32) as usize
}

/// The slot of a key: the low half of its hash and the pilot decide.
#[inline]
fn place(hash: u64, pilot: u8, slots: usize) -> usize {
    let low = hash as u32 ^ u32::from(pilot).wrapping_mul(0x9E37_79B9);
    ((u64::from(low) * slots as u64) >> 32) as usize
}

/// The section of these words, each of which stands there once.
///
/// # Errors
///
/// `TooLarge` where they do not fit a table.
pub(super) fn build(words: &[(Key, u16)]) -> Result<Vec<u8>> {
    let too_large = || Error::new(ErrorKind::TooLarge, format!("{} words do not fit a table", words.len()));
    // Eight of nine slots hold a word, and five words share two pilots: denser tables take longer to build only.
    let slots = u32::try_from(words.len() * 9 / 8 + 1).map_err(|_| too_large())?;
    let pilots = u32::try_from(words.len() * 2 / 5 + 1).map_err(|_| too_large())?;
    let multipliers = (1..=64).map(|attempt| mix(attempt, 0xD6E8_FEB8_6659_FD93) | 1);
    let (multiplier, found, taken) = multipliers
        .filter_map(|m| displace(words, m, slots as usize, pilots as usize).map(|(p, s)| (m, p, s)))
        .next()
        .ok_or_else(too_large)?;
    let mut section = Vec::with_capacity(HEAD + found.len() + taken.len() * SLOT);
    section.extend(slots.to_le_bytes());
    section.extend(pilots.to_le_bytes());
    section.extend(multiplier.to_le_bytes());
    section.extend(found);
    for slot in taken {
        let (code, value) = slot.map_or((EMPTY, 0), |(key, value)| (key.code(), value));
        section.extend(code.to_le_bytes());
        section.extend(value.to_le_bytes());
    }
    Ok(section)
}

type Slots = Vec<Option<(Key, u16)>>;

/// A pilot for each bucket that leads its words to slots of their own, and the slots; none where a bucket has none.
#[allow(clippy::indexing_slicing)] // `bucket` and `place` answer less than the number they are given
fn displace(words: &[(Key, u16)], multiplier: u64, slots: usize, pilots: usize) -> Option<(Vec<u8>, Slots)> {
    let mut buckets = vec![Vec::new(); pilots];
    for &(key, value) in words {
        let hash = mix(key.code(), multiplier);
        buckets[bucket(hash, pilots)].push((hash, key, value));
    }
    // The largest first, while there is room.
    let mut order: Vec<usize> = (0..pilots).collect();
    order.sort_by_key(|&b| std::cmp::Reverse(buckets[b].len()));
    let (mut found, mut taken) = (vec![0; pilots], vec![None; slots]);
    for at in order {
        let places = |pilot: u8| buckets[at].iter().map(move |&(hash, ..)| place(hash, pilot, slots));
        found[at] = (0..=u8::MAX).find(|&pilot| {
            places(pilot)
                .enumerate()
                .all(|(n, p)| taken[p].is_none() && places(pilot).take(n).all(|q| q != p))
        })?;
        for (slot, &(_, key, value)) in places(found[at]).zip(&buckets[at]) {
            taken[slot] = Some((key, value));
        }
    }
    Some((found, taken))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(count: u32) -> Vec<(Key, u16)> {
        let word =
            |i: u32| (0..6).map(|place| b'a' + (i / 5u32.pow(place) % 5) as u8 * 3).collect::<Vec<u8>>();
        (0..count).map(|i| (Key::new(&word(i)).unwrap(), i as u16)).collect()
    }

    #[test]
    fn finds_each_word_and_no_other() {
        for count in [0, 1, 2, 7, 5_000] {
            let all = keys(2 * count.max(1));
            let (there, absent) = all.split_at(count as usize);
            let section = build(there).unwrap();
            let table = WordTable::open(&section).unwrap();
            assert!(there.iter().all(|(key, value)| table.get(*key) == Some(*value)));
            assert!(absent.iter().all(|(key, _)| table.get(*key).is_none()));
            let mut listed: Vec<_> = table.iter().collect();
            listed.sort_by_key(|row| row.1);
            assert_eq!(listed, there);
        }
    }

    #[test]
    fn words_that_do_not_fit_are_an_error() {
        let twice = [keys(1)[0], keys(1)[0]];
        assert_eq!(build(&twice).unwrap_err().kind(), ErrorKind::TooLarge);
    }

    #[test]
    fn damaged_sections_answer_or_fail() {
        let words = keys(3);
        let section = build(&words).unwrap();
        for at in 0..section.len() {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut damaged = section.clone();
                damaged[at] = value;
                if let Ok(table) = WordTable::open(&damaged) {
                    let _ = (table.get(words[0].0), table.iter().count());
                }
            }
            assert!(WordTable::open(&section[..at]).is_err());
        }
    }
}
