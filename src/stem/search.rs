//! The search: what a word is tried as, in which order, and what of it is believed. Word length is bounded, so that time
//! is bounded whatever the word; nothing is allocated on the way to the best answer.

use super::analysis::Affix;
use super::descent::Descent;
use super::found::{Found, Place};
use super::word::Word;
use super::{LONGEST, UnknownPolicy, informal, rules};
use crate::lexicon::{Entry, Lexicon};

/// Cost beyond which a capitalised word is rather a name. Of names in the raw text that rules can take apart, two thirds
/// cost more; of the derived words of UniMorph, weighted by use, one in 170.
const NAME_COST: i32 = 24;

/// Shortest word, in bytes, in which two roots are looked for where one is not found: `mengujicobakan`.
const SHORTEST_COMPOUND: usize = 11;

/// What it costs to take two roots for one.
const COMPOUND_COST: i32 = 40;

/// What a class of frequency is worth; a root of the highest class costs nothing.
const CLASS_COST: i32 = 1;

/// Takes explanations as they are found.
pub(super) trait Sink {
    /// What an explanation must cost less than to be of interest.
    fn limit(&self) -> i32;

    fn take(&mut self, found: &Found);

    /// Takes one whose root stands in `word`.
    fn take_place(&mut self, found: &Found<Place>, word: &Word) {
        self.take(&found.apart(word));
    }

    /// Notes that the word is an exception of the lexicon, without its affixes; false where they must be found first.
    fn take_irregular(&mut self) -> bool {
        false
    }
}

/// The best explanation of a word, and what it costs.
pub(super) struct Best {
    limit: i32,
    pub(super) explanation: Explanation,
}

pub(super) enum Explanation {
    /// The word stands for itself and is unknown.
    None,
    /// An exception of the lexicon.
    Irregular,
    Place(Found<Place>),
    Text(Found),
}

impl Best {
    #[inline]
    pub(super) fn new() -> Best {
        Best { limit: i32::MAX, explanation: Explanation::None }
    }
}

impl Sink for Best {
    #[inline]
    fn limit(&self) -> i32 {
        self.limit
    }

    fn take(&mut self, found: &Found) {
        if found.cost < self.limit {
            self.limit = found.cost;
            self.explanation = Explanation::Text(*found);
        }
    }

    #[inline]
    fn take_place(&mut self, found: &Found<Place>, _: &Word) {
        if found.cost < self.limit {
            self.limit = found.cost;
            self.explanation = Explanation::Place(*found);
        }
    }

    fn take_irregular(&mut self) -> bool {
        self.explanation = Explanation::Irregular;
        true
    }
}

/// Hands all to a closure, those that are dearer than others too.
pub(super) struct Each<F> {
    pub(super) limit: i32,
    pub(super) each: F,
}

impl<F: FnMut(&Found)> Sink for Each<F> {
    fn limit(&self) -> i32 {
        self.limit
    }

    fn take(&mut self, found: &Found) {
        (self.each)(found);
    }
}

/// Passes all on, and knows whether there was one.
struct Noting<'a, S: ?Sized> {
    sink: &'a mut S,
    any: bool,
}

impl<S: Sink + ?Sized> Sink for Noting<'_, S> {
    #[inline]
    fn limit(&self) -> i32 {
        self.sink.limit()
    }

    fn take(&mut self, found: &Found) {
        self.any = true;
        self.sink.take(found);
    }

    #[inline]
    fn take_place(&mut self, found: &Found<Place>, word: &Word) {
        self.any = true;
        self.sink.take_place(found, word);
    }
}

/// Where and how explanations are looked for.
#[derive(Clone, Copy)]
pub(super) struct Search<'s, 'l> {
    pub(super) lexicon: &'s Lexicon<'l>,
    unknown: UnknownPolicy,
    informal: bool,
    /// The word has a capital that says it may be a name.
    titled: bool,
}

impl<'s, 'l> Search<'s, 'l> {
    pub(super) fn new(
        lexicon: &'s Lexicon<'l>,
        unknown: UnknownPolicy,
        informal: bool,
        titled: bool,
    ) -> Search<'s, 'l> {
        Search { lexicon, unknown, informal, titled }
    }

    /// Whether affixes of informal speech are cut, which names have by chance.
    #[inline]
    pub(super) fn slang(&self) -> bool {
        self.informal && !self.titled
    }

    /// The best explanation of `word`, into `best`, which holds none so far.
    pub(super) fn best(&self, word: &mut Word, best: &mut Best) {
        self.explore(word, best);
        let repeated = match &best.explanation {
            Explanation::None | Explanation::Irregular => return,
            Explanation::Place(found) => found.reduplication.is_some(),
            Explanation::Text(found) => found.reduplication.is_some(),
        };
        if self.rather_a_name(word, best.limit, repeated) {
            best.explanation = Explanation::None;
        }
    }

