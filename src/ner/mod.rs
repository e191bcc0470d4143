//! People, organizations and places: features of a token window, a linear-chain conditional random field, its decoder
//! and its trainer. Knows tokens; knows nothing of documents.
//!
//! # A tagger of your own
//!
//! Labels are yours; sentences come from a file of `word<TAB>tag` lines (IOB2) with a blank line between sentences:
//!
//! ```
//! use tutur::Pipeline;
//! use tutur::ner::{ConllReader, EntityKind, NerModel, Repair, Trainer, TrainerOptions};
//!
//! let file = "Saya\tO\nmakan\tO\nsate\tB-FOOD\nkambing\tI-FOOD\n\nDiana\tB-PER\nmasak\tO\nrendang\tB-FOOD\n.\tO\n\n".repeat(20);
//! let sentences = ConllReader::new(file.as_bytes(), "makanan.conll", Repair::Strict).read_all()?;
//! let mut trainer = Trainer::new(TrainerOptions::default()).start_from(NerModel::embedded()?);
//! trainer.add(&sentences, 1.0)?;
//! let model = trainer.train(&[], &mut |_| true)?;
//! std::fs::write(std::env::temp_dir().join("makanan.bin"), model.to_bytes())?;
//! let pipeline = Pipeline::builder().tagger(model.clone()).build()?;
//! let document = pipeline.process("Sergey Lavrov makan rendang.");
//! let found: Vec<_> = document.entities().map(|e| (e.text(), model.label(e.kind()))).collect();
//! assert_eq!(found, [("Sergey Lavrov", "PER"), ("rendang", "FOOD")]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `PER` begins with what the shipped model knows, `FOOD` like `O`. The same from the command line: `examples/train`, then
//! `analyze --model makanan.bin`.

mod conll;
#[cfg(test)]
mod damage;
mod decode;
mod evaluate;
mod feature;
mod lanes;
mod memo;
mod model;
mod resources;
mod scorer;
mod table;
// Learns from data that it has laid out itself; a model that is opened never passes through it.
#[allow(clippy::indexing_slicing)]
mod train;
mod units;
mod weights;
mod word;

pub use conll::{ConllReader, LabeledSentence, Repair};
pub use decode::{TagScratch, TagSpan};
pub use evaluate::{Bin, Evaluation, Score};
pub use feature::FeatureGroup;
pub use model::{KIND as MODEL_FILE_KIND, NerModel};
pub use resources::{Compiler as NamesCompiler, KIND as NAMES_FILE_KIND, NameClass, Usage, WordFacts};
pub use train::{Family, Progress, Trainer, TrainerOptions};
pub use units::units;

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// What kind of name an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum EntityKind {
    /// A person: `Oana Lungescu`.
    #[cfg_attr(feature = "serde", serde(rename = "PER"))]
    Person,
    /// An organization: `Komisi Pemberantasan Korupsi`.
    #[cfg_attr(feature = "serde", serde(rename = "ORG"))]
    Organization,
    /// A place: `Jalan Medan Merdeka Barat`.
    #[cfg_attr(feature = "serde", serde(rename = "LOC"))]
    Location,
    /// A label of a model trained on other labels; [`NerModel::label`] names it.
    #[cfg_attr(feature = "serde", serde(rename = "OTHER"))]
    Other(u8),
}

impl EntityKind {
    /// The label in data and output: `PER`, `ORG`, `LOC`; `OTHER` for a label of a user's model.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            EntityKind::Person => "PER",
            EntityKind::Organization => "ORG",
            EntityKind::Location => "LOC",
            EntityKind::Other(_) => "OTHER",
        }
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl FromStr for EntityKind {
    type Err = Error;

    fn from_str(label: &str) -> Result<EntityKind, Error> {
        match label {
            "PER" => Ok(EntityKind::Person),
            "ORG" => Ok(EntityKind::Organization),
            "LOC" => Ok(EntityKind::Location),
            other => Err(Error::new(ErrorKind::Format, format!("expected PER, ORG or LOC, found {other:?}"))),
        }
    }
}

/// Finds the entities of one sentence. Implement it to put a tagger of your own into the pipeline.
pub trait Tagger: Send + Sync + fmt::Debug {
    /// Appends the entities among `words` (the units of one sentence as written) to `found`, in order, without overlap.
    /// `scratch` is reused between calls so that a warm tagger need not allocate.
    fn tag(&self, words: &[&str], scratch: &mut TagScratch, found: &mut Vec<TagSpan>);
}
