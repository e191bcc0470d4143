//! The iterator over tokens: what [`plain`] decides on the spot, the rest by [`scan`].

use std::ops::Range;

use super::{Token, Tokenizer, plain, scan};
use crate::text::class::Runs;

/// Iterator over the tokens of a text, made by [`Tokenizer::tokenize`].
#[derive(Clone, Debug)]
pub struct Tokens<'k, 't> {
    tokenizer: &'k Tokenizer,
    text: &'t str,
    at: usize,
    /// Bytes of the token before.
    previous: Range<usize>,
    runs: Runs,
}

impl<'k, 't> Tokens<'k, 't> {
    pub(super) fn new(tokenizer: &'k Tokenizer, text: &'t str) -> Tokens<'k, 't> {
        Tokens { tokenizer, text, at: 0, previous: 0..0, runs: Runs::default() }
    }
}

impl<'t> Iterator for Tokens<'_, 't> {
    type Item = Token<'t>;

    #[inline(always)]
    fn next(&mut self) -> Option<Token<'t>> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let mut first = *bytes.get(at)?;
        // The space after a word has a branch of its own, 4 % faster than the loop alone. Adding the comparison instead
        // of branching on it costs 5 to 15 %: every token would wait for it.
        if first == b' ' {
            at += 1;
            first = *bytes.get(at)?;
        }
        while plain::is_space(first) {
            at += 1;
            first = *bytes.get(at)?;
        }
        let plain = if self.tokenizer.custom.is_none() {
            plain::token(bytes, at, first, &mut self.runs)
        } else {
            None
        };
        let (start, end, kind) = match plain {
            Some((end, kind)) => (at, end, kind),
            None => scan::next(self.tokenizer, self.text, at, self.previous.start, self.previous.end)?,
        };
        self.at = end;
        self.previous = start..end;
        #[allow(clippy::cast_possible_truncation)] // texts have less than 4 GiB
        Some(Token::new(self.text.get(start..end).unwrap_or_default(), start as u32, kind))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.text.len().saturating_sub(self.at)))
    }
}

impl std::iter::FusedIterator for Tokens<'_, '_> {}
