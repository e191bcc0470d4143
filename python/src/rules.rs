//! A user's own names and patterns.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use tutur::EntityKind;
use tutur::rules::EntityRulesBuilder;

use crate::error::raise;

/// Names and patterns of your own, which win over the model or advise it.
///
/// Args:
///     rules: rules as dictionaries: ``label`` (``"PER"``, ``"ORG"``, ``"LOC"``, ``"NEVER"``), one of ``name``,
///         ``tokens``, ``regex``, and optionally ``mode`` (``"win"``, ``"advise"``), ``priority``, ``ignore_case``.
///     tsv: rules as lines divided by tabs.
///     jsonl: rules as JSON objects, one a line; pattern files of spaCy's ``EntityRuler`` that mean the same are read.
///     files: files of rules that end in ``.tsv`` or ``.jsonl``. They are read now; a pickle holds what they held.
///     labels: labels of your own for people, organizations and places, such as ``{"PERSON": "PER"}``.
///
/// >>> import tutur
/// >>> rules = tutur.EntityRules([{"label": "ORG", "name": "Dapur Mak Itam"}])
/// >>> document = tutur.Pipeline(rules=rules).process("Kami makan siang di Dapur Mak Itam.")
/// >>> [(e.text, e.label) for e in document.entities]
/// [('Dapur Mak Itam', 'ORG')]
#[pyclass(frozen, module = "tutur", from_py_object)]
#[derive(Clone, Debug)]
pub(crate) struct EntityRules {
    pub(crate) inner: tutur::EntityRules,
    /// What was read, for pickles.
    tsv: String,
    jsonl: String,
    labels: BTreeMap<String, String>,
}

#[pymethods]
impl EntityRules {
    #[new]
    #[pyo3(signature = (rules = Vec::new(), *, tsv = "", jsonl = "", files = Vec::new(), labels = BTreeMap::new()))]
    fn new(
        py: Python<'_>,
        rules: Vec<Bound<'_, PyDict>>,
        tsv: &str,
        jsonl: &str,
        files: Vec<PathBuf>,
        labels: BTreeMap<String, String>,
    ) -> PyResult<EntityRules> {
        let mut builder = tutur::EntityRules::builder();
        for (label, kind) in &labels {
            builder = builder.label(label, kind.parse::<EntityKind>().map_err(raise)?);
        }
        let (mut tsv, mut jsonl) = (tsv.to_owned(), jsonl.to_owned());
        let dumps = py.import("json")?.getattr("dumps")?;
        for rule in rules {
            add(&mut jsonl, &dumps.call1((rule,))?.extract::<String>()?);
        }
        for file in files {
            // Errors name the file. What counts is the text, in the order in which a pickle is read.
            let _ = builder.clone().file(&file).map_err(raise)?;
            let text = std::fs::read_to_string(&file)?;
            let json = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("jsonl"));
            add(if json { &mut jsonl } else { &mut tsv }, &text);
        }
        let read = builder.tsv(tsv.as_bytes()).and_then(|builder| builder.jsonl(jsonl.as_bytes()));
        let inner = read.and_then(EntityRulesBuilder::build).map_err(raise)?;
        Ok(EntityRules { inner, tsv, jsonl, labels })
    }

    fn __len__(&self) -> usize {
        self.inner.len()
    }

    fn __repr__(&self) -> String {
        format!("<EntityRules: {} rules>", self.inner.len())
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let options = PyDict::new(py);
        options.set_item("tsv", &self.tsv)?;
        options.set_item("jsonl", &self.jsonl)?;
        options.set_item("labels", &self.labels)?;
        Ok((PyTuple::empty(py), options))
    }
}

/// Appends `more` in lines of its own.
fn add(lines: &mut String, more: &str) {
    if !lines.is_empty() && !lines.ends_with('\n') {
        lines.push('\n');
    }
    lines.push_str(more);
}
