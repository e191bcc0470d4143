//! A user's own words, layered over a lexicon.

use std::collections::HashMap;
use std::io::BufRead;

use super::{Entry, LONGEST_STEM, format};
use crate::error::{Error, ErrorKind, Result};

/// Roots, exceptions and words never taken apart, from code or from a file.
///
/// # Examples
///
/// ```
/// use tutur::{Lexicon, Stemmer, UserDictionary};
///
/// let mut words = UserDictionary::new();
/// words.root("unggah").exception("ngopi-ngopi", "kopi").whole("Gojekan");
/// let stemmer = Stemmer::with_lexicon(Lexicon::embedded().clone().with_user(words));
/// assert_eq!(stemmer.stem("mengunggah"), "unggah");
/// assert_eq!(stemmer.stem("gojekan"), "gojekan");
/// ```
#[derive(Clone, Debug, Default)]
pub struct UserDictionary {
    words: HashMap<Vec<u8>, u32>,
    exceptions: HashMap<String, String>,
}

impl UserDictionary {
    /// An empty dictionary.
    #[must_use]
    pub fn new() -> UserDictionary {
        UserDictionary::default()
    }

    /// Adds a root, as productive as any.
    pub fn root(&mut self, root: &str) -> &mut UserDictionary {
        self.add(root, format::ROOT | 15 << format::CLASS_SHIFT)
    }

    /// Adds a word that is never taken apart.
    pub fn whole(&mut self, form: &str) -> &mut UserDictionary {
        self.add(form, format::WHOLE)
    }

    /// Adds a form with its stem. A stem of more than 64 bytes is not used.
    pub fn exception(&mut self, form: &str, stem: &str) -> &mut UserDictionary {
        self.exceptions.insert(form.to_lowercase(), stem.to_lowercase());
        self.add(form, format::EXCEPTION)
    }

    fn add(&mut self, word: &str, bits: u32) -> &mut UserDictionary {
        *self.words.entry(word.to_lowercase().into_bytes()).or_default() |= bits;
        self
    }

    /// Reads rows `root<TAB>WORD`, `whole<TAB>WORD` or `exception<TAB>FORM<TAB>STEM`; empty lines and lines that begin
    /// with `#` are skipped.
    ///
    /// # Errors
    ///
    /// `Format` with the line where a row is something else, `Io` where reading fails.
    pub fn from_tsv(reader: impl BufRead) -> Result<UserDictionary> {
        let mut words = UserDictionary::new();
        for (index, line) in reader.lines().enumerate() {
            let line = line.map_err(|e| {
                Error::new(ErrorKind::Io, e.to_string()).with_source(e).at(format!("line {}", index + 1))
            })?;
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
            match columns[..] {
                ["root", word] if !word.is_empty() => words.root(word),
                ["whole", word] if !word.is_empty() => words.whole(word),
                ["exception", form, stem] if !form.is_empty() && !stem.is_empty() => {
                    if stem.to_lowercase().len() > LONGEST_STEM {
                        let message =
                            format!("expected a stem of at most {LONGEST_STEM} bytes, found {stem:?}");
                        return Err(Error::new(ErrorKind::Format, message).at(format!("line {}", index + 1)));
                    }
                    words.exception(form, stem)
                }
                _ => {
                    let message = format!("expected root, whole or exception and its words, found {line:?}");
                    return Err(Error::new(ErrorKind::Format, message).at(format!("line {}", index + 1)));
                }
            };
        }
        Ok(words)
    }

    pub(super) fn get(&self, word: &[u8]) -> Option<Entry> {
        self.words.get(word).map(|&bits| Entry { bits })
    }

    pub(super) fn stem_of(&self, form: &str) -> Option<&str> {
        self.exceptions.get(form).map(String::as_str).filter(|stem| stem.len() <= LONGEST_STEM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_line() {
        let error = UserDictionary::from_tsv("root\tunggah\n\nakar\tx\n".as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with("line 3: expected root"), "{error}");
        let long = format!("exception\tngopi\t{}\n", "kopi".repeat(17));
        let error = UserDictionary::from_tsv(long.as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with("line 1: expected a stem of at most 64 bytes"), "{error}");
        let mut words = UserDictionary::new();
        assert_eq!(words.exception("ngopi", &"kopi".repeat(17)).stem_of("ngopi"), None);
    }
}
