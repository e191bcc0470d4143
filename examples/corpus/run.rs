//! One run: takes what came of the records in order, writes it exactly once, and keeps the checkpoint true.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use indicatif::ProgressBar;
use serde_json::json;
use tempfile::SpooledData;

use crate::checkpoint::{self, Checkpoint, Job, Start};
use crate::common;
use crate::document::{Failure, Outcome, id_of};
use crate::output::{LineFile, Written, copy};
use crate::records::Place;
use crate::sources::Sources;
use crate::summary::{self, Counts};

/// Bad records that are told on standard error as well where there is a file for them.
const SHOWN: u64 = 10;

/// Where a run writes.
pub(crate) struct Target {
    /// Standard output without it.
    pub(crate) output: Option<PathBuf>,
    /// Standard error without it.
    pub(crate) errors: Option<PathBuf>,
    /// Time between checkpoints.
    pub(crate) interval: Duration,
}

enum Output {
    /// Resumable.
    Lines {
        file: LineFile,
        checkpoint: PathBuf,
    },
    Stream {
        out: Box<dyn Write + Send>,
        name: String,
    },
}

pub(crate) struct Run {
    sources: Arc<Sources>,
    job: Job,
    output: Output,
    errors: Option<LineFile>,
    seen: Seen,
    counts: Counts,
    /// What earlier runs had counted.
    before: Counts,
    done: Place,
    finished: bool,
    started: Instant,
    saved: Instant,
    interval: Duration,
    bar: ProgressBar,
}

impl Output {
    /// A regular file is written so that it can be resumed; anything else is a stream.
    fn open(path: Option<&Path>) -> Result<Output> {
        let Some(path) = path else {
            return Ok(Output::Stream { out: Box::new(io::stdout()), name: "standard output".to_owned() });
        };
        if path.metadata().map_or(true, |data| data.is_file()) {
            return Ok(Output::Lines { file: LineFile::lock(path)?, checkpoint: checkpoint::path(path) });
        }
        let name = path.display().to_string();
        let file = File::options().write(true).open(path).with_context(|| format!("cannot write {name}"))?;
        Ok(Output::Stream { out: Box::new(file), name })
    }

    fn checkpoint(&self) -> Option<&Path> {
        match self {
            Output::Lines { checkpoint, .. } => Some(checkpoint),
            Output::Stream { .. } => None,
        }
    }
}

impl Run {
    /// Opens the files of `target`, goes to where an earlier run was, or begins anew.
    pub(crate) fn open(sources: Arc<Sources>, job: Job, target: &Target, start: Start) -> Result<Run> {
        let output = Output::open(target.output.as_deref())?;
        let resumable = matches!(output, Output::Lines { .. });
        ensure!(resumable || start != Start::Resume, "--resume needs --output with the name of a file");
        let now = Instant::now();
        let mut run = Run {
            sources,
            job,
            output,
            errors: target.errors.as_deref().map(LineFile::lock).transpose()?,
            seen: Seen::default(),
            counts: Counts::default(),
            before: Counts::default(),
            done: Place::default(),
            finished: false,
            started: now,
            saved: now,
            interval: target.interval,
            bar: ProgressBar::hidden(),
        };
        run.prepare(start)?;
        run.bar = summary::bar(run.sources.bytes(), run.sources.bytes_of(run.done.files))?;
        Ok(run)
    }

    /// Brings the files to where this run begins.
    fn prepare(&mut self, start: Start) -> Result<()> {
        let beginning = self.checkpoint(Written::default(), Written::default());
        if let Output::Lines { file, checkpoint } = &mut self.output {
            checkpoint::remove_leftovers(checkpoint);
            if let Some(old) = checkpoint::earlier(checkpoint, file.path(), start)? {
                old.check(&self.job)?;
                file.resume(old.output, |line| {
                    id_of(line).map(|id| self.seen.insert(&id));
                })?;
                if let Some(errors) = &mut self.errors {
                    errors.resume(old.errors, |_| ())?;
                }
                (self.before, self.counts) = (old.counts.clone(), old.counts);
                (self.done, self.finished) = (old.done, old.finished);
                return Ok(());
            }
        }
        if let Some(errors) = &self.errors {
            checkpoint::ensure_free(errors, self.output.checkpoint())?;
        }
        if let Output::Lines { file, checkpoint } = &mut self.output {
            // The checkpoint first: from here on, a killed run can be resumed.
            beginning.write(checkpoint)?;
            file.restart()?;
        }
        self.errors.as_mut().map_or(Ok(()), LineFile::restart)
    }

