//! The JSON shape of a document, written from the document itself.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{JsonId, JsonLayout, JsonSpan, VERSION};
use crate::ner::EntityKind;
use crate::pipeline::Document;
use crate::text::{OffsetMap, OffsetUnit, Span};
use crate::tokenize::TokenKind;

/// A document that serializes as its [`JsonDocument`](super::JsonDocument) does, to the byte, without making one: what
/// is written was copied nowhere, so that a document of any size is written in constant memory (and 8 bytes for every
/// 128 bytes of a text that is not ASCII, where offsets count anything but bytes).
///
/// # Examples
///
/// ```
/// use tutur::render::json::{JsonDocument, JsonView};
/// use tutur::{OffsetUnit, Pipeline};
///
/// let document = Pipeline::new().process("Ani tiba di Palu.");
/// let mut written = Vec::new();
/// serde_json::to_writer(&mut written, &JsonView::new(&document, None, OffsetUnit::Chars))?;
/// let read: JsonDocument = serde_json::from_slice(&written)?;
/// assert_eq!(read.document()?, document);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct JsonView<'d, 't> {
    document: &'d Document<'t>,
    id: Option<JsonId>,
    map: OffsetMap<'t>,
}

impl<'d, 't> JsonView<'d, 't> {
    /// The view of `document`, with offsets in `unit`. Reads the text once where offsets count anything but bytes.
    #[must_use]
    pub fn new(document: &'d Document<'t>, id: Option<JsonId>, unit: OffsetUnit) -> JsonView<'d, 't> {
        JsonView { document, id, map: document.offsets(unit) }
    }

    fn place(&self, span: Span) -> JsonSpan {
        let range = self.map.from_byte_range(span.range());
        JsonSpan { start: range.start, end: range.end }
    }
}

#[derive(serde::Serialize)]
struct Token<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: TokenKind,
    stem: &'a str,
    sentence: usize,
}

#[derive(serde::Serialize)]
struct Entity<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    label: EntityKind,
    score: f32,
    chain: &'a str,
}

#[derive(serde::Serialize)]
struct Chain<'a, M> {
    name: &'a str,
    label: EntityKind,
    mentions: M,
}

/// A list whose elements are made one at a time.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq((self.0)())
    }
}

impl Serialize for JsonView<'_, '_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let document = self.document;
        let layout = document.layout().iter().map(|l| {
            let JsonSpan { start, end } = self.place(l.span);
            JsonLayout { start, end, kind: l.kind }
        });
        let sentences = document.sentences().map(|s| self.place(s.span()));
        let tokens = || {
            let mut sentences = document.sentences().peekable();
            document.tokens().map(move |t| {
                while sentences
                    .next_if(|s| s.tokens().next_back().is_some_and(|l| l.index() < t.index()))
                    .is_some()
                {}
                let sentence = sentences.peek().map_or(0, |s| s.index());
                let JsonSpan { start, end } = self.place(t.span());
                Token { start, end, text: t.text(), kind: t.kind(), stem: t.stem(), sentence }
            })
        };
        let entities = document.entities().map(|e| {
            let JsonSpan { start, end } = self.place(e.span());
            Entity { start, end, text: e.text(), label: e.kind(), score: e.score(), chain: e.chain().name() }
        });
        let chains = document.chains().map(|c| Chain {
            name: c.name(),
            label: c.kind(),
            mentions: Each(move || c.mentions().map(|m| m.index())),
        });
        let mut fields = out.serialize_struct("JsonDocument", 9 + usize::from(self.id.is_some()))?;
        fields.serialize_field("version", &VERSION)?;
        match &self.id {
            Some(id) => fields.serialize_field("id", id)?,
            None => fields.skip_field("id")?,
        }
        fields.serialize_field("offsets", &self.map.unit())?;
        fields.serialize_field("conventions", &document.conventions())?;
        fields.serialize_field("text", document.text())?;
        fields.serialize_field("layout", &Each(|| layout.clone()))?;
        fields.serialize_field("sentences", &Each(|| sentences.clone()))?;
        fields.serialize_field("tokens", &Each(tokens))?;
        fields.serialize_field("entities", &Each(|| entities.clone()))?;
        fields.serialize_field("chains", &Each(|| chains.clone()))?;
        fields.end()
    }
}
