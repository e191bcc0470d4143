//! One way to explain a word, and its parts as they are written.

use super::LONGEST;
use super::analysis::{Affix, Analysis, Reduplication, Segment};

/// Most prefixes on one root: `memper-`, `keber-`, `berkese-`.
pub(super) const DEPTH: usize = 3;

/// One way to explain a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) root: [u8; LONGEST],
    pub(super) length: usize,
    /// Where the root stands in the word, if it stands there unchanged.
    pub(super) start: usize,
    /// Bytes of the word where each prefix, and the root, ends; 0 for a root end that is not known.
    pub(super) cuts: [u8; DEPTH + 1],
    pub(super) root_end: u8,
    pub(super) prefixes: [Option<Affix>; DEPTH + 1],
    pub(super) infix: Option<Affix>,
    /// Derivational suffix, pronoun, particle.
    pub(super) suffixes: [Option<Affix>; 3],
    pub(super) reduplication: Option<Reduplication>,
    pub(super) known: bool,
    pub(super) informal: bool,
    pub(super) tail: u32,
    pub(super) cost: i32,
}

impl Found {
    pub(super) fn whole(word: &str, known: bool, cost: i32) -> Found {
        let mut found = Found::unknown("");
        found.set_root(word.as_bytes());
        Found { known, cost, ..found }
    }

    /// A word that stands for itself.
    pub(super) fn unknown(word: &str) -> Found {
        let mut found = Found {
            root: [0; LONGEST],
            length: 0,
            start: 0,
            cuts: [0; DEPTH + 1],
            root_end: 0,
            prefixes: [None; DEPTH + 1],
            infix: None,
            suffixes: [None; 3],
            reduplication: None,
            known: false,
            informal: false,
            tail: 0,
            cost: 200,
        };
        found.set_root(word.as_bytes());
        found
    }

    /// A known root, with its affixes yet to come.
    pub(super) fn of(root: &[u8], cost: i32) -> Found {
        let mut found = Found { known: true, cost, ..Found::unknown("") };
        found.set_root(root);
        found
    }

    fn set_root(&mut self, root: &[u8]) {
        if let Some(slot) = self.root.get_mut(..root.len()) {
            slot.copy_from_slice(root);
            self.length = root.len();
        }
    }

    fn bytes(&self) -> &[u8] {
        self.root.get(..self.length).unwrap_or_default()
    }

    pub(super) fn root(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// The root as a part of `word`, which this explains; none where a letter of it fell or it stands elsewhere.
    pub(super) fn root_in<'w>(&self, word: &'w str) -> Option<&'w str> {
        let found = word.get(self.start..self.start + self.length)?;
        (found.as_bytes() == self.bytes()).then_some(found)
    }

    /// The parts of `word` as it is written.
    fn segments(&self, word: &str) -> Vec<Segment> {
        let segment = |affix, from: usize, to: usize| Segment::new(affix, from..to.max(from));
        let tail = word.len().saturating_sub(self.tail as usize);
        let mut segments = Vec::new();
        let plain = self.root_end > 0 && self.reduplication.is_none() && self.infix.is_none();
        let mut at = 0;
        let mut root_end = tail;
        if plain {
            root_end = usize::from(self.root_end);
            for (prefix, cut) in self.prefixes.into_iter().flatten().zip(self.cuts) {
                segments.push(segment(Some(prefix), at, usize::from(cut)));
                at = usize::from(cut);
            }
        }
        // What stands between prefix and root (`ke-tidak-pasti-an`) belongs to neither.
        let start = if plain { at.max(self.start.min(root_end)) } else { 0 };
        segments.push(segment(None, start, root_end));
        at = root_end;
        for suffix in self.suffixes.into_iter().skip(usize::from(!plain)).flatten() {
            let hyphen = usize::from(word.as_bytes().get(at) == Some(&b'-'));
            let end = (at + hyphen + suffix.form().len()).min(word.len());
            segments.push(segment(Some(suffix), at + hyphen, end));
            at = end;
        }
        segments
    }

    pub(super) fn into_analysis(self, word: &str) -> Analysis {
        Analysis { segments: self.segments(word), ..self.into_analysis_of(self.root()) }
    }

    /// The same for a root that is longer than those of the lexicon.
    pub(super) fn into_analysis_of(self, root: &str) -> Analysis {
        Analysis {
            root: root.to_owned(),
            segments: vec![Segment::new(None, 0..root.len())],
            prefixes: self.prefixes.into_iter().flatten().collect(),
            infix: self.infix,
            suffixes: self.suffixes.into_iter().flatten().collect(),
            reduplication: self.reduplication,
            known: self.known,
            informal: self.informal,
            cost: self.cost,
            tail: self.tail,
        }
    }
}
