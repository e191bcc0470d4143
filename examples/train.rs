//! Trains a tagger on CoNLL files of your own.
//!
//!     cargo run --release --example train -- --train a.conll --dev b.conll --output model.bin

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use tutur::NerModel;
use tutur::ner::{ConllReader, Family, LabeledSentence, Repair, Trainer, TrainerOptions};

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
    /// What training begins with: the model in the crate, a model of your own, or nothing. Labels that the model does
    /// not know begin like `O`
    #[arg(long, value_name = "shipped|nothing|FILE", default_value = "shipped")]
    from: String,
    /// How weights are learned; `perceptron` begins with nothing
    #[arg(long, value_parser = ["crf", "perceptron"], default_value = "crf")]
    family: String,
    /// File that keeps the state of the training; where it exists, training goes on from it
    #[arg(long)]
    snapshot: Option<PathBuf>,
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
        if cli.family == "perceptron" {
            options.family = Family::Perceptron;
        }
        let mut trainer = Trainer::new(options);
        match cli.from.as_str() {
            "nothing" => {}
            _ if options.family == Family::Perceptron => {}
            "shipped" => trainer = trainer.start_from(NerModel::embedded()?),
            file => trainer = trainer.start_from(common::model(Some(Path::new(file)))?),
        }
        for file in &cli.train {
            trainer.add(&read(file, repair)?, 1.0)?;
        }
        let dev = read(&cli.dev, repair)?;
        if let Some(file) = cli.snapshot.as_deref().filter(|f| f.exists()) {
            trainer = trainer.resume(std::fs::read(file).with_context(|| file.display().to_string())?);
        }
        let bar = ProgressBar::new(cli.iterations as u64);
        bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}")?);
        let quiet = !std::io::stderr().is_terminal();
        let mut kept = Ok(());
        let model = trainer.train(&dev, &mut |state| {
            bar.set_position(state.iteration as u64);
            let dev = state.dev_f1.map(|f| format!(", dev F1 {f:.2}")).unwrap_or_default();
            let line = format!("objective {:.1}{dev}", state.objective);
            if quiet && state.dev_f1.is_some() {
                eprintln!("iteration {}: {line}", state.iteration);
            }
            bar.set_message(line);
            if let (Some(file), Some(bytes)) = (&cli.snapshot, &state.snapshot) {
                kept = common::write_whole(file, bytes);
            }
            kept.is_ok()
        })?;
        kept?;
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
