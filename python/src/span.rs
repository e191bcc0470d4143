//! A range of offsets with its text.

use std::ops::Range;

use pyo3::prelude::*;
use pyo3::types::PyString;
use tutur::OffsetMap;

/// A part of a text: its offsets and what is written there.
///
/// >>> import tutur
/// >>> part = tutur.Tokenizer().sentences("Ani tiba. Budi pulang.")[1]
/// >>> part.start, part.end, part.text
/// (10, 22, 'Budi pulang.')
#[pyclass(frozen, eq, hash, module = "tutur")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    start: usize,
    end: usize,
    text: String,
}

impl Span {
    /// The part `bytes` of `text`, with the offsets of `map`.
    pub(crate) fn new(text: &str, map: &OffsetMap<'_>, bytes: Range<usize>) -> Span {
        Span::of(map.from_byte_range(bytes.clone()), text.get(bytes).unwrap_or_default())
    }

    /// `text` at these offsets.
    pub(crate) fn of(offsets: Range<usize>, text: &str) -> Span {
        Span { start: offsets.start, end: offsets.end, text: text.to_owned() }
    }
}

#[pymethods]
impl Span {
    /// The first offset.
    #[getter]
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// The offset after the last.
    #[getter]
    pub(crate) fn end(&self) -> usize {
        self.end
    }

    /// What is written there.
    #[getter]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    fn __len__(&self) -> usize {
        self.end - self.start
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Span({}, {}, {})", self.start, self.end, quoted(py, &self.text)?))
    }
}

/// `text` as Python writes it in code.
pub(crate) fn quoted(py: Python<'_>, text: &str) -> PyResult<String> {
    PyString::new(py, text).repr()?.extract()
}
