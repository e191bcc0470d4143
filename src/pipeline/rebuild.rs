//! Columns filled from outside: what a reader of files has checked against its text.

use super::document::{ChainRow, DocBuf, Document, EntityRow, TokenRow};
use crate::layout::LayoutSpan;
use crate::ner::EntityKind;
use crate::text::Span;
use crate::tokenize::{Conventions, Token};

/// Puts a document together from its parts, in the order of the text. All spans are of `text`, in order and apart; who
/// calls has checked that.
#[derive(Debug)]
pub(crate) struct Rebuild<'t> {
    text: &'t str,
    buf: DocBuf,
}

impl<'t> Rebuild<'t> {
    pub(crate) fn new(text: &'t str, conventions: Conventions, layout: Vec<LayoutSpan>) -> Rebuild<'t> {
        Rebuild { text, buf: DocBuf { conventions, layout, ..DocBuf::default() } }
    }

    /// Appends a token; `first` where it begins a sentence.
    pub(crate) fn token(&mut self, token: Token<'t>, stem: &str, first: bool) {
        let mut span = Span::default();
        if stem != token.text() {
            let start = index(self.buf.stems.len());
            self.buf.stems.push_str(stem);
            span = Span::new(start, index(self.buf.stems.len()));
        }
        self.buf.tokens.push(TokenRow { span: token.span(), kind: token.kind(), stem: span });
        let end = index(self.buf.tokens.len());
        match self.buf.sentences.last_mut().filter(|_| !first) {
            Some(last) => *last = end,
            None => self.buf.sentences.push(end),
        }
    }

    /// Appends an entity of the chain with index `chain`.
    pub(crate) fn entity(&mut self, span: Span, kind: EntityKind, score: f32, chain: usize) {
        self.buf.entities.push(EntityRow { span, kind, score, chain: index(chain) });
    }

    /// Appends a chain; `name` is its fullest mention.
    pub(crate) fn chain(&mut self, name: Span, kind: EntityKind, mentions: usize) {
        self.buf.chains.push(ChainRow { name, kind, mentions: index(mentions) });
    }

    pub(crate) fn finish(self) -> Document<'t> {
        Document::new(self.text, self.buf)
    }
}

/// Counts of a text below 4 GiB fit; others would only be wrong.
fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
