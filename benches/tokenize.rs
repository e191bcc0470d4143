//! Tokens a second, of news and of chat. Beside other libraries: `bench-compare/`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tutur::Tokenizer;

mod common;

fn tokenize(c: &mut Criterion) {
    let tokenizer = Tokenizer::new();
    for (name, text) in common::corpora() {
        let expected = tokenizer.tokenize(&text).count();
        let mut group = c.benchmark_group(format!("tokenize/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("tokens", |b| {
            b.iter(|| assert_eq!(tokenizer.tokenize(&text).count(), expected));
        });
        group.finish();
    }
}

criterion_group!(benches, tokenize);
criterion_main!(benches);
