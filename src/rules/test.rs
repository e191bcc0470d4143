//! What one token of a pattern must be like.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::{Not, RangeInclusive};

use super::compile_regex;
use crate::error::Result;
use crate::stem::{Hint, Stemmer};
use crate::text::fold;
use crate::tokenize::{Token, TokenKind};

/// How often `one_or_more` and `any_number` repeat at most.
pub(super) const MOST: u8 = 16;

/// A test of one token, and how often it may be repeated.
///
/// # Examples
///
/// ```
/// use tutur::rules::TokenTest;
///
/// let title = TokenTest::lower(["bapak", "ibu"]);
/// let name = TokenTest::capital().and(!TokenTest::text(["Menteri"])).one_or_more();
/// # let _ = (title, name);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct TokenTest {
    pub(super) check: Check,
    pub(super) least: u8,
    pub(super) most: u8,
}

/// What is tested.
#[derive(Clone, Debug)]
pub(super) enum Check {
    Any,
    Text(HashSet<String>),
    Lower(HashSet<String>),
    Stem(HashSet<String>),
    Shape(HashSet<String>),
    Kind(Vec<TokenKind>),
    Prefix(Vec<String>),
    Suffix(Vec<String>),
    /// Compiled where it is given, complained of where the rules are built.
    Regex(Result<regex::Regex, String>),
    Capital,
    Upper,
    Not(Box<Check>),
    All(Vec<Check>),
}

impl TokenTest {
    fn new(check: Check) -> TokenTest {
        TokenTest { check, least: 1, most: 1 }
    }

    /// Any token.
    pub fn any() -> TokenTest {
        TokenTest::new(Check::Any)
    }

    /// One of these, as written.
    pub fn text<S: AsRef<str>>(forms: impl IntoIterator<Item = S>) -> TokenTest {
        TokenTest::new(Check::Text(owned(forms)))
    }

    /// One of these, whatever the letter case.
    pub fn lower<S: AsRef<str>>(forms: impl IntoIterator<Item = S>) -> TokenTest {
        TokenTest::new(Check::Lower(forms.into_iter().map(|s| fold(s.as_ref()).into_owned()).collect()))
    }

    /// A word with one of these stems, as the pipeline's stemmer gives them: `beli` is the stem of `membelikan`.
    pub fn stem<S: AsRef<str>>(stems: impl IntoIterator<Item = S>) -> TokenTest {
        TokenTest::new(Check::Stem(stems.into_iter().map(|s| fold(s.as_ref()).into_owned()).collect()))
    }

    /// One of these shapes: `X` for a capital, `x` for another letter, `d` for a digit, anything else as it is; runs
    /// are cut after four. `Surabaya` is `Xxxxx`, `KTP-el` is `XXX-xx`, `2024` is `dddd`.
    pub fn shape<S: AsRef<str>>(shapes: impl IntoIterator<Item = S>) -> TokenTest {
        TokenTest::new(Check::Shape(shapes.into_iter().map(|s| short_runs(s.as_ref().chars())).collect()))
    }

    /// One of these kinds.
    pub fn kind(kinds: impl IntoIterator<Item = TokenKind>) -> TokenTest {
        TokenTest::new(Check::Kind(kinds.into_iter().collect()))
    }

    /// Begins with one of these, as written.
    pub fn prefix<S: AsRef<str>>(prefixes: impl IntoIterator<Item = S>) -> TokenTest {
        TokenTest::new(Check::Prefix(prefixes.into_iter().map(|s| s.as_ref().to_owned()).collect()))
    }

    /// Ends with one of these, as written.
    pub fn suffix<S: AsRef<str>>(suffixes: impl IntoIterator<Item = S>) -> TokenTest {
        TokenTest::new(Check::Suffix(suffixes.into_iter().map(|s| s.as_ref().to_owned()).collect()))
    }

    /// Holds a match of a regular expression (syntax of the crate `regex`); `^` and `$` are the ends of the token.
    pub fn regex(regex: &str) -> TokenTest {
        TokenTest::new(Check::Regex(compile_regex(regex, false).map_err(|e| e.to_string())))
    }

    /// Begins with a capital.
    pub fn capital() -> TokenTest {
        TokenTest::new(Check::Capital)
    }

    /// Two letters or more, all of them capitals.
    pub fn upper() -> TokenTest {
        TokenTest::new(Check::Upper)
    }

    /// This and also `other`. How often `other` may be repeated is not looked at.
    pub fn and(mut self, other: TokenTest) -> TokenTest {
        let one = std::mem::replace(&mut self.check, Check::Any);
        self.check = match one {
            Check::All(mut checks) => {
                checks.push(other.check);
                Check::All(checks)
            }
            one => Check::All(vec![one, other.check]),
        };
        self
    }

    /// May be missing.
    pub fn optional(self) -> TokenTest {
        self.repeated(0..=1)
    }

    /// Once or more, up to 16 times.
    pub fn one_or_more(self) -> TokenTest {
        self.repeated(1..=MOST)
    }

    /// Not at all or more, up to 16 times.
    pub fn any_number(self) -> TokenTest {
        self.repeated(0..=MOST)
    }

    /// At least and at most so many times; as many as there are.
    pub fn repeated(mut self, times: RangeInclusive<u8>) -> TokenTest {
        (self.least, self.most) = (*times.start(), *times.end());
        self
    }
}

