//! Tokens and sentences without the rest of the pipeline.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use tutur::{OffsetMap, OffsetUnit};

use crate::error::raise;
use crate::names;
use crate::span::Span;

/// Splits a text into tokens and sentences.
///
/// Cheap to make and to share between threads. Any text is an answer; tokens and the white space between them rebuild
/// the text.
///
/// Args:
///     conventions: ``"default"``, or ``"ud_gsd"`` as the treebank UD Indonesian GSD cuts tokens and sentences.
///     abbreviations: forms that keep their full stop and never end a sentence, such as ``"Bpk."``.
///     keep_together: forms that are one token wherever a token may begin with them.
///     patterns: pairs of a kind of token and a regular expression (syntax of the Rust crate ``regex``).
///     offsets: what offsets count: ``"chars"`` as Python strings do, ``"bytes"`` of UTF-8, or ``"utf16"``.
///
/// >>> import tutur
/// >>> [t.text for t in tutur.Tokenizer().tokenize("Dr. Ani membayar Rp25.000,00.")]
/// ['Dr.', 'Ani', 'membayar', 'Rp', '25.000,00', '.']
#[pyclass(frozen, module = "tutur", from_py_object)]
#[derive(Clone, Debug)]
pub(crate) struct Tokenizer {
    pub(crate) inner: tutur::Tokenizer,
    abbreviations: Vec<String>,
    keep_together: Vec<String>,
    patterns: Vec<(String, String)>,
    unit: OffsetUnit,
}

#[pymethods]
impl Tokenizer {
    #[new]
    #[pyo3(signature = (
        *, conventions = "default", abbreviations = Vec::new(), keep_together = Vec::new(), patterns = Vec::new(),
        offsets = "chars"
    ))]
    fn new(
        conventions: &str,
        abbreviations: Vec<String>,
        keep_together: Vec<String>,
        patterns: Vec<(String, String)>,
        offsets: &str,
    ) -> PyResult<Tokenizer> {
        let mut builder = tutur::Tokenizer::builder().conventions(names::conventions(conventions)?);
        for form in &abbreviations {
            builder = builder.abbreviation(form);
        }
        for form in &keep_together {
            builder = builder.keep_together(form);
        }
        for (kind, pattern) in &patterns {
            builder = builder.pattern(names::token_kind(kind)?, pattern);
        }
        let (inner, unit) = (builder.build().map_err(raise)?, names::unit(offsets)?);
        Ok(Tokenizer { inner, abbreviations, keep_together, patterns, unit })
    }

    /// The tokens of a text, in order.
    ///
    /// >>> import tutur
    /// >>> tutur.Tokenizer().tokenize("NATO-Rusia.")
    /// [Token('NATO-Rusia', 'word', 0, 10), Token('.', 'punctuation', 10, 11)]
    pub(crate) fn tokenize(&self, py: Python<'_>, text: &str) -> Vec<Token> {
        py.detach(|| {
            let map = OffsetMap::new(text, self.unit);
            let token = |t: tutur::Token<'_>| Token {
                span: Span::new(text, &map, t.range()),
                kind: names::kind_name(t.kind()),
            };
            self.inner.tokenize(text).map(token).collect()
        })
    }

    /// The sentences of a text, in order, without the white space around them.
    ///
    /// >>> import tutur
    /// >>> [s.text for s in tutur.Tokenizer().sentences("Hujan turun pukul 09.30. Budi pulang.")]
    /// ['Hujan turun pukul 09.30.', 'Budi pulang.']
    pub(crate) fn sentences(&self, py: Python<'_>, text: &str) -> Vec<Span> {
        py.detach(|| {
            let map = OffsetMap::new(text, self.unit);
            self.inner.sentences(text).map(|s| Span::new(text, &map, s.range())).collect()
        })
    }

    /// Whose conventions it follows: ``"default"`` or ``"ud_gsd"``.
    #[getter]
    fn conventions(&self) -> &'static str {
        names::conventions_name(self.inner.conventions())
    }

    /// What its offsets count.
    #[getter]
    fn offsets(&self) -> &'static str {
        names::unit_name(self.unit)
    }

    fn __repr__(&self) -> String {
        format!("Tokenizer(conventions='{}', offsets='{}')", self.conventions(), self.offsets())
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let options = PyDict::new(py);
        options.set_item("conventions", self.conventions())?;
        options.set_item("abbreviations", &self.abbreviations)?;
        options.set_item("keep_together", &self.keep_together)?;
        options.set_item("patterns", &self.patterns)?;
        options.set_item("offsets", self.offsets())?;
        Ok((PyTuple::empty(py), options))
    }
}

impl Tokenizer {
    /// The tokenizer of a pipeline without options, whose offsets count `unit`.
    pub(crate) fn plain(unit: OffsetUnit) -> Tokenizer {
        let (abbreviations, keep_together, patterns) = (Vec::new(), Vec::new(), Vec::new());
        Tokenizer { inner: tutur::Tokenizer::new(), abbreviations, keep_together, patterns, unit }
    }

    /// The same tokenizer with offsets in `unit`.
    pub(crate) fn in_unit(mut self, unit: OffsetUnit) -> Tokenizer {
        self.unit = unit;
        self
    }
}

/// A token: a word, a number, a mark.
///
/// >>> import tutur
/// >>> token = tutur.Tokenizer().tokenize("Ani tiba.")[1]
/// >>> token.text, token.kind, token.start, token.end
/// ('tiba', 'word', 4, 8)
#[pyclass(frozen, eq, hash, module = "tutur")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Token {
    span: Span,
    kind: &'static str,
}

#[pymethods]
impl Token {
    /// The token as written.
    #[getter]
    fn text(&self) -> &str {
        self.span.text()
    }

    /// What it is made of: ``"word"``, ``"number"``, ``"punctuation"``...
    #[getter]
    fn kind(&self) -> &'static str {
        self.kind
    }

    /// Its first offset.
    #[getter]
    fn start(&self) -> usize {
        self.span.start()
    }

    /// The offset after its last.
    #[getter]
    fn end(&self) -> usize {
        self.span.end()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let text = crate::span::quoted(py, self.text())?;
        Ok(format!("Token({text}, '{}', {}, {})", self.kind, self.start(), self.end()))
    }
}
