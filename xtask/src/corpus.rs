//! tutur's own annotated corpus, `data/corpus/*.txt`: reading its markup, checking it, counting it, splitting it.
//!
//! A piece begins with `### id | genre | style`. Entities stand inline as `[[PER|Oana Lungescu]]`, places that act
//! or modify as `[[LOC~|Rusia]]`; lines of page furniture begin with their kind, `{{headline}}`; a dateline is
//! `<<dateline:[[LOC|BRUSSELS]] ->>`. Offsets are bytes of the text without markup.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tutur::ner::LabeledSentence;

use crate::conll;

/// One text of the corpus.
pub(crate) struct Piece {
    pub(crate) id: String,
    pub(crate) genre: String,
    pub(crate) style: String,
    pub(crate) text: String,
    pub(crate) entities: Vec<Mark>,
    pub(crate) layout: Vec<(Range<usize>, String)>,
    /// Where it begins, for messages.
    pub(crate) place: String,
}

/// An annotated name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) range: (usize, usize),
    pub(crate) label: String,
    /// The place acts or modifies (`diplomat Rusia`) rather than being somewhere.
    pub(crate) gpe: bool,
}

/// What a piece is for. Decided by its id alone, so that a piece never moves when others are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Part {
    Train,
    Dev,
    Test,
    /// Measured when a model is finished and never looked at before: the figure that means most.
    HeldOut,
}

const LAYOUT: &[&str] = &[
    "headline",
    "headline_repeat",
    "timestamp",
    "widget",
    "caption",
    "byline",
    "related",
    "copyright",
    "render",
];

impl Piece {
    /// Held out where the id begins with `uji-`; of the others 80 % train, 10 % dev, 10 % test.
    pub(crate) fn part(&self) -> Part {
        if self.id.starts_with("uji-") {
            return Part::HeldOut;
        }
        match tutur::wire::source_hash(&[self.id.as_bytes()]) % 10 {
            0 => Part::Dev,
            1 => Part::Test,
            _ => Part::Train,
        }
    }
}

/// Every piece below `folder`, by file name and position.
pub(crate) fn read(folder: &Path) -> Result<Vec<Piece>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut pieces = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        pieces.extend(parse(&text, &file.display().to_string())?);
    }
    Ok(pieces)
}

/// The pieces of one file.
pub(crate) fn parse(source: &str, file: &str) -> Result<Vec<Piece>> {
    let mut pieces: Vec<(Piece, Vec<(usize, &str)>)> = Vec::new();
    for (index, line) in source.lines().enumerate() {
        let place = format!("{file}:{}", index + 1);
        if let Some(header) = line.strip_prefix("### ") {
            let fields: Vec<&str> = header.split('|').map(str::trim).collect();
            let [id, genre, style] = fields[..] else { bail!("{place}: expected `### id | genre | style`") };
            let piece = Piece {
                id: id.to_owned(),
                genre: genre.to_owned(),
                style: style.to_owned(),
                text: String::new(),
                entities: Vec::new(),
                layout: Vec::new(),
                place,
            };
            pieces.push((piece, Vec::new()));
        } else if let Some((_, lines)) = pieces.last_mut() {
            lines.push((index + 1, line));
        } else if !line.trim().is_empty() {
            bail!("{place}: text before the first `###` header");
        }
    }
    let mut done = Vec::new();
    for (mut piece, lines) in pieces {
        let blank = |(_, line): &&(usize, &str)| line.trim().is_empty();
        let first = lines.iter().take_while(blank).count();
        let last = lines.len() - lines.iter().rev().take_while(blank).count();
        for (number, line) in lines.get(first..last).unwrap_or_default() {
            if *number > lines[first].0 {
                piece.text.push('\n');
            }
            piece.read_line(line).with_context(|| format!("{file}:{number}"))?;
        }
        done.push(piece);
    }
    Ok(done)
}

