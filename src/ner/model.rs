//! A trained tagger as it lies in its file: quantised weights in one table, found by the hash of their attribute.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use once_cell::sync::OnceCell;

use super::crf::{Chain, MAX_LABELS};
use super::feature::{EDGE, Features, REACH, WINDOW};
use super::{EntityKind, TagScratch, TagSpan, Tagger, decode};
use crate::error::{Error, ErrorKind, Result};
use crate::wire::{Container, Kind, read_u32, write};

/// Version 2. Sections: 0 labels (one a line), 1 step of a weight and the transitions (f32), 2 slots (fingerprint and
/// row offset, u32 each; 0 is empty), 3 rows (offsets as a bit mask, then one i8 a label for each offset). The slot of a
/// row follows from its fingerprint, so that a table can be made larger without the attributes. Bump it when these, the
/// attributes of `feature` or the tables of `resources` change their meaning. Version 1 took the slot from the attribute.
pub const KIND: Kind = Kind { magic: b"tuturner", version: 2, name: "model" };

static BYTES: &[u8] = include_bytes!("../../data/ner.bin");

/// A trained tagger. Cheap to clone; one model serves many threads.
///
/// # Examples
///
/// ```
/// use tutur::ner::NerModel;
///
/// let model = NerModel::embedded()?;
/// let tags = model.tags(&["Menteri", "Luar", "Negeri", "Sergey", "Lavrov", "tiba", "di", "Jakarta"]);
/// assert_eq!(tags, ["O", "O", "O", "B-PER", "I-PER", "O", "O", "B-LOC"]);
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct NerModel {
    bytes: Arc<Cow<'static, [u8]>>,
    labels: Arc<[String]>,
    chain: Arc<Chain>,
    allowed: Arc<[bool]>,
    step: f32,
    /// Places of slots and rows in `bytes`.
    slots: (usize, usize),
    rows: (usize, usize),
}

/// Weights as trained.
pub(super) struct Weights<'w> {
    pub(super) labels: &'w [String],
    pub(super) window: &'w [u64],
    pub(super) pairs: &'w [u64],
    /// Window weights by attribute, offset and label, then pair weights by attribute and label.
    pub(super) values: &'w [f64],
    pub(super) transitions: &'w [f64],
    /// What these weights are added to.
    pub(super) prior: Option<&'w Prior>,
}

/// A model whose weights another one begins with.
#[derive(Clone, Debug)]
pub(super) struct Prior {
    model: NerModel,
    /// For each label of the new model, that label of the old one, or `O`.
    labels: Vec<usize>,
}

impl Prior {
    /// `model` as what a model with `labels` begins with. Labels it does not know begin like `O`, so that nothing speaks
    /// against them yet.
    pub(super) fn new(model: NerModel, labels: &[String]) -> Prior {
        let known = |label: &String| model.labels.iter().position(|known| known == label).unwrap_or(0);
        let labels = labels.iter().map(known).collect();
        Prior { model, labels }
    }

    /// Scores of the words whose attributes are `features`, `[word * labels + label]`.
    pub(super) fn scores(&self, features: &Features) -> Vec<f32> {
        let mut sums = Vec::new();
        self.model.sum(features, &mut sums);
        let step = self.model.step;
        let old = self.model.chain.labels;
        #[allow(clippy::cast_precision_loss)] // sums of a few hundred bytes
        let row = |row: &[i32]| -> Vec<f32> { self.labels.iter().map(|&l| row[l] as f32 * step).collect() };
        sums.chunks_exact(old).flat_map(row).collect()
    }

    /// Its transitions among the new labels.
    pub(super) fn transitions(&self) -> Vec<f64> {
        let old = self.model.chain.labels;
        let of = |from: usize, to: usize| self.model.chain.transitions[from * old + to];
        self.labels.iter().flat_map(|&from| self.labels.iter().map(move |&to| of(from, to))).collect()
    }