    /// The best explanation of a part of a word.
    pub(super) fn best_of(&self, part: &str) -> Option<Found> {
        let mut word = Word::new(part)?;
        let mut best = Best::new();
        self.best(&mut word, &mut best);
        match best.explanation {
            Explanation::None => None,
            Explanation::Irregular => self.irregular(word.text()),
            Explanation::Place(found) => Some(found.apart(&word)),
            Explanation::Text(found) => Some(found),
        }
    }

    /// Whether a word with a capital, or one known as a name, that is cut at this cost is more likely a name.
    #[inline]
    fn rather_a_name(&self, word: &Word, cost: i32, repeated: bool) -> bool {
        cost > NAME_COST && !repeated && (self.titled || word.entry(self.lexicon).is_some_and(Entry::is_name))
    }

    /// All explanations, best first, each root and segmentation once.
    pub(super) fn all(&self, word: &mut Word) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        self.each(word, i32::MAX, &mut |found| all.push(*found));
        all.sort_by_key(|f| f.cost);
        let mut kept: Vec<Found> = Vec::new();
        if all.first().is_some_and(|best| self.rather_a_name(word, best.cost, best.reduplication.is_some())) {
            kept.push(Found { cost: NAME_COST, ..Found::unknown(word.text()) });
        }
        for found in all {
            let same = |k: &Found| {
                k.root() == found.root() && k.prefixes == found.prefixes && k.suffixes == found.suffixes
            };
            if !kept.iter().any(same) {
                kept.push(found);
            }
        }
        kept
    }

    /// Calls `each` for the explanations of `word` that cost less than `limit`, and for some that do not.
    pub(super) fn each(&self, word: &mut Word, limit: i32, each: &mut dyn FnMut(&Found)) {
        self.explore::<dyn Sink>(word, &mut Each { limit, each });
    }

    fn explore<S: Sink + ?Sized>(&self, word: &mut Word, sink: &mut S) {
        let length = word.len();
        if length == 0 {
            return;
        }
        let entry = word.entry(self.lexicon);
        let mut sink = Noting { sink, any: false };
        // Letters alone are the common case.
        let (digit, hyphen) = if word.letters().is_some() {
            (false, false)
        } else {
            has_digit_or_hyphen(word.bytes(0, length))
        };
        if let Some(entry) = entry {
            if entry.is_exception() && self.lexicon.exception(word.text()).is_some() {
                if !sink.sink.take_irregular()
                    && let Some(found) = self.irregular(word.text())
                {
                    sink.take(&found);
                }
                return;
            }
            let whole = |cost| Found::known(word.place(0, length), cost);
            if entry.is_whole() || entry.is_name() && self.titled {
                return sink.take_place(&whole(0), word);
            }
            if entry.is_root() {
                // Sources list reduplications too: `tawar-menawar` is `tawar` nevertheless.
                let repeated = if hyphen { 25 } else { 0 };
                sink.take_place(&whole(root_cost(entry, length) + repeated), word);
                // A root that many words are built on is no cut of another.
                if entry.frequency_class() > 8 && !entry.is_derived() {
                    return;
                }
            }
        }
        match (digit, hyphen) {
            (true, _) => self.numeral(word.text(), &mut |found| sink.take(found)),
            (false, true) => self.hyphenated(word.text(), sink.limit(), &mut |found| sink.take(found)),
            (false, false) => {
                let prefixed = Descent::new(self, word, &mut sink).run(false);
                if !sink.any && prefixed && length >= SHORTEST_COMPOUND {
                    Descent::new(self, word, &mut sink).run(true);
                }
            }
        }
        if !sink.any && self.informal && (entry.is_some_and(Entry::is_informal) || informal::may_shout(word))
        {
            self.spelling(word.text(), entry, &mut |found| sink.take(found));
        }
        if !sink.any && self.unknown == UnknownPolicy::BestGuess {
            self.guess(word.text(), &mut |found| sink.take(found));
        }
    }

    /// The best way to cut `form` that ends in the stem an exception gives it; without one, the stem alone.
    #[cold]
    pub(super) fn irregular(&self, form: &str) -> Option<Found> {
        let stem = self.lexicon.exception(form)?;
        let mut best = Found::whole(stem, true, 0);
        if let Some(mut word) = Word::new(form).filter(|_| !form.contains('-')) {
            let mut lowest = i32::MAX;
            let each = &mut |found: &Found| {
                if found.root() == stem && found.cost < lowest {
                    lowest = found.cost;
                    best = Found { cost: 0, ..*found };
                }
            };
            let sink: &mut dyn Sink = &mut Each { limit: i32::MAX, each };
            Descent::new(self, &mut word, sink).run(false);
        }
        Some(best)
    }

    /// What informal spelling stands for: `gak`, `bangeeet`.
    #[inline(never)]
    fn spelling(&self, word: &str, entry: Option<Entry>, sink: &mut dyn FnMut(&Found)) {
        let mark = |mut found: Found| Found {
            informal: true,
            cost: found.cost + 30,
            reduplication: found.reduplication.take(),
            ..found
        };
        if let Some(standard) = entry.filter(|e| e.is_informal()).and_then(|_| self.lexicon.standard(word)) {
            let found = self.formal().best_of(standard).unwrap_or_else(|| Found::whole(standard, true, 0));
            return sink(&mark(found));
        }
        let mut buffer = [0u8; LONGEST];
        let mut best: Option<Found> = None;
        for squeeze in informal::SQUEEZES {
            // Names end in double letters: `Hall`, `Ross`.
            if self.titled && !informal::shouts(word.as_bytes()) {
                break;
            }
            let Some(squeezed) = informal::squeeze(word, squeeze, &mut buffer) else { continue };
            let explained = self
                .best_of(squeezed)
                .or_else(|| self.lexicon.standard(squeezed).map(|standard| Found::whole(standard, true, 0)));
            if let Some(found) = explained.filter(|f| f.known && best.is_none_or(|b| f.cost < b.cost)) {
                best = Some(found);
            }
        }
        if let Some(found) = best {
            sink(&mark(found));
        }
    }

    pub(super) fn formal(&self) -> Search<'s, 'l> {
        Search::new(self.lexicon, UnknownPolicy::LeaveWhole, false, false)
    }

    /// The likeliest cut of a word that reaches no root: clitics, and a prefix with a suffix.
    fn guess(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        let mut best: Option<Found> = None;
        let leaning = rules::pronoun(word.as_bytes()).and_then(|p| {
            let host = word.get(..word.len().checked_sub(p.length())?).filter(|host| host.len() >= 4)?;
            Some((host, Some(p.affix)))
        });
        let (body, pronoun) = leaning.unwrap_or((word, None));
        for (suffix, affix) in [("kan", Some(Affix::Kan)), ("an", Some(Affix::An)), ("", None)] {
            let Some(rest) = body.strip_suffix(suffix) else { continue };
            for cut in rules::prefixes(rest.as_bytes(), true, false).into_iter().flatten() {
                let sure =
                    matches!(cut.prefix, Affix::MeN | Affix::Di | Affix::Ber | Affix::Ter | Affix::PeN);
                let Some(left) = rest.get(cut.length()..).filter(|left| sure && left.len() >= 4) else {
                    continue;
                };
                let cost = 120 + cut.cost() - i32::from(affix.is_some()) * 3;
                if cut.restored.is_none() && best.is_none_or(|b| cost < b.cost) {
                    let mut found = Found::whole(left, false, cost);
                    found.prefixes[0] = Some(cut.prefix);
                    found.suffixes = [affix, pronoun, None];
                    best = Some(found);
                }
            }
        }
        if best.is_none() && pronoun.is_some() {
            let mut found = Found::whole(body, false, 130);
            found.suffixes[1] = pronoun;
            best = Some(found);
        }
        if let Some(found) = best {
            sink(&found);
        }
    }
}