impl Piece {
    fn read_line(&mut self, line: &str) -> Result<()> {
        let start = self.text.len();
        let mut rest = line;
        let mut kind = None;
        if let Some((found, after)) = line.strip_prefix("{{").and_then(|l| l.split_once("}}")) {
            if !LAYOUT.contains(&found) {
                bail!("unknown layout kind {found}");
            }
            (kind, rest) = (Some(found), after);
        }
        let mut dateline = None;
        while let Some(next) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("<<dateline:") {
                (dateline, rest) = (Some(self.text.len()), after);
            } else if let (Some(after), Some(from)) = (rest.strip_prefix(">>"), dateline) {
                self.layout.push((from..self.text.len(), "dateline".to_owned()));
                (dateline, rest) = (None, after);
            } else if let Some(after) = rest.strip_prefix("[[") {
                let Some((mark, after)) = after.split_once("]]") else { bail!("`[[` without `]]`") };
                self.read_mark(mark)?;
                rest = after;
            } else if rest.starts_with("]]") || rest.starts_with("{{") || rest.starts_with("}}") {
                bail!("stray markup at {rest:.20}");
            } else {
                self.text.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        if dateline.is_some() {
            bail!("the dateline is not closed by `>>`");
        }
        if let Some(kind) = kind {
            self.layout.push((start..self.text.len(), kind.to_owned()));
        }
        Ok(())
    }

    fn read_mark(&mut self, mark: &str) -> Result<()> {
        let Some((label, name)) = mark.split_once('|') else {
            bail!("expected [[LABEL|name]], found [[{mark}]]")
        };
        let (label, gpe) = label.strip_suffix('~').map_or((label, false), |l| (l, true));
        if !matches!(label, "PER" | "ORG" | "LOC") || gpe && label != "LOC" {
            bail!("unknown label in [[{mark}]]");
        }
        if name.trim() != name || name.is_empty() || name.contains("[[") {
            bail!("a name has no white space at its ends and no markup inside: [[{mark}]]");
        }
        let from = self.text.len();
        self.text.push_str(name);
        self.entities.push(Mark { range: (from, self.text.len()), label: label.to_owned(), gpe });
        Ok(())
    }
}

impl Piece {
    /// The piece as the tagger sees it: sentences of tagging units with their tags.
    pub(crate) fn sentences(&self) -> Vec<LabeledSentence> {
        let tokens: Vec<_> = tutur::Tokenizer::new().tokenize(&self.text).collect();
        let mut ends = Vec::new();
        tutur::SentenceSplitter::new().split(&self.text, &tokens, &mut ends);
        let mut sentences = Vec::new();
        let mut first = 0;
        for end in ends {
            let mut units = Vec::new();
            tokens[first..end as usize].iter().for_each(|&t| tutur::ner::units(t, &mut units));
            first = end as usize;
            let tags = units.iter().map(|u| self.tag(u.range())).collect();
            sentences
                .push(LabeledSentence { words: units.iter().map(|u| u.text().to_owned()).collect(), tags });
        }
        sentences
    }

