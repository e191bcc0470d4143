//! What every stage shares about text: byte ranges, character classes, letter case, hashes, units of offsets. Knows
//! nothing of Indonesian.

mod case;
pub(crate) mod class;
mod hash;
mod offsets;
mod span;

pub(crate) use case::{fold, fold_into};
pub(crate) use hash::{hash, mix};
pub use offsets::{OffsetMap, OffsetUnit};
pub use span::Span;
