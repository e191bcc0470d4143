//! One way to explain a word, and its parts as they are written.

use super::LONGEST;
use super::analysis::{Affix, Analysis, Reduplication, Segment};
use super::word::Word;

/// Most prefixes on one root: `memper-`, `keber-`, `berkese-`.
pub(super) const DEPTH: usize = 3;

/// A root that may stand in no word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    bytes: [u8; LONGEST],
    length: u8,
}

/// A root that stands in its word, from the start that is found to `end`, but for its first letter: that may have
/// fallen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) end: u8,
    pub(super) first: u8,
}

/// One way to explain a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<Root = Text> {
    pub(super) root: Root,
    pub(super) cost: i32,
    /// Where the root stands in the word, if it stands there.
    pub(super) start: u8,
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
    /// Bytes at the end that clitics take.
    pub(super) tail: u8,
}

impl<Root> Found<Root> {
    /// A known root, with its affixes yet to come.
    #[inline]
    pub(super) fn known(root: Root, cost: i32) -> Found<Root> {
        Found {
            root,
            cost,
            start: 0,
            cuts: [0; DEPTH + 1],
            root_end: 0,
            prefixes: [None; DEPTH + 1],
            infix: None,
            suffixes: [None; 3],
            reduplication: None,
            known: true,
            informal: false,
            tail: 0,
        }
    }

    fn with_root<Other>(self, root: Other) -> Found<Other> {
        Found {
            root,
            cost: self.cost,
            start: self.start,
            cuts: self.cuts,
            root_end: self.root_end,
            prefixes: self.prefixes,
            infix: self.infix,
            suffixes: self.suffixes,
            reduplication: self.reduplication,
            known: self.known,
            informal: self.informal,
            tail: self.tail,
        }
    }
}

impl Found<Place> {
    /// The same with its root as text of its own. `word` is what it explains.
    pub(super) fn apart(self, word: &Word) -> Found {
        let mut text = Text::new(word.bytes(usize::from(self.start), usize::from(self.root.end)));
        if let Some(first) = text.bytes.first_mut().filter(|_| text.length > 0) {
            *first = self.root.first;
        }
        self.with_root(text)
    }
}

impl Text {
    fn new(root: &[u8]) -> Text {
        let mut text = Text { bytes: [0; LONGEST], length: 0 };
        if let (Some(slot), Ok(length)) = (text.bytes.get_mut(..root.len()), u8::try_from(root.len())) {
            slot.copy_from_slice(root);
            text.length = length;
        }
        text
    }
}

impl Found {
    pub(super) fn whole(word: &str, known: bool, cost: i32) -> Found {
        Found { known, ..Found::known(Text::new(word.as_bytes()), cost) }
    }

    /// A word that stands for itself.
    pub(super) fn unknown(word: &str) -> Found {
        Found::whole(word, false, 200)
    }

    pub(super) fn root(&self) -> &str {
        let bytes = self.root.bytes.get(..usize::from(self.root.length)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The parts of `word` as it is written.
    fn segments(&self, word: &str) -> Vec<Segment> {
        let segment = |affix, from: usize, to: usize| Segment::new(affix, from..to.max(from));
        let tail = word.len().saturating_sub(usize::from(self.tail));
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
        let start = if plain { at.max(usize::from(self.start).min(root_end)) } else { 0 };
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
            tail: u32::from(self.tail),
        }
    }
}
