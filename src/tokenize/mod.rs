//! Tokens and sentences: a byte-class scanner, with `unicode-segmentation` where a text leaves ASCII and its own
//! conventions end. Owns what a token and a sentence are; knows no lexicon but its list of abbreviations.

mod abbreviation;
mod cue;
mod data;
mod pattern;
mod plain;
mod scan;
mod sentence;
mod sentences;
mod stream;
mod token;
mod tokens;
mod unicode;

use std::sync::Arc;

pub use sentence::SentenceSplitter;
pub use sentences::Sentences;
pub use stream::ParagraphReader;
pub use token::{Token, TokenKind};
pub use tokens::Tokens;

pub use abbreviation::{Class as AbbreviationClass, encode as encode_abbreviation};
pub use data::{KIND as FILE_KIND, Opener};

use crate::error::{Error, ErrorKind, Result};

/// Where a convention of another corpus differs from ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Conventions {
    /// An abbreviation keeps its full stop (`Dr.`), an ellipsis is one token.
    #[default]
    Default,
    /// As the treebank UD Indonesian GSD: the full stop of an abbreviation stands alone (`Dr` `.`).
    UdGsd,
}

/// Splits a text into tokens: words, numbers, marks, with byte offsets.
///
/// Tokens hold no white space, and tokens and the white space between them rebuild the text byte for byte. Any text is
/// an answer: no input fails, time is linear in its length, and nothing is allocated.
///
/// Cheap to clone; one tokenizer serves many threads.
///
/// # Examples
///
/// ```
/// use tutur::{TokenKind, Tokenizer};
///
/// let tokenizer = Tokenizer::new();
/// let tokens: Vec<_> = tokenizer.tokenize("Dr. Ani membayar Rp25.000,00.").map(|t| t.text()).collect();
/// assert_eq!(tokens, ["Dr.", "Ani", "membayar", "Rp", "25.000,00", "."]);
///
/// let first = tokenizer.tokenize("\u{20}NATO-Rusia").next();
/// assert_eq!(first.map(|t| (t.range(), t.kind())), Some((1..11, TokenKind::Word)));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tokenizer {
    conventions: Conventions,
    /// None for the plain tokenizer, so that `new` allocates nothing.
    custom: Option<Arc<Custom>>,
}

/// What a user added.
#[derive(Debug, Default)]
struct Custom {
    abbreviations: Vec<String>,
    together: Vec<String>,
    patterns: Vec<(TokenKind, regex::Regex)>,
}

impl Tokenizer {
    /// The tokenizer of our own conventions. Costs nothing.
    #[must_use]
    pub fn new() -> Tokenizer {
        Tokenizer::default()
    }

    /// Whose conventions it follows.
    #[must_use]
    pub fn conventions(&self) -> Conventions {
        self.conventions
    }

    /// A builder for other conventions, abbreviations and patterns.
    #[must_use]
    pub fn builder() -> TokenizerBuilder {
        TokenizerBuilder::default()
    }

    /// The tokens of `text`, one at a time, from left to right.
    #[must_use]
    pub fn tokenize<'k, 't>(&'k self, text: &'t str) -> Tokens<'k, 't> {
        Tokens::new(self, text)
    }

    /// The sentences of `text` as byte ranges, without the white space around them.
    ///
    /// # Examples
    ///
    /// ```
    /// let tokenizer = tutur::Tokenizer::new();
    /// let text = "Hujan turun pukul 09.30. \"Apa kabar?\" tanya Budi.";
    /// let sentences: Vec<_> = tokenizer.sentences(text).map(|s| s.of(text)).collect();
    /// assert_eq!(sentences, ["Hujan turun pukul 09.30.", "\"Apa kabar?\" tanya Budi."]);
    /// ```
    #[must_use]
    pub fn sentences<'k, 't>(&'k self, text: &'t str) -> Sentences<'k, 't> {
        Sentences::new(self, text)
    }
}

