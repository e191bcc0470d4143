//! Which lines of a scraped page are headline, dateline, caption or furniture. Looks at lines only: their place, form,
//! letter case and set phrases; knows no tokens and no names.
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

mod line;

use crate::text::Span;
use line::Line;

/// What a part of a page is. Everything that is none of these is body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LayoutKind {
    /// The title of the article.
    Headline,
    /// The title again.
    HeadlineRepeat,
    /// `Rabu, 20 Oktober 2021 - 01:01 WIB`
    Timestamp,
    /// What a script left behind: `loading...`, `A A A`, `ADVERTISEMENT`.
    Widget,
    /// The text of a photograph.
    Caption,
    /// `BRUSSELS -` before the first words of the body.
    Dateline,
    /// The author's sign-off: `(ian)`.
    Byline,
    /// Links to other articles, tags.
    Related,
    /// `Copyright © 2024 ...`
    Copyright,
    /// What the server says of itself: `rendering in 0.15 seconds`.
    Render,
}

impl LayoutKind {
    /// The name in data and output: `headline_repeat`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LayoutKind::Headline => "headline",
            LayoutKind::HeadlineRepeat => "headline_repeat",
            LayoutKind::Timestamp => "timestamp",
            LayoutKind::Widget => "widget",
            LayoutKind::Caption => "caption",
            LayoutKind::Dateline => "dateline",
            LayoutKind::Byline => "byline",
            LayoutKind::Related => "related",
            LayoutKind::Copyright => "copyright",
            LayoutKind::Render => "render",
        }
    }

    /// Whether a reader of the article can do without it.
    #[must_use]
    pub fn is_boilerplate(self) -> bool {
        !matches!(
            self,
            LayoutKind::Headline | LayoutKind::Timestamp | LayoutKind::Caption | LayoutKind::Dateline
        )
    }
}

/// A part of the page and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LayoutSpan {
    /// Its bytes, without the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: LayoutKind,
}

/// Finds headline, dateline, caption and furniture of `text`, in order. What is not listed is body.
///
/// Plain prose, chat and lists give nothing. One pass over the lines; time linear in the length of the text.
///
/// # Examples
///
/// ```
/// use tutur::layout::{LayoutKind, layout};
///
/// let page = "Warga Palu Rayakan Panen Raya\n\nSenin, 3 Mei 2021 - 08:00 WIB\nPALU - Warga merayakan panen.\n(rsd)\n";
/// let kinds: Vec<_> = layout(page).iter().map(|l| l.kind).collect();
/// assert_eq!(kinds, [LayoutKind::Headline, LayoutKind::Timestamp, LayoutKind::Dateline, LayoutKind::Byline]);
/// ```
#[must_use]
pub fn layout(text: &str) -> Vec<LayoutSpan> {
    let mut found = Vec::new();
    layout_into(text, &mut found);
    found
}

/// As [`layout`], into a buffer that is reused.
pub(crate) fn layout_into(text: &str, found: &mut Vec<LayoutSpan>) {
    found.clear();
    let mut headline: Option<&str> = None;
    let mut lines = Line::all(text).peekable();
    let (mut first, mut body) = (true, false);
    while let Some(line) = lines.next() {
        let follows = lines.peek();
        let mut kind = line.furniture();
        if kind.is_none() && headline.is_some_and(|h| h == line.text) {
            kind = Some(LayoutKind::HeadlineRepeat);
        }
        if kind.is_none() && first && follows.is_some_and(|f| f.text != line.text) && line.is_headline() {
            kind = Some(LayoutKind::Headline);
        }
        if kind.is_none() && !body && headline.is_some() && line.is_caption() {
            kind = Some(LayoutKind::Caption);
        }
        if kind == Some(LayoutKind::Headline) {
            headline = Some(line.text);
        }
        // The headline comes first, or behind furniture.
        first &= matches!(kind, Some(LayoutKind::Widget | LayoutKind::Timestamp | LayoutKind::Related));
        match kind {
            Some(kind) => found.push(LayoutSpan { span: line.span, kind }),
            None => {
                if !body && let Some(length) = line.dateline() {
                    let span = Span::new(line.span.start, line.span.start + length);
                    found.push(LayoutSpan { span, kind: LayoutKind::Dateline });
                }
                body |= line.text.len() > 60;
            }
        }
    }
}
