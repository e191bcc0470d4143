//! From words to the sum of their weights for each label.

use super::feature::{
    EDGE, WINDOW, bias, listed, name_shape, own, usage_shape, usage_triple, usages, with_after, with_before,
};
use super::memo::{Memo, Short};
use super::resources::Resources;
use super::table::{Rows, Table, add_lanes};
use super::word::{Mode, Word, letters, match_names};

/// Buffers of one sentence, and what is remembered from one to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Scorer<const LANES: usize> {
    memo: Memo<LANES>,
    /// Sums for the usage of three neighbours by its [`usage_triple`]: few occur, and they cost three look-ups.
    triples: Vec<Option<[i16; LANES]>>,
    /// What the places outside of a sentence say of the words in it.
    edge: Option<Rows<LANES>>,
    shorts: Vec<Option<Short>>,
    words: Vec<Word>,
    names: Vec<u16>,
    lower: String,
    /// Two places before the sentence, its words, two places behind it.
    sums: Vec<[i16; LANES]>,
}

/// Usage classes are told apart by four bits.
const TRIPLES: usize = 1 << 12;

/// Where the sums of a usage triple are remembered.
#[inline]
fn slot(triple: u16) -> usize {
    let [before, here, after] = [triple >> 10, triple >> 5, triple].map(|usage| usize::from(usage & 15));
    before << 8 | here << 4 | after
}

impl<const LANES: usize> Scorer<LANES> {
    /// Forgets what another model said.
    pub(super) fn reset(&mut self, table: Table<'_>) {
        self.memo.clear();
        self.triples.clear();
        self.triples.resize(TRIPLES, None);
        table.add(EDGE, self.edge.insert([[0; LANES]; WINDOW]));
    }

    /// Sums by word and label; lanes beyond the labels hold anything.
    pub(super) fn sum(&mut self, words: &[&str], table: Table<'_>, resources: &Resources) -> &[[i16; LANES]] {
        self.sums.clear();
        self.sums.resize(words.len() + WINDOW - 1, [0; LANES]);
        let mode = self.mode(words);
        self.add_words(words, mode, table, resources);
        match_names(&self.words, resources, &mut self.names);
        self.add_pairs(mode, table);
        if let Some(edge) = &self.edge {
            add_edges(edge, &mut self.sums);
        }
        self.sums.get(WINDOW / 2..WINDOW / 2 + words.len()).unwrap_or_default()
    }

    /// Letter case of the sentence; packs its words.
    fn mode(&mut self, words: &[&str]) -> Mode {
        let (mut upper, mut small) = (0, 0);
        self.shorts.clear();
        for word in words {
            let short = Short::new(word);
            let (u, s) = short.map_or_else(|| letters(word), |short| short.letters(word));
            (upper, small) = (upper + u, small + s);
            self.shorts.push(short);
        }
        Mode::of(upper, small)
    }

    /// Adds what each word is by itself.
    fn add_words(&mut self, words: &[&str], mode: Mode, table: Table<'_>, resources: &Resources) {
        let Scorer { memo, shorts, words: known, lower, sums, .. } = self;
        known.clear();
        for (at, (word, short)) in words.iter().zip(shorts.iter()).enumerate() {
            let entry = memo.get(short.map(|s| s.in_mode(mode)), |rows| {
                let (known, facts) = Word::new(word, lower, resources);
                own(&known, lower, facts, mode, |_, key| table.add(key, rows));
                bias(|_, key| table.add_own(key, rows));
                usage_shape(&known, mode, |_, key| table.add_own(key, rows));
                known
            });
            known.push(entry.word);
            if let Some(window) = around(sums, at) {
                window.iter_mut().zip(&entry.rows).for_each(|(s, r)| add_lanes(s, r));
            }
        }
    }

