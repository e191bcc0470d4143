//! Keywords of texts: roots by how much more often than in the other texts (tf-idf); of one text alone, by frequency.
//!
//!     cargo run --release --example keywords -- --top 5 a.txt b.txt

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use tutur::{Pipeline, TokenKind};

#[path = "common/mod.rs"]
mod common;

/// Writes `FILE<TAB>ROOT<TAB>COUNT<TAB>TFIDF` for the roots that tell most about each file.
#[derive(Parser)]
#[command(after_help = "Example: keywords --top 5 a.txt b.txt")]
struct Cli {
    /// How many roots a file
    #[arg(long, default_value_t = 10)]
    top: usize,
    /// Texts; `-` is standard input; without any, an article of ours
    files: Vec<PathBuf>,
}

/// Words that every text has, one a line.
const GRAMMAR: &str = include_str!("data/kata_tugas.txt");

/// How often each root stands in `text`, without words of grammar.
fn roots(pipeline: &Pipeline, text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for token in pipeline.process(text).tokens().filter(|t| t.kind() == TokenKind::Word) {
        let stem = token.stem().to_lowercase();
        if !GRAMMAR.lines().any(|word| word == stem) {
            *counts.entry(stem).or_default() += 1;
        }
    }
    counts
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let (pipeline, texts) = (Pipeline::new(), common::texts(&cli.files)?);
        let counts: Vec<_> = texts.iter().map(|(_, text)| roots(&pipeline, text)).collect();
        let mut files_with = BTreeMap::<&str, f64>::new();
        counts.iter().flat_map(BTreeMap::keys).for_each(|root| *files_with.entry(root).or_default() += 1.0);
        let mut out = common::stdout();
        for ((name, _), counts) in texts.iter().zip(&counts) {
            let idf = |root: &str| ((1 + texts.len()) as f64 / (1.0 + files_with[root])).ln() + 1.0;
            let mut ranked: Vec<_> = counts.iter().map(|(r, &n)| (n as f64 * idf(r), r, n)).collect();
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
            for (weight, root, count) in ranked.into_iter().take(cli.top) {
                let (name, root) = (common::cell(name), common::cell(root));
                writeln!(out, "{name}\t{root}\t{count}\t{weight:.2}")?;
            }
        }
        Ok(out.flush()?)
    })
}
