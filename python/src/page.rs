//! Parts of a page: paragraphs, what is headline or furniture, the dateline.

use pyo3::prelude::*;
use tutur::{OffsetMap, OffsetUnit, pipeline as core};

use crate::document::Document;
use crate::names;
use crate::span::{Span, quoted};
use crate::view::{Sentence, gone, offsets, same};

/// A line that holds more than white space, without the white space around it.
///
/// >>> import tutur
/// >>> document = tutur.Pipeline().process("Ani tiba di Palu. Ia senang.\n\nBudi pulang.")
/// >>> [(p.text, len(p.sentences)) for p in document.paragraphs]
/// [('Ani tiba di Palu. Ia senang.', 2), ('Budi pulang.', 1)]
#[pyclass(frozen, module = "tutur")]
pub(crate) struct Paragraph {
    document: Py<Document>,
    index: usize,
}

impl Paragraph {
    pub(crate) fn of(document: &Py<Document>, py: Python<'_>, view: &core::Paragraph<'_, '_>) -> Paragraph {
        Paragraph { document: document.clone_ref(py), index: view.index() }
    }

    fn view(&self) -> PyResult<core::Paragraph<'_, '_>> {
        self.document.get().document().paragraphs().nth(self.index).ok_or_else(gone)
    }
}

#[pymethods]
impl Paragraph {
    /// The paragraph as written.
    #[getter]
    fn text(&self) -> PyResult<&str> {
        Ok(self.view()?.text())
    }

    /// Its first offset.
    #[getter]
    fn start(&self) -> PyResult<usize> {
        Ok(offsets(&self.document, self.view()?.range()).start)
    }

    /// The offset after its last.
    #[getter]
    fn end(&self) -> PyResult<usize> {
        Ok(offsets(&self.document, self.view()?.range()).end)
    }

    /// Its index in the document.
    #[getter]
    fn index(&self) -> usize {
        self.index
    }

    /// Its document.
    #[getter]
    fn document(&self, py: Python<'_>) -> Py<Document> {
        self.document.clone_ref(py)
    }

    /// What it is, where the whole of it is one part of the page (``"headline"``, ``"caption"``...); ``None`` for body.
    #[getter]
    fn kind(&self) -> PyResult<Option<&'static str>> {
        Ok(self.view()?.kind().map(|kind| kind.name()))
    }

    /// The sentences that begin in it.
    #[getter]
    fn sentences(&self, py: Python<'_>) -> PyResult<Vec<Sentence>> {
        Ok(self.view()?.sentences().map(|s| Sentence::of(&self.document, py, &s)).collect())
    }

    fn __str__(&self) -> PyResult<&str> {
        self.text()
    }

    fn __eq__(&self, other: &Paragraph) -> bool {
        self.index == other.index && same(&self.document, &other.document)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Paragraph({}, {}, {})", quoted(py, self.text()?)?, self.start()?, self.end()?))
    }
}

/// A part of a page that is no body: headline, dateline, caption or furniture.
#[pyclass(frozen, eq, hash, module = "tutur")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LayoutSpan {
    span: Span,
    kind: &'static str,
    is_boilerplate: bool,
}

impl LayoutSpan {
    pub(crate) fn new(text: &str, map: &OffsetMap<'_>, part: tutur::LayoutSpan) -> LayoutSpan {
        LayoutSpan {
            span: Span::new(text, map, part.span.range()),
            kind: part.kind.name(),
            is_boilerplate: part.kind.is_boilerplate(),
        }
    }
}

#[pymethods]
impl LayoutSpan {
    /// What it is: ``"headline"``, ``"dateline"``, ``"caption"``, ``"widget"``, ``"related"``...
    #[getter]
    fn kind(&self) -> &'static str {
        self.kind
    }

    /// Whether it is furniture of the page, no part of the article.
    #[getter]
    fn is_boilerplate(&self) -> bool {
        self.is_boilerplate
    }

    /// What is written there.
    #[getter]
    fn text(&self) -> &str {
        self.span.text()
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
        let text = quoted(py, self.text())?;
        Ok(format!("LayoutSpan({text}, '{}', {}, {})", self.kind, self.start(), self.end()))
    }
}

/// Where, when and through whom an article was filed.
///
/// >>> import tutur
/// >>> text = "Jakarta (ANTARA) - Pemerintah menaikkan anggaran pendidikan tahun depan."
/// >>> dateline = tutur.Pipeline().process(text).dateline
/// >>> dateline.place, dateline.outlet, dateline.date
/// ('Jakarta', 'ANTARA', None)
#[pyclass(frozen, eq, hash, module = "tutur")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Dateline {
    span: Span,
    place: Option<String>,
    outlet: Option<String>,
    date: Option<String>,
}

impl Dateline {
    pub(crate) fn new(found: &core::Dateline<'_>, map: &OffsetMap<'_>) -> Dateline {
        let range = map.from_byte_range(found.range());
        Dateline {
            span: Span::of(range, found.text()),
            place: found.place().map(str::to_owned),
            outlet: found.outlet().map(str::to_owned),
            date: found.date().map(str::to_owned),
        }
    }
}

#[pymethods]
impl Dateline {
    /// The dateline as written.
    #[getter]
    fn text(&self) -> &str {
        self.span.text()
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

    /// The place, or ``None``.
    #[getter]
    fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// The agency or paper, or ``None``.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.outlet.as_deref()
    }

    /// The date, or ``None``.
    #[getter]
    fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Dateline({}, {}, {})", quoted(py, self.text())?, self.start(), self.end()))
    }
}

/// Headline, dateline, caption and furniture of a page, in order. What is not listed is body.
///
/// >>> import tutur
/// >>> page = "Warga Palu Rayakan Panen Raya\nloading...\nPALU - Warga merayakan panen.\nBaca juga: Cuaca\n"
/// >>> [(p.kind, p.text) for p in tutur.layout(page)][0]
/// ('headline', 'Warga Palu Rayakan Panen Raya')
#[pyfunction]
#[pyo3(signature = (text, *, offsets = "chars"))]
pub(crate) fn layout(py: Python<'_>, text: &str, offsets: &str) -> PyResult<Vec<LayoutSpan>> {
    let unit: OffsetUnit = names::unit(offsets)?;
    Ok(py.detach(|| {
        let map = OffsetMap::new(text, unit);
        tutur::layout::layout(text).into_iter().map(|part| LayoutSpan::new(text, &map, part)).collect()
    }))
}
