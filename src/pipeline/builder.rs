//! Options of a [`Pipeline`].

use std::sync::Arc;

use super::{Inner, Pipeline};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::Lexicon;
use crate::ner::{NerModel, Tagger};
use crate::rules::EntityRules;
use crate::stem::Stemmer;
use crate::tokenize::{Conventions, SentenceSplitter, Tokenizer};

/// Switches stages of a [`Pipeline`] on and off, or replaces them.
///
/// # Examples
///
/// ```
/// use tutur::{Pipeline, Tokenizer};
///
/// let tokenizer = Tokenizer::builder().keep_together("Yahoo!").build()?;
/// let pipeline = Pipeline::builder().tokenizer(tokenizer).entities(false).build()?;
/// let document = pipeline.process("Ia bekerja di Yahoo! sejak lama.");
/// assert_eq!(document.entities().count(), 0);
/// assert_eq!(document.token(3).map(|t| t.text()), Some("Yahoo!"));
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct PipelineBuilder {
    tokenizer: Tokenizer,
    conventions: Conventions,
    stemmer: Stemmer<'static>,
    tagger: Option<Arc<dyn Tagger>>,
    rules: Option<EntityRules>,
    stemming: bool,
    entities: bool,
    layout: bool,
    second_look: bool,
}

impl Default for PipelineBuilder {
    fn default() -> PipelineBuilder {
        PipelineBuilder {
            tokenizer: Tokenizer::new(),
            conventions: Conventions::Default,
            stemmer: Stemmer::new(),
            tagger: None,
            rules: None,
            stemming: true,
            entities: true,
            layout: true,
            second_look: true,
        }
    }
}

impl PipelineBuilder {
    /// A tokenizer with options of its own.
    pub fn tokenizer(mut self, tokenizer: Tokenizer) -> PipelineBuilder {
        self.conventions = tokenizer.conventions();
        self.tokenizer = tokenizer;
        self
    }

    /// A stemmer with options of its own.
    pub fn stemmer(mut self, stemmer: Stemmer<'static>) -> PipelineBuilder {
        self.stemmer = stemmer;
        self
    }

    /// A lexicon of your own for the stemmer.
    pub fn lexicon(self, lexicon: Lexicon<'static>) -> PipelineBuilder {
        self.stemmer(Stemmer::with_lexicon(lexicon))
    }

    /// A tagger or a model of your own.
    pub fn tagger(mut self, tagger: impl Tagger + 'static) -> PipelineBuilder {
        self.tagger = Some(Arc::new(tagger));
        self
    }

    /// Names and patterns of your own, which win over the tagger or advise it, in the place of those given before: see
    /// [`rules`](crate::rules).
    pub fn rules(mut self, rules: EntityRules) -> PipelineBuilder {
        self.rules = Some(rules);
        self
    }

    /// Whether words are stemmed. Default: yes.
    pub fn stemming(mut self, yes: bool) -> PipelineBuilder {
        self.stemming = yes;
        self
    }

    /// Whether the tagger looks for entities. Default: yes. [Rules](Self::rules) find theirs without it too.
    pub fn entities(mut self, yes: bool) -> PipelineBuilder {
        self.entities = yes;
        self
    }

    /// Whether headline, dateline and page furniture are found. Default: yes.
    pub fn layout(mut self, yes: bool) -> PipelineBuilder {
        self.layout = yes;
        self
    }

    /// Whether names are looked at again with what the whole document says of them: a short form after the full name,
    /// an acronym after its long form. Default: yes.
    pub fn second_look(mut self, yes: bool) -> PipelineBuilder {
        self.second_look = yes;
        self
    }

    /// The pipeline.
    ///
    /// # Errors
    ///
    /// `Format` where the embedded model is needed and damaged, which the tests of a release exclude; `Config` where
    /// rules look at stems and stemming is off.
    pub fn build(self) -> Result<Pipeline> {
        if !self.stemming && self.rules.as_ref().is_some_and(EntityRules::needs_stems) {
            return Err(Error::new(
                ErrorKind::Config,
                "rules that look at stems need stemming, which is off",
            ));
        }
        let tagger = match (self.entities, self.tagger) {
            (false, _) => None,
            (true, Some(own)) => Some(own),
            (true, None) => Some(Arc::new(NerModel::embedded()?) as Arc<dyn Tagger>),
        };
        let inner = Inner {
            splitter: SentenceSplitter::with_conventions(self.conventions),
            tokenizer: self.tokenizer,
            stemmer: self.stemming.then_some(self.stemmer),
            tagger,
            rules: self.rules,
            layout: self.layout,
            second_look: self.second_look,
        };
        Ok(Pipeline { inner: Arc::new(inner) })
    }

    /// The default pipeline less its tagger, which needs nothing that could be damaged.
    pub(super) fn without_entities() -> Pipeline {
        let inner = Inner {
            tokenizer: Tokenizer::new(),
            splitter: SentenceSplitter::new(),
            stemmer: Some(Stemmer::new()),
            tagger: None,
            rules: None,
            layout: true,
            second_look: false,
        };
        Pipeline { inner: Arc::new(inner) }
    }
}
