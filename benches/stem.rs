//! Stems a second: many distinct words, each once, so that no cache of any kind helps; and running text. Beside two
//! dictionary stemmers of Indonesian and Snowball's English, which has no dictionary (it is there for its speed).

use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use rust_stemmers::Algorithm;
use tutur::{Stemmer, TokenKind, Tokenizer};

mod common;

/// The 100,000 words of the name table that are letters only: distinct words of news and encyclopaedia, names and
/// misspellings among them, in an order that has nothing to do with them.
fn distinct_words() -> Vec<String> {
    let table = include_str!("../data/names/words.tsv");
    let rows = table.lines().skip(1).filter_map(|row| row.split('\t').next());
    let mut words: Vec<String> = rows
        .filter(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect();
    words.sort_by_key(|w| tutur::wire::source_hash(&[w.as_bytes()]));
    words.truncate(100_000);
    if let Ok(p) = std::env::var("WORDS") {
        words = std::fs::read_to_string(p).unwrap().lines().map(str::to_owned).collect();
    }
    words
}

fn compare(group: &mut BenchmarkGroup<'_, WallTime>, words: &[&str]) {
    let stemmer = Stemmer::new();
    let snowball = rust_stemmers::Stemmer::create(Algorithm::English);
    let newer_dictionary = sastrawi_rs::Dictionary::new();
    let newer = sastrawi_rs::Stemmer::new(&newer_dictionary);
    group.throughput(Throughput::Elements(words.len() as u64));
    let bytes = |stem: &dyn Fn(&str) -> usize| words.iter().map(|w| stem(w)).sum::<usize>();
    let expected = bytes(&|w| stemmer.stem(w).len());
    group.bench_function("tutur", |b| {
        b.iter(|| assert_eq!(words.iter().map(|w| stemmer.stem(w).len()).sum::<usize>(), expected));
    });
    group.bench_function("snowball_english", |b| {
        b.iter(|| words.iter().map(|w| snowball.stem(w).len()).sum::<usize>());
    });
    group.bench_function("sastrawi_rs", |b| {
        b.iter(|| words.iter().map(|w| newer.stem_word(w).len()).sum::<usize>());
    });
}

fn stem(c: &mut Criterion) {
    let words = distinct_words();
    assert!(words.len() > 9_000, "{} words", words.len());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut group = c.benchmark_group("stem/distinct");
    group.sample_size(10);
    compare(&mut group, &words);
    // The older crate takes a minute for what the others do in a second: every tenth word.
    let sample: Vec<&str> = words.iter().copied().step_by(10).collect();
    let dictionary = sastrawi::Dictionary::new();
    let older = sastrawi::Stemmer::new(&dictionary);
    group.throughput(Throughput::Elements(sample.len() as u64));
    group.bench_function("sastrawi", |b| {
        b.iter(|| sample.iter().map(|w| older.stem_sentence(&(*w).to_owned()).len()).sum::<usize>());
    });
    let stemmer = Stemmer::new();
    group.bench_function("tutur_analyze", |b| {
        b.iter(|| sample.iter().map(|w| stemmer.analyze(w).iter().count()).sum::<usize>());
    });
    group.finish();

    let (_, text) = &common::corpora()[0];
    let tokenizer = Tokenizer::new();
    let running: Vec<&str> =
        tokenizer.tokenize(text).filter(|t| t.kind() == TokenKind::Word).map(|t| t.text()).collect();
    let mut group = c.benchmark_group("stem/running");
    compare(&mut group, &running);
    group.finish();
}

criterion_group!(benches, stem);
criterion_main!(benches);
