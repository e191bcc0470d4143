//! Damaged files: an answer or an error, and neither a panic, nor a hang, nor memory without measure.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::samples::{self, Sample};
use super::{Effort, MEMORY, Numbers, Tried, mutate};

/// Longer than this a damaged file of a few kilobytes must not take.
const LONGEST: Duration = Duration::from_secs(2);
/// When a file that is still being read counts as a hang.
const HANG: Duration = Duration::from_secs(60);
/// What may be held beyond twice the memory of the undamaged file: error messages, tables of the first use.
const SLACK: usize = 256 << 10;
/// And where a damaged number makes a regular expression larger: what the library lets one of them take, compiled and
/// while it is compiled.
const EXPRESSIONS: usize = 4 << 20;

pub(super) fn run(_root: &Path, effort: Effort) -> Result<Vec<Tried>> {
    let samples = samples::all()?;
    let (stop, stopped) = channel::<()>();
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let counter = &done;
        scope.spawn(move || watch(counter, &stopped));
        let share = 0.5 / samples.len() as f64;
        let table = samples.iter().map(|sample| torture(sample, effort, share, &done)).collect();
        drop(stop);
        table
    })
}

/// Ends the program where nothing has been done for long: a hang cannot be caught.
fn watch(done: &AtomicUsize, stopped: &Receiver<()>) {
    let mut before = usize::MAX;
    while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(HANG) {
        let now = done.load(Ordering::Relaxed);
        if now == before {
            eprintln!("FAILED a damaged file has been read for {HANG:?}: file {now} of the run");
            std::process::exit(1);
        }
        before = now;
    }
}

fn torture(sample: &Sample, effort: Effort, share: f64, done: &AtomicUsize) -> Result<Tried> {
    // The first use fills caches, the second one shows what the file takes.
    (sample.work)(&sample.good)?;
    let slack = if sample.name.starts_with("rules") { EXPRESSIONS } else { SLACK };
    let usual = memory(|| (sample.work)(&sample.good)).0;
    let mut numbers = Numbers(effort.seed);
    let (least, until) = (effort.choose(2_000, 12_000), effort.until(share));
    let (mut times, mut answered, mut failures) = (0, 0, Vec::new());
    while times < least || Instant::now() < until {
        times += 1;
        done.fetch_add(1, Ordering::Relaxed);
        // Under a right checksum in three of four cases: else the checksum is all that is tested.
        let inner = sample.kind.filter(|_| numbers.below(4) > 0);
        let bytes = match inner.map(|kind| mutate::sections(&sample.good, kind, &mut numbers)) {
            Some(Some(bytes)) => bytes,
            _ => mutate::bytes(&sample.good, &mut numbers),
        };
        let begun = Instant::now();
        let (held, result) = memory(|| catch_unwind(AssertUnwindSafe(|| (sample.work)(&bytes))));
        let wrong = match result {
            Err(_) => Some("panic".to_owned()),
            Ok(Err(error)) if error.to_string().trim().is_empty() => {
                Some("an error without words".to_owned())
            }
            Ok(Err(error)) if error.to_string().starts_with("panic") => Some(error.to_string()),
            Ok(Ok(())) if sample.kind.is_some() && inner.is_none() && bytes != sample.good => {
                Some("damage that the checksum let pass".to_owned())
            }
            Ok(result) => {
                answered += usize::from(result.is_ok());
                let most = 2 * usual + 4 * bytes.len().saturating_sub(sample.good.len()) + slack;
                if begun.elapsed() > LONGEST {
                    Some(format!("{:?}", begun.elapsed()))
                } else {
                    (held > most).then(|| format!("{held} bytes held, {most} allowed"))
                }
            }
        };
        failures.extend(wrong.map(|wrong| format!("{} {times}: {wrong}", sample.name)));
    }
    let answer = format!("{answered} answers, {} errors", times - answered - failures.len());
    println!("   {}: {times} times, {answer}", sample.name);
    Ok(Tried { what: format!("damaged {}", sample.name), times, answer, failures })
}

/// The most that `work` held at once, and its result.
fn memory<T>(work: impl FnOnce() -> T) -> (usize, T) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let result = work();
    (MEMORY.peak_usage().saturating_sub(before), result)
}
