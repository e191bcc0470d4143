//! Measures a tagger on a labelled file.
//!
//!     cargo run --release --example evaluate -- --test test.conll

use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use tutur::ner::{ConllReader, Evaluation, Repair, Score};

#[path = "common/mod.rs"]
mod common;

/// Entity precision, recall and F1, exact span and label.
#[derive(Parser)]
#[command(after_help = "Example: evaluate --model model.bin --test test.conll")]
struct Cli {
    /// A model of your own instead of the one in the crate
    #[arg(long)]
    model: Option<PathBuf>,
    /// `TOKEN<TAB>TAG` lines
    #[arg(long)]
    test: PathBuf,
    /// How many of the most frequent errors to list
    #[arg(long, default_value_t = 20)]
    errors: usize,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let model = common::model(cli.model.as_deref())?;
        let name = cli.test.display().to_string();
        let gold = ConllReader::new(common::reader(&cli.test)?, &name, Repair::Fix).read_all()?;
        let result = Evaluation::of(&model, &gold);
        let mut out = common::stdout();
        writeln!(out, "{:10} {:>6} {:>6} {:>6} {:>6}", "", "P", "R", "F1", "gold")?;
        let mut line = |name: &str, s: Score| {
            writeln!(out, "{name:10} {:6.2} {:6.2} {:6.2} {:6}", s.precision(), s.recall(), s.f1(), s.gold)
        };
        for (kind, score) in result.kinds() {
            line(kind, score)?;
        }
        line("all", result.all())?;
        line("overlap", result.overlap())?;
        let (low, high) = result.interval();
        writeln!(out, "F1 lies between {low:.2} and {high:.2} (95 %, bootstrap over sentences)")?;
        writeln!(out, "expected calibration error {:.3}", result.calibration_error())?;
        for bin in result.calibration().iter().filter(|b| b.found > 0) {
            let (mean, right) = (bin.sum / bin.found as f64, bin.right as f64 / bin.found as f64);
            writeln!(out, "  probability {mean:.2}: {right:.2} of {} right", bin.found)?;
        }
        for (words, gold, found, count) in result.errors(cli.errors) {
            writeln!(out, "{count:5} {words}: {gold}, found {found}")?;
        }
        out.flush()?;
        Ok(())
    })
}
