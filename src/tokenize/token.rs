//! What a token is.

use crate::text::Span;

/// A piece of the text without white space: a word, a number, a mark.
///
/// Borrows the text, not the document it was found in, and is cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token<'t> {
    text: &'t str,
    start: u32,
    kind: TokenKind,
}

impl<'t> Token<'t> {
    /// A token of `kind` that starts at byte `start` of its text.
    #[must_use]
    pub const fn new(text: &'t str, start: u32, kind: TokenKind) -> Token<'t> {
        Token { text, start, kind }
    }

    /// The token as written.
    #[inline]
    #[must_use]
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// What the token is made of.
    #[inline]
    #[must_use]
    pub const fn kind(&self) -> TokenKind {
        self.kind
    }

    /// Its bytes in the text, for slicing.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<usize> {
        self.span().range()
    }

    /// The byte after it.
    #[inline]
    pub(super) const fn end(&self) -> usize {
        self.start as usize + self.text.len()
    }

    /// Its bytes in the text.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // texts have less than 4 GiB
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len() as u32)
    }
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum TokenKind {
    /// Letters, with inner hyphens and apostrophes: `langkah-langkah`, `Jum'at`, `ke-19`, `H2O`.
    Word,
    /// An abbreviation with its full stop: `Dr.`, `hlm.`, `S.H.`.
    Abbreviation,
    /// An amount or a code of digits: `1.904.569`, `2,5`, `045/B/KPU/2023`.
    Number,
    /// A date of digits: `20/10/2021`.
    Date,
    /// A time of day: `09.30`, `23:59:59`.
    Time,
    /// A currency: `Rp`, `US$` is `US` and `$`.
    Currency,
    /// `https://...`, `tutur.id/berita`.
    Url,
    /// `redaksi@contoh.id`.
    Email,
    /// `@nama`.
    Mention,
    /// `#tagar`.
    Hashtag,
    /// One grapheme cluster: 😂.
    Emoji,
    /// `:)`.
    Emoticon,
    /// Marks of writing: `,` `.` `"` `(` `...`.
    Punctuation,
    /// Everything else that shows: `%` `°` `=` `+`.
    Symbol,
}
