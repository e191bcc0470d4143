//! The trainer: from labelled sentences to a [`NerModel`]. Weights are 64-bit floats until the end; two threads share the
//! sentences in a fixed way, so that the same input gives the same bytes.

use std::collections::HashMap;

use super::conll::LabeledSentence;
use super::crf::{Chain, Lattice, MAX_LABELS};
use super::evaluate::Evaluation;
use super::feature::{EDGE, Features, REACH, WINDOW};
use super::model::{NerModel, Prior, Weights};
use super::optimize::OwlQn;
use super::resources::Resources;
use crate::error::{Error, ErrorKind, Result};

/// Settings of a [`Trainer`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TrainerOptions {
    /// Weight of the L1 penalty: the larger, the fewer weights.
    pub l1: f64,
    /// Weight of the L2 penalty: the larger, the smaller the weights.
    pub l2: f64,
    /// Most iterations.
    pub iterations: usize,
    /// Iterations without a better development score after which training stops.
    pub patience: usize,
    /// Attributes seen less often are left out.
    pub min_count: u32,
    /// Starts from small random weights unless it is 0. The minimum is the same, the road to it is not.
    pub seed: u64,
    /// Most bytes of the finished model; the smallest weights go first.
    pub max_bytes: usize,
}

impl Default for TrainerOptions {
    fn default() -> TrainerOptions {
        TrainerOptions {
            l1: 0.1,
            l2: 0.05,
            iterations: 120,
            patience: 30,
            min_count: 1,
            seed: 0,
            max_bytes: 4_000_000,
        }
    }
}

/// How far training is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// Iterations done.
    pub iteration: usize,
    /// Most iterations.
    pub of: usize,
    /// The objective, which falls.
    pub objective: f64,
    /// Entity F1 on the development sentences, in percent, where it was measured in this iteration.
    pub dev_f1: Option<f64>,
}

/// Trains a tagger on your own sentences and labels.
///
/// # Examples
///
/// ```
/// use tutur::ner::{ConllReader, Repair, Trainer, TrainerOptions};
///
/// let file = "Nasi\tB-FOOD\ngoreng\tI-FOOD\nenak\tO\n\nSaya\tO\nmakan\tO\nsate\tB-FOOD\n\n".repeat(20);
/// let sentences = ConllReader::new(file.as_bytes(), "makanan.conll", Repair::Strict).read_all()?;
/// let mut trainer = Trainer::new(TrainerOptions::default());
/// trainer.add(&sentences, 1.0)?;
/// let model = trainer.train(&sentences, &mut |_| true)?;
/// assert_eq!(model.tags(&["Saya", "makan", "nasi", "goreng"]), ["O", "O", "B-FOOD", "I-FOOD"]);
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Debug)]
pub struct Trainer {
    options: TrainerOptions,
    sentences: Vec<(Vec<String>, Vec<String>, f64)>,
    prior: Option<NerModel>,
}

/// A sentence as indexes of weights.
struct Indexed {
    /// First weight of each window attribute, word by word.
    window: Vec<u32>,
    window_ends: Vec<u32>,
    pairs: Vec<u32>,
    pair_ends: Vec<u32>,
    labels: Vec<u8>,
    weight: f64,
    /// Scores of the prior, `[word * labels + label]`; empty where there is none.
    prior: Vec<f32>,
}

impl Trainer {
    /// A trainer without sentences.
    #[must_use]
    pub fn new(options: TrainerOptions) -> Trainer {
        Trainer { options, sentences: Vec::new(), prior: None }
    }

    /// Begins with the weights of `model` instead of none: what is learned is the difference, and the penalties hold it
    /// small. Labels that `model` does not know begin with nothing. Few sentences of your own then go a long way.
    #[must_use]
    pub fn start_from(mut self, model: NerModel) -> Trainer {
        self.prior = Some(model);
        self
    }

    /// Adds sentences that count `weight` times.
    ///
    /// # Errors
    ///
    /// `Format` where a sentence has not one tag a word, `Config` where the weight is not a positive number.
    pub fn add(&mut self, sentences: &[LabeledSentence], weight: f64) -> Result<()> {
        if !(weight > 0.0 && weight.is_finite()) {
            return Err(Error::new(ErrorKind::Config, format!("expected a positive weight, found {weight}")));
        }
        for sentence in sentences {
            if sentence.words.len() != sentence.tags.len() {
                let message = format!(
                    "{} words and {} tags in {:?}",
                    sentence.words.len(),
                    sentence.tags.len(),
                    sentence.words
                );
                return Err(Error::new(ErrorKind::Format, message));
            }
            self.sentences.push((sentence.words.clone(), sentence.tags.clone(), weight));
        }
        Ok(())
    }

