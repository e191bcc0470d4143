//! Parts of a document that lead to each other: the document and an index.

use std::ops::Range;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tutur::pipeline as core;
use tutur::{Affix, Span};

use crate::document::Document;
use crate::names;
use crate::page::Paragraph;
use crate::span::quoted;

/// A view whose index is none of its document. Documents do not change, so that this does not happen.
pub(crate) fn gone() -> PyErr {
    PyRuntimeError::new_err("the document has no such part")
}

/// Offsets of bytes as the document's user counts them.
pub(crate) fn offsets(document: &Py<Document>, bytes: Range<usize>) -> Range<usize> {
    document.get().read().map.from_byte_range(bytes)
}

/// Whether the documents are equal, one of which may be a copy of the other.
pub(crate) fn same(one: &Py<Document>, other: &Py<Document>) -> bool {
    one.is(other) || one.get().document() == other.get().document()
}

/// A view of the part of a document that the library's own view names.
macro_rules! view {
    ($name:ident, $core:ident, $getter:ident) => {
        impl $name {
            pub(crate) fn of(document: &Py<Document>, py: Python<'_>, view: &core::$core<'_, '_>) -> $name {
                $name { document: document.clone_ref(py), index: view.index() }
            }

            fn view(&self) -> PyResult<core::$core<'_, '_>> {
                self.document.get().document().$getter(self.index).ok_or_else(gone)
            }
        }
    };
}

/// A token in its document.
///
/// >>> import tutur
/// >>> token = tutur.Pipeline().process("Budi membacakan surat.")[1]
/// >>> token.text, token.stem, token.kind, token.start, token.end
/// ('membacakan', 'baca', 'word', 5, 15)
#[pyclass(frozen, module = "tutur")]
pub(crate) struct TokenView {
    document: Py<Document>,
    index: usize,
}

view!(TokenView, TokenView, token);

#[pymethods]
impl TokenView {
    /// The token as written.
    #[getter]
    fn text(&self) -> PyResult<&str> {
        Ok(self.view()?.text())
    }

    /// What it is made of: ``"word"``, ``"number"``, ``"punctuation"``...
    #[getter]
    fn kind(&self) -> PyResult<&'static str> {
        Ok(names::kind_name(self.view()?.kind()))
    }

    /// Its stem; the token as written where it is no word, or stemming is off.
    #[getter]
    fn stem(&self) -> PyResult<&str> {
        Ok(self.view()?.stem())
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

    /// Its words of syntax: itself, or its host and clitics.
    #[getter]
    fn words(&self, py: Python<'_>) -> PyResult<Vec<Word>> {
        Ok(self.view()?.words().map(|w| Word::of(&self.document, py, &w)).collect())
    }

    /// Its sentence.
    #[getter]
    fn sentence(&self, py: Python<'_>) -> PyResult<Option<Sentence>> {
        Ok(self.view()?.sentence().map(|s| Sentence::of(&self.document, py, &s)))
    }

    /// The first entity that shares a character with it, or ``None``.
    #[getter]
    fn entity(&self, py: Python<'_>) -> PyResult<Option<Entity>> {
        Ok(self.view()?.entity().map(|e| Entity::of(&self.document, py, &e)))
    }

    fn __str__(&self) -> PyResult<&str> {
        self.text()
    }

    fn __eq__(&self, other: &TokenView) -> bool {
        self.index == other.index && same(&self.document, &other.document)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (text, Range { start, end }) = (self.text()?, offsets(&self.document, self.view()?.range()));
        Ok(format!("TokenView({}, '{}', {start}, {end})", quoted(py, text)?, self.kind()?))
    }
}

/// A word of syntax: a token, or a host or clitic within one.
///
/// >>> import tutur
/// >>> [(w.text, w.lemma, w.clitic) for w in tutur.Pipeline().process("Rumahnya di Palu").words][:2]
/// [('Rumah', 'rumah', None), ('nya', 'nya', 'nya')]
#[pyclass(frozen, module = "tutur")]
pub(crate) struct Word {
    document: Py<Document>,
    /// Index of its token.
    index: usize,
    bytes: Range<usize>,
    clitic: Option<Affix>,
}

impl Word {
    pub(crate) fn of(document: &Py<Document>, py: Python<'_>, word: &core::WordView<'_, '_>) -> Word {
        let (index, bytes, clitic) = (word.token().index(), word.range(), word.clitic());
        Word { document: document.clone_ref(py), index, bytes, clitic }
    }
}

