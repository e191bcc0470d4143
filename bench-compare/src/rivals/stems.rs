//! Stems of words.

use rust_stemmers::Algorithm;
use tutur::Stemmer;

use crate::measure::{Case, Heading, Plan};
use crate::record::Group;
use crate::text::Material;

const DISTINCT: Heading = Heading {
    id: "stems-distinct",
    title: "Stems of distinct words, cold",
    note: "Words in small letters, none twice, in no order that means anything: nothing that remembers a word's stem \
           helps. Stemmers are made and dictionaries loaded before. Snowball has no Indonesian here, and no \
           dictionary: its English is a mark for speed and not a rival in what it finds.",
    unit: "words/s",
    counted: "bytes of stems",
};

const RUNNING: Heading = Heading {
    id: "stems-running",
    title: "Stems of running text",
    note: "Every word token of the text in order, in small letters as Snowball wants them. No stemmer of this \
           process keeps a table of words that it has seen.",
    ..DISTINCT
};

pub fn distinct(plan: &Plan, material: &Material) -> Group {
    group(plan, DISTINCT, &material.distinct)
}

pub fn running(plan: &Plan, material: &Material) -> Group {
    group(plan, RUNNING, &material.running)
}

fn group(plan: &Plan, heading: Heading, words: &[String]) -> Group {
    let amount = words.len() as f64;
    let ours = Stemmer::new();
    let snowball = rust_stemmers::Stemmer::create(Algorithm::English);
    let dictionary = sastrawi_rs::Dictionary::new();
    let newer = sastrawi_rs::Stemmer::new(&dictionary);
    let dictionary = sastrawi::Dictionary::new();
    let older = sastrawi::Stemmer::new(&dictionary);
    let ascii: Vec<String> = words.iter().filter(|w| w.is_ascii()).cloned().collect();
    let mut word = String::new();
    let cases = vec![
        Case::ours("tutur", amount, || bytes(words, |w| ours.stem(w).len())).package("tutur"),
        Case::new("Snowball English (rust-stemmers)", amount, || bytes(words, |w| snowball.stem(w).len()))
            .package("rust-stemmers")
            .note("no dictionary; not Indonesian"),
        Case::new("sastrawi-rs", amount, || bytes(words, |w| newer.stem_word(w).len()))
            .package("sastrawi-rs"),
        Case::new("sastrawi", ascii.len() as f64, || {
            bytes(&ascii, |w| {
                word.clear();
                word.push_str(w);
                older.stem_word(&mut word);
                word.len()
            })
        })
        .package("sastrawi")
        .note("without words with letters beyond ASCII, on which it panics"),
    ];
    plan.group(heading, cases)
}

fn bytes(words: &[String], mut stem: impl FnMut(&str) -> usize) -> u64 {
    words.iter().map(|w| stem(w) as u64).sum()
}
