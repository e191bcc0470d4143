//! The one error type of the crate.
//!
//! Text never causes an error: only loading data, building a configuration and input or output do.

use std::fmt;

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong while loading data, building a configuration, reading or writing.
///
/// The type is opaque and one word wide. Ask [`kind`](Error::kind) to decide what to do; show it with `Display`
/// to tell the user: the message names the file or row where there is one, what was expected and what was found.
///
/// # Examples
///
/// ```
/// use tutur::{ErrorKind, Lexicon};
///
/// let error = Lexicon::from_bytes(b"not a lexicon").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Format);
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes or the text are not in the format expected.
    Format,
    /// The file was written by a version of the format that this release does not read.
    Version,
    /// The bytes were changed since they were written.
    Checksum,
    /// The bytes end before what they announce.
    Truncated,
    /// A setting is out of range, or two settings contradict each other.
    Config,
    /// The text or the file is larger than 32-bit offsets can address.
    TooLarge,
    /// Reading or writing failed.
    Io,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error(Box::new(Inner { kind, message: message.into(), source: None }))
    }

    /// Keeps `source` reachable by [`std::error::Error::source`] without naming its type in our API.
    pub(crate) fn with_source(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Error {
        self.0.source = Some(Box::new(source));
        self
    }

    /// Puts `place` (a file, a file and line, a section) in front of the message.
    pub(crate) fn at(mut self, place: impl fmt::Display) -> Error {
        self.0.message = format!("{place}: {}", self.0.message);
        self
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.0.kind).field("message", &self.0.message).finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|s| s.as_ref() as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_stands_before_the_message() {
        let e = Error::new(ErrorKind::Format, "expected 3 columns, found 1").at("a.tsv:7");
        assert_eq!(e.to_string(), "a.tsv:7: expected 3 columns, found 1");
    }

    #[test]
    fn error_is_one_word() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
