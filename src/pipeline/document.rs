//! What the pipeline found in one text: columns of offsets, and the ways into them. The views stand in `view`.

use std::borrow::Cow;
use std::ops::Range;

use super::dateline::Dateline;
use super::view::{
    Chain, Chains, Entities, Entity, Paragraph, Paragraphs, Sentence, Sentences, TokenView, Tokens, Words,
};
use crate::layout::{LayoutKind, LayoutSpan};
use crate::ner::EntityKind;
use crate::text::{OffsetMap, OffsetUnit, Span};
use crate::tokenize::{Conventions, TokenKind};

/// The columns of a document. They hold no reference to a text, so that a worker can fill them again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocBuf {
    pub(super) tokens: Vec<TokenRow>,
    /// Stems that differ from their token, one after the other.
    pub(super) stems: String,
    /// Index after the last token of each sentence.
    pub(super) sentences: Vec<u32>,
    /// Lines that hold more than white space, without the white space around them.
    pub(super) paragraphs: Vec<Span>,
    pub(super) entities: Vec<EntityRow>,
    pub(super) chains: Vec<ChainRow>,
    pub(super) layout: Vec<LayoutSpan>,
    pub(super) conventions: Conventions,
}

/// 13 bytes instead of 16, because most of a document are these.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, packed)]
pub(super) struct TokenRow {
    pub(super) span: Span,
    /// Where its stem begins in `stems`, which ends where the next one begins; it is empty where the token is its own.
    pub(super) stem: u32,
    pub(super) kind: TokenKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct EntityRow {
    pub(super) span: Span,
    pub(super) kind: EntityKind,
    pub(super) score: f32,
    pub(super) chain: u32,
    /// Index of the next mention in the chain, or [`NONE`].
    pub(super) next: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ChainRow {
    /// The fullest mention.
    pub(super) name: Span,
    pub(super) kind: EntityKind,
    pub(super) mentions: u32,
    /// Index of the first mention.
    pub(super) first: u32,
}

/// No index.
pub(super) const NONE: u32 = u32::MAX;

impl EntityRow {
    /// A mention that no chain has yet.
    pub(super) fn new(span: Span, kind: EntityKind, score: f32) -> EntityRow {
        EntityRow { span, kind, score, chain: NONE, next: NONE }
    }
}

impl ChainRow {
    /// A chain without mentions.
    pub(super) fn new(name: Span, kind: EntityKind) -> ChainRow {
        ChainRow { name, kind, mentions: 0, first: NONE }
    }
}

impl DocBuf {
    pub(super) fn clear(&mut self) {
        self.tokens.clear();
        self.stems.clear();
        self.sentences.clear();
        self.paragraphs.clear();
        self.entities.clear();
        self.chains.clear();
        self.layout.clear();
    }

    /// The stem of the token with this index, empty where the token is its own.
    pub(super) fn stem(&self, index: usize) -> &str {
        let place = |at: usize| self.tokens.get(at).map_or(self.stems.len(), |row| row.stem as usize);
        self.stems.get(place(index)..place(index.saturating_add(1))).unwrap_or_default()
    }

    /// Gives back the memory that no row stands in.
    pub(super) fn shrink(&mut self) {
        self.tokens.shrink_to_fit();
        self.stems.shrink_to_fit();
        self.sentences.shrink_to_fit();
        self.paragraphs.shrink_to_fit();
        self.entities.shrink_to_fit();
        self.chains.shrink_to_fit();
        self.layout.shrink_to_fit();
    }

    /// Counts the mentions of each chain and points each to the next.
    #[allow(clippy::cast_possible_truncation)] // fewer entities than bytes of a text below 4 GiB
    pub(super) fn link_mentions(&mut self) {
        for (index, entity) in self.entities.iter_mut().enumerate().rev() {
            let Some(chain) = self.chains.get_mut(entity.chain as usize) else { continue };
            entity.next = chain.first;
            chain.first = index as u32;
            chain.mentions += 1;
        }
    }
}

/// Keeps `stem` at the end of `stems` where it differs from its token. Beyond 4 GiB of stems, which a text of slang of
/// nearly that size could reach, tokens are their own.
pub(super) fn push_stem(stems: &mut String, token: &str, stem: &str) {
    if stem != token && u32::try_from(stems.len().saturating_add(stem.len())).is_ok() {
        stems.push_str(stem);
    }
}

/// Where the next stem begins.
#[allow(clippy::cast_possible_truncation)] // `push_stem` keeps it below 4 GiB
pub(super) fn stem_place(stems: &str) -> u32 {
    stems.len() as u32
}

/// A text with everything the pipeline found in it. All offsets are bytes of the text.
///
/// Views are cheap and borrow the document; what they quote borrows the text and outlives the document, but stems do not.
/// A view leads to the others: from an entity to its tokens, sentence, chain and paragraph, and from a byte to all of
/// them.
///
/// [`into_owned`](Document::into_owned) frees a document from its text.
///
/// # Examples
///
/// ```
/// let text = "Sergey Lavrov tiba di Brussels. Menurut Lavrov, rapat itu berguna.";
/// let document = tutur::Pipeline::new().process(text);
/// let short = document.entity_at(text.rfind("Lavrov").unwrap_or_default()).unwrap();
/// assert_eq!(short.chain().name(), "Sergey Lavrov");
/// assert_eq!(short.sentence().map(|s| s.index()), Some(1));
/// assert_eq!(document.token_at(14).map(|t| (t.text(), t.index())), Some(("tiba", 2)));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Document<'t> {
    text: &'t str,
    /// Borrowed where the document is a view of an [`OwnedDocument`].
    pub(super) buf: Cow<'t, DocBuf>,
}

impl<'t> Document<'t> {
    pub(super) fn new(text: &'t str, buf: DocBuf) -> Document<'t> {
        Document { text, buf: Cow::Owned(buf) }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The columns, to be filled again: see [`Worker::process_with`](super::Worker::process_with).
    #[must_use]
    pub fn into_buf(self) -> DocBuf {
        self.buf.into_owned()
    }

    /// The document with a copy of its text, bound to no lifetime: to keep, or to send to another thread.
    #[must_use]
    pub fn into_owned(self) -> OwnedDocument {
        OwnedDocument { text: self.text.into(), buf: self.buf.into_owned() }
    }

    /// Whose conventions its tokens and sentences follow.
    #[must_use]
    pub fn conventions(&self) -> Conventions {
        self.buf.conventions
    }

    /// All tokens in order.
    #[must_use]
    pub fn tokens(&self) -> Tokens<'_, 't> {
        Tokens::new(self, 0..self.buf.tokens.len())
    }

    /// The token with this index.
    #[must_use]
    pub fn token(&self, index: usize) -> Option<TokenView<'_, 't>> {
        self.tokens().nth(index)
    }

    /// The token that covers byte `byte`; none in white space.
    #[must_use]
    pub fn token_at(&self, byte: usize) -> Option<TokenView<'_, 't>> {
        self.tokens_in(byte..byte.saturating_add(1)).next()
    }

    /// The tokens that share a byte with `range`. Logarithmic time.
    ///
    /// # Examples
    ///
    /// ```
    /// let document = tutur::Pipeline::new().process("Ani tiba di Palu.");
    /// let tokens: Vec<_> = document.tokens_in(5..10).map(|t| t.text()).collect();
    /// assert_eq!(tokens, ["tiba", "di"]);
    /// ```
    #[must_use]
    pub fn tokens_in(&self, range: Range<usize>) -> Tokens<'_, 't> {
        Tokens::new(self, within(&self.buf.tokens, &range, |t| t.span))
    }

    /// The words of syntax in order: tokens, less the clitics that stand at them (`rumahnya` is `rumah` and `nya`).
    ///
    /// Split when asked for, with the lexicon of the crate and the conventions of the document.
    ///
    /// # Examples
    ///
    /// ```
    /// let document = tutur::Pipeline::new().process("Rumahnya di Palu.");
    /// let words: Vec<_> = document.words().map(|w| (w.text(), w.range())).collect();
    /// assert_eq!(words[..2], [("Rumah", 0..5), ("nya", 5..8)]);
    /// ```
    #[must_use]
    pub fn words(&self) -> Words<'_, 't> {
        self.tokens().words()
    }

    /// All sentences in order.
    #[must_use]
    pub fn sentences(&self) -> Sentences<'_, 't> {
        Sentences::new(self, 0..self.buf.sentences.len())
    }

    /// The sentence with this index.
    #[must_use]
    pub fn sentence(&self, index: usize) -> Option<Sentence<'_, 't>> {
        self.sentences().nth(index)
    }

    /// The sentence around byte `byte`, the white space between its tokens included; none between sentences.
    #[must_use]
    pub fn sentence_at(&self, byte: usize) -> Option<Sentence<'_, 't>> {
        let next = self.buf.tokens.partition_point(|t| t.span.range().end <= byte);
        self.token(next)?.sentence().filter(|s| s.range().contains(&byte))
    }

    /// All entities in order; they do not overlap.
    #[must_use]
    pub fn entities(&self) -> Entities<'_, 't> {
        Entities::new(self, 0..self.buf.entities.len())
    }

    /// The entities that are right with a probability of at least `score`.
    pub fn entities_above(&self, score: f32) -> impl Iterator<Item = Entity<'_, 't>> {
        self.entities().filter(move |e| e.score() >= score)
    }

    /// The entity with this index.
    #[must_use]
    pub fn entity(&self, index: usize) -> Option<Entity<'_, 't>> {
        self.entities().nth(index)
    }

    /// The entity that covers byte `byte`.
    #[must_use]
    pub fn entity_at(&self, byte: usize) -> Option<Entity<'_, 't>> {
        self.entities_in(byte..byte.saturating_add(1)).next()
    }

    /// The entities that share a byte with `range`. Logarithmic time.
    #[must_use]
    pub fn entities_in(&self, range: Range<usize>) -> Entities<'_, 't> {
        Entities::new(self, within(&self.buf.entities, &range, |e| e.span))
    }

    /// The people, organizations and places of the text, each with all its mentions, in order of their first.
    #[must_use]
    pub fn chains(&self) -> Chains<'_, 't> {
        Chains::new(self, 0..self.buf.chains.len())
    }

    /// The chain with this index.
    #[must_use]
    pub fn chain(&self, index: usize) -> Option<Chain<'_, 't>> {
        self.chains().nth(index)
    }

    /// The paragraphs in order: lines that hold more than white space, those of the page's furniture included.
    #[must_use]
    pub fn paragraphs(&self) -> Paragraphs<'_, 't> {
        Paragraphs::new(self, 0..self.buf.paragraphs.len())
    }

    /// The paragraph around byte `byte`; none in the white space between.
    #[must_use]
    pub fn paragraph_at(&self, byte: usize) -> Option<Paragraph<'_, 't>> {
        let around = within(&self.buf.paragraphs, &(byte..byte.saturating_add(1)), |p| *p);
        Paragraphs::new(self, around).next()
    }

    /// Headline, dateline, caption and page furniture, in order. What is not listed is body.
    #[must_use]
    pub fn layout(&self) -> &[LayoutSpan] {
        &self.buf.layout
    }

    /// The parts of the page that share a byte with `range`. Logarithmic time.
    #[must_use]
    pub fn layout_in(&self, range: Range<usize>) -> &[LayoutSpan] {
        self.buf.layout.get(within(&self.buf.layout, &range, |l| l.span)).unwrap_or_default()
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

    /// Where and through whom the article was filed, where it says so.
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "Jakarta (ANTARA) - Pemerintah menaikkan anggaran pendidikan tahun depan.";
    /// let document = tutur::Pipeline::new().process(text);
    /// let dateline = document.dateline().unwrap();
    /// assert_eq!((dateline.place(), dateline.outlet()), (Some("Jakarta"), Some("ANTARA")));
    /// ```
    #[must_use]
    pub fn dateline(&self) -> Option<Dateline<'t>> {
        let found = self.buf.layout.iter().find(|l| l.kind == LayoutKind::Dateline)?;
        Some(Dateline::new(self, found.span))
    }

    /// The sign-off of the author, as written: `(rsd)`.
    #[must_use]
    pub fn byline(&self) -> Option<&'t str> {
        self.part(LayoutKind::Byline)
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
        self.paragraphs().flat_map(|p| p.body()).map(|span| span.of(self.text))
    }

    /// A map from bytes to characters or UTF-16 units of this text, and back.
    #[must_use]
    pub fn offsets(&self, unit: OffsetUnit) -> OffsetMap<'t> {
        OffsetMap::new(self.text, unit)
    }
}

/// The indexes of the rows that share a byte with `range`; rows are in order and do not overlap.
pub(super) fn within<R>(rows: &[R], range: &Range<usize>, span: impl Fn(&R) -> Span) -> Range<usize> {
    if range.is_empty() {
        return 0..0;
    }
    let first = rows.partition_point(|r| span(r).range().end <= range.start);
    let end = rows.partition_point(|r| span(r).range().start < range.end);
    first..end.max(first)
}

/// The entities that share a byte with `span`.
pub(super) fn touched(entities: &[EntityRow], span: Span) -> &[EntityRow] {
    entities.get(within(entities, &span.range(), |e| e.span)).unwrap_or_default()
}

/// A document that holds its text: free of lifetimes, `Send + Sync + 'static`.
///
/// # Examples
///
/// ```
/// use tutur::{OwnedDocument, Pipeline};
///
/// fn read() -> OwnedDocument {
///     let text = String::from("Ani tiba di Palu.");
///     Pipeline::new().process(&text).into_owned()
/// }
/// let found = std::thread::spawn(|| read().as_document().entities().count()).join().unwrap();
/// assert_eq!(found, 2);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct OwnedDocument {
    text: Box<str>,
    buf: DocBuf,
}

impl OwnedDocument {
    /// The document with all its views. Costs nothing: text and columns are borrowed.
    #[must_use]
    pub fn as_document(&self) -> Document<'_> {
        Document { text: &self.text, buf: Cow::Borrowed(&self.buf) }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl From<Document<'_>> for OwnedDocument {
    fn from(document: Document<'_>) -> OwnedDocument {
        document.into_owned()
    }
}
