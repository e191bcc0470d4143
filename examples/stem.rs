//! Stems words: one word a line in, `word<TAB>stem[<TAB>segmentation]` out.
//!
//!     printf 'membacakan\nbuku-buku\n' | cargo run --release --example stem -- --analyze

use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use tutur::Stemmer;

#[path = "common/mod.rs"]
mod common;

/// Writes each word with its stem.
#[derive(Parser)]
#[command(after_help = "Example: printf 'membacakan\\nbuku-buku\\n' | stem --analyze -")]
struct Cli {
    /// Adds the segmentation as a third column: `meN+baca+kan`
    #[arg(long)]
    analyze: bool,
    /// One word a line; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let stemmer = Stemmer::new();
        let mut out = common::stdout();
        for line in common::lines(&cli.file)? {
            let word = line?;
            write!(out, "{}\t{}", common::one_line(&word), common::one_line(&stemmer.stem(word.trim())))?;
            if cli.analyze {
                let best = stemmer.analyze(word.trim()).best().to_string();
                write!(out, "\t{}", common::one_line(&best))?;
            }
            writeln!(out)?;
        }
        out.flush()?;
        Ok(())
    })
}
