//! The ways to cut a word without hyphens: every chain of particle, pronoun and suffix, and below each every chain of
//! prefixes, that ends in a root of the lexicon. Nothing is allocated, and depth is bounded.

use super::analysis::{Affix, Reduplication};
use super::found::{DEPTH, Found};
use super::rules::{self, is_vowel};
use super::search::{Search, Sink, compound_cost, root_cost};
use super::word::Word;
use crate::lexicon::{Entry, Key};

/// The most that affixes further in may make a word cheaper: `rules::combination` gives up to 17 for a circumfix and 3
/// for each pair of prefixes.
const MOST_GAIN: i32 = 24;

/// What leans on the end of a word, and the byte before it.
#[derive(Clone, Copy)]
struct Clitics {
    host: usize,
    pronoun: Option<rules::Tail>,
    particle: Option<rules::Tail>,
}

impl Clitics {
    fn cost(self) -> i32 {
        self.pronoun.map_or(0, |p| p.cost()) + self.particle.map_or(0, |p| p.cost())
    }

    /// Writes the clitics of a word of `length` bytes into `found`.
    fn put_on<Root>(self, found: &mut Found<Root>, length: usize) {
        found.suffixes[1] = self.pronoun.map(|p| p.affix);
        found.suffixes[2] = self.particle.map(|p| p.affix);
        found.tail = u8::try_from(length - self.host).unwrap_or(0);
    }
}

#[derive(Clone, Copy)]
enum Inner {
    Repeated,
    Infix(Affix),
}

/// The descent into one word.
pub(super) struct Descent<'a, 's, 'l, S: ?Sized> {
    search: &'a Search<'s, 'l>,
    /// A letter that nasalisation swallowed is written over the prefix before it while it is tried.
    word: &'a mut Word,
    /// The letters before what is cut off behind, with that letter too; none where they are no key.
    front: Option<Key>,
    sink: &'a mut S,
    /// Whether two roots written as one count as a root.
    compounds: bool,
    /// Whether there was a prefix to cut.
    prefixed: bool,
    prefixes: [Option<Affix>; DEPTH + 1],
    /// Byte after each prefix.
    cuts: [u8; DEPTH + 1],
    suffix: Option<Affix>,
    clitics: Clitics,
}

