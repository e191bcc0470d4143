//! A file that grows line by line and is a valid prefix of the whole at any time a run can end in an orderly way.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use fs4::{FileExt, TryLockError};
use serde::{Deserialize, Serialize};
use tempfile::SpooledData;

use crate::document::LONGEST_ID;

/// What is held of a line of an earlier run: more than an id can take.
const LINE_START: usize = 8 * LONGEST_ID;

/// How much of a file was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    pub(crate) bytes: u64,
    pub(crate) crc: u32,
}

/// A file of whole lines, which no other run writes at the same time.
pub(crate) struct LineFile {
    path: PathBuf,
    file: File,
    bytes: u64,
    crc: crc32fast::Hasher,
}

impl LineFile {
    /// Opens `path` and keeps others from writing it. What is in it stays there.
    pub(crate) fn lock(path: &Path) -> Result<LineFile> {
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = opened.with_context(|| format!("cannot write {}", path.display()))?;
        let regular = file.metadata().is_ok_and(|data| data.is_file());
        ensure!(regular, "{} is not a regular file", path.display());
        // Some file systems have no locks; that is no reason to stop.
        if let Err(TryLockError::WouldBlock) = FileExt::try_lock(&file) {
            bail!("another run is writing {}", path.display());
        }
        Ok(LineFile { path: path.to_owned(), file, bytes: 0, crc: crc32fast::Hasher::new() })
    }

    /// Empties the file.
    pub(crate) fn restart(&mut self) -> Result<()> {
        self.cut(0).with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Proves that the file begins with what was written before, shows the start of its lines to `each`, and cuts the
    /// rest off.
    pub(crate) fn resume(&mut self, written: Written, each: impl FnMut(&[u8])) -> Result<()> {
        let name = self.path.display().to_string();
        let found = self.check(written, each).with_context(|| format!("cannot read {name}"))?;
        self.crc = found.with_context(|| {
            format!(
                "{name} is not what the checkpoint speaks of: it was changed, or it belongs to another run"
            )
        })?;
        self.cut(written.bytes).with_context(|| format!("cannot write {name}"))
    }

    /// Whether the file begins with what an earlier run wrote.
    pub(crate) fn holds(&self, written: Written) -> bool {
        self.check(written, |_| ()).is_ok_and(|crc| crc.is_some())
    }

    /// The checksum of the first bytes, if they are those that were written; shows the start of their lines to `each`.
    fn check(&self, written: Written, mut each: impl FnMut(&[u8])) -> io::Result<Option<crc32fast::Hasher>> {
        (&self.file).rewind()?;
        let mut reader = BufReader::with_capacity(1 << 20, &self.file).take(written.bytes);
        let (mut start, mut bytes, mut crc) = (Vec::new(), 0, crc32fast::Hasher::new());
        loop {
            let part = reader.fill_buf()?;
            if part.is_empty() {
                break;
            }
            let taken = memchr::memchr(b'\n', part).map_or(part.len(), |at| at + 1);
            let part = &part[..taken];
            bytes += taken as u64;
            crc.update(part);
            start.extend_from_slice(&part[..taken.min(LINE_START - start.len())]);
            if part.ends_with(b"\n") {
                each(&start);
                start.clear();
            }
            reader.consume(taken);
        }
        Ok((bytes == written.bytes && crc.clone().finalize() == written.crc).then_some(crc))
    }

    /// Appends a line. Where that fails, nothing of it stays.
    pub(crate) fn append(&mut self, line: SpooledData) -> io::Result<()> {
        let crc = self.crc.clone();
        let written = copy(line, &mut Checked { file: &self.file, crc: &mut self.crc });
        match written {
            Ok(count) => {
                self.bytes += count;
                Ok(())
            }
            Err(error) => {
                self.crc = crc;
                // The first error is the one to be told; a torn line would be cut off by the next run too.
                let _ = self.cut(self.bytes);
                Err(error)
            }
        }
    }

    fn cut(&mut self, bytes: u64) -> io::Result<()> {
        self.file.set_len(bytes)?;
        self.file.seek(SeekFrom::Start(bytes))?;
        self.bytes = bytes;
        Ok(())
    }

    /// Waits until everything is on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    pub(crate) fn written(&self) -> Written {
        Written { bytes: self.bytes, crc: self.crc.clone().finalize() }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// Counts what goes to the file into the checksum.
struct Checked<'a> {
    file: &'a File,
    crc: &'a mut crc32fast::Hasher,
}

impl Write for Checked<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.crc.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a line, which may wait on the disk.
pub(crate) fn copy(line: SpooledData, out: &mut dyn Write) -> io::Result<u64> {
    match line {
        SpooledData::InMemory(bytes) => {
            let bytes = bytes.into_inner();
            out.write_all(&bytes)?;
            Ok(bytes.len() as u64)
        }
        SpooledData::OnDisk(file) => io::copy(&mut BufReader::with_capacity(1 << 16, file), out),
    }
}