/// The test turned round: `!TokenTest::capital()`.
impl Not for TokenTest {
    type Output = TokenTest;

    fn not(mut self) -> TokenTest {
        self.check = Check::Not(Box::new(self.check));
        self
    }
}

fn owned<S: AsRef<str>>(forms: impl IntoIterator<Item = S>) -> HashSet<String> {
    forms.into_iter().map(|s| s.as_ref().to_owned()).collect()
}

impl Check {
    /// What is wrong with it.
    pub(super) fn complaint(&self) -> Option<String> {
        fn wrong<'s>(mut forms: impl ExactSizeIterator<Item = &'s String>) -> Option<String> {
            if forms.len() == 0 {
                return Some("expected something to compare a token with, found nothing".to_owned());
            }
            let wrong = forms.find(|f| f.is_empty() || f.contains(char::is_whitespace))?;
            Some(format!("expected the text of a token or a part of it, found {wrong:?}"))
        }
        match self {
            Check::Any | Check::Capital | Check::Upper | Check::Regex(Ok(_)) => None,
            Check::Text(forms) | Check::Lower(forms) | Check::Stem(forms) | Check::Shape(forms) => {
                wrong(forms.iter())
            }
            Check::Prefix(ends) | Check::Suffix(ends) => wrong(ends.iter()),
            Check::Kind(kinds) => kinds.is_empty().then(|| "expected kinds of tokens, found none".to_owned()),
            Check::Regex(Err(message)) => Some(message.clone()),
            Check::Not(check) => check.complaint(),
            Check::All(checks) => checks.iter().find_map(Check::complaint),
        }
    }

    /// Whether it looks at stems.
    pub(super) fn needs_stems(&self) -> bool {
        match self {
            Check::Stem(_) => true,
            Check::Not(check) => check.needs_stems(),
            Check::All(checks) => checks.iter().any(Check::needs_stems),
            _ => false,
        }
    }

    /// The words in lower case, one of which the token must be; none where it may be any.
    pub(super) fn words(&self) -> Option<Vec<String>> {
        match self {
            Check::Text(forms) => Some(forms.iter().map(|f| fold(f).into_owned()).collect()),
            Check::Lower(forms) => Some(forms.iter().cloned().collect()),
            Check::All(checks) => checks.iter().find_map(Check::words),
            _ => None,
        }
    }

    pub(super) fn holds(&self, unit: &Unit<'_>, stemmer: Option<&Stemmer<'static>>) -> bool {
        let text = unit.token.text();
        match self {
            Check::Any => true,
            Check::Text(forms) => forms.contains(text),
            Check::Lower(forms) => forms.contains(unit.lower()),
            Check::Stem(stems) => stems.contains(unit.stem(stemmer)),
            Check::Shape(shapes) => shapes.contains(unit.shape()),
            Check::Kind(kinds) => kinds.contains(&unit.token.kind()),
            Check::Prefix(prefixes) => prefixes.iter().any(|p| text.starts_with(p.as_str())),
            Check::Suffix(suffixes) => suffixes.iter().any(|s| text.ends_with(s.as_str())),
            Check::Regex(regex) => regex.as_ref().is_ok_and(|r| r.is_match(text)),
            Check::Capital => text.starts_with(char::is_uppercase),
            Check::Upper => {
                let mut letters = text.chars().filter(|c| c.is_alphabetic());
                letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
            }
            Check::Not(check) => !check.holds(unit, stemmer),
            Check::All(checks) => checks.iter().all(|c| c.holds(unit, stemmer)),
        }
    }
}

/// A token of the text, cut at hyphens between names, with what tests ask of it; each is found out once.
#[derive(Debug)]
pub(super) struct Unit<'t> {
    pub(super) token: Token<'t>,
    lower: OnceCell<Cow<'t, str>>,
    stem: OnceCell<Cow<'t, str>>,
    shape: OnceCell<String>,
}

impl<'t> Unit<'t> {
    pub(super) fn new(token: Token<'t>) -> Unit<'t> {
        Unit { token, lower: OnceCell::new(), stem: OnceCell::new(), shape: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &'t str {
        self.token.text()
    }

    pub(super) fn lower(&self) -> &str {
        self.lower.get_or_init(|| fold(self.token.text()))
    }

    /// The stem of a word, taken as no name: rules are asked before names are known.
    fn stem(&self, stemmer: Option<&Stemmer<'static>>) -> &str {
        self.stem.get_or_init(|| match stemmer.filter(|_| self.token.kind() == TokenKind::Word) {
            Some(stemmer) => stemmer.stem_hinted(self.token.text(), Hint::Common),
            None => fold(self.token.text()),
        })
    }

    fn shape(&self) -> &str {
        self.shape.get_or_init(|| {
            short_runs(self.token.text().chars().map(|c| match c {
                c if c.is_uppercase() => 'X',
                c if c.is_alphabetic() => 'x',
                c if c.is_numeric() => 'd',
                other => other,
            }))
        })
    }
}

/// Runs of the same character cut after four.
fn short_runs(chars: impl Iterator<Item = char>) -> String {
    let mut short = String::new();
    let (mut last, mut length) = (None, 0);
    for c in chars {
        length = if last == Some(c) { length + 1 } else { 1 };
        last = Some(c);
        if length <= 4 {
            short.push(c);
        }
    }
    short
}
