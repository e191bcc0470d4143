//! Terms for a search index: each word under its root and as written, with its position and bytes.
//!
//!     cargo run --release --example search_terms -- berita.txt

use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use tutur::{Pipeline, TokenKind};

#[path = "common/mod.rs"]
mod common;

/// Writes `FILE<TAB>TERM<TAB>POSITION<TAB>START<TAB>END`, in order; terms at one position stand for the same word.
#[derive(Parser)]
#[command(after_help = "Example: search_terms berita.txt")]
struct Cli {
    /// Roots only, without the words as written
    #[arg(long)]
    roots: bool,
    /// Texts; `-` is standard input; without any, an article of ours
    files: Vec<PathBuf>,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let pipeline = Pipeline::builder().layout(false).build()?;
        let mut out = common::stdout();
        for (name, text) in common::texts(&cli.files)? {
            let (name, document) = (common::one_line(&name), pipeline.process(&text));
            let marks = [TokenKind::Punctuation, TokenKind::Symbol, TokenKind::Emoticon];
            // Positions count words, so that a phrase is a run of positions whatever marks stand between.
            for (position, token) in document.tokens().filter(|t| !marks.contains(&t.kind())).enumerate() {
                let (root, surface) = (token.stem().to_lowercase(), token.text().to_lowercase());
                let range = token.range();
                let place = format!("{position}\t{}\t{}", range.start, range.end);
                writeln!(out, "{name}\t{}\t{place}", common::one_line(&root))?;
                if surface != root && !cli.roots {
                    writeln!(out, "{name}\t{}\t{place}", common::one_line(&surface))?;
                }
            }
        }
        Ok(out.flush()?)
    })
}
