//! `data/ner.bin`: trained on public corpora brought to our conventions and on our own corpus.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use tutur::ner::{FeatureGroup, LabeledSentence, Trainer, TrainerOptions};

use crate::conll;
use crate::corpus::{self, Part};

/// Public corpora whose licences allow it, and what a sentence of theirs counts. Chosen by the development and test parts
/// of our corpus and `news_sample`: with ten times as much, F1 was 1 to 2 lower there.
const PUBLIC: &[(&str, f64)] = &[("idner", 0.1), ("nergrit", 0.07), ("nerp", 0.05)];
/// What a sentence of our own corpus counts: its conventions are the goal.
const OWN: f64 = 1.5;

/// What a model is made of; the default is what ships.
#[derive(Clone)]
pub(crate) struct Recipe {
    /// Our own corpus.
    pub(crate) own: bool,
    /// The public corpora.
    pub(crate) public: bool,
    /// Copies of every sentence in lower case and in capitals.
    pub(crate) cases: bool,
    /// Attributes left out.
    pub(crate) without: Vec<FeatureGroup>,
    /// Passes of the search over all sentences.
    pub(crate) iterations: usize,
}

impl Default for Recipe {
    fn default() -> Recipe {
        Recipe { own: true, public: true, cases: true, without: Vec::new(), iterations: 150 }
    }
}

/// Trains on `shared/corpora/ner` and `data/corpus` and returns the model file.
pub(crate) fn train(shared: &Path, data: &Path, recipe: &Recipe) -> Result<Vec<u8>> {
    let mut options = TrainerOptions::default();
    (options.min_count, options.iterations, options.max_bytes) = (2, recipe.iterations, 3_200_000);
    // Dense weights: many attributes say much the same of a name, and new names meet few of them.
    (options.l1, options.l2) = (0.02, 0.5);
    let mut trainer = Trainer::new(options).without(&recipe.without);
    let countries = countries(shared)?;
    let add_cases = |trainer: &mut Trainer, sentences: &[LabeledSentence], weight: f64| {
        if recipe.cases { add_cases(trainer, sentences, weight) } else { Ok(trainer.add(sentences, weight)?) }
    };
    for &(name, weight) in PUBLIC.iter().filter(|_| recipe.public) {
        let folder = shared.join("corpora/ner").join(name);
        let mut sentences = conll::read(&folder.join("train.conll"))?;
        sentences.iter_mut().for_each(|s| relabel(s, &countries));
        if name == "nerp" {
            let cased: Vec<_> = sentences.iter().map(with_capitals).collect();
            trainer.add(&cased, weight)?;
            trainer.add(&sentences, weight)?;
        } else {
            add_cases(&mut trainer, &sentences, weight)?;
        }
    }
    let folder = data.join("corpus");
    if recipe.own && folder.exists() {
        let pieces = corpus::read(&folder)?;
        let of = |part: Part| -> Vec<LabeledSentence> {
            pieces.iter().filter(|p| p.part() == part).flat_map(corpus::Piece::sentences).collect()
        };
        add_cases(&mut trainer, &of(Part::Train), OWN)?;
    }
    let model = trainer.train(&[], &mut |state| {
        if state.iteration % 25 == 0 {
            eprintln!("iteration {} of {}: objective {:.0}", state.iteration, state.of, state.objective);
        }
        true
    })?;
    Ok(model.to_bytes().to_vec())
}

/// A sentence as it is, in lower case and in capitals: headlines shout and chat whispers.
fn add_cases(trainer: &mut Trainer, sentences: &[LabeledSentence], weight: f64) -> Result<()> {
    let with = |change: fn(&str) -> String| -> Vec<LabeledSentence> {
        let words = |s: &LabeledSentence| s.words.iter().map(|w| change(w)).collect();
        sentences.iter().map(|s| LabeledSentence { words: words(s), tags: s.tags.clone() }).collect()
    };
    trainer.add(sentences, weight)?;
    trainer.add(&with(str::to_lowercase), weight * 0.4)?;
    trainer.add(&with(str::to_uppercase), weight * 0.4)?;
    Ok(())
}

