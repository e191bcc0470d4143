//! tutur beside its rivals: the same text, one process, interleaved rounds. `README.md` says what is compared and how.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use record::{Record, TextFacts};

mod alone;
mod machine;
mod measure;
mod plot;
mod record;
mod report;
mod rivals;
mod text;

/// Measures tutur and its rivals on the same text and prints ratios.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    #[command(flatten)]
    run: Run,
}

#[derive(Debug, clap::Args)]
struct Run {
    /// Write the results here
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Measure the rivals that this Python can import too
    #[arg(long, value_name = "PYTHON")]
    python: Option<PathBuf>,
    /// How often everything is measured; the report has medians
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: u16,
    /// How long one measurement takes, about
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 200)]
    sample: u64,
    /// The largest text of the series by size; 1024 for a gigabyte, which takes some minutes and as much memory
    #[arg(long, value_name = "MEBIBYTES", default_value_t = 64)]
    largest: usize,
    /// A plain text; default: the articles of data/corpus
    text: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Draw the results
    Plot {
        /// Written by --json
        results: PathBuf,
        /// To be written
        svg: PathBuf,
    },
    /// Print the results as Markdown
    Report {
        /// Written by --json
        results: PathBuf,
    },
    #[command(hide = true)]
    Child {
        #[command(subcommand)]
        task: alone::child::Task,
    },
}

fn main() -> Result<()> {
    let began = Instant::now();
    let arguments = Arguments::parse();
    match &arguments.task {
        None => measure(&arguments.run),
        Some(Task::Plot { results, svg }) => plot::draw(&read(results)?, svg),
        Some(Task::Report { results }) => {
            print!("{}", report::markdown(&read(results)?));
            Ok(())
        }
        Some(Task::Child { task }) => alone::child::run(task, began),
    }
}

fn measure(run: &Run) -> Result<()> {
    let path = run.text.as_deref();
    run.python.as_deref().map_or(Ok(()), rivals::python::check)?;
    let material = text::Material::load(path)?;
    let sample = Duration::from_millis(run.sample);
    let plan = measure::Plan { clock: measure::Clock::Processor, rounds: run.rounds.into(), sample };
    let mut machine = machine::describe();
    let mut groups = rivals::measure(&plan, &material)?;
    groups.extend(alone::measure(&plan, &material, path, run.largest)?);
    let missing = match &run.python {
        // What was measured before is worth keeping.
        Some(python) => rivals::python::measure(python, plan.rounds, &material, &mut groups)
            .unwrap_or_else(|error| rivals::python::none(&format!("{error:#}"))),
        None => rivals::python::none("no Python environment was given (--python)"),
    };
    machine.load_after = machine::load();
    let text = TextFacts {
        name: material.name.clone(),
        documents: material.documents.len(),
        bytes: material.bytes(),
        tokens: rivals::tokens_of(&material),
        distinct_words: material.distinct.len(),
    };
    let (date, rounds) = (machine::date(), plan.rounds);
    let record = Record { date, command: command(run), machine, text, rounds, groups, missing };
    if let Some(file) = &run.json {
        let json = serde_json::to_string_pretty(&record)? + "\n";
        fs::write(file, json).with_context(|| file.display().to_string())?;
    }
    print!("{}", report::tables(&record));
    Ok(())
}

/// How a run like this one is started.
fn command(run: &Run) -> String {
    let mut command =
        "cargo run --release --manifest-path bench-compare/Cargo.toml -- --json FILE".to_owned();
    if run.python.is_some() {
        command.push_str(" --python PYTHON");
    }
    command.push_str(&format!(" --rounds {} --sample {} --largest {}", run.rounds, run.sample, run.largest));
    if run.text.is_some() {
        command.push_str(" TEXT");
    }
    command
}

fn read(results: &Path) -> Result<Record> {
    let json = fs::read_to_string(results).with_context(|| results.display().to_string())?;
    serde_json::from_str(&json).with_context(|| format!("{} is not a file of results", results.display()))
}
