//! Analyses many documents on all cores: files and folders of text and JSONL in, JSONL out, in order, resumable.
//!
//!     cargo run --release --example corpus -- artikel/ --output hasil.jsonl

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, TryLockError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use tutur::Pipeline;
use tutur::render::json;

use checkpoint::{Job, Start};
use document::{Outcome, Reading};
use records::{Record, Records};
use run::{Run, Target};
use sources::Sources;

mod checkpoint;
#[path = "../common/mod.rs"]
mod common;
mod document;
mod output;
mod records;
mod run;
mod sources;
mod summary;
mod unpack;

const HELP: &str = "\
Inputs: .txt is one document, .jsonl and .ndjson are one document a line, each also as .gz or .zst. Folders are read
with all below them, by name. `-` is JSONL on standard input, and so is a file with another extension, plain, gzip or
zstd. The id of a .txt file is its path below the folder without the extension; with several inputs, its whole path.

Output: one JSON document a line, in the order of the input whatever the number of threads. A run that was killed,
interrupted or stopped by a full disk goes on with --resume: every document is there exactly once. For that,
FILE.checkpoint stands beside the output.

Bad records (not UTF-8, not JSON, without id or text, an id that was used before, a file that is damaged or cannot be
read) go with source, line and reason to errors.jsonl beside the output, which every run replaces, and the run goes on.

Exit status: 0 all is well; 1 some records failed; 2 the run could not start or was not finished.

Example: corpus artikel/ tambahan.jsonl.gz --output hasil.jsonl";

/// Analyses files and folders of documents on all cores and writes one JSON document a line.
#[derive(Parser)]
#[command(after_help = HELP)]
struct Cli {
    /// Files, folders, or `-` for standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Where the documents go; standard output without it, which cannot be resumed
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where bad records go [default: errors.jsonl beside the output; standard error without an output]
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Goes on with an unfinished run; begins one where there is none
    #[arg(long, conflicts_with = "restart")]
    resume: bool,
    /// Throws an unfinished run away
    #[arg(long)]
    restart: bool,
    /// Threads that analyse [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Field of the id in JSONL: a string or an integer
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// Field of the text in JSONL
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// Replaces bytes that are not UTF-8 by U+FFFD instead of refusing the record
    #[arg(long)]
    lossy: bool,
    /// Follows symbolic links in folders
    #[arg(long)]
    follow_links: bool,
    /// Longest line or text file; longer ones are bad records
    #[arg(long, value_name = "N", default_value_t = 1 << 30)]
    max_bytes: usize,
    /// Seconds between checkpoints
    #[arg(long, value_name = "S", default_value_t = 1.0, value_parser = seconds)]
    checkpoint_every: f64,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "expected a number")?;
    if (0.0..=1e9).contains(&seconds) { Ok(seconds) } else { Err("expected 0 to 1000000000".to_owned()) }
}

/// The exit status where records failed.
const SOME_FAILED: u8 = 1;
/// The exit status where the run is not finished.
const UNFINISHED: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut status = 0;
    let started = common::run(|| {
        status = analyse(&cli)?;
        Ok(())
    });
    if status > 0 { ExitCode::from(status) } else { started }
}

