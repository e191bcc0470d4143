//! Roots of words, and how they are found.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyDict, PyTuple};
use tutur::{Affix, TokenKind};

use crate::dictionary::UserDictionary;
use crate::names;

/// Finds the root of a word, and explains it.
///
/// Cheap to make and to share between threads.
///
/// Args:
///     unknown: what to do with words that reach no known root: ``"leave_whole"`` or ``"best_guess"``.
///     informal: whether informal spelling is understood (``gak``, ``ngebantu``).
///     user_dictionary: words of your own over the lexicon.
///
/// >>> import tutur
/// >>> stemmer = tutur.Stemmer()
/// >>> stemmer.stem("memperjuangkan"), stemmer.stem("buku-buku")
/// ('juang', 'buku')
#[pyclass(frozen, module = "tutur", from_py_object)]
#[derive(Clone, Debug)]
pub(crate) struct Stemmer {
    pub(crate) inner: tutur::Stemmer<'static>,
    unknown: String,
    informal: bool,
    words: Option<UserDictionary>,
}

#[pymethods]
impl Stemmer {
    #[new]
    #[pyo3(signature = (*, unknown = "leave_whole", informal = true, user_dictionary = None))]
    fn new(unknown: &str, informal: bool, user_dictionary: Option<UserDictionary>) -> PyResult<Stemmer> {
        let mut lexicon = tutur::Lexicon::embedded().clone();
        if let Some(words) = &user_dictionary {
            lexicon = lexicon.with_user(words.build());
        }
        let stemmer = tutur::Stemmer::with_lexicon(lexicon);
        let inner = stemmer.unknown(names::unknown(unknown)?).informal(informal);
        Ok(Stemmer { inner, unknown: unknown.to_owned(), informal, words: user_dictionary })
    }

    /// The root of a word, in lower case. A word without a known root is its own stem.
    ///
    /// >>> import tutur
    /// >>> tutur.Stemmer().stem("keberhasilannya")
    /// 'hasil'
    pub(crate) fn stem(&self, word: &str) -> String {
        self.inner.stem(word).into_owned()
    }

    /// The roots of many words; ``None`` stays ``None``.
    ///
    /// >>> import tutur
    /// >>> tutur.Stemmer().stem_batch(["membaca", None, "berlari"])
    /// ['baca', None, 'lari']
    fn stem_batch(&self, py: Python<'_>, words: Vec<Option<PyBackedStr>>) -> Vec<Option<String>> {
        py.detach(|| words.iter().map(|w| w.as_ref().map(|w| self.stem(w))).collect())
    }

    /// A text with each word replaced by its root; white space, numbers and marks stay as they are.
    ///
    /// >>> import tutur
    /// >>> tutur.Stemmer().stem_text("Mereka membacakan buku-buku itu.")
    /// 'mereka baca buku itu.'
    fn stem_text(&self, py: Python<'_>, text: &str) -> String {
        let mut out = String::new();
        py.detach(|| stem_text(&tutur::Tokenizer::new(), &self.inner, text, &mut out));
        out
    }

    /// Every explanation of a word, best first.
    ///
    /// >>> import tutur
    /// >>> str(tutur.Stemmer().analyze("memperkuatkan").best)
    /// 'meN+per+kuat+kan'
    fn analyze(&self, word: &str) -> Analyses {
        Analyses::of(&self.inner, word)
    }

    fn __repr__(&self) -> String {
        let informal = if self.informal { "True" } else { "False" };
        format!("Stemmer(unknown='{}', informal={informal})", self.unknown)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let options = PyDict::new(py);
        options.set_item("unknown", &self.unknown)?;
        options.set_item("informal", self.informal)?;
        options.set_item("user_dictionary", self.words.clone())?;
        Ok((PyTuple::empty(py), options))
    }
}

/// Puts `text` into `out`, with each word replaced by its root.
pub(crate) fn stem_text(
    tokenizer: &tutur::Tokenizer,
    stemmer: &tutur::Stemmer<'_>,
    text: &str,
    out: &mut String,
) {
    out.clear();
    let mut at = 0;
    for token in tokenizer.tokenize(text).filter(|t| t.kind() == TokenKind::Word) {
        out.push_str(text.get(at..token.range().start).unwrap_or_default());
        out.push_str(&stemmer.stem(token.text()));
        at = token.range().end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
}

/// All explanations of a word, best first; never empty.
///
/// >>> import tutur
/// >>> analyses = tutur.Stemmer().analyze("mengukur")
/// >>> [a.root for a in analyses][0] == analyses.best.root
/// True
#[pyclass(frozen, eq, module = "tutur")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Analyses {
    all: Vec<Analysis>,
    confidence: f32,
}

