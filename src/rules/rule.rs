//! What a rule says, before it is compiled.

use super::pattern::TokenPattern;
use crate::ner::EntityKind;

/// How a rule stands to the names that the model found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// The rule is right: names of the model that overlap its match go. Its entity has the score 1.
    #[default]
    Win,
    /// The rule speaks where the model is silent or unsure: its match counts where every name of the model that
    /// overlaps it has a score below 0.5. Its entity has the score 0.7; an equal name of the model is lifted to that.
    Advise,
}

/// What a rule says of its match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is an entity of this kind.
    Entity(EntityKind),
    /// It is no entity, and neither is a part of it, nor what crosses its edge. A longer name that holds it whole is
    /// another name and stays: never `Indonesia` does not touch `Bank Indonesia`.
    Never,
}

impl From<EntityKind> for Verdict {
    fn from(kind: EntityKind) -> Verdict {
        Verdict::Entity(kind)
    }
}

/// One rule of [`EntityRules`](super::EntityRules): what to find, and what to say of it.
///
/// # Examples
///
/// ```
/// use tutur::EntityKind;
/// use tutur::rules::{Rule, Verdict};
///
/// let rules = [
///     Rule::name("Warung Kopi Tuah", EntityKind::Organization).ignore_case().priority(5),
///     Rule::name("Samsung Galaxy S24", Verdict::Never),
///     Rule::tokens("[lower=bapak|ibu] ([capital]+)".parse()?, EntityKind::Person).advise(),
///     Rule::regex(r"\bSMAN? \d+ (?<entity>\p{Lu}\w+)", EntityKind::Location),
/// ];
/// # assert_eq!(rules.len(), 4);
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Rule {
    pub(super) what: What,
    pub(super) verdict: Verdict,
    pub(super) mode: Mode,
    pub(super) priority: i32,
    pub(super) ignore_case: bool,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Name(String),
    Tokens(TokenPattern),
    Regex(String),
}

impl Rule {
    fn new(what: What, verdict: Verdict) -> Rule {
        Rule { what, verdict, mode: Mode::Win, priority: 0, ignore_case: false }
    }

    /// A name as a whole. It begins and ends where words do. White space, hyphens and the full stop behind a word do
    /// not count: `PT Maju Jaya` is found in `PT. Maju-Jaya`.
    pub fn name(name: &str, verdict: impl Into<Verdict>) -> Rule {
        Rule::new(What::Name(name.to_owned()), verdict.into())
    }

    /// A sequence of tokens.
    pub fn tokens(pattern: TokenPattern, verdict: impl Into<Verdict>) -> Rule {
        Rule::new(What::Tokens(pattern), verdict.into())
    }

    /// A regular expression (syntax of the crate `regex`) searched for in the text of each sentence; a group named
    /// `entity` marks the part that counts. A match that begins or ends inside a word is passed over; marks that the
    /// tokenizer keeps with the word (`Tbk.`) belong to it.
    pub fn regex(regex: &str, verdict: impl Into<Verdict>) -> Rule {
        Rule::new(What::Regex(regex.to_owned()), verdict.into())
    }

    /// Only advises: see [`Mode::Advise`]. Without it a rule wins.
    pub fn advise(self) -> Rule {
        self.mode(Mode::Advise)
    }

    /// How it stands to the model.
    pub fn mode(mut self, mode: Mode) -> Rule {
        self.mode = mode;
        self
    }

    /// Which of two overlapping matches of the same mode counts: the higher one. Default: 0.
    pub fn priority(mut self, priority: i32) -> Rule {
        self.priority = priority;
        self
    }

    /// Letter case does not count. For names and regular expressions; a token pattern says it itself.
    pub fn ignore_case(mut self) -> Rule {
        self.ignore_case = true;
        self
    }
}
