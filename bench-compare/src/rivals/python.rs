//! The rivals in Python, measured by `python/rivals.py` in a process of its own, after the others.

use std::io::{Write, stderr};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use tutur::{Document, Pipeline};

use crate::record::{Group, Missing, Row, Spread};
use crate::text::Material;

const SCRIPT: &str = include_str!("../../python/rivals.py");
const NAMES: [&str; 4] = ["PySastrawi", "nlp-id", "spaCy", "python-crfsuite"];

#[derive(Serialize)]
struct Input<'m> {
    rounds: usize,
    documents: &'m [String],
    distinct: &'m [String],
    running: &'m [String],
    sentences: Vec<Labelled>,
}

#[derive(Serialize)]
struct Labelled {
    words: Vec<String>,
    /// IOB2.
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct Output {
    python: String,
    rows: Vec<Measured>,
    missing: Vec<Missing>,
}

#[derive(Deserialize)]
struct Measured {
    group: String,
    name: String,
    version: String,
    note: String,
    rates: Vec<f64>,
    count: u64,
}

/// All of them, with the reason why they were not measured.
pub fn none(reason: &str) -> Vec<Missing> {
    NAMES.iter().map(|name| Missing { name: (*name).to_owned(), reason: reason.to_owned() }).collect()
}

/// Whether `python` can be started at all: better known before minutes of measuring.
pub fn check(python: &Path) -> Result<()> {
    let told = Command::new(python).arg("--version").output();
    let told = told.with_context(|| python.display().to_string())?;
    ensure!(told.status.success(), "{} --version ended with {}", python.display(), told.status);
    Ok(())
}

/// Adds the rows of the rivals that `python` can import to `groups`; returns the others with the reasons.
pub fn measure(
    python: &Path,
    rounds: usize,
    material: &Material,
    groups: &mut [Group],
) -> Result<Vec<Missing>> {
    let input = Input {
        rounds,
        documents: &material.documents,
        distinct: &material.distinct,
        running: &material.running,
        sentences: labelled(&material.documents),
    };
    let mut file = tempfile::NamedTempFile::new()?;
    serde_json::to_writer(&mut file, &input)?;
    file.flush()?;
    let done = Command::new(python).args(["-c", SCRIPT]).arg(file.path()).output();
    let done = done.with_context(|| python.display().to_string())?;
    if !done.status.success() {
        stderr().write_all(&done.stderr)?;
        bail!("{} ended with {}", python.display(), done.status);
    }
    let output: Output = serde_json::from_slice(&done.stdout).context("what python/rivals.py wrote")?;
    for row in output.rows {
        let group = groups.iter_mut().find(|g| g.id == row.group);
        let group = group.with_context(|| format!("no group {}", row.group))?;
        ensure!(!row.rates.is_empty(), "{} has no rates", row.name);
        let rate = Spread::of(&row.rates);
        // Not of the same rounds: the median of tutur's against each of theirs.
        let ours = group.rows.iter().find(|r| r.ours).map(|r| r.rate.median);
        let times = ours.map(|o| Spread::of(&row.rates.iter().map(|r| o / r).collect::<Vec<_>>()));
        let in_python = format!("Python {}", output.python);
        let note = if row.note.is_empty() { in_python } else { format!("{in_python}; {}", row.note) };
        let (name, version) = (row.name, Some(row.version));
        group.rows.push(Row { name, version, ours: false, note, rate, times, count: row.count });
    }
    Ok(output.missing)
}

/// Every sentence with the names that tutur finds, to train on.
fn labelled(documents: &[String]) -> Vec<Labelled> {
    let mut worker = Pipeline::new().worker();
    documents.iter().flat_map(|d| sentences(&worker.process(d))).collect()
}

fn sentences(document: &Document<'_>) -> Vec<Labelled> {
    let label = |token: tutur::pipeline::TokenView<'_, '_>| {
        let entity = document.entity_at(token.range().start)?;
        let place = if entity.range().start == token.range().start { 'B' } else { 'I' };
        Some(format!("{place}-{}", entity.kind().label()))
    };
    let sentence = |s: tutur::pipeline::Sentence<'_, '_>| Labelled {
        words: s.tokens().map(|t| t.text().to_owned()).collect(),
        labels: s.tokens().map(|t| label(t).unwrap_or_else(|| "O".to_owned())).collect(),
    };
    document.sentences().map(sentence).collect()
}