#[pymethods]
impl Word {
    /// The word as written.
    #[getter]
    fn text(&self) -> PyResult<&str> {
        self.document.get().document().text().get(self.bytes.clone()).ok_or_else(gone)
    }

    /// Its first offset.
    #[getter]
    fn start(&self) -> usize {
        offsets(&self.document, self.bytes.clone()).start
    }

    /// The offset after its last.
    #[getter]
    fn end(&self) -> usize {
        offsets(&self.document, self.bytes.clone()).end
    }

    /// Which clitic it is; ``None`` for a host or a whole token.
    #[getter]
    fn clitic(&self) -> Option<&'static str> {
        self.clitic.map(Affix::form)
    }

    /// The stem of a host or a whole token, the plain form of a clitic.
    #[getter]
    fn lemma(&self) -> PyResult<&str> {
        match self.clitic {
            Some(clitic) => Ok(clitic.form()),
            None => Ok(self.document.get().document().token(self.index).ok_or_else(gone)?.stem()),
        }
    }

    /// The token that it is, or is part of.
    #[getter]
    fn token(&self, py: Python<'_>) -> TokenView {
        TokenView { document: self.document.clone_ref(py), index: self.index }
    }

    fn __str__(&self) -> PyResult<&str> {
        self.text()
    }

    fn __eq__(&self, other: &Word) -> bool {
        self.bytes == other.bytes && self.clitic == other.clitic && same(&self.document, &other.document)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Word({}, {}, {})", quoted(py, self.text()?)?, self.start(), self.end()))
    }
}

/// A sentence. Its tokens are its length and what it iterates over.
///
/// >>> import tutur
/// >>> sentence = tutur.Pipeline().process("Ani tiba di Palu. Budi pulang.").sentences[1]
/// >>> sentence.text, [t.text for t in sentence]
/// ('Budi pulang.', ['Budi', 'pulang', '.'])
#[pyclass(frozen, module = "tutur")]
pub(crate) struct Sentence {
    document: Py<Document>,
    index: usize,
}

view!(Sentence, Sentence, sentence);

#[pymethods]
impl Sentence {
    /// The sentence as written, from its first token to its last.
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

    /// Its tokens.
    #[getter]
    fn tokens(&self, py: Python<'_>) -> PyResult<Vec<TokenView>> {
        Ok(self.view()?.tokens().map(|t| TokenView::of(&self.document, py, &t)).collect())
    }

    /// Its words of syntax.
    #[getter]
    fn words(&self, py: Python<'_>) -> PyResult<Vec<Word>> {
        Ok(self.view()?.words().map(|w| Word::of(&self.document, py, &w)).collect())
    }

    /// The entities that begin in it.
    #[getter]
    fn entities(&self, py: Python<'_>) -> PyResult<Vec<Entity>> {
        Ok(self.view()?.entities().map(|e| Entity::of(&self.document, py, &e)).collect())
    }

    /// The paragraph that it begins in.
    #[getter]
    fn paragraph(&self, py: Python<'_>) -> PyResult<Option<Paragraph>> {
        Ok(self.view()?.paragraph().map(|p| Paragraph::of(&self.document, py, &p)))
    }

    fn __len__(&self) -> PyResult<usize> {
        Ok(self.view()?.tokens().len())
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.tokens(py)?.into_pyobject(py)?.try_iter().map(Bound::into_any)
    }

    fn __str__(&self) -> PyResult<&str> {
        self.text()
    }

    fn __eq__(&self, other: &Sentence) -> bool {
        self.index == other.index && same(&self.document, &other.document)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Sentence({}, {}, {})", quoted(py, self.text()?)?, self.start()?, self.end()?))
    }
}

/// A mention of a person, an organization or a place.
///
/// >>> import tutur
/// >>> name = tutur.Pipeline().process("Sergey Lavrov tiba di Brussels.").entities[0]
/// >>> name.text, name.label, name.start, name.end
/// ('Sergey Lavrov', 'PER', 0, 13)
#[pyclass(frozen, module = "tutur")]
pub(crate) struct Entity {
    document: Py<Document>,
    index: usize,
}

view!(Entity, Entity, entity);

#[pymethods]
impl Entity {
    /// The mention as written.
    #[getter]
    fn text(&self) -> PyResult<&str> {
        Ok(self.view()?.text())
    }

