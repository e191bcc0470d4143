//! Token patterns as text: `[lower=bapak|ibu] ([capital]+)`.

use std::iter::Peekable;
use std::ops::RangeInclusive;
use std::str::{CharIndices, FromStr};

use super::pattern::TokenPattern;
use super::test::{MOST, TokenTest};
use crate::error::{Error, ErrorKind, Result};
use crate::tokenize::TokenKind;

/// What ends a word without quotes; inside square brackets more does.
const MARKS: &[char] = &['[', ']', '(', ')', '"', '?', '+', '*', '{', '}'];

impl FromStr for TokenPattern {
    type Err = Error;

    fn from_str(text: &str) -> Result<TokenPattern> {
        let mut parser = Parser { text, chars: text.char_indices().peekable() };
        parser.pattern().map_err(|e| e.at(format!("pattern {text:?}")))
    }
}

/// The test that `key` names. `values` are what it compares with.
pub(super) fn test(key: &str, values: &[String]) -> Result<TokenTest> {
    let alone = |test: TokenTest| match values {
        [] => Ok(test),
        [first, ..] => Err(wrong(format!("expected {key} without a value, found {first:?}"))),
    };
    let needed = |test: fn(&[String]) -> TokenTest| match values {
        [] => Err(wrong(format!("expected a value for {key}, found none"))),
        some => Ok(test(some)),
    };
    match key {
        "text" => needed(|v| TokenTest::text(v)),
        "lower" => needed(|v| TokenTest::lower(v)),
        "stem" => needed(|v| TokenTest::stem(v)),
        "shape" => needed(|v| TokenTest::shape(v)),
        "prefix" => needed(|v| TokenTest::prefix(v)),
        "suffix" => needed(|v| TokenTest::suffix(v)),
        "kind" => {
            let kinds: Vec<TokenKind> = values.iter().map(|v| kind(v)).collect::<Result<_>>()?;
            needed(|_| TokenTest::any()).map(|_| TokenTest::kind(kinds))
        }
        "regex" => match values {
            [regex] => Ok(TokenTest::regex(regex)),
            _ => Err(wrong(format!("expected one regular expression, found {}", values.len()))),
        },
        "capital" => alone(TokenTest::capital()),
        "upper" => alone(TokenTest::upper()),
        _ => Err(wrong(format!(
            "expected text, lower, stem, shape, kind, prefix, suffix, regex, capital or upper, found {key:?}"
        ))),
    }
}

fn kind(name: &str) -> Result<TokenKind> {
    Ok(match name {
        "word" => TokenKind::Word,
        "abbreviation" => TokenKind::Abbreviation,
        "number" => TokenKind::Number,
        "date" => TokenKind::Date,
        "time" => TokenKind::Time,
        "currency" => TokenKind::Currency,
        "url" => TokenKind::Url,
        "email" => TokenKind::Email,
        "mention" => TokenKind::Mention,
        "hashtag" => TokenKind::Hashtag,
        "emoji" => TokenKind::Emoji,
        "emoticon" => TokenKind::Emoticon,
        "punctuation" => TokenKind::Punctuation,
        "symbol" => TokenKind::Symbol,
        _ => return Err(wrong(format!("expected a kind of token like word or number, found {name:?}"))),
    })
}

/// `?`, `+`, `*`, `{2}` or `{1,3}`.
pub(super) fn quantity(text: &str) -> Result<RangeInclusive<u8>> {
    let counted = || {
        let inner = text.strip_prefix('{')?.strip_suffix('}')?;
        let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
        Some(least.trim().parse().ok()?..=most.trim().parse().ok()?)
    };
    match text {
        "?" => Ok(0..=1),
        "+" => Ok(1..=MOST),
        "*" => Ok(0..=MOST),
        _ => counted().ok_or_else(|| wrong(format!("expected ?, +, *, {{2}} or {{1,3}}, found {text:?}"))),
    }
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Format, message)
}

struct Parser<'p> {
    text: &'p str,
    chars: Peekable<CharIndices<'p>>,
}

