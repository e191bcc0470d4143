//! Tokens a second, beside the standard library's split and Unicode words.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tutur::Tokenizer;
use unicode_segmentation::UnicodeSegmentation;

mod common;

fn tokenize(c: &mut Criterion) {
    let tokenizer = Tokenizer::new();
    for (name, text, times) in common::corpora() {
        let once = tokenizer.tokenize(&text[..text.len() / times]).count();
        let mut group = c.benchmark_group(format!("tokenize/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("tutur", |b| {
            b.iter(|| assert_eq!(tokenizer.tokenize(&text).count(), once * times));
        });
        group.bench_function("split_whitespace", |b| {
            let expected = text.split_whitespace().count();
            b.iter(|| assert_eq!(text.split_whitespace().count(), expected));
        });
        group.bench_function("unicode_words", |b| {
            let expected = text.unicode_words().count();
            b.iter(|| assert_eq!(text.unicode_words().count(), expected));
        });
        group.finish();
    }
}

criterion_group!(benches, tokenize);
criterion_main!(benches);
