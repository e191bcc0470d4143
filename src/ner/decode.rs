//! From the words of a sentence to entities with their probabilities. Warm buffers: nothing is allocated.

use super::EntityKind;
use super::lanes::Lanes;
use super::model::NerModel;
use super::resources::Resources;
use super::scorer::Scorer;
use super::table::MOST_LANES;

/// Longest run of words decoded at once; longer sentences are cut, so that memory is bounded.
pub(super) const LONGEST: usize = 512;

/// Buffers of a tagger, reused between sentences, and what it remembers of the words it has seen: up to 2.4 MB with a
/// model of up to eight labels, 6.5 MB with more. Answers never depend on it.
#[derive(Clone, Debug, Default)]
pub struct TagScratch {
    narrow: Scratch<8>,
    wide: Scratch<MOST_LANES>,
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
    // PER, ORG and LOC make seven labels: eight lanes of 16 bits are one register.
    match model.labels().len() {
        0..=8 => scratch.narrow.tag(model, words, found),
        _ => scratch.wide.tag(model, words, found),
    }
}

/// Buffers for models of up to `LANES` labels.
#[derive(Clone, Debug, Default)]
struct Scratch<const LANES: usize> {
    /// Of the model whose words and transitions are kept; 0 for none.
    model: u64,
    scorer: Scorer<LANES>,
    lanes: Lanes<LANES>,
}

impl<const LANES: usize> Scratch<LANES> {
    fn tag(&mut self, model: &NerModel, words: &[&str], found: &mut Vec<TagSpan>) {
        let table = model.table();
        if self.model != model.id() {
            self.model = model.id();
            self.scorer.reset(table);
            self.lanes.reset(model.chain(), model.allowed(), model.step());
        }
        let mut base = 0;
        for part in words.chunks(LONGEST) {
            let sums = self.scorer.sum(part, table, Resources::embedded());
            if self.lanes.viterbi(sums).iter().any(|&label| label != 0) {
                self.lanes.run(sums);
                self.collect(model, base, found);
            }
            base += part.len();
        }
    }

    /// Appends the entities of the path, which begins at word `base`.
    #[allow(clippy::cast_possible_truncation)] // word indexes of texts below 4 GiB
    fn collect(&self, model: &NerModel, base: usize, found: &mut Vec<TagSpan>) {
        let n = model.labels().len();
        let mut path = self.lanes.path().iter().map(|&label| label as usize).enumerate().peekable();
        while let Some((first, begin)) = path.next() {
            if begin == 0 {
                continue;
            }
            // Labels come in pairs: B- has the odd index, I- of the same kind the next one.
            let inside = begin + 1;
            let mut end = first + 1;
            while path.next_if(|&(_, label)| label == inside).is_some() {
                end += 1;
            }
            let score = self.lanes.segment(first, end, begin, inside.min(n - 1)) as f32;
            let score = if score.is_finite() { score.clamp(0.0, 1.0) } else { 0.0 };
            let (first, end) = ((base + first) as u32, (base + end) as u32);
            found.push(TagSpan { first, end, kind: model.kind(begin), score });
        }
    }
}
