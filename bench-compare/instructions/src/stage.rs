//! The stages: each makes ready what it needs, does its work once to be warm, and once to be counted.

use std::hint::black_box;

use anyhow::Result;
use clap::ValueEnum;
use tutur::layout::layout;
use tutur::ner::{NerModel, TagScratch};
use tutur::render::json::JsonDocument;
use tutur::{
    DocBuf, Document, OffsetUnit, Pipeline, SentenceSplitter, Stemmer, Tagger, Token, TokenKind, Tokenizer,
};

use crate::text;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    Tokens,
    Sentences,
    StemRunning,
    StemDistinct,
    Tag,
    Layout,
    Pipeline,
    Json,
}

impl Stage {
    pub const ALL: [Stage; 8] = [
        Stage::Tokens,
        Stage::Sentences,
        Stage::StemRunning,
        Stage::StemDistinct,
        Stage::Tag,
        Stage::Layout,
        Stage::Pipeline,
        Stage::Json,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Stage::Tokens => "tokens",
            Stage::Sentences => "sentences",
            Stage::StemRunning => "stem-running",
            Stage::StemDistinct => "stem-distinct",
            Stage::Tag => "tag",
            Stage::Layout => "layout",
            Stage::Pipeline => "pipeline",
            Stage::Json => "json",
        }
    }

    /// What its instructions are divided by.
    pub fn unit(self) -> &'static str {
        match self {
            Stage::StemRunning | Stage::StemDistinct => "word",
            _ => "token",
        }
    }

    /// Does it, and returns how many units the counted pass did.
    pub fn run(self) -> Result<u64> {
        let documents = text::documents()?;
        let tokenizer = Tokenizer::new();
        let tokens: Vec<Vec<Token<'_>>> = documents.iter().map(|d| tokenizer.tokenize(d).collect()).collect();
        let texts = || documents.iter().zip(&tokens);
        let all: u64 = tokens.iter().map(|t| t.len() as u64).sum();
        match self {
            Stage::Tokens => twice(|| {
                for token in documents.iter().flat_map(|d| tokenizer.tokenize(d)) {
                    black_box((token.range(), token.kind()));
                }
            }),
            Stage::Sentences => {
                let (splitter, mut ends) = (SentenceSplitter::new(), Vec::new());
                twice(|| {
                    for (text, tokens) in texts() {
                        ends.clear();
                        splitter.split(text, tokens, &mut ends);
                        black_box(&ends);
                    }
                });
            }
            Stage::StemRunning => {
                let words = tokens.iter().flatten().filter(|t| t.kind() == TokenKind::Word);
                let words: Vec<&str> = words.map(Token::text).collect();
                return Ok(stems(&words));
            }
            Stage::StemDistinct => {
                let words = text::distinct_words()?;
                return Ok(stems(&words.iter().map(String::as_str).collect::<Vec<_>>()));
            }
            Stage::Tag => tag(texts())?,
            Stage::Layout => twice(|| {
                for text in &documents {
                    black_box(layout(text));
                }
            }),
            Stage::Pipeline => {
                let (mut worker, mut buffer) = (Pipeline::new().worker(), DocBuf::default());
                twice(|| {
                    for text in &documents {
                        let document = worker.process_with(text, std::mem::take(&mut buffer));
                        buffer = black_box(document).into_buf();
                    }
                });
            }
            Stage::Json => {
                let pipeline = Pipeline::new();
                let done: Vec<Document<'_>> = documents.iter().map(|d| pipeline.process(d)).collect();
                let mut out = Vec::new();
                twice(|| {
                    for document in &done {
                        out.clear();
                        let shape = JsonDocument::new(document, None, OffsetUnit::Bytes);
                        serde_json::to_writer(&mut out, &shape).expect("a vector takes everything");
                        black_box(&out);
                    }
                });
            }
        }
        Ok(all)
    }
}

fn stems(words: &[&str]) -> u64 {
    let stemmer = Stemmer::new();
    twice(|| {
        for word in words {
            black_box(stemmer.stem(word));
        }
    });
    words.len() as u64
}

fn tag<'t>(texts: impl Iterator<Item = (&'t String, &'t Vec<Token<'t>>)>) -> Result<()> {
    let (model, splitter) = (NerModel::embedded()?, SentenceSplitter::new());
    let (mut scratch, mut found, mut ends) = (TagScratch::default(), Vec::new(), Vec::new());
    let mut sentences: Vec<Vec<&str>> = Vec::new();
    for (text, tokens) in texts {
        ends.clear();
        splitter.split(text, tokens, &mut ends);
        let mut first = 0;
        for &end in &ends {
            sentences.push(tokens[first..end as usize].iter().map(Token::text).collect());
            first = end as usize;
        }
    }
    twice(|| {
        for words in &sentences {
            found.clear();
            model.tag(words, &mut scratch, &mut found);
            black_box(&found);
        }
    });
    Ok(())
}

fn twice(mut work: impl FnMut()) {
    work();
    counted_by_callgrind(&mut work);
}

/// Callgrind counts while this is running: it knows the function by its name.
#[inline(never)]
fn counted_by_callgrind(work: &mut dyn FnMut()) {
    work();
    black_box(());
}
