//! What each function answers, as Arrow columns. Names of fields are those of tutur's JSON.

use std::borrow::Cow;
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, Float32Builder, Int64Builder, ListArray, NullBufferBuilder, StringViewBuilder, StructArray,
};
use datafusion::arrow::buffer::{OffsetBuffer, ScalarBuffer};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Fields};
use tutur::{Document, EntityKind, OffsetUnit, TokenKind};

use crate::evaluate::Failure;

/// The functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Stem,
    Roots,
    Sentences,
    Entities,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Stem => "tutur_stem",
            Kind::Roots => "tutur_roots",
            Kind::Sentences => "tutur_sentences",
            Kind::Entities => "tutur_entities",
        }
    }

    pub(crate) fn description(self) -> &'static str {
        match self {
            Kind::Stem => "The roots of an Indonesian text's words, with blanks between them.",
            Kind::Roots => "The roots of an Indonesian text's words, in order.",
            Kind::Sentences => "The sentences of an Indonesian text: start, end, text.",
            Kind::Entities => {
                "The people, organizations and places that an Indonesian text names: start, end, text, label, score, chain."
            }
        }
    }

    pub(crate) fn data_type(self) -> DataType {
        match self {
            Kind::Stem => DataType::Utf8View,
            Kind::Roots => DataType::List(item(DataType::Utf8View)),
            Kind::Sentences => DataType::List(item(DataType::Struct(sentence_fields()))),
            Kind::Entities => DataType::List(item(DataType::Struct(entity_fields()))),
        }
    }

    /// An empty column of answers, with offsets in `unit`.
    pub(crate) fn column(self, unit: OffsetUnit) -> Box<dyn Column> {
        match self {
            Kind::Stem => Box::new(Stems::default()),
            Kind::Roots => Box::new(Lists::new(Roots::default())),
            Kind::Sentences => Box::new(Lists::new(Sentences { places: Places::new(unit) })),
            Kind::Entities => Box::new(Lists::new(Entities::new(unit))),
        }
    }
}

/// A column of answers that grows by rows.
pub(crate) trait Column {
    /// Appends what the document says; where it fails, it appends nothing.
    fn push(&mut self, document: &Document<'_>) -> Result<(), Failure>;
    fn push_null(&mut self);
    fn finish(self: Box<Self>) -> ArrayRef;
}

/// `tutur_stem`.
#[derive(Default)]
struct Stems {
    rows: StringViewBuilder,
    row: String,
}

impl Column for Stems {
    fn push(&mut self, document: &Document<'_>) -> Result<(), Failure> {
        self.row.clear();
        for root in roots(document) {
            if !self.row.is_empty() {
                self.row.push(' ');
            }
            self.row.push_str(&root);
        }
        self.rows.append_value(&self.row);
        Ok(())
    }

    fn push_null(&mut self) {
        self.rows.append_null();
    }

    fn finish(mut self: Box<Self>) -> ArrayRef {
        Arc::new(self.rows.finish())
    }
}

/// The items of lists, one after the other.
trait Items {
    /// Appends the items of a document.
    fn push(&mut self, document: &Document<'_>);
    /// How many `push` would append, or more.
    fn bound(document: &Document<'_>) -> usize;
    fn len(&self) -> usize;
    fn finish(self) -> ArrayRef;
}

/// A list a row.
struct Lists<I> {
    items: I,
    ends: Vec<i32>,
    nulls: NullBufferBuilder,
}

impl<I> Lists<I> {
    fn new(items: I) -> Lists<I> {
        Lists { items, ends: vec![0], nulls: NullBufferBuilder::new(0) }
    }
}

impl<I: Items> Lists<I> {
    fn end_row(&mut self) {
        // `push` appends no more than fits.
        self.ends.push(i32::try_from(self.items.len()).unwrap_or(i32::MAX));
    }
}

impl<I: Items> Column for Lists<I> {
    fn push(&mut self, document: &Document<'_>) -> Result<(), Failure> {
        if self.items.len() + I::bound(document) > i32::MAX as usize {
            return Err(Failure::BatchFull);
        }
        self.items.push(document);
        self.end_row();
        self.nulls.append_non_null();
        Ok(())
    }

    fn push_null(&mut self) {
        self.end_row();
        self.nulls.append_null();
    }

    fn finish(mut self: Box<Self>) -> ArrayRef {
        let nulls = self.nulls.finish();
        let items = self.items.finish();
        let field = item(items.data_type().clone());
        Arc::new(ListArray::new(field, OffsetBuffer::new(ScalarBuffer::from(self.ends)), items, nulls))
    }
}

/// `tutur_roots`.
#[derive(Default)]
struct Roots {
    roots: StringViewBuilder,
    count: usize,
}

impl Items for Roots {
    fn push(&mut self, document: &Document<'_>) {
        for root in roots(document) {
            self.roots.append_value(root);
            self.count += 1;
        }
    }

    fn bound(document: &Document<'_>) -> usize {
        document.tokens().len()
    }

    fn len(&self) -> usize {
        self.count
    }

    fn finish(mut self) -> ArrayRef {
        Arc::new(self.roots.finish())
    }
}

/// Pieces of a text: where they begin and end, and as written.
struct Places {
    unit: OffsetUnit,
    starts: Int64Builder,
    ends: Int64Builder,
    texts: StringViewBuilder,
    count: usize,
}

impl Places {
    fn new(unit: OffsetUnit) -> Places {
        let (starts, ends, texts) = Default::default();
        Places { unit, starts, ends, texts, count: 0 }
    }

    fn push<'t>(&mut self, document: &Document<'t>, ranges: impl Iterator<Item = std::ops::Range<usize>>) {
        let (map, text) = (document.offsets(self.unit), document.text());
        for bytes in ranges {
            self.texts.append_value(text.get(bytes.clone()).unwrap_or_default());
            let place = map.from_byte_range(bytes);
            // Below 2 GiB, as texts are.
            self.starts.append_value(place.start as i64);
            self.ends.append_value(place.end as i64);
            self.count += 1;
        }
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        vec![Arc::new(self.starts.finish()), Arc::new(self.ends.finish()), Arc::new(self.texts.finish())]
    }
}

/// `tutur_sentences`.
struct Sentences {
    places: Places,
}

impl Items for Sentences {
    fn push(&mut self, document: &Document<'_>) {
        self.places.push(document, document.sentences().map(|s| s.range()));
    }

