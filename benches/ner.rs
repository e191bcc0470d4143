//! Tokens tagged a second: tokenise, split, tag.
//! Beside the taggers of others: `bench-compare/`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tutur::ner::{NerModel, TagScratch};
use tutur::{SentenceSplitter, Tagger, Token, Tokenizer};

mod common;

fn ner(c: &mut Criterion) {
    let Ok(model) = NerModel::embedded() else { panic!("the embedded model is damaged") };
    let tokenizer = Tokenizer::new();
    for (name, text) in common::corpora() {
        let (mut scratch, mut found) = (TagScratch::default(), Vec::new());
        let mut run = || {
            let tokens: Vec<Token<'_>> = tokenizer.tokenize(&text).collect();
            let mut ends = Vec::new();
            SentenceSplitter::new().split(&text, &tokens, &mut ends);
            let (mut first, mut entities, mut words) = (0, 0, Vec::new());
            for end in ends {
                words.clear();
                words.extend(tokens[first..end as usize].iter().map(Token::text));
                first = end as usize;
                found.clear();
                model.tag(&words, &mut scratch, &mut found);
                entities += found.len();
            }
            (tokens.len(), entities)
        };
        let (tokens, entities) = run();
        let mut group = c.benchmark_group(format!("ner/{name}"));
        group.throughput(Throughput::Elements(tokens as u64));
        group.sample_size(20);
        group.bench_function("tokenize_and_tag", |b| b.iter(|| assert_eq!(run(), (tokens, entities))));
        group.finish();
    }
}

criterion_group!(benches, ner);
criterion_main!(benches);
