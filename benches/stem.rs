//! Stems a second: distinct words, and running text.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tutur::{Stemmer, TokenKind, Tokenizer};

mod common;

fn stem(c: &mut Criterion) {
    let stemmer = Stemmer::new();
    let words = common::words();
    let changed = words.iter().filter(|w| stemmer.stem(w) != w.as_str()).count();
    assert!(changed > 40 && words.len() > 100);
    let mut group = c.benchmark_group("stem");
    group.throughput(Throughput::Elements(words.len() as u64));
    group.bench_function("distinct", |b| {
        b.iter(|| assert_eq!(words.iter().filter(|w| stemmer.stem(w) != w.as_str()).count(), changed));
    });
    group.bench_function("analyze", |b| {
        b.iter(|| {
            assert!(words.iter().map(|w| stemmer.analyze(w).iter().count()).sum::<usize>() >= words.len())
        });
    });
    let (_, text, _) = &common::corpora()[0];
    let tokenizer = Tokenizer::new();
    let running: Vec<&str> =
        tokenizer.tokenize(text).filter(|t| t.kind() == TokenKind::Word).map(|t| t.text()).collect();
    let bytes: usize = running.iter().map(|w| stemmer.stem(w).len()).sum();
    group.throughput(Throughput::Elements(running.len() as u64));
    group.bench_function("running", |b| {
        b.iter(|| assert_eq!(running.iter().map(|w| stemmer.stem(w).len()).sum::<usize>(), bytes));
    });
    group.finish();
}

criterion_group!(benches, stem);
criterion_main!(benches);
