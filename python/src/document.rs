//! A document with its text and a map of its offsets, and what can be asked of it.

use std::sync::Arc;

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};
use self_cell::self_cell;
use tutur::render::json::JsonDocument;
use tutur::{NerModel, OffsetMap, OffsetUnit, OwnedDocument};

use crate::error::{of_kind, raise};
use crate::json;
use crate::names;
use crate::page::{Dateline, LayoutSpan, Paragraph};
use crate::view::{Chain, Entity, Sentence, TokenView, Word};

self_cell!(
    struct Cell {
        owner: OwnedDocument,
        #[covariant]
        dependent: Read,
    }
);

/// A document and the offsets that Python sees, both of the same text.
pub(crate) struct Read<'t> {
    pub(crate) document: tutur::Document<'t>,
    pub(crate) map: OffsetMap<'t>,
}

/// A text with everything the pipeline found in it.
///
/// Its tokens are its length and what it iterates over. Each part leads to the others: from an entity to its tokens,
/// sentence, chain and paragraph. Properties that give lists make a new one each time.
///
/// >>> import tutur
/// >>> document = tutur.Pipeline().process("Sergey Lavrov tiba di Brussels. Menurut Lavrov, rapat itu berguna.")
/// >>> [(e.text, e.label, e.chain.name) for e in document.entities]
/// [('Sergey Lavrov', 'PER', 'Sergey Lavrov'), ('Brussels', 'LOC', 'Brussels'), ('Lavrov', 'PER', 'Sergey Lavrov')]
/// >>> document[2].stem, len(document), len(document.sentences)
/// ('tiba', 13, 2)
#[pyclass(frozen, module = "tutur")]
pub(crate) struct Document {
    cell: Cell,
    /// The model whose labels are not ours.
    model: Option<Arc<NerModel>>,
}

impl Document {
    pub(crate) fn new(owned: OwnedDocument, unit: OffsetUnit, model: Option<Arc<NerModel>>) -> Document {
        let cell = Cell::new(owned, |owned| {
            let document = owned.as_document();
            Read { map: OffsetMap::new(document.text(), unit), document }
        });
        Document { cell, model }
    }

    pub(crate) fn read(&self) -> &Read<'_> {
        self.cell.borrow_dependent()
    }

    pub(crate) fn document(&self) -> &tutur::Document<'_> {
        &self.read().document
    }

    pub(crate) fn label(&self, kind: tutur::EntityKind) -> &str {
        self.model.as_ref().map_or_else(|| kind.label(), |model| model.label(kind))
    }

    fn id(id: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Vec<u8>>> {
        let Some(id) = id else { return Ok(None) };
        let json = match id.cast::<PyString>() {
            Ok(text) => json::string(&text.extract::<String>()?).map_err(broken)?,
            Err(_) => id.extract::<i64>()?.to_string().into_bytes(),
        };
        Ok(Some(json))
    }
}

/// What memory cannot do: JSON of our own types has no other errors.
fn broken(error: impl std::fmt::Display) -> PyErr {
    of_kind("format", error.to_string())
}

#[pymethods]
impl Document {
    /// The text.
    #[getter]
    fn text(&self) -> &str {
        self.document().text()
    }

