//! Indonesian text in one call: tokens and sentences, a stemmer that explains itself, and the people, organizations
//! and places that a text names.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod error;
pub mod layout;
pub mod lexicon;
pub mod ner;
pub mod pipeline;
pub mod render;
pub mod stem;
mod text;
pub mod tokenize;
#[doc(hidden)]
pub mod wire;
pub mod words;

pub use error::{Error, ErrorKind, Result};
pub use layout::{LayoutKind, LayoutSpan};
pub use lexicon::{Lexicon, UserDictionary};
pub use ner::{EntityKind, NerModel, Tagger};
pub use pipeline::{DocBuf, Document, Pipeline, PipelineBuilder, Worker};
pub use stem::{Affix, Analyses, Analysis, Hint, Stemmer, UnknownPolicy};
pub use text::{OffsetMap, OffsetUnit, Span};
pub use tokenize::{
    Conventions, ParagraphReader, SentenceSplitter, Sentences, Token, TokenKind, Tokenizer, TokenizerBuilder,
    Tokens,
};