/// Analyses everything; returns the exit status.
fn analyse(cli: &Cli) -> Result<u8> {
    let errors = match (&cli.errors, &cli.output) {
        (None, Some(output)) if output.metadata().map_or(true, |data| data.is_file()) => {
            Some(output.with_file_name("errors.jsonl"))
        }
        (errors, _) => errors.clone(),
    };
    ensure!(errors.is_none() || errors != cli.output, "--errors and --output are the same file");
    let interval = Duration::from_secs_f64(cli.checkpoint_every);
    let target = Target { output: cli.output.clone(), errors, interval };
    let own: Vec<PathBuf> = target.output.iter().chain(&target.errors).cloned().collect();
    let sources = Arc::new(Sources::find(&cli.inputs, &own, cli.follow_links)?);
    let start = match (cli.resume, cli.restart) {
        (true, _) => Start::Resume,
        (_, true) => Start::Restart,
        _ => Start::Fresh,
    };
    let run = Run::open(Arc::clone(&sources), job(cli, &sources), &target, start)?;
    if run.is_finished() {
        run.remove_empty_errors()?;
        common::say("all is done already");
        return Ok(status(&run));
    }
    let read = Arc::new(AtomicU64::new(0));
    let mut records = Records::new(Arc::clone(&sources), cli.max_bytes, Arc::clone(&read));
    records.go_to(run.done()).context("cannot resume; --restart begins anew")?;
    read.fetch_add(sources.bytes_of(run.done().files), Ordering::Relaxed);
    let results = stream(cli, records, &sources, &target);

    let run = Arc::new(Mutex::new(run));
    let interrupted = Arc::new(AtomicBool::new(false));
    let (shared, flag) = (Arc::clone(&run), Arc::clone(&interrupted));
    ctrlc::set_handler(move || interrupt(&shared, &flag)).context("cannot watch for Ctrl-C")?;
    let written = write(results, &run, &interrupted, &read);
    let mut run = common::lock(&run);
    match written.and_then(|()| run.finish()) {
        Ok(()) => {}
        Err(error) if common::is_broken_pipe(&error) => return Err(error),
        Err(error) => {
            run.stop(&format!("error: {error:#}"));
            return Ok(UNFINISHED);
        }
    }
    Ok(status(&run))
}

/// The exit status of a finished run.
fn status(run: &Run) -> u8 {
    if run.counts().errors > 0 { SOME_FAILED } else { 0 }
}

/// Writes the results as they come.
fn write(
    results: impl Iterator<Item = Outcome>,
    run: &Mutex<Run>,
    interrupted: &AtomicBool,
    read: &AtomicU64,
) -> Result<()> {
    for outcome in results {
        // The lock belongs to the one who ends the process now.
        while interrupted.load(Ordering::SeqCst) {
            std::thread::park();
        }
        common::lock(run).accept(outcome, read.load(Ordering::Relaxed))?;
    }
    Ok(())
}

/// What came of the records, in order.
fn stream(
    cli: &Cli,
    records: Records,
    sources: &Arc<Sources>,
    target: &Target,
) -> impl Iterator<Item = Outcome> + use<> {
    let threads =
        cli.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let reading = Reading { id: cli.id_field.clone(), text: cli.text_field.clone(), lossy: cli.lossy };
    let folder =
        target.output.as_deref().map_or_else(std::env::temp_dir, |path| common::folder(path).to_owned());
    let sources = Arc::clone(sources);
    let work = move |worker: &mut _, record| document::analyse(worker, record, &sources, &reading, &folder);
    // A MiB of text a thread is enough to keep all busy; what a short record costs beside its text counts too.
    let window = threads.saturating_mul(1 << 20);
    Pipeline::new()
        .process_stream(records, work)
        .threads(threads)
        .window(window)
        .weigh(|record: &Record| record.len() + 256)
}

fn job(cli: &Cli, sources: &Sources) -> Job {
    Job {
        tool: format!("tutur {}, JSON {}", env!("CARGO_PKG_VERSION"), json::VERSION),
        input: sources.fingerprint(),
        id_field: cli.id_field.clone(),
        text_field: cli.text_field.clone(),
        lossy: cli.lossy,
        max_bytes: cli.max_bytes,
    }
}

/// Ends the process at Ctrl-C: after the write at hand, with a true checkpoint, whatever the other threads do.
fn interrupt(run: &Mutex<Run>, interrupted: &AtomicBool) {
    interrupted.store(true, Ordering::SeqCst);
    // A write that hangs, on a pipe that nobody reads, must not hold the user here.
    let deadline = Instant::now() + Duration::from_secs(10);
    while Instant::now() < deadline {
        match run.try_lock() {
            // All is written; what is left is to say so.
            Ok(run) if run.is_finished() => return,
            Ok(mut run) => {
                run.stop("interrupted");
                // With the lock: nothing is written after the checkpoint.
                std::process::exit(UNFINISHED.into());
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
            Err(TryLockError::Poisoned(_)) => break,
        }
    }
    std::process::exit(UNFINISHED.into());
}
