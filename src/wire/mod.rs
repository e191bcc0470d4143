//! The container that all binary data of the crate shares: header, section table, checksum; and the tables in it.
//!
//! Little-endian, read with `from_le_bytes`, so that no alignment, no byte order and no `unsafe` matters:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | magic: `tutur` and three letters of the kind (`lex`, `tok`, `nam`, `ner`) |
//! | 4 | format version of that kind |
//! | 4 | number of sections *n* |
//! | 8 | hash of the sources it was built from |
//! | 8 | checksum of everything after this field and of the two before it |
//! | 8 *n* | offset and length of each section, from the start of the file |
//! | ... | the sections |
//!
//! Every read is checked: damaged bytes give an [`Error`] or a wrong answer, never a panic.
//! Hidden from the documentation: a building block of the project's own tools, without a promise of stability.

mod table;

pub use table::{StrTable, StrTableBuilder};

use crate::error::{Error, ErrorKind, Result};
use crate::text::hash;

const HEADER: usize = 32;

/// What a kind of file is called and which version of it this release reads and writes.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// First eight bytes of the file.
    pub magic: &'static [u8; 8],
    /// The one version that is read.
    pub version: u32,
    /// For messages: "lexicon", "model".
    pub name: &'static str,
}

/// A parsed container: borrowed sections, nothing copied.
#[derive(Clone, Debug)]
pub struct Container<'a> {
    bytes: &'a [u8],
    sections: usize,
    source_hash: u64,
    checksum: u64,
}

impl<'a> Container<'a> {
    /// Reads header and section table, and checks that each section lies inside the file. Does not read the payload.
    ///
    /// # Errors
    ///
    /// `Truncated`, `Format` or `Version` where the bytes are not such a file.
    pub fn open(bytes: &'a [u8], kind: Kind) -> Result<Container<'a>> {
        let name = kind.name;
        let found = bytes.get(..8).ok_or_else(|| truncated(name, HEADER, bytes.len()))?;
        if found != kind.magic {
            let message = format!("expected a {name} file, found other first bytes");
            return Err(Error::new(ErrorKind::Format, message));
        }
        let short = || truncated(name, HEADER, bytes.len());
        let version = read_u32(bytes, 8).ok_or_else(short)?;
        if version != kind.version {
            let message = format!("expected version {} of the {name} format, found {version}", kind.version);
            return Err(Error::new(ErrorKind::Version, message));
        }
        let sections = read_u32(bytes, 12).ok_or_else(short)? as usize;
        let source_hash = read_u64(bytes, 16).ok_or_else(short)?;
        let checksum = read_u64(bytes, 24).ok_or_else(short)?;
        let table_end = sections.checked_mul(8).and_then(|n| n.checked_add(HEADER));
        if table_end.is_none_or(|end| end > bytes.len()) {
            return Err(truncated(name, table_end.unwrap_or(usize::MAX), bytes.len()));
        }
        let container = Container { bytes, sections, source_hash, checksum };
        for index in 0..sections {
            if container.section(index).is_none() {
                let message = format!("section {index} of the {name} file lies outside it");
                return Err(Error::new(ErrorKind::Truncated, message));
            }
        }
        Ok(container)
    }

    /// Compares the checksum of the payload. Reads every byte.
    ///
    /// # Errors
    ///
    /// `Checksum` where the bytes were changed.
    pub fn verify(&self) -> Result<()> {
        let payload = self.bytes.get(HEADER..).unwrap_or_default();
        if checksum(payload, self.sections, self.source_hash) == self.checksum {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::Checksum, "the checksum does not match: the file was damaged"))
        }
    }

    /// The bytes of section `index`, or none where there is no such section.
    #[must_use]
    pub fn section(&self, index: usize) -> Option<&'a [u8]> {
        if index >= self.sections {
            return None;
        }
        let at = HEADER + index * 8;
        let offset = read_u32(self.bytes, at)? as usize;
        let length = read_u32(self.bytes, at + 4)? as usize;
        self.bytes.get(offset..offset.checked_add(length)?)
    }

    /// Section `index`, or an error that names it.
    ///
    /// # Errors
    ///
    /// `Format` where the file has too few sections.
    pub fn require(&self, index: usize, what: &str) -> Result<&'a [u8]> {
        self.section(index).ok_or_else(|| Error::new(ErrorKind::Format, format!("the file has no {what}")))
    }

    /// The hash of the sources that the file was built from.
    #[must_use]
    pub fn source_hash(&self) -> u64 {
        self.source_hash
    }
}

