//! The trainer: from labelled sentences to a [`NerModel`]. Weights are 64-bit floats until the end; two threads share the
//! sentences in a fixed way, so that the same input gives the same bytes.

mod crf;
mod data;
mod keys;
mod likelihood;
mod owl_qn;
mod perceptron;
mod snapshot;

#[cfg(test)]
pub(super) use self::crf::viterbi;
use self::data::Data;
pub(super) use self::keys::Keys;
use self::likelihood::negative_log_likelihood;
use self::owl_qn::OwlQn;
use self::perceptron::Perceptron;
use self::snapshot::State;
use super::conll::LabeledSentence;
use super::evaluate::Evaluation;
use super::feature::FeatureGroup;
use super::model::NerModel;
use crate::error::{Error, ErrorKind, Result};

/// How weights are learned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Family {
    /// A linear-chain conditional random field: probabilities that mean something.
    #[default]
    Crf,
    /// An averaged perceptron: quicker to train, a little less right, probabilities without meaning.
    Perceptron,
}

/// Settings of a [`Trainer`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TrainerOptions {
    /// How weights are learned.
    pub family: Family,
    /// Weight of the L1 penalty: the larger, the fewer weights.
    pub l1: f64,
    /// Weight of the L2 penalty: the larger, the smaller the weights.
    pub l2: f64,
    /// Most iterations; a perceptron needs about 15.
    pub iterations: usize,
    /// Iterations without a better development score after which training stops.
    pub patience: usize,
    /// Attributes seen less often are left out.
    pub min_count: u32,
    /// Starts from small random weights unless it is 0; for a perceptron, the order of sentences. The minimum is the same,
    /// the road to it is not.
    pub seed: u64,
    /// Most bytes of the finished model; the smallest weights go first.
    pub max_bytes: usize,
}

impl Default for TrainerOptions {
    fn default() -> TrainerOptions {
        TrainerOptions {
            family: Family::Crf,
            l1: 0.02,
            l2: 0.3,
            iterations: 120,
            patience: 30,
            min_count: 1,
            seed: 0,
            max_bytes: 4_000_000,
        }
    }
}

/// How far training is.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Progress {
    /// Iterations done.
    pub iteration: usize,
    /// Most iterations.
    pub of: usize,
    /// What falls: the penalised negative log likelihood, or the sentences tagged wrong.
    pub objective: f64,
    /// Entity F1 on the development sentences, in percent, where it was measured in this iteration.
    pub dev_f1: Option<f64>,
    /// In some iterations, what [`Trainer::resume`] goes on from.
    pub snapshot: Option<Vec<u8>>,
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
    without: Vec<FeatureGroup>,
    begin: Option<Vec<u8>>,
}

/// Iterations after which the search forgets its curvature and a snapshot is given: one that goes on from a snapshot
/// takes the same way.
const SNAPSHOT: usize = 25;

impl Trainer {
    /// A trainer without sentences.
    #[must_use]
    pub fn new(options: TrainerOptions) -> Trainer {
        Trainer { options, sentences: Vec::new(), prior: None, without: Vec::new(), begin: None }
    }

    /// Begins with the weights of `model` instead of none: what is learned is the difference, and the penalties hold it
    /// small. Labels that `model` does not know begin like `O`. Few sentences of your own then go a long way.
    #[must_use]
    pub fn start_from(mut self, model: NerModel) -> Trainer {
        self.prior = Some(model);
        self
    }

    /// Goes on from a snapshot of a training that had the same sentences and options; the model will be the same, byte for
    /// byte, as if it had not been interrupted. What does not fit is an error of [`train`](Trainer::train).
    #[must_use]
    pub fn resume(mut self, snapshot: Vec<u8>) -> Trainer {
        self.begin = Some(snapshot);
        self
    }