    /// The tag of the unit in `range`. A unit that an entity covers in part counts as inside it.
    fn tag(&self, range: Range<usize>) -> String {
        match self.entities.iter().find(|m| m.range.0 < range.end && range.start < m.range.1) {
            Some(mark) => format!("{}-{}", if range.start <= mark.range.0 { 'B' } else { 'I' }, mark.label),
            None => "O".to_owned(),
        }
    }
}

/// Writes the pieces of `part` as JSON, one a line, with offsets in characters: the form of the gold files.
pub(crate) fn print_jsonl(pieces: &[Piece], part: Option<Part>) {
    for piece in pieces.iter().filter(|p| part.is_none_or(|part| p.part() == part)) {
        let map = tutur::OffsetMap::new(&piece.text, tutur::OffsetUnit::Chars);
        let entities: Vec<_> = piece
            .entities
            .iter()
            .map(|m| {
                let (start, end) = (map.from_byte(m.range.0), map.from_byte(m.range.1));
                let place = if m.gpe { "gpe" } else { "place" };
                let usage = (m.label == "LOC").then_some(place);
                serde_json::json!({"start": start, "end": end, "label": m.label, "use": usage})
            })
            .collect();
        let layout: Vec<_> = piece
            .layout
            .iter()
            .map(|(r, kind)| {
                serde_json::json!({"start": map.from_byte(r.start), "end": map.from_byte(r.end), "kind": kind})
            })
            .collect();
        let record = serde_json::json!({
            "id": piece.id, "genre": piece.genre, "text": piece.text, "entities": entities, "layout": layout,
        });
        println!("{record}");
    }
}

/// Finds what is probably an oversight: names unmarked elsewhere in their piece, one name with two labels, ids used
/// twice. `allowed` holds the findings that were read and found right. Returns the number of new findings.
pub(crate) fn check(pieces: &[Piece], allowed: &BTreeSet<String>) -> usize {
    let mut findings = Vec::new();
    let mut ids = BTreeSet::new();
    for piece in pieces {
        if !ids.insert(&piece.id) {
            findings.push((piece, format!("{}\tid used twice", piece.id)));
        }
        let mut labels: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for mark in &piece.entities {
            labels.entry(&piece.text[mark.range.0..mark.range.1]).or_default().insert(&mark.label);
        }
        for (name, labels) in &labels {
            if labels.len() > 1 {
                findings.push((piece, format!("{}\t{name}\ttwo labels", piece.id)));
            }
            if name.len() > 2 && unmarked(piece, name) {
                findings.push((piece, format!("{}\t{name}\tunmarked", piece.id)));
            }
        }
    }
    findings.retain(|(_, finding)| !allowed.contains(finding));
    for (piece, finding) in &findings {
        println!("{} ({}): {finding}", piece.place, piece.style);
    }
    findings.len()
}

/// Compares a second annotation of the same texts with the first and prints where they differ: entity F1, and Cohen's
/// kappa over the tags of tokens.
pub(crate) fn agreement(first: &[Piece], second: &[Piece]) {
    let others: BTreeMap<&str, &Piece> = second.iter().map(|p| (p.id.as_str(), p)).collect();
    let (mut ours, mut theirs, mut same) = (0usize, 0usize, 0usize);
    let mut tags: BTreeMap<(String, String), usize> = BTreeMap::new();
    for piece in first {
        let Some(other) =
            others.get(piece.id.as_str()).filter(|o| o.text.trim_end() == piece.text.trim_end())
        else {
            println!("{}: not in the second pass, or with another text", piece.id);
            continue;
        };
        let spans = |p: &Piece| -> BTreeSet<((usize, usize), String)> {
            p.entities.iter().map(|m| (m.range, m.label.clone())).collect()
        };
        let (a, b) = (spans(piece), spans(other));
        ours += a.len();
        theirs += b.len();
        same += a.intersection(&b).count();
        for (range, label) in a.symmetric_difference(&b) {
            let pass = if a.contains(&(*range, label.clone())) { "first" } else { "second" };
            println!("{}\t{pass}\t{label} {}", piece.id, &piece.text[range.0..range.1]);
        }
        for (mine, other) in piece.sentences().iter().zip(&other.sentences()) {
            for pair in mine.tags.iter().cloned().zip(other.tags.iter().cloned()) {
                *tags.entry(pair).or_default() += 1;
            }
        }
    }
    let all: usize = tags.values().sum();
    let share = |n: usize| n as f64 / all.max(1) as f64;
    let agreed = share(tags.iter().filter(|((a, b), _)| a == b).map(|t| t.1).sum());
    let labels: BTreeSet<&String> = tags.keys().flat_map(|(a, b)| [a, b]).collect();
    let chance: f64 = labels
        .iter()
        .map(|&label| {
            let of = |first: bool| -> usize {
                tags.iter()
                    .filter(|((a, b), _)| if first { a == label } else { b == label })
                    .map(|t| t.1)
                    .sum()
            };
            share(of(true)) * share(of(false))
        })
        .sum();
    println!(
        "spans: {ours} and {theirs}, {same} the same: F1 {:.2}",
        200.0 * same as f64 / (ours + theirs).max(1) as f64
    );
    println!("tokens: {all}, kappa {:.4}", (agreed - chance) / (1.0 - chance).max(1e-9));
}

fn unmarked(piece: &Piece, name: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    piece.text.match_indices(name).any(|(at, _)| {
        let end = at + name.len();
        !word(piece.text[..at].chars().next_back())
            && !word(piece.text[end..].chars().next())
            && !piece.entities.iter().any(|m| m.range.0 < end && at < m.range.1)
    })
}

/// Sizes by part and genre, as a table for `data/corpus/README.md`.
pub(crate) fn stats(pieces: &[Piece]) {
    let tokens = |p: &Piece| tutur::Tokenizer::new().tokenize(&p.text).count();
    println!("| part | pieces | tokens | PER | ORG | LOC |\n|---|---|---|---|---|---|");
    for part in [Some(Part::Train), Some(Part::Dev), Some(Part::Test), Some(Part::HeldOut), None] {
        let chosen: Vec<&Piece> =
            pieces.iter().filter(|p| part.is_none_or(|part| p.part() == part)).collect();
        let count =
            |label: &str| chosen.iter().flat_map(|p| &p.entities).filter(|m| m.label == label).count();
        let name = part.map_or("all".to_owned(), |p| format!("{p:?}").to_lowercase());
        let size: usize = chosen.iter().map(|p| tokens(p)).sum();
        println!(
            "| {name} | {} | {size} | {} | {} | {} |",
            chosen.len(),
            count("PER"),
            count("ORG"),
            count("LOC")
        );
    }
    let mut genres: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for piece in pieces {
        let entry = genres.entry(&piece.genre).or_default();
        entry.0 += 1;
        entry.1 += tokens(piece);
    }
    println!("\n| genre | pieces | tokens |\n|---|---|---|");
    for (genre, (count, size)) in genres {
        println!("| {genre} | {count} | {size} |");
    }
}

/// How much of what a public corpus names, and of its words, the training part of ours has too.
pub(crate) fn overlap(pieces: &[Piece], shared: &Path) -> Result<()> {
    let ours: Vec<LabeledSentence> =
        pieces.iter().filter(|p| p.part() == Part::Train).flat_map(Piece::sentences).collect();
    let (words, names) = vocabulary(&ours);
    println!(
        "\n| public corpus, training part | words also ours | running words | names also ours | mentions |\n|---|---|---|---|---|"
    );
    for name in ["idner", "nergrit", "nerp", "nerui", "nerugm"] {
        let theirs = conll::read(&shared.join("corpora/ner").join(name).join("train.conll"))?;
        let (their_words, their_names) = vocabulary(&theirs);
        let share = |theirs: &BTreeMap<String, usize>, ours: &BTreeMap<String, usize>| {
            let both = theirs.iter().filter(|(key, _)| ours.contains_key(*key));
            let (types, tokens) = both.fold((0, 0), |(types, tokens), (_, n)| (types + 1, tokens + n));
            let percent = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
            format!("{:.1} % | {:.1} %", percent(types, theirs.len()), percent(tokens, theirs.values().sum()))
        };
        println!("| {name} | {} | {} |", share(&their_words, &words), share(&their_names, &names));
    }
    Ok(())
}

/// Words and names in lower case, and how often each stands.
fn vocabulary(sentences: &[LabeledSentence]) -> (BTreeMap<String, usize>, BTreeMap<String, usize>) {
    let (mut words, mut names) = (BTreeMap::new(), BTreeMap::new());
    for sentence in sentences {
        let mut name = String::new();
        for (i, (word, tag)) in sentence.words.iter().zip(&sentence.tags).enumerate() {
            let word = word.to_lowercase();
            if tag != "O" {
                name.push_str(&word);
                name.push(' ');
                if !sentence.tags.get(i + 1).is_some_and(|next| next.starts_with("I-")) {
                    *names.entry(std::mem::take(&mut name)).or_default() += 1;
                }
            }
            if word.starts_with(char::is_alphabetic) {
                *words.entry(word).or_default() += 1;
            }
        }
    }
    (words, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text_and_offsets() {
        let source = "### a-1 | tes | singkat\n{{headline}}[[ORG|KPK]] Periksa Wali Kota\n\n<<dateline:[[LOC|PALU]] ->> \
                      Kata [[PER|Ani]] dari [[LOC~|Palu]].\n\n";
        let pieces = parse(source, "a.txt").unwrap();
        let piece = &pieces[0];
        assert_eq!(piece.text, "KPK Periksa Wali Kota\n\nPALU - Kata Ani dari Palu.");
        let names: Vec<_> = piece
            .entities
            .iter()
            .map(|m| (&piece.text[m.range.0..m.range.1], m.label.as_str(), m.gpe))
            .collect();
        let expected =
            [("KPK", "ORG", false), ("PALU", "LOC", false), ("Ani", "PER", false), ("Palu", "LOC", true)];
        assert_eq!(names, expected);
        assert_eq!(piece.layout[0], (0..21, "headline".to_owned()));
        assert_eq!(&piece.text[piece.layout[1].0.clone()], "PALU -");
    }

    #[test]
    fn errors_name_file_and_line() {
        for (source, expected) in [
            ("### a | b\n", "a.txt:1"),
            ("### a | b | c\n[[PRE|x]]\n", "a.txt:2"),
            ("### a | b | c\n\n[[PER|x\n", "a.txt:3"),
            ("### a | b | c\n{{judul}}x\n", "a.txt:2"),
            ("x\n", "a.txt:1"),
        ] {
            let error = parse(source, "a.txt").err().map(|e| format!("{e:#}")).unwrap_or_default();
            assert!(error.contains(expected), "{source:?} gave {error:?}");
        }
    }
}
