//! Indonesian text in one call: tokens and sentences, a stemmer that explains itself, and the people, organizations
//! and places that a text names.
//!
//! ```
//! use tutur::Pipeline;
//!
//! let document = Pipeline::new().process("Menlu Rusia Sergey Lavrov tiba di Brussels. Ia membacakan pernyataan NATO.");
//! for sentence in document.sentences() {
//!     for token in sentence.tokens() {
//!         println!("{:?} {} {}", token.range(), token.text(), token.stem());
//!     }
//! }
//! let names: Vec<_> = document.entities().map(|e| (e.text(), e.kind().label())).collect();
//! assert!(names.contains(&("Sergey Lavrov", "PER")) && names.contains(&("Brussels", "LOC")));
//! ```
//!
//! # Main types
//!
//! - [`Pipeline`] holds the stages and makes a [`Document`] of a text; [`PipelineBuilder`] switches and replaces them;
//!   [`Worker`] keeps buffers from one text to the next.
//! - [`Document`] is read through [views](pipeline) that lead to each other: tokens, words, sentences, paragraphs,
//!   entities, chains, parts of the page. [`OwnedDocument`] holds its text; [`OffsetMap`] counts for Python and
//!   JavaScript.
//! - [`Tokenizer`] gives [`Token`]s and sentences, alone and without allocating.
//! - [`Stemmer`] gives the root of a word, and every [`Analysis`] of it, from a [`Lexicon`] that a [`UserDictionary`] may
//!   overlay.
//! - [`NerModel`] is the trained [`Tagger`]; [`ner::Trainer`] trains one on your own labels.
//! - [`EntityRules`] are names and patterns of your own, which win over the model or advise it.
//! - [`layout`](layout::layout) finds headline, dateline and furniture of a scraped page.
//!
//! # Cookbook
//!
//! Stem a word, and explain it:
//!
//! ```
//! let stemmer = tutur::Stemmer::new();
//! assert_eq!(stemmer.stem("pertanggungjawaban"), "tanggungjawab");
//! assert_eq!(stemmer.analyze("dipersatukan").best().to_string(), "di+per+satu+kan");
//! ```
//!
//! Names that the model cannot know, from code or from a file:
//!
//! ```
//! use tutur::{EntityKind, EntityRules, Pipeline};
//!
//! let rules = EntityRules::builder().name("Dapur Mak Itam", EntityKind::Organization).build()?;
//! let document = Pipeline::builder().rules(rules).build()?.process("Kami makan di Dapur Mak Itam.");
//! assert!(document.entities().any(|e| e.text() == "Dapur Mak Itam"));
//! # Ok::<(), tutur::Error>(())
//! ```
//!
//! Offsets for Python (characters) or JavaScript (UTF-16):
//!
//! ```
//! use tutur::{OffsetUnit, Pipeline};
//!
//! let document = Pipeline::new().process("“Halo,” kata Ani di Palu.");
//! let map = document.offsets(OffsetUnit::Chars);
//! let last = document.entities().last().map(|e| map.from_byte(e.range().start));
//! assert_eq!(last, Some(20));
//! ```
//!
//! Go from a place in the text to what is known of it:
//!
//! ```
//! let text = "Menlu Rusia Sergey Lavrov tiba di Brussels. Menurut Lavrov, rapat itu berguna.";
//! let document = tutur::Pipeline::new().process(text);
//! let lavrov = document.entity_at(text.rfind("Lavrov").unwrap_or_default()).unwrap();
//! assert_eq!((lavrov.text(), lavrov.chain().name(), lavrov.chain().count()), ("Lavrov", "Sergey Lavrov", 2));
//! assert!(lavrov.sentence().is_some_and(|s| s.text().starts_with("Menurut")));
//! ```
//!
//! Keep sure names only, stem with words of your own, and let a document outlive its text:
//!
//! ```
//! use tutur::{Pipeline, UserDictionary};
//!
//! let mut words = UserDictionary::new();
//! words.root("unboks");
//! let pipeline = Pipeline::builder().user_dictionary(words).min_score(0.8).build()?;
//! let document = pipeline.process(&String::from("Ani mengunboks paket di Palu.")).into_owned();
//! assert_eq!(document.as_document().token(1).map(|t| t.stem().to_owned()).as_deref(), Some("unboks"));
//! # Ok::<(), tutur::Error>(())
//! ```
//!
//! # Promises
//!
//! Text cannot fail: any `&str` gives an answer in time linear in its length. Only loading data, building a configuration
//! and input or output return an [`Error`]. Offsets are bytes; `&text[token.range()] == token.text()` always holds.
//!
//! # Not here
//!
//! Syntax, pronouns, dates as dates, other languages. Known weak spots with figures stand in the README.
//!
//! # How right, how fast
//!
//! Tokens of the treebanks 99.6 to 99.9 F1, stems of UniMorph's forms 97.1 %, names of held-out news 90.8 F1: ACCURACY.md, with
//! commands, dates and what is missed. Beside other libraries on the same text: PERFORMANCE.md. Both stand in the
//! repository, and with tutorial, conventions and the grammar of words in the module `guide` of this documentation.
//!
//! # Features
//!
//! - `serde` (default): documents as data in a stable JSON shape, `render::json`.
//! - `rayon`: `Pipeline::process_batch`, all cores.
//!
//! Rust 1.88 or newer; a newer minimum is a minor release.
#![forbid(unsafe_code)]
// The library never panics on purpose; its tests may.
#![cfg_attr(
    not(test),
    deny(
        clippy::indexing_slicing,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented
    )
)]

mod error;
#[cfg(any(doc, doctest))]
pub mod guide;
pub mod layout;
pub mod lexicon;
pub mod ner;
pub mod pipeline;
pub mod render;
pub mod rules;
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
pub use pipeline::{DocBuf, Document, OwnedDocument, Pipeline, PipelineBuilder, ProcessStream, Worker};
pub use rules::EntityRules;
pub use stem::{Affix, Analyses, Analysis, Hint, Stemmer, UnknownPolicy};
pub use text::{OffsetMap, OffsetUnit, Span};
pub use tokenize::{
    Conventions, ParagraphReader, SentenceSplitter, Sentences, Token, TokenKind, Tokenizer, TokenizerBuilder,
    Tokens,
};

/// The README's code, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
