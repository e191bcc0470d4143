//! What a killed run left for the next one: how far it came and what it was doing.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use crate::common;
use crate::output::{LineFile, Written};
use crate::records::Place;
use crate::sources::Fingerprint;
use crate::summary::Counts;

/// More than a checkpoint takes. Other programs call larger things checkpoints.
const LONGEST: u64 = 1 << 16;

/// Everything that decides what the output is. Threads do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Job {
    /// Version of the crate and of the shape of its JSON.
    pub(crate) tool: String,
    pub(crate) input: Fingerprint,
    pub(crate) id_field: String,
    pub(crate) text_field: String,
    pub(crate) lossy: bool,
    pub(crate) max_bytes: usize,
}

/// A moment at which the files on the disk and the counts agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checkpoint {
    pub(crate) job: Job,
    pub(crate) done: Place,
    pub(crate) output: Written,
    pub(crate) errors: Written,
    pub(crate) counts: Counts,
    pub(crate) finished: bool,
}

/// What to do with the files of an earlier run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// Keep unfinished work, replace finished work.
    Fresh,
    Resume,
    Restart,
}

/// `hasil.jsonl.checkpoint` for `hasil.jsonl`.
pub(crate) fn path(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".checkpoint");
    name.into()
}

impl Checkpoint {
    /// Reads the checkpoint in `path`; none where there is no file.
    pub(crate) fn read(path: &Path) -> Result<Option<Checkpoint>> {
        let mut text = Vec::new();
        match File::open(path).and_then(|file| file.take(LONGEST).read_to_end(&mut text)) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
        let damaged = || format!("{} is damaged: --restart begins anew", path.display());
        let line = text.iter().position(|&byte| byte == b'\n').with_context(damaged)?;
        let (line, checksum) = text.split_at(line + 1);
        ensure!(checksum == checksum_of(line).as_bytes(), "{}", damaged());
        serde_json::from_slice(line).with_context(damaged).map(Some)
    }

    /// Puts the checkpoint in the place of an older one, whole and on the disk.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let mut text = serde_json::to_string(self)?;
        text.push('\n');
        text += &checksum_of(text.as_bytes());
        common::write_whole(path, text.as_bytes())
    }

    /// Refuses to go on with another job than the one begun.
    pub(crate) fn check(&self, job: &Job) -> Result<()> {
        let old = &self.job;
        let differs = |what: &str, old: &dyn std::fmt::Display, new: &dyn std::fmt::Display| -> Result<()> {
            bail!("cannot resume: {what} was {old} and is {new} now; --restart begins anew")
        };
        if old.tool != job.tool {
            return differs("the tool", &old.tool, &job.tool);
        }
        if old.id_field != job.id_field {
            return differs("--id-field", &old.id_field, &job.id_field);
        }
        if old.text_field != job.text_field {
            return differs("--text-field", &old.text_field, &job.text_field);
        }
        if old.lossy != job.lossy {
            return differs("--lossy", &old.lossy, &job.lossy);
        }
        if old.max_bytes != job.max_bytes {
            return differs("--max-bytes", &old.max_bytes, &job.max_bytes);
        }
        let size = |input: &Fingerprint| format!("{} files of {} bytes", input.files, input.bytes);
        if size(&old.input) != size(&job.input) {
            return differs("the input", &size(&old.input), &size(&job.input));
        }
        ensure!(
            old.input == job.input,
            "cannot resume: the names of the input files or their times of change are not what they were; --restart \
             begins anew"
        );
        Ok(())
    }
}

/// What an earlier run left, if this one is to go on with it.
pub(crate) fn earlier(checkpoint: &Path, output: &Path, start: Start) -> Result<Option<Checkpoint>> {
    if start == Start::Restart {
        return Ok(None);
    }
    let old = Checkpoint::read(checkpoint)?;
    let name = output.display();
    match (&old, start) {
        (Some(old), Start::Fresh) if !old.finished => {
            bail!("{name} belongs to an unfinished run: --resume goes on with it, --restart begins anew")
        }
        (_, Start::Fresh) => Ok(None),
        (None, _) => {
            let empty = output.metadata().map_or(0, |data| data.len()) == 0;
            ensure!(
                empty,
                "{name} has no checkpoint beside it, so it cannot be resumed; --restart begins anew"
            );
            Ok(None)
        }
        (Some(_), _) => Ok(old),
    }
}

/// Refuses to replace a file that holds the errors of an unfinished run beside it, other than the one of `own`.
pub(crate) fn ensure_free(errors: &LineFile, own: Option<&Path>) -> Result<()> {
    let own = own.and_then(Path::file_name);
    for entry in common::folder(errors.path()).read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        let other = path.extension().is_some_and(|end| end == "checkpoint") && path.file_name() != own;
        if !other || !path.is_file() {
            continue;
        }
        let Ok(Some(old)) = Checkpoint::read(&path) else { continue };
        ensure!(
            old.finished || old.errors.bytes == 0 || !errors.holds(old.errors),
            "{} holds the errors of an unfinished run, that of {}: --errors names another file",
            errors.path().display(),
            path.display()
        );
    }
    Ok(())
}

/// Removes what a run left that was killed while it wrote its checkpoint. The lock on the output keeps others away.
pub(crate) fn remove_leftovers(checkpoint: &Path) {
    let Some(entries) = common::folder(checkpoint).read_dir().ok() else { return };
    for entry in entries.flatten().filter(|entry| common::is_part_of(&entry.file_name(), checkpoint)) {
        let _ = std::fs::remove_file(entry.path());
    }
}

/// The checksum of a line as a line.
fn checksum_of(line: &[u8]) -> String {
    format!("{:08x}\n", crc32fast::hash(line))
}
