//! The stages with their options.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyDict, PyIterator, PyString, PyTuple};
use tutur::{EntityKind, NerModel, OffsetUnit, Worker};

use crate::column::{self, Column, Options, What};
use crate::dictionary::UserDictionary;
use crate::document::Document;
use crate::error::{of_kind, raise};
use crate::names;
use crate::parallel::{self, in_order};
use crate::rules::EntityRules;
use crate::span::Span;
use crate::stemmer::{Analyses, Stemmer};
use crate::tokenizer::{Token, Tokenizer};

/// The stages, ready to analyse any number of texts from any number of threads.
///
/// With default settings all pipelines of a process share the data of the package: making one costs next to nothing.
/// The interpreter is released while texts are analysed. A pickle holds all options, files included.
///
/// Args:
///     tokenizer: a tokenizer with options of its own; sentences follow its conventions.
///     stemmer: a stemmer with options of its own.
///     user_dictionary: words of your own over the lexicon.
///     rules: names and patterns of your own, which win over the model or advise it.
///     model_file: a model file of your own, as the Rust library's trainer writes it.
///     model_bytes: what such a file holds.
///     min_score: the least probability of an entity.
///     stemming: whether words are stemmed (yes, unless you say otherwise).
///     entities: whether the model looks for names (likewise).
///     layout: whether headline, dateline and page furniture are found (likewise).
///     second_look: whether names are looked at again with what the whole document says of them (likewise).
///     offsets: what offsets count: ``"chars"`` as Python strings do, ``"bytes"`` of UTF-8, or ``"utf16"``.
///
/// >>> import tutur
/// >>> pipeline = tutur.Pipeline()
/// >>> document = pipeline.process("Menteri Luar Negeri Rusia Sergey Lavrov tiba di Brussels.")
/// >>> [(e.text, e.label) for e in document.entities][-1]
/// ('Brussels', 'LOC')
#[pyclass(frozen, module = "tutur")]
pub(crate) struct Pipeline {
    pub(crate) inner: tutur::Pipeline,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) stemmer: tutur::Stemmer<'static>,
    pub(crate) unit: OffsetUnit,
    settings: Settings,
}

/// What was asked for.
struct Settings {
    tokenizer: Option<Tokenizer>,
    stemmer: Option<Stemmer>,
    words: Option<UserDictionary>,
    rules: Option<EntityRules>,
    model: Option<Arc<NerModel>>,
    min_score: Option<f32>,
    stemming: Option<bool>,
    entities: Option<bool>,
    layout: Option<bool>,
    second_look: Option<bool>,
}

impl Pipeline {
    /// The label of an entity.
    pub(crate) fn label(&self, kind: EntityKind) -> &str {
        self.settings.model.as_ref().map_or_else(|| kind.label(), |model| model.label(kind))
    }

    fn analyse(&self, worker: &mut Worker, text: &str) -> Document {
        Document::new(worker.process(text).into_owned(), self.unit, self.settings.model.clone())
    }

    /// The documents of `texts`, which Python may interrupt.
    fn batch(&self, py: Python<'_>, texts: &[PyBackedStr], threads: usize) -> PyResult<Vec<Document>> {
        let mut documents = Vec::with_capacity(texts.len());
        let mut rest = texts;
        while !rest.is_empty() {
            let (round, after) = parallel::round(rest, |text| text.len());
            rest = after;
            let worker = || self.inner.worker();
            documents.extend(py.detach(|| {
                in_order(round.len(), threads, worker, |worker, at| self.analyse(worker, &round[at]))
            }));
            py.check_signals()?;
        }
        Ok(documents)
    }

