//! `cargo xtask`: builds the data files, trains the shipped model, measures, checks.

mod corpus;
mod lexicon;
mod names;
mod tokenizer;
mod tsv;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Builds tutur's data files, trains its model and measures it")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds data/*.bin from data/**/*.tsv
    Data,
    /// Builds the same in memory and fails where a committed file differs
    Check,
}

/// A data file: its name below `data/` and what builds its bytes from the TSV files of that folder.
type Builder = fn(&Path) -> Result<Vec<u8>>;

const FILES: &[(&str, Builder)] =
    &[("lexicon.bin", lexicon::build), ("names.bin", names::build), ("tokenizer.bin", tokenizer::build)];

fn main() -> Result<()> {
    let data = root().join("data");
    match Cli::parse().command {
        Command::Data => {
            for (name, build) in FILES {
                let bytes = build(&data).with_context(|| format!("building {name}"))?;
                std::fs::write(data.join(name), &bytes).with_context(|| format!("writing {name}"))?;
                println!("data/{name}: {} bytes", bytes.len());
            }
        }
        Command::Check => {
            for (name, build) in FILES {
                let bytes = build(&data).with_context(|| format!("building {name}"))?;
                let committed = std::fs::read(data.join(name)).with_context(|| format!("reading {name}"))?;
                anyhow::ensure!(
                    bytes == committed,
                    "data/{name} is not what its sources give: run `cargo xtask data`"
                );
                println!("data/{name}: as generated");
            }
        }
    }
    Ok(())
}

/// The project's root, whatever folder the command was started in.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_path_buf()
}