    /// Leaves groups of attributes out, to measure what each is worth.
    #[must_use]
    pub fn without(mut self, groups: &[FeatureGroup]) -> Trainer {
        self.without = groups.to_vec();
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
    /// `Config` where there are no sentences or too many labels, or for a perceptron that should begin with another model;
    /// `Format` where a snapshot is damaged or of another training.
    pub fn train(
        self,
        dev: &[LabeledSentence],
        progress: &mut dyn FnMut(&Progress) -> bool,
    ) -> Result<NerModel> {
        let data = Data::new(&self)?;
        match self.options.family {
            Family::Crf => self.train_crf(&data, dev, progress),
            Family::Perceptron => self.train_perceptron(&data, dev, progress),
        }
    }

    fn train_crf(
        &self,
        data: &Data,
        dev: &[LabeledSentence],
        progress: &mut dyn FnMut(&Progress) -> bool,
    ) -> Result<NerModel> {
        let options = &self.options;
        let mut objective =
            |x: &[f64], gradient: &mut [f64]| negative_log_likelihood(data, options.l2, x, gradient);
        let identity = snapshot::identity(self, data, dev);
        let begun = self.begin.as_ref().map(|bytes| State::from_bytes(bytes, identity, data.size()));
        let (from, x, mut best) = match begun.transpose()? {
            Some(state) => (state.iteration, state.x, state.best),
            None => (0, initial(data.size(), options.seed), None),
        };
        let mut search = OwlQn::new(x, options.l1, &mut objective);
        let mut last = search.value();
        for iteration in from + 1..=options.iterations {
            let moved = search.step(&mut objective);
            let flat = (last - search.value()) / search.value().abs().max(1e-9) < 1e-5;
            last = search.value();
            let ends = !moved || flat || iteration == options.iterations;
            let mut dev_f1 = None;
            if !dev.is_empty() && (ends || iteration >= 30 && iteration % 5 == 0) {
                let f1 = Evaluation::of(&data.model(&search.x, options.max_bytes)?, dev).all().f1();
                dev_f1 = Some(f1);
                if best.as_ref().is_none_or(|b| f1 > b.0) {
                    best = Some((f1, iteration, search.x.clone()));
                }
            }
            let stale = best.as_ref().is_some_and(|b| iteration - b.1 >= options.patience);
            let mut snapshot = None;
            if iteration % SNAPSHOT == 0 && !ends && !stale {
                search.forget();
                let state = State { iteration, x: search.x, best };
                snapshot = Some(state.to_bytes(identity)?);
                (search.x, best) = (state.x, state.best);
            }
            let (of, objective) = (options.iterations, search.value());
            if !progress(&Progress { iteration, of, objective, dev_f1, snapshot }) || ends || stale {
                break;
            }
        }
        data.model(best.as_ref().map_or(&search.x, |b| &b.2), options.max_bytes)
    }

    fn train_perceptron(
        &self,
        data: &Data,
        dev: &[LabeledSentence],
        progress: &mut dyn FnMut(&Progress) -> bool,
    ) -> Result<NerModel> {
        if self.prior.is_some() || self.begin.is_some() {
            let message = "a perceptron begins with nothing: neither with a model nor with a snapshot";
            return Err(Error::new(ErrorKind::Config, message));
        }
        let mut learner = Perceptron::new(data, self.options.seed);
        let mut best: Option<(f64, NerModel)> = None;
        let of = self.options.iterations;
        for iteration in 1..=of {
            let objective = learner.epoch();
            let ends = objective == 0.0 || iteration == of;
            let mut dev_f1 = None;
            if !dev.is_empty() {
                let model = data.model(&learner.average(), self.options.max_bytes)?;
                let f1 = Evaluation::of(&model, dev).all().f1();
                dev_f1 = Some(f1);
                if best.as_ref().is_none_or(|b| f1 > b.0) {
                    best = Some((f1, model));
                }
            }
            if !progress(&Progress { iteration, of, objective, dev_f1, snapshot: None }) || ends {
                break;
            }
        }
        best.map_or_else(|| data.model(&learner.average(), self.options.max_bytes), |b| Ok(b.1))
    }
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

    pub(super) fn sentences() -> Vec<LabeledSentence> {
        let rows = [("Kata Lavrov di Moskow", "O B-PER O B-LOC"), ("Bank Indonesia naik", "B-ORG I-ORG O")];
        let split = |s: &str| s.split(' ').map(str::to_owned).collect();
        rows.iter().map(|(w, t)| LabeledSentence { words: split(w), tags: split(t) }).collect()
    }

    fn trainer(options: TrainerOptions) -> Trainer {
        let mut trainer = Trainer::new(options);
        trainer.add(&sentences(), 1.0).unwrap();
        trainer
    }

    #[test]
    fn same_input_same_bytes() {
        for family in [Family::Crf, Family::Perceptron] {
            let options = TrainerOptions { family, iterations: 12, seed: 3, ..TrainerOptions::default() };
            let train = || trainer(options).train(&[], &mut |_| true).unwrap();
            assert_eq!(train().to_bytes(), train().to_bytes());
            assert_eq!(train().tags(&["Kata", "Lavrov", "di", "Moskow"]), ["O", "B-PER", "O", "B-LOC"]);
        }
    }

    #[test]
    fn a_resumed_training_ends_with_the_same_bytes() {
        // Without penalties the objective falls for long.
        let options = TrainerOptions { l1: 0.0, l2: 1e-9, iterations: 60, ..TrainerOptions::default() };
        let mut snapshots = Vec::new();
        let whole = trainer(options)
            .train(&[], &mut |p| {
                snapshots.extend(p.snapshot.clone());
                true
            })
            .unwrap();
        assert!(!snapshots.is_empty());
        for snapshot in &snapshots {
            let resumed = trainer(options).resume(snapshot.clone()).train(&[], &mut |_| true).unwrap();
            assert_eq!(resumed.to_bytes(), whole.to_bytes());
        }
        let other = TrainerOptions { l2: 0.1, ..options };
        let error = trainer(other).resume(snapshots[0].clone()).train(&[], &mut |_| true).unwrap_err();
        assert!(error.to_string().contains("another training"), "{error}");
        let mut cut = snapshots[0].clone();
        cut.truncate(cut.len() / 2);
        assert!(trainer(options).resume(cut).train(&[], &mut |_| true).is_err());
    }

    #[test]
    fn what_is_not_seen_comes_from_the_prior() {
        let options = TrainerOptions { iterations: 30, ..TrainerOptions::default() };
        let shipped = NerModel::embedded().unwrap();
        let model = trainer(options).start_from(shipped).train(&[], &mut |_| true).unwrap();
        let words = ["Presiden", "Joko", "Widodo", "tiba", "di", "Surabaya"];
        assert_eq!(model.tags(&words), ["O", "B-PER", "I-PER", "O", "O", "B-LOC"]);
    }
}
