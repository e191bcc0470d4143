//! What is known of words: roots with their productivity, forms kept whole, irregular stems, informal spellings. Used as
//! it lies in the file, with a user's own words layered over it. Knows nothing of affixes.

mod format;
mod letters;
mod user;
mod words;

use std::sync::Arc;

use once_cell::sync::Lazy;

pub use format::{Compiler, KIND as FILE_KIND};
pub use user::UserDictionary;

pub(crate) use letters::{Key, Latin, Letters};

use crate::error::Result;
use crate::wire::{Container, StrTable};
use words::WordTable;

static BYTES: &[u8] = include_bytes!("../../data/lexicon.bin");

static EMBEDDED: Lazy<Lexicon<'static>> = Lazy::new(|| Lexicon::open(BYTES).unwrap_or_default());

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    bits: u32,
}

/// Part of speech of a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PartOfSpeech {
    /// `rumah`
    Noun,
    /// `baca`
    Verb,
    /// `besar`
    Adjective,
    /// `sangat`
    Adverb,
}

impl Entry {
    /// Whether the word is a root, with certainty or not.
    #[must_use]
    pub fn is_root(self) -> bool {
        self.bits & format::ROOT != 0
    }

    /// Whether the word is never taken apart: function words (`adalah`), lexicalised forms (`sekolah`), names
    /// (`Bekasi`).
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.bits & format::WHOLE != 0
    }

    /// Whether the word is one word of syntax although it ends like host and clitic: `akhirnya`, `meskipun`. Says
    /// nothing of its stem.
    #[must_use]
    pub fn is_fused(self) -> bool {
        self.bits & format::FUSED != 0
    }

    /// Whether the word is known as a name: whole when it has a capital, and without one unless it is plainly derived
    /// (`Kandangan` the town, `kandangan` from `kandang`).
    #[must_use]
    pub fn is_name(self) -> bool {
        self.bits & format::NAME != 0
    }

    /// Whether the word is standard: a root, a whole word, or an irregular form; not slang or a name alone.
    #[must_use]
    pub fn is_standard(self) -> bool {
        self.bits & (format::ROOT | format::WHOLE | format::EXCEPTION) != 0
    }

    /// Whether the word has a stem of its own.
    #[inline]
    pub(crate) fn is_exception(self) -> bool {
        self.bits & format::EXCEPTION != 0
    }

    /// Whether the word is an informal spelling of another.
    #[inline]
    pub(crate) fn is_informal(self) -> bool {
        self.bits & format::INFORMAL != 0
    }

    /// Whether a source lists the word as a root although it is derived (`kemarahan`).
    #[must_use]
    pub fn is_derived(self) -> bool {
        self.bits & format::DERIVED != 0
    }

    /// Whether the root is attested by a single entry of one source: dialect, rare words, errors of the source.
    #[must_use]
    pub fn is_rare(self) -> bool {
        self.bits & format::RARE != 0
    }

    /// How much the root is used, from 0 (hardly) to 15: by how many derived words, and how often it stands alone.
    #[must_use]
    pub fn frequency_class(self) -> u8 {
        (self.bits >> format::CLASS_SHIFT & 15) as u8
    }

    /// Part of speech, where a source gives one.
    #[must_use]
    pub fn part_of_speech(self) -> Option<PartOfSpeech> {
        match self.bits >> format::POS_SHIFT & 7 {
            1 => Some(PartOfSpeech::Noun),
            2 => Some(PartOfSpeech::Verb),
            3 => Some(PartOfSpeech::Adjective),
            4 => Some(PartOfSpeech::Adverb),
            _ => None,
        }
    }
}

/// Most bytes of a stem that a dictionary gives: what stemmers keep room for.
const LONGEST_STEM: usize = 64;

/// A dictionary of roots and exceptions, borrowed from its bytes; cheap to clone.
///
/// # Examples
///
/// ```
/// use tutur::Lexicon;
///
/// let lexicon = Lexicon::embedded();
/// assert!(lexicon.get("ajar").is_some_and(|e| e.is_root()));
/// assert!(lexicon.get("adalah").is_some_and(|e| e.is_whole()));
/// assert!(lexicon.get("mengajar").is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lexicon<'a> {
    words: WordTable<'a>,
    /// Words that are no keys of `words`: long ones and those with other bytes than letters.
    others: Option<StrTable<'a>>,
    exceptions: Option<StrTable<'a>>,
    informal: Option<StrTable<'a>>,
    pool: &'a [u8],
    user: Option<Arc<UserDictionary>>,
}

impl<'a> Lexicon<'a> {
    /// The lexicon inside the crate. Opened without work at first use.
    #[must_use]
    pub fn embedded() -> &'static Lexicon<'static> {
        &EMBEDDED
    }

