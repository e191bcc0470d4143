//! Tokens and the words of syntax within them.

use std::iter::FusedIterator;
use std::ops::Range;

use super::{Entity, Sentence, rows};
use crate::pipeline::document::{Document, TokenRow};
use crate::stem::Affix;
use crate::text::Span;
use crate::tokenize::{Token, TokenKind};
use crate::words::{Word, WordSplitter};

rows! {
    /// Iterator over tokens: see [`Document::tokens`].
    Tokens of TokenView
}

/// A token in its document.
#[derive(Clone, Copy, Debug)]
pub struct TokenView<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
}

impl<'d, 't> TokenView<'d, 't> {
    #[allow(clippy::indexing_slicing)] // views are made for indexes below the number of tokens only
    fn row(&self) -> TokenRow {
        self.document.buf.tokens[self.index]
    }

    /// The token as the tokenizer gave it.
    #[must_use]
    pub fn token(&self) -> Token<'t> {
        Token::new(self.text(), self.row().span.start, self.row().kind)
    }

    /// The token as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.span().of(self.document.text())
    }

    /// Its bytes in the text.
    #[must_use]
    pub fn span(&self) -> Span {
        self.row().span
    }

    /// Its bytes in the text, for slicing.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.span().range()
    }

    /// What it is made of.
    #[must_use]
    pub fn kind(&self) -> TokenKind {
        self.row().kind
    }

    /// Its index in the document.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its stem; the token as written where it is no word, or stemming is off.
    #[must_use]
    pub fn stem(&self) -> &'d str {
        match self.document.buf.stem(self.index) {
            "" => self.text(),
            stem => stem,
        }
    }

    /// Its words of syntax: itself, or its host and clitics.
    #[must_use]
    pub fn words(&self) -> Words<'d, 't> {
        Tokens::new(self.document, self.index..self.index + 1).words()
    }

    /// Its sentence. Every token of the pipeline has one.
    #[must_use]
    pub fn sentence(&self) -> Option<Sentence<'d, 't>> {
        let index = self.document.buf.sentences.partition_point(|&end| end as usize <= self.index);
        self.document.sentence(index)
    }

    /// The first entity that shares a byte with it.
    #[must_use]
    pub fn entity(&self) -> Option<Entity<'d, 't>> {
        self.document.entities_in(self.range()).next()
    }
}

impl<'d, 't> Tokens<'d, 't> {
    /// The words of syntax of these tokens: see [`Document::words`].
    #[must_use]
    pub fn words(self) -> Words<'d, 't> {
        let splitter = WordSplitter::with_conventions(self.document.conventions());
        Words { tokens: self, splitter, token: 0, parts: Vec::new(), at: 0 }
    }
}

/// Iterator over words of syntax: see [`Document::words`].
#[derive(Clone, Debug)]
pub struct Words<'d, 't> {
    tokens: Tokens<'d, 't>,
    splitter: WordSplitter,
    /// Index of the token that `parts` are of.
    token: usize,
    parts: Vec<Word<'t>>,
    at: usize,
}

impl<'d, 't> Iterator for Words<'d, 't> {
    type Item = WordView<'d, 't>;

    fn next(&mut self) -> Option<WordView<'d, 't>> {
        while self.at >= self.parts.len() {
            let token = self.tokens.next()?;
            self.parts.clear();
            self.splitter.split(token.token(), &mut self.parts);
            (self.token, self.at) = (token.index, 0);
        }
        let word = *self.parts.get(self.at)?;
        self.at += 1;
        Some(WordView { document: self.tokens.document, index: self.token, word })
    }
}

impl FusedIterator for Words<'_, '_> {}

/// A word of syntax in its document: a token, or a host or clitic within one.
#[derive(Clone, Copy, Debug)]
pub struct WordView<'d, 't> {
    document: &'d Document<'t>,
    index: usize,
    word: Word<'t>,
}

impl<'d, 't> WordView<'d, 't> {
    /// The word as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.word.text()
    }

    /// Its bytes in the text.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.word.start()..self.word.start() + self.word.text().len()
    }

    /// Which clitic it is; none for a host or a whole token.
    #[must_use]
    pub fn clitic(&self) -> Option<Affix> {
        self.word.clitic()
    }

    /// The stem of a host or a whole token, the plain form of a clitic.
    #[must_use]
    pub fn lemma(&self) -> &'d str {
        self.word.clitic().map_or_else(|| self.token().stem(), |clitic| clitic.form())
    }

    /// The token that it is, or is part of.
    #[must_use]
    pub fn token(&self) -> TokenView<'d, 't> {
        TokenView { document: self.document, index: self.index }
    }
}
