//! The records of all files in order, each with the place where a later run goes on after it.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};

use crate::sources::{Format, Sources};
use crate::unpack;

/// How far the input was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    /// Files that are done.
    pub(crate) files: usize,
    /// Records of the next file that are done.
    pub(crate) records: u64,
    /// Checksum of their bytes.
    pub(crate) crc: u32,
}

impl Place {
    fn after_file(self) -> Place {
        Place { files: self.files + 1, records: 0, crc: 0 }
    }
}

/// Something to analyse, as it was read.
pub(crate) struct Record {
    /// Index of its file.
    pub(crate) source: usize,
    /// Line of the file, from 1.
    pub(crate) line: Option<u64>,
    pub(crate) raw: Raw,
    /// The place behind it.
    pub(crate) after: Place,
}

pub(crate) enum Raw {
    Text(Vec<u8>),
    Line(Vec<u8>),
    Unreadable(String),
}

impl Record {
    pub(crate) fn len(&self) -> usize {
        match &self.raw {
            Raw::Text(bytes) | Raw::Line(bytes) => bytes.len(),
            Raw::Unreadable(reason) => reason.len(),
        }
    }
}

/// Reads the records of `sources`; holds one at a time.
pub(crate) struct Records {
    sources: Arc<Sources>,
    /// Records of more bytes are refused rather than held in memory.
    longest: usize,
    read: Arc<AtomicU64>,
    place: Place,
    lines: Option<Lines>,
}

impl Records {
    pub(crate) fn new(sources: Arc<Sources>, longest: usize, read: Arc<AtomicU64>) -> Records {
        Records { sources, longest, read, place: Place::default(), lines: None }
    }

    /// Goes to where an earlier run was, and proves that what it read of the file at hand is still there.
    pub(crate) fn go_to(&mut self, place: Place) -> Result<()> {
        self.place = Place { files: place.files, records: 0, crc: 0 };
        for _ in 0..place.records {
            let found = self.next().is_some() && self.place.files == place.files;
            ensure!(found, "the input has changed: a file is shorter than what was read of it before");
        }
        ensure!(self.place == place, "the input has changed: other records than those that were read before");
        Ok(())
    }

    fn text(&self, index: usize) -> io::Result<Raw> {
        let source = &self.sources.list[index];
        let mut bytes = Vec::with_capacity(usize::try_from(source.bytes).unwrap_or(0).min(self.longest));
        unpack::open(source, &self.read)?
            .take((self.longest as u64).saturating_add(1))
            .read_to_end(&mut bytes)?;
        if bytes.len() > self.longest {
            return Ok(Raw::Unreadable(too_long(self.longest)));
        }
        strip_mark(&mut bytes);
        Ok(Raw::Text(bytes))
    }

    /// The next record of the JSONL file at hand; none at its end.
    fn line(&mut self, index: usize) -> io::Result<Option<(u64, Raw)>> {
        if self.lines.is_none() {
            self.lines = Some(Lines::new(unpack::open(&self.sources.list[index], &self.read)?));
        }
        let Some(lines) = &mut self.lines else { return Ok(None) };
        let line = lines.next_line(self.longest)?;
        if line.is_some() {
            self.place.records += 1;
            self.place.crc = lines.crc.clone().finalize();
        }
        Ok(line)
    }
}

impl Iterator for Records {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let index = self.place.files;
            let source = self.sources.list.get(index)?;
            let (line, raw) = if let Some(problem) = &source.problem {
                self.place = self.place.after_file();
                (None, Raw::Unreadable(problem.clone()))
            } else if source.format == Format::Text {
                self.place = self.place.after_file();
                (
                    None,
                    self.text(index).unwrap_or_else(|error| Raw::Unreadable(format!("cannot read: {error}"))),
                )
            } else {
                match self.line(index) {
                    Ok(Some((line, raw))) => (Some(line), raw),
                    Ok(None) => {
                        self.place = self.place.after_file();
                        self.lines = None;
                        continue;
                    }
                    Err(error) => {
                        let line = self.lines.take().map(|lines| lines.number);
                        self.place = self.place.after_file();
                        let rest = if line.is_some() { "; the rest of the file is lost" } else { "" };
                        (line, Raw::Unreadable(format!("cannot read: {error}{rest}")))
                    }
                }
            };
            return Some(Record { source: index, line, raw, after: self.place });
        }
    }
}

struct Lines {
    reader: Box<dyn BufRead + Send>,
    /// Of the line read last, or of the one that could not be read.
    number: u64,
    /// Of everything read so far.
    crc: crc32fast::Hasher,
}

impl Lines {
    fn new(reader: Box<dyn BufRead + Send>) -> Lines {
        Lines { reader, number: 0, crc: crc32fast::Hasher::new() }
    }

    /// The next line that is not blank, without its end.
    fn next_line(&mut self, longest: usize) -> io::Result<Option<(u64, Raw)>> {
        loop {
            self.number += 1;
            let mut line = Vec::new();
            let length = self.read_line(&mut line, longest)?;
            if length == 0 {
                return Ok(None);
            }
            if self.number == 1 {
                strip_mark(&mut line);
            }
            if length > (longest as u64).saturating_add(1) {
                return Ok(Some((self.number, Raw::Unreadable(too_long(longest)))));
            }
            while matches!(line.last(), Some(b'\n' | b'\r')) {
                line.pop();
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some((self.number, Raw::Line(line))));
            }
        }
    }

    /// Reads to the end of the line and keeps at most one byte more than `longest`. Returns the length of the line.
    fn read_line(&mut self, line: &mut Vec<u8>, longest: usize) -> io::Result<u64> {
        let mut length = 0;
        loop {
            let bytes = match self.reader.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr::memchr(b'\n', bytes);
            let taken = end.map_or(bytes.len(), |at| at + 1);
            let kept = taken.min(longest.saturating_add(1).saturating_sub(line.len()));
            line.extend_from_slice(&bytes[..kept]);
            self.crc.update(&bytes[..taken]);
            self.reader.consume(taken);
            length += taken as u64;
            if taken == 0 || end.is_some() {
                return Ok(length);
            }
        }
    }
}

/// Removes the mark that some editors put before UTF-8.
fn strip_mark(bytes: &mut Vec<u8>) {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
}

fn too_long(longest: usize) -> String {
    format!("longer than {longest} bytes; --max-bytes raises the limit")
}
