//! Options of a [`Pipeline`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Inner, Pipeline};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::{Lexicon, UserDictionary};
use crate::ner::{NerModel, Tagger};
use crate::rules::EntityRules;
use crate::stem::Stemmer;
use crate::tokenize::{SentenceSplitter, Tokenizer};

/// Switches stages of a [`Pipeline`] on and off, or replaces them.
///
/// Everything is checked by [`build`](PipelineBuilder::build), in any order of the calls; a later call of the same method
/// replaces an earlier one.
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
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PipelineBuilder {
    tokenizer: Tokenizer,
    splitter: Option<SentenceSplitter>,
    stemmer: Option<Stemmer<'static>>,
    lexicon: Option<Lexicon<'static>>,
    words: Option<UserDictionary>,
    tagger: Option<Arc<dyn Tagger>>,
    model: Option<Model>,
    min_score: Option<f32>,
    rules: Option<EntityRules>,
    /// Whether a stage was asked for, if it was said.
    stemming: Option<bool>,
    entities: Option<bool>,
    layout: Option<bool>,
    second_look: Option<bool>,
}

/// Where a model comes from.
#[derive(Clone, Debug)]
enum Model {
    File(PathBuf),
    Bytes(Vec<u8>),
}

impl PipelineBuilder {
    /// A tokenizer with options of its own. Sentences follow its conventions unless
    /// [`sentence_splitter`](PipelineBuilder::sentence_splitter) says otherwise.
    pub fn tokenizer(mut self, tokenizer: Tokenizer) -> PipelineBuilder {
        self.tokenizer = tokenizer;
        self
    }

    /// A sentence splitter with conventions of its own.
    pub fn sentence_splitter(mut self, splitter: SentenceSplitter) -> PipelineBuilder {
        self.splitter = Some(splitter);
        self
    }

    /// A stemmer with options of its own. It brings its lexicon.
    pub fn stemmer(mut self, stemmer: Stemmer<'static>) -> PipelineBuilder {
        self.stemmer = Some(stemmer);
        self
    }

    /// A lexicon of your own for the stemmer.
    pub fn lexicon(mut self, lexicon: Lexicon<'static>) -> PipelineBuilder {
        self.lexicon = Some(lexicon);
        self
    }

    /// Words of your own over the lexicon.
    ///
    /// # Examples
    ///
    /// ```
    /// use tutur::{Pipeline, UserDictionary};
    ///
    /// let mut words = UserDictionary::new();
    /// words.root("spill");
    /// let pipeline = Pipeline::builder().user_dictionary(words).build()?;
    /// assert_eq!(pipeline.process("dispill").token(0).map(|t| t.stem()), Some("spill"));
    /// # Ok::<(), tutur::Error>(())
    /// ```
    pub fn user_dictionary(mut self, words: UserDictionary) -> PipelineBuilder {
        self.words = Some(words);
        self
    }

    /// A tagger of your own, or a model that is open already.
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

    /// A model file of your own, as [`Trainer`](crate::ner::Trainer) writes it. Read by
    /// [`build`](PipelineBuilder::build).
    pub fn model_file(mut self, path: impl AsRef<Path>) -> PipelineBuilder {
        self.model = Some(Model::File(path.as_ref().to_owned()));
        self
    }

    /// The bytes of a model file of your own.
    pub fn model_bytes(mut self, bytes: impl Into<Vec<u8>>) -> PipelineBuilder {
        self.model = Some(Model::Bytes(bytes.into()));
        self
    }

    /// The least probability of an entity; others are dropped before mentions are linked. Default: 0, which keeps all.
    ///
    /// # Examples
    ///
    /// ```
    /// use tutur::Pipeline;
    ///
    /// let text = "Ani tiba di Palu bersama Budi Santoso.";
    /// let sure = Pipeline::builder().min_score(0.9).build()?;
    /// assert!(sure.process(text).entities().all(|e| e.score() >= 0.9));
    /// assert!(Pipeline::builder().min_score(90.0).build().is_err());
    /// # Ok::<(), tutur::Error>(())
    /// ```
    pub fn min_score(mut self, probability: f32) -> PipelineBuilder {
        self.min_score = Some(probability);
        self
    }

    /// Whether words are stemmed. Default: yes.
    pub fn stemming(mut self, yes: bool) -> PipelineBuilder {
        self.stemming = Some(yes);
        self
    }

    /// Whether the tagger looks for entities. Default: yes. [Rules](Self::rules) find theirs without it too.
    pub fn entities(mut self, yes: bool) -> PipelineBuilder {
        self.entities = Some(yes);
        self
    }

    /// Whether headline, dateline and page furniture are found. Default: yes.
    pub fn layout(mut self, yes: bool) -> PipelineBuilder {
        self.layout = Some(yes);
        self
    }

