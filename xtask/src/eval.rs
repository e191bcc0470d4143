//! Measures what ships, from the library itself, and writes ACCURACY.md. The same figures come from outside, from the
//! example binaries; the two must agree.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use tutur::ner::{Evaluation, LabeledSentence, NerModel, TagScratch, Tagger};
use tutur::words::WordSplitter;
use tutur::{Conventions, OffsetUnit, Pipeline, Stemmer, Tokenizer};

use crate::conll;
use crate::corpus::{self, Part};
use crate::shipped;

/// Counts of spans: right, gold, found.
#[derive(Default, Clone, Copy)]
struct Counts(usize, usize, usize);

impl Counts {
    fn add<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.0 += gold.intersection(found).count();
        self.1 += gold.len();
        self.2 += found.len();
    }

    fn f1(self) -> f64 {
        200.0 * self.0 as f64 / (self.1 + self.2).max(1) as f64
    }
}

type Span = (usize, usize, String);

/// Writes the tables of ACCURACY.md; needs the development data in `shared`.
pub(crate) fn report(shared: &Path, data: &Path) -> Result<String> {
    let mut out = String::from(
        "# Accuracy\n\nWritten by `cargo xtask eval` on development data; nothing here was measured on a test split of a public corpus.\n\
         F1 in percent, exact span and label. Small sets: one entity of `seed` is 2 points, of `news_sample` 0.4. The first rows of the\n\
         first table, our test part too, were looked at while the model was chosen; the held-out part was measured when it was finished.\n\
         What decides the figures of the tagger: docs/study-own-split.md and docs/study-shipped.md.\n\n",
    );
    entities(&mut out, shared, data)?;
    tagger(&mut out, shared)?;
    segmentation(&mut out, shared)?;
    stems(&mut out, shared)?;
    Ok(out)
}

fn entities(out: &mut String, shared: &Path, data: &Path) -> Result<()> {
    out.push_str("## Entities on news, annotated our way\n\n| set | full | idner view | lower | UPPER | layout |\n|---|---|---|---|---|---|\n");
    for (name, file) in [("seed", "gold/ner/seed.jsonl"), ("news_sample", "gold/ner/news_sample.jsonl")] {
        let documents = jsonl(&shared.join(file))?;
        row(out, name, &documents)?;
    }
    let folder = data.join("corpus");
    if folder.exists() {
        let pieces = corpus::read(&folder)?;
        for (part, name) in [(Part::Dev, "dev"), (Part::Test, "test"), (Part::HeldOut, "held out")] {
            let chosen: Vec<Gold> = pieces.iter().filter(|p| p.part() == part).map(Gold::of).collect();
            row(out, &format!("own corpus, {name}"), &chosen)?;
        }
    }
    out.push('\n');
    Ok(())
}

/// A document with what should be found in it, offsets in characters.
struct Gold {
    text: String,
    entities: BTreeSet<Span>,
    /// Those of them that are places which act or modify; idner leaves such places out.
    actors: BTreeSet<Span>,
    layout: BTreeSet<Span>,
}

impl Gold {
    fn of(piece: &corpus::Piece) -> Gold {
        let map = tutur::OffsetMap::new(&piece.text, OffsetUnit::Chars);
        let place =
            |from: usize, to: usize, label: &str| (map.from_byte(from), map.from_byte(to), label.to_owned());
        Gold {
            entities: piece.entities.iter().map(|m| place(m.range.0, m.range.1, &m.label)).collect(),
            actors: piece
                .entities
                .iter()
                .filter(|m| m.gpe)
                .map(|m| place(m.range.0, m.range.1, &m.label))
                .collect(),
            layout: piece.layout.iter().map(|(r, kind)| place(r.start, r.end, kind)).collect(),
            text: piece.text.clone(),
        }
    }
}

