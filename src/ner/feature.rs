//! The attributes of a word: 64-bit keys. An attribute counts for its own word and, with weights of its own, for the two
//! words on each side; that of a pair of words counts for one word alone.

use super::resources::{NameClass, WordFacts};
use super::word::{Mode, OUTSIDE, Word};
use crate::text::hash;

/// Words on each side that an attribute counts for.
pub(super) const REACH: usize = 2;
/// Offsets an attribute has weights for: itself and its neighbours.
pub(super) const WINDOW: usize = 2 * REACH + 1;
/// The attribute of the places before and after a sentence.
pub(super) const EDGE: u64 = 0x5EED_0000_0000_0001;

/// Kinds of attributes; part of the model format.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
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

/// Attributes that say the same sort of thing, to be left out together when measuring what each is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FeatureGroup {
    /// The word itself.
    Words,
    /// First and last letters.
    Affixes,
    /// Capitals, digits and signs.
    Shapes,
    /// Word clusters learned from raw text.
    Clusters,
    /// Lists of names, of words in persons' names, of titles and keywords.
    Names,
    /// How a first model labels the word over much raw text.
    Usage,
    /// Two neighbouring words at once, of whatever sort.
    Pairs,
}

impl FeatureGroup {
    /// All of them.
    pub const ALL: [FeatureGroup; 7] = [
        FeatureGroup::Words,
        FeatureGroup::Affixes,
        FeatureGroup::Shapes,
        FeatureGroup::Clusters,
        FeatureGroup::Names,
        FeatureGroup::Usage,
        FeatureGroup::Pairs,
    ];

    /// One bit for each kind that belongs to the group. A kind may belong to several.
    pub(super) fn kinds(self) -> u32 {
        let kinds: &[Kind] = match self {
            FeatureGroup::Words => &[Kind::Word, Kind::WordsPair, Kind::WordBeforeShape],
            FeatureGroup::Affixes => &[Kind::Prefix, Kind::Suffix],
            FeatureGroup::Shapes => &[
                Kind::Shape,
                Kind::Unknown,
                Kind::ShapesPair,
                Kind::ClusterShape,
                Kind::NameShape,
                Kind::WordBeforeShape,
                Kind::UsageShape,
            ],
            FeatureGroup::Clusters => &[Kind::Cluster, Kind::ClustersPair, Kind::ClusterShape],
            FeatureGroup::Names => &[Kind::Name, Kind::InPersons, Kind::Keyword, Kind::NameShape],
            FeatureGroup::Usage => &[Kind::Usage, Kind::UsagePair, Kind::UsageTriple, Kind::UsageShape],
            FeatureGroup::Pairs => &[
                Kind::WordsPair,
                Kind::ShapesPair,
                Kind::ClustersPair,
                Kind::ClusterShape,
                Kind::WordBeforeShape,
                Kind::UsagePair,
                Kind::UsageTriple,
            ],
        };
        kinds.iter().fold(0, |bits, &kind| bits | 1 << kind as u32)
    }
}

#[inline]
fn key(kind: Kind, detail: u64, value: u64) -> u64 {
    let mixed = (value ^ (kind as u64) << 56 ^ detail << 48).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) ^ kind as u64
}

/// First and last letters that are attributes, and how many.
const AFFIXES: [(Kind, usize); 6] = [
    (Kind::Prefix, 2),
    (Kind::Prefix, 3),
    (Kind::Prefix, 4),
    (Kind::Suffix, 2),
    (Kind::Suffix, 3),
    (Kind::Suffix, 4),
];

/// What `word` is by itself, as an attribute of the window; `lower` is its lower case. Calls `each` with kind and key.
pub(super) fn own(
    word: &Word,
    lower: &str,
    facts: Option<WordFacts>,
    mode: Mode,
    mut each: impl FnMut(Kind, u64),
) {
    let mut each = |kind, detail, value| each(kind, key(kind, detail, value));
    each(Kind::Word, 0, word.hash);
    each(Kind::Shape, mode as u64, word.shape);
    let bytes = lower.as_bytes();
    if lower.is_ascii() {
        for (kind, length) in AFFIXES {
            // A prefix or suffix is not the whole word.
            let Some(rest) = bytes.len().checked_sub(length).filter(|&rest| rest > 0) else { continue };
            let affix = match kind {
                Kind::Prefix => bytes.get(..length),
                _ => bytes.get(rest..),
            };
            each(kind, length as u64, hash(affix.unwrap_or_default()));
        }
    } else {
        let mut starts = lower.char_indices().map(|(at, _)| at).skip(2);
        for length in 2..=4u64 {
            let Some(affix) = starts.next().and_then(|at| bytes.get(..at)) else { break };
            each(Kind::Prefix, length, hash(affix));
        }
        let mut ends = lower.char_indices().rev().map(|(at, _)| at).skip(1);
        for length in 2..=4u64 {
            let Some(affix) = ends.next().filter(|&at| at > 0).and_then(|at| bytes.get(at..)) else { break };
            each(Kind::Suffix, length, hash(affix));
        }
    }
    let Some(facts) = facts else { return each(Kind::Unknown, mode as u64, word.shape) };
    for (column, &id) in (0u64..).zip(&facts.clusters) {
        if id > 0 {
            each(Kind::Cluster, column, u64::from(id));
        }
    }
    if facts.in_persons > 0 {
        each(Kind::InPersons, 0, u64::from(facts.in_persons));
    }
    if facts.keyword & 7 > 0 {
        each(Kind::Keyword, 0, u64::from(facts.keyword & 7));
    }
    let [person, organization, place] = facts.usage.inside.map(u64::from);
    if person + organization + place > 0 {
        each(Kind::Usage, 0, person << 6 | organization << 3 | place);
        each(Kind::Usage, 1, u64::from(word.usage) << 3 | u64::from(facts.usage.first));
    }
}