    fn stems(&self) -> PyResult<()> {
        match self.settings.stemming {
            Some(false) => Err(of_kind("config", "stemming is switched off".to_owned())),
            _ => Ok(()),
        }
    }
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (
        *, tokenizer = None, stemmer = None, user_dictionary = None, rules = None, model_file = None,
        model_bytes = None, min_score = None, stemming = None, entities = None, layout = None, second_look = None,
        offsets = "chars"
    ))]
    #[allow(clippy::too_many_arguments)] // keywords in Python
    fn new(
        tokenizer: Option<Tokenizer>,
        stemmer: Option<Stemmer>,
        user_dictionary: Option<UserDictionary>,
        rules: Option<EntityRules>,
        model_file: Option<PathBuf>,
        model_bytes: Option<Vec<u8>>,
        min_score: Option<f32>,
        stemming: Option<bool>,
        entities: Option<bool>,
        layout: Option<bool>,
        second_look: Option<bool>,
        offsets: &str,
    ) -> PyResult<Pipeline> {
        let unit = names::unit(offsets)?;
        let mut builder = tutur::Pipeline::builder();
        if let Some(tokenizer) = &tokenizer {
            builder = builder.tokenizer(tokenizer.inner.clone());
        }
        if let Some(stemmer) = &stemmer {
            builder = builder.stemmer(stemmer.inner.clone());
        }
        if let Some(words) = &user_dictionary {
            builder = builder.user_dictionary(words.build());
        }
        if let Some(rules) = &rules {
            builder = builder.rules(rules.inner.clone());
        }
        if model_file.is_some() && model_bytes.is_some() {
            let message =
                "a model file and the bytes of a model are given: entities can come from one of them";
            return Err(of_kind("config", message.to_owned()));
        }
        if let Some(path) = &model_file {
            builder = builder.model_file(path);
        }
        if let Some(bytes) = &model_bytes {
            builder = builder.model_bytes(bytes.clone());
        }
        if let Some(score) = min_score {
            builder = builder.min_score(score);
        }
        if let Some(yes) = stemming {
            builder = builder.stemming(yes);
        }
        if let Some(yes) = entities {
            builder = builder.entities(yes);
        }
        if let Some(yes) = layout {
            builder = builder.layout(yes);
        }
        if let Some(yes) = second_look {
            builder = builder.second_look(yes);
        }
        let inner = builder.build().map_err(raise)?;
        // Once more for its labels and for pickles. That it can be read the builder has found out.
        let bytes = model_file.map(std::fs::read).transpose()?.or(model_bytes);
        let model = bytes.map(NerModel::from_bytes).transpose().map_err(raise)?.map(Arc::new);
        let own = match (&stemmer, &user_dictionary) {
            (Some(stemmer), _) => stemmer.inner.clone(),
            (None, Some(words)) => {
                tutur::Stemmer::with_lexicon(tutur::Lexicon::embedded().clone().with_user(words.build()))
            }
            (None, None) => tutur::Stemmer::new(),
        };
        Ok(Pipeline {
            inner,
            tokenizer: tokenizer.clone().unwrap_or_else(|| Tokenizer::plain(unit)).in_unit(unit),
            stemmer: own,
            unit,
            settings: Settings {
                tokenizer,
                stemmer,
                words: user_dictionary,
                rules,
                model,
                min_score,
                stemming,
                entities,
                layout,
                second_look,
            },
        })
    }

    /// What its offsets count: ``"chars"``, ``"bytes"`` or ``"utf16"``.
    #[getter]
    fn offsets(&self) -> &'static str {
        names::unit_name(self.unit)
    }

    /// Analyses a text. Any text is an answer; of one of 4 GiB or more the part that 32-bit offsets reach is analysed.
    ///
    /// >>> import tutur
    /// >>> tutur.Pipeline().process("Ani tiba di Palu.")
    /// <Document 'Ani tiba di Palu.': 5 tokens, 1 sentences, 2 entities>
    fn process(&self, py: Python<'_>, text: &str) -> Document {
        py.detach(|| self.analyse(&mut self.inner.worker(), text))
    }

    /// Analyses many texts on ``threads`` threads, one a core if you do not say; the documents come in the order of the
    /// texts.
    ///
    /// >>> import tutur
    /// >>> documents = tutur.Pipeline().process_batch(["Ani tiba di Palu.", "Budi pulang."])
    /// >>> documents[1].text
    /// 'Budi pulang.'
    #[pyo3(signature = (texts, threads = None))]
    fn process_batch(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        threads: Option<NonZeroUsize>,
    ) -> PyResult<Vec<Document>> {
        let texts = texts_in(texts)?.enumerate().map(text_of).collect::<PyResult<Vec<_>>>()?;
        self.batch(py, &texts, parallel::threads(threads))
    }

    /// Analyses any number of texts, ``batch_size`` at a time on ``threads`` threads; the documents come one by one, in
    /// order, and memory does not grow with their number.
    ///
    /// >>> import tutur
    /// >>> texts = (f"Budi tiba di Palu {n} kali." for n in range(3))
    /// >>> [len(document) for document in tutur.Pipeline().process_stream(texts)]
    /// [7, 7, 7]
    #[pyo3(signature = (texts, threads = None, batch_size = 1000))]
    fn process_stream(
        slf: &Bound<'_, Self>,
        texts: &Bound<'_, PyAny>,
        threads: Option<NonZeroUsize>,
        batch_size: usize,
    ) -> PyResult<ProcessStream> {
        if batch_size == 0 {
            return Err(of_kind("config", "batch_size: expected at least 1, found 0".to_owned()));
        }
        Ok(ProcessStream {
            pipeline: slf.clone().unbind(),
            texts: texts_in(texts)?.unbind(),
            threads: parallel::threads(threads),
            batch_size,
            ready: Mutex::default(),
        })
    }

    /// The tokens of a text, without the rest: see ``Tokenizer.tokenize``.
    fn tokenize(&self, py: Python<'_>, text: &str) -> Vec<Token> {
        self.tokenizer.tokenize(py, text)
    }

    /// The sentences of a text, without the rest: see ``Tokenizer.sentences``.
    fn sentences(&self, py: Python<'_>, text: &str) -> Vec<Span> {
        self.tokenizer.sentences(py, text)
    }

    /// The root of a word: see ``Stemmer.stem``.
    ///
    /// >>> import tutur
    /// >>> tutur.Pipeline().stem("pembangunan")
    /// 'bangun'
    fn stem(&self, word: &str) -> PyResult<String> {
        self.stems()?;
        Ok(self.stemmer.stem(word).into_owned())
    }

    /// Every explanation of a word, best first: see ``Stemmer.analyze``.
    fn analyze(&self, word: &str) -> PyResult<Analyses> {
        self.stems()?;
        Ok(Analyses::of(&self.stemmer, word))
    }

    /// A column of texts with each word replaced by its root, without a look at names: fast.
    ///
    /// All column functions take a column of strings of pyarrow, Polars or pandas (plain, large, view, dictionary, or
    /// bytes in UTF-8) and answer a ``Column`` of as many rows. Nulls stay nulls. A row that fails (it is not UTF-8, or
    /// has more than ``max_bytes`` bytes) becomes null and is named in ``Column.errors``; with ``on_error="raise"`` it
    /// is a ``TuturError`` with the row's index.
    ///
    /// >>> import pyarrow, tutur
    /// >>> tutur.Pipeline().stem_column(pyarrow.array(["Mereka membaca.", None])).to_pylist()
    /// ['mereka baca.', None]
    #[pyo3(signature = (texts, *, threads = None, on_error = "null", max_bytes = 268435456))]
    fn stem_column(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        threads: Option<NonZeroUsize>,
        on_error: &str,
        max_bytes: usize,
    ) -> PyResult<Column> {
        self.stems()?;
        column::apply(py, self, What::Stem, texts, None, &Options { threads, on_error, max_bytes })
    }

    /// The tokens of a column of texts: lists of ``start``, ``end``, ``text``, ``kind``, ``stem``, ``sentence``.
    #[pyo3(signature = (texts, *, threads = None, on_error = "null", max_bytes = 268435456))]
    fn tokens_column(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        threads: Option<NonZeroUsize>,
        on_error: &str,
        max_bytes: usize,
    ) -> PyResult<Column> {
        column::apply(py, self, What::Tokens, texts, None, &Options { threads, on_error, max_bytes })
    }

    /// The sentences of a column of texts: lists of ``start``, ``end``, ``text``.
    #[pyo3(signature = (texts, *, threads = None, on_error = "null", max_bytes = 268435456))]
    fn sentences_column(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        threads: Option<NonZeroUsize>,
        on_error: &str,
        max_bytes: usize,
    ) -> PyResult<Column> {
        column::apply(py, self, What::Sentences, texts, None, &Options { threads, on_error, max_bytes })
    }

    /// The entities of a column of texts: lists of ``start``, ``end``, ``text``, ``label``, ``score``, ``chain``.
    ///
    /// >>> import pyarrow, tutur
    /// >>> column = tutur.Pipeline().entities_column(pyarrow.array(["Ani tiba di Palu."]))
    /// >>> [(e["text"], e["label"]) for e in column.to_pylist()[0]]
    /// [('Ani', 'PER'), ('Palu', 'LOC')]
    #[pyo3(signature = (texts, *, threads = None, on_error = "null", max_bytes = 268435456))]
    fn entities_column(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        threads: Option<NonZeroUsize>,
        on_error: &str,
        max_bytes: usize,
    ) -> PyResult<Column> {
        column::apply(py, self, What::Entities, texts, None, &Options { threads, on_error, max_bytes })
    }

    /// All that is found in a column of texts: structs of the lists ``layout``, ``sentences``, ``tokens``, ``entities``
    /// and ``chains``.
    #[pyo3(signature = (texts, *, threads = None, on_error = "null", max_bytes = 268435456))]
    fn process_column(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        threads: Option<NonZeroUsize>,
        on_error: &str,
        max_bytes: usize,
    ) -> PyResult<Column> {
        column::apply(py, self, What::Process, texts, None, &Options { threads, on_error, max_bytes })
    }

    /// The documents of a column of texts as JSON: see ``Document.to_json``. ``ids`` holds strings or integers.
    #[pyo3(signature = (texts, ids = None, *, threads = None, on_error = "null", max_bytes = 268435456))]
    fn json_column(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        threads: Option<NonZeroUsize>,
        on_error: &str,
        max_bytes: usize,
    ) -> PyResult<Column> {
        column::apply(py, self, What::Json, texts, ids, &Options { threads, on_error, max_bytes })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut given: Vec<String> = Vec::new();
        for (name, value) in self.options(py)? {
            let model = name.extract::<String>()? == "model_bytes";
            let value = if model { "...".to_owned() } else { value.repr()?.extract()? };
            given.push(format!("{name}={value}"));
        }
        Ok(format!("Pipeline({})", given.join(", ")))
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        Ok((PyTuple::empty(py), self.options(py)?))
    }
}

