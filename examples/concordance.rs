//! Keyword in context: every form of a root, with the words around it, in columns.
//!
//!     cargo run --release --example concordance -- bicara berita.txt

use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use tutur::{Hint, Pipeline, Stemmer};

#[path = "common/mod.rs"]
mod common;

/// Shows every form of a root in its context: `bicara` finds `berbicara`, `pembicaraan`, `membicarakan`.
#[derive(Parser)]
#[command(after_help = "Example: concordance --width 30 bicara berita.txt")]
struct Cli {
    /// Characters of context on each side
    #[arg(long, default_value_t = 40)]
    width: usize,
    /// A root, or any form of it
    word: String,
    /// Texts; `-` is standard input; without any, an article of ours
    files: Vec<PathBuf>,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let root = Stemmer::new().stem_hinted(&cli.word, Hint::Common).into_owned();
        let pipeline = Pipeline::builder().layout(false).build()?;
        let mut lines = Vec::new();
        for (name, text) in common::texts(&cli.files)? {
            let document = pipeline.process(&text);
            for token in document.tokens().filter(|t| t.stem().to_lowercase() == root) {
                let Some(sentence) = token.sentence() else { continue };
                let part = |from, to| common::one_line(text.get(from..to).unwrap_or_default()).into_owned();
                let before = part(sentence.range().start, token.range().start);
                let after = part(token.range().end, sentence.range().end);
                let cut = before.chars().count().saturating_sub(cli.width);
                let left: String = before.chars().skip(cut).collect();
                let right: String = after.chars().take(cli.width).collect();
                let source = if cli.files.len() > 1 {
                    format!("\t{}", common::one_line(&name))
                } else {
                    String::new()
                };
                lines.push((left, format!("[{}]", common::one_line(token.text())), right + &source));
            }
        }
        // Columns are as wide as their widest entry, counted in characters, as padding counts them.
        let width = |texts: &mut dyn Iterator<Item = &String>| texts.map(|t| t.chars().count()).max();
        let left = width(&mut lines.iter().map(|l| &l.0)).unwrap_or_default();
        let middle = width(&mut lines.iter().map(|l| &l.1)).unwrap_or_default();
        let mut out = common::stdout();
        for (before, form, after) in &lines {
            writeln!(out, "{before:>left$}{form:middle$}{after}")?;
        }
        Ok(out.flush()?)
    })
}
