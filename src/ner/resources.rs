//! What is known of words and names before any training: word clusters, keywords, how often a word is part of a
//! person's name, and names with their classes. Hashes only, used as they lie in `data/names.bin`.

use std::collections::BTreeMap;

use once_cell::sync::Lazy;

use crate::error::{Error, ErrorKind, Result};
use crate::text::hash;
use crate::wire::{Container, Kind, read_u64, write};

/// Version 2: section 0 words (8 bytes a slot), section 1 names (2 bytes a slot), section 2 the usage of words (2 bytes
/// for each slot of section 0). A power of two of slots each; the slot of a key is the low bits of its hash, the next
/// ones if that is taken; 0 is empty. Version 1 had no usage.
pub const KIND: Kind = Kind { magic: b"tuturnam", version: 2, name: "names" };

static BYTES: &[u8] = include_bytes!("../../data/names.bin");

static EMBEDDED: Lazy<Resources> =
    Lazy::new(|| Resources::open(BYTES).unwrap_or(Resources { words: &[], usage: &[], names: &[] }));

/// Longest name matched, in units.
pub(super) const LONGEST_NAME: usize = 6;

/// What a name in the list can be. A name may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameClass {
    /// A person.
    Person = 1,
    /// A place.
    Location = 2,
    /// An organization.
    Organization = 4,
    /// None of these: a film, a species, an event.
    Other = 8,
}

/// What is known of a word in lower case, digits as 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordFacts {
    /// Clusters: of 64, 256 and 1,024 by what a word means, of 100 and 800 by what stands beside it. Ids count from 1;
    /// 0 is unknown.
    pub clusters: [u16; 5],
    /// Doublings of the number of persons' names that hold the word, at most 7.
    pub in_persons: u8,
    /// Bits: 1 title, 2 word of organizations, 4 word of places, 8 begins a name of several words.
    pub keyword: u8,
    /// How a first model labels the word over much text.
    pub usage: Usage,
}

/// Shares in eight steps: how much of the uses of a word stands in names of each class, and how much of those first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usage {
    /// In names of persons, organizations, places: 0 hardly ever, 7 nearly always.
    pub inside: [u8; 3],
    /// Of the uses in names, those at the start of one.
    pub first: u8,
}

impl Usage {
    fn pack(self) -> u16 {
        let [person, organization, place] = self.inside;
        [person, organization, place, self.first]
            .iter()
            .fold(0, |bits, &level| bits << 3 | u16::from(level.min(7)))
    }

    fn unpack(packed: u16) -> Usage {
        let level = |place: u32| (packed >> (3 * place) & 7) as u8;
        Usage { inside: [level(3), level(2), level(1)], first: level(0) }
    }
}

const BITS: [u32; 5] = [7, 9, 11, 7, 10];

impl WordFacts {
    fn pack(self) -> Option<u64> {
        let mut packed = 0u64;
        for (id, bits) in self.clusters.into_iter().zip(BITS) {
            if u64::from(id) >= 1 << bits {
                return None;
            }
            packed = packed << bits | u64::from(id);
        }
        Some(packed << 7 | u64::from(self.in_persons.min(7)) << 4 | u64::from(self.keyword & 15))
    }

    fn unpack(mut packed: u64) -> WordFacts {
        let mut facts = WordFacts {
            keyword: (packed & 15) as u8,
            in_persons: (packed >> 4 & 7) as u8,
            ..WordFacts::default()
        };
        packed >>= 7;
        for (id, bits) in facts.clusters.iter_mut().zip(BITS).rev() {
            *id = (packed & ((1 << bits) - 1)) as u16;
            packed >>= bits;
        }
        facts
    }
}

/// Bits of a word slot that hold the facts; the others hold its fingerprint.
const FACT_BITS: u32 = 51;

#[derive(Clone, Copy, Debug)]
pub(super) struct Resources {
    words: &'static [u8],
    usage: &'static [u8],
    names: &'static [u8],
}

impl Resources {
    pub(super) fn embedded() -> &'static Resources {
        &EMBEDDED
    }

    pub(super) fn open(bytes: &'static [u8]) -> Result<Resources> {
        let file = Container::open(bytes, KIND)?;
        let (words, names) = (file.require(0, "table of words")?, file.require(1, "table of names")?);
        let usage = file.require(2, "usage of words")?;
        if !(words.len() / 8).is_power_of_two() || !(names.len() / 2).is_power_of_two() {
            return Err(Error::new(ErrorKind::Format, "a table of names has no power of two of slots"));
        }
        Ok(Resources { words, usage, names })
    }

    /// What is known of the word with this hash.
    #[inline]
    pub(super) fn word(&self, hash: u64) -> Option<WordFacts> {
        let slots = self.words.len() / 8;
        let mut at = slot(hash, slots);
        for _ in 0..slots {
            let found = read_u64(self.words, at * 8)?;
            if found == 0 {
                return None;
            }
            if found >> FACT_BITS == word_print(hash) {
                let facts = WordFacts::unpack(found & ((1 << FACT_BITS) - 1));
                let usage =
                    self.usage.get(at * 2..).and_then(<[u8]>::first_chunk).map(|b| u16::from_le_bytes(*b));
                return Some(WordFacts { usage: Usage::unpack(usage.unwrap_or_default()), ..facts });
            }
            at = (at + 1) & (slots - 1);
        }
        None
    }

    /// Class bits of the name with this hash; 0 where it is not listed.
    #[inline]
    pub(super) fn name(&self, hash: u64) -> u8 {
        const ONES: u64 = 0x0001_0001_0001_0001;
        const HIGH: u64 = 0x8000 * ONES;
        const PRINT: u64 = 0xFFF0 * ONES;
        let slots = self.names.len() / 2;
        let wanted = u64::from(name_print(hash)) << 4;
        let mut at = slot(hash, slots);
        let mut tried = 0;
        while tried < slots {
            let (found, step) = match read_u64(self.names, at * 2) {
                // Four slots at once: one branch that is nearly always the same, instead of one for each slot.
                Some(four) if at + 4 <= slots => {
                    // A lane is 0 where the slot is empty or has the fingerprint.
                    let lanes = [four, (four ^ (wanted * ONES)) & PRINT];
                    let [empty, equal] = lanes.map(|x| !(((x & !HIGH) + !HIGH) | x) & HIGH);
                    let ends = empty | equal;
                    ((ends != 0).then(|| four >> (ends.trailing_zeros() & 0x30)), 4)
                }
                _ => {
                    let two = self.names.get(at * 2..).and_then(<[u8]>::first_chunk);
                    let one = two.map_or(0, |b| u64::from(u16::from_le_bytes(*b)));
                    ((one == 0 || one & 0xFFF0 == wanted).then_some(one), 1)
                }
            };
            if let Some(found) = found {
                return (found & 15) as u8;
            }
            tried += step;
            at = (at + step) & (slots - 1);
        }
        0
    }
}

