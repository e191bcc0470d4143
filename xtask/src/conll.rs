//! Labelled sentences of the public corpora.

use std::path::Path;

use anyhow::{Context, Result};
use tutur::ner::{ConllReader, LabeledSentence, Repair};

/// The sentences of `file`, tags that are not IOB2 mended.
pub(crate) fn read(file: &Path) -> Result<Vec<LabeledSentence>> {
    let name = file.display().to_string();
    let opened = std::fs::File::open(file).with_context(|| format!("reading {name}"))?;
    Ok(ConllReader::new(std::io::BufReader::new(opened), &name, Repair::Fix).read_all()?)
}
