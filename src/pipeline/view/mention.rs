//! Mentions of people, organizations and places, and who is meant.

use std::iter::FusedIterator;
use std::ops::Range;

use super::{Paragraph, Sentence, Tokens, rows};
use crate::ner::EntityKind;
use crate::pipeline::document::{ChainRow, Document, EntityRow, NONE};
use crate::text::Span;

rows! {
    /// Iterator over entities: see [`Document::entities`].
    Entities of Entity
}
rows! {
    /// Iterator over chains: see [`Document::chains`].
    Chains of Chain
}

/// A mention of a person, an organization or a place.
#[derive(Clone, Copy, Debug)]
pub struct Entity<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> Entity<'d, 't> {
    #[allow(clippy::indexing_slicing)] // views are made for indexes below the number of entities only
    fn row(&self) -> &'d EntityRow {
        &self.document.buf.entities[self.index]
    }

    /// The mention as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.span().of(self.document.text())
    }

    /// Its bytes in the text; it may begin or end inside a token (`Rusia-Kazakhstan`).
    #[must_use]
    pub fn span(&self) -> Span {
        self.row().span
    }

    /// Its bytes in the text, for slicing.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.span().range()
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> EntityKind {
        self.row().kind
    }

    /// Probability, between 0 and 1, that span and kind are right.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.row().score
    }

    /// Its index in the document.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// The tokens that it covers, also those it covers in part.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'d, 't> {
        self.document.tokens_in(self.range())
    }

    /// The sentence that it begins in.
    #[must_use]
    pub fn sentence(&self) -> Option<Sentence<'d, 't>> {
        self.document.sentence_at(self.range().start)
    }

    /// The paragraph that it begins in.
    #[must_use]
    pub fn paragraph(&self) -> Option<Paragraph<'d, 't>> {
        self.document.paragraph_at(self.range().start)
    }

    /// Who or what is mentioned, with all other mentions.
    #[must_use]
    pub fn chain(&self) -> Chain<'d, 't> {
        Chain { document: self.document, index: self.row().chain as usize }
    }
}

/// One person, organization or place with all mentions: `Oana Lungescu` ... `Lungescu`.
#[derive(Clone, Copy, Debug)]
pub struct Chain<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> Chain<'d, 't> {
    #[allow(clippy::indexing_slicing)] // views are made of chains only, and every entity of a document has one
    fn row(&self) -> &'d ChainRow {
        &self.document.buf.chains[self.index]
    }

    /// Its fullest mention.
    #[must_use]
    pub fn name(&self) -> &'t str {
        self.row().name.of(self.document.text())
    }

    /// The bytes of its fullest mention.
    #[must_use]
    pub fn name_span(&self) -> Span {
        self.row().name
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> EntityKind {
        self.row().kind
    }

    /// Its index among the chains of the document.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// How often it is mentioned.
    #[must_use]
    pub fn count(&self) -> usize {
        self.row().mentions as usize
    }

    /// Its mentions in order.
    #[must_use]
    pub fn mentions(&self) -> Mentions<'d, 't> {
        Mentions { document: self.document, next: self.row().first }
    }
}

/// Iterator over the mentions of a chain: see [`Chain::mentions`].
#[derive(Clone, Debug)]
pub struct Mentions<'d, 't> {
    document: &'d Document<'t>,
    next: u32,
}

impl<'d, 't> Iterator for Mentions<'d, 't> {
    type Item = Entity<'d, 't>;

    fn next(&mut self) -> Option<Entity<'d, 't>> {
        if self.next == NONE {
            return None;
        }
        let entity = Entity { document: self.document, index: self.next as usize };
        self.next = entity.row().next;
        Some(entity)
    }
}

impl FusedIterator for Mentions<'_, '_> {}
