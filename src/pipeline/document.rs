//! What the pipeline found in one text: columns of offsets, and views on them.

use crate::layout::{LayoutKind, LayoutSpan};
use crate::ner::EntityKind;
use crate::text::{OffsetMap, OffsetUnit, Span};
use crate::tokenize::{Conventions, Token, TokenKind};

/// The columns of a document. They hold no reference to a text, so that a worker can fill them again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocBuf {
    pub(super) tokens: Vec<TokenRow>,
    /// Stems that differ from their token, one after the other.
    pub(super) stems: String,
    /// Index after the last token of each sentence.
    pub(super) sentences: Vec<u32>,
    pub(super) entities: Vec<EntityRow>,
    pub(super) chains: Vec<ChainRow>,
    pub(super) layout: Vec<LayoutSpan>,
    pub(super) conventions: Conventions,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TokenRow {
    pub(super) span: Span,
    pub(super) kind: TokenKind,
    /// Bytes of the stem in `stems`; empty where the token is its own stem.
    pub(super) stem: Span,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct EntityRow {
    pub(super) span: Span,
    pub(super) kind: EntityKind,
    pub(super) score: f32,
    pub(super) chain: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ChainRow {
    /// The fullest mention.
    pub(super) name: Span,
    pub(super) kind: EntityKind,
    pub(super) mentions: u32,
}

impl DocBuf {
    pub(super) fn clear(&mut self) {
        self.tokens.clear();
        self.stems.clear();
        self.sentences.clear();
        self.entities.clear();
        self.chains.clear();
        self.layout.clear();
    }
}

/// A text with everything the pipeline found in it. All offsets are bytes of the text.
///
/// Views are cheap and borrow the document; what they return as `&str` borrows the text and outlives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'t> {
    text: &'t str,
    buf: DocBuf,
}

impl<'t> Document<'t> {
    pub(super) fn new(text: &'t str, buf: DocBuf) -> Document<'t> {
        Document { text, buf }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The columns, to be filled again: see [`Worker::process_with`](super::Worker::process_with).
    #[must_use]
    pub fn into_buf(self) -> DocBuf {
        self.buf
    }

    /// Whose conventions its tokens and sentences follow.
    #[must_use]
    pub fn conventions(&self) -> Conventions {
        self.buf.conventions
    }

    /// All tokens in order.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'_, 't> {
        Tokens { document: self, at: 0, end: self.buf.tokens.len() }
    }

    /// The token with this index.
    #[must_use]
    pub fn token(&self, index: usize) -> Option<TokenView<'_, 't>> {
        (index < self.buf.tokens.len()).then_some(TokenView { document: self, index })
    }

    /// The token that covers byte `byte`; none in white space.
    #[must_use]
    pub fn token_at(&self, byte: usize) -> Option<TokenView<'_, 't>> {
        let index = self.buf.tokens.partition_point(|t| t.span.end as usize <= byte);
        self.token(index).filter(|t| t.range().contains(&byte))
    }

    /// All sentences in order.
    #[must_use]
    pub fn sentences(&self) -> Sentences<'_, 't> {
        Sentences { document: self, at: 0 }
    }

    /// All entities in order; they do not overlap.
    #[must_use]
    pub fn entities(&self) -> Entities<'_, 't> {
        Entities { document: self, at: 0, end: self.buf.entities.len() }
    }

    /// The entities that are right with a probability of at least `score`.
    pub fn entities_above(&self, score: f32) -> impl Iterator<Item = Entity<'_, 't>> {
        self.entities().filter(move |e| e.score() >= score)
    }

    /// The entity that covers byte `byte`.
    #[must_use]
    pub fn entity_at(&self, byte: usize) -> Option<Entity<'_, 't>> {
        let index = self.buf.entities.partition_point(|e| e.span.end as usize <= byte);
        (index < self.buf.entities.len())
            .then_some(Entity { document: self, index })
            .filter(|e| e.range().contains(&byte))
    }

    /// The people, organizations and places of the text, each with all its mentions, in order of their first.
    #[must_use]
    pub fn chains(&self) -> Chains<'_, 't> {
        Chains { document: self, at: 0 }
    }

    /// Headline, dateline, caption and page furniture, in order. What is not listed is body.
    #[must_use]
    pub fn layout(&self) -> &[LayoutSpan] {
        &self.buf.layout
    }

    /// The text of the first part of this kind.
    #[must_use]
    pub fn part(&self, kind: LayoutKind) -> Option<&'t str> {
        self.buf.layout.iter().find(|l| l.kind == kind).map(|l| l.span.of(self.text))
    }

    /// The headline, where the page has one.
    #[must_use]
    pub fn headline(&self) -> Option<&'t str> {
        self.part(LayoutKind::Headline)
    }

    /// The paragraphs of the article: body and datelines, without headline, captions and furniture.
    ///
    /// # Examples
    ///
    /// ```
    /// let page = "Warga Palu Rayakan Panen Raya\nloading...\nPALU - Warga merayakan panen.\nBaca juga: Cuaca\n";
    /// let document = tutur::Pipeline::new().process(page);
    /// assert_eq!(document.main_text().collect::<Vec<_>>(), ["PALU - Warga merayakan panen."]);
    /// ```
    pub fn main_text(&self) -> impl Iterator<Item = &'t str> {
        let mut at = 0;
        self.text.split_inclusive('\n').filter_map(move |line| {
            let start = at;
            at += line.len();
            let paragraph = line.trim();
            let outside = |l: &&LayoutSpan| {
                l.kind != LayoutKind::Dateline && (start..start + line.len()).contains(&l.span.range().start)
            };
            (!paragraph.is_empty() && !self.buf.layout.iter().any(|l| outside(&l))).then_some(paragraph)
        })
    }

    /// A map from bytes to characters or UTF-16 units of this text.
    #[must_use]
    pub fn offsets(&self, unit: OffsetUnit) -> OffsetMap<'t> {
        OffsetMap::new(self.text, unit)
    }
}