    /// Whether names are looked at again with what the whole document says of them: a short form after the full name,
    /// an acronym after its long form. Default: yes, where entities are found.
    pub fn second_look(mut self, yes: bool) -> PipelineBuilder {
        self.second_look = Some(yes);
        self
    }

    /// The pipeline.
    ///
    /// # Errors
    ///
    /// `Config` where two settings contradict each other (a stage switched off and replaced, two taggers, a stemmer and a
    /// lexicon, rules that look at stems without stemming), or the least probability lies outside 0 and 1. `Io` where the
    /// model file cannot be read; `Format`, `Version`, `Checksum` or `Truncated` where it is no model of this release.
    /// The message names the file.
    ///
    /// # Examples
    ///
    /// ```
    /// use tutur::{ErrorKind, Pipeline};
    ///
    /// let error = Pipeline::builder().entities(false).model_file("model.bin").build().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Config);
    /// assert_eq!(error.to_string(), "entities are switched off, but a model is given");
    /// ```
    pub fn build(self) -> Result<Pipeline> {
        self.check()?;
        let tagger = match (self.entities.unwrap_or(true), &self.tagger) {
            (false, _) => None,
            (true, Some(own)) => Some(own.clone()),
            (true, None) => Some(Arc::new(Model::open(self.model.as_ref())?) as Arc<dyn Tagger>),
        };
        Ok(self.assemble(tagger))
    }

    /// The pipeline of settings that go together.
    fn assemble(self, tagger: Option<Arc<dyn Tagger>>) -> Pipeline {
        let stemmer = self.stemmer.unwrap_or_else(|| {
            let lexicon = self.lexicon.unwrap_or_else(|| Lexicon::embedded().clone());
            Stemmer::with_lexicon(match self.words {
                Some(words) => lexicon.with_user(words),
                None => lexicon,
            })
        });
        let conventions = self.tokenizer.conventions();
        let inner = Inner {
            splitter: self.splitter.unwrap_or_else(|| SentenceSplitter::with_conventions(conventions)),
            tokenizer: self.tokenizer,
            stemmer: self.stemming.unwrap_or(true).then_some(stemmer),
            tagger,
            layout: self.layout.unwrap_or(true),
            second_look: self.second_look.unwrap_or(true),
            min_score: self.min_score.unwrap_or(0.0),
            rules: self.rules,
        };
        Pipeline { inner: Arc::new(inner) }
    }

    /// Whether the settings go together.
    fn check(&self) -> Result<()> {
        let wrong = |message: String| Err(Error::new(ErrorKind::Config, message));
        let given = |pairs: &[(bool, &'static str)]| pairs.iter().find(|p| p.0).map(|p| p.1);
        let (tagger, model) = (self.tagger.is_some(), self.model.is_some());
        let (lexicon, words) = (self.lexicon.is_some(), self.words.is_some());
        let for_entities = [
            (tagger, "a tagger is given"),
            (model, "a model is given"),
            (self.min_score.is_some(), "a least probability is given"),
            (self.second_look == Some(true), "a second look at them is asked for"),
        ];
        if self.entities == Some(false)
            && let Some(given) = given(&for_entities)
        {
            return wrong(format!("entities are switched off, but {given}"));
        }
        let for_stems = [
            (self.stemmer.is_some(), "a stemmer is given"),
            (lexicon, "a lexicon is given"),
            (words, "a user dictionary is given"),
        ];
        if self.stemming == Some(false)
            && let Some(given) = given(&for_stems)
        {
            return wrong(format!("stemming is switched off, but {given}"));
        }
        if self.stemming == Some(false) && self.rules.as_ref().is_some_and(EntityRules::needs_stems) {
            return wrong("stemming is switched off, but rules look at stems".to_owned());
        }
        if tagger && model {
            return wrong("a tagger and a model are given: entities can come from one of them".to_owned());
        }
        if self.stemmer.is_some() && (lexicon || words) {
            return wrong(
                "a stemmer and words for it are given: a stemmer brings its own lexicon".to_owned(),
            );
        }
        match self.min_score {
            Some(score) if !(0.0..=1.0).contains(&score) => {
                wrong(format!("the least probability lies between 0 and 1, found {score}"))
            }
            _ => Ok(()),
        }
    }

    /// The default pipeline less its tagger, which needs nothing that could be damaged.
    pub(super) fn without_entities() -> Pipeline {
        PipelineBuilder::default().assemble(None)
    }
}

impl Model {
    /// The model, or the one in the crate.
    fn open(model: Option<&Model>) -> Result<NerModel> {
        match model {
            None => NerModel::embedded(),
            Some(Model::Bytes(bytes)) => NerModel::from_bytes(bytes.clone()),
            Some(Model::File(path)) => {
                let bytes = std::fs::read(path).map_err(|e| {
                    Error::new(ErrorKind::Io, format!("cannot read the model: {e}"))
                        .with_source(e)
                        .at(path.display())
                })?;
                NerModel::from_bytes(bytes).map_err(|e| e.at(path.display()))
            }
        }
    }
}
