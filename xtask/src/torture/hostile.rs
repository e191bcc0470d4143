//! Every hostile text through every stage: nanoseconds a byte beside those of news in the same run, and memory.

use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use tutur::{Pipeline, Stemmer, Token, TokenKind, Tokenizer};

use super::inputs::{self, INPUTS};
use super::{Effort, MEMORY, Tried, news};

/// Times the nanoseconds a byte of news, beyond which the pipeline is too slow, and a stage alone: tokens and sentences of
/// news take so little that a token a byte, or one that is decoded, shows.
const SLOWEST: [f64; 4] = [25.0, 10.0, 4.0, 3.0];
/// The most held beyond the finished document: so many bytes a byte of text, and so many times the document, which is
/// large where a byte is a token. Growing a list holds the old and the new one at once.
const LARGEST: (f64, f64) = (10.0, 4.0);

/// What is wanted of all.
const WANTED: f64 = 3.0;

const STAGES: [&str; 4] = ["tokens", "sentences", "stems", "pipeline"];

struct Cost {
    /// Nanoseconds a byte, of the stages.
    time: [f64; 4],
    /// Bytes a byte of text: the finished document, and the most held at once beyond it.
    document: f64,
    working: f64,
}

pub(super) fn run(root: &Path, effort: Effort) -> Result<Vec<Tried>> {
    let bytes = effort.choose(1 << 18, 4 << 20);
    let stages = Stages { tokenizer: Tokenizer::new(), stemmer: Stemmer::new(), pipeline: Pipeline::new() };
    let mut ordinary = news(root)?.join("\n\n");
    while ordinary.len() < bytes {
        ordinary.push_str("\n\n");
        ordinary.extend_from_within(..);
    }
    let ordinary = inputs::cut(&ordinary, bytes).to_owned();
    stages.cost(&ordinary);
    let usual = stages.cost(&ordinary);
    println!(
        "ns a byte and times those of news; bytes a byte of text: the document, and what else was held at once\n"
    );
    println!(
        "| {bytes} bytes of | tokens | sentences | stems | pipeline | document | working |\n|---|---|---|---|---|---|---|"
    );
    show("news", &usual, &usual);
    let (mut failures, mut above) = (Vec::new(), 0);
    for input in INPUTS {
        let text = input.text(bytes);
        let Ok(mut cost) = catch_unwind(AssertUnwindSafe(|| stages.cost(&text))) else {
            failures.push(format!("{}: panic", input.name));
            continue;
        };
        // Others may have had the processor: what is slow is measured again, news beside it.
        let mut beside = usual.time;
        for _ in 0..3 {
            if !too_slow(&cost.time, &beside) {
                break;
            }
            cost.time = least(cost.time, stages.cost(&text).time);
            beside = stages.cost(&ordinary).time;
        }
        show(input.name, &cost, &Cost { time: beside, ..usual });
        for (index, stage) in STAGES.iter().enumerate() {
            let ratio = cost.time[index] / beside[index];
            above += usize::from(ratio > WANTED);
            if ratio > SLOWEST[index] {
                failures.push(format!("{}: {stage} take {ratio:.1} times the time of news", input.name));
            }
        }
        if cost.working > LARGEST.0 + LARGEST.1 * cost.document {
            failures.push(format!("{}: {:.1} bytes a byte beyond the document", input.name, cost.working));
        }
    }
    let answer = format!(
        "pipeline at most {WANTED} times news a byte; {above} stages alone above that, none above {} times; \
        memory at most {} times the text and {} times the document beyond it",
        SLOWEST[0], LARGEST.0, LARGEST.1
    );
    Ok(vec![Tried {
        what: format!("hostile texts of {bytes} bytes"),
        times: INPUTS.len() * STAGES.len(),
        answer,
        failures,
    }])
}

fn too_slow(time: &[f64; 4], beside: &[f64; 4]) -> bool {
    time.iter().zip(beside).zip(SLOWEST).any(|((t, b), slowest)| t / b > slowest)
}

fn least(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    std::array::from_fn(|i| a[i].min(b[i]))
}

fn show(name: &str, cost: &Cost, usual: &Cost) {
    print!("| {name} |");
    for (time, usual) in cost.time.iter().zip(usual.time) {
        print!(" {time:.1} ({:.1}) |", time / usual);
    }
    println!(" {:.1} | {:.1} |", cost.document, cost.working);
}

struct Stages {
    tokenizer: Tokenizer,
    stemmer: Stemmer<'static>,
    pipeline: Pipeline,
}

impl Stages {
    /// What `text` costs. Each stage alone, given what the stages before it found; the pipeline has all of them.
    fn cost(&self, text: &str) -> Cost {
        let per_byte = |work: &mut dyn FnMut()| {
            let begun = Instant::now();
            work();
            begun.elapsed().as_secs_f64() * 1e9 / text.len().max(1) as f64
        };
        let tokens = per_byte(&mut || {
            black_box(self.tokenizer.tokenize(text).count());
        });
        let list: Vec<Token<'_>> = self.tokenizer.tokenize(text).collect();
        let splitter = tutur::SentenceSplitter::new();
        let mut ends = Vec::with_capacity(list.len());
        let sentences = per_byte(&mut || splitter.split(text, &list, &mut ends));
        let stems = per_byte(&mut || {
            for token in list.iter().filter(|t| t.kind() == TokenKind::Word) {
                black_box(self.stemmer.stem(token.text()));
            }
        });
        drop((list, ends));
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let mut held = 0;
        let pipeline = per_byte(&mut || {
            let document = self.pipeline.process(text);
            held = MEMORY.current_usage().saturating_sub(before);
            drop(black_box(document));
        });
        let most = MEMORY.peak_usage().saturating_sub(before);
        let share = |bytes: usize| bytes as f64 / text.len().max(1) as f64;
        Cost {
            time: [tokens, sentences, stems, pipeline],
            document: share(held),
            working: share(most.saturating_sub(held)),
        }
    }
}
