//! All matches of all rules in a sentence, and which of them count.

use std::cmp::Reverse;

use super::names::atoms;
use super::rule::{Mode, Verdict};
use super::test::Unit;
use super::{EntityRules, RegexRule};
use crate::ner::units;
use crate::stem::Stemmer;
use crate::text::Span;
use crate::text::class::is_word_char;
use crate::tokenize::Token;

/// Sentences are looked at in pieces of at most this many bytes. It bounds what a regular expression or a pattern can
/// cost, so that time is linear in the text, and no sentence that was meant as one is as long.
const LONGEST_PIECE: usize = 2048;

/// A match.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    /// The number of units in it.
    pub(super) length: usize,
    pub(super) rule: u32,
}

impl Found {
    /// A match of these units; none where there are none.
    pub(super) fn new(units: &[Unit<'_>], rule: u32) -> Option<Found> {
        let (first, last) = (units.first()?.token.span(), units.last()?.token.span());
        Some(Found { span: Span::new(first.start, last.end), length: units.len(), rule })
    }
}

/// What the rules say of a part of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ruling {
    pub(crate) span: Span,
    pub(crate) verdict: Verdict,
}

/// What the rules say of a text, each list in order and without overlap. Advice touches nothing that a rule won.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rulings {
    pub(crate) wins: Vec<Ruling>,
    pub(crate) advice: Vec<Ruling>,
}

impl Ruling {
    /// Whether it leaves a name at `span` alone, which it overlaps: a longer one that holds what is never a name.
    pub(crate) fn spares(&self, span: Span) -> bool {
        let holds = span.start <= self.span.start && self.span.end <= span.end && span != self.span;
        self.verdict == Verdict::Never && holds
    }
}

/// The tokens, cut at hyphens between names.
fn cut<'t>(tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    let mut cut = Vec::with_capacity(tokens.len());
    tokens.iter().for_each(|&token| units(token, &mut cut));
    cut
}

/// The same, ready to be tested.
pub(super) fn units_of<'t>(tokens: &[Token<'t>]) -> Vec<Unit<'t>> {
    cut(tokens).into_iter().map(Unit::new).collect()
}

impl EntityRules {
    /// Appends what the rules say of a sentence. Sentences come in order.
    pub(crate) fn find(
        &self,
        text: &str,
        sentence: &[Token<'_>],
        stemmer: Option<&Stemmer<'static>>,
        rulings: &mut Rulings,
    ) {
        let cut = cut(sentence);
        let mut rest = &cut[..];
        let mut found = Vec::new();
        while let Some(first) = rest.first() {
            let end = first.range().start + LONGEST_PIECE;
            let (piece, behind) = rest.split_at(rest.partition_point(|u| u.range().end <= end).max(1));
            rest = behind;
            // A single token that is longer is no word.
            if piece.last().is_some_and(|u| u.range().end <= end) {
                let piece: Vec<Unit<'_>> = piece.iter().copied().map(Unit::new).collect();
                self.find_in_piece(text, &piece, stemmer, &mut found);
                self.resolve(&mut found, rulings);
            }
        }
    }

    fn find_in_piece(
        &self,
        text: &str,
        units: &[Unit<'_>],
        stemmer: Option<&Stemmer<'static>>,
        found: &mut Vec<Found>,
    ) {
        let inner = &*self.inner;
        if !(inner.exact.is_empty() && inner.folded.is_empty()) {
            let atoms = atoms(text, units);
            inner.exact.find(&atoms, units, found);
            inner.folded.find(&atoms, units, found);
        }
        if !inner.patterns.is_empty() {
            for (at, unit) in units.iter().enumerate() {
                let listed = match inner.by_word.is_empty() {
                    true => &[][..],
                    false => inner.by_word.get(unit.lower()).map_or(&[][..], |p| p),
                };
                for &index in listed.iter().chain(&inner.anywhere) {
                    let Some((pattern, rule)) = inner.patterns.get(index as usize) else { continue };
                    let rest = units.get(at..).unwrap_or_default();
                    let Some((first, end)) = pattern.find(rest, stemmer) else { continue };
                    found.extend(rest.get(first..end).and_then(|units| Found::new(units, *rule)));
                }
            }
        }
        for regex in &inner.regexes {
            regex.find(text, units, found);
        }
    }

    /// Which of the matches count: by priority, then length, then place, then the order of the rules.
    fn resolve(&self, found: &mut Vec<Found>, rulings: &mut Rulings) {
        let facts = |found: &Found| self.inner.facts.get(found.rule as usize).copied();
        found.sort_unstable_by_key(|f| {
            (Reverse(facts(f).map(|r| r.priority)), Reverse(f.length), f.span.start, f.rule)
        });
        for mode in [Mode::Win, Mode::Advise] {
            for f in found.iter() {
                let Some(rule) = facts(f).filter(|r| r.mode == mode) else { continue };
                let list = match mode {
                    Mode::Win => &mut rulings.wins,
                    Mode::Advise if contradicts(&rulings.wins, f.span) => continue,
                    Mode::Advise => &mut rulings.advice,
                };
                if let Some(at) = place(list, f.span) {
                    list.insert(at, Ruling { span: f.span, verdict: rule.verdict });
                }
            }
        }
        found.clear();
    }
}

/// Whether a name at `span` contradicts what rules won.
fn contradicts(wins: &[Ruling], span: Span) -> bool {
    let first = wins.partition_point(|w| w.span.end <= span.start);
    wins.iter().skip(first).take_while(|w| w.span.start < span.end).any(|w| !w.spares(span))
}

/// Where among `rulings` there is room for `span`.
fn place(rulings: &[Ruling], span: Span) -> Option<usize> {
    let at = rulings.partition_point(|r| r.span.end <= span.start);
    rulings.get(at).is_none_or(|r| !r.span.overlaps(span)).then_some(at)
}

impl RegexRule {
    fn find(&self, text: &str, units: &[Unit<'_>], found: &mut Vec<Found>) {
        let (Some(first), Some(last)) = (units.first(), units.last()) else { return };
        let base = first.token.range().start;
        let Some(piece) = text.get(base..last.token.range().end) else { return };
        let mut add = |range: std::ops::Range<usize>| {
            let covered = snap(text, units, base + range.start, base + range.end);
            found.extend(covered.and_then(|units| Found::new(units, self.rule)));
        };
        match self.group {
            None => self.regex.find_iter(piece).for_each(|m| add(m.range())),
            Some(group) => {
                self.regex.captures_iter(piece).filter_map(|c| c.get(group)).for_each(|m| add(m.range()));
            }
        }
    }
}

/// The units that `start..end` covers, less white space at its ends; none where it begins or ends inside a word.
fn snap<'u, 't>(text: &str, units: &'u [Unit<'t>], start: usize, end: usize) -> Option<&'u [Unit<'t>]> {
    let matched = text.get(start..end)?;
    let start = start + (matched.len() - matched.trim_start().len());
    let end = start + matched.trim().len();
    let from = units.partition_point(|u| u.token.range().end <= start);
    let covered = units.get(from..units.partition_point(|u| u.token.range().start < end))?;
    let (first, last) = (covered.first()?.token.range(), covered.last()?.token.range());
    let more = [text.get(first.start..start)?, text.get(end..last.end)?];
    more.iter().all(|part| !part.contains(is_word_char)).then_some(covered)
}