impl Pipeline {
    /// The options that differ from the default, as the constructor takes them.
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (options, set) = (PyDict::new(py), &self.settings);
        if let Some(tokenizer) = &set.tokenizer {
            options.set_item("tokenizer", tokenizer.clone())?;
        }
        if let Some(stemmer) = &set.stemmer {
            options.set_item("stemmer", stemmer.clone())?;
        }
        if let Some(words) = &set.words {
            options.set_item("user_dictionary", words.clone())?;
        }
        if let Some(rules) = &set.rules {
            options.set_item("rules", rules.clone())?;
        }
        if let Some(model) = &set.model {
            options.set_item("model_bytes", pyo3::types::PyBytes::new(py, model.to_bytes()))?;
        }
        if let Some(score) = set.min_score {
            options.set_item("min_score", score)?;
        }
        let switches = [
            ("stemming", set.stemming),
            ("entities", set.entities),
            ("layout", set.layout),
            ("second_look", set.second_look),
        ];
        for (name, yes) in switches.into_iter().filter_map(|(name, yes)| Some((name, yes?))) {
            options.set_item(name, yes)?;
        }
        if self.unit != OffsetUnit::Chars {
            options.set_item("offsets", self.offsets())?;
        }
        Ok(options)
    }
}

/// What iterates over texts. A single text would, over its letters.
fn texts_in<'py>(texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    if texts.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err("expected many texts, found a single str"));
    }
    texts.try_iter()
}