    /// Its rows in the new labels: fingerprint, then weights by offset and label.
    fn rows(&self) -> impl Iterator<Item = (u32, Vec<f64>)> {
        let bytes = self.model.bytes.get(self.model.slots.0..self.model.slots.1).unwrap_or_default();
        let (slots, _) = bytes.as_chunks::<8>();
        let (n, old) = (self.labels.len(), self.model.chain.labels);
        slots.iter().filter_map(move |slot| {
            let print = read_u32(slot, 0).filter(|&p| p != 0)?;
            let start = self.model.rows.0.checked_add(read_u32(slot, 4)? as usize)?;
            let (&mask, mut weights) = self.model.bytes.get(start..self.model.rows.1)?.split_first()?;
            let mut row = vec![0.0; WINDOW * n];
            for offset in (0..WINDOW).filter(|o| mask >> o & 1 == 1) {
                let (values, rest) = weights.split_at_checked(old)?;
                weights = rest;
                for (label, &from) in self.labels.iter().enumerate() {
                    row[offset * n + label] = f64::from(values[from].cast_signed()) * self.model.step();
                }
            }
            Some((print, row))
        })
    }
}

/// Largest weight kept; what lies beyond is cut to it.
pub(super) const LIMIT: f64 = 6.35;

impl NerModel {
    /// The model inside the crate. Opened once; later calls clone a reference.
    ///
    /// # Errors
    ///
    /// Only for a crate that was built with a damaged model.
    pub fn embedded() -> Result<NerModel> {
        static MODEL: OnceCell<NerModel> = OnceCell::new();
        MODEL.get_or_try_init(|| NerModel::open(Cow::Borrowed(BYTES))).cloned()
    }