/// A token in its document.
#[derive(Clone, Copy, Debug)]
pub struct TokenView<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> TokenView<'d, 't> {
    fn row(&self) -> &'d TokenRow {
        // Views are made for indexes below the number of tokens only.
        &self.document.buf.tokens[self.index]
    }

    /// The token as the tokenizer gave it.
    #[must_use]
    pub fn token(&self) -> Token<'t> {
        Token::new(self.text(), self.row().span.start, self.row().kind)
    }

    /// The token as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.row().span.of(self.document.text)
    }

    /// Its bytes in the text.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<usize> {
        self.row().span.range()
    }

    /// What it is made of.
    #[must_use]
    pub fn kind(&self) -> TokenKind {
        self.row().kind
    }

    /// Its index in the document.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its stem; the token as written where it is no word, or stemming is off.
    #[must_use]
    pub fn stem(&self) -> &'d str {
        let row = self.row();
        if row.stem.is_empty() {
            row.span.of(self.document.text)
        } else {
            row.stem.of(&self.document.buf.stems)
        }
    }

    /// Index of its sentence.
    #[must_use]
    pub fn sentence(&self) -> usize {
        self.document.buf.sentences.partition_point(|&end| end as usize <= self.index)
    }
}

/// Iterator over tokens: see [`Document::tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'d, 't> {
    document: &'d Document<'t>,
    at: usize,
    end: usize,
}

impl<'d, 't> Iterator for Tokens<'d, 't> {
    type Item = TokenView<'d, 't>;

    fn next(&mut self) -> Option<TokenView<'d, 't>> {
        (self.at < self.end).then(|| {
            self.at += 1;
            TokenView { document: self.document, index: self.at - 1 }
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.at, Some(self.end - self.at))
    }
}

impl ExactSizeIterator for Tokens<'_, '_> {}

/// A sentence of a document.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'d, 't> {
    document: &'d Document<'t>,
    first: usize,
    end: usize,
}

impl<'d, 't> Sentence<'d, 't> {
    /// Its bytes in the text, from its first token to its last.
    #[must_use]
    pub fn span(&self) -> Span {
        let tokens = self.document.buf.tokens.get(self.first..self.end).unwrap_or_default();
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// The sentence as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.span().of(self.document.text)
    }