    /// Whose conventions its tokens and sentences follow.
    #[getter]
    fn conventions(&self) -> &'static str {
        names::conventions_name(self.document().conventions())
    }

    /// What its offsets count: ``"chars"``, ``"bytes"`` or ``"utf16"``.
    #[getter]
    fn offsets(&self) -> &'static str {
        names::unit_name(self.read().map.unit())
    }

    /// All tokens in order.
    #[getter]
    fn tokens(slf: &Bound<'_, Self>) -> Vec<TokenView> {
        slf.get().document().tokens().map(|t| TokenView::of(slf.as_unbound(), slf.py(), &t)).collect()
    }

    /// The words of syntax in order: tokens, less the clitics that stand at them (``rumahnya`` is two words).
    #[getter]
    fn words(slf: &Bound<'_, Self>) -> Vec<Word> {
        slf.get().document().words().map(|w| Word::of(slf.as_unbound(), slf.py(), &w)).collect()
    }

    /// All sentences in order.
    #[getter]
    fn sentences(slf: &Bound<'_, Self>) -> Vec<Sentence> {
        slf.get().document().sentences().map(|s| Sentence::of(slf.as_unbound(), slf.py(), &s)).collect()
    }

    /// All entities in order; they do not overlap.
    #[getter]
    fn entities(slf: &Bound<'_, Self>) -> Vec<Entity> {
        slf.get().document().entities().map(|e| Entity::of(slf.as_unbound(), slf.py(), &e)).collect()
    }

    /// The entities that are right with a probability of at least ``score``.
    fn entities_above(slf: &Bound<'_, Self>, score: f32) -> Vec<Entity> {
        let found = slf.get().document().entities_above(score);
        found.map(|e| Entity::of(slf.as_unbound(), slf.py(), &e)).collect()
    }

    /// The people, organizations and places, each with all its mentions, in order of their first.
    #[getter]
    fn chains(slf: &Bound<'_, Self>) -> Vec<Chain> {
        slf.get().document().chains().map(|c| Chain::of(slf.as_unbound(), slf.py(), &c)).collect()
    }

    /// The lines that hold more than white space.
    #[getter]
    fn paragraphs(slf: &Bound<'_, Self>) -> Vec<Paragraph> {
        slf.get().document().paragraphs().map(|p| Paragraph::of(slf.as_unbound(), slf.py(), &p)).collect()
    }

    /// Headline, dateline, caption and furniture of a page, in order.
    #[getter]
    fn layout(&self) -> Vec<LayoutSpan> {
        let Read { document, map } = self.read();
        document.layout().iter().map(|l| LayoutSpan::new(document.text(), map, *l)).collect()
    }

    /// The headline, or ``None``.
    #[getter]
    fn headline(&self) -> Option<&str> {
        self.document().headline()
    }

    /// Where and through whom the article was filed, or ``None``.
    #[getter]
    fn dateline(&self) -> Option<Dateline> {
        self.document().dateline().map(|d| Dateline::new(&d, &self.read().map))
    }

    /// The sign-off of the author, or ``None``.
    #[getter]
    fn byline(&self) -> Option<&str> {
        self.document().byline()
    }

    /// The paragraphs of the article: body and datelines, without headline, captions and furniture.
    #[getter]
    fn main_text(&self) -> Vec<&str> {
        self.document().main_text().collect()
    }

    /// The token at an offset, or ``None`` in white space.
    fn token_at(slf: &Bound<'_, Self>, offset: usize) -> Option<TokenView> {
        let Read { document, map } = slf.get().read();
        let found = document.token_at(map.to_byte(offset))?;
        Some(TokenView::of(slf.as_unbound(), slf.py(), &found))
    }

    /// The entity at an offset, or ``None``.
    fn entity_at(slf: &Bound<'_, Self>, offset: usize) -> Option<Entity> {
        let Read { document, map } = slf.get().read();
        let found = document.entity_at(map.to_byte(offset))?;
        Some(Entity::of(slf.as_unbound(), slf.py(), &found))
    }

    /// The sentence at an offset, or ``None`` between sentences.
    fn sentence_at(slf: &Bound<'_, Self>, offset: usize) -> Option<Sentence> {
        let Read { document, map } = slf.get().read();
        let found = document.sentence_at(map.to_byte(offset))?;
        Some(Sentence::of(slf.as_unbound(), slf.py(), &found))
    }

    /// The tokens that share a character with ``start`` to ``end``.
    fn tokens_in(slf: &Bound<'_, Self>, start: usize, end: usize) -> Vec<TokenView> {
        let Read { document, map } = slf.get().read();
        let found = document.tokens_in(map.to_byte_range(start..end));
        found.map(|t| TokenView::of(slf.as_unbound(), slf.py(), &t)).collect()
    }

    /// The entities that share a character with ``start`` to ``end``.
    fn entities_in(slf: &Bound<'_, Self>, start: usize, end: usize) -> Vec<Entity> {
        let Read { document, map } = slf.get().read();
        let found = document.entities_in(map.to_byte_range(start..end));
        found.map(|e| Entity::of(slf.as_unbound(), slf.py(), &e)).collect()
    }

    /// The document as one line of JSON, in the shape that ``docs/formats.md`` describes. Offsets count what those of
    /// the document count, unless ``offsets`` says otherwise.
    ///
    /// With ``offsets="bytes"`` these are the bytes that the command ``corpus`` writes for it.
    ///
    /// >>> import tutur
    /// >>> tutur.Pipeline().process("").to_json(id="a1")[:35]
    /// '{"id":"a1","version":1,"offsets":"c'
    #[pyo3(signature = (id = None, *, offsets = None))]
    fn to_json(
        &self,
        py: Python<'_>,
        id: Option<&Bound<'_, PyAny>>,
        offsets: Option<&str>,
    ) -> PyResult<String> {
        let unit = offsets.map_or(Ok(self.read().map.unit()), names::unit)?;
        let id = Self::id(id)?;
        let mut line = Vec::new();
        py.detach(|| json::line(self.document(), id.as_deref(), unit, &mut line)).map_err(broken)?;
        String::from_utf8(line).map_err(broken)
    }

    /// The document as dictionaries and lists, in the shape of ``to_json``.
    ///
    /// >>> import tutur
    /// >>> tutur.Pipeline().process("Ani tiba.").to_dict()["tokens"][1]["stem"]
    /// 'tiba'
    #[pyo3(signature = (id = None, *, offsets = None))]
    fn to_dict<'py>(
        &self,
        py: Python<'py>,
        id: Option<&Bound<'py, PyAny>>,
        offsets: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.getattr("loads")?.call1((self.to_json(py, id, offsets)?,))
    }

    /// The document that ``to_json`` wrote, equal to the first.
    ///
    /// >>> import tutur
    /// >>> document = tutur.Pipeline().process("Ani tiba di Palu.")
    /// >>> tutur.Document.from_json(document.to_json()) == document
    /// True
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &str) -> PyResult<Document> {
        py.detach(|| {
            let data: JsonDocument = serde_json::from_str(json).map_err(broken)?;
            let owned = data.document().map_err(raise)?.into_owned();
            Ok(Document::new(owned, data.offsets, None))
        })
    }

    /// The document as an HTML page that needs nothing else and works from a file.
    #[pyo3(signature = (title = "tutur"))]
    fn to_html(&self, py: Python<'_>, title: &str) -> PyResult<String> {
        let mut page = String::new();
        py.detach(|| tutur::render::html(self.document(), title, &mut page)).map_err(broken)?;
        Ok(page)
    }

    /// The document in CoNLL-U.
    #[pyo3(signature = (id = "1"))]
    fn to_conllu(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        let mut out = String::new();
        py.detach(|| tutur::render::conllu(self.document(), id, &mut out)).map_err(broken)?;
        Ok(out)
    }

    fn __len__(&self) -> usize {
        self.document().tokens().len()
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn __getitem__(slf: &Bound<'_, Self>, index: isize) -> PyResult<TokenView> {
        let document = slf.get().document();
        let at = match index < 0 {
            true => document.tokens().len().checked_add_signed(index),
            false => usize::try_from(index).ok(),
        };
        let token = at.and_then(|at| document.token(at));
        let token = token.ok_or_else(|| PyIndexError::new_err("the document has no such token"))?;
        Ok(TokenView::of(slf.as_unbound(), slf.py(), &token))
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Document::tokens(slf).into_pyobject(slf.py())?.try_iter().map(Bound::into_any)
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __eq__(&self, other: &Document) -> bool {
        let alike = self.offsets() == other.offsets();
        alike && (std::ptr::eq(self, other) || self.document() == other.document())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let document = self.document();
        let mut begin: String = document.text().chars().take(40).collect();
        if begin.len() < document.text().len() {
            begin.push('…');
        }
        let (tokens, sentences) = (document.tokens().len(), document.sentences().len());
        let entities = document.entities().len();
        let text = crate::span::quoted(py, &begin)?;
        Ok(format!("<Document {text}: {tokens} tokens, {sentences} sentences, {entities} entities>"))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let read = py.get_type::<Document>().getattr("_restore")?;
        let model = self.model.as_ref().map(|model| model.to_bytes());
        Ok((read, (self.to_json(py, None, None)?, model).into_pyobject(py)?))
    }

    /// What a pickle holds, read back.
    #[staticmethod]
    fn _restore(py: Python<'_>, json: &str, model: Option<Vec<u8>>) -> PyResult<Document> {
        let mut document = Document::from_json(py, json)?;
        document.model = model.map(NerModel::from_bytes).transpose().map_err(raise)?.map(Arc::new);
        Ok(document)
    }
}
