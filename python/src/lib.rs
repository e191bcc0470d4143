//! The Python module `tutur._tutur`, which the package `tutur` shows as its own.
//!
//! `pipeline`, `tokenizer`, `stemmer`, `rules` and `dictionary` are what is configured; `document`, `view`, `page` and
//! `span` what is found; `column` works on whole columns.
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::todo)]

mod column;
mod dictionary;
mod document;
mod error;
mod json;
mod names;
mod page;
mod parallel;
mod pipeline;
mod rules;
mod span;
mod stemmer;
mod tokenizer;
mod view;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
fn _tutur(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("TuturError", module.py().get_type::<error::TuturError>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<pipeline::Pipeline>()?;
    module.add_class::<pipeline::ProcessStream>()?;
    module.add_class::<tokenizer::Tokenizer>()?;
    module.add_class::<tokenizer::Token>()?;
    module.add_class::<stemmer::Stemmer>()?;
    module.add_class::<stemmer::Analyses>()?;
    module.add_class::<stemmer::Analysis>()?;
    module.add_class::<dictionary::UserDictionary>()?;
    module.add_class::<rules::EntityRules>()?;
    module.add_class::<document::Document>()?;
    module.add_class::<view::TokenView>()?;
    module.add_class::<view::Word>()?;
    module.add_class::<view::Sentence>()?;
    module.add_class::<view::Entity>()?;
    module.add_class::<view::Chain>()?;
    module.add_class::<page::Paragraph>()?;
    module.add_class::<page::LayoutSpan>()?;
    module.add_class::<page::Dateline>()?;
    module.add_class::<span::Span>()?;
    module.add_class::<column::Column>()?;
    module.add_function(wrap_pyfunction!(page::layout, module)?)
}
