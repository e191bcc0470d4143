//! How right a tagger is: precision, recall and F1 of entities, exact span and label.

use std::collections::BTreeMap;

use super::Tagger;
use super::conll::LabeledSentence;
use super::decode::TagScratch;
use super::model::NerModel;

/// Counts of entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Found, with exact span and label.
    pub right: usize,
    /// In the gold.
    pub gold: usize,
    /// Found.
    pub found: usize,
}

impl Score {
    /// Percent of what was found that is right.
    #[must_use]
    pub fn precision(&self) -> f64 {
        100.0 * self.right as f64 / self.found.max(1) as f64
    }

    /// Percent of the gold that was found.
    #[must_use]
    pub fn recall(&self) -> f64 {
        100.0 * self.right as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of precision and recall, in percent.
    #[must_use]
    pub fn f1(&self) -> f64 {
        100.0 * 2.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }

    fn add(&mut self, other: Score) {
        self.right += other.right;
        self.gold += other.gold;
        self.found += other.found;
    }
}

/// The result of tagging labelled sentences.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    kinds: BTreeMap<String, Score>,
    overlap: Score,
    /// All counts of each sentence, for the bootstrap.
    sentences: Vec<Score>,
    errors: BTreeMap<(String, String, String), usize>,
    /// Found entities by their probability, in twenty steps.
    bins: [Bin; BINS],
}

const BINS: usize = 20;

/// Entities found with about the same probability: a tagger is calibrated where, in each, the share that is right equals
/// the mean probability.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Bin {
    /// How many were found.
    pub found: usize,
    /// How many of them are right.
    pub right: usize,
    /// Sum of their probabilities.
    pub sum: f64,
}

type Chunk<'s> = (usize, usize, &'s str);

fn chunks(tags: &[String]) -> Vec<Chunk<'_>> {
    let mut found: Vec<Chunk<'_>> = Vec::new();
    for (i, tag) in tags.iter().enumerate() {
        let Some(kind) = tag.get(2..) else { continue };
        match found.last_mut().filter(|c| c.1 == i && c.2 == kind && tag.starts_with('I')) {
            Some(open) => open.1 = i + 1,
            None => found.push((i, i + 1, kind)),
        }
    }
    found
}

impl Evaluation {
    /// Tags `sentences` and compares.
    #[must_use]
    pub fn of(model: &NerModel, sentences: &[LabeledSentence]) -> Evaluation {
        let mut evaluation = Evaluation::default();
        let (mut scratch, mut spans) = (TagScratch::default(), Vec::new());
        for sentence in sentences {
            let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
            spans.clear();
            model.tag(&words, &mut scratch, &mut spans);
            let gold = chunks(&sentence.tags);
            let found: Vec<Chunk<'_>> =
                spans.iter().map(|s| (s.first as usize, s.end as usize, model.label(s.kind))).collect();
            evaluation.compare(&words, &gold, &found);
            for (span, chunk) in spans.iter().zip(&found) {
                let score = f64::from(span.score);
                if let Some(bin) = evaluation.bins.get_mut(((score * BINS as f64) as usize).min(BINS - 1)) {
                    bin.found += 1;
                    bin.right += usize::from(gold.contains(chunk));
                    bin.sum += score;
                }
            }
        }
        evaluation
    }

    fn compare(&mut self, words: &[&str], gold: &[Chunk<'_>], found: &[Chunk<'_>]) {
        let text = |chunk: &Chunk<'_>| words.get(chunk.0..chunk.1).unwrap_or_default().join(" ");
        let mut total = Score { right: 0, gold: gold.len(), found: found.len() };
        let overlaps = |a: &Chunk<'_>, b: &Chunk<'_>| a.0 < b.1 && b.0 < a.1 && a.2 == b.2;
        for chunk in gold {
            let right = usize::from(found.contains(chunk));
            total.right += right;
            self.kinds.entry(chunk.2.to_owned()).or_default().add(Score { right, gold: 1, found: 0 });
            let touched = usize::from(found.iter().any(|f| overlaps(f, chunk)));
            self.overlap.add(Score { right: touched, gold: 1, found: 0 });
            if right == 0 {
                let other = found.iter().find(|f| f.0 < chunk.1 && chunk.0 < f.1);
                let instead = other.map_or("O".to_owned(), |o| format!("{} {}", o.2, text(o)));
                let key = (text(chunk), chunk.2.to_owned(), instead);
                *self.errors.entry(key).or_default() += 1;
            }
        }
        for chunk in found {
            self.kinds.entry(chunk.2.to_owned()).or_default().found += 1;
            self.overlap.found += 1;
            if !gold.iter().any(|g| g.0 < chunk.1 && chunk.0 < g.1) {
                let key = (text(chunk), "O".to_owned(), chunk.2.to_owned());
                *self.errors.entry(key).or_default() += 1;
            }
        }
        self.sentences.push(total);
    }

    /// The counts of each kind.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, Score)> {
        self.kinds.iter().map(|(k, s)| (k.as_str(), *s))
    }

    /// The counts of all kinds together.
    #[must_use]
    pub fn all(&self) -> Score {
        let mut all = Score::default();
        self.kinds.values().for_each(|s| all.add(*s));
        all
    }

    /// The same where an overlap with the right label is enough.
    #[must_use]
    pub fn overlap(&self) -> Score {
        self.overlap
    }

    /// The entities found, by their probability in twenty equal steps.
    #[must_use]
    pub fn calibration(&self) -> &[Bin] {
        &self.bins
    }

    /// Expected calibration error: by how much, on average over the entities found, the probability of an entity differs
    /// from the share that is right among those found with about that probability. 0 is perfect, 1 the worst.
    #[must_use]
    pub fn calibration_error(&self) -> f64 {
        let found: usize = self.bins.iter().map(|b| b.found).sum();
        let off: f64 = self.bins.iter().map(|b| (b.sum - b.right as f64).abs()).sum();
        off / found.max(1) as f64
    }

    /// The most frequent errors: words, gold label (`O` for none), what was found instead, how often.
    #[must_use]
    pub fn errors(&self, most: usize) -> Vec<(&str, &str, &str, usize)> {
        let mut errors: Vec<_> =
            self.errors.iter().map(|((w, g, f), n)| (w.as_str(), g.as_str(), f.as_str(), *n)).collect();
        errors.sort_by(|a, b| b.3.cmp(&a.3).then(a.cmp(b)));
        errors.truncate(most);
        errors
    }

    /// A 95 % interval of F1 by bootstrap over sentences, 1,000 samples, the same on every run.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        let mut state = 0x2545_F491_4F6C_DD1Du64;
        let mut samples: Vec<f64> = (0..1000)
            .map(|_| {
                let mut sum = Score::default();
                for _ in 0..self.sentences.len() {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    let at = (state % self.sentences.len().max(1) as u64) as usize;
                    sum.add(self.sentences.get(at).copied().unwrap_or_default());
                }
                sum.f1()
            })
            .collect();
        samples.sort_by(f64::total_cmp);
        let sample = |at: usize| samples.get(at).copied().unwrap_or_default();
        (sample(25), sample(974))
    }
}
