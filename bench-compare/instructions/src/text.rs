//! The text that is counted on: parts of the annotated corpus that do not change, news and chat.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

#[path = "../../../benches/common/corpus.rs"]
#[allow(dead_code)] // the list of all files is for others
mod corpus;
#[path = "../../../benches/common/words.rs"]
mod words;

const FILES: [&str; 2] = ["uji.txt", "percakapan.txt"];

/// Distinct words that are counted on: a fifth of what there is, so that callgrind is soon done.
const WORDS: usize = 20_000;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| file.display().to_string())
}

/// The articles, without markup.
pub fn documents() -> Result<Vec<String>> {
    let mut documents = Vec::new();
    for file in FILES {
        documents.extend(corpus::articles(&read(&data().join("corpus").join(file))?));
    }
    Ok(documents)
}

/// Words in no order that means anything, none twice.
pub fn distinct_words() -> Result<Vec<String>> {
    let table = read(&data().join("names/words.tsv"))?;
    Ok(words::distinct(&table).into_iter().take(WORDS).map(str::to_owned).collect())
}

/// Which text this is: other text, other counts.
pub fn describe() -> Result<String> {
    let (documents, words) = (documents()?.concat(), distinct_words()?.join("\n"));
    let hash = tutur::wire::source_hash(&[documents.as_bytes(), words.as_bytes()]);
    let files = FILES.map(|f| format!("data/corpus/{f}")).join(", ");
    Ok(format!("{files}, {} bytes, {WORDS} words, hash {hash:016x}", documents.len()))
}
