//! `TOKEN<TAB>TAG` lines with IOB2 tags, as the shared task of CoNLL 2003 made them known: what taggers are trained on.

use std::fmt::{self, Write};

use super::clean::in_line;
use crate::ner::units;
use crate::pipeline::Document;

/// Writes `document` as `TOKEN<TAB>TAG` lines, an empty line after each sentence: what
/// [`ConllReader`](crate::ner::ConllReader) and most trainers of taggers read.
///
/// The tokens are the [`units`] of tagging, so that names inside a token keep their tags (`Rusia-Kazakhstan` is three
/// lines). There are no columns for parts of speech and chunks, which are not analysed, and no `-DOCSTART-` lines.
/// Control characters are written as U+FFFD.
///
/// # Errors
///
/// Only those of `out`.
///
/// # Examples
///
/// ```
/// let document = tutur::Pipeline::new().process("Menlu Rusia Sergey Lavrov tiba.");
/// let mut out = String::new();
/// tutur::render::conll(&document, &mut out)?;
/// assert_eq!(out, "Menlu\tO\nRusia\tB-LOC\nSergey\tB-PER\nLavrov\tI-PER\ntiba\tO\n.\tO\n\n");
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn conll(document: &Document<'_>, out: &mut dyn Write) -> fmt::Result {
    let mut entities = document.entities().peekable();
    let mut parts = Vec::new();
    for sentence in document.sentences() {
        // Where the entity begins that the unit before was tagged with.
        let mut open = None;
        parts.clear();
        sentence.tokens().for_each(|token| units(token.token(), &mut parts));
        for unit in &parts {
            let range = unit.range();
            while entities.next_if(|e| e.range().end <= range.start).is_some() {}
            let entity = entities.peek().filter(|e| e.range().start < range.end);
            unit.text().chars().try_for_each(|c| out.write_char(in_line(c)))?;
            match entity {
                Some(entity) => {
                    let start = Some(entity.range().start);
                    let position = if open == start { 'I' } else { 'B' };
                    open = start;
                    writeln!(out, "\t{position}-{}", entity.kind())?;
                }
                None => {
                    open = None;
                    writeln!(out, "\tO")?;
                }
            }
        }
        writeln!(out)?;
    }
    Ok(())
}
