//! What the tool that learns the weights needs: rows of annotated pages, and the source of the table.

use std::fmt::Write;

use super::feature::{ROWS, Rows, row_name};
use super::page::{LONG, Page};
use super::{KINDS, LayoutKind, LayoutSpan};

/// A line of an annotated page: the rows of weights that hold for it and the column that it should get.
#[derive(Clone, Debug)]
pub struct LineOfPage {
    /// Rows of weights.
    pub rows: Vec<u8>,
    /// Column of its kind.
    pub kind: usize,
}

impl LineOfPage {
    /// The lines of `text`, whose kinds are `gold`. Lines too long to be furniture are left out.
    #[must_use]
    pub fn of(text: &str, gold: &[LayoutSpan]) -> Vec<LineOfPage> {
        let page = Page::new(text);
        let (mut rows, mut headline, mut above) = (Rows::default(), false, None);
        let mut lines = Vec::new();
        for (at, line) in page.lines.iter().enumerate() {
            let of = |l: &&LayoutSpan| l.span.start == line.span.start && l.kind != LayoutKind::Dateline;
            let known = gold.iter().find(of).map(|l| l.kind);
            let kind = KINDS.iter().position(|k| *k == known).unwrap_or(0);
            if line.text.len() <= LONG {
                rows.fill(&page, at);
                rows.history(headline, above);
                lines.push(LineOfPage { rows: rows.0.clone(), kind });
            }
            headline |= known == Some(LayoutKind::Headline);
            above = Some(kind);
        }
        lines
    }
}

/// The names of all rows.
#[must_use]
pub fn row_names() -> Vec<String> {
    (0..ROWS).map(row_name).collect()
}

/// The table as Rust source.
#[must_use]
pub fn weights_source(weights: &[Vec<i16>]) -> String {
    let mut out = String::from(
        "//! Weights of the answers (rows) for the kinds of lines (columns). Written by `cargo xtask train-layout`.\n\n\
         use super::KINDS;\n\n#[rustfmt::skip]\n\
         pub(super) static WEIGHTS: &[[i16; KINDS.len()]] = &[\n    // ",
    );
    for kind in KINDS {
        let name = kind.map_or("body", LayoutKind::name);
        let _ = write!(out, "{:>6}", name.get(..5).unwrap_or(name));
    }
    out.push('\n');
    for (row, name) in weights.iter().zip(row_names()) {
        let cells: Vec<String> = row.iter().map(|w| format!("{w:>4}")).collect();
        let _ = writeln!(out, "    [{}], // {name}", cells.join(", "));
    }
    out + "];\n"
}
