//! The affixes as tables: which letters a prefix shows before which, which combinations the language has, and what
//! each costs. Grammar after Alwi et al., *Tata Bahasa Baku Bahasa Indonesia*; costs are ours, set on development data.

use super::analysis::Affix;

/// A way to cut a prefix off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    pub(super) prefix: Affix,
    length: u8,
    /// The letter that nasalisation had swallowed.
    pub(super) restored: Option<u8>,
    cost: i8,
}

impl Cut {
    /// How many bytes go.
    #[inline]
    pub(super) fn length(self) -> usize {
        usize::from(self.length)
    }

    /// What it costs to believe in it.
    #[inline]
    pub(super) fn cost(self) -> i32 {
        i32::from(self.cost)
    }
}

const fn cut(prefix: Affix, length: u8, cost: i8) -> Cut {
    Cut { prefix, length, restored: None, cost }
}

const fn restoring(letter: u8, Cut { prefix, length, cost, .. }: Cut) -> Cut {
    Cut { prefix, length, restored: Some(letter), cost }
}

#[inline]
pub(super) fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// A set of pairs of letters: for each second letter the first ones, a bit each.
struct Pairs([u32; 32]);

impl Pairs {
    #[allow(clippy::indexing_slicing)] // at compile time
    const fn new<const BYTES: usize>(list: &[u8; BYTES]) -> Pairs {
        let (mut pairs, mut at) = ([0; 32], 0);
        while at + 1 < BYTES {
            pairs[(list[at + 1] & 31) as usize] |= 1 << (list[at] & 31);
            at += 2;
        }
        Pairs(pairs)
    }

    #[allow(clippy::indexing_slicing)] // at compile time
    const fn with_all_before(mut self, second: u8) -> Pairs {
        self.0[(second & 31) as usize] = u32::MAX;
        self
    }

    /// Bytes that are no letters may be taken for such.
    #[inline]
    fn has(&self, first: u8, second: u8) -> bool {
        self.0.get(usize::from(second & 31)).is_some_and(|bits| bits >> (first & 31) & 1 == 1)
    }
}

/// Whether a prefix may begin with the first two letters of `word`; none does where not.
#[inline]
pub(super) fn opens(word: &[u8]) -> bool {
    static OPENING: Pairs = Pairs::new(b"dikesekukabetemepengnynaneninonumamemimomu");
    matches!(word, [first, second, ..] if OPENING.has(*first, *second))
}

/// The prefixes that `word` may begin with, in the order they are tried; some may be all of it. `first` tells whether
/// nothing stands before it.
#[inline(always)]
pub(super) fn prefixes(word: &[u8], first: bool, informal: bool) -> [&'static [Cut]; 2] {
    const DI: &[Cut] = &[cut(Affix::Di, 2, 8)];
    const KE: &[Cut] = &[cut(Affix::Ke, 2, 18)];
    const SE: &[Cut] = &[cut(Affix::Se, 2, 14)];
    const KU: &[Cut] = &[cut(Affix::Ku, 2, 24)];
    const KAU: &[Cut] = &[cut(Affix::Kau, 3, 22)];
    const BER: &[Cut] = &[cut(Affix::Ber, 3, 9), cut(Affix::Ber, 2, 11)];
    const BEL: &[Cut] = &[cut(Affix::Ber, 3, 4)];
    const BE: &[Cut] = &[cut(Affix::Ber, 2, 11)];
    const TER: &[Cut] = &[cut(Affix::Ter, 3, 9), cut(Affix::Ter, 2, 11)];
    const TEL: &[Cut] = &[cut(Affix::Ter, 3, 14)];
    const TE: &[Cut] = &[cut(Affix::Ter, 2, 13)];
    const PER: &[Cut] = &[cut(Affix::Per, 3, 10), cut(Affix::Per, 2, 13)];
    const PEL: &[Cut] = &[cut(Affix::Per, 3, 4)];
    const PE: &[Cut] = &[cut(Affix::Pe, 2, 14)];
    static MEN: Nasal = Nasal::new(Affix::MeN, 8);
    static PEN: Nasal = Nasal::new(Affix::PeN, 10);
    let &[one, two, ref rest @ ..] = word else { return [&[]; 2] };
    let slang = || if informal && first { informal_prefixes(word) } else { &[] };
    match [one, two] {
        [b'd', b'i'] => [DI, &[]],
        [b'k', b'e'] => [KE, &[]],
        [b's', b'e'] => [SE, &[]],
        [b'k', b'u'] if first => [KU, &[]],
        [b'k', b'a'] if first && rest.first() == Some(&b'u') => [KAU, &[]],
        [b'b', b'e'] => match rest {
            [b'r', b'r', ..] => [&[]; 2],
            [b'r', ..] => [BER, &[]],
            [b'l', b'a', b'j', b'a', b'r', ..] => [BEL, &[]],
            // `bekerja`, `beternak`: ber- loses its r before a syllable in -er-.
            &[c, b'e', b'r', ..] if !is_vowel(c) => [BE, &[]],
            _ => [&[]; 2],
        },
        [b't', b'e'] => match rest {
            [b'r', ..] => [TER, &[]],
            [b'l', b'a', b'n', ..] => [TEL, &[]],
            &[c, b'e', b'r', ..] if !is_vowel(c) => [TE, &[]],
            _ => [&[]; 2],
        },
        [b'p', b'e'] => match rest {
            [b'r', ..] => [PER, PEN.before(rest)],
            [b'l', b'a', b'j', b'a', b'r', ..] => [PEL, PEN.before(rest)],
            // `petani`, `pekerja`, `pedagang`: pe- as ber-.
            _ => [PE, PEN.before(rest)],
        },
        [b'm', b'e'] => [MEN.before(rest), slang()],
        [b'm' | b'n', _] => [slang(), &[]],
        _ => [&[]; 2],
    }
}

