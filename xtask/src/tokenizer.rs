//! `data/tokenizer.bin` from `data/tokenizer/*.tsv`.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use tutur::tokenize::{AbbreviationClass, FILE_KIND, Opener, encode_abbreviation};
use tutur::wire::{StrTableBuilder, source_hash, write};

use crate::tsv::Table;

pub(crate) fn build(data: &Path) -> Result<Vec<u8>> {
    let header = ["abbreviation", "needs", "ends_sentence", "expansion"];
    let table = Table::read(data, "tokenizer/abbreviations.tsv", &header)?;
    let mut forms = StrTableBuilder::new();
    for row in table.rows() {
        let (place, row) = row?;
        let class = match row[1] {
            "always" => AbbreviationClass::Always,
            "name" => AbbreviationClass::BeforeName,
            "number" => AbbreviationClass::BeforeNumber,
            "text" => AbbreviationClass::BeforeText,
            other => bail!("{place}: expected always, name, number or text, found {other}"),
        };
        ensure!(
            row[0].ends_with('.') && row[0] == row[0].to_lowercase(),
            "{place}: lower case and a full stop at its end"
        );
        let old =
            forms.insert(row[0], encode_abbreviation(class, row[2] == "y")).with_context(|| place.clone())?;
        ensure!(old.is_none(), "{place}: {} stands twice", row[0]);
    }
    let (openers, openers_bytes) = openers(data)?;
    Ok(write(FILE_KIND, source_hash(&[table.bytes(), &openers_bytes]), &[forms.build()?, openers.build()?])?)
}

/// The words that open sentences and quotations, and the bytes they were read from.
fn openers(data: &Path) -> Result<(StrTableBuilder, Vec<u8>)> {
    let table = Table::read(data, "tokenizer/openers.tsv", &["word", "opens", "count", "against"])?;
    let mut words = StrTableBuilder::new();
    for row in table.rows() {
        let (place, row) = row?;
        let opener = match row[1] {
            "start" => Opener::Sentence,
            "quote" => Opener::Quotation,
            other => bail!("{place}: expected start or quote, found {other}"),
        };
        let old = words.get(row[0]).unwrap_or(0);
        words.insert(row[0], old | opener as u32).with_context(|| place.clone())?;
    }
    Ok((words, table.bytes().to_vec()))
}