fn jsonl(file: &Path) -> Result<Vec<Gold>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let spans = |value: &Value, key: &str, label: &str| -> BTreeSet<Span> {
        let list = value[key].as_array().cloned().unwrap_or_default();
        let number = |v: &Value| usize::try_from(v.as_u64().unwrap_or(0)).unwrap_or(0);
        list.iter()
            .map(|s| (number(&s["start"]), number(&s["end"]), s[label].as_str().unwrap_or("").to_owned()))
            .collect()
    };
    text.lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line)?;
            let text = value["text"].as_str().unwrap_or_default().to_owned();
            let mut acting = value.clone();
            if let Some(list) = acting["entities"].as_array_mut() {
                list.retain(|e| e["use"] == "gpe");
            }
            Ok(Gold {
                text,
                entities: spans(&value, "entities", "label"),
                actors: spans(&acting, "entities", "label"),
                layout: spans(&value, "layout", "kind"),
            })
        })
        .collect()
}

fn row(out: &mut String, name: &str, documents: &[Gold]) -> Result<()> {
    let pipeline = Pipeline::new();
    let (mut cases, mut layout) = ([Counts::default(); 3], Counts::default());
    let mut without_actors = Counts::default();
    for gold in documents {
        let texts = [
            gold.text.clone(),
            recase(&gold.text, char::to_lowercase),
            recase(&gold.text, char::to_uppercase),
        ];
        for (index, (text, counts)) in texts.iter().zip(&mut cases).enumerate() {
            let document = pipeline.process(text);
            let map = document.offsets(OffsetUnit::Chars);
            let place = |r: std::ops::Range<usize>, label: &str| {
                (map.from_byte(r.start), map.from_byte(r.end), label.to_owned())
            };
            let found: BTreeSet<Span> =
                document.entities().map(|e| place(e.range(), e.kind().label())).collect();
            counts.add(&gold.entities, &found);
            if index == 0 {
                without_actors.add(&(&gold.entities - &gold.actors), &(&found - &gold.actors));
                let found = document.layout().iter().map(|l| place(l.span.range(), l.kind.name())).collect();
                layout.add(&gold.layout, &found);
            }
        }
    }
    let [full, lower, upper] = cases.map(Counts::f1);
    writeln!(
        out,
        "| {name} ({} pieces) | {full:.2} | {:.2} | {lower:.2} | {upper:.2} | {:.2} |",
        documents.len(),
        without_actors.f1(),
        layout.f1()
    )?;
    Ok(())
}

/// Changes case where that keeps the number of characters, so that offsets stay.
fn recase<I: Iterator<Item = char> + ExactSizeIterator>(text: &str, change: fn(char) -> I) -> String {
    text.chars()
        .map(|c| {
            let mut changed = change(c);
            if changed.len() == 1 { changed.next().unwrap_or(c) } else { c }
        })
        .collect()
}

fn tagger(out: &mut String, shared: &Path) -> Result<()> {
    out.push_str("## The shipped model on the public development splits\n\nTheir conventions differ from ours (see data/README.md). nerui and nerugm were never trained on.\n\
        In the idner view the names of countries that the gold leaves out, as idner does where they act or modify, count neither way.\n\n| corpus | F1 | 95 % interval | idner view |\n|---|---|---|---|\n");
    let countries = shipped::countries(shared)?;
    let model = NerModel::embedded()?;
    for name in ["idner", "nergrit", "nerp", "nerui", "nerugm"] {
        let file = shared.join(format!("corpora/ner/{name}/dev.conll"));
        let gold = conll::read(&file)?;
        let result = Evaluation::of(&model, &gold);
        let (low, high) = result.interval();
        let mut view = result.all();
        view.found -= left_out_countries(&model, &gold, &countries);
        writeln!(out, "| {name} | {:.2} | {low:.1} to {high:.1} | {:.2} |", result.all().f1(), view.f1())?;
    }
    out.push('\n');
    Ok(())
}

/// How many countries the model finds where the gold has nothing.
fn left_out_countries(
    model: &NerModel,
    gold: &[LabeledSentence],
    countries: &BTreeSet<Vec<String>>,
) -> usize {
    let (mut scratch, mut found, mut count) = (TagScratch::default(), Vec::new(), 0);
    for sentence in gold {
        let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
        found.clear();
        model.tag(&words, &mut scratch, &mut found);
        for span in &found {
            let range = span.first as usize..span.end as usize;
            let free = sentence.tags[range.clone()].iter().all(|t| t == "O");
            count += usize::from(free && countries.contains(&sentence.words[range]));
        }
    }
    count
}

