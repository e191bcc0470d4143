#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs, missing_debug_implementations, rustdoc::broken_intra_doc_links)]
#![warn(unreachable_pub, clippy::must_use_candidate)]
// Text of a user's never stops an index.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod stemmer;
mod tokenizer;

pub use stemmer::{Form, Stemmed, StemmedStream, TuturStemmer};
pub use tokenizer::{TuturStream, TuturTokenizer};
