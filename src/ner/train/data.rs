//! Labelled sentences as the trainers see them: each word as the indexes of the weights that count for it.

use std::collections::HashMap;

use super::{Keys, Trainer};
use crate::error::{Error, ErrorKind, Result};
use crate::ner::decode::LONGEST;
use crate::ner::feature::{EDGE, REACH, WINDOW};
use crate::ner::lanes::{Chain, MAX_LABELS};
use crate::ner::model::NerModel;
use crate::ner::resources::Resources;
use crate::ner::weights::{Prior, Weights};

/// Everything a trainer learns from. Weights lie in one vector: those of window attributes by attribute, offset and
/// label, those of pairs by attribute and label, then the transitions.
pub(super) struct Data {
    pub(super) labels: Vec<String>,
    pub(super) sentences: Vec<Instance>,
    window: Vec<u64>,
    pairs: Vec<u64>,
    edge: Option<u32>,
    prior: Option<Prior>,
    /// Transitions of the prior; zeros where there is none.
    steps: Vec<f64>,
}

/// A sentence as indexes of weights.
pub(super) struct Instance {
    /// First weight of each window attribute, word by word.
    window: Vec<u32>,
    window_ends: Vec<u32>,
    pairs: Vec<u32>,
    pair_ends: Vec<u32>,
    pub(super) labels: Vec<u8>,
    pub(super) weight: f64,
    /// Scores of the prior, `[word * labels + label]`; empty where there is none.
    prior: Vec<f32>,
}

impl Data {
    /// # Errors
    ///
    /// `Config` without sentences or with too many labels, `TooLarge` with too many attributes.
    pub(super) fn new(trainer: &Trainer) -> Result<Data> {
        let labels = labels(trainer)?;
        let n = labels.len();
        let (window, pairs) = attributes(trainer);
        let base = window.len() * WINDOW * n;
        let size = base + pairs.len() * n + n * n;
        if u32::try_from(size).is_err() {
            return Err(Error::new(ErrorKind::TooLarge, "more than 4 billion weights: raise min_count"));
        }
        let starts = |keys: &[u64], from: usize, size: usize| -> HashMap<u64, u32> {
            keys.iter().enumerate().map(|(i, &k)| (k, (from + i * size) as u32)).collect()
        };
        let (in_window, in_pairs) = (starts(&window, 0, WINDOW * n), starts(&pairs, base, n));
        let indexes: HashMap<&str, u8> = labels.iter().zip(0u8..).map(|(l, i)| (l.as_str(), i)).collect();
        let prior = trainer.prior.clone().map(|model| Prior::new(model, &labels));
        let mut sentences = Vec::with_capacity(trainer.sentences.len());
        let mut features = Keys::without(&trainer.without);
        for (words, tags, weight) in &trainer.sentences {
            for (words, tags) in words.chunks(LONGEST).zip(tags.chunks(LONGEST)) {
                let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
                features.extract(&borrowed, Resources::embedded());
                let (window, window_ends) = known(&features.window, &features.window_ends, &in_window);
                let (pairs, pair_ends) = known(&features.pairs, &features.pair_ends, &in_pairs);
                let labels = tags.iter().map(|t| indexes.get(t.as_str()).copied().unwrap_or(0)).collect();
                let prior = prior.as_ref().map(|p| p.scores(&features)).unwrap_or_default();
                let weight = *weight;
                sentences.push(Instance { window, window_ends, pairs, pair_ends, labels, weight, prior });
            }
        }
        let edge = in_window.get(&EDGE).copied();
        let steps = prior.as_ref().map_or_else(|| vec![0.0; n * n], Prior::transitions);
        Ok(Data { labels, sentences, window, pairs, edge, prior, steps })
    }

    /// Number of weights.
    pub(super) fn size(&self) -> usize {
        self.transition_base() + self.steps.len()
    }

    /// Index of the first transition.
    pub(super) fn transition_base(&self) -> usize {
        let n = self.labels.len();
        self.window.len() * WINDOW * n + self.pairs.len() * n
    }

    /// The transitions of the weights `x` and the prior together.
    pub(super) fn chain(&self, x: &[f64]) -> Chain {
        let own = &x[self.transition_base()..];
        let transitions = own.iter().zip(&self.steps).map(|(x, s)| x + s).collect();
        Chain { labels: self.labels.len(), transitions }
    }

