//! JSON: read back without loss in every unit, valid by the published schema, errors that name the place.

mod common;

use common::{ARTICLE, HOSTILE, PIPELINE, texts};
use proptest::prelude::*;
use serde_json::{Value, json};
use tutur::ner::{TagScratch, TagSpan, Tagger};
use tutur::render::conllu;
use tutur::render::json::{JsonDocument, JsonId, JsonView, VERSION};
use tutur::{
    Conventions, Document, EntityKind, ErrorKind, LayoutKind, OffsetUnit, Pipeline, TokenKind, Tokenizer,
};

const UNITS: [OffsetUnit; 3] = [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16];

fn written(document: &Document<'_>, id: Option<JsonId>, unit: OffsetUnit) -> String {
    let json = serde_json::to_string(&JsonView::new(document, id.clone(), unit)).unwrap();
    assert_eq!(json, serde_json::to_string(&JsonDocument::new(document, id, unit)).unwrap());
    json
}

fn value(text: &str, unit: OffsetUnit) -> Value {
    serde_json::to_value(JsonDocument::new(&PIPELINE.process(text), Some("a1".into()), unit)).unwrap()
}

/// The whole way: document, data, JSON, data, document.
fn comes_back(document: &Document<'_>, unit: OffsetUnit) {
    let json = written(document, None, unit);
    let read: JsonDocument = serde_json::from_str(&json).unwrap();
    let again = read.document().unwrap();
    assert_eq!(&again, document);
    assert_eq!(written(&again, None, unit), json);
}

#[test]
fn a_document_comes_back_as_it_went() {
    let gsd = Tokenizer::builder().conventions(Conventions::UdGsd).build().unwrap();
    let gsd = Pipeline::builder().tokenizer(gsd).build().unwrap();
    let bare = Pipeline::builder().entities(false).stemming(false).layout(false).build().unwrap();
    let line = common::long_line();
    for pipeline in [&PIPELINE, &gsd, &bare] {
        for text in HOSTILE.iter().copied().chain([ARTICLE, &line, "“é” 😀 Dr. Ani di Palu."]) {
            let document = pipeline.process(text);
            for unit in UNITS {
                comes_back(&document, unit);
            }
            let data = JsonDocument::new(&document, None, OffsetUnit::Chars);
            let (mut first, mut second) = (String::new(), String::new());
            conllu(&document, "a", &mut first).unwrap();
            conllu(&data.document().unwrap(), "a", &mut second).unwrap();
            assert_eq!(first, second);
        }
    }
}

#[test]
fn offsets_slice_the_text_in_their_unit() {
    let text = format!("“😀” {ARTICLE}");
    for unit in UNITS {
        let data = JsonDocument::new(&PIPELINE.process(&text), None, unit);
        let slice = |start: usize, end: usize| match unit {
            OffsetUnit::Chars => text.chars().skip(start).take(end - start).collect::<String>(),
            OffsetUnit::Utf16 => {
                let units: Vec<u16> = text.encode_utf16().collect();
                String::from_utf16(&units[start..end]).unwrap()
            }
            _ => text[start..end].to_owned(),
        };
        assert!(data.tokens.iter().all(|t| slice(t.start, t.end) == t.text), "{unit:?}");
        assert!(data.entities.iter().all(|e| slice(e.start, e.end) == e.text), "{unit:?}");
        assert!(data.entities.len() > 20);
    }
}

/// Answers what no tagger of ours answers.
#[derive(Debug)]
struct Odd;

impl Tagger for Odd {
    fn tag(&self, words: &[&str], _: &mut TagScratch, found: &mut Vec<TagSpan>) {
        let last = u32::try_from(words.len()).unwrap();
        found.push(TagSpan { first: 0, end: 1, kind: EntityKind::Other(7), score: 0.25 });
        found.push(TagSpan { first: 1.min(last), end: last, kind: EntityKind::Person, score: f32::INFINITY });
    }
}

