//! `data/names/usage.tsv` and `data/names/mined.tsv`: how a first model labels each word over all of the raw text, and the
//! names of several words that it finds again and again in Wikipedia and the laws. What many sentences agree on is known from then on, whatever
//! the sentence at hand says.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tutur::ner::{NerModel, TagScratch, TagSpan, units};
use tutur::{EntityKind, SentenceSplitter, Tagger, Token, Tokenizer};

use crate::tsv::Table;

/// Uses of a word: all, inside a person, an organization, a place, and first in any of them.
#[derive(Clone, Copy, Default)]
struct Uses {
    all: u32,
    inside: [u32; 3],
    first: u32,
}

/// Fewer uses than this tell nothing.
const LEAST: u32 = 4;
/// A mined name was found this often, of one class in nine of ten cases, each with this probability.
const LEAST_NAMES: u32 = 4;
const SURE: f32 = 0.8;
/// As many of the most frequent as the table of names has room for.
const MOST_NAMES: usize = 60_000;

#[derive(Default)]
struct Counts {
    words: HashMap<String, Uses>,
    /// Persons, organizations, places of this name.
    names: HashMap<String, [u32; 3]>,
}

/// Tags the texts of `raw` and writes the table. A few minutes.
pub(crate) fn write(raw: &Path, data: &Path) -> Result<()> {
    let entries = std::fs::read_dir(raw).with_context(|| format!("reading {}", raw.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "gz"));
    files.sort();
    // Two parts of about the same size; counts are sums, so that their order does not matter.
    let (even, odd): (Vec<_>, Vec<_>) = files.iter().enumerate().partition(|(i, _)| i % 2 == 0);
    let (first, second) = std::thread::scope(|scope| {
        let handle = scope.spawn(|| count(&odd.iter().map(|f| f.1.as_path()).collect::<Vec<_>>()));
        let first = count(&even.iter().map(|f| f.1.as_path()).collect::<Vec<_>>());
        (first, handle.join().expect("a counting thread"))
    });
    let (mut counts, other) = (first?, second?);
    for (name, kinds) in other.names {
        let sum = counts.names.entry(name).or_default();
        sum.iter_mut().zip(kinds).for_each(|(a, b)| *a += b);
    }
    for (word, uses) in other.words {
        let sum = counts.words.entry(word).or_default();
        sum.all += uses.all;
        sum.first += uses.first;
        sum.inside.iter_mut().zip(uses.inside).for_each(|(a, b)| *a += b);
    }
    let header =
        ["word", "meaning64", "meaning256", "meaning1024", "beside100", "beside800", "in_persons", "keyword"];
    let words = Table::read(data, "names/words.tsv", &header)?;
    let mut out = String::from("word\tperson\torganization\tplace\tfirst\n");
    for row in words.rows() {
        let (_, row) = row?;
        let Some(uses) = counts.words.get(row[0]).filter(|u| u.all >= LEAST) else { continue };
        let names: u32 = uses.inside.iter().sum();
        let [person, organization, place] = uses.inside.map(|n| level(n, uses.all));
        out.push_str(&format!(
            "{}\t{person}\t{organization}\t{place}\t{}\n",
            row[0],
            level(uses.first, names)
        ));
    }
    std::fs::write(data.join("names/usage.tsv"), out).context("writing names/usage.tsv")?;
    let names = mined(counts.names);
    std::fs::write(data.join("names/mined.tsv"), names).context("writing names/mined.tsv")
}

/// The rows of mined.tsv.
fn mined(names: HashMap<String, [u32; 3]>) -> String {
    let mut kept: Vec<(u32, String, char)> = names
        .into_iter()
        .filter_map(|(name, kinds)| {
            let all: u32 = kinds.iter().sum();
            let (class, most) = "POL".chars().zip(kinds).max_by_key(|k| k.1)?;
            (all >= LEAST_NAMES && most * 10 >= all * 9).then_some((all, name, class))
        })
        .collect();
    kept.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    kept.truncate(MOST_NAMES);
    kept.sort_by(|a, b| a.1.cmp(&b.1));
    let rows: String = kept.iter().map(|(_, name, class)| format!("{name}\t{class}\n")).collect();
    format!("name\tclasses\n{rows}")
}

/// A share in eight steps, 0 for hardly ever and 7 for nearly always.
fn level(part: u32, whole: u32) -> u8 {
    let share = f64::from(part) / f64::from(whole.max(1));
    [0.02, 0.1, 0.25, 0.45, 0.65, 0.82, 0.94].iter().take_while(|&&bound| share >= bound).count() as u8
}

fn count(files: &[&Path]) -> Result<Counts> {
    let model = NerModel::embedded()?;
    let (tokenizer, splitter) = (Tokenizer::new(), SentenceSplitter::new());
    let (mut scratch, mut spans) = (TagScratch::default(), Vec::<TagSpan>::new());
    let mut counts = Counts::default();
    for file in files {
        let opened = std::fs::File::open(file).with_context(|| format!("reading {}", file.display()))?;
        // Of newspapers only counts may be kept; names are taken from the encyclopaedia and the laws.
        let stem = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let names_too = stem.starts_with("wikipedia") || stem.starts_with("uu-pp");
        for line in BufReader::new(flate2::read::GzDecoder::new(opened)).lines() {
            let line = line.with_context(|| format!("reading {}", file.display()))?;
            let tokens: Vec<Token<'_>> = tokenizer.tokenize(&line).collect();
            let mut ends = Vec::new();
            splitter.split(&line, &tokens, &mut ends);
            let mut from = 0;
            for end in ends {
                let mut parts = Vec::new();
                tokens[from..end as usize].iter().for_each(|&t| units(t, &mut parts));
                from = end as usize;
                let words: Vec<&str> = parts.iter().map(Token::text).collect();
                spans.clear();
                model.tag(&words, &mut scratch, &mut spans);
                let folded: Vec<String> = words.iter().map(|w| fold(w)).collect();
                let mut labels = vec![None; words.len()];
                for span in &spans {
                    let kind = match span.kind {
                        EntityKind::Person => 0,
                        EntityKind::Organization => 1,
                        EntityKind::Location => 2,
                        _ => continue,
                    };
                    let name = &folded[span.first as usize..span.end as usize];
                    if names_too
                        && span.score >= SURE
                        && (2..=6).contains(&name.len())
                        && name.iter().all(|w| w.len() < 40)
                    {
                        counts.names.entry(name.join(" ")).or_default()[kind] += 1;
                    }
                    for at in span.first..span.end {
                        labels[at as usize] = Some((kind, at == span.first));
                    }
                }
                for (word, label) in folded.into_iter().zip(labels) {
                    let uses = counts.words.entry(word).or_default();
                    uses.all += 1;
                    if let Some((kind, first)) = label {
                        uses.inside[kind] += 1;
                        uses.first += u32::from(first);
                    }
                }
            }
        }
        eprintln!("{}", file.display());
    }
    Ok(counts)
}

/// A word as the tables know it: lower case, digits as 0.
fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}
