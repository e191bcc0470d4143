//! The search: every way to cut a word that ends in a root of the lexicon, ranked by cost. Depth and word length are
//! bounded, so that time is bounded whatever the word; nothing is allocated on the way to the best answer.

use super::analysis::{Affix, Analysis, Reduplication};
use super::{LONGEST, UnknownPolicy, informal, rules};
use crate::lexicon::{Entry, Lexicon};

/// Most prefixes on one root: `memper-`, `keber-`, `berkese-`.
const DEPTH: usize = 3;

/// What a letter of productivity is worth; a root of class 7 costs nothing.
const CLASS_COST: i32 = 2;

/// One way to explain a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    root: [u8; LONGEST],
    length: usize,
    prefixes: [Option<Affix>; DEPTH + 1],
    infix: Option<Affix>,
    /// Derivational suffix, pronoun, particle.
    suffixes: [Option<Affix>; 3],
    reduplication: Option<Reduplication>,
    known: bool,
    informal: bool,
    tail: u32,
    pub(super) cost: i32,
}

impl Found {
    fn whole(word: &str, known: bool, cost: i32) -> Found {
        let mut found = Found::unknown("");
        found.set_root(word.as_bytes());
        Found { known, cost, ..found }
    }

    /// A word that stands for itself.
    pub(super) fn unknown(word: &str) -> Found {
        let mut found = Found {
            root: [0; LONGEST],
            length: 0,
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

    fn set_root(&mut self, root: &[u8]) {
        if let Some(slot) = self.root.get_mut(..root.len()) {
            slot.copy_from_slice(root);
            self.length = root.len();
        }
    }

    pub(super) fn root(&self) -> &str {
        std::str::from_utf8(&self.root[..self.length]).unwrap_or_default()
    }

    pub(super) fn into_analysis(self) -> Analysis {
        self.into_analysis_of(self.root())
    }

    pub(super) fn into_analysis_of(self, root: &str) -> Analysis {
        Analysis {
            root: root.to_owned(),
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
    lexicon: &'s Lexicon<'l>,
    unknown: UnknownPolicy,
    informal: bool,
}

impl<'s, 'l> Search<'s, 'l> {
    pub(super) fn new(lexicon: &'s Lexicon<'l>, unknown: UnknownPolicy, informal: bool) -> Search<'s, 'l> {
        Search { lexicon, unknown, informal }
    }

    /// The best explanation of `word`, in lower case; none where it stands for itself and is unknown.
    pub(super) fn best(&self, word: &str) -> Option<Found> {
        let mut best: Option<Found> = None;
        self.explore(word, &mut |found| {
            if best.is_none_or(|b| found.cost < b.cost) {
                best = Some(*found);
            }
        });
        best
    }

    /// All explanations, best first, each root and segmentation once.
    pub(super) fn all(&self, word: &str) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        self.explore(word, &mut |found| all.push(*found));
        all.sort_by_key(|f| f.cost);
        let mut kept: Vec<Found> = Vec::new();
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

    fn explore(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        if word.is_empty() || word.len() > LONGEST {
            return;
        }
        if let Some(stem) = self.lexicon.exception(word) {
            return sink(&self.towards(word, stem));
        }
        let entry = self.lexicon.get(word);
        if entry.is_some_and(Entry::is_whole) {
            return sink(&Found::whole(word, true, 0));
        }
        let any = std::cell::Cell::new(false);
        let mut counted = |found: &Found| {
            any.set(true);
            sink(found);
        };
        if let Some(entry) = entry.filter(|e| e.is_root()) {
            counted(&Found::whole(word, true, root_cost(entry, word.len())));
            // A root that many words are built on is no cut of another.
            if entry.productivity() > 3 && !entry.is_derived() {
                return;
            }
        }
        if word.bytes().any(|b| b.is_ascii_digit()) {
            self.numeral(word, &mut counted);
        } else if word.contains('-') {
            self.hyphenated(word, &mut counted);
        } else {
            self.simple(word, &mut counted);
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
            self.simple(word, &mut |found| {
                if found.root() == stem && found.cost < lowest {
                    lowest = found.cost;
                    best = Found { cost: 0, ..*found };
                }
            });
        }
        best
    }

    /// A word without hyphens: all suffix chains, and below each all prefix chains.
    fn simple(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        let bytes = word.as_bytes();
        let none = [("", None, 0)];
        let options =
            |list: &'static [(&'static str, Affix, i32)]| list.iter().map(|&(s, a, c)| (s, Some(a), c));
        let length = bytes.len();
        for (particle, particle_affix, particle_cost) in none.into_iter().chain(options(rules::PARTICLES)) {
            if !bytes.ends_with(particle.as_bytes()) {
                continue;
            }
            let end = length - particle.len();
            for (pronoun, pronoun_affix, pronoun_cost) in none.into_iter().chain(options(rules::POSSESSIVES))
            {
                if !bytes[..end].ends_with(pronoun.as_bytes()) || end < pronoun.len() + 2 {
                    continue;
                }
                let host = end - pronoun.len();
                let clitics = particle_cost + pronoun_cost;
                let mut state = Descent::new(self, word, host, particle_affix, pronoun_affix, clitics);
                state.run(None, host, 0, sink);
                for &(suffix, affix, cost) in rules::SUFFIXES {
                    if bytes[..host].ends_with(suffix.as_bytes()) && host > suffix.len() + 1 {
                        state.run(Some(affix), host - suffix.len(), cost, sink);
                    }
                }
                if self.informal && bytes[..host].ends_with(b"in") && host > 4 {
                    state.run(Some(Affix::InInformal), host - 2, 20, sink);
                }
            }
        }
    }

    /// `buku2`, `2x`: a base repeated by a numeral.
    fn numeral(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        for (suffix, affix) in [("2", None), ("2nya", Some(Affix::Nya)), ("2an", Some(Affix::An))] {
            let Some(base) = word
                .strip_suffix(suffix)
                .filter(|b| b.len() > 2 && b.bytes().all(|b| b.is_ascii_alphabetic()))
            else {
                continue;
            };
            if let Some(mut found) = self.best(base) {
                found.reduplication = Some(Reduplication::Numeral);
                found.suffixes[1] = found.suffixes[1].or(affix);
                found.informal = true;
                sink(&found);
            }
        }
    }

    fn hyphenated(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        let Some((left, right)) = word.split_once('-') else { return };
        let Some((front, last)) = word.rsplit_once('-') else { return };
        if left.is_empty() || last.is_empty() {
            return;
        }
        if left == right {
            let mut found = self.best(left).unwrap_or_else(|| Found::whole(left, false, 20));
            found.reduplication = Some(Reduplication::Full);
            return sink(&found);
        }
        // `KTP-nya`, `di-PHK-kan`: an affix that a hyphen keeps apart.
        let enclitic = [("nya", Affix::Nya), ("ku", Affix::KuEnclitic), ("mu", Affix::Mu)]
            .into_iter()
            .find(|e| e.0 == last);
        let particle =
            [("lah", Affix::Lah), ("kah", Affix::Kah), ("pun", Affix::Pun)].into_iter().find(|e| e.0 == last);
        let suffix =
            [("an", Affix::An), ("kan", Affix::Kan), ("i", Affix::I)].into_iter().find(|e| e.0 == last);
        for (slot, affix) in [(0, suffix), (1, enclitic), (2, particle)] {
            if let Some((text, affix)) = affix {
                // An affix stands behind those of its front; a second of its kind has no place in a word.
                let fits = |f: &Found| f.suffixes[slot..].iter().all(Option::is_none);
                let mut found =
                    self.best(front).filter(fits).unwrap_or_else(|| Found::whole(front, false, 20));
                found.suffixes[slot] = Some(affix);
                if slot > 0 {
                    found.tail += u32::try_from(text.len() + 1).unwrap_or(0);
                }
                return sink(&found);
            }
        }
        if let Some(prefix) = hyphen_prefix(left) {
            let mut found = self.best(right).unwrap_or_else(|| Found::whole(right, false, 20));
            if found.prefixes[DEPTH].is_none() {
                found.prefixes.rotate_right(1);
                found.prefixes[0] = Some(prefix);
            }
            return sink(&found);
        }
        if word.matches('-').count() > 1 {
            return;
        }
        self.repeated(left, right, sink);
    }

    /// `berlari-larian`, `sayur-mayur`: two halves of which one is the other's base.
    fn repeated(&self, left: &str, right: &str, sink: &mut dyn FnMut(&Found)) {
        let mut shared: Option<Found> = None;
        self.explore(right, &mut |below| {
            self.explore(left, &mut |above| {
                if above.root() == below.root() && (above.known || below.known) {
                    let cost = above.cost + below.cost;
                    if shared.is_none_or(|s| cost < s.cost) {
                        let suffixes = [below.suffixes[0], below.suffixes[1], below.suffixes[2]];
                        let prefixes =
                            if above.prefixes[0].is_some() { above.prefixes } else { below.prefixes };
                        let tail = below.tail;
                        shared = Some(Found { cost, suffixes, prefixes, tail, ..*above });
                    }
                }
            });
        });
        if let Some(mut found) = shared {
            found.reduplication = Some(Reduplication::Affixed);
            return sink(&found);
        }
        // `setinggi-tingginya`, `kehitam-hitaman`: the second half with the affixes of both.
        if let Some(below) = self.best(right)
            && left.ends_with(below.root())
            && left.len() > below.length
            && left.len() - below.length <= 6
        {
            return sink(&Found {
                reduplication: Some(Reduplication::Affixed),
                cost: below.cost + 20,
                ..below
            });
        }
        if sound_change(left.as_bytes(), right.as_bytes())
            && let Some(mut found) = self.best(left).filter(|f| f.known)
        {
            found.reduplication = Some(Reduplication::SoundChanging);
            found.cost += 20;
            sink(&found);
        }
    }

    fn informal(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        let mark = |mut found: Found| Found {
            informal: true,
            cost: found.cost + 30,
            reduplication: found.reduplication.take(),
            ..found
        };
        if let Some(standard) = self.lexicon.standard(word) {
            let found = self.formal().best(standard).unwrap_or_else(|| Found::whole(standard, true, 0));
            return sink(&mark(found));
        }
        let mut buffer = [0u8; LONGEST];
        for keep in [2, 1] {
            let Some(squeezed) = informal::squeeze(word, keep, &mut buffer) else { continue };
            let explained = self
                .best(squeezed)
                .or_else(|| self.lexicon.standard(squeezed).map(|standard| Found::whole(standard, true, 0)));
            if let Some(found) = explained.filter(|f| f.known) {
                return sink(&mark(found));
            }
        }
    }

    fn formal(&self) -> Search<'s, 'l> {
        Search { lexicon: self.lexicon, unknown: UnknownPolicy::LeaveWhole, informal: false }
    }

    /// The likeliest cut of a word that reaches no root: clitics, and a prefix with a suffix.
    fn guess(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        let mut best: Option<Found> = None;
        let host = rules::POSSESSIVES.iter().find(|p| word.ends_with(p.0) && word.len() >= p.0.len() + 4);
        let (body, pronoun) = host.map_or((word, None), |p| (&word[..word.len() - p.0.len()], Some(p.1)));
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
        3 => 5,
        _ => 0,
    };
    (7 - i32::from(entry.productivity())) * CLASS_COST + short + i32::from(entry.is_derived()) * 16
}

fn hyphen_prefix(left: &str) -> Option<Affix> {
    Some(match left {
        "di" => Affix::Di,
        "ke" => Affix::Ke,
        "se" => Affix::Se,
        "ber" | "be" => Affix::Ber,
        "ter" => Affix::Ter,
        "me" | "mem" | "men" | "meng" | "meny" | "menge" => Affix::MeN,
        "pe" | "pem" | "pen" | "peng" => Affix::PeN,
        "per" => Affix::Per,
        "nge" | "ng" => Affix::Nge,
        "ku" => Affix::Ku,
        _ => return None,
    })
}

/// Whether the halves differ by vowels only (`bolak-balik`) or by their first consonant (`sayur-mayur`).
fn sound_change(left: &[u8], right: &[u8]) -> bool {
    let vowel = |b: &u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    let consonants = |w: &[u8]| w.iter().filter(|b| !vowel(b)).count();
    let same_skeleton = left.len() == right.len()
        && left.iter().zip(right).all(|(a, b)| a == b || vowel(a) && vowel(b))
        && consonants(left) > 1;
    let same_tail =
        left.len() > 3 && right.len() >= left.len() && left[1..] == right[right.len() - left.len() + 1..];
    same_skeleton || same_tail
}

/// The descent through the prefixes of one word whose tail is already decided.
struct Descent<'a, 's, 'l> {
    search: &'a Search<'s, 'l>,
    /// The word; a letter that nasalisation swallowed is written over the prefix before it while it is tried.
    buffer: [u8; LONGEST],
    prefixes: [Option<Affix>; DEPTH + 1],
    suffix: Option<Affix>,
    pronoun: Option<Affix>,
    particle: Option<Affix>,
    clitic_cost: i32,
    tail: u32,
}

impl<'a, 's, 'l> Descent<'a, 's, 'l> {
    fn new(
        search: &'a Search<'s, 'l>,
        word: &str,
        host: usize,
        particle: Option<Affix>,
        pronoun: Option<Affix>,
        clitic_cost: i32,
    ) -> Descent<'a, 's, 'l> {
        let mut buffer = [0; LONGEST];
        buffer[..word.len()].copy_from_slice(word.as_bytes());
        let tail = u32::try_from(word.len() - host).unwrap_or(0);
        Descent {
            search,
            buffer,
            prefixes: [None; DEPTH + 1],
            suffix: None,
            pronoun,
            particle,
            clitic_cost,
            tail,
        }
    }