#[test]
fn labels_of_other_models_come_back() {
    let pipeline = Pipeline::builder().tagger(Odd).second_look(false).build().unwrap();
    let document = pipeline.process("Nasi goreng enak.");
    let json = written(&document, None, OffsetUnit::Bytes);
    assert!(validator().is_valid(&serde_json::from_str(&json).unwrap()), "{json}");
    let read: JsonDocument = serde_json::from_str(&json).unwrap();
    let kinds: Vec<_> = read.document().unwrap().entities().map(|e| (e.kind(), e.score())).collect();
    assert_eq!(kinds, [(EntityKind::Other(7), 0.25), (EntityKind::Person, 1.0)]);
}

#[test]
fn ids_come_back_as_they_went() {
    let document = PIPELINE.process("Ani.");
    for id in [JsonId::from("a/1 \u{1b}"), JsonId::from(17), JsonId::from(i64::MIN)] {
        let read: JsonDocument =
            serde_json::from_str(&written(&document, Some(id.clone()), OffsetUnit::Bytes)).unwrap();
        assert_eq!(read.id, Some(id));
    }
}

#[test]
fn fields_of_a_later_release_are_skipped() {
    let mut data = value("Ani di Palu.", OffsetUnit::Bytes);
    data["baru"] = json!([1]);
    data["tokens"][0]["baru"] = json!({});
    assert!(validator().is_valid(&data));
    let read: JsonDocument = serde_json::from_value(data).unwrap();
    assert_eq!(read.document().unwrap(), PIPELINE.process("Ani di Palu."));
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../docs/schema/document-1.schema.json")).unwrap()
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

#[test]
fn documents_are_valid_by_the_schema() {
    assert!(jsonschema::meta::is_valid(&schema()));
    assert_eq!(schema()["properties"]["version"]["const"], VERSION);
    let validator = validator();
    for text in HOSTILE.iter().copied().chain([ARTICLE]) {
        for unit in UNITS {
            let data = value(text, unit);
            let errors: Vec<String> = validator.iter_errors(&data).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{text:?}: {errors:?}");
        }
    }
}

#[test]
fn the_schema_names_every_kind() {
    let data = |field: &str, kind: Value| {
        let mut data = value(ARTICLE, OffsetUnit::Bytes);
        data[field][0]["kind"] = kind;
        data
    };
    let validator = validator();
    use TokenKind as T;
    for kind in [
        T::Word,
        T::Abbreviation,
        T::Number,
        T::Date,
        T::Time,
        T::Currency,
        T::Url,
        T::Email,
        T::Mention,
        T::Hashtag,
        T::Emoji,
        T::Emoticon,
        T::Punctuation,
        T::Symbol,
    ] {
        assert!(validator.is_valid(&data("tokens", serde_json::to_value(kind).unwrap())), "{kind:?}");
    }
    use LayoutKind as L;
    for kind in [
        L::Headline,
        L::HeadlineRepeat,
        L::Timestamp,
        L::Widget,
        L::Caption,
        L::Dateline,
        L::Byline,
        L::Related,
        L::Copyright,
        L::Render,
    ] {
        let written = serde_json::to_value(kind).unwrap();
        assert_eq!(written, kind.name());
        assert!(validator.is_valid(&data("layout", written)), "{kind:?}");
    }
    for field in ["tokens", "layout"] {
        assert!(!validator.is_valid(&data(field, json!("lain"))));
    }
}

/// Every object of `data`, with the path to it.
fn objects(data: &Value, path: String, each: &mut dyn FnMut(String, &serde_json::Map<String, Value>)) {
    match data {
        Value::Object(fields) => {
            each(path.clone(), fields);
            fields.iter().for_each(|(name, field)| objects(field, format!("{path}/{name}"), each));
        }
        Value::Array(items) => {
            // The items of a list are of one shape: the first stands for all.
            items.iter().take(1).for_each(|item| objects(item, format!("{path}/0"), each));
        }
        _ => {}
    }
}

#[test]
fn the_schema_and_the_reader_want_every_field() {
    let (data, validator) = (value(ARTICLE, OffsetUnit::Bytes), validator());
    let mut fields = Vec::new();
    objects(&data, String::new(), &mut |path, object| {
        fields.extend(object.keys().map(|name| (path.clone(), name.clone())));
    });
    assert!(fields.len() > 25, "{fields:?}");
    for (path, name) in fields.iter().filter(|f| f.1 != "id") {
        let mut less = data.clone();
        less.pointer_mut(path).unwrap().as_object_mut().unwrap().remove(name);
        assert!(!validator.is_valid(&less), "{path}/{name}");
        let error = serde_json::from_str::<JsonDocument>(&less.to_string()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("missing field `{name}` at line 1 column ")), "{error}");
        let mut wrong = data.clone();
        wrong.pointer_mut(path).unwrap()[name] = json!(true);
        assert!(!validator.is_valid(&wrong), "{path}/{name}");
        assert!(serde_json::from_value::<JsonDocument>(wrong).is_err(), "{path}/{name}");
    }
}

