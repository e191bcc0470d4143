//! For people at a terminal.

use std::fmt::{self, Write};

use super::clean::printable;
use super::stem_differs;
use crate::layout::LayoutKind;
use crate::ner::EntityKind;
use crate::pipeline::Document;

/// Whether to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// Brackets and labels only.
    #[default]
    Plain,
    /// ANSI colours, for a terminal.
    Colour,
}

/// Writes `document` for reading: its parts, sentences with entities marked, stems that differ, and the names.
///
/// # Errors
///
/// Only those of `out`.
pub fn pretty(document: &Document<'_>, style: Style, out: &mut dyn Write) -> fmt::Result {
    for part in document.layout() {
        if matches!(
            part.kind,
            LayoutKind::Headline | LayoutKind::Timestamp | LayoutKind::Dateline | LayoutKind::Caption
        ) {
            writeln!(out, "{:<10} {}", part.kind.name(), printable(part.span.of(document.text())))?;
        }
    }
    let furniture = document.layout().iter().filter(|l| l.kind.is_boilerplate()).count();
    writeln!(
        out,
        "{:<10} {} sentences, {} tokens, {} entities, {furniture} lines of page furniture\n",
        "found",
        document.sentences().count(),
        document.tokens().len(),
        document.entities().len()
    )?;
    for (index, sentence) in document.sentences().enumerate() {
        write!(out, "{:>3}  ", index + 1)?;
        let mut at = sentence.span().range().start;
        for entity in sentence.entities() {
            write!(out, "{}", printable(document.text().get(at..entity.range().start).unwrap_or_default()))?;
            let (open, close) = marks(entity.kind(), style);
            write!(out, "{open}{}{close}", printable(entity.text()))?;
            at = entity.range().end;
        }
        writeln!(
            out,
            "{}",
            printable(document.text().get(at..sentence.span().range().end).unwrap_or_default())
        )?;
        let stems: Vec<String> = sentence
            .tokens()
            .filter(|&t| stem_differs(t))
            .map(|t| format!("{} \u{2192} {}", printable(t.text()), printable(t.stem())))
            .collect();
        if !stems.is_empty() {
            writeln!(out, "     {}", stems.join(", "))?;
        }
    }
    writeln!(out)?;
    for kind in [EntityKind::Person, EntityKind::Organization, EntityKind::Location] {
        let names: Vec<String> = document
            .chains()
            .filter(|c| c.kind() == kind)
            .map(|c| {
                if c.count() > 1 {
                    format!("{} ({}x)", printable(c.name()), c.count())
                } else {
                    printable(c.name()).into_owned()
                }
            })
            .collect();
        if !names.is_empty() {
            writeln!(out, "{kind}  {}", names.join(", "))?;
        }
    }
    Ok(())
}

fn marks(kind: EntityKind, style: Style) -> (String, String) {
    let code = match kind {
        EntityKind::Person => 32,
        EntityKind::Organization => 34,
        EntityKind::Location => 33,
        EntityKind::Other(_) => 35,
    };
    match style {
        Style::Plain => ("[".to_owned(), format!(" {kind}]")),
        Style::Colour => (format!("\u{1b}[1;{code}m"), format!("\u{1b}[0m\u{1b}[2m {kind}\u{1b}[0m")),
    }
}
