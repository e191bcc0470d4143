//! Output formats of a document. Each is written from the document alone; nothing in a text can leave its place: every
//! format escapes or replaces what it has no room for, and control characters never reach a terminal. `docs/formats.md`
//! describes them all.

mod brat;
mod clean;
mod conll;
mod conllu;
mod html;
#[cfg(feature = "serde")]
pub mod json;
mod pretty;

pub use brat::{brat, brat_text};
pub use clean::printable;
pub use conll::conll;
pub use conllu::conllu;
pub use html::html;
pub use pretty::{Style, pretty};

use crate::pipeline::TokenView;

/// Whether a reader learns something from the stem of `token`.
fn stem_differs(token: TokenView<'_, '_>) -> bool {
    !token.stem().eq_ignore_ascii_case(token.text()) && token.stem() != token.text().to_lowercase()
}
