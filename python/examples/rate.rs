//! How fast plain Rust is at what `bench.py` times from Python: documents from JSONL, analysed in batches.
//!
//!     cargo run --release --example rate -- artikel.jsonl THREADS ROUNDS
//!
//! Prints the best of the rounds in documents a second, for documents kept and for lines of JSON.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use serde_json::Value;
use tutur::render::json::JsonDocument;
use tutur::{OffsetUnit, Pipeline, Worker};

/// Documents a thread takes at a time.
const BATCH: usize = 25;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, threads, rounds] = args.as_slice() else { return Err("expected FILE THREADS ROUNDS".into()) };
    let (threads, rounds): (usize, usize) = (threads.parse()?, rounds.parse()?);
    let mut texts = Vec::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        texts.push(record["text"].as_str().ok_or("a record without text")?.to_owned());
    }
    let pipeline = Pipeline::new();
    println!(
        "process {}",
        rate(&pipeline, &texts, threads, rounds, |worker, text| {
            black_box(worker.process(text).into_owned());
        })
    );
    println!(
        "json {}",
        rate(&pipeline, &texts, threads, rounds, |worker, text| {
            let document = worker.process(text);
            let data = JsonDocument::new(&document, None, OffsetUnit::Bytes);
            black_box(serde_json::to_vec(&data).unwrap_or_default());
        })
    );
    Ok(())
}

/// Documents a second of the best round.
fn rate(
    pipeline: &Pipeline,
    texts: &[String],
    threads: usize,
    rounds: usize,
    run: impl Fn(&mut Worker, &str) + Sync,
) -> u64 {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut worker = pipeline.worker();
        loop {
            let at = next.fetch_add(BATCH, std::sync::atomic::Ordering::Relaxed);
            let Some(batch) = texts.get(at..texts.len().min(at + BATCH)) else { break };
            batch.iter().for_each(|text| run(&mut worker, text));
        }
    };
    let mut best = f64::INFINITY;
    for _ in 0..rounds {
        next.store(0, std::sync::atomic::Ordering::Relaxed);
        let start = Instant::now();
        std::thread::scope(|scope| {
            (1..threads).for_each(|_| {
                scope.spawn(work);
            });
            work();
        });
        best = best.min(start.elapsed().as_secs_f64());
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    // a figure to print
    let rate = (texts.len() as f64 / best) as u64;
    rate
}
