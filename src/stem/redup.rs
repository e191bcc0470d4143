//! What a hyphen or a numeral joins: reduplication (`buku-buku`, `berlari-larian`, `sayur-mayur`, `teman2`), and affixes
//! that a hyphen keeps apart (`KTP-nya`, `di-PHK-kan`).

use super::analysis::{Affix, Reduplication};
use super::found::{DEPTH, Found};
use super::rules;
use super::search::Search;
use super::word::Word;

impl Search<'_, '_> {
    /// `buku2`, `teman2ku`: a base repeated by a numeral, and what leans on it.
    pub(super) fn numeral(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        let Some((base, tail)) = word.split_once('2') else { return };
        if base.len() < 3 || !base.bytes().all(|b| b.is_ascii_alphabetic()) {
            return;
        }
        let pronoun = rules::pronoun(tail.as_bytes()).filter(|p| p.length() == tail.len()).map(|p| p.affix);
        let affix = pronoun.or((tail == "an").then_some(Affix::An));
        if affix.is_none() && !tail.is_empty() {
            return;
        }
        if let Some(mut found) = self.best_of(base) {
            found.reduplication = Some(Reduplication::Numeral);
            found.suffixes[1] = found.suffixes[1].or(affix);
            found.tail = found.tail.saturating_add(u8::try_from(tail.len()).unwrap_or(0));
            found.informal = true;
            sink(&found);
        }
    }

    pub(super) fn hyphenated(&self, word: &str, limit: i32, sink: &mut dyn FnMut(&Found)) {
        let Some((left, right)) = word.split_once('-') else { return };
        let Some((front, last)) = word.rsplit_once('-') else { return };
        if left.is_empty() || last.is_empty() {
            return;
        }
        if left == right {
            let mut found = self.best_of(left).unwrap_or_else(|| Found::whole(left, false, 20));
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
                let fits = |f: &Found| f.suffixes.iter().skip(slot).all(Option::is_none);
                let mut found =
                    self.best_of(front).filter(fits).unwrap_or_else(|| Found::whole(front, false, 20));
                if let Some(suffix) = found.suffixes.get_mut(slot) {
                    *suffix = Some(affix);
                }
                if slot > 0 {
                    found.tail = found.tail.saturating_add(u8::try_from(text.len() + 1).unwrap_or(0));
                }
                return sink(&found);
            }
        }
        if let Some(prefix) = hyphen_prefix(left) {
            // `ke-IV` is an ordinal as `ke-4` is.
            if prefix == Affix::Ke && right.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) {
                return;
            }
            // What stands behind a hyphen is a name, an acronym, a foreign word: no slang.
            let mut found = self.formal().best_of(right).unwrap_or_else(|| Found::whole(right, false, 20));
            // Its segments are places of `right`, not of the word.
            found.root_end = 0;
            if found.prefixes[DEPTH].is_none() {
                found.prefixes.rotate_right(1);
                found.prefixes[0] = Some(prefix);
            }
            return sink(&found);
        }
        if word.matches('-').count() > 1 {
            return;
        }
        self.repeated(word, left, right, limit, sink);
    }

    /// `berlari-larian`, `sayur-mayur`: two halves of which one is the other's base.
    fn repeated(&self, word: &str, left: &str, right: &str, limit: i32, sink: &mut dyn FnMut(&Found)) {
        let mut shared: Option<Found> = None;
        let (Some(mut left_word), Some(mut right_word)) = (Word::new(left), Word::new(right)) else { return };
        self.each(&mut right_word, limit, &mut |below| {
            self.each(&mut left_word, limit, &mut |above| {
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
        if let Some(below) = self.best_of(right)
            && left.strip_suffix(below.root()).is_some_and(|prefix| (1..=6).contains(&prefix.len()))
        {
            return sink(&Found {
                reduplication: Some(Reduplication::Affixed),
                cost: below.cost + 20,
                ..below
            });
        }
        self.sound_changing(word, sink);
    }

    /// `sayur-mayur`, `corat-coret`, and the same inside affixes: `berlika-liku`, `membolak-balikkan`.
    fn sound_changing(&self, word: &str, sink: &mut dyn FnMut(&Found)) {
        // `left` and `right` are the halves of `whole`, without what stands around them.
        let mut pair = |whole: &str, prefix: Option<Affix>, suffix: Option<Affix>| {
            let Some((left, right)) = whole.split_once('-') else { return false };
            if !sound_change(left.as_bytes(), right.as_bytes()) {
                return false;
            }
            // The half that is a word; of two, the one used more; the first where they are equal.
            let used = |half: &str| {
                self.lexicon.get(half).filter(|e| e.is_root()).map(|e| i32::from(e.frequency_class()))
            };
            let root = match (used(left), used(right)) {
                _ if self.lexicon.get(whole).is_some() => whole,
                (None, None) => return false,
                (Some(first), Some(second)) if second > first + 2 => right,
                (Some(_), _) => left,
                (None, Some(_)) => right,
            };
            let mut found = Found::whole(root, true, 40);
            found.prefixes[0] = prefix;
            found.suffixes[0] = suffix;
            found.reduplication = Some(Reduplication::SoundChanging);
            sink(&found);
            true
        };
        if pair(word, None, None) {
            return;
        }
        for cut in rules::prefixes(word.as_bytes(), true, false).into_iter().flatten() {
            let (Some(bare), None) = (word.get(cut.length()..), cut.restored) else { continue };
            if pair(bare, Some(cut.prefix), None) {
                continue;
            }
            for suffix in rules::suffixes(bare.as_bytes()) {
                let base = bare.get(..bare.len() - suffix.length());
                if base.is_some_and(|b| pair(b, Some(cut.prefix), Some(suffix.affix))) {
                    break;
                }
            }
        }
    }
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
    let same_tail = left.len() > 3
        && right.len() >= left.len()
        && left.get(1..).is_some_and(|tail| right.ends_with(tail));
    same_skeleton || same_tail
}
