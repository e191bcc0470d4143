//! The averaged perceptron (Collins, 2002): quicker to train than a conditional random field, without probabilities
//! that mean anything.

use super::crf::viterbi;
use super::data::Data;

use crate::ner::model::allowed;
use crate::ner::weights::LIMIT;

/// Weights that are learned sentence by sentence, and their average over all steps.
pub(super) struct Perceptron<'d> {
    data: &'d Data,
    allowed: Vec<bool>,
    now: Vec<f64>,
    /// For each weight, the sum of its changes times the step of the change.
    late: Vec<f64>,
    step: f64,
    order: Vec<usize>,
    random: u64,
}

impl<'d> Perceptron<'d> {
    pub(super) fn new(data: &'d Data, seed: u64) -> Perceptron<'d> {
        Perceptron {
            data,
            allowed: allowed(&data.labels),
            now: vec![0.0; data.size()],
            late: vec![0.0; data.size()],
            step: 1.0,
            order: (0..data.sentences.len()).collect(),
            random: seed ^ 0x9E37_79B9_7F4A_7C15,
        }
    }

    /// One pass over all sentences in a new order; returns the weight of those that were tagged wrong.
    pub(super) fn epoch(&mut self) -> f64 {
        for last in (1..self.order.len()).rev() {
            self.random ^= self.random << 13;
            self.random ^= self.random >> 7;
            self.random ^= self.random << 17;
            self.order.swap(last, (self.random % (last as u64 + 1)) as usize);
        }
        let n = self.data.labels.len();
        let (mut scores, mut back, mut path, mut wrong) = (Vec::new(), Vec::new(), Vec::new(), 0.0);
        for index in self.order.clone() {
            let sentence = &self.data.sentences[index];
            self.data.score(sentence, &self.now, &mut scores);
            viterbi(&self.data.chain(&self.now), &scores, &self.allowed, &mut back, &mut path);
            if path != sentence.labels {
                wrong += sentence.weight;
                for (i, (&found, &gold)) in path.iter().zip(&sentence.labels).enumerate() {
                    if found != gold {
                        let mut places = Vec::new();
                        self.data.for_word(sentence, i, |at| places.push(at));
                        for at in places {
                            self.change(at + gold as usize, sentence.weight);
                            self.change(at + found as usize, -sentence.weight);
                        }
                    }
                    if i > 0 {
                        let base = self.data.transition_base();
                        let step = |labels: &[u8]| labels[i - 1] as usize * n + labels[i] as usize;
                        self.change(base + step(&sentence.labels), sentence.weight);
                        self.change(base + step(&path), -sentence.weight);
                    }
                }
            }
            self.step += 1.0;
        }
        wrong
    }

    fn change(&mut self, at: usize, by: f64) {
        self.now[at] += by;
        self.late[at] += by * self.step;
    }

    /// The averaged weights, scaled to what a model can hold; the scale changes no answer.
    pub(super) fn average(&self) -> Vec<f64> {
        let mean: Vec<f64> = self.now.iter().zip(&self.late).map(|(w, l)| w - l / self.step).collect();
        let scale = LIMIT / mean.iter().fold(LIMIT, |top, w| top.max(w.abs()));
        mean.into_iter().map(|w| w * scale).collect()
    }
}
