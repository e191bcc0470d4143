//! Ways in which files are damaged.

use tutur::wire::{Container, Kind, write};

use super::Numbers;

/// Lengths and counts that no honest file has.
const HUGE: [u32; 6] = [u32::MAX, u32::MAX - 7, 1 << 31, 1 << 24, 0, 0x7FFF_FFFF];

/// What forms of text take for something else.
const PIECES: [&[u8]; 16] = [
    b"\t",
    b"\n",
    b"\r\n",
    b"\"",
    b"\\u0000",
    b"\\ud800",
    b"{",
    b"}}",
    b"[[[[[[[[",
    b"-1",
    b"99999999999999999999",
    b"1e999",
    b"(((((",
    b"\xff\xfe",
    b"\0",
    b"{100000}",
];

/// `good` with up to four kinds of damage.
pub(super) fn bytes(good: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + numbers.below(64)).min(bytes.len());
        match numbers.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
            1 if at < bytes.len() => bytes[at] = numbers.next() as u8,
            2 => bytes.truncate(at),
            3 => bytes.extend((0..numbers.below(200)).map(|i| i as u8)),
            4 => {
                let huge = HUGE[numbers.below(HUGE.len())].to_le_bytes();
                // Numbers of our files begin at even places.
                let at = at & !3;
                bytes.iter_mut().skip(at).zip(huge).for_each(|(byte, new)| *byte = new);
            }
            5 => drop(bytes.drain(at..end)),
            6 => {
                let copy = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                drop(bytes.splice(to..to, copy));
            }
            7 => drop(bytes.splice(at..at, PIECES[numbers.below(PIECES.len())].iter().copied())),
            _ => bytes.rotate_left(at),
        }
    }
    bytes
}

/// `good`, a container, with damage inside its sections or between them, under a checksum that is right: what reads the
/// sections meets the damage. None where `good` is no such container.
pub(super) fn sections(good: &[u8], kind: Kind, numbers: &mut Numbers) -> Option<Vec<u8>> {
    let file = Container::open(good, kind).ok()?;
    let mut sections: Vec<Vec<u8>> = (0..).map_while(|i| file.section(i)).map(<[u8]>::to_vec).collect();
    let at = numbers.below(sections.len());
    match numbers.below(8) {
        0 => drop(sections.remove(at)),
        1 => sections.swap(at, 0),
        2 => sections.insert(at, Vec::new()),
        3 => sections[at].clear(),
        _ => sections[at] = bytes(&sections[at], numbers),
    }
    write(kind, file.source_hash(), &sections).ok()
}