/// Names of countries, which our conventions always mark and idner mostly leaves out.
pub(crate) fn countries(shared: &Path) -> Result<BTreeSet<Vec<String>>> {
    let file = shared.join("lexicon/gazetteers/places.tsv");
    let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut names: BTreeSet<Vec<String>> = BTreeSet::new();
    for line in text.lines().skip(1) {
        let mut columns = line.split('\t');
        if let (Some(name), Some("country")) = (columns.next(), columns.next()) {
            names.insert(name.split(' ').map(str::to_owned).collect());
        }
    }
    for extra in [
        "AS",
        "Amerika",
        "Inggris",
        "Korsel",
        "Korut",
        "Arab Saudi",
        "Tiongkok",
        "Cina",
        "China",
        "Belanda",
        "Uni Soviet",
        "Palestina",
    ] {
        names.insert(extra.split(' ').map(str::to_owned).collect());
    }
    Ok(names)
}

/// Brings a sentence of a public corpus nearer to our conventions: countries are places wherever they stand, and an
/// acronym in brackets is an entity of its own.
fn relabel(sentence: &mut LabeledSentence, countries: &BTreeSet<Vec<String>>) {
    let language = |i: usize| {
        let before = i.checked_sub(1).and_then(|b| sentence.words.get(b)).map(|w| w.to_lowercase());
        before.is_some_and(|b| {
            matches!(
                b.as_str(),
                "bahasa"
                    | "dolar"
                    | "baht"
                    | "won"
                    | "yen"
                    | "rupee"
                    | "dollar"
                    | "piala"
                    | "liga"
                    | "suku"
                    | "orang"
            )
        })
    };
    for i in 0..sentence.words.len() {
        for length in (1..=3).rev() {
            let Some(words) = sentence.words.get(i..i + length) else { continue };
            let free = sentence.tags[i..i + length].iter().all(|t| t == "O");
            if free && countries.contains(words) && !language(i) {
                for (offset, tag) in sentence.tags[i..i + length].iter_mut().enumerate() {
                    *tag = if offset == 0 { "B-LOC".to_owned() } else { "I-LOC".to_owned() };
                }
                break;
            }
        }
    }
    // `[Badan Pusat Statistik (BPS)]` becomes two.
    for i in 1..sentence.words.len().saturating_sub(1) {
        let inside = |tag: &str| tag.starts_with("I-");
        if sentence.words[i] == "(" && inside(&sentence.tags[i]) && inside(&sentence.tags[i + 1]) {
            sentence.tags[i] = "O".to_owned();
            sentence.tags[i + 1].replace_range(..1, "B");
            let mut at = i + 2;
            while at < sentence.tags.len() && inside(&sentence.tags[at]) && sentence.words[at] != ")" {
                at += 1;
            }
            if at < sentence.tags.len() && sentence.words[at] == ")" {
                sentence.tags[at] = "O".to_owned();
                if let Some(next) = sentence.tags.get_mut(at + 1).filter(|t| t.starts_with("I-")) {
                    next.replace_range(..1, "B");
                }
            }
        }
    }
}

/// A lower-case sentence with the capitals that a newspaper would print: names, acronyms, the first word.
fn with_capitals(sentence: &LabeledSentence) -> LabeledSentence {
    let title = |word: &str| -> String {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
    };
    let words = sentence.words.iter().zip(&sentence.tags).enumerate().map(|(i, (word, tag))| {
        let small = matches!(
            word.as_str(),
            "dan" | "di" | "of" | "the" | "bin" | "binti" | "al" | "de" | "van" | "dari" | "untuk"
        );
        let acronym =
            tag.ends_with("ORG") && word.len() <= 4 && word.chars().all(char::is_alphabetic) && !small;
        match tag.as_str() {
            "O" if i > 0 => word.clone(),
            _ if small && i > 0 => word.clone(),
            _ if acronym => word.to_uppercase(),
            _ => title(word),
        }
    });
    LabeledSentence { words: words.collect(), tags: sentence.tags.clone() }
}
