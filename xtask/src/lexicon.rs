//! `data/lexicon.bin` from `data/lexicon/*.tsv`.

use std::path::Path;

use anyhow::{Context, Result, bail};
use tutur::lexicon::Compiler;
use tutur::wire::source_hash;

use crate::tsv::Table;

pub(crate) fn build(data: &Path) -> Result<Vec<u8>> {
    let roots = Table::read(data, "lexicon/roots.tsv", &["root", "pos", "class", "mark", "source"])?;
    let own = Table::read(data, "lexicon/own.tsv", &["kind", "word", "value", "note"])?;
    let names = Table::read(data, "lexicon/names.tsv", &["name", "source"])?;
    let mut lexicon = Compiler::default();
    for row in roots.rows() {
        let (place, row) = row?;
        lexicon.root(row[0], row[1], row[2], row[3]).context(place)?;
    }
    for row in names.rows() {
        let (place, row) = row?;
        lexicon.name(row[0]).context(place)?;
    }
    // Our own rows stand after the imported ones and win.
    for row in own.rows() {
        let (place, row) = row?;
        match row[0] {
            "root" => lexicon.root(row[1], "_", row[2], "root").context(place)?,
            "whole" => lexicon.whole(row[1]).context(place)?,
            "name" => lexicon.name(row[1]).context(place)?,
            "fused" => lexicon.fused(row[1]).context(place)?,
            "exception" => lexicon.exception(row[1], row[2]),
            "informal" => lexicon.informal(row[1], row[2]),
            "remove" => {
                lexicon.remove(row[1]);
            }
            other => bail!(
                "{place}: expected root, whole, name, fused, exception, informal or remove, found {other}"
            ),
        }
    }
    Ok(lexicon.build(source_hash(&[roots.bytes(), names.bytes(), own.bytes()]))?)
}