    /// Tries the bytes before `end`, with `suffix` cut off behind them.
    fn run(&mut self, suffix: Option<Affix>, end: usize, cost: i32, sink: &mut dyn FnMut(&Found)) {
        self.suffix = suffix;
        let bare = suffix.is_none() && self.pronoun.is_none() && self.particle.is_none();
        let base = self.clitic_cost + cost;
        if !bare {
            self.accept(0, end, base + rules::combination(&[], suffix), None, sink);
        }
        self.inner_changes(end, base, sink);
        self.descend(0, end, 0, base, sink);
    }

    fn descend(&mut self, start: usize, end: usize, depth: usize, cost: i32, sink: &mut dyn FnMut(&Found)) {
        // At most eight cuts of one word begin with the same letters.
        let mut cuts = [const { None }; 8];
        let mut count = 0;
        rules::prefixes(&self.buffer[start..end], depth == 0, self.search.informal, |cut| {
            if let Some(slot) = cuts.get_mut(count) {
                *slot = Some(cut);
                count += 1;
            }
        });
        for cut in cuts.into_iter().flatten() {
            self.prefixes[depth] = Some(cut.prefix);
            let mut from = start + cut.length;
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
        }
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
        if end < start + 2 {
            return;
        }
        let Some(Ok(root)) = self.buffer.get(start..end).map(std::str::from_utf8) else { return };
        let Some(entry) = self.search.lexicon.get(root).filter(|e| e.is_root()) else { return };
        let mut found = Found::whole(root, true, cost + root_cost(entry, root.len()));
        found.prefixes = self.prefixes;
        found.suffixes = [self.suffix, self.pronoun, self.particle];
        found.tail = self.tail;
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
