//! Everything: a fresh pipeline, a warm worker, a document's buffers used again.
//! Beside the pipelines of others: `bench-compare/`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tutur::Pipeline;

mod common;

fn pipeline(c: &mut Criterion) {
    let pipeline = Pipeline::new();
    let (_, text) = &common::corpora()[0];
    let entities = pipeline.process(text).entities().count();
    assert!(entities > 1500);
    let mut group = c.benchmark_group("pipeline/news");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("fresh", |b| {
        b.iter(|| assert_eq!(Pipeline::new().process(text).entities().count(), entities));
    });
    group.bench_function("worker", |b| {
        let mut worker = pipeline.worker();
        b.iter(|| assert_eq!(worker.process(text).entities().count(), entities));
    });
    group.bench_function("reused_buffer", |b| {
        let mut worker = pipeline.worker();
        let mut buffer = Some(worker.process(text).into_buf());
        b.iter(|| {
            let document = worker.process_with(text, buffer.take().unwrap_or_default());
            assert_eq!(document.entities().count(), entities);
            buffer = Some(document.into_buf());
        });
    });
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
