//! The standoff format of the annotation tool brat: a text, and beside it a file of spans that count its characters.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::clean::in_line;
use crate::pipeline::Document;
use crate::text::OffsetUnit;

/// Writes the entities of `document` as an `.ann` file for brat: `T1<TAB>PER 0 13<TAB>Sergey Lavrov`.
///
/// Offsets count the characters of [`brat_text`], which has to lie beside it as the `.txt` file. A mention that runs
/// over the end of a line is cut there, as brat wants it (`T2<TAB>ORG 0 5;6 9<TAB>Dewan PBB`); no other mention has
/// parts. The entity types are those of [`EntityKind::label`](crate::EntityKind::label): brat's `annotation.conf` has
/// to list them.
///
/// # Errors
///
/// Only those of `out`.
///
/// # Examples
///
/// ```
/// let document = tutur::Pipeline::new().process("“Halo,” kata Sergey Lavrov.");
/// let mut out = String::new();
/// tutur::render::brat(&document, &mut out)?;
/// assert_eq!(out, "T1\tPER 13 26\tSergey Lavrov\n");
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn brat(document: &Document<'_>, out: &mut dyn Write) -> fmt::Result {
    let map = document.offsets(OffsetUnit::Chars);
    for (index, entity) in document.entities().enumerate() {
        write!(out, "T{}\t{} ", index + 1, entity.kind())?;
        let mut parts = Vec::new();
        let mut at = entity.range().start;
        for line in entity.text().split('\n') {
            let part = line.trim();
            if !part.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                let separator = if parts.is_empty() { "" } else { ";" };
                write!(out, "{separator}{} {}", map.from_byte(start), map.from_byte(start + part.len()))?;
                parts.push(part);
            }
            at += line.len() + 1;
        }
        let mut separator = '\t';
        for part in parts {
            out.write_char(separator)?;
            part.chars().try_for_each(|c| out.write_char(in_line(c)))?;
            separator = ' ';
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The `.txt` file that belongs to [`brat`]'s spans: `text` with as many characters, but with a space for white space
/// other than spaces and newlines, and U+FFFD for control characters. Carriage returns are among them, because readers
/// that join `\r\n` into one character would count all spans behind it wrong.
///
/// # Examples
///
/// ```
/// assert_eq!(tutur::render::brat_text("Palu\r\nDonggala\tSigi"), "Palu \nDonggala Sigi");
/// ```
#[must_use]
pub fn brat_text(text: &str) -> Cow<'_, str> {
    let shown = |c| if c == '\n' { c } else { in_line(c) };
    if text.chars().all(|c| shown(c) == c) { Cow::Borrowed(text) } else { text.chars().map(shown).collect() }
}
