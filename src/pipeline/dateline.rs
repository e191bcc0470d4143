//! Dateline.

use super::document::Document;
use crate::text::Span;

/// Where and through whom an article was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline<'t> {
    text: &'t str,
    span: Span,
}

impl<'t> Dateline<'t> {
    pub(super) fn new(document: &Document<'t>, span: Span) -> Dateline<'t> {
        Dateline { text: document.text(), span }
    }
    /// place
    pub fn place(&self) -> Option<&'t str> {
        None
    }
    /// outlet
    pub fn outlet(&self) -> Option<&'t str> {
        None
    }
}
