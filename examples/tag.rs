//! Tags tokens: CoNLL in (first column), `TOKEN<TAB>TAG` out.
//!
//!     printf 'Lavrov\ntiba\ndi\nBrussels\n' | cargo run --release --example tag

use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use tutur::ner::{ConllReader, NerModel, Repair};

#[path = "common/mod.rs"]
mod common;

/// Writes each token with its IOB2 tag.
#[derive(Parser)]
#[command(after_help = "Example: printf 'Lavrov\\ntiba\\ndi\\nBrussels\\n' | tag -")]
struct Cli {
    /// A model of your own instead of the one in the crate
    #[arg(long)]
    model: Option<PathBuf>,
    /// Tokens, one a line, an empty line after each sentence; `-` is standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let model = common::model(cli.model.as_deref())?;
        let mut reader =
            ConllReader::new(common::reader(&cli.file)?, &cli.file.display().to_string(), Repair::Fix);
        let mut out = common::stdout();
        let mut words = Vec::new();
        while reader.next_words(&mut words)? {
            let borrowed: Vec<&str> = words.iter().map(String::as_str).collect();
            for (word, tag) in words.iter().zip(NerModel::tags(&model, &borrowed)) {
                writeln!(out, "{}\t{}", common::one_line(word), common::one_line(&tag))?;
            }
            writeln!(out)?;
        }
        out.flush()?;
        Ok(())
    })
}
