//! Analyses a text: sentences, tokens, stems, entities, layout.
//!
//!     cargo run --release --example analyze
//!     cargo run --release --example analyze -- --format json berita.txt
//!     cargo run --release --example analyze -- --rules examples/data/aturan.tsv

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use serde_json::Value;
use tutur::ner::NerModel;
use tutur::render::json::JsonDocument;
use tutur::render::{Style, conllu, html, pretty};
use tutur::{Conventions, Document, EntityRules, OffsetUnit, Pipeline, Tokenizer, Worker};

#[path = "common/mod.rs"]
mod common;

/// Analyses Indonesian text: sentences, tokens, stems, people, organizations and places.
#[derive(Parser)]
#[command(after_help = "Example: analyze --format json --offsets chars berita.txt")]
struct Cli {
    /// What comes in: one text, or one `{"id","text"}` a line
    #[arg(long, value_enum, default_value = "text")]
    input: Input,
    /// What goes out
    #[arg(long, value_enum, default_value = "pretty")]
    format: Format,
    /// What offsets count
    #[arg(long, value_enum, default_value = "bytes")]
    offsets: Offsets,
    /// Whose token and sentence conventions to follow
    #[arg(long, value_enum, default_value = "default")]
    conventions: Convention,
    /// A model of your own, as `train` writes it, instead of the shipped one
    #[arg(long)]
    model: Option<PathBuf>,
    /// Names and patterns of your own, `.tsv` or `.jsonl` as the module `rules` tells; may be given several times
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
    /// Writes to a file instead of standard output; the file is whole or not there
    #[arg(long)]
    output: Option<PathBuf>,
    /// The text; `-` is standard input; without it, an article of ours
    file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Input {
    Text,
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Pretty,
    Json,
    Jsonl,
    Conllu,
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum Offsets {
    Bytes,
    Chars,
}

#[derive(Clone, Copy, ValueEnum)]
enum Convention {
    Default,
    UdGsd,
}

const SAMPLE: &str = include_str!("data/berita.txt");

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    let mut failed = 0;
    let done = common::run(|| {
        let mut bytes = Vec::new();
        if cli.output.is_some() {
            failed = work(&cli, &mut bytes)?;
        } else {
            let mut out = common::stdout();
            failed = work(&cli, &mut out)?;
            out.flush()?;
        }
        cli.output.as_deref().map_or(Ok(()), |file| common::write_whole(file, &bytes))
    });
    if failed > 0 { std::process::ExitCode::from(2) } else { done }
}

/// Writes every document; returns how many records were not read.
fn work(cli: &Cli, out: &mut dyn Write) -> Result<usize> {
    let conventions = match cli.conventions {
        Convention::Default => Conventions::Default,
        Convention::UdGsd => Conventions::UdGsd,
    };
    let tokenizer = Tokenizer::builder().conventions(conventions).build()?;
    let mut builder = Pipeline::builder().tokenizer(tokenizer);
    let mut rules = EntityRules::builder();
    if let Some(file) = &cli.model {
        let bytes = std::fs::read(file).with_context(|| format!("reading {}", file.display()))?;
        let model = NerModel::from_bytes(bytes).with_context(|| file.display().to_string())?;
        rules = rules.labels_of(&model);
        builder = builder.tagger(model);
    }
    for file in &cli.rules {
        rules = rules.file(file)?;
    }
    if !cli.rules.is_empty() {
        builder = builder.rules(rules.build()?);
    }
    let mut worker = builder.build()?.worker();
    let Some(file) = cli.file.as_deref() else {
        write_document(cli, &worker.process(SAMPLE), None, out)?;
        return Ok(0);
    };
    match cli.input {
        Input::Text => {
            let text = common::read_all(file)?;
            write_document(cli, &worker.process(&text), None, out)?;
            Ok(0)
        }
        Input::Jsonl => records(cli, file, &mut worker, out),
    }
}

/// One document a line; a line that cannot be read is reported and the others are still written.
fn records(cli: &Cli, file: &Path, worker: &mut Worker, out: &mut dyn Write) -> Result<usize> {
    let mut failed = 0;
    for (index, line) in common::lines(file)?.enumerate() {
        let record = line.and_then(|line| {
            if line.trim().is_empty() {
                return Ok(None);
            }
            common::record(&line).map(Some).with_context(|| format!("{}:{}", file.display(), index + 1))
        });
        match record {
            Ok(None) => {}
            Ok(Some((id, text))) => write_document(cli, &worker.process(&text), id, out)?,
            Err(error) => {
                eprintln!("error: {error:#}");
                failed += 1;
            }
        }
    }
    Ok(failed)
}

fn write_document(cli: &Cli, document: &Document<'_>, id: Option<Value>, out: &mut dyn Write) -> Result<()> {
    let unit = match cli.offsets {
        Offsets::Bytes => OffsetUnit::Bytes,
        Offsets::Chars => OffsetUnit::Chars,
    };
    let name = id.as_ref().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let mut text = String::new();
    match cli.format {
        Format::Pretty => {
            let colour = cli.output.is_none()
                && std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none();
            pretty(document, if colour { Style::Colour } else { Style::Plain }, &mut text)?;
        }
        Format::Conllu => conllu(document, name.as_deref().unwrap_or("s"), &mut text)?,
        Format::Html => html(document, document.headline().unwrap_or("tutur"), &mut text)?,
        Format::Json | Format::Jsonl => {
            let mut data = serde_json::to_value(JsonDocument::new(document, None, unit))?;
            if let (Some(id), Some(fields)) = (id, data.as_object_mut()) {
                fields.insert("id".to_owned(), id);
            }
            text = if cli.format == Format::Json {
                serde_json::to_string_pretty(&data)?
            } else {
                data.to_string()
            };
            text.push('\n');
        }
    }
    out.write_all(text.as_bytes())?;
    Ok(())
}
