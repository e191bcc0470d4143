//! `cargo xtask`: builds the data files, trains the shipped model, measures, checks.

mod api;
mod conll;
mod corpus;
mod eval;
mod layout;
mod lexicon;
mod names;
mod shipped;
mod study;
mod tokenizer;
mod torture;
mod tsv;
mod usage;

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
    /// Trains data/ner.bin; needs the public corpora
    TrainShipped {
        /// Folder that holds corpora/ner and lexicon
        #[arg(long, default_value = "../shared")]
        shared: PathBuf,
        /// Where the model goes
        #[arg(long, default_value = "data/ner.bin")]
        output: PathBuf,
    },
    /// Writes data/names/{usage,mined}.tsv: how the shipped model labels the raw text
    Usage {
        /// Folder that holds corpora/raw
        #[arg(long, default_value = "../shared")]
        shared: PathBuf,
    },
    /// Learns src/layout/weights.rs from the training part of data/corpus and the pages of data/layout
    TrainLayout,
    /// Measures what ships and writes ACCURACY.md; needs the development data
    Eval {
        /// Folder that holds gold and corpora
        #[arg(long, default_value = "../shared")]
        shared: PathBuf,
    },
    /// Experiments with the tagger, written to docs/study-*.md; takes half an hour and needs the public corpora
    Study {
        /// Models of one public corpus each, or variants of the shipped one
        subject: study::Subject,
        /// Folder that holds corpora/ner and lexicon
        #[arg(long, default_value = "../shared")]
        shared: PathBuf,
    },
    /// Hostile texts, damaged data, threads and kills: a table of what was tried, and a failure where something broke
    Torture {
        /// How long to go on; 0 is the short form, which the gate runs
        #[arg(long, default_value_t = 0)]
        minutes: u64,
        /// Another number tries other damage and kills at other moments
        #[arg(long, default_value_t = 20_261_125)]
        seed: u64,
    },
    /// Writes the public API, a line an item, to docs/public-api.txt; needs a nightly toolchain
    PublicApi {
        /// Compares instead, and fails where the file is another
        #[arg(long)]
        check: bool,
    },
    /// Writes what fuzzing of binary files begins with to fuzz/seeds
    FuzzSeeds,
    /// The annotated corpus in data/corpus
    Corpus {
        #[command(subcommand)]
        command: CorpusCommand,
    },
}

#[derive(Subcommand)]
enum CorpusCommand {
    /// Sizes by part and genre, and what it shares with the public corpora where they are there
    Stats {
        /// Folder that holds corpora/ner
        #[arg(long, default_value = "../shared")]
        shared: PathBuf,
    },
    /// Probable oversights; fails where there are new ones
    Check,
    /// Compares a second annotation of the same texts, in the same format, with the corpus
    Agreement {
        /// Folder of the second annotation
        second: PathBuf,
    },
    /// The pieces as JSON, one a line, offsets in characters
    Jsonl {
        /// Only this part
        #[arg(long, value_enum)]
        part: Option<corpus::Part>,
    },
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
        Command::TrainShipped { shared, output } => {
            let model = shipped::train(&shared, &data, &shipped::Recipe::default())?;
            std::fs::write(&output, &model).with_context(|| format!("writing {}", output.display()))?;
            println!("{}: {} bytes", output.display(), model.len());
        }
        Command::Usage { shared } => usage::write(&shared.join("corpora/raw"), &data)?,
        Command::TrainLayout => {
            let table =
                layout::train(&corpus::read(&data.join("corpus"))?, &corpus::read(&data.join("layout"))?);
            std::fs::write(root().join("src/layout/weights.rs"), table).context("writing the weights")?;
        }
        Command::Eval { shared } => {
            let report = eval::report(&shared, &data)?;
            std::fs::write(root().join("ACCURACY.md"), &report).context("writing ACCURACY.md")?;
            print!("{report}");
        }
        Command::Study { subject, shared } => {
            let (name, report) = match subject {
                study::Subject::OwnSplit => ("own-split", study::own_split(&shared)?),
                study::Subject::Shipped => ("shipped", study::shipped(&shared, &data)?),
            };
            let file = root().join(format!("docs/study-{name}.md"));
            std::fs::write(&file, &report).with_context(|| format!("writing {}", file.display()))?;
            print!("{report}");
        }
        Command::Torture { minutes, seed } => torture::run(&root(), minutes, seed)?,
        Command::PublicApi { check } => api::run(&root(), check)?,
        Command::FuzzSeeds => torture::write_seeds(&root())?,
        Command::Corpus { command } => {
            let folder = data.join("corpus");
            let pieces = corpus::read(&folder)?;
            match command {
                CorpusCommand::Stats { shared } => {
                    corpus::stats(&pieces);
                    match shared.join("corpora/ner").exists() {
                        true => corpus::overlap(&pieces, &shared)?,
                        false => {
                            println!("\nwithout the public corpora: they are not in {}", shared.display())
                        }
                    }
                }
                CorpusCommand::Agreement { second } => corpus::agreement(&pieces, &corpus::read(&second)?),
                CorpusCommand::Jsonl { part } => corpus::print_jsonl(&pieces, part),
                CorpusCommand::Check => {
                    let read = std::fs::read_to_string(folder.join("reviewed.tsv")).unwrap_or_default();
                    let found = corpus::check(&pieces, &read.lines().map(str::to_owned).collect());
                    anyhow::ensure!(found == 0, "{found} findings that were not reviewed");
                    println!("{} pieces: nothing new", pieces.len());
                }
            }
        }
    }
    Ok(())
}

/// The project's root, whatever folder the command was started in.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_path_buf()
}