/// The prefixes of informal speech that `word` may begin with.
fn informal_prefixes(word: &[u8]) -> &'static [Cut] {
    // `ngebantu`, but `ngejar` and `ngeluarin` from `kejar`, `keluar`.
    const NGE: &[Cut] =
        &[cut(Affix::Nge, 3, 20), restoring(b'k', cut(Affix::Nge, 2, 18)), cut(Affix::Nge, 2, 24)];
    const NG: &[Cut] = &[restoring(b'k', cut(Affix::Nge, 2, 24)), cut(Affix::Nge, 2, 24)];
    const NY: &[Cut] = &[restoring(b's', cut(Affix::Nge, 2, 24)), restoring(b'c', cut(Affix::Nge, 2, 24))];
    const N: &[Cut] = &[restoring(b't', cut(Affix::Nge, 1, 30))];
    const M: &[Cut] = &[restoring(b'p', cut(Affix::Nge, 1, 34))];
    match *word {
        [b'n', b'g', b'e', ..] => NGE,
        [b'n', b'g', c, ..] if is_vowel(c) => NG,
        [b'n', b'y', c, ..] if is_vowel(c) => NY,
        [b'n', c, ..] if is_vowel(c) => N,
        [b'm', c, ..] if is_vowel(c) => M,
        _ => &[],
    }
}

/// The cuts of meN- and peN-, whose nasal takes the place of its root's first consonant.
struct Nasal {
    ny: [Cut; 2],
    /// The first is for roots of one syllable only.
    ng: [Cut; 4],
    ng_before_consonant: [Cut; 1],
    ng_in_loans: [Cut; 1],
    m: [Cut; 2],
    m_before_b: [Cut; 1],
    m_before_p: [Cut; 1],
    m_before_liquid: [Cut; 1],
    n: [Cut; 2],
    n_before_d: [Cut; 1],
    n_before_t: [Cut; 1],
    bare: [Cut; 1],
}

impl Nasal {
    const fn new(prefix: Affix, base: i8) -> Nasal {
        let bare = cut(prefix, 2, base);
        let (one, two) = (cut(prefix, 3, base), cut(prefix, 4, base));
        Nasal {
            ny: [restoring(b's', two), cut(prefix, 2, base + 3)],
            ng: [
                cut(prefix, 5, base + 1),
                two,
                restoring(b'k', cut(prefix, 4, base + 1)),
                cut(prefix, 2, base + 4),
            ],
            ng_before_consonant: [two],
            ng_in_loans: [cut(prefix, 4, base + 14)],
            m: [restoring(b'p', one), bare],
            m_before_b: [one],
            m_before_p: [cut(prefix, 3, base + 3)],
            m_before_liquid: [restoring(b'p', cut(prefix, 3, base + 6))],
            n: [restoring(b't', one), bare],
            n_before_d: [one],
            n_before_t: [cut(prefix, 3, base + 2)],
            bare: [bare],
        }
    }

