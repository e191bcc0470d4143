//! The embedded file of the tokenizer: abbreviations, and words that open sentences or quotations.

use crate::wire::{Container, Kind, StrTable};

/// Format of `data/tokenizer.bin`. Version 2: a table of abbreviations (form in lower case to
/// [`encode_abbreviation`](super::encode_abbreviation)d value), a table of openers (word in lower case to bits of
/// [`Opener`]). Version 1 had the first alone.
pub const KIND: Kind = Kind { magic: b"tuturtok", version: 2, name: "tokenizer data" };

static BYTES: &[u8] = include_bytes!("../../data/tokenizer.bin");

pub(super) const ABBREVIATIONS: usize = 0;
pub(super) const OPENERS: usize = 1;

/// What a word of the second table opens, as a bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Opener {
    /// A sentence, when it has a capital: `Namun`, `Pada`.
    Sentence = 1,
    /// A quotation, without a comma between: `berjudul "Laskar Pelangi"`.
    Quotation = 2,
}

/// A table of the file. One that does not open would be a defect of the release, which a test excludes.
pub(super) fn table(section: usize) -> Option<StrTable<'static>> {
    StrTable::open(Container::open(BYTES, KIND).ok()?.section(section)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_file_is_whole() {
        Container::open(BYTES, KIND).unwrap().verify().unwrap();
        assert!(table(ABBREVIATIONS).is_some_and(|t| t.len() > 150));
        assert!(table(OPENERS).is_some_and(|t| t.len() > 500));
        assert!(table(2).is_none());
    }
}
