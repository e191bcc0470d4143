//! Tokens a second, beside the splits that others build on: the standard library, Unicode words, tantivy's default
//! tokenizer, the word segmenter of ICU4X.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use tantivy::tokenizer::{SimpleTokenizer, TokenStream, Tokenizer as _};
use tutur::Tokenizer;
use unicode_segmentation::UnicodeSegmentation;

mod common;

fn tokenize(c: &mut Criterion) {
    let tokenizer = Tokenizer::new();
    let icu = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let mut simple = SimpleTokenizer::default();
    let mut count_simple = move |text: &str| {
        let mut stream = simple.token_stream(text);
        let mut count = 0;
        while stream.advance() {
            count += 1;
        }
        count
    };
    for (name, text) in common::corpora() {
        let expected = tokenizer.tokenize(&text).count();
        let mut group = c.benchmark_group(format!("tokenize/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("tutur", |b| {
            b.iter(|| assert_eq!(tokenizer.tokenize(&text).count(), expected));
        });
        group.bench_function("split_whitespace", |b| {
            let expected = text.split_whitespace().count();
            b.iter(|| assert_eq!(text.split_whitespace().count(), expected));
        });
        group.bench_function("tantivy_simple", |b| {
            let expected: usize = count_simple(&text);
            b.iter(|| assert_eq!(count_simple(&text), expected));
        });
        group.bench_function("icu_words", |b| {
            let expected = icu.segment_str(&text).count();
            b.iter(|| assert_eq!(icu.segment_str(&text).count(), expected));
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