    /// Those that fit before `rest`, which follows the first two letters.
    fn before(&self, rest: &[u8]) -> &[Cut] {
        match *rest {
            [b'n', b'y', next, ..] if is_vowel(next) => &self.ny,
            [b'n', b'g', ref tail @ ..] => match *tail {
                // `mengecat`: menge- before one syllable.
                [b'e', ref letters @ ..] if is_syllable(letters) => &self.ng,
                [next, ..] if is_vowel(next) => self.ng.split_first().map_or(&[], |ng| ng.1),
                [b'g' | b'h' | b'q' | b'k' | b'x' | b'-', ..] => &self.ng_before_consonant,
                // `menglokasikan`, `mengritik`: only in loans and haste.
                [_, ..] => &self.ng_in_loans,
                [] => &[],
            },
            [b'm', next, ..] => match next {
                b'a' | b'e' | b'i' | b'o' | b'u' => &self.m,
                b'b' | b'f' | b'v' => &self.m_before_b,
                b'p' => &self.m_before_p,
                // `pemrogram`, `memlester`: p falls before another consonant too, as some write.
                b'r' | b'l' => &self.m_before_liquid,
                _ => &[],
            },
            [b'n', next, ..] => match next {
                b'a' | b'e' | b'i' | b'o' | b'u' => &self.n,
                b'd' | b'c' | b'j' | b'z' => &self.n_before_d,
                b't' | b's' => &self.n_before_t,
                _ => &[],
            },
            [b'l' | b'r' | b'w' | b'y', ..] => &self.bare,
            _ => &[],
        }
    }
}

/// Whether `letters`, which hold no suffix, are one syllable: `cat`, `bom`, `klik`.
fn is_syllable(letters: &[u8]) -> bool {
    letters.len() <= 5 && letters.iter().filter(|&&b| is_vowel(b)).count() == 1
}

/// The infix that these letters are.
#[inline]
pub(super) fn infix(letters: [u8; 2]) -> Option<Affix> {
    match &letters {
        b"em" => Some(Affix::Em),
        b"el" => Some(Affix::El),
        b"er" => Some(Affix::Er),
        b"in" => Some(Affix::In),
        _ => None,
    }
}

/// What the affixes of a word cost together: combinations that the language has are cheap, those that it lacks dear.
pub(super) fn combination(prefixes: &[Affix], suffix: Option<Affix>) -> i32 {
    let has = |affix: Affix| prefixes.contains(&affix);
    let outer = prefixes.first().copied();
    let inner = prefixes.last().copied();
    let mut cost = 0;
    for pair in prefixes.iter().zip(prefixes.iter().skip(1)) {
        cost += match pair {
            (Affix::MeN | Affix::Di | Affix::Ter | Affix::Ku | Affix::Kau, Affix::Per) => -3,
            (Affix::MeN | Affix::Di, Affix::Ber) => 4,
            (Affix::Ke, Affix::Ber | Affix::Ter) | (Affix::PeN, Affix::Ber | Affix::Per) => -2,
            (Affix::Ber, Affix::PeN | Affix::Per | Affix::Ke | Affix::Pe) => 2,
            (Affix::Ke, Affix::PeN | Affix::Pe | Affix::Per) => 2,
            (Affix::Di | Affix::MeN | Affix::Ku | Affix::Kau | Affix::Ter, Affix::Ke) => 6,
            (Affix::MeN | Affix::Di | Affix::Ke | Affix::Ber | Affix::Ter, Affix::Se) => 6,
            (Affix::Se, Affix::Ke | Affix::Per | Affix::PeN | Affix::Ter | Affix::Pe) => 8,
            (Affix::Per, Affix::Se) => 8,
            (Affix::Nge, _) => 20,
            _ => 45,
        };
    }
    cost += match (outer, inner, suffix) {
        (_, _, None) => 0,
        (None, _, Some(Affix::Kan)) => 4,
        (None, _, Some(Affix::An)) => 0,
        (None, _, Some(Affix::I)) => 8,
        (Some(Affix::Ke), _, Some(Affix::An)) => -17,
        (Some(Affix::PeN), _, Some(Affix::An)) => -9,
        (Some(Affix::Per), _, Some(Affix::An)) => -8,
        (Some(Affix::Pe), _, Some(Affix::An)) => -4,
        (Some(Affix::Ber), Some(Affix::Ke | Affix::Per | Affix::PeN), Some(Affix::An)) => -8,
        (Some(Affix::Ber), _, Some(Affix::An)) => -3,
        (Some(Affix::Se), Some(Affix::PeN | Affix::Per | Affix::Ke), Some(Affix::An)) => -4,
        (Some(Affix::Se), _, Some(Affix::An)) => 12,
        (Some(Affix::MeN | Affix::Di), _, Some(Affix::Kan | Affix::I)) => -5,
        (Some(Affix::Ku | Affix::Kau | Affix::Ter | Affix::Nge), _, Some(Affix::Kan | Affix::I)) => -2,
        (Some(Affix::Ber), _, Some(Affix::Kan)) => 2,
        (Some(Affix::Per), _, Some(Affix::Kan | Affix::I)) => 4,
        (Some(_), _, Some(Affix::InInformal)) => 4,
        (None, _, Some(Affix::InInformal)) => 4,
        (Some(Affix::MeN | Affix::Di), _, Some(Affix::An)) => 40,
        (Some(Affix::Ter), _, Some(Affix::An)) => 30,
        (Some(Affix::Ke | Affix::PeN | Affix::Pe | Affix::Se), _, Some(Affix::Kan)) => 45,
        (Some(Affix::Ber | Affix::PeN | Affix::Pe | Affix::Se | Affix::Ke), _, Some(Affix::I)) => 40,
        _ => 20,
    };
    // ke- alone makes ordinals and a few nouns (`ketua`), rarely verbs (`ketawa`).
    if outer == Some(Affix::Ke) && suffix.is_none() && !has(Affix::Ter) && !has(Affix::Ber) {
        cost += 6;
    }
    cost
}

