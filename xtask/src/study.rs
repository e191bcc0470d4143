//! What decides the accuracy of the tagger, by experiments that anybody can repeat: `docs/study-*.md`.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use tutur::ner::{
    Evaluation, Family, FeatureGroup, LabeledSentence, NerModel, TagScratch, Tagger, Trainer, TrainerOptions,
};
use tutur::{Pipeline, PipelineBuilder};

use crate::conll;
use crate::corpus::{self, Part};
use crate::shipped::{self, Recipe};

/// Public corpora, and the development F1 of the CRFsuite baseline with gazetteers, Wikipedia titles and clusters on them.
const PUBLIC: [(&str, f64); 5] =
    [("idner", 83.8), ("nergrit", 78.2), ("nerui", 90.7), ("nerugm", 80.8), ("nerp", 79.6)];

/// What an experiment is about.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Subject {
    /// Models trained on one public corpus each.
    OwnSplit,
    /// The shipped model and its variants.
    Shipped,
}

/// A public corpus: its training part without a tenth, that tenth, its development part.
struct Split {
    train: Vec<LabeledSentence>,
    stop: Vec<LabeledSentence>,
    dev: Vec<LabeledSentence>,
}

/// How a model is trained in an experiment.
#[derive(Clone, Copy, Default)]
struct Plan {
    family: Family,
    seed: u64,
    shipped: bool,
    without: Option<FeatureGroup>,
}

/// Trains on each public corpus alone, as a user would, and compares families, beginnings and groups of attributes.
pub(crate) fn own_split(shared: &Path) -> Result<String> {
    let splits: Vec<Split> = PUBLIC
        .iter()
        .map(|(name, _)| split(&shared.join("corpora/ner").join(name)))
        .collect::<Result<_>>()?;
    let run_on =
        |some: &[Split], plan: Plan| -> Result<Vec<f64>> { some.iter().map(|s| dev_f1(s, plan)).collect() };
    let run = |plan: Plan| run_on(&splits, plan);
    let mut out = String::from(
        "# Trained on one public corpus\n\nWritten by `cargo xtask study own-split`. Development F1 of models trained on the training part of each corpus without a tenth of it, which stops the\n\
         training, with the defaults of `examples/train`. The floor is CRFsuite with gazetteers, Wikipedia titles and word clusters.\n\n",
    );
    let names: Vec<&str> = PUBLIC.iter().map(|p| p.0).collect();
    let _ =
        writeln!(out, "| model | {} | mean |\n|---|{}---|", names.join(" | "), "---|".repeat(PUBLIC.len()));
    line(&mut out, "floor", &[PUBLIC.map(|p| p.1).to_vec()]);
    line(
        &mut out,
        "CRF that begins with the shipped model",
        &[run(Plan { shipped: true, ..Plan::default() })?],
    );
    for (name, family) in
        [("CRF that begins with nothing", Family::Crf), ("averaged perceptron", Family::Perceptron)]
    {
        let seeds: Vec<_> =
            (1..=3).map(|seed| run(Plan { family, seed, ..Plan::default() })).collect::<Result<_>>()?;
        line(&mut out, &format!("{name}, three seeds"), &seeds);
    }
    // The largest corpus takes as long as all others together.
    let (names, small) = (&names[..4], &splits[..4]);
    out.push_str("\nA CRF that begins with nothing, and one group of attributes left out:\n\n");
    let _ =
        writeln!(out, "| without | {} | mean |\n|---|{}---|", names.join(" | "), "---|".repeat(names.len()));
    line(&mut out, "nothing", &[run_on(small, Plan::default())?]);
    for group in FeatureGroup::ALL {
        let f1 = run_on(small, Plan { without: Some(group), ..Plan::default() })?;
        line(&mut out, &format!("{group:?}").to_lowercase(), &[f1]);
    }
    out.push('\n');
    Ok(out)
}

