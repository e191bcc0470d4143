//! From data back to a document. Data may come from anywhere, so that every offset is checked against the text.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use serde::de::{Deserialize, Deserializer, Error as _};

use super::{JsonDocument, JsonSpan, JsonToken, VERSION};
use crate::error::{Error, ErrorKind, Result};
use crate::layout::LayoutSpan;
use crate::pipeline::{Document, Rebuild};
use crate::text::{OffsetMap, Span};
use crate::tokenize::Token;

/// The version, refused while it is read, so that a reader's error names line and column.
pub(super) fn version<'de, D: Deserializer<'de>>(input: D) -> Result<u32, D::Error> {
    let found = u32::deserialize(input)?;
    if found != VERSION {
        return Err(D::Error::custom(format!("expected version {VERSION} of the shape, found {found}")));
    }
    Ok(found)
}

impl JsonDocument {
    /// The document this data was made of: equal to it, whatever unit the offsets count. Time linear in its size.
    ///
    /// # Errors
    ///
    /// `Version` where the shape is of another [`VERSION`]; `TooLarge` for a text of 4 GiB or more; `Format`, with the
    /// place in the data (`tokens[3].end`), where offsets, texts and indexes do not fit together.
    ///
    /// # Examples
    ///
    /// ```
    /// use tutur::render::json::JsonDocument;
    /// use tutur::{OffsetUnit, Pipeline};
    ///
    /// let document = Pipeline::new().process("Ani tiba di Palu.");
    /// let written = serde_json::to_string(&JsonDocument::new(&document, None, OffsetUnit::Utf16))?;
    /// let mut read: JsonDocument = serde_json::from_str(&written)?;
    /// assert_eq!(read.document()?, document);
    ///
    /// read.tokens[2].end = 99;
    /// let error = read.document().unwrap_err();
    /// assert_eq!(error.to_string(), "tokens[2].end: expected the offset of a character of the text, found 99");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn document(&self) -> Result<Document<'_>> {
        if self.version != VERSION {
            let message = format!("version: expected {VERSION}, found {}", self.version);
            return Err(Error::new(ErrorKind::Version, message));
        }
        if u32::try_from(self.text.len()).is_err() {
            return Err(Error::new(ErrorKind::TooLarge, "text: expected less than 4 GiB"));
        }
        let places = Places { text: &self.text, map: OffsetMap::new(&self.text, self.offsets) };
        let mut rebuild = Rebuild::new(&self.text, self.conventions, self.read_layout(&places)?);
        self.read_tokens(&places, &mut rebuild)?;
        self.read_entities(&places, &mut rebuild)?;
        rebuild.finish()
    }

    fn read_layout(&self, places: &Places<'_>) -> Result<Vec<LayoutSpan>> {
        let mut layout: Vec<LayoutSpan> = Vec::with_capacity(self.layout.len());
        for (index, part) in self.layout.iter().enumerate() {
            let at = At("layout", index);
            let span = places.span(at, JsonSpan { start: part.start, end: part.end })?;
            if layout.last().is_some_and(|before| span.start < before.span.start) {
                return Err(at.wrong("start", "no offset before that of the part before", part.start));
            }
            layout.push(LayoutSpan { span, kind: part.kind });
        }
        Ok(layout)
    }

    fn read_tokens<'s>(&'s self, places: &Places<'s>, rebuild: &mut Rebuild<'s>) -> Result<()> {
        let mut before: Option<&JsonToken> = None;
        let mut end = 0;
        for (index, token) in self.tokens.iter().enumerate() {
            let at = At("tokens", index);
            let place = JsonSpan { start: token.start, end: token.end };
            let span = places.written(at, place, &token.text, end)?;
            end = span.end;
            let next_sentence = before.map_or(0, |b| b.sentence.saturating_add(1));
            let first = token.sentence == next_sentence;
            if !first && before.is_none_or(|b| b.sentence != token.sentence) {
                return Err(at.wrong("sentence", "that of the token before, or the next", token.sentence));
            }
            let Some(sentence) = self.sentences.get(token.sentence) else {
                return Err(at.wrong("sentence", "the index of a sentence", token.sentence));
            };
            if first {
                self.check_end(before)?;
                if sentence.start != token.start {
                    let what = format!("that of its first token, {}", token.start);
                    return Err(At("sentences", token.sentence).wrong("start", &what, sentence.start));
                }
            }
            rebuild.token(Token::new(span.of(&self.text), span.start, token.kind), &token.stem, first)?;
            before = Some(token);
        }
        self.check_end(before)?;
        let full = before.map_or(0, |last| last.sentence.saturating_add(1));
        if full != self.sentences.len() {
            return Err(At("sentences", full).wrong("start", "that of a token", "no token"));
        }
        Ok(())
    }

    /// Whether the sentence of `last`, its last token, ends with it.
    fn check_end(&self, last: Option<&JsonToken>) -> Result<()> {
        let Some((last, sentence)) = last.and_then(|t| Some((t, self.sentences.get(t.sentence)?))) else {
            return Ok(());
        };
        if sentence.end != last.end {
            let what = format!("that of its last token, {}", last.end);
            return Err(At("sentences", last.sentence).wrong("end", &what, sentence.end));
        }
        Ok(())
    }

    fn read_entities<'s>(&'s self, places: &Places<'s>, rebuild: &mut Rebuild<'s>) -> Result<()> {
        let mut chains = vec![None; self.entities.len()];
        for (index, chain) in self.chains.iter().enumerate() {
            let at = At("chains", index);
            for &mention in &chain.mentions {
                match chains.get_mut(mention) {
                    Some(slot @ None) => *slot = Some(index),
                    Some(_) => return Err(at.wrong("mentions", "an entity of no other chain", mention)),
                    None => return Err(at.wrong("mentions", "the index of an entity", mention)),
                }
            }
        }
        let mut end = 0;
        let mut spans = Vec::with_capacity(self.entities.len());
        for (index, (entity, chain)) in self.entities.iter().zip(&chains).enumerate() {
            let at = At("entities", index);
            let span =
                places.written(at, JsonSpan { start: entity.start, end: entity.end }, &entity.text, end)?;
            end = span.end;
            let Some((number, chain)) = chain.and_then(|c| Some((c, self.chains.get(c)?))) else {
                return Err(at.wrong("chain", "a chain that mentions it", "none"));
            };
            if chain.name != entity.chain {
                return Err(at.wrong("chain", &format!("{:?}", chain.name), format!("{:?}", entity.chain)));
            }
            spans.push(span);
            rebuild.entity(span, entity.label, entity.score, number);
        }
        for (index, chain) in self.chains.iter().enumerate() {
            let mentions = chain.mentions.iter().filter_map(|&m| spans.get(m));
            let Some(name) = mentions.copied().find(|span| span.of(&self.text) == chain.name) else {
                return Err(At("chains", index).wrong(
                    "name",
                    "the text of a mention",
                    format!("{:?}", chain.name),
                ));
            };
            rebuild.chain(name, chain.label);
        }
        Ok(())
    }
}