    pub(crate) fn done(&self) -> Place {
        self.done
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Writes what came of the next record. `read` is how far the files were read, for the progress.
    pub(crate) fn accept(&mut self, outcome: Outcome, read: u64) -> Result<()> {
        let place = (outcome.source, outcome.line);
        match outcome.result {
            Ok(document) if self.seen.insert(&document.id) => {
                let line = document.line;
                match &mut self.output {
                    Output::Lines { file, .. } => {
                        file.append(line)
                            .with_context(|| format!("cannot write {}", file.path().display()))?;
                    }
                    Output::Stream { out, name } => {
                        copy(line, out).with_context(|| format!("cannot write {name}"))?;
                    }
                }
                self.counts += &document.counts;
            }
            Ok(document) => self.complain(place, &format!("the id {} was used before", document.id))?,
            Err(Failure::Record(reason)) => self.complain(place, &reason)?,
            Err(Failure::Disk(error)) => return Err(error).context("cannot write a temporary file"),
        }
        self.done = outcome.after;
        if !self.bar.is_hidden() {
            self.bar.set_position(read);
            self.bar.set_message(summary::progress(&self.counts, &self.before, self.started.elapsed()));
        }
        if self.saved.elapsed() >= self.interval {
            self.save()?;
        }
        Ok(())
    }

    fn complain(&mut self, (source, line): (usize, Option<u64>), reason: &str) -> Result<()> {
        let name = &self.sources.list[source].name;
        if let Some(errors) = &mut self.errors {
            let record = format!("{}\n", json!({ "source": name, "line": line, "reason": reason }));
            let written = errors.append(SpooledData::InMemory(Cursor::new(record.into_bytes())));
            written.with_context(|| format!("cannot write {}", errors.path().display()))?;
        }
        self.counts.errors += 1;
        let shown = self.counts.errors - self.before.errors;
        if self.errors.is_none() || shown <= SHOWN {
            let line = line.map(|line| format!(":{line}")).unwrap_or_default();
            self.bar.suspend(|| common::say(&format!("error: {name}{line}: {reason}")));
        }
        if let Some(errors) = self.errors.as_ref().filter(|_| shown == SHOWN) {
            let path = errors.path().display();
            self.bar.suspend(|| common::say(&format!("further errors stand in {path} alone")));
        }
        Ok(())
    }

    fn checkpoint(&self, output: Written, errors: Written) -> Checkpoint {
        let (job, counts) = (self.job.clone(), self.counts.clone());
        Checkpoint { job, done: self.done, output, errors, counts, finished: self.finished }
    }

    /// Brings everything to the disk and then says so in the checkpoint, if there is one.
    fn save(&mut self) -> Result<()> {
        let Output::Lines { file, checkpoint } = &self.output else { return Ok(()) };
        file.sync().with_context(|| format!("cannot write {}", file.path().display()))?;
        if let Some(errors) = &self.errors {
            errors.sync().with_context(|| format!("cannot write {}", errors.path().display()))?;
        }
        let errors = self.errors.as_ref().map(LineFile::written).unwrap_or_default();
        self.checkpoint(file.written(), errors).write(checkpoint)?;
        self.saved = Instant::now();
        Ok(())
    }

    /// Ends a run whose records are all written.
    pub(crate) fn finish(&mut self) -> Result<()> {
        if let Output::Stream { out, name } = &mut self.output {
            out.flush().with_context(|| format!("cannot write {name}"))?;
        }
        self.finished = true;
        self.save()?;
        self.remove_empty_errors()?;
        self.bar.finish_and_clear();
        let (ignored, time) = (self.sources.ignored, self.started.elapsed());
        common::say(&summary::table(&self.counts, &self.before, ignored, time));
        Ok(())
    }

    /// A file of errors is there when there are errors.
    pub(crate) fn remove_empty_errors(&self) -> Result<()> {
        let Some(errors) = self.errors.as_ref().filter(|errors| errors.written().bytes == 0) else {
            return Ok(());
        };
        let path = errors.path();
        std::fs::remove_file(path).with_context(|| format!("cannot remove {}", path.display()))
    }

    /// Ends a run that cannot go on: saves what can be saved and says how to continue.
    pub(crate) fn stop(&mut self, why: &str) {
        self.bar.finish_and_clear();
        common::say(why);
        let Output::Lines { file, .. } = &self.output else { return };
        let name = file.path().display().to_string();
        // Where the disk is full, the checkpoint before this one stays and is as good.
        let _ = self.save();
        let documents = self.counts.documents;
        common::say(&format!(
            "{documents} documents are written to {name}; the same command with --resume goes on"
        ));
    }
}

/// The ids so far, as 128 bits of two keyed hashes each: nobody can choose two ids that collide.
#[derive(Default)]
struct Seen {
    ids: HashSet<(u64, u64)>,
    keys: (RandomState, RandomState),
}

impl Seen {
    /// Whether `id` is new.
    fn insert(&mut self, id: &str) -> bool {
        self.ids.insert((self.keys.0.hash_one(id), self.keys.1.hash_one(id)))
    }
}
