//! Eight threads share one pipeline: the same documents to the byte as one thread makes.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::Result;
use tutur::render::json::JsonDocument;
use tutur::{OffsetUnit, Pipeline, Worker};

use super::inputs::INPUTS;
use super::{Effort, Tried, news};

const THREADS: usize = 8;

pub(super) fn run(root: &Path, effort: Effort) -> Result<Vec<Tried>> {
    let pieces = news(root)?;
    // Paragraphs alone too: many short documents change hands more often.
    let short = pieces.iter().flat_map(|piece| piece.lines()).filter(|line| !line.trim().is_empty());
    let mut texts: Vec<String> = short.map(str::to_owned).collect();
    texts.extend(pieces);
    texts.extend(INPUTS.iter().map(|input| input.text(2_000)));
    let (pipeline, keys) = (Pipeline::new(), RandomState::new());
    let digest = |worker: &mut Worker, text: &str| -> Result<u64> {
        let json = serde_json::to_vec(&JsonDocument::new(&worker.process(text), None, OffsetUnit::Utf16))?;
        let mut hasher = keys.build_hasher();
        hasher.write(&json);
        Ok(hasher.finish())
    };
    // Each by a worker of its own, so that a reused one is compared with a fresh one too.
    let expected: Vec<u64> =
        texts.iter().map(|text| digest(&mut pipeline.worker(), text)).collect::<Result<_>>()?;
    let (least, until) = (effort.choose(texts.len(), 1_000_000), effort.until(0.25));
    let (next, wrong) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut worker = pipeline.worker();
                loop {
                    let count = next.fetch_add(1, Ordering::Relaxed);
                    if count >= least && Instant::now() >= until {
                        break;
                    }
                    // A step that is prime to the number of texts: neighbours differ from round to round.
                    let at = count.wrapping_mul(7919) % texts.len();
                    if digest(&mut worker, &texts[at]).ok() != Some(expected[at]) {
                        wrong.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let (times, wrong) = (next.into_inner().saturating_sub(THREADS), wrong.into_inner());
    println!("   {times} documents by {THREADS} threads, {wrong} differ");
    let failures = (wrong > 0).then(|| format!("{wrong} documents differ from those of one thread"));
    Ok(vec![Tried {
        what: format!("documents of {} texts by {THREADS} threads", texts.len()),
        times,
        answer: "JSON equal to that of one thread, byte for byte".to_owned(),
        failures: failures.into_iter().collect(),
    }])
}
