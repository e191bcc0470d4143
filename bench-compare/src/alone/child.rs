//! What this program does when it starts itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::{Subcommand, ValueEnum};
use tutur::Pipeline;

use crate::text;

/// What is hidden from `--help`.
#[derive(Clone, Debug, Subcommand)]
pub enum Task {
    /// Nothing: what a process costs.
    Nothing,
    /// The names of one sentence; prints the seconds since `main`.
    FirstResult,
    /// Documents, and the pipeline over a stream of them; prints the most memory held, in bytes.
    Memory {
        #[arg(value_enum)]
        work: Work,
        /// Megabytes of documents.
        megabytes: usize,
        text: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Work {
    /// Documents are loaded and left alone.
    None,
    Stream,
}

const SENTENCE: &str = "Menteri Luar Negeri Rusia Sergey Lavrov membacakan pernyataannya di Jakarta.";

/// In the child; `began` at the start of `main`.
pub fn run(task: &Task, began: Instant) -> Result<()> {
    match task {
        Task::Nothing => {}
        Task::FirstResult => {
            let names = Pipeline::new().process(SENTENCE).entities().count();
            let seconds = began.elapsed().as_secs_f64();
            ensure!(names == 3, "{names} names");
            println!("{seconds}");
        }
        Task::Memory { work, megabytes, text } => {
            let documents = Arc::new(text::documents(text.as_deref())?);
            if *work == Work::Stream {
                let names = stream(&documents, megabytes * 1_000_000, 1);
                ensure!(names > 0, "no names in the text");
            }
            println!("{}", most_memory()?);
        }
    }
    Ok(())
}

/// The names in a stream of about `bytes` bytes of documents.
pub fn stream(documents: &Arc<Vec<String>>, bytes: usize, threads: usize) -> u64 {
    let mut left = bytes;
    let lengths: Vec<usize> = documents.iter().map(String::len).collect();
    let items = (0..lengths.len()).cycle().take_while(move |&which| {
        let more = left > 0;
        left = left.saturating_sub(lengths[which]);
        more
    });
    let documents = Arc::clone(documents);
    let work = move |worker: &mut tutur::Worker, which: usize| {
        worker.process(&documents[which]).entities().count() as u64
    };
    Pipeline::new().process_stream(items, work).threads(threads).sum()
}

/// What the child prints that does `arguments`.
pub fn ask(arguments: &[&str], text: Option<&Path>) -> Result<String> {
    let program = std::env::current_exe()?;
    let output = Command::new(program).arg("child").args(arguments).args(text).output()?;
    ensure!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Of this process so far, in bytes.
fn most_memory() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("memory is read from Linux's /proc")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kib = line.and_then(|l| l.trim().strip_suffix("kB")).context("no VmHWM in /proc/self/status")?;
    Ok(kib.trim().parse::<u64>()? << 10)
}
