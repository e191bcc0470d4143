//! Tokens and sentences.

mod token;

pub use token::{Token, TokenKind};
