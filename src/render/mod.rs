//! Output formats of a document. Each is written from the document alone; nothing in a text can leave its place:
//! JSON, CoNLL-U and HTML are escaped, and control characters never reach a terminal.

mod conllu;
mod html;
#[cfg(feature = "serde")]
pub mod json;
mod pretty;

pub use conllu::conllu;
pub use html::html;
pub use pretty::{Style, pretty};