impl Analyses {
    pub(crate) fn of(stemmer: &tutur::Stemmer<'_>, word: &str) -> Analyses {
        let (found, lower) = (stemmer.analyze(word), word.to_lowercase());
        let all = found.iter().map(|a| Analysis { word: lower.clone(), inner: a.clone() }).collect();
        Analyses { confidence: found.confidence(), all }
    }
}

#[pymethods]
impl Analyses {
    /// The best explanation, whose root is what ``Stemmer.stem`` answers.
    #[getter]
    fn best(&self) -> PyResult<Analysis> {
        self.__getitem__(0)
    }

    /// How likely the best root is right, from 0 to 1.
    #[getter]
    fn confidence(&self) -> f32 {
        self.confidence
    }

    fn __len__(&self) -> usize {
        self.all.len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.all.clone().into_pyobject(py)?.try_iter().map(Bound::into_any)
    }

    fn __getitem__(&self, index: isize) -> PyResult<Analysis> {
        let at =
            if index < 0 { self.all.len().checked_add_signed(index) } else { usize::try_from(index).ok() };
        let found = at.and_then(|at| self.all.get(at));
        found.cloned().ok_or_else(|| PyIndexError::new_err("there is no such explanation"))
    }

    fn __repr__(&self) -> String {
        let all: Vec<_> = self.all.iter().map(|a| a.inner.to_string()).collect();
        format!("Analyses({})", all.join(", "))
    }
}

/// One explanation of a word.
///
/// >>> import tutur
/// >>> best = tutur.Stemmer().analyze("memperkuatnya").best
/// >>> best.root, best.prefixes, best.suffixes, best.segments
/// ('kuat', ['meN', 'per'], ['nya'], [('meN', 'mem'), ('per', 'per'), (None, 'kuat'), ('nya', 'nya')])
#[pyclass(frozen, eq, module = "tutur")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Analysis {
    /// In lower case, as segments count.
    word: String,
    inner: tutur::Analysis,
}

fn forms(affixes: &[Affix]) -> Vec<&'static str> {
    affixes.iter().map(|a| a.form()).collect()
}

#[pymethods]
impl Analysis {
    /// The root, in lower case.
    #[getter]
    fn root(&self) -> &str {
        self.inner.root()
    }

    /// Prefixes and proclitics, outermost first.
    #[getter]
    fn prefixes(&self) -> Vec<&'static str> {
        forms(self.inner.prefixes())
    }

    /// The infix, or ``None``.
    #[getter]
    fn infix(&self) -> Option<&'static str> {
        self.inner.infix().map(Affix::form)
    }

    /// Suffixes, enclitics and particles, in the order they are written.
    #[getter]
    fn suffixes(&self) -> Vec<&'static str> {
        forms(self.inner.suffixes())
    }

    /// How the base is repeated, or ``None``: ``"full"``, ``"affixed"``, ``"sound_changing"``, ``"partial"``,
    /// ``"numeral"``.
    #[getter]
    fn reduplication(&self) -> Option<&'static str> {
        self.inner.reduplication().map(names::reduplication)
    }

    /// The parts of the word in lower case, each with the affix that it is; ``None`` for the root.
    #[getter]
    fn segments(&self) -> Vec<(Option<&'static str>, &str)> {
        let written = |range| self.word.get::<std::ops::Range<usize>>(range).unwrap_or_default();
        self.inner.segments().iter().map(|s| (s.affix().map(Affix::form), written(s.range()))).collect()
    }

    /// Whether the root stands in the lexicon.
    #[getter]
    fn is_known(&self) -> bool {
        self.inner.is_known()
    }

    /// Whether the word is spelled or built as informal speech only.
    #[getter]
    fn is_informal(&self) -> bool {
        self.inner.is_informal()
    }

    /// What the explanation costs; lower is better, and only differences mean anything.
    #[getter]
    fn cost(&self) -> i32 {
        self.inner.cost()
    }

    fn __str__(&self) -> String {
        self.inner.to_string()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Analysis({})", crate::span::quoted(py, &self.inner.to_string())?))
    }
}
