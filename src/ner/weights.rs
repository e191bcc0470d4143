//! From trained weights to the bytes of a model.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::feature::{REACH, WINDOW};
use super::model::{KIND, NerModel};
use super::table::{MOST_LANES, fingerprint, sections};
use super::train::Keys;
use crate::error::Result;
use crate::wire::write;

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
        let known = |label: &String| model.labels().iter().position(|known| known == label).unwrap_or(0);
        let labels = labels.iter().map(known).collect();
        Prior { model, labels }
    }

    /// Scores of the words whose attributes are `keys`, `[word * labels + label]`.
    pub(super) fn scores(&self, keys: &Keys) -> Vec<f32> {
        let step = self.model.step() as f32;
        let score =
            |row: &[i16; MOST_LANES], label: usize| row.get(label).map_or(0.0, |&sum| f32::from(sum) * step);
        let sums = keys.sums(self.model.table());
        sums.iter().flat_map(|row| self.labels.iter().map(|&label| score(row, label))).collect()
    }

    /// Its transitions among the new labels.
    pub(super) fn transitions(&self) -> Vec<f64> {
        let old = self.model.chain().labels;
        let all = &self.model.chain().transitions;
        let of = |from: usize, to: usize| all.get(from * old + to).copied().unwrap_or_default();
        self.labels.iter().flat_map(|&from| self.labels.iter().map(move |&to| of(from, to))).collect()
    }

    /// Its rows in the new labels: fingerprint, then weights by offset and label.
    fn rows(&self) -> impl Iterator<Item = (u32, Vec<f64>)> {
        let (n, old) = (self.labels.len(), self.model.chain().labels);
        let table = self.model.table();
        table.rows().filter_map(move |(print, mask, mut weights)| {
            let mut row = vec![0.0; WINDOW * n];
            let present = row.chunks_exact_mut(n).enumerate().filter(|(offset, _)| mask >> offset & 1 == 1);
            for (_, new) in present {
                let (values, rest) = weights.split_at_checked(old)?;
                weights = rest;
                for (new, &from) in new.iter_mut().zip(&self.labels) {
                    *new = f64::from(values.get(from)?.cast_signed()) * self.model.step();
                }
            }
            Some((print, row))
        })
    }
}

/// Largest weight kept; what lies beyond is cut to it.
pub(super) const LIMIT: f64 = 6.35;

impl Weights<'_> {
    /// The model, without its smallest weights where it would pass `max_bytes`.
    pub(super) fn model(&self, max_bytes: usize) -> Result<NerModel> {
        let n = self.labels.len();
        let rows = self.rows();
        let top = rows.values().flatten().fold(0.0f64, |m, w| m.max(w.abs())).clamp(0.1, LIMIT);
        let step = top / 127.0;
        let mut floor = step / 2.0;
        let [pilots, slots, rows] = loop {
            let kept = quantised(&rows, step, floor);
            let sections = sections(&kept, n)?;
            // A model without any weight is as small as it gets.
            if sections.iter().map(Vec::len).sum::<usize>() <= max_bytes
                || kept.values().flatten().all(|&weight| weight == 0)
            {
                break sections;
            }
            floor *= 1.25;
        };
        let mut floats = (step as f32).to_le_bytes().to_vec();
        let before = self.prior.map_or_else(|| vec![0.0; n * n], Prior::transitions);
        let transitions = self.transitions.iter().zip(before).map(|(t, b)| (t + b) as f32);
        floats.extend(transitions.flat_map(f32::to_le_bytes));
        let labels = self.labels.join("\n").into_bytes();
        NerModel::open(Cow::Owned(write(KIND, 0, &[labels, floats, pilots, slots, rows])?))
    }

    /// All rows: fingerprint, then weights by offset and label; those of the prior with what was learned added.
    fn rows(&self) -> BTreeMap<u32, Vec<f64>> {
        let n = self.labels.len();
        let mut rows: BTreeMap<u32, Vec<f64>> = self.prior.into_iter().flat_map(Prior::rows).collect();
        let (window, pairs) = self.values.split_at(self.window.len() * WINDOW * n);
        let mut add = |key: u64, from: usize, values: &[f64]| {
            let row = rows.entry(fingerprint(key)).or_insert_with(|| vec![0.0; WINDOW * n]);
            row.iter_mut().skip(from).zip(values).for_each(|(r, v)| *r += v);
        };
        self.window.iter().zip(window.chunks_exact(WINDOW * n)).for_each(|(k, v)| add(*k, 0, v));
        self.pairs.iter().zip(pairs.chunks_exact(n)).for_each(|(k, v)| add(*k, REACH * n, v));
        rows
    }
}

/// The weights in steps; those below `floor` are 0.
fn quantised(rows: &BTreeMap<u32, Vec<f64>>, step: f64, floor: f64) -> BTreeMap<u32, Vec<i8>> {
    let small = |w: &f64| {
        if w.abs() < floor { 0 } else { (w / step).round().clamp(-127.0, 127.0) as i8 }
    };
    rows.iter().map(|(&print, row)| (print, row.iter().map(small).collect())).collect()
}
