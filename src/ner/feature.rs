//! From the words of a sentence to attributes: 64-bit keys, computed once a word. An attribute counts for its own word
//! and, with weights of its own, for the two words on each side; a pair counts for its word alone.

use super::resources::{LONGEST_NAME, NameClass, Resources, Usage, WordFacts, name_hash, word_hash};
use crate::text::{fold_into, hash};

/// Words on each side that an attribute counts for.
pub(super) const REACH: usize = 2;
/// Offsets an attribute has weights for: itself and its neighbours.
pub(super) const WINDOW: usize = 2 * REACH + 1;
/// The attribute of the places before and after a sentence.
pub(super) const EDGE: u64 = 0x5EED_0000_0000_0001;

/// Attributes of one sentence; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Features {
    /// Window attributes of all words, one word after the other.
    pub(super) window: Vec<u64>,
    /// End of each word's part of `window`.
    pub(super) window_ends: Vec<u32>,
    pub(super) pairs: Vec<u64>,
    pub(super) pair_ends: Vec<u32>,
    /// The other buffer of `window`, while names are put between.
    merged: Vec<u64>,
    lower: String,
    words: Vec<Word>,
    names: Vec<u16>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    hash: u64,
    masked: u64,
    shape: u64,
    facts: Option<WordFacts>,
}

/// Kinds of attributes; part of the model format.
#[derive(Clone, Copy)]
enum Kind {
    Word = 1,
    Shape,
    Prefix,
    Suffix,
    Cluster,
    InPersons,
    Keyword,
    Name,
    Unknown,
    WordsPair,
    ShapesPair,
    ClustersPair,
    ClusterShape,
    NameShape,
    WordBeforeShape,
    Bias,
    Usage,
    UsagePair,
    UsageTriple,
    UsageShape,
}

#[inline]
fn key(kind: Kind, detail: u64, value: u64) -> u64 {
    let mixed = (value ^ (kind as u64) << 56 ^ detail << 48).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ kind as u64
}

impl Features {
    /// Computes the attributes of `words`.
    pub(super) fn extract(&mut self, words: &[&str], resources: &Resources) {
        self.window.clear();
        self.window_ends.clear();
        self.pairs.clear();
        self.pair_ends.clear();
        self.words.clear();
        let mode = Mode::of(words);
        for word in words {
            self.describe(word, mode, resources);
            self.window_ends.push(u32::try_from(self.window.len()).unwrap_or(u32::MAX));
        }
        self.match_names(resources);
        self.interleave_names();
        self.pair(mode);
    }

    /// Pushes the attributes that a word has by itself.
    fn describe(&mut self, word: &str, mode: Mode, resources: &Resources) {
        let mut lower = std::mem::take(&mut self.lower);
        fold_into(word, &mut lower);
        let (plain, masked) = (hash(lower.as_bytes()), word_hash(&lower));
        let shape = shape(word);
        let facts = resources.word(masked);
        self.window.push(key(Kind::Word, 0, plain));
        self.window.push(key(Kind::Shape, mode as u64, shape));
        let mut starts = lower.char_indices().map(|(at, _)| at).skip(2);
        for length in 2..=4u64 {
            let Some(at) = starts.next() else { break };
            self.window.push(key(Kind::Prefix, length, hash(&lower.as_bytes()[..at])));
        }
        let mut ends = lower.char_indices().rev().map(|(at, _)| at).skip(1);
        for length in 2..=4u64 {
            let Some(at) = ends.next().filter(|&at| at > 0) else { break };
            self.window.push(key(Kind::Suffix, length, hash(&lower.as_bytes()[at..])));
        }
        match facts {
            Some(facts) => {
                for (column, &id) in (0u64..).zip(&facts.clusters) {
                    if id > 0 {
                        self.window.push(key(Kind::Cluster, column, u64::from(id)));
                    }
                }
                if facts.in_persons > 0 {
                    self.window.push(key(Kind::InPersons, 0, u64::from(facts.in_persons)));
                }
                if facts.keyword & 7 > 0 {
                    self.window.push(key(Kind::Keyword, 0, u64::from(facts.keyword & 7)));
                }
                let [person, organization, place] = facts.usage.inside.map(u64::from);
                if person + organization + place > 0 {
                    self.window.push(key(Kind::Usage, 0, person << 6 | organization << 3 | place));
                    self.window.push(key(
                        Kind::Usage,
                        1,
                        usage_class(facts.usage) << 3 | u64::from(facts.usage.first),
                    ));
                }
            }
            None => self.window.push(key(Kind::Unknown, mode as u64, shape)),
        }
        self.words.push(Word { hash: plain, masked, shape, facts });
        self.lower = lower;
    }

    /// For each word, the class bits of the longest listed name it begins (low byte) or continues (high byte).
    fn match_names(&mut self, resources: &Resources) {
        self.names.clear();
        self.names.resize(self.words.len(), 0);
        for first in 0..self.words.len() {
            let opens = self.words[first].facts.is_none_or(|f| f.keyword & 8 != 0);
            let reach = if opens { LONGEST_NAME } else { 1 };
            let (mut hash, mut found) = (0, None);
            for (length, word) in self.words[first..].iter().take(reach).enumerate() {
                hash = name_hash(hash, word.masked);
                let class = resources.name(hash);
                if class != 0 {
                    found = Some((length + 1, class));
                }
            }
            if let Some((length, class)) = found {
                let size = length.min(3) as u16;
                for (offset, slot) in self.names[first..first + length].iter_mut().enumerate() {
                    let bits = u16::from(class) | size << 4;
                    // The first match to cover a word wins: it began earlier and is usually the longer.
                    if offset == 0 {
                        *slot |= bits;
                    } else if *slot >> 8 == 0 {
                        *slot |= bits << 8;
                    }
                }
            }
        }
    }