    /// Trains, and chooses the iteration that is best on `dev` (the last where `dev` is empty). `progress` is called
    /// after each iteration and stops training by returning false; what was learned so far is then the model.
    ///
    /// # Errors
    ///
    /// `Config` where there are no sentences or too many labels.
    pub fn train(
        self,
        dev: &[LabeledSentence],
        progress: &mut dyn FnMut(&Progress) -> bool,
    ) -> Result<NerModel> {
        let labels = self.labels()?;
        let index: HashMap<&str, u8> = labels.iter().zip(0u8..).map(|(l, i)| (l.as_str(), i)).collect();
        let n = labels.len();
        let (window_keys, pair_keys) = self.attributes();
        let window_size = WINDOW * n;
        let window_index: HashMap<u64, u32> =
            window_keys.iter().enumerate().map(|(i, &k)| (k, (i * window_size) as u32)).collect();
        let pair_base = window_keys.len() * window_size;
        let pair_index: HashMap<u64, u32> =
            pair_keys.iter().enumerate().map(|(i, &k)| (k, (pair_base + i * n) as u32)).collect();
        let transition_base = pair_base + pair_keys.len() * n;
        let size = transition_base + n * n;
        if u32::try_from(size).is_err() {
            return Err(Error::new(ErrorKind::TooLarge, "more than 4 billion weights: raise min_count"));
        }
        let prior = self.prior.clone().map(|model| Prior::new(model, &labels));
        let mut indexed = Vec::with_capacity(self.sentences.len());
        let mut features = Features::default();
        for (words, tags, weight) in &self.sentences {
            for (words, tags) in words.chunks(super::decode::LONGEST).zip(tags.chunks(super::decode::LONGEST))
            {
                let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
                features.extract(&borrowed, Resources::embedded());
                let mut sentence =
                    index_sentence(&features, tags, &index, &window_index, &pair_index, *weight);
                sentence.prior = prior.as_ref().map(|p| p.scores(&features)).unwrap_or_default();
                indexed.push(sentence);
            }
        }
        let edge = window_index.get(&EDGE).copied();
        let l2 = self.options.l2;
        let steps = prior.as_ref().map_or_else(|| vec![0.0; n * n], Prior::transitions);
        let mut objective = |x: &[f64], gradient: &mut [f64]| -> f64 {
            objective(&indexed, &steps, transition_base, edge, l2, x, gradient)
        };
        let mut search = OwlQn::new(initial(size, self.options.seed), self.options.l1, &mut objective);
        let finish = |x: &[f64]| {
            let weights = Weights {
                labels: &labels,
                window: &window_keys,
                pairs: &pair_keys,
                values: x,
                transitions: &x[transition_base..],
                prior: prior.as_ref(),
            };
            NerModel::from_weights(&weights, self.options.max_bytes)
        };
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        let mut last = search.value();
        for iteration in 1..=self.options.iterations {
            let moved = search.step(&mut objective);
            let flat = (last - search.value()) / search.value().abs().max(1e-9) < 1e-5;
            last = search.value();
            let ends = !moved || flat || iteration == self.options.iterations;
            let mut dev_f1 = None;
            if !dev.is_empty() && (ends || iteration >= 30 && iteration % 5 == 0) {
                let model = finish(&search.x)?;
                let f1 = Evaluation::of(&model, dev).all().f1();
                dev_f1 = Some(f1);
                if best.as_ref().is_none_or(|b| f1 > b.0) {
                    best = Some((f1, iteration, search.x.clone()));
                }
            }
            let stale = best.as_ref().is_some_and(|b| iteration - b.1 >= self.options.patience);
            let state =
                Progress { iteration, of: self.options.iterations, objective: search.value(), dev_f1 };
            if !progress(&state) || ends || stale {
                break;
            }
        }
        finish(best.as_ref().map_or(&search.x, |b| &b.2))
    }