/// An affix at the end of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    pub(super) affix: Affix,
    length: u8,
    cost: i8,
}

impl Tail {
    /// Its bytes.
    #[inline]
    pub(super) fn length(self) -> usize {
        usize::from(self.length)
    }

    /// What it costs to believe in it.
    #[inline]
    pub(super) fn cost(self) -> i32 {
        i32::from(self.cost)
    }
}

const fn tail(affix: Affix, length: u8, cost: i8) -> Tail {
    Tail { affix, length, cost }
}

/// Whether something that is cut off may end in the last two letters of `word`; nothing does where not.
#[inline]
pub(super) fn closes(word: &[u8]) -> bool {
    static CLOSING: Pairs = Pairs::new(b"ahyakumuunanin").with_all_before(b'i');
    matches!(word, [.., first, second] if CLOSING.has(*first, *second))
}

/// Suffixes that derive words and end `word`: -kan may be -an after a k.
pub(super) fn suffixes(word: &[u8]) -> &'static [Tail] {
    const KAN_AN: &[Tail] = &[tail(Affix::Kan, 3, 8), tail(Affix::An, 2, 9)];
    const AN: &[Tail] = &[tail(Affix::An, 2, 9)];
    const I: &[Tail] = &[tail(Affix::I, 1, 11)];
    match word {
        [.., b'k', b'a', b'n'] => KAN_AN,
        [.., b'a', b'n'] => AN,
        [.., b'i'] => I,
        _ => &[],
    }
}

/// Informal -in: `bantuin`.
pub(super) const IN: Tail = tail(Affix::InInformal, 2, 20);

/// The pronoun that leans on the end of `word`.
pub(super) fn pronoun(word: &[u8]) -> Option<Tail> {
    Some(match word {
        [.., b'n', b'y', b'a'] => tail(Affix::Nya, 3, 6),
        [.., b'k', b'u'] => tail(Affix::KuEnclitic, 2, 14),
        [.., b'm', b'u'] => tail(Affix::Mu, 2, 14),
        _ => return None,
    })
}

/// The particle that leans on the end of `word`.
pub(super) fn particle(word: &[u8]) -> Option<Tail> {
    Some(match word {
        [.., b'l', b'a', b'h'] => tail(Affix::Lah, 3, 10),
        [.., b'k', b'a', b'h'] => tail(Affix::Kah, 3, 11),
        [.., b'p', b'u', b'n'] => tail(Affix::Pun, 3, 13),
        [.., b't', b'a', b'h'] => tail(Affix::Tah, 3, 40),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the searches skip because of `opens` and `closes` holds no affix.
    #[test]
    fn every_affix_opens_or_closes() {
        let letters = || b'a'..=b'z';
        for (one, two) in letters().flat_map(|one| letters().map(move |two| (one, two))) {
            let mut opening = 0;
            for rest in ["aaa", "era", "rer", "lajar", "lan", "uku", "ngata", "mata"] {
                let word = [&[one, two], rest.as_bytes()].concat();
                let cuts: usize = [true, false]
                    .iter()
                    .flat_map(|&first| prefixes(&word, first, true))
                    .map(<[Cut]>::len)
                    .sum();
                assert!(cuts == 0 || opens(&word), "{}", word.escape_ascii());
                opening += cuts;
            }
            assert!(opening > 0 || !opens(&[one, two]), "{}", [one, two].escape_ascii());
            let mut closing = 0;
            for front in ["bal", "bak", "bat", "bap", "ban", "bam"] {
                let word = [front.as_bytes(), &[one, two]].concat();
                let tails = suffixes(&word).len()
                    + usize::from(pronoun(&word).is_some())
                    + usize::from(particle(&word).is_some())
                    + usize::from(word.ends_with(b"in"));
                assert!(tails == 0 || closes(&word), "{}", word.escape_ascii());
                closing += tails;
            }
            assert!(closing > 0 || !closes(&[one, two]), "{}", [one, two].escape_ascii());
        }
    }
}