fn segmentation(out: &mut String, shared: &Path) -> Result<()> {
    out.push_str("## Tokens, words, sentences\n\nTexts of the treebanks joined by spaces; GSD with its own conventions.\n\n| treebank | tokens | words | sentences |\n|---|---|---|---|\n");
    let mut contradictions = String::new();
    for (name, conventions) in
        [("id_gsd-ud-dev", Conventions::UdGsd), ("id_csui-ud-train", Conventions::Default)]
    {
        let file = shared.join(format!("corpora/ud/{name}.conllu"));
        let treebank =
            std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let texts: Vec<&str> =
            treebank.lines().filter_map(|l| l.strip_prefix("# text = ")).map(str::trim).collect();
        let text = format!("{}\n", texts.join(" "));
        let pipeline = Pipeline::builder()
            .tokenizer(Tokenizer::builder().conventions(conventions).build()?)
            .entities(false)
            .build()?;
        let document = pipeline.process(&text);
        let gold = treebank_spans(&treebank);
        let splitter = WordSplitter::with_conventions(conventions);
        let (mut at, mut words) = (0, Vec::new());
        let mut found: [BTreeSet<(usize, usize)>; 3] = Default::default();
        for sentence in document.sentences() {
            let first = at;
            for token in sentence.tokens() {
                let end = at + token.text().chars().count();
                found[0].insert((at, end));
                words.clear();
                splitter.split(token.token(), &mut words);
                for word in &words {
                    let size = word.text().chars().count();
                    found[1].insert((at, at + size));
                    at += size;
                }
            }
            found[2].insert((first, at));
        }
        let mut figures = [0.0; 3];
        for ((figure, gold), found) in figures.iter_mut().zip(&gold).zip(&found) {
            let mut counts = Counts::default();
            counts.add(gold, found);
            *figure = counts.f1();
        }
        writeln!(out, "| {name} | {:.2} | {:.2} | {:.2} |", figures[0], figures[1], figures[2])?;
        contradictions.push_str(&boundaries(name, &texts)?);
    }
    out.push_str(
        "\nWhere the treebanks contradict themselves: the same place ends a sentence in some of them and not in others,\n\
         so that no rule gets all right. Our convention is in brackets.\n\n\
         | treebank | place | ends a sentence | goes on |\n|---|---|---|---|\n",
    );
    out.push_str(&contradictions);
    out.push('\n');
    Ok(())
}