    /// A model file, as the trainer writes it. Verifies its checksum.
    ///
    /// # Errors
    ///
    /// `Truncated`, `Format`, `Version` or `Checksum` where the bytes are not a model of this release.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<NerModel> {
        Container::open(&bytes, KIND)?.verify()?;
        NerModel::open(Cow::Owned(bytes))
    }

    fn open(bytes: Cow<'static, [u8]>) -> Result<NerModel> {
        let wrong =
            |message: &str| Error::new(ErrorKind::Format, format!("the model file is damaged: {message}"));
        let file = Container::open(&bytes, KIND)?;
        let text =
            std::str::from_utf8(file.require(0, "labels")?).map_err(|_| wrong("labels are not UTF-8"))?;
        let labels: Vec<String> = text.lines().map(str::to_owned).collect();
        let n = labels.len();
        if labels.first().map(String::as_str) != Some("O") || n > MAX_LABELS {
            return Err(wrong("expected O and up to 30 other labels"));
        }
        let floats = file.require(1, "transitions")?;
        if floats.len() != 4 * (1 + n * n) {
            return Err(wrong("the number of transitions does not fit the labels"));
        }
        let (floats, _) = floats.as_chunks::<4>();
        let mut floats = floats.iter().map(|b| f32::from_le_bytes(*b));
        let step = floats.next().filter(|s| s.is_finite()).ok_or_else(|| wrong("the step is no number"))?;
        let transitions: Vec<f64> = floats.map(f64::from).collect();
        if transitions.iter().any(|t| !t.is_finite()) {
            return Err(wrong("a transition is no number"));
        }
        let place = |section: &[u8]| {
            let start = section.as_ptr() as usize - bytes.as_ptr() as usize;
            (start, start + section.len())
        };
        let (slots, rows) = (file.require(2, "slots")?, file.require(3, "rows")?);
        if !(slots.len() / 8).is_power_of_two() {
            return Err(wrong("expected a power of two of slots"));
        }
        let (slots, rows) = (place(slots), place(rows));
        let allowed = allowed(&labels).into();
        let chain = Arc::new(Chain { labels: n, transitions });
        Ok(NerModel { labels: labels.into(), chain, allowed, step, slots, rows, bytes: Arc::new(bytes) })
    }

    /// The file that [`from_bytes`](NerModel::from_bytes) reads.
    #[must_use]
    pub fn to_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same model within `max_bytes` (and a few bytes of header): its smallest weights are left out.
    ///
    /// # Errors
    ///
    /// None for a model that could be opened.
    pub fn pruned(&self, max_bytes: usize) -> Result<NerModel> {
        let prior = Prior::new(self.clone(), &self.labels);
        let nothing = vec![0.0; self.labels.len() * self.labels.len()];
        let weights = Weights {
            labels: &self.labels,
            window: &[],
            pairs: &[],
            values: &[],
            transitions: &nothing,
            prior: Some(&prior),
        };
        NerModel::from_weights(&weights, max_bytes)
    }

    /// The tags that the model knows: `O`, `B-LOC`, `I-LOC`, ...
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The name of an entity's kind in this model: `FOOD` for a label of your own.
    #[must_use]
    pub fn label(&self, kind: EntityKind) -> &str {
        match kind {
            EntityKind::Other(index) => {
                self.labels.get(index as usize).and_then(|l| l.get(2..)).unwrap_or("OTHER")
            }
            known => known.label(),
        }
    }

    /// One IOB2 tag a word. Convenient rather than fast: see [`Tagger::tag`].
    #[must_use]
    pub fn tags(&self, words: &[&str]) -> Vec<String> {
        let (mut scratch, mut found) = (TagScratch::default(), Vec::new());
        self.tag(words, &mut scratch, &mut found);
        let mut tags = vec!["O".to_owned(); words.len()];
        for span in found {
            let label = self.label(span.kind);
            for (i, tag) in tags.iter_mut().enumerate().take(span.end as usize).skip(span.first as usize) {
                *tag = format!("{}-{label}", if i == span.first as usize { 'B' } else { 'I' });
            }
        }
        tags
    }

    pub(super) fn from_weights(weights: &Weights<'_>, max_bytes: usize) -> Result<NerModel> {
        let n = weights.labels.len();
        let rows = rows(weights);
        let top = rows.values().flatten().fold(0.0f64, |m, w| m.max(w.abs())).clamp(0.1, LIMIT);
        let step = top / 127.0;
        let mut floor = step / 2.0;
        loop {
            let (slots, rows) = table(&rows, n, step, floor)?;
            // A model without any weight is as small as it gets.
            if slots.len() + rows.len() > max_bytes && !rows.is_empty() {
                floor *= 1.25;
                continue;
            }
            let mut floats = (step as f32).to_le_bytes().to_vec();
            let before = weights.prior.map_or_else(|| vec![0.0; n * n], Prior::transitions);
            let transitions = weights.transitions.iter().zip(before).map(|(t, b)| (t + b) as f32);
            floats.extend(transitions.flat_map(f32::to_le_bytes));
            let labels = weights.labels.join("\n").into_bytes();
            return NerModel::open(Cow::Owned(write(KIND, 0, &[labels, floats, slots, rows])?));
        }
    }

    /// Adds up the weights of all attributes of a sentence into `sums[word * labels + label]`.
    #[allow(clippy::cast_possible_wrap)] // words of a sentence
    pub(super) fn sum(&self, features: &Features, sums: &mut Vec<i32>) {
        let length = features.window_ends.len();
        sums.clear();
        sums.resize(length * self.chain.labels, 0);
        for (keys, ends) in
            [(&features.window, &features.window_ends), (&features.pairs, &features.pair_ends)]
        {
            let mut from = 0;
            for (at, &end) in ends.iter().enumerate() {
                for &key in &keys[from..end as usize] {
                    self.add(key, at as isize, length, sums);
                }
                from = end as usize;
            }
        }
        for beyond in 1..=REACH as isize {
            self.add(EDGE, -beyond, length, sums);
            self.add(EDGE, length as isize - 1 + beyond, length, sums);
        }
    }

    /// Adds the weights of the attribute `key` at word `at` to `scores[word * labels + label]`; `at` may lie outside
    /// the sentence.
    #[inline]
    fn add(&self, key: u64, at: isize, length: usize, scores: &mut [i32]) {
        let Some((&mask, weights)) = self.row(key).and_then(<[u8]>::split_first) else { return };
        // PER, ORG and LOC make seven labels: a length known at compile time lets that many steps be unrolled.
        match self.chain.labels {
            7 => add_row(mask, weights, at, length, scores, |w| {
                w.split_first_chunk::<7>().map(|(v, r)| (&v[..], r))
            }),
            n => add_row(mask, weights, at, length, scores, |w| w.split_at_checked(n)),
        }
    }

    #[inline]
    fn row(&self, key: u64) -> Option<&[u8]> {
        let slots = self.bytes.get(self.slots.0..self.slots.1)?;
        let mask = slots.len() / 8 - 1;
        let wanted = fingerprint(key);
        let mut at = slot(wanted, mask);
        for _ in 0..=mask {
            let print = read_u32(slots, at * 8)?;
            if print == 0 {
                return None;
            }
            if print == wanted {
                let offset = read_u32(slots, at * 8 + 4)? as usize;
                return self.bytes.get(self.rows.0.checked_add(offset)?..self.rows.1);
            }
            at = (at + 1) & mask;
        }
        None
    }

    pub(super) fn chain(&self) -> &Chain {
        &self.chain
    }

    pub(super) fn allowed(&self) -> &[bool] {
        &self.allowed
    }

    pub(super) fn step(&self) -> f64 {
        f64::from(self.step)
    }

    /// The kind of the entities that a `B-` or `I-` label index marks.
    pub(super) fn kind(&self, label: usize) -> EntityKind {
        let name = self.labels.get(label).and_then(|l| l.get(2..)).unwrap_or_default();
        name.parse().unwrap_or(EntityKind::Other(u8::try_from(label).unwrap_or(u8::MAX)))
    }
}

