//! Masks the people of a text: the same person is `[ORANG 1]` at every mention, all else stays as it was to the byte.
//!
//!     cargo run --release --example anonymize -- berita.txt > anonim.txt

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use tutur::{EntityKind, Pipeline};

#[path = "common/mod.rs"]
mod common;

/// Replaces names of people by `[ORANG n]`. Finds most names, not all: read the result before you publish it.
#[derive(Parser)]
#[command(after_help = "Example: anonymize --word NAMA berita.txt")]
struct Cli {
    /// What stands before the number
    #[arg(long, default_value = "ORANG")]
    word: String,
    /// The text; `-` is standard input; without it, an article of ours
    file: Option<PathBuf>,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        // Low probabilities are kept: a name too many does less harm than one too few.
        let pipeline = Pipeline::new();
        let mut out = common::stdout();
        for (_, text) in common::texts(cli.file.as_slice())? {
            let document = pipeline.process(&text);
            let mut numbers = BTreeMap::new();
            let mut at = 0;
            for person in document.entities().filter(|e| e.kind() == EntityKind::Person) {
                let next = numbers.len() + 1;
                let number = numbers.entry(person.chain().index()).or_insert(next);
                let (before, mask) = (at..person.range().start, format!("[{} {number}]", cli.word));
                out.write_all(text.get(before).unwrap_or_default().as_bytes())?;
                out.write_all(mask.as_bytes())?;
                at = person.range().end;
            }
            out.write_all(text.get(at..).unwrap_or_default().as_bytes())?;
        }
        Ok(out.flush()?)
    })
}