/// How often the texts, a sentence each, end in a place and go on behind it.
fn boundaries(name: &str, texts: &[&str]) -> Result<String> {
    let places = [
        (
            "stop after a capitalised word of up to four letters (GSD: goes on, else ends)",
            r"\b\p{Lu}\w{0,3}\.",
        ),
        ("stop, then a closing quote (ends)", r#"[.!?]\s?[”"’]"#),
        ("closing quote or bracket, then a stop (ends)", r#"[)”"]\s?\."#),
        ("stop after a longer word (ends)", r"\b(?:\p{Ll}\w*|\p{Lu}\w{4,})\."),
        (
            "no stop, question or exclamation at all (goes on, unless a word that opens sentences follows)",
            r"[\p{Ll}\d]",
        ),
    ];
    let mut rows = String::new();
    for (place, pattern) in places {
        let end = regex::Regex::new(&format!("(?:{pattern})$"))?;
        let inner = regex::Regex::new(&format!(r"(?:{pattern})\s+\p{{Lu}}"))?;
        let ends = texts.iter().filter(|t| end.is_match(t)).count();
        let goes_on: usize = texts.iter().map(|t| inner.find_iter(t).count()).sum();
        writeln!(rows, "| {name} | {place} | {ends} | {goes_on} |")?;
    }
    Ok(rows)
}

/// Spans of tokens, words and sentences over the characters that are not white space.
fn treebank_spans(treebank: &str) -> [BTreeSet<(usize, usize)>; 3] {
    let mut spans: [BTreeSet<(usize, usize)>; 3] = Default::default();
    let (mut at, mut first, mut skip) = (0, None, 0);
    let mut host: Option<(usize, String, Vec<String>)> = None;
    let size = |form: &str| form.chars().filter(|c| !c.is_whitespace()).count();
    for line in treebank.lines().chain([""]) {
        if line.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let id = columns.first().copied().unwrap_or_default();
        let inside = id.parse::<usize>().is_ok_and(|n| n <= skip);
        if !inside && let Some((start, form, parts)) = host.take() {
            // Parts that do not join to their token have no places of their own.
            if parts.concat() == form {
                let mut from = start;
                for part in &parts {
                    spans[1].insert((from, from + size(part)));
                    from += size(part);
                }
            } else {
                spans[1].insert((start, start + size(&form)));
            }
        }
        if columns.len() < 2 {
            if let Some(first) = first.take() {
                spans[2].insert((first, at));
            }
            skip = 0;
            continue;
        }
        if id.contains('.') {
            continue;
        }
        let form: String = columns[1].chars().filter(|c| !c.is_whitespace()).collect();
        if inside {
            if let Some((_, _, parts)) = &mut host {
                parts.push(form);
            }
            continue;
        }
        first.get_or_insert(at);
        let end = at + size(&form);
        spans[0].insert((at, end));
        match id.split_once('-').and_then(|(_, last)| last.parse().ok()) {
            Some(last) => {
                skip = last;
                host = Some((at, form, Vec::new()));
            }
            None => {
                spans[1].insert((at, end));
            }
        }
        at = end;
    }
    spans
}

fn stems(out: &mut String, shared: &Path) -> Result<()> {
    out.push_str(
        "## Stems\n\nPercent of forms whose stem is the lemma.\n\n| set | forms | right |\n|---|---|---|\n",
    );
    let stemmer = Stemmer::new();
    let mut causes: BTreeMap<(&str, &str), (usize, Vec<String>)> = BTreeMap::new();
    for name in ["unimorph-ind", "malindo-expanded-silver"] {
        let file = shared.join(format!("gold/morphology/{name}.tsv"));
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let (mut right, mut all) = (0usize, 0usize);
        for line in text.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let (form, lemma) = (columns[0].trim().to_lowercase(), columns[2].to_lowercase());
            let stem = stemmer.stem(columns[0].trim()).to_lowercase();
            all += 1;
            if lemma.split('|').any(|l| l == stem || l.replace(' ', "") == stem) {
                right += 1;
            } else {
                let entry = causes.entry((name, cause(&stemmer, &form, &lemma, &stem))).or_default();
                entry.0 += 1;
                if entry.1.len() < 4 {
                    entry.1.push(format!("`{form}` {stem}, gold {lemma}"));
                }
            }
        }
        writeln!(out, "| {name} | {all} | {:.2} |", 100.0 * right as f64 / all.max(1) as f64)?;
    }
    treebank_stems(out, shared, &stemmer)?;
    out.push_str("\nThe misses by cause:\n\n| set | cause | forms | examples |\n|---|---|---|---|\n");
    let mut rows: Vec<_> = causes.into_iter().collect();
    rows.sort_by(|a, b| a.0.0.cmp(b.0.0).then(b.1.0.cmp(&a.1.0)));
    for ((set, cause), (count, examples)) in rows {
        writeln!(out, "| {set} | {cause} | {count} | {} |", examples.join("; "))?;
    }
    Ok(())
}

/// Why a stem is not the lemma, as far as the three forms tell.
fn cause(stemmer: &Stemmer<'_>, form: &str, lemma: &str, stem: &str) -> &'static str {
    let base = form.strip_suffix("nya").unwrap_or(form);
    let after = |word: &str| word.chars().skip(1).collect::<String>();
    if stemmer.stem(lemma) == stem {
        "the gold lemma still has an affix"
    } else if base.ends_with("wan") || base.ends_with("wati") {
        "-wan, -wati stay on the stem"
    } else if lemma.len() < stem.len() && form.contains(stem) && stem.starts_with(lemma) {
        "a final -i, -k, -an, -kan belongs to our root, not to the gold's"
    } else if after(lemma) == after(stem) || after(lemma) == stem || lemma == after(stem) {
        "another first letter: what the nasal swallowed"
    } else if stem == form {
        "left whole"
    } else {
        "another cut"
    }
}

/// Open-class words of the treebanks, with the adjudicated list of gold errors; and how many of their lemmas, which
/// the lexicon was not made from, it knows.
fn treebank_stems(out: &mut String, shared: &Path, stemmer: &Stemmer<'_>) -> Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/ud_adjudicated.tsv");
    let text = std::fs::read_to_string(&file).context("reading ud_adjudicated.tsv")?;
    let rows = text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let fixed: BTreeMap<&str, &str> =
        rows.filter_map(|l| l.split('\t').next().zip(l.split('\t').nth(1))).collect();
    let half = |word: &str| match word.split_once('-') {
        Some((left, right)) if left == right => left.to_owned(),
        _ => word.to_owned(),
    };
    let (mut all, mut affixed) = ([0usize; 2], [0usize; 2]);
    let mut lemmas: BTreeMap<String, usize> = BTreeMap::new();
    for name in ["id_gsd-ud-dev", "id_csui-ud-train"] {
        let file = shared.join(format!("corpora/ud/{name}.conllu"));
        let treebank =
            std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        for line in treebank.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let open = columns.len() > 9
                && columns[0].bytes().all(|b| b.is_ascii_digit())
                && matches!(columns[3], "NOUN" | "VERB" | "ADJ" | "ADV");
            let (form, lemma) = match open {
                true => (columns[1].to_lowercase(), columns[2].to_lowercase()),
                false => continue,
            };
            let clitics = ["nya", "ku", "mu", "kau", "lah", "kah", "tah", "pun"];
            let letters = form.chars().all(|c| c.is_alphabetic() || c == '-') && !form.starts_with('-');
            if !letters || clitics.contains(&form.as_str()) || fixed.get(form.as_str()) == Some(&"-") {
                continue;
            }
            *lemmas.entry(half(&lemma)).or_default() += 1;
            let gold = half(&lemma);
            let good: Vec<&str> =
                fixed.get(form.as_str()).map_or_else(|| vec![gold.as_str()], |f| f.split('|').collect());
            let stem = stemmer.stem(&form);
            let right = usize::from(good.contains(&stem.as_ref()) || good.contains(&half(&stem).as_str()));
            all[0] += right;
            all[1] += 1;
            if !good.contains(&form.as_str()) {
                affixed[0] += right;
                affixed[1] += 1;
            }
        }
    }
    let percent = |[right, all]: [usize; 2]| 100.0 * right as f64 / all.max(1) as f64;
    writeln!(
        out,
        "| UD open classes, gold errors of tests/data/ud_adjudicated.tsv set right | {} | {:.2} |",
        all[1],
        percent(all)
    )?;
    writeln!(out, "| the affixed ones of them | {} | {:.2} |", affixed[1], percent(affixed))?;
    let known = |l: &&String| stemmer.lexicon().get(l).is_some_and(|e| e.is_standard());
    let types = [lemmas.keys().filter(known).count(), lemmas.len()];
    let tokens = [lemmas.iter().filter(|(l, _)| known(l)).map(|l| l.1).sum(), lemmas.values().sum()];
    writeln!(
        out,
        "\nThe adjudicated list was made by reading every disagreement of this stemmer with these treebanks, so that the\n\
         two figures say how many disagreements are ours, not how a new text would score. Of the treebanks' lemmas, which\n\
         the lexicon was not made from, it knows {:.1} % of the types and {:.1} % of the tokens.",
        percent(types),
        percent(tokens)
    )?;
    Ok(())
}
