//! Sequences of tokens, and how they are matched: as a regular expression whose letters are tokens.

use super::test::{Check, TokenTest, Unit};
use crate::error::{Error, ErrorKind, Result};
use crate::stem::Stemmer;

/// Most tokens that a pattern may cover, so that one bit a place says where a try has failed.
pub(super) const LONGEST_PATTERN: usize = 64;

/// A sequence of tests, each for a token or for several. Repeated tests take as many tokens as they can.
///
/// Tokens are those of the tokenizer, cut at hyphens between names as for the tagger: `Rusia-Kazakhstan` is three. A
/// match lies in one sentence and covers at most 64 tokens. [As text](super#token-patterns) it can be parsed.
///
/// # Examples
///
/// ```
/// use tutur::{EntityKind, Pipeline};
/// use tutur::rules::{EntityRules, TokenPattern, TokenTest};
///
/// let pattern = TokenPattern::new()
///     .context(TokenTest::lower(["mang", "teh", "kang"]))
///     .token(TokenTest::capital().one_or_more());
/// let rules = EntityRules::builder().tokens(pattern, EntityKind::Person).build()?;
/// let pipeline = Pipeline::builder().rules(rules).build()?;
/// let document = pipeline.process("Kemarin teh Rumiati mampir.");
/// assert!(document.entities().any(|e| e.text() == "Rumiati" && e.kind() == EntityKind::Person));
///
/// let same: TokenPattern = "[lower=mang|teh|kang] ([capital]+)".parse()?;
/// # let _ = same;
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct TokenPattern {
    elements: Vec<Element>,
}

#[derive(Clone, Debug)]
struct Element {
    test: TokenTest,
    context: bool,
}

impl TokenPattern {
    /// An empty pattern.
    pub fn new() -> TokenPattern {
        TokenPattern::default()
    }

    /// Then a token of the entity.
    pub fn token(mut self, test: TokenTest) -> TokenPattern {
        self.elements.push(Element { test, context: false });
        self
    }

    /// Then a token that must stand there but is not part of the entity. Before or behind it, not inside.
    pub fn context(mut self, test: TokenTest) -> TokenPattern {
        self.elements.push(Element { test, context: true });
        self
    }

    /// Each repetition as a slot of its own.
    pub(super) fn compile(&self) -> Result<Compiled> {
        let wrong = |message: String| Error::new(ErrorKind::Config, message);
        let inside = |e: &Element| !e.context;
        let (first, last) = (self.elements.iter().position(inside), self.elements.iter().rposition(inside));
        let (Some(first), Some(last)) = (first, last) else {
            return Err(wrong("a pattern needs a token of the entity, found none".to_owned()));
        };
        let entity = self.elements.get(first..=last).unwrap_or_default();
        if entity.iter().any(|e| e.context) {
            let message = "the tokens of the entity stand together, found context between them";
            return Err(wrong(message.to_owned()));
        }
        if entity.iter().all(|e| e.test.least == 0) {
            let message = "an entity needs a token that may not be missing, found only optional ones";
            return Err(wrong(message.to_owned()));
        }
        let mut compiled = Compiled { checks: Vec::new(), slots: Vec::new(), entity: (0, 0) };
        for (index, Element { test, .. }) in self.elements.iter().enumerate() {
            if let Some(complaint) = test.check.complaint() {
                return Err(wrong(complaint));
            }
            if test.least > test.most || test.most == 0 {
                let message =
                    format!("expected a repetition like 1..=3, found {}..={}", test.least, test.most);
                return Err(wrong(message));
            }
            if index == first {
                compiled.entity.0 = compiled.slots.len();
            }
            compiled.checks.push(test.check.clone());
            compiled.slots.extend((0..test.most).map(|n| Slot { check: index, optional: n >= test.least }));
            if index == last {
                compiled.entity.1 = compiled.slots.len();
            }
        }
        if compiled.slots.len() > LONGEST_PATTERN {
            return Err(wrong(format!(
                "a pattern covers at most {LONGEST_PATTERN} tokens, found one of up to {}",
                compiled.slots.len()
            )));
        }
        Ok(compiled)
    }
}