    /// A lexicon file, as `cargo xtask data` writes it. Verifies the checksum, which reads every byte; copies nothing.
    ///
    /// # Errors
    ///
    /// `Truncated`, `Format`, `Version` or `Checksum` where the bytes are not a lexicon of this release.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Lexicon<'a>> {
        let lexicon = Lexicon::open(bytes)?;
        Container::open(bytes, FILE_KIND)?.verify()?;
        Ok(lexicon)
    }

    fn open(bytes: &'a [u8]) -> Result<Lexicon<'a>> {
        let file = Container::open(bytes, FILE_KIND)?;
        Ok(Lexicon {
            words: WordTable::open(file.require(0, "table of words")?)?,
            others: Some(StrTable::open(file.require(1, "table of other words")?)?),
            exceptions: Some(StrTable::open(file.require(2, "table of exceptions")?)?),
            informal: Some(StrTable::open(file.require(3, "table of informal forms")?)?),
            pool: file.require(4, "pool of strings")?,
            user: None,
        })
    }

    /// The same lexicon with a user's words over it. The base is neither copied nor changed; a look-up costs one more
    /// hash look-up.
    #[must_use]
    pub fn with_user(mut self, user: UserDictionary) -> Lexicon<'a> {
        self.user = Some(Arc::new(user));
        self
    }

    /// What is known of `word`, which must be in lower case.
    #[inline]
    #[must_use]
    pub fn get(&self, word: &str) -> Option<Entry> {
        self.get_bytes(word.as_bytes())
    }

    /// As [`get`](Lexicon::get), for a word that need not be checked to be UTF-8.
    #[inline]
    pub(crate) fn get_bytes(&self, word: &[u8]) -> Option<Entry> {
        if let Some(key) = Key::new(word) {
            return self.get_key(key);
        }
        self.get_other(word)
    }

    /// As [`get`](Lexicon::get), for a word that is known to have no key.
    pub(crate) fn get_other(&self, word: &[u8]) -> Option<Entry> {
        self.of_user(word).or_else(|| Some(Entry { bits: self.others?.get_bytes(word)? }))
    }

    /// As [`get`](Lexicon::get), for a word that is known by its letters: about 20 instructions and two cache lines,
    /// one of which belongs to a table of 16 KB.
    #[inline]
    pub(crate) fn get_key(&self, key: Key) -> Option<Entry> {
        if self.user.is_some()
            && let (word, length) = key.bytes()
            && let Some(entry) = self.of_user(word.get(..length)?)
        {
            return Some(entry);
        }
        Some(Entry { bits: u32::from(self.words.get(key)?) })
    }

    fn of_user(&self, word: &[u8]) -> Option<Entry> {
        self.user.as_ref()?.get(word)
    }

    /// The stem of a form that the rules would take apart wrongly, in lower case. Stems of more than 64 bytes are not
    /// given: no word of the language is that long.
    #[must_use]
    pub fn exception(&self, form: &str) -> Option<&str> {
        if let Some(stem) = self.user.as_ref().and_then(|u| u.stem_of(form)) {
            return Some(stem);
        }
        self.pooled(self.exceptions?.get(form)?)
    }

    /// The standard spelling of an informal word: `gak` is `tidak`. In lower case.
    #[must_use]
    pub fn standard(&self, informal: &str) -> Option<&'a str> {
        self.pooled(self.informal?.get(informal)?)
    }

    /// All words with their entries, sorted, without a user's. Sorts them at the call: about 10 ms.
    pub fn words(&self) -> impl Iterator<Item = (String, Entry)> + use<> {
        let known = format::ROOT | format::WHOLE | format::NAME | format::FUSED;
        let short =
            self.words.iter().map(|(key, bits)| (key.letters().map(char::from).collect(), u32::from(bits)));
        let others = self.others.into_iter().flat_map(|table| table.iter());
        let all = short.chain(others.map(|(word, bits)| (word.to_owned(), bits)));
        let mut all: Vec<(String, Entry)> =
            all.filter(|row| row.1 & known != 0).map(|(word, bits)| (word, Entry { bits })).collect();
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        all.into_iter()
    }

    /// All exceptions with their stems, sorted, without a user's.
    pub fn exceptions(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let lexicon = self.clone();
        self.exceptions
            .into_iter()
            .flat_map(|t| t.iter())
            .filter_map(move |(f, at)| Some((f, lexicon.pooled(at)?)))
    }

    fn pooled(&self, at: u32) -> Option<&'a str> {
        let (&length, rest) = self.pool.get(at as usize..)?.split_first()?;
        let length = usize::from(length);
        if length > LONGEST_STEM {
            return None;
        }
        std::str::from_utf8(rest.get(..length)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_lexicon_is_whole() {
        let lexicon = Lexicon::from_bytes(BYTES).unwrap();
        assert!(lexicon.words().count() > 30_000);
        assert!(lexicon.words().map(|w| w.0).is_sorted_by(|a, b| a < b));
        assert!(BYTES.len() <= 1_500_000 + 1_000_000, "{} bytes", BYTES.len());
    }

    #[test]
    fn damaged_bytes_never_panic() {
        for step in 0..400 {
            let mut bytes = BYTES[..BYTES.len().min(4096)].to_vec();
            let at = step * 7 % bytes.len();
            bytes[at] ^= 1 << (step % 8);
            let _ = Lexicon::from_bytes(&bytes).map(|l| l.get("ajar"));
            let mut whole = BYTES.to_vec();
            let far = step * 7919 * 31 % whole.len();
            whole[far] ^= 0x55;
            assert!(Lexicon::from_bytes(&whole).is_err());
            if let Ok(lexicon) = Lexicon::open(&whole) {
                let _ = (lexicon.get("ajar"), lexicon.exception("belajar"), lexicon.standard("gak"));
            }
        }
    }
}
