//! From the words of a sentence to entities with their probabilities. Warm buffers: nothing is allocated.

use super::EntityKind;
use super::crf::{Lattice, viterbi};
use super::feature::Features;
use super::model::NerModel;
use super::resources::Resources;

/// Longest run of words decoded at once; longer sentences are cut, so that memory is bounded.
pub(super) const LONGEST: usize = 512;

/// Buffers of a tagger, reused between sentences.
#[derive(Clone, Debug, Default)]
pub struct TagScratch {
    features: Features,
    sums: Vec<i32>,
    scores: Vec<f64>,
    lattice: Lattice,
    back: Vec<u8>,
    path: Vec<u8>,
}

/// An entity found among the words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TagSpan {
    /// Index of its first word.
    pub first: u32,
    /// Index after its last word.
    pub end: u32,
    /// What it is.
    pub kind: EntityKind,
    /// Probability, between 0 and 1, that exactly these words are an entity of this kind.
    pub score: f32,
}

pub(super) fn tag(model: &NerModel, words: &[&str], scratch: &mut TagScratch, found: &mut Vec<TagSpan>) {
    let mut base = 0;
    for part in words.chunks(LONGEST) {
        tag_part(model, part, base, scratch, found);
        base += part.len();
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)] // word indexes of texts below 4 GiB
fn tag_part(
    model: &NerModel,
    words: &[&str],
    base: usize,
    scratch: &mut TagScratch,
    found: &mut Vec<TagSpan>,
) {
    let n = model.chain().labels;
    let length = words.len();
    scratch.features.extract(words, Resources::embedded());
    model.sum(&scratch.features, &mut scratch.sums);
    scratch.scores.clear();
    scratch.scores.extend(scratch.sums.iter().map(|&s| f64::from(s) * model.step()));
    viterbi(model.chain(), &scratch.scores, model.allowed(), &mut scratch.back, &mut scratch.path);
    if scratch.path.iter().all(|&l| l == 0) {
        return;
    }
    scratch.lattice.run(model.chain(), &scratch.scores);
    let path = &scratch.path;
    let mut at = 0;
    while at < length {
        let label = path[at] as usize;
        at += 1;
        if label == 0 {
            continue;
        }
        // Labels come in pairs: B- has the odd index, I- of the same kind the next one.
        let (begin, inside) = (label, label + 1);
        let first = at - 1;
        while at < length && path[at] as usize == inside {
            at += 1;
        }
        let score = scratch.lattice.segment(n, first, at, begin, inside.min(n - 1)) as f32;
        let score = if score.is_finite() { score.clamp(0.0, 1.0) } else { 0.0 };
        let (first, end) = ((base + first) as u32, (base + at) as u32);
        found.push(TagSpan { first, end, kind: model.kind(begin), score });
    }
}
