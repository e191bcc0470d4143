//! `data/names.bin` from `data/names/*.tsv`.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use tutur::ner::{NameClass, NamesCompiler, Usage, WordFacts};
use tutur::wire::source_hash;

use crate::tsv::Table;

pub(crate) fn build(data: &Path) -> Result<Vec<u8>> {
    let header =
        ["word", "meaning64", "meaning256", "meaning1024", "beside100", "beside800", "in_persons", "keyword"];
    let words = Table::read(data, "names/words.tsv", &header)?;
    let names = Table::read(data, "names/names.tsv", &["name", "classes"])?;
    let usage = Table::read(data, "names/usage.tsv", &["word", "person", "organization", "place", "first"])?;
    let mut usages: HashMap<&str, Usage> = HashMap::new();
    for row in usage.rows() {
        let (place, row) = row?;
        let level = |column: usize| row[column].parse::<u8>().with_context(|| place.clone());
        let levels = Usage { inside: [level(1)?, level(2)?, level(3)?], first: level(4)? };
        usages.insert(row[0], levels);
    }
    let mut compiler = NamesCompiler::default();
    for row in words.rows() {
        let (place, row) = row?;
        let mut facts = WordFacts::default();
        for (slot, column) in facts.clusters.iter_mut().zip(&row[1..6]) {
            *slot = column.parse().with_context(|| place.clone())?;
        }
        facts.in_persons = row[6].parse().with_context(|| place.clone())?;
        facts.keyword = row[7].parse().with_context(|| place.clone())?;
        facts.usage = usages.get(row[0]).copied().unwrap_or_default();
        compiler.word(row[0], facts).context(place)?;
    }
    let mined = Table::read(data, "names/mined.tsv", &["name", "classes"])?;
    for row in names.rows().chain(mined.rows()) {
        let (place, row) = row?;
        for class in row[1].chars() {
            let class = match class {
                'P' => NameClass::Person,
                'L' => NameClass::Location,
                'O' => NameClass::Organization,
                'X' => NameClass::Other,
                other => bail!("{place}: expected classes of P L O X, found {other}"),
            };
            compiler.name(row[0].split(' '), class);
        }
    }
    Ok(compiler.build(source_hash(&[words.bytes(), usage.bytes(), names.bytes(), mined.bytes()]))?)
}