    /// Its tokens.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'d, 't> {
        Tokens { document: self.document, at: self.first, end: self.end }
    }

    /// The entities that begin in it.
    #[must_use]
    pub fn entities(&self) -> Entities<'d, 't> {
        let span = self.span();
        let rows = &self.document.buf.entities;
        let at = rows.partition_point(|e| e.span.start < span.start);
        let end = rows.partition_point(|e| e.span.start < span.end);
        Entities { document: self.document, at, end }
    }
}

/// Iterator over sentences: see [`Document::sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'d, 't> {
    document: &'d Document<'t>,
    at: usize,
}

impl<'d, 't> Iterator for Sentences<'d, 't> {
    type Item = Sentence<'d, 't>;

    fn next(&mut self) -> Option<Sentence<'d, 't>> {
        let ends = &self.document.buf.sentences;
        let end = *ends.get(self.at)? as usize;
        let first = self.at.checked_sub(1).and_then(|i| ends.get(i)).map_or(0, |&e| e as usize);
        self.at += 1;
        Some(Sentence { document: self.document, first, end })
    }
}

/// A mention of a person, an organization or a place.
#[derive(Clone, Copy, Debug)]
pub struct Entity<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> Entity<'d, 't> {
    fn row(&self) -> &'d EntityRow {
        // Views are made for indexes below the number of entities only.
        &self.document.buf.entities[self.index]
    }

    /// The mention as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.row().span.of(self.document.text)
    }

    /// Its bytes in the text; it may begin or end inside a token (`Rusia-Kazakhstan`).
    #[must_use]
    pub fn range(&self) -> std::ops::Range<usize> {
        self.row().span.range()
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

    /// Who or what is mentioned, with all other mentions.
    #[must_use]
    pub fn chain(&self) -> Chain<'d, 't> {
        Chain { document: self.document, index: self.row().chain as usize }
    }
}

/// Iterator over entities: see [`Document::entities`].
#[derive(Clone, Debug)]
pub struct Entities<'d, 't> {
    document: &'d Document<'t>,
    at: usize,
    end: usize,
}

impl<'d, 't> Iterator for Entities<'d, 't> {
    type Item = Entity<'d, 't>;

    fn next(&mut self) -> Option<Entity<'d, 't>> {
        (self.at < self.end).then(|| {
            self.at += 1;
            Entity { document: self.document, index: self.at - 1 }
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.at, Some(self.end - self.at))
    }
}

impl ExactSizeIterator for Entities<'_, '_> {}

/// One person, organization or place with all mentions: `Oana Lungescu` ... `Lungescu`.
#[derive(Clone, Copy, Debug)]
pub struct Chain<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> Chain<'d, 't> {
    /// Its fullest mention.
    #[must_use]
    pub fn name(&self) -> &'t str {
        self.document.buf.chains.get(self.index).map_or("", |c| c.name.of(self.document.text))
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> EntityKind {
        self.document.buf.chains.get(self.index).map_or(EntityKind::Other(0), |c| c.kind)
    }

    /// Its index among the chains of the document.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// How often it is mentioned.
    #[must_use]
    pub fn count(&self) -> usize {
        self.document.buf.chains.get(self.index).map_or(0, |c| c.mentions as usize)
    }

    /// Its mentions in order.
    pub fn mentions(&self) -> impl Iterator<Item = Entity<'d, 't>> + use<'d, 't> {
        let index = self.index;
        self.document.entities().filter(move |e| e.row().chain as usize == index)
    }
}

/// Iterator over chains: see [`Document::chains`].
#[derive(Clone, Debug)]
pub struct Chains<'d, 't> {
    document: &'d Document<'t>,
    at: usize,
}

impl<'d, 't> Iterator for Chains<'d, 't> {
    type Item = Chain<'d, 't>;

    fn next(&mut self) -> Option<Chain<'d, 't>> {
        (self.at < self.document.buf.chains.len()).then(|| {
            self.at += 1;
            Chain { document: self.document, index: self.at - 1 }
        })
    }
}
