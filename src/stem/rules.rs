//! The affixes as tables: which letters a prefix shows before which, which combinations the language has, and what
//! each costs. Grammar after Alwi et al., *Tata Bahasa Baku Bahasa Indonesia*; costs are ours, set on development data.

use super::analysis::Affix;

/// A way to cut a prefix off: how many bytes go, and the letter that nasalisation had swallowed.
pub(super) struct Cut {
    pub(super) prefix: Affix,
    pub(super) length: usize,
    pub(super) restored: Option<u8>,
    pub(super) cost: i32,
}

fn vowel(b: Option<&u8>) -> bool {
    matches!(b, Some(b'a' | b'e' | b'i' | b'o' | b'u'))
}

/// The letters that prefixes begin with.
pub(super) const OPENING: &[u8] = b"dksbtmpn";

/// Calls `each` for every prefix that `word` may begin with. `first` tells whether nothing stands before it.
pub(super) fn prefixes(word: &[u8], first: bool, informal: bool, mut each: impl FnMut(Cut)) {
    let mut cut = |prefix, length, restored, cost| {
        if length < word.len() {
            each(Cut { prefix, length, restored, cost });
        }
    };
    match word {
        [b'd', b'i', ..] => cut(Affix::Di, 2, None, 8),
        [b'k', b'e', ..] => cut(Affix::Ke, 2, None, 18),
        [b's', b'e', ..] => cut(Affix::Se, 2, None, 14),
        [b'k', b'u', ..] if first => cut(Affix::Ku, 2, None, 24),
        [b'k', b'a', b'u', ..] if first => cut(Affix::Kau, 3, None, 22),
        [b'b', b'e', rest @ ..] => match rest {
            [b'r', b'r', ..] => {}
            [b'r', ..] => {
                cut(Affix::Ber, 3, None, 9);
                cut(Affix::Ber, 2, None, 11);
            }
            [b'l', b'a', b'j', b'a', b'r', ..] => cut(Affix::Ber, 3, None, 4),
            // `bekerja`, `beternak`: ber- loses its r before a syllable in -er-.
            [c, b'e', b'r', ..] if !vowel(Some(c)) => cut(Affix::Ber, 2, None, 11),
            _ => {}
        },
        [b't', b'e', rest @ ..] => match rest {
            [b'r', ..] => {
                cut(Affix::Ter, 3, None, 9);
                cut(Affix::Ter, 2, None, 11);
            }
            [b'l', b'a', b'n', ..] => cut(Affix::Ter, 3, None, 14),
            [c, b'e', b'r', ..] if !vowel(Some(c)) => cut(Affix::Ter, 2, None, 13),
            _ => {}
        },
        [b'm', b'e', rest @ ..] => nasal(Affix::MeN, 2, rest, &mut cut),
        [b'p', b'e', rest @ ..] => {
            match rest {
                [b'r', ..] => {
                    cut(Affix::Per, 3, None, 10);
                    cut(Affix::Per, 2, None, 13);
                }
                [b'l', b'a', b'j', b'a', b'r', ..] => cut(Affix::Per, 3, None, 4),
                // `petani`, `pekerja`, `pedagang`: pe- as ber-.
                _ => cut(Affix::Pe, 2, None, 14),
            }
            nasal(Affix::PeN, 2, rest, &mut cut);
        }
        _ => {}
    }
    if informal && first {
        match word {
            [b'n', b'g', c, ..] => {
                // `ngebantu`, but `ngejar` and `ngeluarin` from `kejar`, `keluar`.
                if *c == b'e' {
                    cut(Affix::Nge, 3, None, 20);
                    cut(Affix::Nge, 2, Some(b'k'), 18);
                } else if vowel(Some(c)) {
                    cut(Affix::Nge, 2, Some(b'k'), 24);
                }
                if vowel(Some(c)) {
                    cut(Affix::Nge, 2, None, 24);
                }
            }
            [b'n', b'y', c, ..] if vowel(Some(c)) => {
                cut(Affix::Nge, 2, Some(b's'), 24);
                cut(Affix::Nge, 2, Some(b'c'), 24);
            }
            [b'n', c, ..] if vowel(Some(c)) => cut(Affix::Nge, 1, Some(b't'), 30),
            [b'm', c, ..] if vowel(Some(c)) => cut(Affix::Nge, 1, Some(b'p'), 34),
            _ => {}
        }
    }
}

