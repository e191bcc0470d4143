//! Hostile texts: an answer, in steps that are linear and few.
//!
//! Steps are instructions, counted by callgrind: of the same program with the same text they are the same on every run and
//! every machine of a kind, and the library needs no counters in its innermost loops. Where Valgrind is not installed, the
//! times of a text and of one sixteen times as long are what is left.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use inputs::INPUTS;
use tutur::{Pipeline, Stemmer, Tokenizer};

#[path = "hostile/inputs.rs"]
mod inputs;
#[path = "../benches/common/mod.rs"]
mod news;

/// Bytes of a short text and of a long one.
const SHORT: usize = 1 << 11;
const LONG: usize = 1 << 14;

/// Times the steps of the short text, beyond which the long one is not linear; its length is eight times that of the other.
const LINEAR: f64 = 10.0;
/// Times the steps that a byte of news takes. In time, and optimised, it is three: `cargo xtask torture`.
const MOST: f64 = 4.5;

/// News, then the hostile texts.
fn all() -> Vec<(&'static str, [String; 2])> {
    let [(_, news), _] = news::corpora();
    let news = [SHORT, LONG].map(|bytes| inputs::cut(&news, bytes).to_owned());
    let hostile = INPUTS.iter().map(|input| (input.name, [SHORT, LONG].map(|bytes| input.text(bytes))));
    std::iter::once(("news", news)).chain(hostile).collect()
}

/// What is counted: callgrind knows it by this name, and the next one as the place where it writes what it has counted.
#[inline(never)]
fn counted_by_callgrind(pipeline: &Pipeline, text: &str) -> usize {
    pipeline.process(text).tokens().len()
}

#[inline(never)]
fn callgrind_writes_here(tokens: usize) -> usize {
    black_box(tokens)
}

#[test]
#[ignore = "the work that callgrind counts"]
fn work() {
    let pipeline = Pipeline::new();
    // Opens what is opened at the first use.
    drop(pipeline.process("Menteri Sergey Lavrov tiba di Palu."));
    for (_, texts) in all() {
        for text in texts {
            assert!(callgrind_writes_here(counted_by_callgrind(&pipeline, &text)) <= text.len());
        }
    }
}

#[test]
fn steps_are_linear_and_few_times_those_of_news() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*counted_by_callgrind*"]);
    command.arg("--dump-after=*callgrind_writes_here*");
    command.arg(format!("--callgrind-out-file={}/steps", folder.path().display()));
    command.arg(std::env::current_exe().unwrap()).args(["--ignored", "--exact", "work", "--test-threads=1"]);
    let Ok(output) = command.output() else {
        println!("skipped: valgrind is not installed; times of tokens instead");
        times_are_linear();
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // A file for each text, numbered from 1.
    let steps = |number: usize| -> f64 {
        let file = std::fs::read_to_string(folder.path().join(format!("steps.{number}"))).unwrap();
        file.lines().find_map(|line| line.strip_prefix("totals: ")).unwrap().parse().unwrap()
    };
    let (mut usual, mut wrong) = (0.0, Vec::new());
    println!("steps of the pipeline a byte: of the short text, of the long one, times those of news");
    for (at, (name, [short, long])) in all().iter().enumerate() {
        let (few, many) = (steps(2 * at + 1), steps(2 * at + 2));
        let each = |steps: f64, text: &str| steps / text.len() as f64;
        if at == 0 {
            usual = each(many, long);
        }
        let times = each(many, long) / usual;
        println!("{name:34} {:7.0} {:7.0} {times:5.2}", each(few, short), each(many, long));
        if many > LINEAR * few || times > MOST {
            wrong.push(format!("{name}: {:.1} times the steps, {times:.2} times news", many / few));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

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

/// What is left without callgrind: of a busy machine it may say anything.
fn times_are_linear() {
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
