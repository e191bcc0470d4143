//! The weights of a model, found by the key of their attribute: a perfect hash, so that a look-up reads one slot whether
//! the attribute has weights or not.

use std::collections::BTreeMap;

use super::feature::{REACH, WINDOW};
use crate::error::{Error, ErrorKind, Result};

/// Weights by place and label: of an attribute of one word, what it counts for the word two places before it first, for
/// the word two places behind it last. Lanes beyond the labels of a model hold anything.
pub(super) type Rows<const LANES: usize> = [[i16; LANES]; WINDOW];

/// Most lanes of a row; as many zeros stand behind the last row of a file.
pub(super) const MOST_LANES: usize = 32;
/// The mask of a row that has weights for its own word alone.
const OWN: u8 = 1 << REACH;
/// The mask of a row that has weights for all words around.
const ALL: u8 = (1 << WINDOW) - 1;

/// The three sections of a file that hold weights.
///
/// A key is cut to a fingerprint. It selects a pilot, both together select a slot: the writer tries pilots until no two
/// fingerprints share one. A slot is a fingerprint and the place of a row; a row is a bit mask of offsets and, for each
/// of them, one i8 a label. What is not in the table gets the row at 0, which holds zeros: the answer needs no branch,
/// and most look-ups of pairs of words are misses that no branch predictor foresees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'m> {
    labels: usize,
    pilots: &'m [[u8; 2]],
    slots: &'m [[u8; 8]],
    rows: &'m [u8],
}

