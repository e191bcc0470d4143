//! Gazetteers: names in a trie of words, so that a look costs the same for ten names and for a million.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Found;
use super::rule::Mode;
use super::test::Unit;
use crate::text::class::is_word_char;
use crate::text::fold;

/// Most words and marks in a name. It bounds what is looked at from each word of a text on.
pub(super) const LONGEST_NAME: usize = 64;

/// A word or a mark of a name. Names are compared by these and not by tokens, so that neither the conventions of the
/// tokenizer nor the way in which a writer joins words make a difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Atom<'t> {
    text: &'t str,
    /// The unit that holds it.
    unit: usize,
    /// Whether it is the first of its unit.
    opens: bool,
    /// Whether it is the last of its unit.
    closes: bool,
}

/// The atoms of `units`, which lie in `text`. Left out are hyphens, unless white space surrounds them, and the full
/// stop right behind a word.
pub(super) fn atoms<'t>(text: &str, units: &[Unit<'t>]) -> Vec<Atom<'t>> {
    let mut atoms = Vec::with_capacity(units.len());
    // Where the word before ends.
    let mut word_end = None;
    for (index, unit) in units.iter().enumerate() {
        let (base, first) = (unit.token.range().start, atoms.len());
        let mut rest = unit.text();
        while let Some(c) = rest.chars().next() {
            let at = base + unit.text().len() - rest.len();
            let is_word = is_word_char(c);
            let same = |other: char| match (is_word, is_dash(c)) {
                (true, _) => is_word_char(other),
                (_, true) => is_dash(other),
                _ => false,
            };
            let length = rest.find(|other| !same(other)).unwrap_or(rest.len()).max(c.len_utf8());
            let (atom, behind) = rest.split_at(length);
            rest = behind;
            let ignored = match c {
                '.' => word_end == Some(at),
                c if is_dash(c) => !stands_alone(text, at, at + length),
                _ => false,
            };
            if is_word {
                word_end = Some(at + length);
            }
            if !ignored {
                let text = if matches!(c, '’' | '‘' | '`') { "'" } else { atom };
                atoms.push(Atom { text, unit: index, opens: false, closes: false });
            }
        }
        if let Some(atom) = atoms.get_mut(first) {
            atom.opens = true;
        }
        if let Some(atom) = atoms.get_mut(first..).and_then(<[_]>::last_mut) {
            atom.closes = true;
        }
    }
    atoms
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}')
}

/// Whether white space, or the end of the text, is on both sides of `start..end`.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
}

/// Rules at the end of a name, the best of each mode: others with the same name could never be heard.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    win: Option<u32>,
    advise: Option<u32>,
}

/// Names whose letter case counts, or names in lower case.
#[derive(Debug, Default)]
pub(super) struct Trie {
    folds: bool,
    words: HashMap<Box<str>, u32>,
    /// From a node and a word to a node; node 0 is the root.
    edges: HashMap<(u32, u32), u32>,
    ends: Vec<Ends>,
}

impl Trie {
    pub(super) fn new(folds: bool) -> Trie {
        Trie { folds, ends: vec![Ends::default()], ..Trie::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Adds a name. Of equal names of one mode the first one added stays.
    #[allow(clippy::cast_possible_truncation)] // rules are counted in 32 bits, and a name has at most 64 atoms
    pub(super) fn insert(&mut self, name: &[Atom<'_>], rule: u32, mode: Mode) {
        let mut node = 0;
        for atom in name {
            let text = if self.folds { fold(atom.text) } else { atom.text.into() };
            let word = match self.words.get(text.as_ref()) {
                Some(&word) => word,
                None => {
                    let next = self.words.len() as u32;
                    self.words.insert(text.into(), next);
                    next
                }
            };
            node = match self.edges.entry((node, word)) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    self.ends.push(Ends::default());
                    *new.insert(self.ends.len() as u32 - 1)
                }
            };
        }
        if let Some(ends) = self.ends.get_mut(node as usize) {
            let slot = match mode {
                Mode::Win => &mut ends.win,
                Mode::Advise => &mut ends.advise,
            };
            slot.get_or_insert(rule);
        }
    }

    /// Appends every name that stands among `atoms`.
    pub(super) fn find(&self, atoms: &[Atom<'_>], units: &[Unit<'_>], found: &mut Vec<Found>) {
        if self.is_empty() {
            return;
        }
        let word = |atom: &Atom<'_>| match self.folds {
            true => self.words.get(fold(atom.text).as_ref()),
            false => self.words.get(atom.text),
        };
        let words: Vec<Option<u32>> = atoms.iter().map(|atom| word(atom).copied()).collect();
        for (start, first) in atoms.iter().enumerate().filter(|(_, atom)| atom.opens) {
            let mut node = 0;
            for (atom, &word) in atoms.iter().zip(&words).skip(start) {
                let Some(&next) = word.and_then(|word| self.edges.get(&(node, word))) else { break };
                node = next;
                let Some(ends) = self.ends.get(node as usize).filter(|_| atom.closes) else { continue };
                let rules = [ends.win, ends.advise].into_iter().flatten();
                let covered = units.get(first.unit..=atom.unit).unwrap_or_default();
                found.extend(rules.filter_map(|rule| Found::new(covered, rule)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::find::units_of;

    fn split(text: &str) -> Vec<&str> {
        let tokens: Vec<_> = crate::tokenize::Tokenizer::new().tokenize(text).collect();
        atoms(text, &units_of(&tokens)).iter().map(|a| a.text).collect()
    }

    #[test]
    fn joints_and_full_stops_do_not_count() {
        assert_eq!(split("PT. Maju-Jaya Tbk."), ["PT", "Maju", "Jaya", "Tbk"]);
        assert_eq!(split("Drs. H. A.M. Fatwa, S.H."), ["Drs", "H", "A", "M", "Fatwa", ",", "S", "H"]);
        assert_eq!(split("COVID-19"), ["COVID", "19"]);
        assert_eq!(split("Palu - Poso"), ["Palu", "-", "Poso"]);
        assert_eq!(split("Ma’ruf"), ["Ma", "'", "ruf"]);
        assert_eq!(split("Yahoo! ..."), ["Yahoo", "!", ".", ".", "."]);
    }
}
