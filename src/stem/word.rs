//! A word while it is taken apart: bytes for the rules to look at, letters to look up.

use super::LONGEST;
use super::found::Place;
use crate::lexicon::{Entry, Latin, Letters, Lexicon};

/// A word in lower case, of at most [`LONGEST`] bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    bytes: [u8; LONGEST],
    length: usize,
    /// The word, where it is nothing but letters a to z, and not too many.
    letters: Option<Letters>,
}

impl Word {
    /// A word in any case; none where it is too long.
    pub(super) fn new(text: &str) -> Option<Word> {
        Latin::read(text.as_bytes())
            .map(|latin| Word::of_letters(&latin, text.len()))
            .or_else(|| Word::other(text))
    }

    /// A word of `length` letters.
    #[inline]
    pub(super) fn of_letters(latin: &Latin, length: usize) -> Word {
        let mut bytes = [0; LONGEST];
        if let Some(start) = bytes.first_chunk_mut() {
            *start = latin.lower();
        }
        Word { bytes, length, letters: Some(latin.letters) }
    }

    #[cold]
    fn other(text: &str) -> Option<Word> {
        let (mut bytes, mut length) = ([0; LONGEST], 0);
        // As `text::fold` does, without its allocation.
        for c in text.chars().flat_map(char::to_lowercase) {
            let end = length + c.len_utf8();
            c.encode_utf8(bytes.get_mut(length..end)?);
            length = end;
        }
        Some(Word { bytes, length, letters: None })
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Whether it is nothing but letters, and not too many.
    #[inline]
    pub(super) fn letters(&self) -> Option<Letters> {
        self.letters
    }

    /// The bytes from `from` to `to`; none of them where they lie outside.
    #[inline]
    pub(super) fn bytes(&self, from: usize, to: usize) -> &[u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// A root from `start` to `end`.
    #[inline]
    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        let first = self.bytes.get(start).copied().unwrap_or_default();
        Place { end: u8::try_from(end).unwrap_or_default(), first }
    }

    pub(super) fn text(&self) -> &str {
        self.part(0, self.length)
    }

    pub(super) fn part(&self, from: usize, to: usize) -> &str {
        std::str::from_utf8(self.bytes(from, to)).unwrap_or_default()
    }

    /// What is known of the word.
    #[inline(always)]
    pub(super) fn entry(&self, lexicon: &Lexicon<'_>) -> Option<Entry> {
        match self.letters.and_then(Letters::whole) {
            Some(key) => lexicon.get_key(key),
            None => self.look_up(lexicon, 0, self.length),
        }
    }

    /// What is known of the bytes from `from` to `to`, the first of which may be written over for the time being.
    pub(super) fn look_up(&self, lexicon: &Lexicon<'_>, from: usize, to: usize) -> Option<Entry> {
        let bytes = self.bytes(from, to);
        match self.letters {
            Some(letters) => match letters.key(from, to) {
                Some(key) => lexicon.get_key(key.with(0, *bytes.first()?)),
                None => lexicon.get_other(bytes),
            },
            None => lexicon.get_bytes(bytes),
        }
    }

    /// Writes a letter over the one at `at`, and returns that.
    #[inline]
    pub(super) fn overwrite(&mut self, at: usize, letter: u8) -> Option<u8> {
        self.bytes.get_mut(at).map(|slot| std::mem::replace(slot, letter))
    }
}
