//! Analyses a text: sentences, tokens, stems, entities, layout.
//!
//!     cargo run --release --example analyze
//!     cargo run --release --example analyze -- --format json berita.txt
//!     cargo run --release --example analyze -- --rules examples/data/aturan.tsv

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::{Parser, ValueEnum};
use serde_json::Value;
use tutur::ner::NerModel;
use tutur::render::json::{JsonDocument, JsonId, JsonView};
use tutur::render::{Style, brat, brat_text, conll, conllu, html, pretty};
use tutur::{Conventions, Document, EntityRules, OffsetUnit, Pipeline, Tokenizer, Worker};

#[path = "common/mod.rs"]
mod common;

/// Analyses Indonesian text: sentences, tokens, stems, people, organizations and places.
#[derive(Parser)]
#[command(after_help = "Example: analyze --format json --offsets chars berita.txt")]
struct Cli {
    /// What comes in: one text; one `{"id","text"}` a line; documents that --format json or jsonl wrote,
    /// which are not analysed again
    #[arg(long, value_enum, default_value = "text")]
    input: Input,
    /// What goes out: docs/formats.md
    #[arg(long, value_enum, default_value = "pretty")]
    format: Format,
    /// What offsets count (json, jsonl)
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
    Documents,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading at a terminal
    Pretty,
    /// One indented object a document
    Json,
    /// One line a document
    Jsonl,
    /// CoNLL-U, as Universal Dependencies
    Conllu,
    /// TOKEN<TAB>TAG lines, as `train` and `tag` read them
    Conll,
    /// NAME.ann with NAME.txt beside it, for the tool brat; needs --output NAME.ann
    Brat,
    /// One page for a browser
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum Offsets {
    Bytes,
    Chars,
    Utf16,
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
            failed = work(&cli, &mut Output::new(&cli, &mut bytes))?;
        } else {
            ensure!(cli.format != Format::Brat, "brat needs two files: expected --output NAME.ann");
            let mut out = common::stdout();
            failed = work(&cli, &mut Output::new(&cli, &mut out))?;
            out.flush()?;
        }
        cli.output.as_deref().map_or(Ok(()), |file| common::write_whole(file, &bytes))
    });
    if failed > 0 { std::process::ExitCode::from(2) } else { done }
}

/// Writes every document; returns how many records were not read.
fn work(cli: &Cli, out: &mut Output<'_>) -> Result<usize> {
    let Some(file) = cli.file.as_deref() else {
        out.write(&worker(cli)?.process(SAMPLE), None)?;
        return Ok(0);
    };
    match cli.input {
        Input::Text => {
            let text = common::read_all(file)?;
            out.write(&worker(cli)?.process(&text), None)?;
            Ok(0)
        }
        Input::Jsonl => records(file, &mut worker(cli)?, out),
        Input::Documents => documents(file, out),
    }
}

fn worker(cli: &Cli) -> Result<Worker> {
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
    Ok(builder.build()?.worker())
}

/// One text a line; a line that cannot be read is reported and the others are still written.
fn records(file: &Path, worker: &mut Worker, out: &mut Output<'_>) -> Result<usize> {
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
            Ok(Some((id, text))) => out.write(&worker.process(&text), id.map(json_id))?,
            Err(error) => {
                common::report(&error);
                failed += 1;
            }
        }
    }
    Ok(failed)
}

/// Analysed documents again; one that does not fit its text is reported and the others are still written. Behind an
/// error of JSON itself nothing can be read.
fn documents(file: &Path, out: &mut Output<'_>) -> Result<usize> {
    let text = common::read_all(file)?;
    let mut failed = 0;
    let mut stream = serde_json::Deserializer::from_str(&text).into_iter::<JsonDocument>();
    let (mut from, mut line) = (0, 1);
    while let Some(data) = stream.next() {
        let data = data.with_context(|| file.display().to_string())?;
        let read = &text[from..stream.byte_offset()];
        let body = read.trim_start();
        line += read[..read.len() - body.len()].matches('\n').count();
        from = stream.byte_offset();
        match data.document() {
            Ok(document) => out.write(&document, data.id.clone())?,
            Err(error) => {
                common::report(&anyhow::Error::new(error).context(format!("{}:{line}", file.display())));
                failed += 1;
            }
        }
        line += body.matches('\n').count();
    }
    Ok(failed)
}

