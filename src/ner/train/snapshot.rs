//! The state of a training, to go on after an interruption.

use super::Trainer;
use super::data::Data;
use crate::error::{Error, ErrorKind, Result};
use crate::ner::conll::LabeledSentence;
use crate::text::hash;
use crate::wire::{Container, Kind, write};

/// Version 1. Sections: 0 iteration, 1 weights (f64), 2 best score and its iteration, 3 best weights; 2 and 3 are empty
/// where none was measured.
const KIND: Kind = Kind { magic: b"tuturtrn", version: 1, name: "training snapshot" };

/// Where a search stands.
pub(super) struct State {
    pub(super) iteration: usize,
    pub(super) x: Vec<f64>,
    /// F1, iteration and weights of the best so far.
    pub(super) best: Option<(f64, usize, Vec<f64>)>,
}

impl State {
    pub(super) fn to_bytes(&self, identity: u64) -> Result<Vec<u8>> {
        let floats = |x: &[f64]| -> Vec<u8> { x.iter().flat_map(|w| w.to_le_bytes()).collect() };
        let number = |n: usize| (n as u64).to_le_bytes().to_vec();
        let best = self.best.as_ref();
        let score = best.map(|b| [b.0.to_le_bytes().to_vec(), number(b.1)].concat()).unwrap_or_default();
        let weights = best.map(|b| floats(&b.2)).unwrap_or_default();
        write(KIND, identity, &[number(self.iteration), floats(&self.x), score, weights])
    }

    /// # Errors
    ///
    /// Where the bytes are damaged, or of a training with other sentences or options.
    pub(super) fn from_bytes(bytes: &[u8], identity: u64, size: usize) -> Result<State> {
        let file = Container::open(bytes, KIND)?;
        file.verify()?;
        let floats = |section: &[u8]| -> Vec<f64> {
            section.as_chunks::<8>().0.iter().map(|b| f64::from_le_bytes(*b)).collect()
        };
        let number = |section: &[u8]| {
            section.first_chunk::<8>().and_then(|b| usize::try_from(u64::from_le_bytes(*b)).ok())
        };
        let x = floats(file.require(1, "weights")?);
        if file.source_hash() != identity || x.len() != size {
            let message = "the snapshot is of another training: expected the same sentences and options";
            return Err(Error::new(ErrorKind::Format, message));
        }
        let damaged = || Error::new(ErrorKind::Format, "the training snapshot is damaged");
        let iteration = number(file.require(0, "iteration")?).ok_or_else(damaged)?;
        let score = file.require(2, "best score")?;
        let best = match score.split_first_chunk::<8>() {
            None => None,
            Some((f1, rest)) => {
                let weights = floats(file.require(3, "best weights")?);
                let at = number(rest).filter(|_| weights.len() == size).ok_or_else(damaged)?;
                Some((f64::from_le_bytes(*f1), at, weights))
            }
        };
        Ok(State { iteration, x, best })
    }
}

/// A hash of everything that decides the way of a training.
pub(super) fn identity(trainer: &Trainer, data: &Data, dev: &[LabeledSentence]) -> u64 {
    let mut all = format!("{:?} {:?} {}", trainer.options, trainer.without, data.size());
    for (words, tags, weight) in &trainer.sentences {
        all.push_str(&format!("{words:?}{tags:?}{weight}"));
    }
    dev.iter().for_each(|s| all.push_str(&format!("{:?}{:?}", s.words, s.tags)));
    let prior = trainer.prior.as_ref().map_or(0, |model| hash(model.to_bytes()));
    hash(all.as_bytes()) ^ prior
}
