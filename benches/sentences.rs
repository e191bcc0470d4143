//! Sentences a second, beside Unicode sentences and the sentence segmenter of ICU4X.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use tutur::{SentenceSplitter, Token, Tokenizer};
use unicode_segmentation::UnicodeSegmentation;

mod common;

fn sentences(c: &mut Criterion) {
    let tokenizer = Tokenizer::new();
    let icu = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    for (name, text) in common::corpora() {
        let expected = tokenizer.sentences(&text).count();
        let mut group = c.benchmark_group(format!("sentences/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("tutur", |b| {
            b.iter(|| assert_eq!(tokenizer.sentences(&text).count(), expected));
        });
        group.bench_function("tutur_on_tokens", |b| {
            let tokens: Vec<Token<'_>> = tokenizer.tokenize(&text).collect();
            let mut ends = Vec::new();
            b.iter(|| {
                ends.clear();
                SentenceSplitter::new().split(&text, &tokens, &mut ends);
                assert_eq!(ends.len(), expected);
            });
        });
        group.bench_function("unicode_sentences", |b| {
            let expected = text.unicode_sentences().count();
            b.iter(|| assert_eq!(text.unicode_sentences().count(), expected));
        });
        group.bench_function("icu_sentences", |b| {
            let expected = icu.segment_str(&text).count();
            b.iter(|| assert_eq!(icu.segment_str(&text).count(), expected));
        });
        group.finish();
    }
}

criterion_group!(benches, sentences);
criterion_main!(benches);
