//! A trained tagger as it lies in its file: quantised weights in one table, found by the hash of their attribute.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use once_cell::sync::OnceCell;

use super::lanes::{Chain, MAX_LABELS};
use super::table::Table;
use super::weights::{Prior, Weights};
use super::{EntityKind, TagScratch, TagSpan, Tagger, decode};
use crate::error::{Error, ErrorKind, Result};
use crate::wire::{Container, Kind};

/// Version 3. Sections: 0 labels (one a line), 1 step of a weight and the transitions (f32), 2 pilots (u16), 3 slots
/// (fingerprint and row offset, u32 each; 0 is empty), 4 rows (offsets as a bit mask, then one i8 a label for each
/// offset); see [`Table`]. Bump it when these, the attributes of `feature` or the tables of `resources` change their
/// meaning. Version 1 took the slot from the attribute; version 2 had no pilots and searched the slots from the place
/// that a fingerprint says.
pub const KIND: Kind = Kind { magic: b"tuturner", version: 3, name: "model" };

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
    /// Places of pilots, slots and rows in `bytes`.
    sections: [Range<usize>; 3],
    /// By which a [`TagScratch`] knows whether what it remembers is of this model.
    id: u64,
}

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

    pub(super) fn open(bytes: Cow<'static, [u8]>) -> Result<NerModel> {
        static OPENED: AtomicU64 = AtomicU64::new(0);
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
        let place = |index: usize, what: &str, unit: usize| {
            let section = file.require(index, what)?;
            if section.is_empty() || section.len() % unit != 0 {
                return Err(wrong("the tables of weights do not fit"));
            }
            let start = section.as_ptr() as usize - bytes.as_ptr() as usize;
            Ok(start..start + section.len())
        };
        let sections = [place(2, "pilots", 2)?, place(3, "slots", 8)?, place(4, "rows", 1)?];
        let allowed = allowed(&labels).into();
        let chain = Arc::new(Chain { labels: n, transitions });
        let id = 1 + OPENED.fetch_add(1, Ordering::Relaxed);
        Ok(NerModel { labels: labels.into(), chain, allowed, step, sections, id, bytes: Arc::new(bytes) })
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
        weights.model(max_bytes)
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

    /// Where the weights of attributes are looked up.
    pub(super) fn table(&self) -> Table<'_> {
        let section = |place: &Range<usize>| self.bytes.get(place.clone()).unwrap_or_default();
        let [pilots, slots, rows] = &self.sections;
        Table::new(self.chain.labels, [section(pilots), section(slots), section(rows)])
    }

    /// A number that only clones share.
    pub(super) fn id(&self) -> u64 {
        self.id
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

impl Tagger for NerModel {
    fn tag(&self, words: &[&str], scratch: &mut TagScratch, found: &mut Vec<TagSpan>) {
        decode::tag(self, words, scratch, found);
    }
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
        weights.model(1 << 20).unwrap()
    }

    #[test]
    fn a_model_is_pruned_to_nothing_and_no_further() {
        let model = small();
        for most in [0, 1, 8, 100, 1 << 20] {
            let pruned = model.pruned(most).unwrap();
            assert!(pruned.to_bytes().len() <= most.max(200) + 140, "{most}: {}", pruned.to_bytes().len());
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
