//! Sentences, and the paragraphs they stand in.

use std::iter::FusedIterator;
use std::ops::Range;

use super::{Entities, Tokens, Words, rows};
use crate::layout::{LayoutKind, LayoutSpan};
use crate::pipeline::document::Document;
use crate::text::Span;

rows! {
    /// Iterator over sentences: see [`Document::sentences`].
    Sentences of Sentence
}
rows! {
    /// Iterator over paragraphs: see [`Document::paragraphs`].
    Paragraphs of Paragraph
}

/// A sentence of a document.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> Sentence<'d, 't> {
    /// Indexes of its tokens.
    fn rows(&self) -> Range<usize> {
        let ends = &self.document.buf.sentences;
        let end = |index: usize| ends.get(index).map_or(0, |&end| end as usize);
        self.index.checked_sub(1).map_or(0, end)..end(self.index)
    }

    /// Its index in the document.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its bytes in the text, from its first token to its last.
    #[must_use]
    pub fn span(&self) -> Span {
        let tokens = self.document.buf.tokens.get(self.rows()).unwrap_or_default();
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// Its bytes in the text, for slicing.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.span().range()
    }

    /// The sentence as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.span().of(self.document.text())
    }

    /// Its tokens.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'d, 't> {
        Tokens::new(self.document, self.rows())
    }

    /// Its words of syntax.
    #[must_use]
    pub fn words(&self) -> Words<'d, 't> {
        self.tokens().words()
    }

    /// The entities that begin in it.
    #[must_use]
    pub fn entities(&self) -> Entities<'d, 't> {
        let span = self.span();
        let rows = &self.document.buf.entities;
        let first = rows.partition_point(|e| e.span.start < span.start);
        let end = rows.partition_point(|e| e.span.start < span.end);
        Entities::new(self.document, first..end)
    }

    /// The paragraph that it begins in.
    #[must_use]
    pub fn paragraph(&self) -> Option<Paragraph<'d, 't>> {
        self.document.paragraph_at(self.range().start)
    }
}

/// A line that holds more than white space, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> Paragraph<'d, 't> {
    /// The paragraph as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.span().of(self.document.text())
    }

    /// Its bytes in the text.
    #[must_use]
    pub fn span(&self) -> Span {
        self.document.buf.paragraphs.get(self.index).copied().unwrap_or_default()
    }

    /// Its bytes in the text, for slicing.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.span().range()
    }

    /// Its index in the document.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// What it is, where the whole of it is one part of the page; none for body.
    #[must_use]
    pub fn kind(&self) -> Option<LayoutKind> {
        match self.parts() {
            [part] if part.span == self.span() => Some(part.kind),
            _ => None,
        }
    }

    /// The sentences that begin in it.
    #[must_use]
    pub fn sentences(&self) -> Sentences<'d, 't> {
        let (tokens, ends) = (&self.document.buf.tokens, &self.document.buf.sentences);
        // How many sentences have their first token before `byte`: the first of all, and one behind each end before it.
        let bound = |byte: u32| match tokens.partition_point(|t| t.span.start < byte) {
            0 => 0,
            token => (1 + ends.partition_point(|&end| (end as usize) < token)).min(ends.len()),
        };
        Sentences::new(self.document, bound(self.span().start)..bound(self.span().end))
    }

    fn parts(&self) -> &'d [LayoutSpan] {
        self.document.layout_in(self.range())
    }

    /// What of it belongs to the article.
    pub(in crate::pipeline) fn body(self) -> impl Iterator<Item = Span> {
        let outside = self.parts().iter().filter(|l| l.kind != LayoutKind::Dateline).map(|l| l.span);
        let end = Span::new(self.span().end, self.span().end);
        let mut at = self.span().start;
        outside.chain([end]).filter_map(move |part| {
            let piece = Span::new(at, part.start).trimmed(self.document.text());
            at = at.max(part.end);
            (!piece.is_empty()).then_some(piece)
        })
    }
}
