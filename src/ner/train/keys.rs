//! The attributes of a sentence as lists of keys, in an order that never changes: sums of floats depend on it.

use crate::ner::feature::{
    EDGE, FeatureGroup, Kind, REACH, WINDOW, bias, listed, name_shape, own, usage_shape, usage_triple,
    usages, with_after, with_before,
};
use crate::ner::resources::Resources;
use crate::ner::table::{MOST_LANES, Table};
use crate::ner::word::{Mode, Word, letters, match_names};

/// Attributes of one sentence; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(in crate::ner) struct Keys {
    /// Window attributes of all words, one word after the other.
    pub(in crate::ner) window: Vec<u64>,
    /// End of each word's part of `window`.
    pub(in crate::ner) window_ends: Vec<u32>,
    pub(in crate::ner) pairs: Vec<u64>,
    pub(in crate::ner) pair_ends: Vec<u32>,
    /// Kinds that are left out, a bit each.
    off: u32,
}

impl Keys {
    /// Leaves the attributes of these groups out.
    pub(in crate::ner) fn without(groups: &[FeatureGroup]) -> Keys {
        Keys { off: groups.iter().fold(0, |off, g| off | g.kinds()), ..Keys::default() }
    }

    /// Computes the attributes of `words`.
    pub(in crate::ner) fn extract(&mut self, words: &[&str], resources: &Resources) {
        let Keys { window, window_ends, pairs, pair_ends, off } = self;
        [&mut *window, pairs].into_iter().for_each(Vec::clear);
        [&mut *window_ends, pair_ends].into_iter().for_each(Vec::clear);
        let (upper, small) = words.iter().map(|w| letters(w)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        let mode = Mode::of(upper, small);
        let known: Vec<_> = words
            .iter()
            .map(|word| {
                let mut lower = String::new();
                let (word, facts) = Word::new(word, &mut lower, resources);
                (word, facts, lower)
            })
            .collect();
        let words: Vec<Word> = known.iter().map(|k| k.0).collect();
        let mut names = Vec::new();
        match_names(&words, resources, &mut names);
        let push = |keys: &mut Vec<u64>, kind: Kind, key| {
            if *off >> kind as u32 & 1 == 0 {
                keys.push(key);
            }
        };
        for (i, (word, facts, lower)) in known.iter().enumerate() {
            let mut each = |kind, key| push(window, kind, key);
            own(word, lower, *facts, mode, &mut each);
            listed(names[i], &mut each);
            let mut each = |kind, key| push(pairs, kind, key);
            let (before, after) = (i.checked_sub(1).map(|b| &words[b]), words.get(i + 1));
            bias(&mut each);
            before.into_iter().for_each(|before| with_before(before, word, mode, &mut each));
            after.into_iter().for_each(|after| with_after(word, after, mode, &mut each));
            usages(usage_triple(before, word, after), &mut each);
            usage_shape(word, mode, &mut each);
            name_shape(word, names[i], mode, &mut each);
            window_ends.push(window.len() as u32);
            pair_ends.push(pairs.len() as u32);
        }
    }

    /// The sums of their weights in `table`, by word and label.
    pub(in crate::ner) fn sums(&self, table: Table<'_>) -> Vec<[i16; MOST_LANES]> {
        let length = self.window_ends.len();
        // As many places on each side as a word there may lie away from one that counts.
        let mut sums = vec![[0; MOST_LANES]; length + 4 * REACH];
        let mut add = |key: u64, from: usize| {
            if let Some(around) = sums.get_mut(from..).and_then(<[_]>::first_chunk_mut::<WINDOW>) {
                table.add(key, around);
            }
        };
        for (keys, ends) in [(&self.window, &self.window_ends), (&self.pairs, &self.pair_ends)] {
            let mut from = 0;
            for (at, &end) in ends.iter().enumerate() {
                keys[from..end as usize].iter().for_each(|&key| add(key, at + REACH));
                from = end as usize;
            }
        }
        (0..REACH).for_each(|beyond| add(EDGE, beyond));
        (0..REACH).for_each(|beyond| add(EDGE, length + REACH + beyond));
        sums.drain(..2 * REACH);
        sums.truncate(length);
        sums
    }
}
