//! What the tagger knows of a word by itself, and of the names that words are listed in.

use super::resources::{LONGEST_NAME, Resources, Usage, WordFacts, name_hash, word_hash};
use crate::text::{fold_into, hash};

/// A word as its neighbours see it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Of its lower case.
    pub(super) hash: u64,
    /// The same with digits as 0.
    pub(super) masked: u64,
    pub(super) shape: u64,
    /// Clusters of 100 and of 800 by what stands beside it; 0 where the word is unknown.
    pub(super) coarse: u16,
    pub(super) fine: u16,
    /// [`usage_class`], or [`UNKNOWN`].
    pub(super) usage: u8,
    /// Whether it may begin a listed name of several words.
    pub(super) opens: bool,
    /// Class bits of the listed name that it is.
    pub(super) named: u8,
}

/// Usage of a word that is in no table.
pub(super) const UNKNOWN: u8 = 30;
/// Usage of the places before and after a sentence. Four bits tell all classes apart.
pub(super) const OUTSIDE: u8 = 31;

impl Word {
    /// Looks `word` up; leaves its lower case in `lower`.
    pub(super) fn new(word: &str, lower: &mut String, resources: &Resources) -> (Word, Option<WordFacts>) {
        fold_into(word, lower);
        let hash = hash(lower.as_bytes());
        let digits = lower.bytes().fold(false, |any, b| any | b.is_ascii_digit());
        let masked = if digits { word_hash(lower) } else { hash };
        let facts = resources.word(masked);
        let [.., coarse, fine] = facts.map_or([0; 5], |f| f.clusters);
        let word = Word {
            hash,
            masked,
            shape: shape(word),
            coarse,
            fine,
            usage: facts.map_or(UNKNOWN, |f| usage_class(f.usage)),
            opens: facts.is_none_or(|f| f.keyword & 8 != 0),
            named: resources.name(name_hash(0, masked)),
        };
        (word, facts)
    }
}

/// What a word mostly is, and how surely: 0 no name, then four degrees of person, organization, place.
pub(super) fn usage_class(usage: Usage) -> u8 {
    let kinds = (0u8..).zip(usage.inside);
    // The first of equals.
    let (kind, level) = kinds.fold((0, 0), |most, next| if next.1 > most.1 { next } else { most });
    if level == 0 { 0 } else { 1 + kind * 4 + (level - 1) / 2 }
}

/// For each word, the class bits of the longest listed name it begins (low byte) or continues (high byte).
pub(super) fn match_names(words: &[Word], resources: &Resources, names: &mut Vec<u16>) {
    names.clear();
    names.resize(words.len(), 0);
    for (first, word) in words.iter().enumerate() {
        let mut found = (1, word.named);
        if word.opens {
            let mut hash = name_hash(0, word.masked);
            for (length, next) in (2..=LONGEST_NAME).zip(words.iter().skip(first + 1)) {
                hash = name_hash(hash, next.masked);
                let class = resources.name(hash);
                if class != 0 {
                    found = (length, class);
                }
            }
        }
        let (length, class) = found;
        if class == 0 {
            continue;
        }
        let bits = u16::from(class) | (length.min(3) as u16) << 4;
        let mut covered = names.iter_mut().skip(first).take(length);
        if let Some(slot) = covered.next() {
            *slot |= bits;
        }
        // The first match to cover a word wins: it began earlier and is usually the longer.
        covered.filter(|slot| **slot >> 8 == 0).for_each(|slot| *slot |= bits << 8);
    }
}

/// Letter case of a sentence: capitals tell nothing where everything, or nothing, has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Mixed = 0,
    Lower = 1,
    Upper = 2,
}

impl Mode {
    /// Of a sentence with so many capital and small letters.
    pub(super) fn of(upper: usize, lower: usize) -> Mode {
        match (upper, lower) {
            (0, _) => Mode::Lower,
            (u, l) if u > 4 * l => Mode::Upper,
            _ => Mode::Mixed,
        }
    }
}

/// Capital and small letters of `word`.
pub(super) fn letters(word: &str) -> (usize, usize) {
    let count = |(upper, lower), c: char| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    };
    word.chars().fold((0, 0), count)
}

/// The shape of a word: `Xx` `XX` `x-Xx` `dd`, runs cut to two.
fn shape(word: &str) -> u64 {
    let mut packed = 0u64;
    let (mut last, mut run, mut length) = (' ', 0, 0);
    let mut take = |class: char| {
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 {
            packed = (packed ^ u64::from(u32::from(class))).wrapping_mul(0x0000_0100_0000_01B3);
            length += 1;
        }
        length < 12
    };
    let _whole = if word.is_ascii() {
        word.bytes().all(|b| take(char::from(ASCII.get(usize::from(b)).copied().unwrap_or(b))))
    } else {
        word.chars().all(|c| take(class(c)))
    };
    packed
}

/// [`class`] of the ASCII characters.
#[allow(clippy::indexing_slicing)] // worked out by the compiler
const ASCII: [u8; 128] = {
    let mut classes = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'A'..=b'Z' => b'X',
            b'a'..=b'z' => b'x',
            b'0'..=b'9' => b'd',
            other => other,
        };
        byte += 1;
    }
    classes
};

/// What a character is in a shape: one letter for all capitals and so on; a sign is itself.
fn class(c: char) -> char {
    if c.is_uppercase() {
        'X'
    } else if c.is_lowercase() {
        'x'
    } else if c.is_numeric() {
        'd'
    } else if c.is_alphanumeric() {
        'o'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_classed_like_the_rest() {
        (0..128u8).for_each(|b| assert_eq!(char::from(ASCII[usize::from(b)]), class(char::from(b))));
        assert_eq!(shape("COVID-19"), shape("AB-00"));
        assert_ne!(shape("É"), shape("é"));
        // The same classes by either way: the second word is no ASCII.
        assert_eq!(shape("Ab-0.Ab-0.Ab-0"), shape("Éb-0.Ab-0.Ab-0"));
    }
}
