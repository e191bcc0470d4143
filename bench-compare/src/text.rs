//! What is measured on: documents, their words, and many distinct words.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use tutur::{TokenKind, Tokenizer};

#[path = "../../benches/common/corpus.rs"]
mod corpus;
#[path = "../../benches/common/words.rs"]
mod words;

/// Documents of a file are cut at the first blank line behind this many bytes, about a news article,
const ARTICLE: usize = 2 << 10;
/// or at the first line end behind this many.
const LONGEST: usize = 16 << 10;

/// The same for every rival.
#[derive(Debug)]
pub struct Material {
    /// What it is, for the report.
    pub name: String,
    pub documents: Vec<String>,
    /// The word tokens of the documents in small letters, as Snowball wants them, in order.
    pub running: Vec<String>,
    /// Up to 100,000 words, none twice, in no order that means anything.
    pub distinct: Vec<String>,
}

impl Material {
    /// Of the file at `path`, or of the articles of the annotated corpus.
    pub fn load(path: Option<&Path>) -> Result<Material> {
        let named = path.and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
        let name = named.unwrap_or_else(|| "the articles of data/corpus, without their markup".to_owned());
        let documents = documents(path)?;
        let table = root().join("data/names/words.tsv");
        let table = fs::read_to_string(&table).with_context(|| table.display().to_string())?;
        let distinct = words::distinct(&table).into_iter().map(str::to_owned).collect();
        let tokenizer = Tokenizer::new();
        let running = documents.iter().flat_map(|d| tokenizer.tokenize(d));
        let running =
            running.filter(|t| t.kind() == TokenKind::Word).map(|t| t.text().to_lowercase()).collect();
        Ok(Material { name, documents, running, distinct })
    }

    pub fn bytes(&self) -> usize {
        self.documents.iter().map(String::len).sum()
    }
}

/// The folder of the library.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The documents of the file at `path`, or the articles of the annotated corpus; at least one.
pub fn documents(path: Option<&Path>) -> Result<Vec<String>> {
    let documents = match path {
        Some(path) => cut(&fs::read_to_string(path).with_context(|| path.display().to_string())?),
        None => articles()?,
    };
    ensure!(!documents.is_empty(), "the text is empty");
    Ok(documents)
}

fn articles() -> Result<Vec<String>> {
    let folder = root().join("data/corpus");
    let mut articles = Vec::new();
    for file in corpus::files(&folder).with_context(|| folder.display().to_string())? {
        articles.extend(corpus::articles(&fs::read_to_string(file)?));
    }
    Ok(articles)
}

fn cut(text: &str) -> Vec<String> {
    let (mut documents, mut document) = (Vec::new(), String::new());
    for line in text.split_inclusive('\n') {
        document.push_str(line);
        let blank = line.trim().is_empty();
        if document.len() >= LONGEST || (blank && document.len() >= ARTICLE) {
            documents.push(std::mem::take(&mut document));
        }
    }
    if !document.trim().is_empty() {
        documents.push(document);
    }
    documents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_blank_lines_and_nothing_is_lost() {
        let text = format!("{}\n\n", "kata ".repeat(500)).repeat(5);
        let documents = cut(&text);
        assert_eq!((documents.len(), documents.concat()), (5, text));
        let line = format!("{}\n", "kata ".repeat(100)).repeat(100);
        assert_eq!(cut(&line).len(), line.len().div_ceil(LONGEST));
        assert_eq!(cut("  \n"), Vec::<String>::new());
    }

    #[test]
    fn the_corpus_is_articles_without_markup() {
        let material = Material::load(None).unwrap();
        assert!(material.documents.len() > 1000 && material.bytes() > 1 << 20);
        assert!(material.documents.iter().all(|d| !d.contains("[[") && !d.contains("}}")));
        assert_eq!(material.distinct.len(), 100_000);
        assert!(material.running.len() > 100_000);
    }
}
