//! The search: every way to cut a word that ends in a root of the lexicon, ranked by cost. Depth and word length are
//! bounded, so that time is bounded whatever the word; nothing is allocated on the way to the best answer.

use std::cell::Cell;

use super::analysis::{Affix, Analysis, Reduplication, Segment};
use super::{LONGEST, UnknownPolicy, informal, rules};
use crate::lexicon::{Entry, Lexicon};

/// Most prefixes on one root: `memper-`, `keber-`, `berkese-`.
pub(super) const DEPTH: usize = 3;

/// Cost beyond which a capitalised word is rather a name. Of names in the raw text that rules can take apart, two thirds
/// cost more; of the derived words of UniMorph, weighted by use, one in 170.
const NAME_COST: i32 = 24;

/// Shortest word, in bytes, in which two roots are looked for where one is not found: `mengujicobakan`.
const SHORTEST_COMPOUND: usize = 11;

/// What it costs to take two roots for one.
const COMPOUND_COST: i32 = 40;

/// The most that affixes further in may make a word cheaper: `rules::combination` gives up to 17 for a circumfix and 3
/// for each pair of prefixes.
const MOST_GAIN: i32 = 24;

/// What a class of frequency is worth; a root of the highest class costs nothing.
const CLASS_COST: i32 = 1;

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
    fn of(root: &[u8], cost: i32) -> Found {
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

    pub(super) fn root(&self) -> &str {
        std::str::from_utf8(&self.root[..self.length]).unwrap_or_default()
    }

    /// The root as a part of `word`, which this explains; none where a letter of it fell or it stands elsewhere.
    pub(super) fn root_in<'w>(&self, word: &'w str) -> Option<&'w str> {
        let found = word.get(self.start..self.start + self.length)?;
        (found.as_bytes() == &self.root[..self.length]).then_some(found)
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
        let known = |slot: &usize| plain || *slot > 0;
        for suffix in (0..3).filter(known).filter_map(|slot| self.suffixes[slot]) {
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

pub(super) struct Search<'s, 'l> {
    pub(super) lexicon: &'s Lexicon<'l>,
    unknown: UnknownPolicy,
    informal: bool,
    /// The word has a capital that says it may be a name.
    titled: bool,
    /// What an explanation must cost less than to be of interest.
    limit: Cell<i32>,
    /// Whether two roots written as one count as a root.
    compounds: Cell<bool>,
}

impl<'s, 'l> Search<'s, 'l> {
    pub(super) fn new(
        lexicon: &'s Lexicon<'l>,
        unknown: UnknownPolicy,
        informal: bool,
        titled: bool,
    ) -> Search<'s, 'l> {
        Search { lexicon, unknown, informal, titled, limit: Cell::new(i32::MAX), compounds: Cell::new(false) }
    }

    /// The best explanation of `word`, in lower case; none where it stands for itself and is unknown.
    pub(super) fn best(&self, word: &str) -> Option<Found> {
        let mut best: Option<Found> = None;
        // A search inside another has a limit of its own.
        let outer = self.limit.replace(i32::MAX);
        self.explore(word, &mut |found| {
            if best.is_none_or(|b| found.cost < b.cost) {
                best = Some(*found);
                self.limit.set(found.cost);
            }
        });
        self.limit.set(outer);
        best.filter(|found| !self.rather_a_name(word, found))
    }

    /// Whether a word with a capital, or one known as a name, that is cut like this is more likely a name.
    fn rather_a_name(&self, word: &str, found: &Found) -> bool {
        found.cost > NAME_COST
            && found.reduplication.is_none()
            && (self.titled || self.lexicon.get(word).is_some_and(Entry::is_name))
    }

    /// All explanations, best first, each root and segmentation once.
    pub(super) fn all(&self, word: &str) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        self.explore(word, &mut |found| all.push(*found));
        all.sort_by_key(|f| f.cost);
        let mut kept: Vec<Found> = Vec::new();
        if all.first().is_some_and(|best| self.rather_a_name(word, best)) {
            kept.push(Found { cost: NAME_COST, ..Found::unknown(word) });
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

    pub(super) fn explore(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        if word.is_empty() || word.len() > LONGEST {
            return;
        }
        let entry = self.lexicon.get(word);
        if let Some(stem) = self.lexicon.exception_of(word, entry) {
            return sink(&self.towards(word, stem));
        }
        if entry.is_some_and(|e| e.is_whole() || e.is_name() && self.titled) {
            return sink(&Found::whole(word, true, 0));
        }
        let any = Cell::new(false);
        let mut counted = |found: &Found| {
            any.set(true);
            sink(found);
        };
        if let Some(entry) = entry.filter(|e| e.is_root()) {
            // Sources list reduplications too: `tawar-menawar` is `tawar` nevertheless.
            let repeated = if memchr::memchr(b'-', word.as_bytes()).is_some() { 25 } else { 0 };
            counted(&Found::whole(word, true, root_cost(entry, word.len()) + repeated));
            // A root that many words are built on is no cut of another.
            if entry.frequency_class() > 8 && !entry.is_derived() {
                return;
            }
        }
        let (digit, hyphen) = word
            .bytes()
            .fold((false, false), |(digit, hyphen), b| (digit | b.is_ascii_digit(), hyphen | (b == b'-')));
        match (digit, hyphen) {
            (true, _) => self.numeral(word, &mut counted),
            (false, true) => self.hyphenated(word, &mut counted),
            (false, false) => self.simple(word, &mut counted),
        }
        if !any.get() && word.len() >= SHORTEST_COMPOUND && !digit && !hyphen {
            self.compounds.set(true);
            self.simple(word, &mut counted);
            self.compounds.set(false);
        }
        if !any.get() && self.informal {
            self.informal(word, &mut counted);
        }
        if !any.get() && self.unknown == UnknownPolicy::BestGuess {
            self.guess(word, sink);
        }
    }

    /// The best way to cut `word` that ends in the stem an exception gives it; without one, the stem alone.
    fn towards(&self, word: &str, stem: &str) -> Found {
        let mut best = Found::whole(stem, true, 0);
        if !word.contains('-') {
            let mut lowest = i32::MAX;
            let outer = self.limit.replace(i32::MAX);
            self.simple(word, &mut |found| {
                if found.root() == stem && found.cost < lowest {
                    lowest = found.cost;
                    best = Found { cost: 0, ..*found };
                }
            });
            self.limit.set(outer);
        }
        best
    }

    /// A word without hyphens: all suffix chains, and below each all prefix chains.
    fn simple(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        let bytes = word.as_bytes();
        let length = bytes.len();
        let with_none = |tail: Option<rules::Tail>| std::iter::once(None).chain(tail.map(Some));
        for particle in with_none(rules::particle(bytes)) {
            let end = length - particle.map_or(0, |p| p.length);
            for pronoun in with_none(rules::pronoun(&bytes[..end]).filter(|p| end >= p.length + 2)) {
                let host = end - pronoun.map_or(0, |p| p.length);
                let leaning = particle.is_some() || pronoun.is_some();
                let clitics = Clitics { host, pronoun, particle };
                // A clitic leans on irregular forms as on others: `kedudukannya`, `berikanlah`.
                if leaning
                    && let Some(form) = word.get(..host)
                    && let Some(stem) = self.lexicon.exception_of(form, self.lexicon.get(form))
                {
                    let mut found = self.towards(form, stem);
                    clitics.put_on(&mut found, length);
                    sink(&found);
                    continue;
                }
                let mut state = Descent::new(self, word, clitics);
                state.run(None, host, sink);
                for &suffix in rules::suffixes(&bytes[..host]) {
                    if host > suffix.length + 1 {
                        state.run(Some(suffix), host - suffix.length, sink);
                    }
                }
                if self.informal && !self.titled && bytes[..host].ends_with(b"in") && host > 4 {
                    let suffix = rules::Tail { affix: Affix::InInformal, length: 2, cost: 20 };
                    state.run(Some(suffix), host - 2, sink);
                }
            }
        }
    }

    fn informal(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        let mark = |mut found: Found| Found {
            informal: true,
            cost: found.cost + 30,
            reduplication: found.reduplication.take(),
            ..found
        };
        if let Some(standard) = self.lexicon.standard_of(word, self.lexicon.get(word)) {
            let found = self.formal().best(standard).unwrap_or_else(|| Found::whole(standard, true, 0));
            return sink(&mark(found));
        }
        let mut buffer = [0u8; LONGEST];
        let mut best: Option<Found> = None;
        for squeeze in informal::SQUEEZES {
            // Names end in double letters: `Hall`, `Ross`.
            if self.titled && !informal::shouts(word) {
                break;
            }
            let Some(squeezed) = informal::squeeze(word, squeeze, &mut buffer) else { continue };
            let explained = self
                .best(squeezed)
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
        let leaning = rules::pronoun(word.as_bytes()).filter(|p| word.len() >= p.length + 4);
        let (body, pronoun) =
            leaning.map_or((word, None), |p| (&word[..word.len() - p.length], Some(p.affix)));
        for (suffix, affix) in [("kan", Some(Affix::Kan)), ("an", Some(Affix::An)), ("", None)] {
            let Some(rest) = body.strip_suffix(suffix) else { continue };
            rules::prefixes(rest.as_bytes(), true, false, |cut| {
                let sure =
                    matches!(cut.prefix, Affix::MeN | Affix::Di | Affix::Ber | Affix::Ter | Affix::PeN);
                let left = rest.len() - cut.length;
                if sure && left >= 4 && cut.restored.is_none() && rest.is_char_boundary(cut.length) {
                    let cost = 120 + cut.cost - i32::from(affix.is_some()) * 3;
                    if best.is_none_or(|b| cost < b.cost) {
                        let mut found = Found::whole(&rest[cut.length..], false, cost);
                        found.prefixes[0] = Some(cut.prefix);
                        found.suffixes = [affix, pronoun, None];
                        best = Some(found);
                    }
                }
            });
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
fn root_cost(entry: Entry, length: usize) -> i32 {
    let short = match length {
        0 | 1 => 100,
        2 => 24,
        3 if entry.frequency_class() < 10 => 5,
        3 => 2,
        _ => 0,
    };
    (15 - i32::from(entry.frequency_class())) * CLASS_COST + short + i32::from(entry.is_derived()) * 16
}

/// What it costs to read `root` as two roots in common use (`anak` `tiri`); none where it is not.
fn compound_cost(lexicon: &Lexicon<'_>, root: &[u8]) -> Option<i32> {
    let cost = |half: &[u8]| {
        let entry = lexicon.get_bytes(half).filter(|e| e.is_root() && e.frequency_class() > 6)?;
        Some(root_cost(entry, half.len()))
    };
    let cuts = 3..=root.len().checked_sub(3)?;
    cuts.filter_map(|at| Some(cost(&root[..at])? + cost(&root[at..])? + COMPOUND_COST)).min()
}

/// What leans on the end of a word, and the byte before it.
#[derive(Clone, Copy)]
struct Clitics {
    host: usize,
    pronoun: Option<rules::Tail>,
    particle: Option<rules::Tail>,
}

impl Clitics {
    fn cost(self) -> i32 {
        self.pronoun.map_or(0, |p| p.cost) + self.particle.map_or(0, |p| p.cost)
    }

    /// Writes the clitics of a word of `length` bytes into `found`.
    fn put_on(self, found: &mut Found, length: usize) {
        found.suffixes[1] = self.pronoun.map(|p| p.affix);
        found.suffixes[2] = self.particle.map(|p| p.affix);
        found.tail = u32::try_from(length - self.host).unwrap_or(0);
    }
}

/// The descent through the prefixes of one word whose tail is already decided.
struct Descent<'a, 's, 'l> {
    search: &'a Search<'s, 'l>,
    /// The word; a letter that nasalisation swallowed is written over the prefix before it while it is tried.
    buffer: [u8; LONGEST],
    length: usize,
    prefixes: [Option<Affix>; DEPTH + 1],
    /// Byte after each prefix.
    cuts: [u8; DEPTH + 1],
    suffix: Option<Affix>,
    clitics: Clitics,
}

impl<'a, 's, 'l> Descent<'a, 's, 'l> {
    fn new(search: &'a Search<'s, 'l>, word: &str, clitics: Clitics) -> Descent<'a, 's, 'l> {
        let mut buffer = [0; LONGEST];
        buffer[..word.len()].copy_from_slice(word.as_bytes());
        let prefixes = [None; DEPTH + 1];
        let cuts = [0; DEPTH + 1];
        Descent { search, buffer, length: word.len(), prefixes, cuts, suffix: None, clitics }
    }

    /// Tries the bytes before `end`, with `suffix` cut off behind them.
    fn run(&mut self, suffix: Option<rules::Tail>, end: usize, sink: &mut dyn FnMut(&Found)) {
        self.suffix = suffix.map(|s| s.affix);
        let base = self.clitics.cost() + suffix.map_or(0, |s| s.cost);
        if suffix.is_some() || self.clitics.host < self.length {
            self.accept(0, end, base + rules::combination(&[], self.suffix), None, sink);
        }
        self.inner_changes(end, base, sink);
        self.descend(0, end, 0, base, sink);
    }

    fn descend(&mut self, start: usize, end: usize, depth: usize, cost: i32, sink: &mut dyn FnMut(&Found)) {
        let opens = self.buffer.get(start).is_some_and(|b| rules::OPENING.contains(b));
        if !opens || cost >= self.search.limit.get().saturating_add(MOST_GAIN) {
            return;
        }
        // The cuts are of the word as it is here; below, a letter may be written over it.
        let word = self.buffer;
        let informal = self.search.informal && !self.search.titled;
        rules::prefixes(&word[start..end], depth == 0, informal, |cut| {
            self.prefixes[depth] = Some(cut.prefix);
            let mut from = start + cut.length;
            self.cuts[depth] = u8::try_from(from).unwrap_or(0);
            let mut saved = None;
            if let Some(letter) = cut.restored {
                from -= 1;
                saved = Some(std::mem::replace(&mut self.buffer[from], letter));
            }
            // `ketidakpastian`
            let negated =
                cut.prefix == Affix::Ke && self.buffer[from..end].starts_with(b"tidak") && end - from > 7;
            let skip = if negated { 5 } else { 0 };
            let below = cost + cut.cost;
            let affixes = flat(&self.prefixes[..=depth]);
            let pair = rules::combination(&affixes.0[..affixes.1], self.suffix);
            self.accept(from + skip, end, below + pair, None, sink);
            if depth + 1 < DEPTH {
                self.descend(from + skip, end, depth + 1, below, sink);
            }
            if let Some(letter) = saved {
                self.buffer[from] = letter;
            }
            self.prefixes[depth] = None;
        });
    }

    /// Changes inside the root: infixes (`gemetar`) and a repeated first syllable (`lelaki`, `pepohonan`).
    fn inner_changes(&mut self, end: usize, cost: i32, sink: &mut dyn FnMut(&Found)) {
        let word = &self.buffer[..end];
        if let [first, b'e', third, ..] = word
            && first == third
            && !matches!(first, b'a' | b'e' | b'i' | b'o' | b'u')
        {
            let circumfix = if self.suffix == Some(Affix::An) { -6 } else { 6 };
            self.accept(2, end, cost + 20 + circumfix, Some(Inner::Repeated), sink);
        }
        if self.suffix.is_some_and(|s| s != Affix::An) || end < 5 {
            return;
        }
        let infix = match self.buffer[1..3] {
            [b'e', b'm'] => Affix::Em,
            [b'e', b'l'] => Affix::El,
            [b'e', b'r'] => Affix::Er,
            [b'i', b'n'] => Affix::In,
            _ => return,
        };
        let follows = matches!(self.buffer[3], b'a' | b'e' | b'i' | b'o' | b'u');
        if follows && !matches!(self.buffer[0], b'a' | b'e' | b'i' | b'o' | b'u') {
            let saved = self.buffer[2];
            self.buffer[2] = self.buffer[0];
            self.accept(2, end, cost + 30, Some(Inner::Infix(infix)), sink);
            self.buffer[2] = saved;
        }
    }

    fn accept(
        &self,
        start: usize,
        end: usize,
        cost: i32,
        inner: Option<Inner>,
        sink: &mut dyn FnMut(&Found),
    ) {
        // Roots cost nothing at best, so what costs as much as the best answer cannot win.
        if end < start + 2 || cost >= self.search.limit.get() {
            return;
        }
        let Some(root) = self.buffer.get(start..end) else { return };
        let lexicon = self.search.lexicon;
        let entry = lexicon.get_bytes(root);
        let derived = self.suffix.is_some() || self.prefixes[0].is_some() || inner.is_some();
        let mut found = match entry {
            Some(entry) if entry.is_root() => {
                let cost = cost + root_cost(entry, root.len());
                if cost >= self.search.limit.get() {
                    return;
                }
                Found::of(root, cost)
            }
            // Clitics lean on function words too: `dialah`, `siapakah`.
            Some(entry) if !derived && entry.is_whole() => Found::of(root, cost),
            _ if self.search.compounds.get() && self.prefixes[0].is_some() => {
                let Some(halves) = compound_cost(lexicon, root) else { return };
                Found::of(root, cost + halves)
            }
            _ => {
                // `nyatetin`: an informal root inside informal affixes.
                let slang = self.prefixes[0] == Some(Affix::Nge) || self.suffix == Some(Affix::InInformal);
                if !slang || root.len() < 4 {
                    return;
                }
                let Ok(root) = std::str::from_utf8(root) else { return };
                let known = |s: &&str| lexicon.get(s).is_some_and(Entry::is_root);
                let Some(standard) = lexicon.standard_of(root, entry).filter(known) else { return };
                Found::of(standard.as_bytes(), cost + 12)
            }
        };
        found.start = start;
        found.cuts = self.cuts;
        found.root_end = u8::try_from(end).unwrap_or(0);
        found.prefixes = self.prefixes;
        found.suffixes[0] = self.suffix;
        self.clitics.put_on(&mut found, self.length);
        match inner {
            Some(Inner::Repeated) => found.reduplication = Some(Reduplication::Partial),
            Some(Inner::Infix(infix)) => found.infix = Some(infix),
            None => {}
        }
        found.informal = found.prefixes.iter().chain(&found.suffixes).flatten().any(|a| a.is_informal());
        sink(&found);
    }
}

#[derive(Clone, Copy)]
enum Inner {
    Repeated,
    Infix(Affix),
}

/// The affixes that are there, at the front of an array, and their number.
fn flat(affixes: &[Option<Affix>]) -> ([Affix; DEPTH + 1], usize) {
    let mut list = [Affix::MeN; DEPTH + 1];
    let mut count = 0;
    for (slot, affix) in list.iter_mut().zip(affixes.iter().flatten()) {
        *slot = *affix;
        count += 1;
    }
    (list, count)
}