/// The id of a record; what is neither string nor integer is named by its JSON.
fn json_id(id: Value) -> JsonId {
    match id {
        Value::String(text) => JsonId::Text(text),
        other => other.as_i64().map_or_else(|| JsonId::Text(other.to_string()), JsonId::Integer),
    }
}

/// Where documents go, and what is remembered from one to the next.
struct Output<'o> {
    cli: &'o Cli,
    out: &'o mut dyn Write,
    written: usize,
    /// How often a name was asked for in CoNLL-U, whose ids have to differ.
    names: HashMap<String, usize>,
}

impl<'o> Output<'o> {
    fn new(cli: &'o Cli, out: &'o mut dyn Write) -> Output<'o> {
        Output { cli, out, written: 0, names: HashMap::new() }
    }

    fn write(&mut self, document: &Document<'_>, id: Option<JsonId>) -> Result<()> {
        let cli = self.cli;
        self.written += 1;
        let alone = matches!(cli.format, Format::Html | Format::Brat);
        ensure!(self.written == 1 || !alone, "{:?} holds one document, and there are more", cli.format);
        let mut text = String::new();
        match cli.format {
            Format::Pretty => pretty(document, style(cli), &mut text)?,
            Format::Conllu => conllu(document, &self.name(id), &mut text)?,
            Format::Conll => conll(document, &mut text)?,
            Format::Html => html(document, &title(cli, document), &mut text)?,
            Format::Brat => {
                write_text_beside(cli.output.as_deref(), &brat_text(document.text()))?;
                brat(document, &mut text)?;
            }
            Format::Json | Format::Jsonl => {
                let unit = match cli.offsets {
                    Offsets::Bytes => OffsetUnit::Bytes,
                    Offsets::Chars => OffsetUnit::Chars,
                    Offsets::Utf16 => OffsetUnit::Utf16,
                };
                let data = JsonView::new(document, id, unit);
                let indented = cli.format == Format::Json;
                let json = if indented {
                    serde_json::to_string_pretty(&data)?
                } else {
                    serde_json::to_string(&data)?
                };
                text = common::escape_controls(&json);
                text.push('\n');
            }
        }
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }

    /// The id, or the number of the document; again and again the same id gets a number too.
    fn name(&mut self, id: Option<JsonId>) -> String {
        let base = id.map_or_else(|| format!("d{}", self.written), |id| id.to_string());
        let mut name = base.clone();
        while self.names.contains_key(&name) {
            let copies = self.names.entry(base.clone()).or_insert(1);
            *copies += 1;
            name = format!("{base}.{copies}");
        }
        self.names.insert(name.clone(), 1);
        name
    }
}

/// Colours for a person at a terminal who did not turn them off (https://no-color.org).
fn style(cli: &Cli) -> Style {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let plain = set("NO_COLOR").is_some() || set("TERM").is_some_and(|term| term == "dumb");
    if cli.output.is_none() && std::io::stdout().is_terminal() && !plain {
        Style::Colour
    } else {
        Style::Plain
    }
}

fn title(cli: &Cli, document: &Document<'_>) -> String {
    let file = cli.file.as_deref().filter(|file| *file != Path::new("-")).and_then(Path::file_stem);
    let named = || file.map_or_else(|| "tutur".to_owned(), |name| name.to_string_lossy().into_owned());
    document.headline().map_or_else(named, str::to_owned)
}

/// Writes the text that the offsets of `annotations` count, and never over another text.
fn write_text_beside(annotations: Option<&Path>, text: &str) -> Result<()> {
    let annotations = annotations.filter(|file| file.extension().is_some_and(|e| e == "ann"));
    let file = annotations.context("expected --output NAME.ann")?.with_extension("txt");
    match std::fs::read(&file) {
        Ok(there) if there == text.as_bytes() => Ok(()),
        Ok(_) => bail!("{} is there with another text", file.display()),
        Err(_) => common::write_whole(&file, text.as_bytes()),
    }
}
