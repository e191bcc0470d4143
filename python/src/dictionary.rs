//! A user's own words.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::error::raise;

/// Words of your own over the lexicon.
///
/// Args:
///     roots: roots that affixes may stand at.
///     wholes: words that are never taken apart.
///     exceptions: words with the stem they have.
///     tsv: rows ``root WORD``, ``whole WORD``, ``exception WORD STEM``, divided by tabs.
///
/// >>> import tutur
/// >>> words = tutur.UserDictionary(roots=["spill"])
/// >>> tutur.Stemmer(user_dictionary=words).stem("dispill")
/// 'spill'
#[pyclass(frozen, module = "tutur", from_py_object)]
#[derive(Clone, Debug)]
pub(crate) struct UserDictionary {
    roots: Vec<String>,
    wholes: Vec<String>,
    exceptions: BTreeMap<String, String>,
    tsv: String,
    read: tutur::UserDictionary,
}

#[pymethods]
impl UserDictionary {
    #[new]
    #[pyo3(signature = (*, roots = Vec::new(), wholes = Vec::new(), exceptions = BTreeMap::new(), tsv = ""))]
    fn new(
        roots: Vec<String>,
        wholes: Vec<String>,
        exceptions: BTreeMap<String, String>,
        tsv: &str,
    ) -> PyResult<UserDictionary> {
        let read = tutur::UserDictionary::from_tsv(tsv.as_bytes()).map_err(raise)?;
        Ok(UserDictionary { roots, wholes, exceptions, tsv: tsv.to_owned(), read })
    }

    fn __repr__(&self) -> String {
        let (roots, wholes, exceptions) = (self.roots.len(), self.wholes.len(), self.exceptions.len());
        let rows = self.tsv.lines().count();
        format!("<UserDictionary: {roots} roots, {wholes} wholes, {exceptions} exceptions, {rows} rows>")
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let options = PyDict::new(py);
        options.set_item("roots", &self.roots)?;
        options.set_item("wholes", &self.wholes)?;
        options.set_item("exceptions", &self.exceptions)?;
        options.set_item("tsv", &self.tsv)?;
        Ok((PyTuple::empty(py), options))
    }
}

impl UserDictionary {
    /// The dictionary of the library.
    pub(crate) fn build(&self) -> tutur::UserDictionary {
        let mut words = self.read.clone();
        for root in &self.roots {
            words.root(root);
        }
        for whole in &self.wholes {
            words.whole(whole);
        }
        for (form, stem) in &self.exceptions {
            words.exception(form, stem);
        }
        words
    }
}
