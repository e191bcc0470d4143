//! The binary form of a lexicon: bits of an entry, and the compiler from rows to bytes.
//!
//! Sections: 0 words of up to twelve letters a to z to entry bits, 1 all other words to entry bits, 2 exceptions to pool
//! offsets, 3 informal forms to pool offsets, 4 the pool (length byte and text of each string). Section 0 is laid out as
//! `words` says, the other tables are those of `wire::StrTable`.

use std::collections::BTreeMap;

use super::letters::Key;
use super::words;
use crate::error::{Error, ErrorKind, Result};
use crate::wire::{Kind, StrTableBuilder, write};

/// Bump the version when a section or a bit of an entry changes its meaning. Version 1: four sections. Version 2: the
/// bits of fused words, names, exceptions and informal forms; classes up to 15. Version 3: words of up to twelve letters
/// in a table of their own.
pub const KIND: Kind = Kind { magic: b"tuturlex", version: 3, name: "lexicon" };

pub(super) const ROOT: u32 = 1;
pub(super) const WHOLE: u32 = 1 << 1;
pub(super) const DERIVED: u32 = 1 << 2;
pub(super) const RARE: u32 = 1 << 3;
pub(super) const FUSED: u32 = 1 << 4;
pub(super) const NAME: u32 = 1 << 5;
/// The word is a key of the table of exceptions, of informal forms: one look-up tells that no other is needed.
pub(super) const EXCEPTION: u32 = 1 << 6;
pub(super) const INFORMAL: u32 = 1 << 7;
pub(super) const CLASS_SHIFT: u32 = 8;
pub(super) const POS_SHIFT: u32 = 12;

/// Collects rows and writes the file that [`Lexicon::from_bytes`](super::Lexicon::from_bytes) reads.
#[derive(Debug, Default)]
pub struct Compiler {
    words: StrTableBuilder,
    exceptions: BTreeMap<String, String>,
    informal: BTreeMap<String, String>,
}

impl Compiler {
    /// Adds a root: `pos` is n, v, a, r or `_`; `class` how much it is used, 0 to 15; `mark` root, derived or rare.
    ///
    /// # Errors
    ///
    /// `Format` where a column holds something else.
    pub fn root(&mut self, root: &str, pos: &str, class: &str, mark: &str) -> Result<()> {
        let wrong = |what: &str, found: &str| {
            Error::new(ErrorKind::Format, format!("expected {what}, found {found:?}"))
        };
        let pos = match pos {
            "_" => 0,
            "n" => 1,
            "v" => 2,
            "a" => 3,
            "r" => 4,
            other => return Err(wrong("one of n v a r _", other)),
        };
        let class = class
            .parse::<u32>()
            .ok()
            .filter(|c| *c < 16)
            .ok_or_else(|| wrong("a class from 0 to 15", class))?;
        let mark = match mark {
            "root" => 0,
            "derived" => DERIVED,
            "rare" => RARE,
            other => return Err(wrong("root, derived or rare", other)),
        };
        let old = self.words.get(root).unwrap_or(0) & (WHOLE | FUSED | NAME);
        self.words.insert(root, old | ROOT | mark | class << CLASS_SHIFT | pos << POS_SHIFT)?;
        Ok(())
    }

    /// Adds a form that is never taken apart.
    ///
    /// # Errors
    ///
    /// `TooLarge` where it has more than 255 bytes.
    pub fn whole(&mut self, form: &str) -> Result<()> {
        set(&mut self.words, form, WHOLE)
    }

    /// Adds a form that ends like host and clitic but is one word of syntax: `akhirnya`, `meskipun`.
    ///
    /// # Errors
    ///
    /// `TooLarge` where it has more than 255 bytes.
    pub fn fused(&mut self, form: &str) -> Result<()> {
        set(&mut self.words, form, FUSED)
    }

    /// Adds a name that rules could take apart.
    ///
    /// # Errors
    ///
    /// `TooLarge` where it has more than 255 bytes.
    pub fn name(&mut self, form: &str) -> Result<()> {
        set(&mut self.words, form, NAME)
    }

    /// Removes a word that a source wrongly lists.
    pub fn remove(&mut self, word: &str) -> bool {
        self.words.remove(word)
    }

    /// Adds a form with a stem of its own.
    pub fn exception(&mut self, form: &str, stem: &str) {
        self.exceptions.insert(form.to_owned(), stem.to_owned());
    }

    /// Adds an informal spelling.
    pub fn informal(&mut self, form: &str, standard: &str) {
        self.informal.insert(form.to_owned(), standard.to_owned());
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// `TooLarge` where a string has more than 255 bytes or a table passes its limits.
    pub fn build(&self, source_hash: u64) -> Result<Vec<u8>> {
        let mut pool = Vec::new();
        let mut table = |rows: &'_ BTreeMap<String, String>| -> Result<Vec<u8>> {
            let mut builder = StrTableBuilder::new();
            for (form, target) in rows {
                let too_long =
                    || Error::new(ErrorKind::TooLarge, format!("a string may have 255 bytes: {target}"));
                builder.insert(form, u32::try_from(pool.len()).map_err(|_| too_long())?)?;
                pool.push(u8::try_from(target.len()).map_err(|_| too_long())?);
                pool.extend_from_slice(target.as_bytes());
            }
            builder.build()
        };
        let exceptions = table(&self.exceptions)?;
        let informal = table(&self.informal)?;
        let mut words = self.words.clone();
        for (rows, bit) in [(&self.exceptions, EXCEPTION), (&self.informal, INFORMAL)] {
            for form in rows.keys() {
                set(&mut words, form, bit)?;
            }
        }
        let (mut short, mut others) = (Vec::new(), StrTableBuilder::new());
        for (word, bits) in words.iter() {
            match (Key::new(word.as_bytes()), u16::try_from(bits)) {
                (Some(key), Ok(bits)) => short.push((key, bits)),
                _ => drop(others.insert(word, bits)?),
            }
        }
        write(KIND, source_hash, &[words::build(&short)?, others.build()?, exceptions, informal, pool])
    }
}

/// Sets a bit of a word's entry, which it adds where the word has none.
fn set(words: &mut StrTableBuilder, word: &str, bit: u32) -> Result<()> {
    let old = words.get(word).unwrap_or(0);
    words.insert(word, old | bit)?;
    Ok(())
}
