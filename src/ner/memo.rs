//! Words that were seen before: what is known of them and the sum of their weights. Texts repeat their words: five of
//! six words of a stream of news are found here, which saves the work of a dozen look-ups for each.

use super::feature::WINDOW;
use super::table::Rows;
use super::word::{Mode, Word, letters};

/// Bytes of a word that is kept; longer ones are worked out each time.
const LONGEST: usize = 16;
/// Entries at first and at most: 35 KB and 2.2 MB for seven labels. Few words are worth no large table; of a stream of
/// news, 76 % of the words are found in 4,096 entries, 81 % in 8,192 and 86 % in 16,384.
const FIRST: usize = 256;
const MOST: usize = 16_384;

/// A short word as two numbers, zeros behind its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Short {
    bytes: [u64; 2],
    /// Its length and whatever else tells it apart; 0 in an empty entry.
    tag: u32,
}

impl Short {
    /// None for a long word.
    #[inline]
    pub(super) fn new(word: &str) -> Option<Short> {
        let bytes = word.as_bytes();
        let length = bytes.len();
        let tag = length as u32 + 1;
        // Both ends are read as they lie; where they meet, equal bytes overlap.
        let bytes = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            let rest = LONGEST.checked_sub(length)?;
            let behind = u64::from_le_bytes(*last).checked_shr(8 * rest as u32).unwrap_or(0);
            [u64::from_le_bytes(*first), behind]
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            let last = u64::from(u32::from_le_bytes(*last));
            [u64::from(u32::from_le_bytes(*first)) | last << (8 * (length - 4)), 0]
        } else if let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) {
            let middle = u64::from(bytes.get(length / 2).copied().unwrap_or_default());
            [u64::from(first) | middle << (8 * (length / 2)) | u64::from(last) << (8 * (length - 1)), 0]
        } else {
            [0, 0]
        };
        Some(Short { bytes, tag })
    }

    /// Capital and small letters, all eight bytes at once where they are ASCII.
    #[inline]
    pub(super) fn letters(self, word: &str) -> (usize, usize) {
        const ONES: u64 = 0x0101_0101_0101_0101;
        let [a, b] = self.bytes;
        if (a | b) & (0x80 * ONES) != 0 {
            return letters(word);
        }
        // Bytes from `first` to `last`: additions that carry into the highest bit of a byte.
        let between = |eight: u64, first: u64, last: u64| {
            let bits = ((eight + (0x80 - first) * ONES) ^ (eight + (0x7F - last) * ONES)) & (0x80 * ONES);
            ((bits >> 7).wrapping_mul(ONES) >> 56) as usize
        };
        let count = |first, last| between(a, first, last) + between(b, first, last);
        (count(0x41, 0x5A), count(0x61, 0x7A))
    }

    /// The same word in a sentence of this letter case.
    #[inline]
    pub(super) fn in_mode(self, mode: Mode) -> Short {
        Short { tag: self.tag | (mode as u32) << 8, ..self }
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation)] // below `length`
    fn slot(self, length: usize) -> usize {
        let [a, b] = self.bytes;
        let mixed = (a ^ u64::from(self.tag) << 56).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ mixed >> 32 ^ b).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (((mixed >> 32) * length as u64) >> 32) as usize
    }
}

/// A word and the sum of the weights of what it is by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<const LANES: usize> {
    short: Short,
    pub(super) word: Word,
    pub(super) rows: Rows<LANES>,
}

impl<const LANES: usize> Default for Entry<LANES> {
    fn default() -> Self {
        Entry { short: Short::default(), word: Word::default(), rows: [[0; LANES]; WINDOW] }
    }
}

/// A table with one place for each word: a new word displaces what lies there, so that memory is bounded and an answer
/// depends on nothing but the word.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo<const LANES: usize> {
    entries: Vec<Entry<LANES>>,
    used: usize,
    /// For words that are not kept.
    long: Entry<LANES>,
}

impl<const LANES: usize> Memo<LANES> {
    pub(super) fn clear(&mut self) {
        self.entries.fill(Entry::default());
        self.used = 0;
    }

    /// The entry of a word, which `make` works out where it is not there.
    #[inline]
    pub(super) fn get(
        &mut self,
        short: Option<Short>,
        make: impl FnOnce(&mut Rows<LANES>) -> Word,
    ) -> &Entry<LANES> {
        if short.is_some() && self.used * 2 >= self.entries.len() && self.entries.len() < MOST {
            self.grow();
        }
        let length = self.entries.len();
        let entry = match short.and_then(|short| self.entries.get_mut(short.slot(length))) {
            Some(entry) => entry,
            None => &mut self.long,
        };
        if short != Some(entry.short) {
            self.used += usize::from(entry.short.tag == 0 && short.is_some());
            entry.rows = [[0; LANES]; WINDOW];
            entry.word = make(&mut entry.rows);
            entry.short = short.unwrap_or_default();
        }
        entry
    }

    #[cold]
    fn grow(&mut self) {
        let length = (self.entries.len() * 4).clamp(FIRST, MOST);
        let old = std::mem::replace(&mut self.entries, vec![Entry::default(); length]);
        self.used = 0;
        for kept in old.into_iter().filter(|e| e.short.tag != 0) {
            if let Some(entry) = self.entries.get_mut(kept.short.slot(length)) {
                self.used += usize::from(entry.short.tag == 0);
                *entry = kept;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_told_apart_and_counted() {
        let text = "aAbBcCdDeEfFgGhH";
        for length in 0..=16 {
            let word = &text[..length];
            let short = Short::new(word).unwrap();
            let mut bytes = [0; 16];
            bytes[..length].copy_from_slice(word.as_bytes());
            let halves = bytes.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)).collect::<Vec<_>>();
            assert_eq!(short.bytes.to_vec(), halves, "{word}");
            assert_eq!(short.letters(word), letters(word));
        }
        assert_eq!(Short::new("aAbBcCdDeEfFgGhHi"), None);
        assert_ne!(Short::new("a"), Short::new("a\0"));
        for word in ["@[`{", "AZaz", "é", "ÉCOLE", "\u{7f}", "12-a", ""] {
            assert_eq!(Short::new(word).unwrap().letters(word), letters(word), "{word}");
        }
    }

    #[test]
    fn entries_stay_right_while_others_displace_them() {
        let mut memo = Memo::<8>::default();
        let mut made = 0;
        for round in 0..2 {
            for i in 0..3 * MOST as u64 {
                let word = format!("kata{i}");
                let entry = memo.get(Short::new(&word), |rows| {
                    made += 1;
                    rows[0][0] = (i % 1000) as i16;
                    Word { hash: i, ..Word::default() }
                });
                assert_eq!((entry.word.hash, entry.rows[0][0]), (i, (i % 1000) as i16), "{round}");
            }
        }
        assert!(memo.entries.len() == MOST && made > 3 * MOST);
        let long = "kata yang panjang sekali";
        for hash in [1, 2] {
            assert_eq!(memo.get(Short::new(long), |_| Word { hash, ..Word::default() }).word.hash, hash);
        }
    }
}