    /// ``"PER"``, ``"ORG"``, ``"LOC"``, or a label of a model of your own.
    #[getter]
    fn label(&self) -> PyResult<&str> {
        Ok(self.document.get().label(self.view()?.kind()))
    }

    /// Probability, between 0 and 1, that span and label are right.
    #[getter]
    fn score(&self) -> PyResult<f32> {
        Ok(self.view()?.score())
    }

    /// Its first offset. A name may begin or end inside a token.
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

    /// The tokens that it covers, also those it covers in part.
    #[getter]
    fn tokens(&self, py: Python<'_>) -> PyResult<Vec<TokenView>> {
        Ok(self.view()?.tokens().map(|t| TokenView::of(&self.document, py, &t)).collect())
    }

    /// The sentence that it begins in.
    #[getter]
    fn sentence(&self, py: Python<'_>) -> PyResult<Option<Sentence>> {
        Ok(self.view()?.sentence().map(|s| Sentence::of(&self.document, py, &s)))
    }

    /// The paragraph that it begins in.
    #[getter]
    fn paragraph(&self, py: Python<'_>) -> PyResult<Option<Paragraph>> {
        Ok(self.view()?.paragraph().map(|p| Paragraph::of(&self.document, py, &p)))
    }

    /// Who or what is mentioned, with all other mentions.
    #[getter]
    fn chain(&self, py: Python<'_>) -> PyResult<Chain> {
        Ok(Chain::of(&self.document, py, &self.view()?.chain()))
    }

    fn __str__(&self) -> PyResult<&str> {
        self.text()
    }

    fn __eq__(&self, other: &Entity) -> bool {
        self.index == other.index && same(&self.document, &other.document)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (text, Range { start, end }) = (self.text()?, offsets(&self.document, self.view()?.range()));
        Ok(format!("Entity({}, '{}', {start}, {end})", quoted(py, text)?, self.label()?))
    }
}

/// One person, organization or place with all its mentions, which are its length and what it iterates over.
///
/// >>> import tutur
/// >>> document = tutur.Pipeline().process("Sergey Lavrov tiba di Brussels. Menurut Lavrov, rapat itu berguna.")
/// >>> [(c.name, c.label, len(c)) for c in document.chains]
/// [('Sergey Lavrov', 'PER', 2), ('Brussels', 'LOC', 1)]
#[pyclass(frozen, module = "tutur")]
pub(crate) struct Chain {
    document: Py<Document>,
    index: usize,
}

view!(Chain, Chain, chain);

impl Chain {
    fn name_span(&self) -> PyResult<Span> {
        Ok(self.view()?.name_span())
    }
}

#[pymethods]
impl Chain {
    /// Its fullest mention.
    #[getter]
    fn name(&self) -> PyResult<&str> {
        Ok(self.view()?.name())
    }

    /// As in ``Entity``.
    #[getter]
    fn label(&self) -> PyResult<&str> {
        Ok(self.document.get().label(self.view()?.kind()))
    }

    /// First offset of its fullest mention.
    #[getter]
    fn start(&self) -> PyResult<usize> {
        Ok(offsets(&self.document, self.name_span()?.range()).start)
    }

    /// The offset after the last of its fullest mention.
    #[getter]
    fn end(&self) -> PyResult<usize> {
        Ok(offsets(&self.document, self.name_span()?.range()).end)
    }

    /// Its index among the chains of the document.
    #[getter]
    fn index(&self) -> usize {
        self.index
    }

    /// Its document.
    #[getter]
    fn document(&self, py: Python<'_>) -> Py<Document> {
        self.document.clone_ref(py)
    }

    /// Its mentions in order.
    #[getter]
    fn mentions(&self, py: Python<'_>) -> PyResult<Vec<Entity>> {
        Ok(self.view()?.mentions().map(|e| Entity::of(&self.document, py, &e)).collect())
    }

    fn __len__(&self) -> PyResult<usize> {
        Ok(self.view()?.count())
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.mentions(py)?.into_pyobject(py)?.try_iter().map(Bound::into_any)
    }

    fn __str__(&self) -> PyResult<&str> {
        self.name()
    }

    fn __eq__(&self, other: &Chain) -> bool {
        self.index == other.index && same(&self.document, &other.document)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Chain({}, '{}', {} mentions)", quoted(py, self.name()?)?, self.label()?, self.__len__()?))
    }
}
