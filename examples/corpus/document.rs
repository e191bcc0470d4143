//! From a record to a line of the output: what its id and its text are, and what the pipeline says of it.

use std::collections::HashMap;
use std::io::{self, Seek, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};
use serde_json::value::RawValue;
use tempfile::{SpooledData, SpooledTempFile};
use tutur::render::json::JsonView;
use tutur::{EntityKind, OffsetUnit, Worker};

use crate::records::{Place, Raw, Record};
use crate::sources::Sources;
use crate::summary::Counts;

/// Lines of more bytes wait for their turn on the disk.
const IN_MEMORY: usize = 4 << 20;

/// Ids of more bytes are refused. As JSON they take at most six times that.
pub(crate) const LONGEST_ID: usize = 4096;

/// How records are read.
pub(crate) struct Reading {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) lossy: bool,
}

/// What came of a record.
pub(crate) struct Outcome {
    pub(crate) source: usize,
    pub(crate) line: Option<u64>,
    pub(crate) after: Place,
    pub(crate) result: Result<Analysed, Failure>,
}

/// A document, ready to be written.
pub(crate) struct Analysed {
    /// As JSON.
    pub(crate) id: String,
    pub(crate) line: SpooledData,
    pub(crate) counts: Counts,
}

pub(crate) enum Failure {
    /// The record is bad; others may be good.
    Record(String),
    /// Nothing can be written.
    Disk(io::Error),
}

/// The shape of a line. The id comes first, so that it is found without reading the rest.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a Value,
    #[serde(flatten)]
    document: JsonView<'a, 'a>,
}

/// JSON in which the control characters are escaped that it allows in strings and that some terminals obey.
struct NoControls;

impl Formatter for NoControls {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| matches!(c, '\u{7f}'..='\u{9f}')) {
            write!(out, "{}\\u{:04x}", &rest[..at], u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

/// Analyses `record`. A long line goes to an unnamed file in `folder`.
pub(crate) fn analyse(
    worker: &mut Worker,
    record: Record,
    sources: &Sources,
    reading: &Reading,
    folder: &Path,
) -> Outcome {
    let Record { source, line, raw, after } = record;
    let result = match parse(raw, &sources.list[source].id, reading) {
        Ok((id, text)) => write(worker, &id, &text, folder).map_err(Failure::Disk),
        Err(reason) => Err(Failure::Record(reason)),
    };
    Outcome { source, line, after, result }
}

fn write(worker: &mut Worker, id: &Value, text: &str, folder: &Path) -> io::Result<Analysed> {
    let document = worker.process(text);
    let mut counts = Counts {
        documents: 1,
        bytes: text.len() as u64,
        tokens: document.tokens().len() as u64,
        sentences: document.sentences().count() as u64,
        ..Counts::default()
    };
    for entity in document.entities() {
        match entity.kind() {
            EntityKind::Person => counts.people += 1,
            EntityKind::Organization => counts.organizations += 1,
            EntityKind::Location => counts.places += 1,
            _ => {}
        }
    }
    let document = JsonView::new(&document, None, OffsetUnit::Bytes);
    let mut line = SpooledTempFile::new_in(IN_MEMORY, folder);
    let mut buffered = io::BufWriter::new(&mut line);
    Line { id, document }.serialize(&mut Serializer::with_formatter(&mut buffered, NoControls))?;
    buffered.write_all(b"\n")?;
    buffered.flush()?;
    drop(buffered);
    line.rewind()?;
    Ok(Analysed { id: id.to_string(), line: line.into_inner(), counts })
}

/// The id and the text of a record, or what is wrong with it.
fn parse(raw: Raw, file_id: &str, reading: &Reading) -> Result<(Value, String), String> {
    match raw {
        Raw::Unreadable(reason) => Err(reason),
        Raw::Text(bytes) => Ok((file_id.into(), utf8(bytes, reading.lossy)?)),
        Raw::Line(bytes) => fields(&utf8(bytes, reading.lossy)?, reading),
    }
}

fn utf8(bytes: Vec<u8>, lossy: bool) -> Result<String, String> {
    String::from_utf8(bytes).or_else(|error| {
        let at = error.utf8_error().valid_up_to();
        match lossy {
            true => Ok(String::from_utf8_lossy(error.as_bytes()).into_owned()),
            false => Err(format!("expected UTF-8, found another byte at {at}; --lossy replaces such bytes")),
        }
    })
}

/// The two fields of a JSON object that matter; the values of others are skipped.
fn fields(line: &str, reading: &Reading) -> Result<(Value, String), String> {
    let fields: HashMap<String, &RawValue> = serde_json::from_str(line).map_err(|error| {
        format!("expected a JSON object: {}", error.to_string().replace(" at line 1 column ", " at column "))
    })?;
    let field = |name: &str| fields.get(name).ok_or_else(|| format!("no field {name:?}"));
    let id: Value = serde_json::from_str(field(&reading.id)?.get()).map_err(|error| error.to_string())?;
    if !(id.is_string() || id.is_i64() || id.is_u64()) {
        return Err(format!("expected a string or an integer as {:?}", reading.id));
    }
    if id.as_str().is_some_and(|id| id.len() > LONGEST_ID) {
        return Err(format!("expected at most {LONGEST_ID} bytes as {:?}", reading.id));
    }
    let text = serde_json::from_str(field(&reading.text)?.get())
        .map_err(|error| format!("expected a string as {:?}: {error}", reading.text))?;
    Ok((id, text))
}

/// The id of a written line, as JSON.
pub(crate) fn id_of(line: &[u8]) -> Option<String> {
    let rest = line.strip_prefix(b"{\"id\":")?;
    let id: Value = serde_json::Deserializer::from_slice(rest).into_iter().next()?.ok()?;
    Some(id.to_string())
}