/// meN- and peN-, whose nasal takes the place of its root's first consonant. `rest` follows the first two letters.
fn nasal(prefix: Affix, at: usize, rest: &[u8], cut: &mut impl FnMut(Affix, usize, Option<u8>, i32)) {
    let base = if matches!(prefix, Affix::MeN) { 8 } else { 10 };
    match rest {
        [b'n', b'y', next, ..] if vowel(Some(next)) => {
            cut(prefix, at + 2, Some(b's'), base);
            cut(prefix, at, None, base + 3);
        }
        [b'n', b'g', tail @ ..] => match tail {
            [b'e', ..] => {
                // `mengecat`: menge- before one syllable.
                if monosyllable(&tail[1..]) {
                    cut(prefix, at + 3, None, base + 1);
                }
                cut(prefix, at + 2, None, base);
                cut(prefix, at + 2, Some(b'k'), base + 1);
                cut(prefix, at, None, base + 4);
            }
            [next, ..] if vowel(Some(next)) => {
                cut(prefix, at + 2, None, base);
                cut(prefix, at + 2, Some(b'k'), base + 1);
                cut(prefix, at, None, base + 4);
            }
            [b'g' | b'h' | b'q' | b'k' | b'x' | b'-', ..] => cut(prefix, at + 2, None, base),
            // `menglokasikan`, `mengritik`: only in loans and haste.
            [_, ..] => cut(prefix, at + 2, None, base + 14),
            _ => {}
        },
        [b'm', next, ..] => {
            if vowel(Some(next)) {
                cut(prefix, at + 1, Some(b'p'), base);
                cut(prefix, at, None, base);
            } else if matches!(next, b'b' | b'f' | b'v' | b'p') {
                cut(prefix, at + 1, None, base + i32::from(*next == b'p') * 3);
            } else if matches!(next, b'r' | b'l') {
                // `pemrogram`, `memlester`: p falls before another consonant too, as some write.
                cut(prefix, at + 1, Some(b'p'), base + 6);
            }
        }
        [b'n', next, ..] => {
            if vowel(Some(next)) {
                cut(prefix, at + 1, Some(b't'), base);
                cut(prefix, at, None, base);
            } else if matches!(next, b'd' | b'c' | b'j' | b'z' | b's' | b't') {
                cut(prefix, at + 1, None, base + i32::from(*next == b't' || *next == b's') * 2);
            }
        }
        [b'l' | b'r' | b'w' | b'y', ..] => cut(prefix, at, None, base),
        _ => {}
    }
}

/// Whether `letters`, which hold no suffix, are one syllable: `cat`, `bom`, `klik`.
fn monosyllable(letters: &[u8]) -> bool {
    letters.len() <= 5 && letters.iter().filter(|b| vowel(Some(b))).count() == 1
}

/// What the affixes of a word cost together: combinations that the language has are cheap, those that it lacks dear.
pub(super) fn combination(prefixes: &[Affix], suffix: Option<Affix>) -> i32 {
    let has = |affix: Affix| prefixes.contains(&affix);
    let outer = prefixes.first().copied();
    let inner = prefixes.last().copied();
    let mut cost = 0;
    for pair in prefixes.windows(2) {
        cost += match (pair[0], pair[1]) {
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

/// An affix at the end of a word: its bytes and what it costs to believe in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    pub(super) affix: Affix,
    pub(super) length: usize,
    pub(super) cost: i32,
}

const fn tail(affix: Affix, length: usize, cost: i32) -> Tail {
    Tail { affix, length, cost }
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
