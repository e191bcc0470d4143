//! Documents as lines of JSON: the bytes that the example `corpus` writes.

use std::io::{self, Write};

use serde_json::ser::{Formatter, Serializer};
use tutur::render::json::JsonDocument;
use tutur::{Document, OffsetUnit};

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

/// Appends `value` as JSON.
fn append(value: &impl serde::Serialize, out: &mut Vec<u8>) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, NoControls))
}

/// A string as JSON.
pub(crate) fn string(text: &str) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::new();
    append(&text, &mut out)?;
    Ok(out)
}

/// Puts `document` into `out` as one JSON object, without a line break; `id`, which is JSON, comes first, so that it is
/// found without reading the rest.
pub(crate) fn line(
    document: &Document<'_>,
    id: Option<&[u8]>,
    unit: OffsetUnit,
    out: &mut Vec<u8>,
) -> serde_json::Result<()> {
    out.clear();
    let data = JsonDocument::new(document, None, unit);
    let Some(id) = id else { return append(&data, out) };
    append(&data, out)?;
    // Behind the bracket that opens the object, which is never empty.
    let head = [b"\"id\":", id, b","].concat();
    out.splice(1..1, head);
    Ok(())
}
