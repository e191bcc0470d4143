//! The JSON shape of a document, stable within a [`VERSION`] and described by `docs/schema/document-1.schema.json`.
//! [`JsonView`] writes it, [`JsonDocument::document`] makes the document again, equal to the first; [`JsonDocument::new`]
//! makes the data without writing them.

mod id;
mod read;
mod view;

use serde::{Deserialize, Serialize};

pub use id::JsonId;
pub use view::JsonView;

use crate::layout::LayoutKind;
use crate::ner::EntityKind;
use crate::pipeline::{Chain, Document, Entity};
use crate::text::{OffsetUnit, Span};
use crate::tokenize::{Conventions, TokenKind};

/// Raised when a field changes its meaning or goes; new fields do not raise it.
pub const VERSION: u32 = 1;

/// A document as data. Offsets count what the caller asked for; ends are exclusive. Fields that a newer release may add
/// are skipped by a reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JsonDocument {
    /// [`VERSION`] of the shape.
    #[serde(deserialize_with = "read::version")]
    pub version: u32,
    /// The caller's name for the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<JsonId>,
    /// What all offsets count.
    pub offsets: OffsetUnit,
    /// Whose conventions tokens and sentences follow.
    pub conventions: Conventions,
    /// The text.
    pub text: String,
    /// Headline, dateline, caption and furniture.
    pub layout: Vec<JsonLayout>,
    /// Sentences.
    pub sentences: Vec<JsonSpan>,
    /// Tokens.
    pub tokens: Vec<JsonToken>,
    /// Entities.
    pub entities: Vec<JsonEntity>,
    /// People, organizations and places, in order of their first mention.
    pub chains: Vec<JsonChain>,
}

/// A range of offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JsonSpan {
    /// First.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JsonLayout {
    /// First offset.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it is.
    pub kind: LayoutKind,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JsonToken {
    /// First offset.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As written.
    pub text: String,
    /// What it is made of.
    pub kind: TokenKind,
    /// Its stem; the token as written where it is no word.
    pub stem: String,
    /// Index of its sentence.
    pub sentence: usize,
}

/// An entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JsonEntity {
    /// First offset.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As written.
    pub text: String,
    /// PER, ORG or LOC; `{"OTHER": n}` for the label number `n` of a user's model.
    pub label: EntityKind,
    /// Probability, 0 to 1, that span and label are right.
    pub score: f32,
    /// The fullest mention of the same person, organization or place in this text.
    pub chain: String,
}

/// A person, an organization or a place with all its mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JsonChain {
    /// Its fullest mention; of several as long, the first.
    pub name: String,
    /// As in [`JsonEntity`].
    pub label: EntityKind,
    /// Indexes of its entities, rising.
    pub mentions: Vec<usize>,
}

impl JsonDocument {
    /// The data of `document`, with offsets in `unit`. Time linear in the length of the text.
    ///
    /// # Examples
    ///
    /// ```
    /// use tutur::render::json::JsonDocument;
    /// use tutur::{OffsetUnit, Pipeline};
    ///
    /// let document = Pipeline::new().process("“Élan” terbit di Palu.");
    /// let data = JsonDocument::new(&document, Some("a1".into()), OffsetUnit::Chars);
    /// assert_eq!((data.tokens[1].start, data.tokens[1].text.as_str()), (1, "Élan"));
    /// ```
    #[must_use]
    pub fn new(document: &Document<'_>, id: Option<JsonId>, unit: OffsetUnit) -> JsonDocument {
        let map = document.offsets(unit);
        let place = |span: Span| JsonSpan {
            start: map.from_byte(span.range().start),
            end: map.from_byte(span.range().end),
        };
        let mut tokens = Vec::with_capacity(document.tokens().len());
        for (index, sentence) in document.sentences().enumerate() {
            for token in sentence.tokens() {
                let JsonSpan { start, end } = place(token.token().span());
                let (text, stem) = (token.text().to_owned(), token.stem().to_owned());
                tokens.push(JsonToken { start, end, text, kind: token.kind(), stem, sentence: index });
            }
        }
        let entity = |e: Entity<'_, '_>| JsonEntity {
            start: map.from_byte(e.range().start),
            end: map.from_byte(e.range().end),
            text: e.text().to_owned(),
            label: e.kind(),
            score: e.score(),
            chain: e.chain().name().to_owned(),
        };
        let chain = |c: Chain<'_, '_>| JsonChain {
            name: c.name().to_owned(),
            label: c.kind(),
            mentions: c.mentions().map(|m| m.index()).collect(),
        };
        let layout = document.layout().iter().map(|l| {
            let JsonSpan { start, end } = place(l.span);
            JsonLayout { start, end, kind: l.kind }
        });
        JsonDocument {
            version: VERSION,
            id,
            offsets: unit,
            conventions: document.conventions(),
            text: document.text().to_owned(),
            layout: layout.collect(),
            sentences: document.sentences().map(|s| place(s.span())).collect(),
            tokens,
            entities: document.entities().map(entity).collect(),
            chains: document.chains().map(chain).collect(),
        }
    }
}