/// The listed names that a word begins or continues, as attributes of the window; see [`match_names`].
///
/// [`match_names`]: super::word::match_names
pub(super) fn listed(names: u16, mut each: impl FnMut(Kind, u64)) {
    for (place, bits) in [(0, names & 0xFF), (1, names >> 8)] {
        for class in [NameClass::Person, NameClass::Location, NameClass::Organization, NameClass::Other] {
            if bits & class as u16 != 0 {
                let value = u64::from(class as u8) << 8 | u64::from(bits >> 4);
                each(Kind::Name, key(Kind::Name, place, value));
            }
        }
    }
}

/// What counts for every word.
pub(super) fn bias(mut each: impl FnMut(Kind, u64)) {
    each(Kind::Bias, key(Kind::Bias, 0, 0));
}

/// A word and the one before it, for the word.
#[inline]
pub(super) fn with_before(before: &Word, word: &Word, mode: Mode, mut each: impl FnMut(Kind, u64)) {
    let mut each = |kind, detail, value| each(kind, key(kind, detail, value));
    let mode = mode as u64;
    each(Kind::WordsPair, 0, before.hash.rotate_left(17) ^ word.hash);
    each(Kind::ShapesPair, mode, before.shape.rotate_left(17) ^ word.shape);
    each(Kind::ClustersPair, 0, u64::from(before.coarse) << 16 | u64::from(word.coarse));
    each(Kind::ClusterShape, mode, word.shape.rotate_left(17) ^ u64::from(before.fine));
    each(Kind::WordBeforeShape, mode, before.hash.rotate_left(17) ^ word.shape);
}

/// A word and the one after it, for the word.
#[inline]
pub(super) fn with_after(word: &Word, after: &Word, mode: Mode, mut each: impl FnMut(Kind, u64)) {
    let mut each = |kind, detail, value| each(kind, key(kind, detail, value));
    each(Kind::WordsPair, 1, word.hash.rotate_left(17) ^ after.hash);
    each(Kind::ShapesPair, 8 | mode as u64, word.shape.rotate_left(17) ^ after.shape);
    each(Kind::ClustersPair, 1, u64::from(word.coarse) << 16 | u64::from(after.coarse));
}

/// The usage of a word and of its neighbours, packed as [`usages`] wants it.
#[inline]
pub(super) fn usage_triple(before: Option<&Word>, word: &Word, after: Option<&Word>) -> u16 {
    let usage = |w: Option<&Word>| u16::from(w.map_or(OUTSIDE, |w| w.usage));
    usage(before) << 10 | usage(Some(word)) << 5 | usage(after)
}

/// A word's usage and that of its neighbours, for the word.
pub(super) fn usages(triple: u16, mut each: impl FnMut(Kind, u64)) {
    let mut each = |kind, detail, value: u16| each(kind, key(kind, detail, u64::from(value)));
    each(Kind::UsagePair, 0, triple >> 5);
    each(Kind::UsagePair, 1, triple & 0x3FF);
    each(Kind::UsageTriple, 0, triple);
}

/// A word's usage and shape, for the word.
pub(super) fn usage_shape(word: &Word, mode: Mode, mut each: impl FnMut(Kind, u64)) {
    let value = word.shape.rotate_left(17) ^ u64::from(word.usage);
    each(Kind::UsageShape, key(Kind::UsageShape, mode as u64, value));
}

/// A word's shape and its listed names, for the word.
pub(super) fn name_shape(word: &Word, names: u16, mode: Mode, mut each: impl FnMut(Kind, u64)) {
    if names != 0 {
        let value = word.shape.rotate_left(17) ^ u64::from(names);
        each(Kind::NameShape, key(Kind::NameShape, mode as u64, value));
    }
}
