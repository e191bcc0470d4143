//! What every stage shares about text: byte ranges, letter case, hashes. Knows nothing of Indonesian.

mod case;
mod hash;
mod span;

pub(crate) use case::{fold, fold_into};
pub(crate) use hash::hash;
pub use span::Span;
