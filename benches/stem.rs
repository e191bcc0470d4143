//! Stems a second: many distinct words, each once, so that no cache of any kind helps; and running text. Beside other
//! stemmers: `bench-compare/`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tutur::{Stemmer, TokenKind, Tokenizer};

mod common;

fn stem(c: &mut Criterion) {
    let words = common::words::distinct(include_str!("../data/names/words.tsv"));
    assert!(words.len() > 9_000, "{} words", words.len());
    let stemmer = Stemmer::new();
    let bytes = |words: &[&str]| words.iter().map(|w| stemmer.stem(w).len()).sum::<usize>();
    let mut group = c.benchmark_group("stem/distinct");
    group.sample_size(10);
    group.throughput(Throughput::Elements(words.len() as u64));
    let expected = bytes(&words);
    group.bench_function("stem", |b| b.iter(|| assert_eq!(bytes(&words), expected)));
    group.bench_function("analyze", |b| {
        b.iter(|| words.iter().map(|w| stemmer.analyze(w).iter().count()).sum::<usize>());
    });
    group.finish();

    let (_, text) = &common::corpora()[0];
    let tokenizer = Tokenizer::new();
    let running: Vec<&str> =
        tokenizer.tokenize(text).filter(|t| t.kind() == TokenKind::Word).map(|t| t.text()).collect();
    let mut group = c.benchmark_group("stem/running");
    group.throughput(Throughput::Elements(running.len() as u64));
    let expected = bytes(&running);
    group.bench_function("stem", |b| b.iter(|| assert_eq!(bytes(&running), expected)));
    group.finish();
}

criterion_group!(benches, stem);
criterion_main!(benches);
