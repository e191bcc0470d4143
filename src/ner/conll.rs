//! Sentences of `TOKEN<TAB>TAG` lines.

use std::io::BufRead;

use crate::error::{Error, ErrorKind, Result};

/// A sentence with one IOB2 tag a token: `O`, `B-PER`, `I-PER`, ...
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabeledSentence {
    /// The tokens.
    pub words: Vec<String>,
    /// Their tags, as many as words.
    pub tags: Vec<String>,
}

/// What to do with tags that are not IOB2: an `I-` that continues nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repair {
    /// Make it a `B-`, and count it.
    #[default]
    Fix,
    /// Refuse the file.
    Strict,
}

/// Reads CoNLL files: the first column is the token, the last the tag, an empty line ends a sentence.
///
/// # Examples
///
/// ```
/// use tutur::ner::{ConllReader, Repair};
///
/// let file = "Kata\tO\nLavrov\tB-PER\n.\tO\n\nRusia\tI-LOC\n";
/// let mut reader = ConllReader::new(file.as_bytes(), "contoh.conll", Repair::Fix);
/// let sentences = reader.read_all()?;
/// assert_eq!(sentences[0].words, ["Kata", "Lavrov", "."]);
/// assert_eq!((sentences[1].tags[0].as_str(), reader.repaired()), ("B-LOC", 1));
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Debug)]
pub struct ConllReader<R> {
    reader: R,
    name: String,
    repair: Repair,
    repaired: usize,
    line: usize,
}

impl<R: BufRead> ConllReader<R> {
    /// A reader; `name` stands in its errors.
    pub fn new(reader: R, name: &str, repair: Repair) -> ConllReader<R> {
        ConllReader { reader, name: name.to_owned(), repair, repaired: 0, line: 0 }
    }

    /// How many tags were repaired so far.
    pub fn repaired(&self) -> usize {
        self.repaired
    }

    /// All sentences that are left.
    ///
    /// # Errors
    ///
    /// `Format` with file and line where a line has no tag or the tag is not `O`, `B-X` or `I-X`; `Io`.
    pub fn read_all(&mut self) -> Result<Vec<LabeledSentence>> {
        let mut sentences = Vec::new();
        while let Some(sentence) = self.next_labeled()? {
            sentences.push(sentence);
        }
        Ok(sentences)
    }

    /// The next sentence with its tags.
    ///
    /// # Errors
    ///
    /// As [`read_all`](ConllReader::read_all).
    pub fn next_labeled(&mut self) -> Result<Option<LabeledSentence>> {
        let mut sentence = LabeledSentence::default();
        while let Some(line) = self.line()? {
            if line.trim().is_empty() {
                if sentence.words.is_empty() {
                    continue;
                }
                break;
            }
            let Some((word, rest)) = line.split_once('\t') else {
                return Err(self.wrong(format!("expected TOKEN<TAB>TAG, found {line:?}")));
            };
            let tag = rest.rsplit('\t').next().unwrap_or(rest).trim();
            let tag = self.checked(tag, sentence.tags.last().map(String::as_str))?;
            sentence.words.push(word.to_owned());
            sentence.tags.push(tag);
        }
        Ok((!sentence.words.is_empty()).then_some(sentence))
    }

    /// The next sentence, first column only.
    ///
    /// # Errors
    ///
    /// `Io` and `Format` where the file is not UTF-8.
    pub fn next_words(&mut self, words: &mut Vec<String>) -> Result<bool> {
        words.clear();
        while let Some(line) = self.line()? {
            if line.trim().is_empty() {
                if words.is_empty() {
                    continue;
                }
                return Ok(true);
            }
            words.push(line.split('\t').next().unwrap_or(&line).to_owned());
        }
        Ok(!words.is_empty())
    }

    fn checked(&mut self, tag: &str, before: Option<&str>) -> Result<String> {
        if tag == "O" {
            return Ok(tag.to_owned());
        }
        let Some((position, label)) =
            tag.split_once('-').filter(|(p, l)| matches!(*p, "B" | "I") && !l.is_empty())
        else {
            return Err(self.wrong(format!("expected O, B-LABEL or I-LABEL, found {tag:?}")));
        };
        let continues = before.is_some_and(|b| b != "O" && b.get(2..) == Some(label));
        if position == "I" && !continues {
            if self.repair == Repair::Strict {
                return Err(self.wrong(format!("{tag} continues nothing: expected B-{label}")));
            }
            self.repaired += 1;
            return Ok(format!("B-{label}"));
        }
        Ok(tag.to_owned())
    }

    fn line(&mut self) -> Result<Option<String>> {
        self.line += 1;
        let mut bytes = Vec::new();
        let read = self.reader.read_until(b'\n', &mut bytes);
        let read = read.map_err(|e| self.wrong_kind(ErrorKind::Io, e.to_string()).with_source(e))?;
        if read == 0 {
            return Ok(None);
        }
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        String::from_utf8(bytes).map(Some).map_err(|_| self.wrong("expected UTF-8".to_owned()))
    }

    fn wrong(&self, message: String) -> Error {
        self.wrong_kind(ErrorKind::Format, message)
    }

    fn wrong_kind(&self, kind: ErrorKind, message: String) -> Error {
        Error::new(kind, message).at(format!("{}:{}", self.name, self.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_file_and_line() {
        for (file, expected) in [
            ("a\tO\nb\n", "x:2: expected TOKEN<TAB>TAG"),
            ("a\tO\n\nb\tPER\n", "x:3: expected O, B-LABEL"),
            ("a\tI-PER\n", "x:1: I-PER continues nothing"),
        ] {
            let error = ConllReader::new(file.as_bytes(), "x", Repair::Strict).read_all().unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }
}
