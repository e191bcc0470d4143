//! Hostile texts: an answer, and the time of a text twice as long is about twice as long.

use std::time::Instant;

use tutur::{Pipeline, Stemmer, Tokenizer};

const SEEDS: &[&str] = &[
    "a",
    "-",
    "ber",
    ".",
    "a.",
    "A.",
    "1",
    "1-",
    "1/",
    "a/",
    "@",
    "a@",
    "#",
    "http://",
    "www.",
    ".com",
    "\"",
    "(",
    "'",
    "e\u{301}",
    "\u{301}",
    "\u{200d}",
    "👨‍👩",
    "大",
    "ก",
    "\0",
    "\r",
    "\n",
    " ",
    "\u{a0}",
    "\u{feff}",
    "-nya",
    "&amp;",
    "A.B.",
    "+",
    "…",
    "x’",
    "ab-Cd-",
    "Rp",
    "S.",
];

#[test]
fn tokens_of_repeated_seeds_take_linear_time() {
    let tokenizer = Tokenizer::new();
    let time = |text: &str| {
        let start = Instant::now();
        let bytes: usize = tokenizer.tokenize(text).map(|t| t.text().len()).sum();
        assert!(bytes <= text.len());
        start.elapsed().as_secs_f64()
    };
    for seed in SEEDS {
        let (short, long) = (seed.repeat(60_000 / seed.len()), seed.repeat(960_000 / seed.len()));
        time(&short);
        // 16 times the text: quadratic time would be 256 times as long. Three tries: others may take the processor.
        let ratios: Vec<f64> =
            (0..3).map(|_| time(&long) / time(&short).max(1e-4)).take_while(|r| *r >= 80.0).collect();
        assert!(ratios.len() < 3, "{seed:?}: {ratios:.0?} times the time for 16 times the text");
    }
}

#[test]
fn the_pipeline_answers_every_repeated_seed() {
    let pipeline = Pipeline::new();
    for seed in SEEDS {
        let text = seed.repeat(20_000 / seed.len());
        let document = pipeline.process(&text);
        assert!(document.sentences().count() <= document.tokens().len().max(1));
    }
}

#[test]
fn endless_words_stay_whole() {
    let stemmer = Stemmer::new();
    for word in ["ber".repeat(350_000), "-".repeat(1000), "nya-".repeat(50), "é".repeat(40), String::new()] {
        assert_eq!(stemmer.stem(&word), word.as_str());
        assert_eq!(stemmer.analyze(&word).best().root(), word);
    }
}
