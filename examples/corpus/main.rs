//! Analyses many documents on all cores: a folder of `.txt` files or a JSONL file in, JSONL out, in order.
//!
//!     cargo run --release --example corpus -- artikel/ --output hasil.jsonl

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde_json::Value;
use tutur::render::json::JsonDocument;
use tutur::{OffsetUnit, Pipeline};

#[path = "common/mod.rs"]
mod common;

/// Analyses a folder of .txt files, or a file of one `{"id","text"}` a line, and writes one JSON document a line.
#[derive(Parser)]
#[command(after_help = "Example: corpus artikel/ --output hasil.jsonl")]
struct Cli {
    /// Folder of .txt files (the file name is the id) or JSONL file; `-` is JSONL on standard input
    input: PathBuf,
    /// Where the documents go; standard output without it
    #[arg(long)]
    output: Option<PathBuf>,
    /// Documents analysed at a time
    #[arg(long, default_value_t = 256)]
    batch: usize,
}

/// A document, or why there is none.
type Record = Result<(Option<Value>, String)>;

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    let mut failed = 0u64;
    let done = common::run(|| {
        let records: Box<dyn Iterator<Item = Record>> =
            if cli.input.is_dir() { Box::new(folder(&cli.input)?) } else { Box::new(jsonl(&cli.input)?) };
        let mut out: Box<dyn Write> = match &cli.output {
            Some(file) => {
                let created =
                    File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
                Box::new(BufWriter::new(created))
            }
            None => Box::new(common::stdout()),
        };
        failed = analyse(records, cli.batch.max(1), &mut out)?;
        out.flush()?;
        Ok(())
    });
    if failed > 0 { std::process::ExitCode::from(2) } else { done }
}

/// Analyses batch by batch, so that memory is bounded and the order kept. Returns the number of records that failed.
fn analyse(mut records: impl Iterator<Item = Record>, batch: usize, out: &mut dyn Write) -> Result<u64> {
    let pipeline = Pipeline::new();
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}, {elapsed} {msg}")?);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    let (mut done, mut failed) = (0u64, 0u64);
    loop {
        let mut part = Vec::new();
        let mut taken = 0usize;
        for record in records.by_ref().take(batch) {
            taken += 1;
            match record {
                Ok(document) => part.push(document),
                Err(error) => {
                    bar.suspend(|| eprintln!("error: {error:#}"));
                    failed += 1;
                }
            }
        }
        let read = part.len();
        let lines: Vec<Result<String>> = part
            .into_par_iter()
            .map_init(
                || pipeline.worker(),
                |worker, (id, text)| {
                    let mut data = serde_json::to_value(JsonDocument::new(
                        &worker.process(&text),
                        None,
                        OffsetUnit::Bytes,
                    ))?;
                    if let (Some(id), Some(fields)) = (id, data.as_object_mut()) {
                        fields.insert("id".to_owned(), id);
                    }
                    Ok(format!("{data}\n"))
                },
            )
            .collect();
        for line in lines {
            out.write_all(line?.as_bytes())?;
        }
        done += read as u64;
        bar.set_position(done);
        if taken == 0 {
            break;
        }
    }
    bar.finish();
    eprintln!("{done} documents, {failed} records failed");
    Ok(failed)
}

/// The .txt files of a folder by name. One that is not UTF-8 fails alone.
fn folder(folder: &Path) -> Result<impl Iterator<Item = Record> + use<>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    anyhow::ensure!(!files.is_empty(), "{} holds no .txt file", folder.display());
    Ok(files.into_iter().map(|file| {
        let id = file.file_stem().map(|s| Value::from(s.to_string_lossy().into_owned()));
        Ok((id, common::read_all(&file)?))
    }))
}

fn jsonl(file: &Path) -> Result<impl Iterator<Item = Record> + use<>> {
    let name = file.display().to_string();
    let lines = common::lines(file)?.enumerate();
    Ok(lines.filter_map(move |(index, line)| match line {
        Ok(line) if line.trim().is_empty() => None,
        Ok(line) => Some(common::record(&line).with_context(|| format!("{name}:{}", index + 1))),
        Err(error) => Some(Err(error)),
    }))
}
