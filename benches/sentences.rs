//! Sentences a second, beside Unicode sentences.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tutur::Tokenizer;
use unicode_segmentation::UnicodeSegmentation;

mod common;

fn sentences(c: &mut Criterion) {
    let tokenizer = Tokenizer::new();
    for (name, text, times) in common::corpora() {
        let once = tokenizer.sentences(&text[..text.len() / times]).count();
        let mut group = c.benchmark_group(format!("sentences/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("tutur", |b| {
            b.iter(|| assert_eq!(tokenizer.sentences(&text).count(), once * times));
        });
        group.bench_function("unicode_sentences", |b| {
            let expected = text.unicode_sentences().count();
            b.iter(|| assert_eq!(text.unicode_sentences().count(), expected));
        });
        group.finish();
    }
}

criterion_group!(benches, sentences);
criterion_main!(benches);
