//! Numbers for names, in memory that is kept from one document to the next.

use std::hash::{BuildHasher, Hasher, RandomState};

use crate::text::Span;

/// Gives each different name of a class a number, from 0 upwards.
///
/// A hash table over one string, because a `HashMap` of strings would allocate for every name of every document. The
/// hash is seeded, so that no text can be written to make it slow.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// All names, one after the other.
    letters: String,
    names: Vec<Name>,
    /// A name's number plus one; 0 is empty. Its length is a power of two and at most three quarters are taken.
    slots: Vec<u32>,
    /// A bit for each [`sign`] of a name: most words that are none are told by it, without a hash.
    signs: [u64; 4],
    seed: RandomState,
}

#[derive(Clone, Copy, Debug)]
struct Name {
    span: Span,
    class: u32,
    hash: u64,
}

impl Names {
    /// Forgets all names and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.letters.clear();
        self.names.clear();
        self.slots.clear();
        self.signs = [0; 4];
    }

    /// How many names have a number.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The number of `name`, a new one if it has none.
    #[allow(clippy::cast_possible_truncation)] // names of one text below 4 GiB
    pub(super) fn number(&mut self, class: u32, name: &str) -> usize {
        if (self.names.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let hash = self.hash(class, name);
        let slot = self.slot(hash, |known| known.class == class && known.span.of(&self.letters) == name);
        match self.slots.get_mut(slot) {
            Some(empty @ 0) => {
                let start = self.letters.len() as u32;
                self.letters.push_str(name);
                self.names.push(Name { span: Span::new(start, self.letters.len() as u32), class, hash });
                *empty = self.names.len() as u32;
                let (part, bit) = sign(name);
                self.signs.iter_mut().skip(part).take(1).for_each(|signs| *signs |= bit);
                self.names.len() - 1
            }
            Some(taken) => *taken as usize - 1,
            None => 0,
        }
    }

    /// The number of `name`, if it has one.
    pub(super) fn find(&self, class: u32, name: &str) -> Option<usize> {
        let (part, bit) = sign(name);
        if self.signs.get(part).is_none_or(|signs| signs & bit == 0) {
            return None;
        }
        let hash = self.hash(class, name);
        let slot = self.slot(hash, |known| known.class == class && known.span.of(&self.letters) == name);
        (self.slots.get(slot).copied()? as usize).checked_sub(1)
    }

    fn hash(&self, class: u32, name: &str) -> u64 {
        let mut hasher = self.seed.build_hasher();
        hasher.write_u32(class);
        hasher.write(name.as_bytes());
        hasher.finish()
    }

    /// The slot of the name that is the `same`, or the empty one where it belongs. There are slots, one empty at least.
    #[allow(clippy::cast_possible_truncation)] // the low bits are what is wanted
    fn slot(&self, hash: u64, same: impl Fn(&Name) -> bool) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let mut at = hash as usize & mask;
        let number = |at: usize| (self.slots.get(at).copied().unwrap_or_default() as usize).checked_sub(1);
        while let Some(known) = number(at).and_then(|n| self.names.get(n)) {
            if known.hash == hash && same(known) {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let length = (self.slots.len() * 2).max(16);
        self.slots.clear();
        self.slots.resize(length, 0);
        for (number, name) in (1..).zip(&self.names) {
            let slot = self.slot(name.hash, |_| false);
            if let Some(empty) = self.slots.get_mut(slot) {
                *empty = number;
            }
        }
    }
}

/// One of 256 signs of a name, from its ends and its length: which of four numbers, and the bit in it.
fn sign(name: &str) -> (usize, u64) {
    let end = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or_default());
    let sum = end(name.as_bytes().first()) * 5 + end(name.as_bytes().last()) * 23 + name.len() * 59;
    (sum / 64 % 4, 1 << (sum % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_have_one_number() {
        let mut names = Names::default();
        assert_eq!(names.find(0, "Ani"), None);
        for round in 0..3 {
            for n in 0..1_000 {
                assert_eq!(names.number(n % 2, &format!("nama {}", n / 2)), n as usize, "{round}");
            }
            assert_eq!(names.len(), 1_000);
            assert_eq!(names.number(1, "nama 3"), 7);
            assert_eq!(names.find(0, "nama 3"), Some(6));
            assert_eq!(names.find(2, "nama 3"), None);
            assert_eq!(names.find(0, "nama"), None);
            names.clear();
            assert_eq!(names.find(0, "nama 3"), None);
        }
    }
}