    /// Adds what each word is beside its neighbours.
    fn add_pairs(&mut self, mode: Mode, table: Table<'_>) {
        let Scorer { triples, words, names, sums, .. } = self;
        let mut before: Option<&Word> = None;
        let mut words = words.iter().peekable();
        for (at, &names) in names.iter().enumerate() {
            let (Some(word), Some(window)) = (words.next(), around(sums, at)) else { break };
            let after = words.peek().copied();
            if let Some(before) = before {
                with_before(before, word, mode, |_, key| table.add_own(key, window));
            }
            if let Some(after) = after {
                with_after(word, after, mode, |_, key| table.add_own(key, window));
            }
            if names != 0 {
                listed(names, |_, key| table.add(key, window));
                name_shape(word, names, mode, |_, key| table.add_own(key, window));
            }
            let triple = usage_triple(before, word, after);
            match triples.get(slot(triple)) {
                Some(Some(sum)) => add_lanes(&mut window[WINDOW / 2], sum),
                _ => {
                    let mut rows = [[0; LANES]; WINDOW];
                    usages(triple, |_, key| table.add_own(key, &mut rows));
                    window.iter_mut().zip(&rows).for_each(|(s, r)| add_lanes(s, r));
                    // Another attribute of the same fingerprint may count for other words: not to be kept in one row.
                    let [a, b, sum, c, d] = rows;
                    let alone = [a, b, c, d].iter().flatten().all(|&w| w == 0);
                    if let Some(kept) = triples.get_mut(slot(triple)).filter(|_| alone) {
                        *kept = Some(sum);
                    }
                }
            }
            before = Some(word);
        }
    }
}

/// The sums that the attributes of word `at` count for.
#[inline]
fn around<const LANES: usize>(sums: &mut [[i16; LANES]], at: usize) -> Option<&mut Rows<LANES>> {
    sums.get_mut(at..)?.first_chunk_mut()
}

/// Adds what the two places on each side of a sentence say of its first and last two words.
fn add_edges<const LANES: usize>(edge: &Rows<LANES>, sums: &mut [[i16; LANES]]) {
    let [before_two, before_one, _, after_one, after_two] = edge;
    let mut forward = sums.iter_mut().skip(WINDOW / 2);
    // The place right before the sentence stands one before the first word and two before the second.
    for rows in [&[after_one, after_two][..], &[after_two]] {
        if let Some(sum) = forward.next() {
            rows.iter().for_each(|row| add_lanes(sum, row));
        }
    }
    let mut backward = sums.iter_mut().rev().skip(WINDOW / 2);
    for rows in [&[before_one, before_two][..], &[before_two]] {
        if let Some(sum) = backward.next() {
            rows.iter().for_each(|row| add_lanes(sum, row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::NerModel;
    use crate::ner::train::Keys;

    /// The sums are those of all keys one by one, whatever was remembered.
    #[test]
    fn sums_are_those_of_the_keys() {
        let model = NerModel::embedded().unwrap();
        let (table, resources) = (model.table(), Resources::embedded());
        let text = include_str!("../../examples/data/berita.txt");
        let mut sentences: Vec<Vec<&str>> = text.lines().map(|l| l.split_whitespace().collect()).collect();
        sentences.extend([
            vec![],
            vec!["Jakarta"],
            vec!["di", "jakarta"],
            vec!["DI", "JAKARTA", "SELATAN", ",", "1998"],
            vec![
                "École",
                "é",
                "İstanbul",
                "ß",
                "2024-10-01",
                "pertanggungjawabannya",
                "Bank",
                "Indonesia",
                "Tbk.",
            ],
            vec![""; 3],
        ]);
        let (mut narrow, mut wide) = (Scorer::<8>::default(), Scorer::<32>::default());
        narrow.reset(table);
        wide.reset(table);
        for _ in 0..2 {
            for words in &sentences {
                let labels = model.labels().len();
                let mut keys = Keys::default();
                keys.extract(words, resources);
                let rows = keys.sums(table).into_iter();
                let slow: Vec<i32> = rows.flat_map(|r| r.map(i32::from).into_iter().take(labels)).collect();
                let rows = narrow.sum(words, table, resources).iter();
                let fast: Vec<i32> =
                    rows.flat_map(|r| r.iter().take(labels).map(|&s| i32::from(s))).collect();
                assert_eq!(fast, slow, "{words:?}");
                let rows = wide.sum(words, table, resources).iter();
                let fast: Vec<i32> =
                    rows.flat_map(|r| r.iter().take(labels).map(|&s| i32::from(s))).collect();
                assert_eq!(fast, slow, "{words:?}");
            }
        }
    }
}