/// Options of a [`Tokenizer`].
///
/// # Examples
///
/// ```
/// use tutur::{TokenKind, Tokenizer};
///
/// let tokenizer = Tokenizer::builder()
///     .abbreviation("Bpk.")
///     .pattern(TokenKind::Number, r"SK-\d+/[A-Z]+")
///     .keep_together("Yahoo!")
///     .build()?;
/// let tokens: Vec<_> = tokenizer.tokenize("SK-12/DIR dari Yahoo!").map(|t| t.text()).collect();
/// assert_eq!(tokens, ["SK-12/DIR", "dari", "Yahoo!"]);
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct TokenizerBuilder {
    conventions: Conventions,
    abbreviations: Vec<String>,
    together: Vec<String>,
    patterns: Vec<(TokenKind, String)>,
}

impl TokenizerBuilder {
    /// Whose conventions to follow.
    #[must_use]
    pub fn conventions(mut self, conventions: Conventions) -> TokenizerBuilder {
        self.conventions = conventions;
        self
    }

    /// A form that keeps its full stop and never ends a sentence, with the full stop: `Bpk.`. Letter case counts.
    #[must_use]
    pub fn abbreviation(mut self, form: &str) -> TokenizerBuilder {
        self.abbreviations.push(form.to_owned());
        self
    }

    /// A form without white space that is one token wherever a token may begin with it.
    #[must_use]
    pub fn keep_together(mut self, form: &str) -> TokenizerBuilder {
        self.together.push(form.to_owned());
        self
    }

    /// A regular expression (syntax of the crate `regex`) tried where a token may begin; its match up to the first
    /// white space is one token of `kind`. Patterns are tried in order, before the rules.
    #[must_use]
    pub fn pattern(mut self, kind: TokenKind, regex: &str) -> TokenizerBuilder {
        self.patterns.push((kind, regex.to_owned()));
        self
    }

    /// The tokenizer.
    ///
    /// # Errors
    ///
    /// `Config` where an abbreviation has no full stop at its end, a form is empty or holds white space, or a pattern
    /// is no regular expression or too large a one.
    pub fn build(self) -> Result<Tokenizer> {
        let wrong = |message: String| Error::new(ErrorKind::Config, message);
        for form in &self.abbreviations {
            if form.len() < 2 || !form.ends_with('.') {
                return Err(wrong(format!("an abbreviation ends in a full stop, found {form:?}")));
            }
        }
        for form in self.abbreviations.iter().chain(&self.together) {
            if form.is_empty() || form.chars().any(char::is_whitespace) {
                return Err(wrong(format!("a form is not empty and holds no white space, found {form:?}")));
            }
        }
        let mut patterns = Vec::with_capacity(self.patterns.len());
        for (kind, source) in self.patterns {
            let compiled = regex::Regex::new(&format!("^(?:{source})")).map_err(|e| {
                wrong(format!("the pattern {source:?} is no regular expression: {e}")).with_source(e)
            })?;
            patterns.push((kind, compiled));
        }
        let mut together = self.together;
        together.sort_by_key(|form| std::cmp::Reverse(form.len()));
        let custom = Custom { abbreviations: self.abbreviations, together, patterns };
        let plain =
            custom.abbreviations.is_empty() && custom.together.is_empty() && custom.patterns.is_empty();
        Ok(Tokenizer { conventions: self.conventions, custom: (!plain).then(|| Arc::new(custom)) })
    }
}

impl Custom {
    /// The token that the user's own rules find at byte `at`: its end and kind.
    fn find(&self, text: &str, at: usize) -> Option<(usize, TokenKind)> {
        let rest = text.get(at..)?;
        if let Some(form) = self.together.iter().find(|f| rest.starts_with(f.as_str())) {
            return Some((at + form.len(), TokenKind::Word));
        }
        if let Some(form) = self.abbreviations.iter().find(|f| rest.starts_with(f.as_str())) {
            return Some((at + form.len(), TokenKind::Abbreviation));
        }
        self.patterns.iter().find_map(|(kind, pattern)| {
            let found = pattern.find(rest)?.as_str();
            let length = found.find(char::is_whitespace).unwrap_or(found.len());
            (length > 0).then_some((at + length, *kind))
        })
    }
}
