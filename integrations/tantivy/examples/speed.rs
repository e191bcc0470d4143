//! Terms a second of this crate's tokenizer and filter, of Tantivy's own, and of tutur alone.
//!
//!     cargo run --example speed

use std::hint::black_box;

use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
use tutur::{Hint, TokenKind};
use tutur_tantivy::{Form, TuturStemmer, TuturTokenizer};

#[path = "../../common/clock.rs"]
mod clock;
#[path = "../../common/corpus.rs"]
mod corpus;

const ROUNDS: usize = 7;
/// Times that the corpus is read in a round.
const TIMES: usize = 4;

/// Counts the terms of a text.
type Chain = Box<dyn FnMut(&str) -> usize>;

fn main() -> std::io::Result<()> {
    let texts = corpus::texts()?;
    let bytes: usize = texts.iter().map(String::len).sum();
    println!(
        "{} texts, {bytes} bytes, {TIMES} times in each of {ROUNDS} rounds; medians of CPU time",
        texts.len()
    );

    let simple = || TextAnalyzer::builder(SimpleTokenizer::default());
    let ours = || TextAnalyzer::builder(TuturTokenizer::new());
    let mut chains: Vec<(&str, Chain)> = vec![
        ("SimpleTokenizer", count(simple().build())),
        ("SimpleTokenizer, LowerCaser, Stemmer (English)", {
            count(simple().filter(LowerCaser).filter(Stemmer::new(Language::English)).build())
        }),
        ("SimpleTokenizer, TuturStemmer", count(simple().filter(TuturStemmer::new(Form::Root)).build())),
        ("TuturTokenizer", count(ours().build())),
        ("TuturTokenizer, TuturStemmer", count(ours().filter(TuturStemmer::new(Form::Root)).build())),
        (
            "TuturTokenizer, TuturStemmer of both forms",
            count(ours().filter(TuturStemmer::new(Form::Both)).build()),
        ),
        ("tutur alone: tokens", Box::new(tokens)),
        ("tutur alone: tokens and stems", Box::new(stems)),
    ];
    let mut rates = vec![Vec::new(); chains.len()];
    for _ in 0..ROUNDS {
        for ((_, chain), rates) in chains.iter_mut().zip(&mut rates) {
            let mut terms = 0;
            let taken = clock::time(|| {
                for text in (0..TIMES).flat_map(|_| &texts) {
                    terms += chain(black_box(text));
                }
            });
            rates.push((
                terms as f64 / taken.cpu.as_secs_f64(),
                (TIMES * bytes) as f64 / taken.cpu.as_secs_f64(),
            ));
        }
    }
    println!("{:<48} {:>12} {:>8}", "", "M terms/s", "MiB/s");
    for ((name, _), rates) in chains.iter().zip(rates) {
        let (terms, bytes) = rates.into_iter().unzip();
        println!(
            "{name:<48} {:>12.2} {:>8.0}",
            clock::median(terms) / 1e6,
            clock::median(bytes) / 1_048_576.0
        );
    }
    Ok(())
}

/// Counts the terms of a text.
fn count(mut analyzer: TextAnalyzer) -> Chain {
    Box::new(move |text| {
        let (mut stream, mut terms) = (analyzer.token_stream(text), 0);
        stream.process(&mut |token| {
            black_box(&token.text);
            terms += 1;
        });
        terms
    })
}

fn is_read(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Emoji | TokenKind::Emoticon)
}

fn tokens(text: &str) -> usize {
    let tokenizer = tutur::Tokenizer::new();
    tokenizer.tokenize(text).filter(|t| is_read(t.kind())).map(black_box).count()
}

fn stems(text: &str) -> usize {
    let (tokenizer, stemmer) = (tutur::Tokenizer::new(), tutur::Stemmer::new());
    let read = tokenizer.tokenize(text).filter(|t| is_read(t.kind()));
    read.map(|t| black_box(stemmer.stem_hinted(t.text(), Hint::Common)).len().min(1)).sum()
}