/// A place in the data: the name of a list and an index into it.
#[derive(Clone, Copy)]
struct At(&'static str, usize);

impl At {
    fn wrong(self, field: &str, expected: &str, found: impl std::fmt::Display) -> Error {
        let At(list, index) = self;
        let message = format!("{list}[{index}].{field}: expected {expected}, found {found}");
        Error::new(ErrorKind::Format, message)
    }
}

/// Offsets in the unit of the data, checked against the text.
struct Places<'t> {
    text: &'t str,
    map: OffsetMap<'t>,
}

impl Places<'_> {
    fn byte(&self, at: At, field: &str, offset: usize) -> Result<u32> {
        let byte = self.map.to_byte(offset);
        let stands = self.map.from_byte(byte) == offset && self.text.is_char_boundary(byte);
        let byte = u32::try_from(byte).ok().filter(|_| stands);
        byte.ok_or_else(|| at.wrong(field, "the offset of a character of the text", offset))
    }

    fn span(&self, at: At, place: JsonSpan) -> Result<Span> {
        let (start, end) = (self.byte(at, "start", place.start)?, self.byte(at, "end", place.end)?);
        if end < start {
            return Err(at.wrong("end", &format!("no offset before {}", place.start), place.end));
        }
        Ok(Span::new(start, end))
    }

    /// A span that is not empty, begins at byte `from` or later and holds `written`.
    fn written(&self, at: At, place: JsonSpan, written: &str, from: u32) -> Result<Span> {
        let span = self.span(at, place)?;
        if span.start < from {
            return Err(at.wrong("start", "an offset behind the one before it in the list", place.start));
        }
        if span.is_empty() || span.of(self.text) != written {
            return Err(at.wrong("text", &format!("{:?}", span.of(self.text)), format!("{written:?}")));
        }
        Ok(span)
    }
}