/// Variants of the shipped model, its size, and how far its probabilities can be trusted, on our own corpus.
pub(crate) fn shipped(shared: &Path, data: &Path) -> Result<String> {
    let pieces = corpus::read(&data.join("corpus"))?;
    let mut out = String::from(
        "# The shipped model\n\nWritten by `cargo xtask study shipped`. F1 on the development and the test part of our corpus; both were looked at while the model was chosen.\n\n",
    );
    out.push_str("| variant | dev | test | lower | UPPER |\n|---|---|---|---|---|\n");
    // Fewer passes than the shipped model: what is compared, is compared with the first of these.
    let whole = Recipe { iterations: 30, ..Recipe::default() };
    let of = |name: &str, builder: PipelineBuilder, out: &mut String| -> Result<()> {
        let pipeline = builder.build()?;
        let test = score(&pipeline, &pieces, Part::Test, str::to_owned);
        let dev = score(&pipeline, &pieces, Part::Dev, str::to_owned);
        let lower = score(&pipeline, &pieces, Part::Test, str::to_ascii_lowercase);
        let upper = score(&pipeline, &pieces, Part::Test, str::to_ascii_uppercase);
        writeln!(out, "| {name} | {dev:.1} | {test:.1} | {lower:.1} | {upper:.1} |")?;
        Ok(())
    };
    of("as shipped", Pipeline::builder(), &mut out)?;
    of("document pass off", Pipeline::builder().second_look(false), &mut out)?;
    let variants = [
        ("trained anew with 30 passes", whole.clone()),
        ("own corpus off", Recipe { own: false, ..whole.clone() }),
        ("public corpora off", Recipe { public: false, ..whole.clone() }),
        ("copies in lower case and capitals off", Recipe { cases: false, ..whole.clone() }),
        ("lists of names and keywords off", Recipe { without: vec![FeatureGroup::Names], ..whole.clone() }),
        ("clusters off", Recipe { without: vec![FeatureGroup::Clusters], ..whole.clone() }),
        ("usage off", Recipe { without: vec![FeatureGroup::Usage], ..whole.clone() }),
    ];
    for (name, recipe) in variants {
        let model = shipped::train(shared, data, &recipe)?;
        of(name, Pipeline::builder().tagger(NerModel::from_bytes(model)?), &mut out)?;
    }
    sizes(&mut out, &pieces)?;
    calibration(&mut out, shared, &pieces)?;
    Ok(out)
}

/// The shipped model with its smallest weights left out.
fn sizes(out: &mut String, pieces: &[corpus::Piece]) -> Result<()> {
    out.push_str("\nAccuracy against size and speed (smallest weights left out; tokens of our corpus a second, tagging alone):\n\n");
    out.push_str("| bytes | dev | test | M tokens/s |\n|---|---|---|---|\n");
    let shipped = NerModel::embedded()?;
    for bytes in [250_000, 500_000, 1_000_000, 2_000_000, 5_000_000] {
        let model = shipped.pruned(bytes)?;
        let speed = speed(&model, pieces);
        let size = model.to_bytes().len();
        let pipeline = Pipeline::builder().tagger(model).build()?;
        let [dev, test] = [Part::Dev, Part::Test].map(|part| score(&pipeline, pieces, part, str::to_owned));
        writeln!(out, "| {size} | {dev:.1} | {test:.1} | {speed:.2} |")?;
        if bytes > shipped.to_bytes().len() {
            break;
        }
    }
    Ok(())
}

fn calibration(out: &mut String, shared: &Path, pieces: &[corpus::Piece]) -> Result<()> {
    out.push_str("\nProbabilities: the share of the entities found that is right, by their probability (tagger alone, sentence by sentence).\n\n");
    out.push_str("| set | calibration error | below 0.5 | 0.5 to 0.8 | 0.8 to 0.95 | above |\n|---|---|---|---|---|---|\n");
    let model = NerModel::embedded()?;
    let mut sets = Vec::new();
    for part in [Part::Dev, Part::Test] {
        let of = pieces.iter().filter(|p| p.part() == part).flat_map(corpus::Piece::sentences);
        sets.push((format!("own corpus, {part:?}").to_lowercase(), of.collect::<Vec<_>>()));
    }
    for name in ["nerui", "nerugm"] {
        sets.push((
            format!("{name}, dev"),
            conll::read(&shared.join("corpora/ner").join(name).join("dev.conll"))?,
        ));
    }
    for (name, sentences) in sets {
        let result = Evaluation::of(&model, &sentences);
        let share = |from: usize, to: usize| {
            let bins = &result.calibration()[from..to];
            let (right, found) = bins.iter().fold((0, 0), |(r, f), b| (r + b.right, f + b.found));
            format!("{:.2} of {found}", right as f64 / (found.max(1)) as f64)
        };
        let shares = [share(0, 10), share(10, 16), share(16, 19), share(19, 20)];
        writeln!(out, "| {name} | {:.3} | {} |", result.calibration_error(), shares.join(" | "))?;
    }
    Ok(())
}

