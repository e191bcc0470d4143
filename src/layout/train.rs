//! What the tool that learns the weights needs: the lines of annotated pages as `decode` sees them.

use super::decode;
use super::feature::{ROWS, Rows, row_name};
use super::page::{Page, lines};
use super::{KINDS, LayoutKind, LayoutSpan};
use crate::text::Span;

/// A line of an annotated page.
#[derive(Clone, Debug)]
pub struct LineOfPage {
    /// Rows of weights that hold for it wherever the page has its headline.
    pub rows: Vec<u8>,
    /// Column of its kind.
    pub kind: usize,
    /// Says the title again.
    pub repeats: bool,
    /// Too long to be anything but body.
    pub long: bool,
}

impl LineOfPage {
    /// The lines of `text`, whose kinds are `gold`.
    #[must_use]
    pub fn of(text: &str, gold: &[LayoutSpan]) -> Vec<LineOfPage> {
        let (mut spans, mut lower) = (Vec::new(), String::new());
        lines(text, &mut spans);
        let page = Page::new(text, &spans, Vec::new(), &mut lower);
        let mut rows = Rows::default();
        let mut line = |(at, (line, span)): (usize, (&super::page::Outline, &Span))| {
            let long = line.surely_body;
            let of = |l: &&LayoutSpan| l.span.start == span.start && l.kind != LayoutKind::Dateline && !long;
            let known = gold.iter().find(of).map(|l| l.kind);
            rows.0.clear();
            if !long {
                rows.fill(&page, at);
            }
            let kind = KINDS.iter().position(|k| *k == known).unwrap_or(0);
            LineOfPage { rows: rows.0.clone(), kind, repeats: page.repeats(at), long }
        };
        page.lines.iter().zip(&spans).enumerate().map(&mut line).collect()
    }

    /// The state that a line of `kind` leads to from the state above it, `None` at the beginning, if it may.
    #[must_use]
    pub fn next(&self, above: Option<usize>, kind: usize) -> Option<usize> {
        decode::next(above, kind, self.repeats).filter(|_| !self.long || kind == 0)
    }

    /// The rows of weights that hold below a line in the state `above`.
    #[must_use]
    pub fn history(above: Option<usize>) -> Vec<usize> {
        let (row, headline) = decode::history(above);
        std::iter::once(row).chain(headline).collect()
    }
}

/// The names of all rows.
#[must_use]
pub fn row_names() -> Vec<String> {
    (0..ROWS).map(row_name).collect()
}

/// The names of the columns.
#[must_use]
pub fn column_names() -> Vec<&'static str> {
    KINDS.map(|kind| kind.map_or("body", LayoutKind::name)).to_vec()
}