/// A pattern ready to be matched.
#[derive(Debug)]
pub(super) struct Compiled {
    checks: Vec<Check>,
    slots: Vec<Slot>,
    /// The slots of the entity.
    entity: (usize, usize),
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    check: usize,
    optional: bool,
}

impl Compiled {
    pub(super) fn needs_stems(&self) -> bool {
        self.checks.iter().any(Check::needs_stems)
    }

    /// The words in lower case, one of which every match begins with; none where it may begin with others.
    pub(super) fn first_words(&self) -> Option<Vec<String>> {
        let mut words = Vec::new();
        for slot in &self.slots {
            words.extend(self.checks.get(slot.check)?.words()?);
            if !slot.optional {
                return Some(words);
            }
        }
        None
    }

    /// The units of the entity, where the pattern matches from the first of `units` on.
    pub(super) fn find(
        &self,
        units: &[Unit<'_>],
        stemmer: Option<&Stemmer<'static>>,
    ) -> Option<(usize, usize)> {
        // Most places fail here: at the first test that may not be missing, or one before it.
        let first = units.first()?;
        let required = self.slots.iter().position(|s| !s.optional)?;
        let mut last = None;
        let mut begins = self.slots.iter().take(required + 1).filter(|slot| {
            last.replace(slot.check) != Some(slot.check)
                && self.checks.get(slot.check).is_some_and(|check| check.holds(first, stemmer))
        });
        begins.next()?;
        let none = [0; LONGEST_PATTERN];
        let mut walk =
            Walk { pattern: self, units, stemmer, asked: none, held: none, failed: none, entity: (0, 0) };
        walk.matches(0, 0).then_some(walk.entity)
    }
}

/// Backtracking that never tries a slot twice at one place, and asks each question once. Places are bits: a slot
/// takes one unit or none, so that the place is at most the number of the slot.
struct Walk<'w, 't> {
    pattern: &'w Compiled,
    units: &'w [Unit<'t>],
    stemmer: Option<&'w Stemmer<'static>>,
    /// For each test, where it was made, and where it holds.
    asked: [u64; LONGEST_PATTERN],
    held: [u64; LONGEST_PATTERN],
    /// For each slot, where the rest of the pattern is known not to fit.
    failed: [u64; LONGEST_PATTERN],
    entity: (usize, usize),
}

#[allow(clippy::indexing_slicing)] // `compile` bounds the slots, each of which has a check among as many at most
impl Walk<'_, '_> {
    /// Whether the slots from `slot` on fit the units from `at` on.
    fn matches(&mut self, slot: usize, at: usize) -> bool {
        let found = self.tries(slot, at);
        if found && slot == self.pattern.entity.0 {
            self.entity.0 = at;
        }
        if found && slot == self.pattern.entity.1 {
            self.entity.1 = at;
        }
        found
    }

    fn tries(&mut self, slot: usize, at: usize) -> bool {
        let Some(Slot { check, optional }) = self.pattern.slots.get(slot).copied() else { return true };
        if self.failed[slot] >> at & 1 == 1 {
            return false;
        }
        if self.holds(check, at) && self.matches(slot + 1, at + 1) {
            return true;
        }
        if optional && self.matches(slot + 1, at) {
            return true;
        }
        self.failed[slot] |= 1 << at;
        false
    }

    fn holds(&mut self, check: usize, at: usize) -> bool {
        let Some(unit) = self.units.get(at) else { return false };
        let place = 1 << at;
        if self.asked[check] & place == 0 {
            self.asked[check] |= place;
            if self.pattern.checks[check].holds(unit, self.stemmer) {
                self.held[check] |= place;
            }
        }
        self.held[check] & place != 0
    }
}
