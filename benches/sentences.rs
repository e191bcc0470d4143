//! Sentences a second, from text and of given tokens. Beside other libraries: `bench-compare/`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tutur::{SentenceSplitter, Token, Tokenizer};

mod common;

fn sentences(c: &mut Criterion) {
    let tokenizer = Tokenizer::new();
    for (name, text) in common::corpora() {
        let expected = tokenizer.sentences(&text).count();
        let mut group = c.benchmark_group(format!("sentences/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("from_text", |b| {
            b.iter(|| assert_eq!(tokenizer.sentences(&text).count(), expected));
        });
        group.bench_function("on_tokens", |b| {
            let tokens: Vec<Token<'_>> = tokenizer.tokenize(&text).collect();
            let mut ends = Vec::new();
            b.iter(|| {
                ends.clear();
                SentenceSplitter::new().split(&text, &tokens, &mut ends);
                assert_eq!(ends.len(), expected);
            });
        });
        group.finish();
    }
}

criterion_group!(benches, sentences);
criterion_main!(benches);
