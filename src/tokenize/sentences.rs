//! The iterator over the sentences of a text that nobody has cut into tokens before.

use super::sentence::{LOOK_AHEAD, LOOK_BACK, Splitter};
use super::{Token, TokenKind, Tokenizer, Tokens};
use crate::text::Span;

/// Tokens read at once by the iterator: few enough to stay in the cache, enough to be seldom moved.
const WINDOW: usize = 64;

/// Iterator over the sentences of a text, made by [`Tokenizer::sentences`]. Reads a few tokens ahead; memory does not
/// grow with the text.
#[derive(Clone, Debug)]
pub struct Sentences<'k, 't> {
    tokens: Tokens<'k, 't>,
    /// Of these the first `decided` are decided, up to `filled` are read.
    window: [Token<'t>; WINDOW],
    decided: usize,
    filled: usize,
    state: Splitter<'t>,
}

impl<'k, 't> Sentences<'k, 't> {
    pub(super) fn new(tokenizer: &'k Tokenizer, text: &'t str) -> Sentences<'k, 't> {
        Sentences {
            tokens: tokenizer.tokenize(text),
            window: [Token::new("", 0, TokenKind::Word); WINDOW],
            decided: 0,
            filled: 0,
            state: Splitter::new(text, tokenizer.conventions),
        }
    }
}

impl Iterator for Sentences<'_, '_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut start = None;
        loop {
            if self.filled < self.decided + LOOK_AHEAD {
                self.fill();
            }
            let window = self.window.get(..self.filled)?;
            let span = window.get(self.decided)?.span();
            let start = *start.get_or_insert(span.start);
            let ends = self.state.ends_after(window, self.decided);
            self.decided += 1;
            if ends {
                return Some(Span::new(start, span.end));
            }
        }
    }
}

impl Sentences<'_, '_> {
    /// Reads on, and forgets what no decision looks back at.
    fn fill(&mut self) {
        let kept = self.decided.saturating_sub(LOOK_BACK);
        self.window.copy_within(kept..self.filled, 0);
        (self.decided, self.filled) = (self.decided - kept, self.filled - kept);
        for (slot, token) in self.window.iter_mut().skip(self.filled).zip(&mut self.tokens) {
            *slot = token;
            self.filled += 1;
        }
    }
}

impl std::iter::FusedIterator for Sentences<'_, '_> {}