    /// `O`, then `B-` and `I-` of each kind in alphabetical order.
    fn labels(&self) -> Result<Vec<String>> {
        let mut kinds: Vec<&str> =
            self.sentences.iter().flat_map(|s| &s.1).filter_map(|t| t.get(2..)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        if self.sentences.is_empty() {
            return Err(Error::new(ErrorKind::Config, "there are no sentences to train on"));
        }
        let mut labels = vec!["O".to_owned()];
        labels.extend(kinds.iter().flat_map(|k| [format!("B-{k}"), format!("I-{k}")]));
        if labels.len() > MAX_LABELS {
            let message =
                format!("expected at most {} kinds of entities, found {}", MAX_LABELS / 2, kinds.len());
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(labels)
    }

    /// The attributes seen often enough, window and pairs, each sorted.
    fn attributes(&self) -> (Vec<u64>, Vec<u64>) {
        let mut window: HashMap<u64, u32> = HashMap::new();
        let mut pairs: HashMap<u64, u32> = HashMap::new();
        let mut features = Features::default();
        for (words, _, _) in &self.sentences {
            let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
            features.extract(&borrowed, Resources::embedded());
            features.window.iter().for_each(|&k| *window.entry(k).or_default() += 1);
            features.pairs.iter().for_each(|&k| *pairs.entry(k).or_default() += 1);
        }
        window.insert(EDGE, u32::MAX);
        let kept = |counts: HashMap<u64, u32>| {
            let mut keys: Vec<u64> =
                counts.into_iter().filter(|&(_, c)| c >= self.options.min_count).map(|(k, _)| k).collect();
            keys.sort_unstable();
            keys
        };
        (kept(window), kept(pairs))
    }
}

fn index_sentence(
    features: &Features,
    tags: &[String],
    labels: &HashMap<&str, u8>,
    window: &HashMap<u64, u32>,
    pairs: &HashMap<u64, u32>,
    weight: f64,
) -> Indexed {
    let collect = |keys: &[u64], ends: &[u32], index: &HashMap<u64, u32>| {
        let (mut found, mut found_ends, mut from) = (Vec::new(), Vec::new(), 0);
        for &end in ends {
            found.extend(keys[from..end as usize].iter().filter_map(|k| index.get(k)));
            found_ends.push(found.len() as u32);
            from = end as usize;
        }
        (found, found_ends)
    };
    let (window, window_ends) = collect(&features.window, &features.window_ends, window);
    let (pairs, pair_ends) = collect(&features.pairs, &features.pair_ends, pairs);
    let labels = tags.iter().map(|t| labels.get(t.as_str()).copied().unwrap_or(0)).collect();
    Indexed { window, window_ends, pairs, pair_ends, labels, weight, prior: Vec::new() }
}

impl Indexed {
    /// Calls `each` with the first weight of everything that counts for word `i`.
    fn for_word(&self, i: usize, n: usize, edge: Option<u32>, mut each: impl FnMut(usize)) {
        let length = self.labels.len();
        for offset in 0..WINDOW {
            let row = offset * n;
            match (i + offset).checked_sub(REACH).filter(|&at| at < length) {
                Some(at) => {
                    let from = if at == 0 { 0 } else { self.window_ends[at - 1] as usize };
                    for &base in &self.window[from..self.window_ends[at] as usize] {
                        each(base as usize + row);
                    }
                }
                None => edge.into_iter().for_each(|base| each(base as usize + row)),
            }
        }
        let from = if i == 0 { 0 } else { self.pair_ends[i - 1] as usize };
        for &base in &self.pairs[from..self.pair_ends[i] as usize] {
            each(base as usize);
        }
    }
}

/// Negative log likelihood with the L2 penalty, and its gradient; `steps` are the transitions of the prior.
fn objective(
    sentences: &[Indexed],
    steps: &[f64],
    transition_base: usize,
    edge: Option<u32>,
    l2: f64,
    x: &[f64],
    gradient: &mut [f64],
) -> f64 {
    let n = steps.len().isqrt();
    let transitions = x[transition_base..].iter().zip(steps).map(|(x, s)| x + s).collect();
    let chain = Chain { labels: n, transitions };
    let work = |part: &[Indexed], gradient: &mut [f64]| -> f64 {
        let (mut lattice, mut scores, mut loss) = (Lattice::default(), Vec::new(), 0.0);
        let mut delta = vec![0.0; n];
        for sentence in part {
            let length = sentence.labels.len();
            scores.clear();
            scores.extend(sentence.prior.iter().map(|&p| f64::from(p)));
            scores.resize(length * n, 0.0);
            for (i, row) in scores.chunks_exact_mut(n).enumerate() {
                sentence.for_word(i, n, edge, |at| {
                    row.iter_mut().zip(&x[at..at + n]).for_each(|(s, w)| *s += w);
                });
            }
            let log = lattice.run(&chain, &scores);
            let mut gold = 0.0;
            for (i, &label) in sentence.labels.iter().enumerate() {
                gold += scores[i * n + label as usize];
                if i > 0 {
                    let step = sentence.labels[i - 1] as usize * n + label as usize;
                    gold += chain.transitions[step];
                    gradient[transition_base + step] -= sentence.weight;
                }
            }
            loss += sentence.weight * (log - gold);
            lattice.add_transitions(n, sentence.weight, &mut gradient[transition_base..]);
            for (i, &label) in sentence.labels.iter().enumerate() {
                for (l, d) in delta.iter_mut().enumerate() {
                    *d = sentence.weight
                        * (lattice.marginal(n, i, l) - f64::from(u8::from(l == label as usize)));
                }
                sentence.for_word(i, n, edge, |at| {
                    gradient[at..at + n].iter_mut().zip(&delta).for_each(|(g, d)| *g += d);
                });
            }
        }
        loss
    };
    gradient.fill(0.0);
    // Two parts, whatever the machine: the order of additions decides the last bits.
    let half = sentences.len() / 2;
    let mut other = vec![0.0; gradient.len()];
    let (first, second) = std::thread::scope(|scope| {
        let handle = scope.spawn(|| work(&sentences[half..], &mut other));
        let first = work(&sentences[..half], gradient);
        (first, handle.join().unwrap_or(f64::INFINITY))
    });
    let mut loss = first + second;
    for ((g, o), w) in gradient.iter_mut().zip(&other).zip(x) {
        *g += o + 2.0 * l2 * w;
        loss += l2 * w * w;
    }
    loss
}

/// Zeros, or small random weights.
fn initial(size: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 11) as f64 / (1u64 << 53) as f64 - 0.5) * 0.02
    };
    if seed == 0 { vec![0.0; size] } else { (0..size).map(|_| random()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences() -> Vec<LabeledSentence> {
        let rows = [("Kata Lavrov di Moskow", "O B-PER O B-LOC"), ("Bank Indonesia naik", "B-ORG I-ORG O")];
        let split = |s: &str| s.split(' ').map(str::to_owned).collect();
        rows.iter().map(|(w, t)| LabeledSentence { words: split(w), tags: split(t) }).collect()
    }

    #[test]
    fn gradient_agrees_with_differences() {
        let mut trainer = Trainer::new(TrainerOptions::default());
        trainer.add(&sentences(), 1.5).unwrap();
        let labels = trainer.labels().unwrap();
        let n = labels.len();
        let index: HashMap<&str, u8> = labels.iter().zip(0u8..).map(|(l, i)| (l.as_str(), i)).collect();
        let (window, pairs) = trainer.attributes();
        let base = window.len() * WINDOW * n;
        let window: HashMap<u64, u32> =
            window.iter().enumerate().map(|(i, &k)| (k, (i * WINDOW * n) as u32)).collect();
        let size = base + pairs.len() * n + n * n;
        let pairs: HashMap<u64, u32> =
            pairs.iter().enumerate().map(|(i, &k)| (k, (base + i * n) as u32)).collect();
        let mut features = Features::default();
        let indexed: Vec<Indexed> = sentences()
            .iter()
            .map(|s| {
                let words: Vec<&str> = s.words.iter().map(String::as_str).collect();
                features.extract(&words, Resources::embedded());
                index_sentence(&features, &s.tags, &index, &window, &pairs, 1.5)
            })
            .collect();
        let edge = window.get(&EDGE).copied();
        let x = initial(size, 9);
        let mut gradient = vec![0.0; size];
        let mut unused = vec![0.0; size];
        objective(&indexed, &vec![0.0; n * n], size - n * n, edge, 0.05, &x, &mut gradient);
        for at in (0..size).step_by(size / 40).chain(size - n * n..size) {
            let mut near = x.clone();
            near[at] += 1e-5;
            let above = objective(&indexed, &vec![0.0; n * n], size - n * n, edge, 0.05, &near, &mut unused);
            near[at] -= 2e-5;
            let below = objective(&indexed, &vec![0.0; n * n], size - n * n, edge, 0.05, &near, &mut unused);
            assert!(((above - below) / 2e-5 - gradient[at]).abs() < 1e-4, "weight {at}");
        }
    }

    #[test]
    fn same_input_same_bytes() {
        let train = || {
            let mut trainer = Trainer::new(TrainerOptions { iterations: 12, ..TrainerOptions::default() });
            trainer.add(&sentences(), 1.0).unwrap();
            trainer.train(&[], &mut |_| true).unwrap().to_bytes().to_vec()
        };
        assert_eq!(train(), train());
    }
}