/// F1 of a pipeline on a part of our corpus, its text changed by `change`, which must keep its length.
fn score(pipeline: &Pipeline, pieces: &[corpus::Piece], part: Part, change: fn(&str) -> String) -> f64 {
    let (mut right, mut all) = (0, 0);
    for piece in pieces.iter().filter(|p| p.part() == part) {
        let text = change(&piece.text);
        let document = pipeline.process(&text);
        for entity in document.entities() {
            let range = (entity.range().start, entity.range().end);
            let same = |m: &&corpus::Mark| m.range == range && m.label == entity.kind().label();
            right += usize::from(piece.entities.iter().any(|m| same(&m)));
            all += 1;
        }
        all += piece.entities.len();
    }
    200.0 * f64::from(u32::try_from(right).unwrap_or(u32::MAX)) / all.max(1) as f64
}

/// Millions of tokens tagged a second, the best of five passes over our corpus.
fn speed(model: &NerModel, pieces: &[corpus::Piece]) -> f64 {
    let sentences: Vec<LabeledSentence> = pieces.iter().flat_map(corpus::Piece::sentences).collect();
    let words: Vec<Vec<&str>> =
        sentences.iter().map(|s| s.words.iter().map(String::as_str).collect()).collect();
    let tokens: usize = words.iter().map(Vec::len).sum();
    let (mut scratch, mut found) = (TagScratch::default(), Vec::new());
    let pass = |_| {
        let start = Instant::now();
        for sentence in &words {
            found.clear();
            model.tag(sentence, &mut scratch, &mut found);
        }
        start.elapsed().as_secs_f64()
    };
    tokens as f64 / (0..5).map(pass).fold(f64::INFINITY, f64::min) / 1e6
}

fn dev_f1(split: &Split, plan: Plan) -> Result<f64> {
    let mut options = TrainerOptions::default();
    (options.family, options.seed) = (plan.family, plan.seed);
    if plan.family == Family::Perceptron {
        options.iterations = 15;
    }
    let mut trainer = Trainer::new(options).without(plan.without.as_slice());
    if plan.shipped {
        trainer = trainer.start_from(NerModel::embedded()?);
    }
    trainer.add(&split.train, 1.0)?;
    let model = trainer.train(&split.stop, &mut |_| true)?;
    Ok(Evaluation::of(&model, &split.dev).all().f1())
}

/// The training part is cut as by the scoring tool: a sentence belongs to the tenth where the CRC-32 of its lines is a
/// multiple of ten.
fn split(folder: &Path) -> Result<Split> {
    let (mut train, mut stop) = (Vec::new(), Vec::new());
    for sentence in conll::read(&folder.join("train.conll"))? {
        let lines: Vec<String> =
            sentence.words.iter().zip(&sentence.tags).map(|(w, t)| format!("{w}\t{t}")).collect();
        let mut crc = flate2::Crc::new();
        crc.update(lines.join("\n").as_bytes());
        if crc.sum().is_multiple_of(10) { &mut stop } else { &mut train }.push(sentence);
    }
    Ok(Split { train, stop, dev: conll::read(&folder.join("dev.conll"))? })
}

/// A row of means over runs, with their spread where there are several.
fn line(out: &mut String, name: &str, runs: &[Vec<f64>]) {
    let columns = runs.first().map_or(0, Vec::len);
    let mut cells: Vec<String> = Vec::new();
    for column in 0..columns {
        let values: Vec<f64> = runs.iter().map(|r| r[column]).collect();
        cells.push(mean(&values));
    }
    let means: Vec<f64> = runs.iter().map(|r| r.iter().sum::<f64>() / columns.max(1) as f64).collect();
    let row = format!("| {name} | {} | {} |", cells.join(" | "), mean(&means));
    eprintln!("{row}");
    out.push_str(&row);
    out.push('\n');
}

fn mean(values: &[f64]) -> String {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (low, high) = values.iter().fold((f64::INFINITY, 0.0f64), |(l, h), v| (l.min(*v), h.max(*v)));
    if values.len() > 1 { format!("{mean:.1} ({low:.1} to {high:.1})") } else { format!("{mean:.1}") }
}
