//! Trains a tagger on CoNLL files of your own.
//!
//!     cargo run --release --example train -- --train a.conll --dev b.conll --output model.bin

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use tutur::ner::{ConllReader, LabeledSentence, Repair, Trainer, TrainerOptions};

#[path = "common/mod.rs"]
mod common;

/// Trains a tagger from `TOKEN<TAB>TAG` files (IOB2, any labels).
#[derive(Parser)]
#[command(after_help = "Example: train --train a.conll b.conll --dev dev.conll --output model.bin")]
struct Cli {
    /// Files to learn from
    #[arg(long, required = true, num_args = 1..)]
    train: Vec<PathBuf>,
    /// File that chooses the iteration
    #[arg(long)]
    dev: PathBuf,
    /// Where the model goes
    #[arg(long)]
    output: PathBuf,
    /// Starts from small random weights; 0 starts from none
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Weight of the L1 penalty
    #[arg(long, default_value_t = TrainerOptions::default().l1)]
    l1: f64,
    /// Weight of the L2 penalty
    #[arg(long, default_value_t = TrainerOptions::default().l2)]
    l2: f64,
    /// Most iterations
    #[arg(long, default_value_t = TrainerOptions::default().iterations)]
    iterations: usize,
    /// Begins with the weights of the model in the crate
    #[arg(long)]
    from_shipped: bool,
    /// Refuses tags that are not IOB2 instead of mending them
    #[arg(long)]
    strict: bool,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let repair = if cli.strict { Repair::Strict } else { Repair::Fix };
        let mut options = TrainerOptions::default();
        (options.seed, options.l1, options.l2, options.iterations) =
            (cli.seed, cli.l1, cli.l2, cli.iterations);
        let mut trainer = Trainer::new(options);
        if cli.from_shipped {
            trainer = trainer.start_from(tutur::NerModel::embedded()?);
        }
        for file in &cli.train {
            trainer.add(&read(file, repair)?, 1.0)?;
        }
        let dev = read(&cli.dev, repair)?;
        let bar = ProgressBar::new(cli.iterations as u64);
        bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}")?);
        let quiet = !std::io::stderr().is_terminal();
        let model = trainer.train(&dev, &mut |state| {
            bar.set_position(state.iteration as u64);
            let dev = state.dev_f1.map(|f| format!(", dev F1 {f:.2}")).unwrap_or_default();
            let line = format!("objective {:.1}{dev}", state.objective);
            if quiet && state.dev_f1.is_some() {
                eprintln!("iteration {}: {line}", state.iteration);
            }
            bar.set_message(line);
            true
        })?;
        bar.finish();
        common::write_whole(&cli.output, model.to_bytes())?;
        eprintln!("{}: {} bytes", cli.output.display(), model.to_bytes().len());
        Ok(())
    })
}

fn read(file: &Path, repair: Repair) -> Result<Vec<LabeledSentence>> {
    let mut reader = ConllReader::new(common::reader(file)?, &file.display().to_string(), repair);
    let sentences = reader.read_all()?;
    if reader.repaired() > 0 {
        eprintln!("warning: {}: {} tags were not IOB2 and were mended", file.display(), reader.repaired());
    }
    (!sentences.is_empty())
        .then_some(sentences)
        .with_context(|| format!("{} holds no sentence", file.display()))
}