impl<'p> Parser<'p> {
    fn pattern(&mut self) -> Result<TokenPattern> {
        let mut elements = Vec::new();
        // The elements in round brackets.
        let (mut from, mut to) = (None, None);
        loop {
            self.skip_spaces();
            match self.peek() {
                None => break,
                Some('(') if from.is_none() => {
                    self.chars.next();
                    from = Some(elements.len());
                }
                Some(')') if from.is_some() && to.is_none() => {
                    self.chars.next();
                    to = Some(elements.len());
                }
                Some(_) => elements.push(self.element()?),
            }
        }
        if from.is_some() != to.is_some() {
            return Err(self.expected("`)`"));
        }
        let entity = from.unwrap_or(0)..to.unwrap_or(elements.len());
        let pattern = elements.into_iter().enumerate().fold(TokenPattern::new(), |pattern, (index, test)| {
            if entity.contains(&index) { pattern.token(test) } else { pattern.context(test) }
        });
        pattern.compile()?;
        Ok(pattern)
    }

    /// A word or tests in square brackets, and how often.
    fn element(&mut self) -> Result<TokenTest> {
        let test = match self.peek() {
            Some('[') => self.tests()?,
            _ => TokenTest::text([self.value("a token", MARKS)?]),
        };
        let start = self.at();
        let end = match self.peek() {
            Some('?' | '+' | '*') => start + 1,
            Some('{') => start + self.text[start..].find('}').ok_or_else(|| self.expected("`}`"))? + 1,
            _ => return Ok(test),
        };
        while self.at() < end {
            self.chars.next();
        }
        Ok(test.repeated(quantity(&self.text[start..end])?))
    }

    fn tests(&mut self) -> Result<TokenTest> {
        self.chars.next();
        self.skip_spaces();
        let mut all: Option<TokenTest> = None;
        while self.peek() != Some(']') {
            let test = self.one_test()?;
            all = Some(match all {
                Some(all) => all.and(test),
                None => test,
            });
            self.skip_spaces();
            match self.peek() {
                Some(']') => {}
                Some('&') => {
                    self.chars.next();
                    self.skip_spaces();
                    if self.peek() == Some(']') {
                        return Err(self.expected("a test"));
                    }
                }
                _ => return Err(self.expected("`&` or `]`")),
            }
        }
        self.chars.next();
        Ok(all.unwrap_or_else(TokenTest::any))
    }

    /// `lower=a|b`, `lower!=a`, `capital` or `!capital`.
    fn one_test(&mut self) -> Result<TokenTest> {
        let mut negated = self.take('!');
        self.skip_spaces();
        let start = self.at();
        while self.chars.next_if(|(_, c)| c.is_alphanumeric() || *c == '_').is_some() {}
        let key = &self.text[start..self.at()];
        if key.is_empty() {
            return Err(self.expected("a test"));
        }
        self.skip_spaces();
        if self.take('!') {
            negated = !negated;
            if self.peek() != Some('=') {
                return Err(self.expected("`=`"));
            }
        }
        let mut values = Vec::new();
        if self.take('=') {
            loop {
                self.skip_spaces();
                values.push(self.value("a value", &['[', ']', '"', '&', '|', '!', '='])?);
                self.skip_spaces();
                if !self.take('|') {
                    break;
                }
            }
        }
        let test = test(key, &values)?;
        Ok(if negated { !test } else { test })
    }

    /// Text in quotes, or up to white space or one of `ends`.
    fn value(&mut self, what: &str, ends: &[char]) -> Result<String> {
        if self.take('"') {
            let mut value = String::new();
            loop {
                match self.chars.next() {
                    None => return Err(self.expected("`\"`")),
                    Some((_, '"')) => return Ok(value),
                    Some((_, '\\')) if self.take('"') => value.push('"'),
                    Some((_, c)) => value.push(c),
                }
            }
        }
        let start = self.at();
        while self.chars.next_if(|(_, c)| !c.is_whitespace() && !ends.contains(c)).is_some() {}
        if self.at() == start {
            return Err(self.expected(what));
        }
        Ok(self.text[start..self.at()].to_owned())
    }

    fn take(&mut self, wanted: char) -> bool {
        self.chars.next_if(|(_, c)| *c == wanted).is_some()
    }

    fn skip_spaces(&mut self) {
        while self.chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
    }

    fn peek(&mut self) -> Option<char> {
        self.chars.peek().map(|&(_, c)| c)
    }

    /// The byte that comes next.
    fn at(&mut self) -> usize {
        self.chars.peek().map_or(self.text.len(), |&(at, _)| at)
    }

    fn expected(&mut self, what: &str) -> Error {
        let at = self.at();
        let found = self.peek().map_or("the end".to_owned(), |c| format!("{c:?}"));
        let place = self.text[..at].chars().count() + 1;
        wrong(format!("expected {what} at character {place}, found {found}"))
    }
}