#[test]
fn errors_of_json_name_line_column_and_what_was_expected() {
    let whole = serde_json::to_string_pretty(&value("Ani di Palu.", OffsetUnit::Bytes)).unwrap();
    for (part, other, error) in [
        ("\"version\": 1", "\"version\": 2", "expected version 1 of the shape, found 2 at line "),
        ("\"kind\": \"word\"", "\"kind\": \"kata\"", "unknown variant `kata`, expected one of `word`, "),
        (
            "\"id\": \"a1\"",
            "\"id\": 1.5",
            "invalid type: floating point `1.5`, expected a string or an integer",
        ),
        (
            "\"id\": \"a1\"",
            "\"id\": 9223372036854775808",
            "invalid value: integer `9223372036854775808`, expected a string or",
        ),
        ("\"start\": 0", "\"start\": -1", "invalid value: integer `-1`, expected usize at line "),
        ("\"text\": \"Ani\"", "\"text\": 3", "invalid type: integer `3`, expected a string at line "),
        (
            "\"offsets\": \"bytes\"",
            "\"offsets\": \"bits\"",
            "unknown variant `bits`, expected one of `bytes`, `chars`, `utf16`",
        ),
        ("\"version\": 1\n}", "\"version\": 1\n", "EOF while parsing an object at line "),
    ] {
        assert!(whole.contains(part), "{part}");
        let at = whole.find(part).unwrap();
        let line = whole[..at].matches('\n').count() + 1;
        let found = serde_json::from_str::<JsonDocument>(&whole.replacen(part, other, 1)).unwrap_err();
        assert!(found.to_string().starts_with(error), "{found}");
        // The end of a number is known only behind it, where the next line may have begun.
        assert!((line..=line + 1).contains(&found.line()) || found.is_eof(), "{found}: line {line}");
        assert!(found.column() > 0 || found.is_eof());
    }
}

