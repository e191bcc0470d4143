//! Which lines of a scraped page are headline, dateline, caption or furniture. Looks at lines only: their place, form,
//! letter case and words that belong to pages; knows no tokens, no names, no outlet.
//!
//! `page` looks at each line once, `feature` asks about two hundred questions of each line of moderate length,
//! `weights` says how much each answer speaks for each kind, `decode` finds the kinds that fit best together,
//! `dateline` looks at the first paragraph. The weights are learned by `cargo xtask train-layout`.

mod dateline;
mod decode;
mod feature;
mod page;
mod shape;
mod train;
mod weights;
mod words;

use crate::text::Span;
pub(crate) use page::lines;
use page::{Outline, Page};
#[doc(hidden)]
pub use train::{LineOfPage, column_names, row_names};

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
    /// Buttons, menus, advertisements and what a script left behind: `loading...`, `A A A`, `ADVERTISEMENT`.
    Widget,
    /// The text of a photograph.
    Caption,
    /// `BRUSSELS -` before the first words of the body.
    Dateline,
    /// Who wrote, edited or sent it: `Penulis: Rina Sari | Editor: Tono`, `(ian)`, `Sumber: Antara`.
    Byline,
    /// Links to other articles, tags.
    Related,
    /// Whose the page is: `Copyright © 2024 ...`, the imprint below the article.
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
/// Plain prose, chat, minutes and lists give nothing, or their title. Every line has one kind at most; a dateline is
/// the beginning of the first paragraph. A page has one headline. Time and memory linear in the length of the text, about a
/// twelfth of the time of the whole pipeline.
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
    let (mut spans, mut found) = (Vec::new(), Vec::new());
    lines(text, &mut spans);
    Layouter::default().run(text, &spans, &mut found);
    found
}

/// Finds the parts of one page after the other; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layouter {
    outlines: Vec<Outline>,
    lower: String,
    decoding: decode::Buffers,
}

impl Layouter {
    /// Appends the parts of `text`, whose [`lines`] are `spans`, to `found`.
    pub(crate) fn run(&mut self, text: &str, spans: &[Span], found: &mut Vec<LayoutSpan>) {
        let mut page = Page::new(text, spans, std::mem::take(&mut self.outlines), &mut self.lower);
        decode::decide(&mut page, &mut self.decoding);
        let mut body = false;
        for (at, (line, &span)) in page.lines.iter().zip(spans).enumerate() {
            match KINDS.get(usize::from(line.kind)).copied().flatten() {
                Some(kind) => found.push(LayoutSpan { span, kind }),
                None if !body && line.paragraph => {
                    body = true;
                    if let Some(length) = dateline(&page, at) {
                        let span = Span::new(span.start, span.start + length);
                        found.push(LayoutSpan { span, kind: LayoutKind::Dateline });
                    }
                }
                None => {}
            }
        }
        self.outlines = page.lines;
    }
}

/// Bytes of the dateline that the paragraph at `at` begins with. Where the next one begins with a place too, the page is
/// a round-up of news, whose places are part of the text.
fn dateline(page: &Page<'_>, at: usize) -> Option<u32> {
    let small = 2 * page.small > page.lines.len();
    let of = |at: usize| dateline::dateline(page.text_of(at), small);
    // Turns of a chat look like `KBRN, Palu: ...`.
    let turns = page.speakers > 1;
    let turn = |length: &u32| page.text_of(at).get(..*length as usize).is_some_and(|d| d.ends_with(':'));
    of(at).filter(|length| of(at + 1).is_none() && !(turns && turn(length)))
}

/// The kinds of whole lines, in the order of the columns of weights; the first is body.
const KINDS: [Option<LayoutKind>; 10] = [
    None,
    Some(LayoutKind::Headline),
    Some(LayoutKind::HeadlineRepeat),
    Some(LayoutKind::Timestamp),
    Some(LayoutKind::Widget),
    Some(LayoutKind::Caption),
    Some(LayoutKind::Byline),
    Some(LayoutKind::Related),
    Some(LayoutKind::Copyright),
    Some(LayoutKind::Render),
];
