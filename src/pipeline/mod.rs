//! All stages composed: one text in, one [`Document`] out. Owns the order of the stages and what passes between them;
//! each stage's own rules live in its module.

mod builder;
mod chains;
mod dateline;
mod document;
mod evidence;
mod names;
#[cfg(feature = "serde")]
mod rebuild;
mod rules;
mod stream;
mod view;
mod worker;

use std::sync::Arc;

pub use builder::PipelineBuilder;
pub use dateline::Dateline;
pub use document::{DocBuf, Document, OwnedDocument};
pub use stream::ProcessStream;
pub use view::{
    Chain, Chains, Entities, Entity, Mentions, Paragraph, Paragraphs, Sentence, Sentences, TokenView, Tokens,
    WordView, Words,
};
pub use worker::Worker;

#[cfg(feature = "serde")]
pub(crate) use rebuild::Rebuild;

use crate::ner::Tagger;
use crate::rules::EntityRules;
use crate::stem::Stemmer;
use crate::tokenize::{SentenceSplitter, Tokenizer};

/// The stages, ready to analyse any number of texts from any number of threads.
///
/// Cheap to clone. Start-up reads no file and unpacks nothing: the data lies in the crate as it is used.
///
/// # Examples
///
/// ```
/// use tutur::{EntityKind, Pipeline};
///
/// let pipeline = Pipeline::new();
/// let document = pipeline.process("Menteri Luar Negeri Rusia Sergey Lavrov tiba di Brussels. Ia menemui pimpinan NATO.");
/// let people: Vec<_> =
///     document.entities().filter(|e| e.kind() == EntityKind::Person).map(|e| e.text()).collect();
/// assert_eq!(people, ["Sergey Lavrov"]);
/// assert_eq!(document.sentences().count(), 2);
/// assert_eq!(document.token(11).map(|t| t.stem()), Some("temu"));
/// ```
#[derive(Clone, Debug)]
pub struct Pipeline {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    tokenizer: Tokenizer,
    splitter: SentenceSplitter,
    stemmer: Option<Stemmer<'static>>,
    tagger: Option<Arc<dyn Tagger>>,
    rules: Option<EntityRules>,
    layout: bool,
    second_look: bool,
    min_score: f32,
}

impl Default for Pipeline {
    fn default() -> Pipeline {
        Pipeline::new()
    }
}

impl Pipeline {
    /// All stages with the data inside the crate.
    #[must_use]
    pub fn new() -> Pipeline {
        // The embedded model opens in every build that passed its tests; without it there are no entities.
        PipelineBuilder::default().build().unwrap_or_else(|_| PipelineBuilder::without_entities())
    }

    /// A builder to switch stages off and to replace them.
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// Analyses `text`. Never fails; of a text of 4 GiB or more the part that 32-bit offsets reach is analysed. Time and
    /// memory are linear in the length of the text.
    #[must_use]
    pub fn process<'t>(&self, text: &'t str) -> Document<'t> {
        self.worker().process(text)
    }

    /// A worker, which keeps its buffers from one text to the next. One a thread.
    #[must_use]
    pub fn worker(&self) -> Worker {
        Worker::new(self.clone())
    }

    /// Analyses many texts on all cores; the documents come in the order of the texts.
    ///
    /// # Examples
    ///
    /// ```
    /// let pipeline = tutur::Pipeline::new();
    /// let documents = pipeline.process_batch(&["Ani tiba di Palu.", "Budi pulang."]);
    /// assert_eq!(documents.len(), 2);
    /// assert_eq!(documents[1].text(), "Budi pulang.");
    /// ```
    #[cfg(feature = "rayon")]
    #[must_use]
    pub fn process_batch<'t>(&self, texts: &[&'t str]) -> Vec<Document<'t>> {
        use rayon::prelude::*;
        texts.par_iter().map_init(|| self.worker(), |worker, text| worker.process(text)).collect()
    }
}