fn text_of((index, text): (usize, PyResult<Bound<'_, PyAny>>)) -> PyResult<PyBackedStr> {
    let text = text?;
    match text.cast::<PyString>() {
        Ok(text) => PyBackedStr::try_from(text.clone()),
        Err(_) => {
            let found = text.get_type().name()?;
            Err(PyTypeError::new_err(format!("texts[{index}]: expected str, found {found}")))
        }
    }
}

/// Iterator over documents, made by ``Pipeline.process_stream``.
#[pyclass(frozen, module = "tutur")]
pub(crate) struct ProcessStream {
    pipeline: Py<Pipeline>,
    texts: Py<PyIterator>,
    threads: usize,
    batch_size: usize,
    ready: Mutex<Ready>,
}

#[derive(Default)]
struct Ready {
    documents: VecDeque<Document>,
    read: usize,
}

#[pymethods]
impl ProcessStream {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Document>> {
        // Never held while Python runs: two threads that share a stream each take whole batches.
        let lock = || self.ready.lock().map_err(|_| PyRuntimeError::new_err("the stream is broken"));
        let read = {
            let mut ready = lock()?;
            if let Some(document) = ready.documents.pop_front() {
                return Ok(Some(document));
            }
            ready.read
        };
        let some = self.texts.bind(py).clone().take(self.batch_size);
        let texts =
            some.enumerate().map(|(at, text)| text_of((read + at, text))).collect::<PyResult<Vec<_>>>()?;
        let documents = self.pipeline.get().batch(py, &texts, self.threads)?;
        let mut ready = lock()?;
        ready.read += documents.len();
        ready.documents.extend(documents);
        Ok(ready.documents.pop_front())
    }
}
