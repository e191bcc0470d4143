//! Hostile texts beside news: what a byte of each costs the pipeline. `cargo xtask torture` has each stage alone too.

use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use inputs::INPUTS;
use tutur::Pipeline;

mod common;
#[path = "../tests/hostile/inputs.rs"]
mod inputs;

const BYTES: usize = 1 << 16;

fn hostile(c: &mut Criterion) {
    let mut worker = Pipeline::new().worker();
    let mut group = c.benchmark_group("hostile");
    group.sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    let (_, news) = &common::corpora()[0];
    let news = ("news", inputs::cut(news, BYTES).to_owned());
    for (name, text) in std::iter::once(news).chain(INPUTS.iter().map(|i| (i.name, i.text(BYTES)))) {
        group.throughput(Throughput::Bytes(text.len() as u64));
        // The names of criterion's folders hold no slashes.
        group.bench_function(name.replace('/', "_"), |b| b.iter(|| worker.process(&text).tokens().len()));
    }
    group.finish();
}

criterion_group!(benches, hostile);
criterion_main!(benches);
