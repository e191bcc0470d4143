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
        for (_, text) in common::texts(&cli.files)? {
            let document = pipeline.process(&text);
            for token in document.tokens().filter(|t| t.stem().to_lowercase() == root) {
                let Some(sentence) = token.sentence() else { continue };
                let (around, found) = (sentence.range(), token.range());
                let before = common::one_line(text.get(around.start..found.start).unwrap_or_default());
                let after = common::one_line(text.get(found.end..around.end).unwrap_or_default());
                let cut = before.chars().count().saturating_sub(cli.width);
                let left: String = before.chars().skip(cut).collect();
                lines.push((
                    left,
                    token.text().to_owned(),
                    after.chars().take(cli.width).collect::<String>(),
                ));
            }
        }
        // Columns are as wide as their widest entry, counted in characters.
        let wide = |column: fn(&(String, String, String)) -> &str| {
            lines.iter().map(|l| column(l).chars().count()).max().unwrap_or_default()
        };
        let (left, middle) = (wide(|l| &l.0), wide(|l| &l.1));
        let mut out = common::stdout();
        for (before, form, after) in &lines {
            writeln!(out, "{before:>left$}[{form}]{:pad$}{after}", "", pad = middle - form.chars().count())?;
        }
        Ok(out.flush()?)
    })
}
