//! What a row becomes: lists of structs, whole documents, texts.

use std::sync::Arc;

use arrow_array::builder::{Float32Builder, Int32Builder, ListBuilder, StringBuilder};
use arrow_array::{Array, ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use tutur::{Document, EntityKind, OffsetMap};

use crate::names;

/// A document on its way into a row.
pub(super) struct Found<'a> {
    pub(super) document: &'a Document<'a>,
    pub(super) map: &'a OffsetMap<'a>,
    pub(super) label: &'a dyn Fn(EntityKind) -> &'a str,
}

impl Found<'_> {
    /// Bytes that the row needs at most in one string column: names are repeated, stems may be longer than words.
    pub(super) fn bytes(&self) -> usize {
        let chains: usize = self.document.entities().map(|e| e.chain().name().len()).sum();
        let length = self.document.text().len();
        let stems = match length > STEMS_MAY_MATTER {
            true => self.document.tokens().map(|t| t.stem().len()).sum(),
            false => length,
        };
        length.max(chains).max(stems)
    }
}

/// Stems of shorter texts fit wherever their text does.
const STEMS_MAY_MATTER: usize = 1 << 24;

/// Rows of documents.
pub(super) trait Output {
    /// Appends a row; a null without a document.
    fn push(&mut self, found: Option<&Found<'_>>);
    /// The rows so far, as an array. None are left.
    fn finish(&mut self) -> Result<ArrayRef, ArrowError>;
}

/// Offsets and counts: rows are far shorter than 2 GiB.
fn int(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Parts of documents, one after the other, in columns.
trait Parts: Default {
    fn push(&mut self, found: &Found<'_>);
    fn len(&self) -> usize;
    fn finish(&mut self) -> Vec<(&'static str, ArrayRef)>;
}

/// A list of parts for each row.
#[derive(Default)]
struct List<P> {
    parts: P,
    ends: Vec<i32>,
    valid: Option<NullBufferBuilder>,
}

impl<P: Parts> Output for List<P> {
    fn push(&mut self, found: Option<&Found<'_>>) {
        if let Some(found) = found {
            self.parts.push(found);
        }
        self.ends.push(int(self.parts.len()));
        self.valid.get_or_insert_with(|| NullBufferBuilder::new(0)).append(found.is_some());
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        let values = structs(self.parts.finish(), None)?;
        let offsets: ScalarBuffer<i32> = std::iter::once(0).chain(std::mem::take(&mut self.ends)).collect();
        let valid = self.valid.take().and_then(|mut valid| valid.finish());
        let field = Arc::new(Field::new_list_field(values.data_type().clone(), true));
        let list = ListArray::try_new(field, OffsetBuffer::new(offsets), Arc::new(values), valid)?;
        Ok(Arc::new(list))
    }
}

fn structs(
    columns: Vec<(&'static str, ArrayRef)>,
    valid: Option<arrow_buffer::NullBuffer>,
) -> Result<StructArray, ArrowError> {
    let field = |(name, column): &(&str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
    let fields: Fields = columns.iter().map(field).collect();
    StructArray::try_new(fields, columns.into_iter().map(|c| c.1).collect(), valid)
}

/// Offsets and texts.
#[derive(Default)]
struct Spans {
    start: Int32Builder,
    end: Int32Builder,
    text: StringBuilder,
}

impl Spans {
    fn push(&mut self, found: &Found<'_>, bytes: std::ops::Range<usize>) {
        let place = found.map.from_byte_range(bytes.clone());
        self.start.append_value(int(place.start));
        self.end.append_value(int(place.end));
        self.text.append_value(found.document.text().get(bytes).unwrap_or_default());
    }

    fn finish(&mut self) -> Vec<(&'static str, ArrayRef)> {
        vec![
            ("start", Arc::new(self.start.finish())),
            ("end", Arc::new(self.end.finish())),
            ("text", Arc::new(self.text.finish())),
        ]
    }
}

#[derive(Default)]
struct Sentences(Spans);

impl Parts for Sentences {
    fn push(&mut self, found: &Found<'_>) {
        found.document.sentences().for_each(|s| self.0.push(found, s.range()));
    }

    fn len(&self) -> usize {
        self.0.start.values_slice().len()
    }

    fn finish(&mut self) -> Vec<(&'static str, ArrayRef)> {
        self.0.finish()
    }
}

#[derive(Default)]
struct Tokens {
    spans: Spans,
    kind: StringBuilder,
    stem: StringBuilder,
    sentence: Int32Builder,
}

impl Parts for Tokens {
    fn push(&mut self, found: &Found<'_>) {
        for (index, sentence) in found.document.sentences().enumerate() {
            for token in sentence.tokens() {
                self.spans.push(found, token.range());
                self.kind.append_value(names::kind_name(token.kind()));
                self.stem.append_value(token.stem());
                self.sentence.append_value(int(index));
            }
        }
    }

    fn len(&self) -> usize {
        self.sentence.values_slice().len()
    }

    fn finish(&mut self) -> Vec<(&'static str, ArrayRef)> {
        let mut columns = self.spans.finish();
        columns.push(("kind", Arc::new(self.kind.finish())));
        columns.push(("stem", Arc::new(self.stem.finish())));
        columns.push(("sentence", Arc::new(self.sentence.finish())));
        columns
    }
}

#[derive(Default)]
struct Entities {
    spans: Spans,
    label: StringBuilder,
    score: Float32Builder,
    chain: StringBuilder,
}

impl Parts for Entities {
    fn push(&mut self, found: &Found<'_>) {
        for entity in found.document.entities() {
            self.spans.push(found, entity.range());
            self.label.append_value((found.label)(entity.kind()));
            self.score.append_value(entity.score());
            self.chain.append_value(entity.chain().name());
        }
    }

    fn len(&self) -> usize {
        self.score.values_slice().len()
    }

    fn finish(&mut self) -> Vec<(&'static str, ArrayRef)> {
        let mut columns = self.spans.finish();
        columns.push(("label", Arc::new(self.label.finish())));
        columns.push(("score", Arc::new(self.score.finish())));
        columns.push(("chain", Arc::new(self.chain.finish())));
        columns
    }
}

#[derive(Default)]
struct Chains {
    rows: usize,
    name: StringBuilder,
    label: StringBuilder,
    mentions: ListBuilder<Int32Builder>,
}

impl Parts for Chains {
    fn push(&mut self, found: &Found<'_>) {
        for chain in found.document.chains() {
            self.rows += 1;
            self.name.append_value(chain.name());
            self.label.append_value((found.label)(chain.kind()));
            chain.mentions().for_each(|m| self.mentions.values().append_value(int(m.index())));
            self.mentions.append(true);
        }
    }

    fn len(&self) -> usize {
        self.rows
    }

    fn finish(&mut self) -> Vec<(&'static str, ArrayRef)> {
        self.rows = 0;
        vec![
            ("name", Arc::new(self.name.finish())),
            ("label", Arc::new(self.label.finish())),
            ("mentions", Arc::new(self.mentions.finish())),
        ]
    }
}

#[derive(Default)]
struct Layout {
    spans: Spans,
    kind: StringBuilder,
}

impl Parts for Layout {
    fn push(&mut self, found: &Found<'_>) {
        for part in found.document.layout() {
            self.spans.push(found, part.span.range());
            self.kind.append_value(part.kind.name());
        }
    }

    fn len(&self) -> usize {
        self.spans.start.values_slice().len()
    }

    fn finish(&mut self) -> Vec<(&'static str, ArrayRef)> {
        let mut columns = self.spans.finish();
        columns.push(("kind", Arc::new(self.kind.finish())));
        columns
    }
}

/// Whole documents: a struct of lists.
#[derive(Default)]
struct Documents {
    layout: List<Layout>,
    sentences: List<Sentences>,
    tokens: List<Tokens>,
    entities: List<Entities>,
    chains: List<Chains>,
    valid: Option<NullBufferBuilder>,
}

impl Output for Documents {
    fn push(&mut self, found: Option<&Found<'_>>) {
        self.layout.push(found);
        self.sentences.push(found);
        self.tokens.push(found);
        self.entities.push(found);
        self.chains.push(found);
        self.valid.get_or_insert_with(|| NullBufferBuilder::new(0)).append(found.is_some());
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        let columns = vec![
            ("layout", self.layout.finish()?),
            ("sentences", self.sentences.finish()?),
            ("tokens", self.tokens.finish()?),
            ("entities", self.entities.finish()?),
            ("chains", self.chains.finish()?),
        ];
        let valid = self.valid.take().and_then(|mut valid| valid.finish());
        Ok(Arc::new(structs(columns, valid)?))
    }
}

/// What a column function makes of documents.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Tokens,
    Sentences,
    Entities,
    Documents,
}

impl Kind {
    pub(super) fn output(self) -> Box<dyn Output> {
        match self {
            Kind::Tokens => Box::new(List::<Tokens>::default()),
            Kind::Sentences => Box::new(List::<Sentences>::default()),
            Kind::Entities => Box::new(List::<Entities>::default()),
            Kind::Documents => Box::new(Documents::default()),
        }
    }

    /// The type of the rows.
    pub(super) fn data_type(self) -> Result<DataType, ArrowError> {
        Ok(self.output().finish()?.data_type().clone())
    }
}