#[inline]
#[allow(clippy::cast_possible_truncation)] // the low bits are what is wanted
fn slot(hash: u64, slots: usize) -> usize {
    hash as usize & slots.wrapping_sub(1)
}

#[inline]
fn word_print(hash: u64) -> u64 {
    (hash >> FACT_BITS) | 1
}

#[inline]
#[allow(clippy::cast_possible_truncation)]
fn name_print(hash: u64) -> u16 {
    (hash >> 52) as u16
}

/// The hash of a word for these tables: lower case, digits as 0.
#[inline]
pub(super) fn word_hash(lower: &str) -> u64 {
    if lower.bytes().any(|b| b.is_ascii_digit()) && lower.len() <= 64 {
        let mut masked = [0u8; 64];
        for (to, from) in masked.iter_mut().zip(lower.bytes()) {
            *to = if from.is_ascii_digit() { b'0' } else { from };
        }
        return hash(masked.get(..lower.len()).unwrap_or_default());
    }
    hash(lower.as_bytes())
}

/// The hash of a name, unit by unit: begin with 0.
#[inline]
pub(super) fn name_hash(before: u64, word: u64) -> u64 {
    (before.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Collects words and names and writes `data/names.bin`.
#[derive(Debug, Default)]
pub struct Compiler {
    words: BTreeMap<u64, WordFacts>,
    names: BTreeMap<u64, u8>,
}

impl Compiler {
    /// Sets what is known of `word`, in lower case with digits as 0.
    ///
    /// # Errors
    ///
    /// `Format` where a cluster id is out of its range.
    pub fn word(&mut self, word: &str, facts: WordFacts) -> Result<()> {
        if facts.pack().is_none() {
            return Err(Error::new(
                ErrorKind::Format,
                format!("a cluster of {word} is out of range: {:?}", facts.clusters),
            ));
        }
        self.words.insert(word_hash(word), facts);
        Ok(())
    }

    /// Adds a class to the name of these units, in lower case.
    pub fn name<'w>(&mut self, units: impl Iterator<Item = &'w str>, class: NameClass) {
        let key = units.fold(0, |h, unit| name_hash(h, word_hash(unit)));
        *self.names.entry(key).or_default() |= class as u8;
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// `TooLarge` beyond 4 GiB.
    #[allow(clippy::indexing_slicing)] // places below the number of slots made here
    pub fn build(&self, source_hash: u64) -> Result<Vec<u8>> {
        let size = |n: usize| (n * 8 / 7 + 1).next_power_of_two();
        let mut words = vec![0u64; size(self.words.len())];
        let mut usage = vec![0u16; words.len()];
        for (&hash, facts) in &self.words {
            let mut at = slot(hash, words.len());
            while words[at] != 0 {
                at = (at + 1) & (words.len() - 1);
            }
            words[at] = word_print(hash) << FACT_BITS | facts.pack().unwrap_or_default();
            usage[at] = facts.usage.pack();
        }
        let mut names = vec![0u16; size(self.names.len())];
        for (&hash, &class) in &self.names {
            let mut at = slot(hash, names.len());
            while names[at] != 0 {
                at = (at + 1) & (names.len() - 1);
            }
            names[at] = name_print(hash) << 4 | u16::from(class);
        }
        let words = words.iter().flat_map(|w| w.to_le_bytes()).collect();
        let names = names.iter().flat_map(|n| n.to_le_bytes()).collect();
        let usage = usage.iter().flat_map(|u| u.to_le_bytes()).collect();
        write(KIND, source_hash, &[words, names, usage])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_names_are_whole() {
        Container::open(BYTES, KIND).unwrap().verify().unwrap();
        let resources = Resources::open(BYTES).unwrap();
        let name = |text: &str| text.split(' ').fold(0, |h, w| name_hash(h, word_hash(w)));
        assert!(resources.name(name("jawa tengah")) & NameClass::Location as u8 != 0);
        assert!(resources.word(word_hash("presiden")).is_some_and(|w| w.keyword & 1 == 1));
    }

    #[test]
    fn facts_survive_packing() {
        let facts = WordFacts {
            clusters: [64, 256, 1024, 100, 800],
            in_persons: 5,
            keyword: 9,
            ..WordFacts::default()
        };
        let usage = Usage { inside: [1, 7, 2], first: 5 };
        assert_eq!(Usage::unpack(usage.pack()), usage);
        assert_eq!(WordFacts::unpack(facts.pack().unwrap()), facts);
        assert!(facts.pack().unwrap() < 1 << FACT_BITS);
    }
}