/// Adds the weights of one row, which has values for the offsets in `mask`; `take` cuts those of one offset off.
#[inline]
fn add_row<'w>(
    mask: u8,
    mut weights: &'w [u8],
    at: isize,
    length: usize,
    scores: &mut [i32],
    take: impl Fn(&'w [u8]) -> Option<(&'w [u8], &'w [u8])>,
) {
    for offset in 0..WINDOW {
        if mask >> offset & 1 == 0 {
            continue;
        }
        let Some((values, rest)) = take(weights) else { return };
        weights = rest;
        // The attribute stands `offset - REACH` words from the word it counts for.
        let word = (at + REACH as isize - offset as isize).cast_unsigned();
        if word >= length {
            continue;
        }
        if let Some(slots) = scores.get_mut(word * values.len()..(word + 1) * values.len()) {
            slots.iter_mut().zip(values).for_each(|(s, v)| *s += i32::from(v.cast_signed()));
        }
    }
}

impl Tagger for NerModel {
    fn tag(&self, words: &[&str], scratch: &mut TagScratch, found: &mut Vec<TagSpan>) {
        decode::tag(self, words, scratch, found);
    }
}

#[inline]
#[allow(clippy::cast_possible_truncation)] // the high half is what is wanted
fn fingerprint(key: u64) -> u32 {
    (key >> 32) as u32 | 1
}

/// Which label may follow which; the last row is for the start of a sentence.
pub(super) fn allowed(labels: &[String]) -> Vec<bool> {
    let follows = |from: Option<&String>, to: &String| match to.strip_prefix("I-") {
        Some(kind) => from.and_then(|f| f.get(2..)).is_some_and(|f| f == kind),
        None => true,
    };
    let starts = std::iter::once(None);
    labels
        .iter()
        .map(Some)
        .chain(starts)
        .flat_map(|from| labels.iter().map(move |to| follows(from, to)))
        .collect()
}

/// Where the search for a fingerprint begins.
#[inline]
fn slot(print: u32, mask: usize) -> usize {
    // The lowest bit is always set.
    print as usize >> 1 & mask
}

/// All rows: fingerprint, then weights by offset and label; those of the prior with what was learned added.
fn rows(weights: &Weights<'_>) -> BTreeMap<u32, Vec<f64>> {
    let n = weights.labels.len();
    let mut rows: BTreeMap<u32, Vec<f64>> = weights.prior.into_iter().flat_map(Prior::rows).collect();
    let (window, pairs) = weights.values.split_at(weights.window.len() * WINDOW * n);
    let mut add = |key: u64, from: usize, values: &[f64]| {
        let row = rows.entry(fingerprint(key)).or_insert_with(|| vec![0.0; WINDOW * n]);
        row[from..].iter_mut().zip(values).for_each(|(r, v)| *r += v);
    };
    weights.window.iter().zip(window.chunks_exact(WINDOW * n)).for_each(|(k, v)| add(*k, 0, v));
    weights.pairs.iter().zip(pairs.chunks_exact(n)).for_each(|(k, v)| add(*k, REACH * n, v));
    rows
}