    fn bound(document: &Document<'_>) -> usize {
        document.sentences().len()
    }

    fn len(&self) -> usize {
        self.places.count
    }

    fn finish(self) -> ArrayRef {
        Arc::new(StructArray::new(sentence_fields(), self.places.finish(), None))
    }
}

/// `tutur_entities`.
struct Entities {
    places: Places,
    labels: StringViewBuilder,
    scores: Float32Builder,
    chains: StringViewBuilder,
}

impl Entities {
    fn new(unit: OffsetUnit) -> Entities {
        let (labels, scores, chains) = Default::default();
        Entities { places: Places::new(unit), labels, scores, chains }
    }
}

impl Items for Entities {
    fn push(&mut self, document: &Document<'_>) {
        self.places.push(document, document.entities().map(|e| e.range()));
        for entity in document.entities() {
            self.labels.append_value(label(entity.kind()));
            self.scores.append_value(entity.score());
            self.chains.append_value(entity.chain().name());
        }
    }

    fn bound(document: &Document<'_>) -> usize {
        document.entities().len()
    }

    fn len(&self) -> usize {
        self.places.count
    }

    fn finish(mut self) -> ArrayRef {
        let mut columns = self.places.finish();
        columns.push(Arc::new(self.labels.finish()));
        columns.push(Arc::new(self.scores.finish()));
        columns.push(Arc::new(self.chains.finish()));
        Arc::new(StructArray::new(entity_fields(), columns, None))
    }
}

/// The roots of what can be read in a text, in lower case: marks, symbols and emoji are left out.
fn roots<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Cow<'d, str>> {
    const MARKS: &[TokenKind] =
        &[TokenKind::Punctuation, TokenKind::Symbol, TokenKind::Emoji, TokenKind::Emoticon];
    document.tokens().filter(|t| !MARKS.contains(&t.kind())).map(|token| {
        let root = token.stem();
        // Stems are in lower case; what is no word is not.
        if root.chars().any(char::is_uppercase) {
            Cow::Owned(root.to_lowercase())
        } else {
            Cow::Borrowed(root)
        }
    })
}

/// As in JSON; a label of the user's model is `OTHER:` and its number.
fn label(kind: EntityKind) -> Cow<'static, str> {
    match kind {
        EntityKind::Other(number) => Cow::Owned(format!("OTHER:{number}")),
        kind => Cow::Borrowed(kind.label()),
    }
}

fn item(data_type: DataType) -> FieldRef {
    Arc::new(Field::new_list_field(data_type, true))
}

fn sentence_fields() -> Fields {
    let field = |name, data_type| Field::new(name, data_type, true);
    Fields::from(vec![
        field("start", DataType::Int64),
        field("end", DataType::Int64),
        field("text", DataType::Utf8View),
    ])
}

fn entity_fields() -> Fields {
    let field = |name, data_type| Arc::new(Field::new(name, data_type, true));
    let more = [
        field("label", DataType::Utf8View),
        field("score", DataType::Float32),
        field("chain", DataType::Utf8View),
    ];
    sentence_fields().iter().cloned().chain(more).collect()
}