impl<'a, 's, 'l, S: Sink + ?Sized> Descent<'a, 's, 'l, S> {
    pub(super) fn new(
        search: &'a Search<'s, 'l>,
        word: &'a mut Word,
        sink: &'a mut S,
    ) -> Descent<'a, 's, 'l, S> {
        let clitics = Clitics { host: word.len(), pronoun: None, particle: None };
        Descent {
            search,
            word,
            front: None,
            sink,
            compounds: false,
            prefixed: false,
            prefixes: [None; DEPTH + 1],
            cuts: [0; DEPTH + 1],
            suffix: None,
            clitics,
        }
    }

    /// Tries all chains, and says whether one had a prefix.
    #[inline]
    pub(super) fn run(&mut self, compounds: bool) -> bool {
        self.compounds = compounds;
        let length = self.word.len();
        self.host(self.clitics);
        if rules::closes(self.word.bytes(0, length)) {
            self.leaning(length);
        }
        self.prefixed
    }

    /// Tries the word without its clitics, of `length` bytes in all.
    fn leaning(&mut self, length: usize) {
        self.before_particle(None, length);
        if let Some(particle) = rules::particle(self.word.bytes(0, length)) {
            let end = length - particle.length();
            self.leaned_on(Clitics { host: end, pronoun: None, particle: Some(particle) });
            self.before_particle(Some(particle), end);
        }
    }

    fn before_particle(&mut self, particle: Option<rules::Tail>, end: usize) {
        if let Some(pronoun) = rules::pronoun(self.word.bytes(0, end))
            && end >= pronoun.length() + 2
        {
            self.leaned_on(Clitics { host: end - pronoun.length(), pronoun: Some(pronoun), particle });
        }
    }

    /// Tries a word that clitics lean on.
    fn leaned_on(&mut self, clitics: Clitics) {
        let host = clitics.host;
        let entry = self.word.look_up(self.search.lexicon, 0, host);
        // A clitic leans on irregular forms as on others: `kedudukannya`, `berikanlah`.
        if entry.is_some_and(Entry::is_exception)
            && let Some(mut found) = self.search.irregular(self.word.part(0, host))
        {
            clitics.put_on(&mut found, self.word.len());
            return self.sink.take(&found);
        }
        self.clitics = clitics;
        self.cut_off(None, host);
        self.judge(entry, 0, host, clitics.cost(), 0, None);
        self.host(clitics);
    }

    /// Tries a word without clitics, with each suffix it may have.
    #[inline(always)]
    fn host(&mut self, clitics: Clitics) {
        let (host, cost) = (clitics.host, clitics.cost());
        self.cut_off(None, host);
        self.inner_changes(host, cost);
        self.descend(0, host, 0, cost);
        if rules::closes(self.word.bytes(0, host)) {
            self.suffixes(host, cost);
        }
    }

    fn suffixes(&mut self, host: usize, cost: i32) {
        for &suffix in rules::suffixes(self.word.bytes(0, host)) {
            if host > suffix.length() + 1 {
                self.before_suffix(suffix, cost);
            }
        }
        if self.search.slang() && host > 4 && self.word.bytes(0, host).ends_with(b"in") {
            self.before_suffix(rules::IN, cost);
        }
    }

    fn cut_off(&mut self, suffix: Option<Affix>, end: usize) {
        self.suffix = suffix;
        self.front = self.word.letters().and_then(|letters| letters.key(0, end));
    }

    fn before_suffix(&mut self, suffix: rules::Tail, clitics: i32) {
        let (end, cost) = (self.clitics.host - suffix.length(), clitics + suffix.cost());
        self.cut_off(Some(suffix.affix), end);
        self.accept(0, end, cost, 0, None);
        self.inner_changes(end, cost);
        self.descend(0, end, 0, cost);
    }

    /// Cuts each prefix that stands at `start`, behind `depth` others that cost `cost` with all else that is cut.
    #[inline(always)]
    fn descend(&mut self, start: usize, end: usize, depth: usize, cost: i32) {
        if rules::opens(self.word.bytes(start, end)) && cost < self.sink.limit().saturating_add(MOST_GAIN) {
            self.cut_each(start, end, depth, cost);
        }
    }

    fn cut_each(&mut self, start: usize, end: usize, depth: usize, cost: i32) {
        let word = self.word.bytes(start, end);
        let [some, others] = rules::prefixes(word, depth == 0, self.search.slang());
        for cut in some.iter().chain(others) {
            if cut.length() < end - start {
                self.cut(*cut, start, end, depth, cost + cut.cost());
            }
        }
    }

    #[inline]
    fn cut(&mut self, cut: rules::Cut, start: usize, end: usize, depth: usize, cost: i32) {
        let (Some(prefix), Some(place)) = (self.prefixes.get_mut(depth), self.cuts.get_mut(depth)) else {
            return;
        };
        let mut from = start + cut.length();
        *prefix = Some(cut.prefix);
        *place = u8::try_from(from).unwrap_or(0);
        self.prefixed = true;
        let mut saved = None;
        if let Some(letter) = cut.restored {
            from -= 1;
            saved = self.overwrite(from, letter);
        }
        // `ketidakpastian`
        let negated =
            cut.prefix == Affix::Ke && end > from + 7 && self.word.bytes(from, end).starts_with(b"tidak");
        let root = if negated { from + 5 } else { from };
        self.accept(root, end, cost, depth + 1, None);
        if depth + 1 < DEPTH {
            self.descend(root, end, depth + 1, cost);
        }
        if let Some(letter) = saved {
            self.overwrite(from, letter);
        }
        if let Some(prefix) = self.prefixes.get_mut(depth) {
            *prefix = None;
        }
    }

    /// Changes inside the root: infixes (`gemetar`) and a repeated first syllable (`lelaki`, `pepohonan`).
    #[inline(always)]
    fn inner_changes(&mut self, end: usize, cost: i32) {
        if let &[first, second @ (b'e' | b'i'), third, fourth, ..] = self.word.bytes(0, end)
            && !is_vowel(first)
        {
            if second == b'e' && first == third {
                self.repeated(end, cost);
            }
            if end >= 5
                && let Some(infix) = rules::infix([second, third])
                && is_vowel(fourth)
            {
                self.infixed(infix, [first, third], end, cost);
            }
        }
    }

    fn repeated(&mut self, end: usize, cost: i32) {
        let circumfix = if self.suffix == Some(Affix::An) { -6 } else { 6 };
        self.accept(2, end, cost + 20 + circumfix, 0, Some(Inner::Repeated));
    }

    fn infixed(&mut self, infix: Affix, [first, third]: [u8; 2], end: usize, cost: i32) {
        if self.suffix.is_none_or(|s| s == Affix::An) {
            self.overwrite(2, first);
            self.accept(2, end, cost + 30, 0, Some(Inner::Infix(infix)));
            self.overwrite(2, third);
        }
    }

    fn overwrite(&mut self, at: usize, letter: u8) -> Option<u8> {
        self.front = self.front.map(|front| front.with(at, letter));
        self.word.overwrite(at, letter)
    }

    /// Looks the bytes from `start` to `end` up as a root behind the first `depth` of the prefixes.
    #[inline(always)]
    fn accept(&mut self, start: usize, end: usize, cost: i32, depth: usize, inner: Option<Inner>) {
        if end >= start + 2 {
            let entry = match self.front {
                Some(front) => self.search.lexicon.get_key(front.behind(start)),
                None => self.word.look_up(self.search.lexicon, start, end),
            };
            self.judge(entry, start, end, cost, depth, inner);
        }
    }

    /// Takes these bytes for a root if their entry allows it.
    #[inline]
    fn judge(
        &mut self,
        entry: Option<Entry>,
        start: usize,
        end: usize,
        cost: i32,
        depth: usize,
        inner: Option<Inner>,
    ) {
        // Few candidates are words: nothing else is worked out for the others.
        if entry.is_some() || self.compounds {
            self.take(entry, start, end, cost, depth, inner);
        }
    }

    fn take(
        &mut self,
        entry: Option<Entry>,
        start: usize,
        end: usize,
        cost: i32,
        depth: usize,
        inner: Option<Inner>,
    ) {
        // Roots cost nothing at best, so what costs as much as the best answer cannot win.
        let cost = if inner.is_some() { cost } else { cost + self.combination(depth) };
        let limit = self.sink.limit();
        if end < start + 2 || cost >= limit {
            return;
        }
        let derived = self.suffix.is_some() || depth > 0 || inner.is_some();
        let cost = match entry {
            Some(entry) if entry.is_root() => {
                let cost = cost + root_cost(entry, end - start);
                if cost >= limit {
                    return;
                }
                cost
            }
            // Clitics lean on function words too: `dialah`, `siapakah`.
            Some(entry) if !derived && entry.is_whole() => cost,
            _ if self.compounds && depth > 0 => {
                let Some(halves) = compound_cost(self.search.lexicon, self.word, start, end) else { return };
                cost + halves
            }
            Some(entry) if entry.is_informal() => return self.take_slang(start, end, cost),
            _ => return,
        };
        let mut found = Found::known(self.word.place(start, end), cost);
        self.put_affixes_on(&mut found, start, end);
        match inner {
            Some(Inner::Repeated) => found.reduplication = Some(Reduplication::Partial),
            Some(Inner::Infix(infix)) => found.infix = Some(infix),
            None => {}
        }
        self.sink.take_place(&found, self.word);
    }

    /// `nyatetin`: an informal root inside informal affixes.
    #[cold]
    fn take_slang(&mut self, start: usize, end: usize, cost: i32) {
        if !self.is_slang() || end - start < 4 {
            return;
        }
        let lexicon = self.search.lexicon;
        let known = |s: &&str| lexicon.get(s).is_some_and(Entry::is_root);
        if let Some(standard) = lexicon.standard(self.word.part(start, end)).filter(known) {
            let mut found = Found::whole(standard, true, cost + 12);
            self.put_affixes_on(&mut found, start, end);
            self.sink.take(&found);
        }
    }

    fn put_affixes_on<Root>(&self, found: &mut Found<Root>, start: usize, end: usize) {
        found.start = u8::try_from(start).unwrap_or(0);
        found.cuts = self.cuts;
        found.root_end = u8::try_from(end).unwrap_or(0);
        found.prefixes = self.prefixes;
        found.suffixes[0] = self.suffix;
        found.informal = self.is_slang();
        self.clitics.put_on(found, self.word.len());
    }

    /// Whether there are affixes of informal speech: only the outermost can be.
    fn is_slang(&self) -> bool {
        self.prefixes[0] == Some(Affix::Nge) || self.suffix == Some(Affix::InInformal)
    }

    /// What the first `depth` prefixes and the suffix cost together.
    fn combination(&self, depth: usize) -> i32 {
        let mut list = [Affix::MeN; DEPTH + 1];
        for (slot, affix) in list.iter_mut().zip(self.prefixes.iter().flatten()) {
            *slot = *affix;
        }
        rules::combination(list.get(..depth).unwrap_or_default(), self.suffix)
    }
}