    /// Scores of a sentence under the weights `x` and the prior, `[word * labels + label]`.
    pub(super) fn score(&self, sentence: &Instance, x: &[f64], scores: &mut Vec<f64>) {
        let n = self.labels.len();
        scores.clear();
        scores.extend(sentence.prior.iter().map(|&p| f64::from(p)));
        scores.resize(sentence.labels.len() * n, 0.0);
        for (i, row) in scores.chunks_exact_mut(n).enumerate() {
            self.for_word(sentence, i, |at| {
                row.iter_mut().zip(&x[at..at + n]).for_each(|(s, w)| *s += w);
            });
        }
    }

    /// Calls `each` with the first weight of everything that counts for word `i`.
    pub(super) fn for_word(&self, sentence: &Instance, i: usize, mut each: impl FnMut(usize)) {
        let (n, length) = (self.labels.len(), sentence.labels.len());
        for offset in 0..WINDOW {
            let row = offset * n;
            match (i + offset).checked_sub(REACH).filter(|&at| at < length) {
                Some(at) => {
                    let from = if at == 0 { 0 } else { sentence.window_ends[at - 1] as usize };
                    for &base in &sentence.window[from..sentence.window_ends[at] as usize] {
                        each(base as usize + row);
                    }
                }
                None => self.edge.into_iter().for_each(|base| each(base as usize + row)),
            }
        }
        let from = if i == 0 { 0 } else { sentence.pair_ends[i - 1] as usize };
        for &base in &sentence.pairs[from..sentence.pair_ends[i] as usize] {
            each(base as usize);
        }
    }

    /// The model of the weights `x`.
    pub(super) fn model(&self, x: &[f64], max_bytes: usize) -> Result<NerModel> {
        let weights = Weights {
            labels: &self.labels,
            window: &self.window,
            pairs: &self.pairs,
            values: x,
            transitions: &x[self.transition_base()..],
            prior: self.prior.as_ref(),
        };
        weights.model(max_bytes)
    }
}

/// `O`, then `B-` and `I-` of each kind in alphabetical order.
fn labels(trainer: &Trainer) -> Result<Vec<String>> {
    let mut kinds: Vec<&str> =
        trainer.sentences.iter().flat_map(|s| &s.1).filter_map(|t| t.get(2..)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if trainer.sentences.is_empty() {
        return Err(Error::new(ErrorKind::Config, "there are no sentences to train on"));
    }
    let mut labels = vec!["O".to_owned()];
    labels.extend(kinds.iter().flat_map(|k| [format!("B-{k}"), format!("I-{k}")]));
    if labels.len() > MAX_LABELS {
        let message = format!("expected at most {} kinds of entities, found {}", MAX_LABELS / 2, kinds.len());
        return Err(Error::new(ErrorKind::Config, message));
    }
    Ok(labels)
}

/// The attributes seen often enough, window and pairs, each sorted.
fn attributes(trainer: &Trainer) -> (Vec<u64>, Vec<u64>) {
    let mut window: HashMap<u64, u32> = HashMap::new();
    let mut pairs: HashMap<u64, u32> = HashMap::new();
    let mut features = Keys::without(&trainer.without);
    for (words, _, _) in &trainer.sentences {
        let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
        features.extract(&borrowed, Resources::embedded());
        features.window.iter().for_each(|&k| *window.entry(k).or_default() += 1);
        features.pairs.iter().for_each(|&k| *pairs.entry(k).or_default() += 1);
    }
    window.insert(EDGE, u32::MAX);
    let kept = |counts: HashMap<u64, u32>| {
        let enough = |&(_, count): &(u64, u32)| count >= trainer.options.min_count;
        let mut keys: Vec<u64> = counts.into_iter().filter(enough).map(|(key, _)| key).collect();
        keys.sort_unstable();
        keys
    };
    (kept(window), kept(pairs))
}

/// The weights of those `keys` that have one, and where those of each word end.
fn known(keys: &[u64], ends: &[u32], index: &HashMap<u64, u32>) -> (Vec<u32>, Vec<u32>) {
    let (mut found, mut found_ends, mut from) = (Vec::new(), Vec::new(), 0);
    for &end in ends {
        found.extend(keys[from..end as usize].iter().filter_map(|k| index.get(k)));
        found_ends.push(found.len() as u32);
        from = end as usize;
    }
    (found, found_ends)
}
