//! A small study of an archive: who is mentioned with whom, the keywords of each month, and a picture of both.
//! The tutorial (docs/tutorial.md) builds it step by step.
//!
//!     cargo run --release --example study -- --picture study.svg

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use plotters::prelude::*;
use tutur::{Document, EntityKind, Pipeline, TokenKind};

#[path = "common/mod.rs"]
mod common;

/// Writes `pair<TAB>NAME<TAB>NAME<TAB>ARTICLES` and `keyword<TAB>MONTH<TAB>ROOT<TAB>COUNT<TAB>TFIDF`.
#[derive(Parser)]
#[command(after_help = "Example: study --top 3 --picture study.svg arsip.jsonl")]
struct Cli {
    /// How many keywords a month
    #[arg(long, default_value_t = 5)]
    top: usize,
    /// Draws people and keywords into this SVG file
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
    /// `{"id","text"}` a line, where the id begins with year and month (`2026-03-...`); without it, an archive of ours
    file: Option<PathBuf>,
}

const ARCHIVE: &str = include_str!("data/arsip.jsonl");
/// Words that every text has, one a line.
const GRAMMAR: &str = include_str!("data/kata_tugas.txt");
/// How many people and how many roots the picture shows.
const SHOWN: usize = 8;

type Counts = BTreeMap<String, usize>;

/// What is counted over all articles.
#[derive(Default)]
struct Study {
    /// Articles that mention a person, and two persons (the first name sorts before the second).
    people: Counts,
    pairs: BTreeMap<(String, String), usize>,
    /// How often each root stands in the articles of a month.
    months: BTreeMap<String, Counts>,
}

impl Study {
    fn add(&mut self, month: &str, document: &Document<'_>) {
        let people: BTreeSet<&str> =
            document.chains().filter(|c| c.kind() == EntityKind::Person).map(|c| c.name()).collect();
        for (index, &one) in people.iter().enumerate() {
            *self.people.entry(one.to_owned()).or_default() += 1;
            for &other in people.iter().skip(index + 1) {
                *self.pairs.entry((one.to_owned(), other.to_owned())).or_default() += 1;
            }
        }
        let roots = self.months.entry(month.to_owned()).or_default();
        for token in document.tokens().filter(|t| t.kind() == TokenKind::Word && t.entity().is_none()) {
            let root = token.stem().to_lowercase();
            if !GRAMMAR.lines().any(|word| word == root) {
                *roots.entry(root).or_default() += 1;
            }
        }
    }

    /// The roots that tell most about `month`, best first, with count and weight (tf-idf over months).
    fn keywords(&self, month: &str, top: usize) -> Vec<(&str, usize, f64)> {
        let months_with = |root: &str| self.months.values().filter(|roots| roots.contains_key(root)).count();
        let idf = |root: &str| ((1 + self.months.len()) as f64 / (1 + months_with(root)) as f64).ln() + 1.0;
        let roots = self.months.get(month).into_iter().flatten();
        let mut ranked: Vec<_> = roots.map(|(r, &n)| (r.as_str(), n, n as f64 * idf(r))).collect();
        ranked.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(b.0)));
        ranked.truncate(top);
        ranked
    }

    /// Articles that mention both.
    fn together(&self, a: &str, b: &str) -> usize {
        let pair = (a.min(b).to_owned(), a.max(b).to_owned());
        self.pairs.get(&pair).copied().unwrap_or_default()
    }
}

/// The `SHOWN` names of the highest counts.
fn highest(counts: &Counts) -> Vec<&str> {
    let mut names: Vec<_> = counts.iter().collect();
    names.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    names.into_iter().take(SHOWN).map(|(name, _)| name.as_str()).collect()
}

