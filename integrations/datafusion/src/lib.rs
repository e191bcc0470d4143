#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs, missing_debug_implementations, rustdoc::broken_intra_doc_links)]
#![warn(unreachable_pub, clippy::must_use_candidate)]
// A row never stops a query unless its user asks for that.
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod column;
mod evaluate;
mod function;
mod options;

use datafusion::prelude::SessionContext;

pub use options::{Functions, OnError};

/// Registers `tutur_stem`, `tutur_roots`, `tutur_sentences` and `tutur_entities` with the data inside the crate: offsets
/// count characters, and a row that fails is null. [`Functions`] has options.
///
/// # Examples
///
/// ```
/// use datafusion::prelude::SessionContext;
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let context = SessionContext::new();
/// tutur_datafusion::register(&context);
/// let rows = context.sql("SELECT tutur_stem('Ia membacakan buku-buku itu.') AS akar").await?.to_string().await?;
/// assert!(rows.contains("ia baca buku itu"));
/// # Ok::<(), datafusion::error::DataFusionError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn register(context: &SessionContext) {
    Functions::new().register(context);
}