/// Writes a container. Equal sections give equal bytes.
///
/// # Errors
///
/// `TooLarge` where the file would not fit 32-bit offsets.
pub fn write(kind: Kind, source_hash: u64, sections: &[Vec<u8>]) -> Result<Vec<u8>> {
    let too_large = || Error::new(ErrorKind::TooLarge, format!("the {} file would pass 4 GiB", kind.name));
    let mut payload = Vec::new();
    let mut offset = HEADER + sections.len() * 8;
    for section in sections {
        payload.extend(u32::try_from(offset).map_err(|_| too_large())?.to_le_bytes());
        payload.extend(u32::try_from(section.len()).map_err(|_| too_large())?.to_le_bytes());
        offset += section.len();
    }
    for section in sections {
        payload.extend_from_slice(section);
    }
    let mut file = Vec::with_capacity(HEADER + payload.len());
    file.extend_from_slice(kind.magic);
    file.extend(kind.version.to_le_bytes());
    file.extend(u32::try_from(sections.len()).map_err(|_| too_large())?.to_le_bytes());
    file.extend(source_hash.to_le_bytes());
    file.extend(checksum(&payload, sections.len(), source_hash).to_le_bytes());
    file.extend_from_slice(&payload);
    Ok(file)
}

/// The hash of source files, as the header keeps it.
#[must_use]
pub fn source_hash(sources: &[&[u8]]) -> u64 {
    sources.iter().fold(0, |state, source| hash(&[state.to_le_bytes(), hash(source).to_le_bytes()].concat()))
}

fn checksum(payload: &[u8], sections: usize, source_hash: u64) -> u64 {
    hash(&[(sections as u64).to_le_bytes(), source_hash.to_le_bytes(), hash(payload).to_le_bytes()].concat())
}

fn truncated(name: &str, expected: usize, found: usize) -> Error {
    let message =
        format!("the {name} file ends too early: expected at least {expected} bytes, found {found}");
    Error::new(ErrorKind::Truncated, message)
}

/// The little-endian `u32` at byte `at`, if it is there.
#[inline]
#[must_use]
pub fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

/// The little-endian `u64` at byte `at`, if it is there.
#[inline]
#[must_use]
pub fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|b| u64::from_le_bytes(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Kind = Kind { magic: b"tuturtst", version: 3, name: "test" };

    #[test]
    fn round_trip_and_damage() {
        let file = write(KIND, 7, &[b"abc".to_vec(), Vec::new(), b"defg".to_vec()]).unwrap();
        let read = Container::open(&file, KIND).unwrap();
        read.verify().unwrap();
        assert_eq!(read.section(0), Some(&b"abc"[..]));
        assert_eq!(read.section(1), Some(&b""[..]));
        assert_eq!(read.section(2), Some(&b"defg"[..]));
        assert_eq!(read.section(3), None);
        assert_eq!(read.source_hash(), 7);
        for cut in 0..file.len() {
            let damaged = &file[..cut];
            assert!(Container::open(damaged, KIND).and_then(|c| c.verify()).is_err(), "cut at {cut}");
        }
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut damaged = file.clone();
                damaged[at] ^= 1 << bit;
                assert!(
                    Container::open(&damaged, KIND).and_then(|c| c.verify()).is_err(),
                    "byte {at} bit {bit}"
                );
            }
        }
    }

    #[test]
    fn another_version_is_named() {
        let file = write(KIND, 0, &[]).unwrap();
        let error = Container::open(&file, Kind { version: 4, ..KIND }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Version);
        assert!(error.to_string().contains("found 3"), "{error}");
    }
}