/// Two panels of squares: people with people, and roots by month; the fuller, the more often.
fn picture(study: &Study) -> Result<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (1100, 520)).into_drawing_area();
        area.fill(&WHITE)?;
        let (left, right) = area.split_horizontally(560);
        let people = highest(&study.people);
        squares(&left, "Articles that mention both", &people, &people, |row, column| {
            if row == column { 0 } else { study.together(row, column) }
        })?;
        let mut roots = Counts::new();
        for month in study.months.values() {
            month.iter().for_each(|(root, count)| *roots.entry(root.clone()).or_default() += count);
        }
        let months: Vec<&str> = study.months.keys().map(String::as_str).collect();
        squares(&right, "Roots by month", &highest(&roots), &months, |root, month| {
            study.months.get(month).and_then(|roots| roots.get(root)).copied().unwrap_or_default()
        })?;
        area.present()?;
    }
    Ok(svg)
}

/// A table of squares of `count(row, column)` with names at its left and below.
fn squares<B: DrawingBackend>(
    area: &DrawingArea<B, plotters::coord::Shift>,
    title: &str,
    rows: &[&str],
    columns: &[&str],
    count: impl Fn(&str, &str) -> usize,
) -> Result<()>
where
    B::ErrorType: 'static,
{
    let most = rows.iter().flat_map(|r| columns.iter().map(|c| count(r, c))).max().unwrap_or_default().max(1);
    let (side, from_left, from_top) = (42, 160, 50);
    let text = ("sans-serif", 14).into_font();
    area.draw(&Text::new(title.to_owned(), (from_left, 16), ("sans-serif", 18).into_font()))?;
    for (y, row) in rows.iter().enumerate() {
        let top = from_top + y as i32 * side;
        area.draw(&Text::new(common::one_line(row), (8, top + 12), text.clone()))?;
        for (x, column) in columns.iter().enumerate() {
            let n = count(row, column);
            let from = (from_left + x as i32 * side, top);
            let colour = RGBColor(178, 34, 52).mix(n as f64 / most as f64);
            area.draw(&Rectangle::new([from, (from.0 + side - 3, from.1 + side - 3)], colour.filled()))?;
            if n > 0 {
                area.draw(&Text::new(n.to_string(), (from.0 + 14, from.1 + 12), text.clone()))?;
            }
        }
    }
    let down = text.transform(FontTransform::Rotate90);
    for (x, column) in columns.iter().enumerate() {
        let place = (from_left + x as i32 * side + 26, from_top + rows.len() as i32 * side + 4);
        area.draw(&Text::new(common::one_line(column), place, down.clone()))?;
    }
    Ok(())
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let lines: Vec<String> = match &cli.file {
            Some(file) => common::lines(file)?.collect::<Result<_>>()?,
            None => ARCHIVE.lines().map(str::to_owned).collect(),
        };
        let (mut worker, mut study) = (Pipeline::new().worker(), Study::default());
        for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let read = || {
                let (id, text) = common::record(line)?;
                let month = id.as_ref().and_then(|id| id.as_str()?.get(..7));
                Ok((month.context("expected an id like 2026-03-12")?.to_owned(), text))
            };
            let (month, text) = read().map_err(|e: anyhow::Error| anyhow!("line {}: {e:#}", number + 1))?;
            study.add(&month, &worker.process(&text));
        }
        let mut out = common::stdout();
        let mut pairs: Vec<_> = study.pairs.iter().collect();
        pairs.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for ((one, other), articles) in pairs {
            writeln!(out, "pair\t{}\t{}\t{articles}", common::cell(one), common::cell(other))?;
        }
        for month in study.months.keys() {
            for (root, count, weight) in study.keywords(month, cli.top) {
                let (month, root) = (common::cell(month), common::cell(root));
                writeln!(out, "keyword\t{month}\t{root}\t{count}\t{weight:.2}")?;
            }
        }
        out.flush()?;
        if let Some(file) = &cli.picture {
            common::write_whole(file, picture(&study)?.as_bytes())?;
        }
        Ok(())
    })
}
