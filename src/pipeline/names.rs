//! Numbers for names, in memory that is kept from one document to the next.

use std::hash::{BuildHasher, RandomState};

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
        let hash = self.seed.hash_one((class, name));
        let slot = self.slot(hash, |known| known.class == class && known.span.of(&self.letters) == name);
        match self.slots.get(slot).copied() {
            Some(taken) if taken > 0 => taken as usize - 1,
            _ => {
                let start = self.letters.len() as u32;
                self.letters.push_str(name);
                self.names.push(Name { span: Span::new(start, self.letters.len() as u32), class, hash });
                self.slots[slot] = self.names.len() as u32;
                self.names.len() - 1
            }
        }
    }

    /// The number of `name`, if it has one.
    pub(super) fn find(&self, class: u32, name: &str) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let hash = self.seed.hash_one((class, name));
        let slot = self.slot(hash, |known| known.class == class && known.span.of(&self.letters) == name);
        (self.slots[slot] as usize).checked_sub(1)
    }

    /// The slot of the name that is the `same`, or the empty one where it belongs. There are slots, one empty at least.
    #[allow(clippy::cast_possible_truncation)] // the low bits are what is wanted
    fn slot(&self, hash: u64, same: impl Fn(&Name) -> bool) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(known) = (self.slots[at] as usize).checked_sub(1).and_then(|n| self.names.get(n)) {
            if known.hash == hash && same(known) {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    #[allow(clippy::cast_possible_truncation)] // names of one text below 4 GiB
    fn grow(&mut self) {
        let length = (self.slots.len() * 2).max(16);
        self.slots.clear();
        self.slots.resize(length, 0);
        for number in 0..self.names.len() {
            let slot = self.slot(self.names[number].hash, |_| false);
            self.slots[slot] = number as u32 + 1;
        }
    }
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