impl<'m> Table<'m> {
    pub(super) fn new(labels: usize, [pilots, slots, rows]: [&'m [u8]; 3]) -> Table<'m> {
        Table { labels, pilots: pilots.as_chunks().0, slots: slots.as_chunks().0, rows }
    }

    /// The row of `key`: its mask and everything behind it.
    #[inline]
    fn row(self, key: u64) -> Option<(u8, &'m [u8])> {
        let print = fingerprint(key);
        let spread = spread(print);
        let pilot = self.pilots.get(reduce(spread, self.pilots.len()))?;
        let slot = self.slots.get(reduce(turn(spread, u16::from_le_bytes(*pilot)), self.slots.len()))?;
        let (found, place) = parts(*slot);
        let place = if found == print { place } else { 0 };
        self.rows.get(place as usize..)?.split_first().map(|(mask, weights)| (*mask, weights))
    }

    /// Adds the weights of an attribute of the word in the middle of `into`.
    #[inline]
    pub(super) fn add<const LANES: usize>(self, key: u64, into: &mut Rows<LANES>) {
        if let Some((mask, weights)) = self.row(key) {
            self.add_row(mask, weights, into);
        }
    }

    /// The same for an attribute that counts for its own word alone.
    #[inline]
    pub(super) fn add_own<const LANES: usize>(self, key: u64, into: &mut Rows<LANES>) {
        let Some((mask, weights)) = self.row(key) else { return };
        match weights.first_chunk() {
            Some(weights) if mask == OWN => plus(&mut into[REACH], weights),
            // Another attribute has the same fingerprint, or the file is damaged.
            _ => self.add_row(mask, weights, into),
        }
    }

    fn add_row<const LANES: usize>(self, mask: u8, mut weights: &[u8], into: &mut Rows<LANES>) {
        if let (7, 8, ALL, Some(weights)) = (self.labels, LANES, mask, weights.first_chunk()) {
            return plus_all(into, weights);
        }
        // An attribute at offset `o` stands `o - REACH` words from the word it counts for.
        for (offset, lanes) in into.iter_mut().rev().enumerate() {
            if mask >> offset & 1 == 1 {
                let Some(values) = weights.first_chunk() else { return };
                plus(lanes, values);
                weights = weights.get(self.labels..).unwrap_or_default();
            }
        }
    }

    /// All rows: fingerprint, mask and weights.
    pub(super) fn rows(self) -> impl Iterator<Item = (u32, u8, &'m [u8])> {
        let Table { slots, rows, .. } = self;
        slots.iter().filter_map(move |&slot| {
            let (print, place) = parts(slot);
            let (&mask, weights) = rows.get(place as usize..)?.split_first()?;
            (print != 0).then_some((print, mask, weights))
        })
    }
}

/// Adds one i8 a lane. Not inlined: as a function of its own it is four instructions for eight lanes, inlined it was
/// forty, one lane after the other.
#[inline(never)]
fn plus<const LANES: usize>(lanes: &mut [i16; LANES], weights: &[u8; LANES]) {
    lanes.iter_mut().zip(weights).for_each(|(l, w)| *l = l.wrapping_add(i16::from(w.cast_signed())));
}

/// Adds a row of seven labels with weights for all words around, nine of ten rows of a word: 30 instructions instead of
/// 90 for one offset after the other.
#[inline(never)]
fn plus_all<const LANES: usize>(into: &mut Rows<LANES>, weights: &[u8; 36]) {
    for (offset, lanes) in into.iter_mut().rev().enumerate() {
        if let Some(values) = weights.get(7 * offset..).and_then(<[u8]>::first_chunk::<LANES>) {
            lanes.iter_mut().zip(values).for_each(|(l, w)| *l = l.wrapping_add(i16::from(w.cast_signed())));
        }
    }
}

/// No sum of a word's attributes leaves 16 bits: fewer than 150 of them count for it. A damaged file may wrap.
#[inline]
pub(super) fn add_lanes<const LANES: usize>(lanes: &mut [i16; LANES], row: &[i16; LANES]) {
    lanes.iter_mut().zip(row).for_each(|(l, r)| *l = l.wrapping_add(*r));
}

#[inline]
#[allow(clippy::cast_possible_truncation)] // the high half is what is wanted
pub(super) fn fingerprint(key: u64) -> u32 {
    (key >> 32) as u32 | 1
}

#[inline]
#[allow(clippy::cast_possible_truncation)] // two halves
fn parts(slot: [u8; 8]) -> (u32, u32) {
    let both = u64::from_le_bytes(slot);
    (both as u32, (both >> 32) as u32)
}

/// The number that chooses the pilot of a fingerprint, by its high half.
#[inline]
fn spread(print: u32) -> u64 {
    u64::from(print).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The number that chooses its slot, by its high half.
#[inline]
fn turn(spread: u64, pilot: u16) -> u64 {
    (spread ^ u64::from(pilot).wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}

/// A number below `length` in proportion to the high half of `hash`.
#[inline]
#[allow(clippy::cast_possible_truncation)] // below `length`
fn reduce(hash: u64, length: usize) -> usize {
    (((hash >> 32) * length as u64) >> 32) as usize
}

/// Sections of a table: rows of one weight an offset and label, in units of the step.
pub(super) fn sections(rows: &BTreeMap<u32, Vec<i8>>, labels: usize) -> Result<[Vec<u8>; 3]> {
    let mut packed = vec![OWN];
    packed.resize(1 + MOST_LANES, 0);
    let mut found = Vec::new();
    for (&print, row) in rows {
        let start = packed.len();
        let offsets = || row.chunks_exact(labels).enumerate().filter(|(_, v)| v.iter().any(|&w| w != 0));
        let mask = offsets().fold(0, |mask, (offset, _)| mask | 1 << offset);
        if mask != 0 {
            packed.push(mask);
            packed.extend(offsets().flat_map(|(_, values)| values.iter().map(|w| w.cast_unsigned())));
            let large = |_| Error::new(ErrorKind::TooLarge, "the model passes 4 GiB");
            found.push((print, u32::try_from(start).map_err(large)?));
        }
    }
    packed.resize(packed.len() + MOST_LANES, 0);
    // A quarter of the slots stays free, so that pilots are found soon.
    let mut size = found.len() + found.len() / 4 + 1;
    loop {
        if let Some((pilots, slots)) = place(&found, size) {
            let pilots = pilots.iter().flat_map(|p| p.to_le_bytes()).collect();
            let slots =
                slots.iter().flat_map(|(p, o)| [p.to_le_bytes(), o.to_le_bytes()]).flatten().collect();
            return Ok([pilots, slots, packed]);
        }
        size += size / 8 + 1;
    }
}

/// Pilots and slots.
type Placed = (Vec<u16>, Vec<(u32, u32)>);

/// Gives each fingerprint a slot of its own; none where some pilot cannot be found.
#[allow(clippy::indexing_slicing)] // `reduce` keeps places below the numbers of groups and slots made here
fn place(found: &[(u32, u32)], size: usize) -> Option<Placed> {
    let mut groups = vec![Vec::new(); found.len() / 5 + 1];
    let group_count = groups.len();
    for &row in found {
        groups[reduce(spread(row.0), group_count)].push(row);
    }
    // The largest first, while there is room.
    let mut order: Vec<usize> = (0..group_count).collect();
    order.sort_by_key(|&g| std::cmp::Reverse(groups[g].len()));
    let (mut pilots, mut slots) = (vec![0u16; group_count], vec![(0, 0); size]);
    for at in order {
        let group = &groups[at];
        let places = |pilot| group.iter().map(move |row| reduce(turn(spread(row.0), pilot), size));
        let fits = |&pilot: &u16| {
            let free = places(pilot).all(|p| slots[p].0 == 0);
            free && places(pilot).enumerate().all(|(i, p)| places(pilot).skip(i + 1).all(|q| p != q))
        };
        let pilot = (0..=u16::MAX).find(fits)?;
        let chosen: Vec<usize> = places(pilot).collect();
        chosen.iter().zip(group).for_each(|(&p, &row)| slots[p] = row);
        pilots[at] = pilot;
    }
    Some((pilots, slots))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash;

    #[test]
    fn every_row_is_found_and_nothing_else() {
        for count in [0u32, 1, 2, 1000] {
            let keys: Vec<u64> = (0..count).map(|i| hash(&i.to_le_bytes())).collect();
            let row = |i: usize| {
                (0..15).map(move |w| if w / 3 == 2 || i.is_multiple_of(2) { (i % 90) as i8 + 1 } else { 0 })
            };
            let rows = keys.iter().enumerate().map(|(i, &k)| (fingerprint(k), row(i).collect())).collect();
            let sections = sections(&rows, 3).unwrap();
            let table = Table::new(3, [&sections[0], &sections[1], &sections[2]]);
            assert_eq!(table.rows().count(), rows.len());
            for (i, &key) in keys.iter().enumerate() {
                let (mut all, mut own) = ([[0; 8]; WINDOW], [[0; 8]; WINDOW]);
                table.add(key, &mut all);
                table.add_own(key, &mut own);
                assert_eq!(all, own);
                let read: Vec<i8> = all.iter().rev().flat_map(|r| r[..3].iter().map(|&w| w as i8)).collect();
                assert_eq!(read, row(i).collect::<Vec<_>>());
            }
            let mut nothing = [[0; 8]; WINDOW];
            (0..100).for_each(|i: u64| table.add(0xFFFF_0000_0000_0000 | i << 33, &mut nothing));
            assert_eq!(nothing, [[0; 8]; WINDOW]);
        }
    }
}