    /// Adds the attributes of listed names behind those of each word.
    fn interleave_names(&mut self) {
        self.merged.clear();
        let mut from = 0;
        for (&bits, end) in self.names.iter().zip(&mut self.window_ends) {
            self.merged.extend_from_slice(&self.window[from..*end as usize]);
            from = *end as usize;
            for (place, bits) in [(0u64, bits & 0xFF), (1, bits >> 8)] {
                for class in
                    [NameClass::Person, NameClass::Location, NameClass::Organization, NameClass::Other]
                {
                    if bits & class as u16 != 0 {
                        let size = u64::from(bits >> 4);
                        self.merged.push(key(Kind::Name, place, u64::from(class as u8) << 8 | size));
                    }
                }
            }
            *end = u32::try_from(self.merged.len()).unwrap_or(u32::MAX);
        }
        std::mem::swap(&mut self.window, &mut self.merged);
    }

    fn pair(&mut self, mode: Mode) {
        let coarse = |w: &Word| w.facts.map_or(0, |f| u64::from(f.clusters[3]));
        let fine = |w: &Word| w.facts.map_or(0, |f| u64::from(f.clusters[4]));
        let usage = |w: Option<&Word>| w.map_or(31, |w| w.facts.map_or(30, |f| usage_class(f.usage)));
        for (i, word) in self.words.iter().enumerate() {
            self.pairs.push(key(Kind::Bias, 0, 0));
            if i > 0 {
                let before = &self.words[i - 1];
                self.pairs.push(key(Kind::WordsPair, 0, before.hash.rotate_left(17) ^ word.hash));
                self.pairs.push(key(
                    Kind::ShapesPair,
                    mode as u64,
                    before.shape.rotate_left(17) ^ word.shape,
                ));
                self.pairs.push(key(Kind::ClustersPair, 0, coarse(before) << 16 | coarse(word)));
                self.pairs.push(key(
                    Kind::ClusterShape,
                    mode as u64,
                    word.shape.rotate_left(17) ^ fine(before),
                ));
                self.pairs.push(key(
                    Kind::WordBeforeShape,
                    mode as u64,
                    before.hash.rotate_left(17) ^ word.shape,
                ));
            }
            if let Some(after) = self.words.get(i + 1) {
                self.pairs.push(key(Kind::WordsPair, 1, word.hash.rotate_left(17) ^ after.hash));
                self.pairs.push(key(
                    Kind::ShapesPair,
                    8 | mode as u64,
                    word.shape.rotate_left(17) ^ after.shape,
                ));
                self.pairs.push(key(Kind::ClustersPair, 1, coarse(word) << 16 | coarse(after)));
            }
            let before = usage(i.checked_sub(1).and_then(|b| self.words.get(b)));
            let (here, after) = (usage(Some(word)), usage(self.words.get(i + 1)));
            self.pairs.push(key(Kind::UsagePair, 0, before << 5 | here));
            self.pairs.push(key(Kind::UsagePair, 1, here << 5 | after));
            self.pairs.push(key(Kind::UsageTriple, 0, before << 10 | here << 5 | after));
            self.pairs.push(key(Kind::UsageShape, mode as u64, word.shape.rotate_left(17) ^ here));
            if self.names[i] != 0 {
                self.pairs.push(key(
                    Kind::NameShape,
                    mode as u64,
                    word.shape.rotate_left(17) ^ u64::from(self.names[i]),
                ));
            }
            self.pair_ends.push(u32::try_from(self.pairs.len()).unwrap_or(u32::MAX));
        }
    }
}

/// What a word mostly is, and how surely: 0 no name, then four degrees of person, organization, place.
fn usage_class(usage: Usage) -> u64 {
    let most = usage.inside.iter().copied().max().unwrap_or(0);
    let kind = usage.inside.iter().position(|&level| level == most).unwrap_or(0) as u64;
    match most {
        0 => 0,
        level => 1 + kind * 4 + (u64::from(level) - 1) / 2,
    }
}

/// Letter case of a sentence: capitals tell nothing where everything, or nothing, has one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Mixed = 0,
    Lower = 1,
    Upper = 2,
}

impl Mode {
    fn of(words: &[&str]) -> Mode {
        let (mut upper, mut lower) = (0usize, 0usize);
        for c in words.iter().flat_map(|w| w.chars()) {
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
        }
        match (upper, lower) {
            (0, _) => Mode::Lower,
            (u, l) if u > 4 * l => Mode::Upper,
            _ => Mode::Mixed,
        }
    }
}

/// The shape of a word: `Xx` `XX` `x-Xx` `dd`, runs cut to two.
fn shape(word: &str) -> u64 {
    let mut packed = 0u64;
    let (mut last, mut run, mut length) = (' ', 0, 0);
    for c in word.chars() {
        let class = if c.is_uppercase() {
            'X'
        } else if c.is_lowercase() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else if c.is_alphanumeric() {
            'o'
        } else {
            c
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 {
            packed = (packed ^ u64::from(u32::from(class))).wrapping_mul(0x0000_0100_0000_01B3);
            length += 1;
            if length == 12 {
                break;
            }
        }
    }
    packed
}