#[test]
fn data_that_does_not_fit_its_text_is_refused_with_its_place() {
    let text = "“Ani” di Palu. Budi juga.";
    type Break = fn(&mut JsonDocument);
    let cases: &[(Break, &str)] = &[
        (|d| d.tokens[1].end = 99, "tokens[1].end: expected the offset of a character of the text, found 99"),
        (
            |d| d.tokens[1].start = usize::MAX,
            "tokens[1].start: expected the offset of a character of the text",
        ),
        (
            |d| d.tokens[1].start = 1,
            "tokens[1].start: expected the offset of a character of the text, found 1",
        ),
        (|d| d.tokens[1].end = 0, "tokens[1].end: expected no offset before 3, found 0"),
        (|d| d.tokens.swap(3, 4), "tokens[4].start: expected an offset behind the one before it"),
        (|d| d.tokens[1].text = "Budi".into(), "tokens[1].text: expected \"Ani\", found \"Budi\""),
        (
            |d| (d.tokens[1].end, d.tokens[1].text) = (3, String::new()),
            "tokens[1].text: expected \"\", found \"\"",
        ),
        (|d| d.offsets = OffsetUnit::Chars, "tokens[0].text: expected \"“An\", found \"“\""),
        (|d| d.tokens[1].sentence = 1, "sentences[0].end: expected that of its last token, 3, found "),
        (
            |d| d.tokens[1].sentence = 7,
            "tokens[1].sentence: expected that of the token before, or the next, found 7",
        ),
        (
            |d| d.tokens[1].sentence = usize::MAX,
            "tokens[1].sentence: expected that of the token before, or the next",
        ),
        (|d| d.sentences[0].end = 3, "sentences[0].end: expected that of its last token, "),
        (|d| d.sentences[1].start = 3, "sentences[1].start: expected that of its first token, "),
        (|d| d.sentences.truncate(1), "tokens[6].sentence: expected the index of a sentence, found 1"),
        (
            |d| d.sentences.push(d.sentences[0]),
            "sentences[2].start: expected that of a token, found no token",
        ),
        (|d| d.tokens.clear(), "sentences[0].start: expected that of a token, found no token"),
        (|d| d.entities[0].start += 1, "entities[0].text: expected"),
        (|d| d.entities.swap(0, 1), "entities[0].chain: expected \"Ani\", found \"Palu\""),
        (|d| d.entities[1].start = 3, "entities[1].start: expected an offset behind the one before it"),
        (|d| d.entities[0].chain = "Dewi".into(), "entities[0].chain: expected"),
        (|d| drop(d.chains.pop()), "chain: expected a chain that mentions it, found none"),
        (
            |d| d.chains[0].mentions.clear(),
            "entities[0].chain: expected a chain that mentions it, found none",
        ),
        (
            |d| d.chains[0].mentions = vec![99],
            "chains[0].mentions: expected the index of an entity, found 99",
        ),
        (
            |d| d.chains[1].mentions = vec![0],
            "chains[1].mentions: expected an entity of no other chain, found 0",
        ),
        (
            |d| (d.chains[0].name, d.entities[0].chain) = ("Dewi".into(), "Dewi".into()),
            "chains[0].name: expected the text of a mention, found \"Dewi\"",
        ),
        (|d| d.entities[0].score = 1.5, "entity 0: expected a score between 0 and 1"),
        (
            |d| d.entities[0].label = EntityKind::Location,
            "entity 0: expected the index of a chain of its kind",
        ),
        (|d| d.chains.swap(0, 1), "chain 1: expected a mention, behind the first of the chain before"),
        (|d| drop(d.tokens.remove(3)), "token 3: expected white space around it alone"),
        (|d| d.tokens[1].stem.clear(), "token 1: expected a stem"),
        (|d| d.version = 3, "version: expected 1, found 3"),
    ];
    let document = PIPELINE.process(text);
    let whole = JsonDocument::new(&document, None, OffsetUnit::Bytes);
    assert!(whole.chains.len() >= 2 && whole.sentences.len() == 2, "{whole:?}");
    for (broken, expected) in cases {
        let mut data = whole.clone();
        broken(&mut data);
        let error = data.document().unwrap_err();
        assert!(error.to_string().contains(expected), "expected {expected:?}, found {error}");
        assert!(matches!(error.kind(), ErrorKind::Format | ErrorKind::Version));
    }
    let page = PIPELINE.process(ARTICLE);
    let mut data = JsonDocument::new(&page, None, OffsetUnit::Bytes);
    data.layout.swap(0, 1);
    let error = data.document().unwrap_err().to_string();
    assert!(
        error.starts_with("layout[1].start: expected no offset before that of the part before"),
        "{error}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_comes_back(text in texts()) {
        let document = PIPELINE.process(&text);
        for unit in UNITS {
            comes_back(&document, unit);
        }
    }

    /// Data that an enemy changed gives a document or an error, and a document that was read can be written.
    #[test]
    fn changed_data_never_panics(text in texts(), at in any::<prop::sample::Index>(), other in any::<u32>()) {
        let json = written(&PIPELINE.process(&text), None, OffsetUnit::Utf16);
        let numbers: Vec<usize> = json.char_indices().filter(|c| c.1.is_ascii_digit()).map(|c| c.0).collect();
        let byte = numbers[at.index(numbers.len())];
        for replaced in [other % 10, other] {
            let changed = format!("{}{replaced}{}", &json[..byte], &json[byte + 1..]);
            if let Ok(data) = serde_json::from_str::<JsonDocument>(&changed)
                && let Ok(document) = data.document()
            {
                written(&document, None, OffsetUnit::Chars);
                let mut out = String::new();
                tutur::render::html(&document, "a", &mut out).unwrap();
                conllu(&document, "a", &mut out).unwrap();
            }
        }
    }
}