/// What it costs to believe in a root: short and unproductive ones are often chance.
pub(super) fn root_cost(entry: Entry, length: usize) -> i32 {
    let short = match length {
        0 | 1 => 100,
        2 => 24,
        3 if entry.frequency_class() < 10 => 5,
        3 => 2,
        _ => 0,
    };
    (15 - i32::from(entry.frequency_class())) * CLASS_COST + short + i32::from(entry.is_derived()) * 16
}

/// What it costs to read a part of `word` as two roots in common use (`anak` `tiri`); none where it is not.
pub(super) fn compound_cost(lexicon: &Lexicon<'_>, word: &Word, start: usize, end: usize) -> Option<i32> {
    let cost = |from: usize, to: usize| {
        let entry = word.look_up(lexicon, from, to).filter(|e| e.is_root() && e.frequency_class() > 6)?;
        Some(root_cost(entry, to - from))
    };
    let cuts = start + 3..=end.checked_sub(3)?;
    cuts.filter_map(|at| Some(cost(start, at)? + cost(at, end)? + COMPOUND_COST)).min()
}

fn has_digit_or_hyphen(word: &[u8]) -> (bool, bool) {
    word.iter().fold((false, false), |(digit, hyphen), b| (digit | b.is_ascii_digit(), hyphen | (*b == b'-')))
}