/// Slots and rows of all weights of at least `floor`.
fn table(rows: &BTreeMap<u32, Vec<f64>>, n: usize, step: f64, floor: f64) -> Result<(Vec<u8>, Vec<u8>)> {
    let quantise = |w: f64| {
        if w.abs() < floor { 0i8 } else { (w / step).round().clamp(-127.0, 127.0) as i8 }
    };
    let mut packed: Vec<u8> = Vec::new();
    let mut found: Vec<(u32, u32)> = Vec::new();
    for (&print, row) in rows {
        let start = packed.len();
        packed.push(0);
        for (offset, values) in row.chunks_exact(n).enumerate() {
            let small: Vec<i8> = values.iter().map(|&w| quantise(w)).collect();
            if small.iter().any(|&w| w != 0) {
                packed[start] |= 1 << offset;
                packed.extend(small.iter().map(|w| w.cast_unsigned()));
            }
        }
        if packed[start] == 0 {
            packed.truncate(start);
        } else {
            let start = u32::try_from(start)
                .map_err(|_| Error::new(ErrorKind::TooLarge, "the model passes 4 GiB"))?;
            found.push((print, start));
        }
    }
    let mut slots = vec![(0u32, 0u32); (found.len() * 5 / 4 + 1).next_power_of_two()];
    let mask = slots.len() - 1;
    for (print, start) in found {
        let mut at = slot(print, mask);
        while slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        slots[at] = (print, start);
    }
    Ok((slots.iter().flat_map(|(p, o)| [p.to_le_bytes(), o.to_le_bytes()].concat()).collect(), packed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_model_is_whole() {
        let model = NerModel::from_bytes(BYTES.to_vec()).unwrap();
        assert_eq!(model.labels(), ["O", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-PER", "I-PER"]);
        assert!(BYTES.len() <= 5_000_000);
    }

    /// A small model, so that mutations meet every part of the file.
    fn small() -> NerModel {
        let labels = ["O".to_owned(), "B-PER".to_owned(), "I-PER".to_owned()];
        let keys: Vec<u64> = (1..40u64).map(|i| i.wrapping_mul(0x1234_5678_9ABC_DEF1)).collect();
        let values: Vec<f64> = (0..39 * 15).map(|i| f64::from(i % 13) - 6.0).collect();
        let transitions = vec![0.5; 9];
        let weights = Weights {
            labels: &labels,
            window: &keys,
            pairs: &[],
            values: &values,
            transitions: &transitions,
            prior: None,
        };
        NerModel::from_weights(&weights, 1 << 20).unwrap()
    }

    #[test]
    fn a_model_is_pruned_to_nothing_and_no_further() {
        let model = small();
        for most in [0, 1, 8, 100, 1 << 20] {
            let pruned = model.pruned(most).unwrap();
            assert!(pruned.to_bytes().len() <= most.max(8) + 140, "{most}");
            assert_eq!(pruned.tags(&["Kata", "Lavrov"]).len(), 2);
        }
    }

    #[test]
    fn damaged_models_never_panic() {
        let mut state = 88_172_645_463_325_252u64;
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as usize % below
        };
        let good = small().to_bytes().to_vec();
        for _ in 0..10_000 {
            let mut bytes = good.clone();
            match random(3) {
                0 => bytes.truncate(random(good.len())),
                1 => bytes.extend((0..random(20)).map(|i| i as u8)),
                _ => {}
            }
            for _ in 0..=random(4) {
                if !bytes.is_empty() {
                    let at = random(bytes.len());
                    bytes[at] ^= 1 << random(8);
                }
            }
            // Without the checksum, so that the decoder meets the damage.
            if let Ok(model) = NerModel::open(Cow::Owned(bytes)) {
                let _ = model.tags(&["Kata", "Lavrov", ","]);
            }
        }
    }
}
