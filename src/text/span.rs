//! A byte range into a text, half the size of `Range<usize>`.

use std::ops::Range;

/// A byte range `start..end` into a text of less than 4 GiB.
///
/// Offsets count UTF-8 **bytes** and always stand on character boundaries of the text they were made for.
///
/// # Examples
///
/// ```
/// use tutur::Span;
///
/// let span = Span::new(5, 10);
/// assert_eq!(span.of("kota Palu,"), "Palu,");
/// assert_eq!(span.len(), 5);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`; an `end` before `start` is moved to `start`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end: if end < start { start } else { end } }
    }

    /// The same range for slicing: `&text[span.range()]`.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// Whether `byte` lies inside.
    #[must_use]
    pub const fn contains(self, byte: u32) -> bool {
        self.start <= byte && byte < self.end
    }

    /// Whether the two ranges share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part of `text` in this range; empty where the range does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The same range without the white space around its text.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // inside a range of 32-bit offsets
    pub(crate) fn trimmed(self, text: &str) -> Span {
        let all = self.of(text);
        let rest = all.trim_start();
        let start = self.start + (all.len() - rest.len()) as u32;
        Span::new(start, start + rest.trim_end().len() as u32)
    }
}
