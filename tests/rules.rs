//! A user's rules: what they find, how they stand to the model, what their errors say.

use std::collections::BTreeSet;
use std::fmt::Write;

use proptest::prelude::*;
use tutur::ner::{ConllReader, Repair, TagScratch, TagSpan, Trainer, TrainerOptions};
use tutur::rules::{EntityRules, Mode, Rule, TokenPattern, TokenTest, Verdict};
use tutur::{Document, EntityKind, ErrorKind, Pipeline, Tagger};

fn found(document: &Document<'_>) -> String {
    let found: Vec<String> = document.entities().map(|e| format!("{} {}", e.kind(), e.text())).collect();
    if found.is_empty() { "-".to_owned() } else { found.join(" | ") }
}

/// The rules and nothing else.
fn alone(rules: EntityRules) -> Pipeline {
    Pipeline::builder().entities(false).rules(rules).build().unwrap()
}

#[test]
fn matches_follow_the_table() {
    let file = "tests/data/rules/cases.txt";
    let (mut count, mut failures) = (0, String::new());
    let (mut rows, mut pipeline) = (String::new(), None);
    for (index, line) in std::fs::read_to_string(file).unwrap().lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(row) = line.strip_prefix("= ") {
            if pipeline.take().is_some() {
                rows.clear();
            }
            writeln!(rows, "{row}").unwrap();
            continue;
        }
        let rules =
            || EntityRules::from_tsv(rows.as_bytes()).unwrap_or_else(|e| panic!("{file}:{index}: {e}"));
        let pipeline = pipeline.get_or_insert_with(|| alone(rules()));
        let (text, expected) = line.split_once('\t').expect("a text and what is found");
        count += 1;
        let found = found(&pipeline.process(text));
        if found != expected {
            writeln!(failures, "{file}:{}: expected {expected}\n    found {found}", index + 1).unwrap();
        }
    }
    assert!(count >= 60, "{count} rows");
    assert!(failures.is_empty(), "\n{failures}");
}

/// A model that knows a few words, each with a kind and a score.
#[derive(Debug)]
struct Fixed(&'static [(&'static str, EntityKind, f32)]);

impl Tagger for Fixed {
    fn tag(&self, words: &[&str], _: &mut TagScratch, found: &mut Vec<TagSpan>) {
        let mut at = 0;
        while at < words.len() {
            let fits = |name: &str| {
                let length = name.split(' ').count();
                words.get(at..at + length).is_some_and(|w| w.join(" ") == name).then_some(length)
            };
            let hit = self.0.iter().find_map(|&(name, kind, score)| Some((fits(name)?, kind, score)));
            let Some((length, kind, score)) = hit else {
                at += 1;
                continue;
            };
            let first = u32::try_from(at).unwrap();
            at += length;
            found.push(TagSpan { first, end: u32::try_from(at).unwrap(), kind, score });
        }
    }
}

const PER: EntityKind = EntityKind::Person;
const ORG: EntityKind = EntityKind::Organization;
const LOC: EntityKind = EntityKind::Location;

/// What model and rules find together, with scores in tenths.
fn together(model: &'static [(&'static str, EntityKind, f32)], rules: &[Rule], text: &str) -> String {
    let builder = rules.iter().fold(EntityRules::builder(), |b, rule| b.rule(rule.clone()));
    let pipeline = Pipeline::builder().tagger(Fixed(model)).rules(builder.build().unwrap()).build().unwrap();
    let document = pipeline.process(text);
    let all: Vec<String> =
        document.entities().map(|e| format!("{} {} {:.1}", e.kind(), e.text(), e.score())).collect();
    all.join(" | ")
}

#[test]
fn a_rule_that_wins_replaces_what_it_overlaps() {
    let model = &[("Bank Maju", ORG, 0.9), ("Jaya", PER, 0.9), ("Palu", LOC, 0.9)];
    let text = "Di Bank Maju Jaya di Palu.";
    assert_eq!(together(model, &[], text), "ORG Bank Maju 0.9 | PER Jaya 0.9 | LOC Palu 0.9");
    assert_eq!(
        together(model, &[Rule::name("Bank Maju Jaya", ORG)], text),
        "ORG Bank Maju Jaya 1.0 | LOC Palu 0.9"
    );
    assert_eq!(
        together(model, &[Rule::name("Maju", LOC), Rule::name("Palu", ORG)], text),
        "LOC Maju 1.0 | PER Jaya 0.9 | ORG Palu 1.0"
    );
}

#[test]
fn advice_is_heard_where_the_model_is_silent_or_unsure() {
    let rules = [Rule::name("Bank Maju", ORG).advise()];
    let text = "Di Bank Maju.";
    assert_eq!(together(&[], &rules, text), "ORG Bank Maju 0.7");
    assert_eq!(together(&[("Maju", LOC, 0.6)], &rules, text), "LOC Maju 0.6");
    assert_eq!(together(&[("Maju", LOC, 0.4)], &rules, text), "ORG Bank Maju 0.7");
    assert_eq!(
        together(&[("Bank", LOC, 0.4), ("Maju", PER, 0.6)], &rules, text),
        "LOC Bank 0.4 | PER Maju 0.6"
    );
    assert_eq!(together(&[("Bank Maju", ORG, 0.6)], &rules, text), "ORG Bank Maju 0.7", "lifted");
    assert_eq!(together(&[("Bank Maju", ORG, 0.9)], &rules, text), "ORG Bank Maju 0.9");
    let never = [Rule::name("Maju", Verdict::Never).advise()];
    assert_eq!(together(&[("Maju", LOC, 0.6)], &never, text), "LOC Maju 0.6");
    assert_eq!(together(&[("Maju", LOC, 0.4)], &never, text), "");
}

#[test]
fn never_removes_what_lies_in_it_or_crosses_it() {
    let never = [Rule::name("Galaxy S24", Verdict::Never)];
    let text = "Harga Samsung Galaxy S24 Ultra naik.";
    assert_eq!(together(&[("Galaxy", ORG, 0.9)], &never, text), "");
    assert_eq!(together(&[("Galaxy S24", ORG, 0.9)], &never, text), "");
    assert_eq!(together(&[("Samsung Galaxy", ORG, 0.9)], &never, text), "");
    assert_eq!(together(&[("S24 Ultra", ORG, 0.9)], &never, text), "");
    assert_eq!(
        together(&[("Samsung", ORG, 0.9), ("Ultra", PER, 0.9)], &never, text),
        "ORG Samsung 0.9 | PER Ultra 0.9"
    );
    let longer = &[("Samsung Galaxy S24 Ultra", ORG, 0.9)];
    assert_eq!(together(longer, &never, text), "ORG Samsung Galaxy S24 Ultra 0.9");
    let advised = [never[0].clone(), Rule::name("Samsung Galaxy S24", ORG).advise()];
    assert_eq!(together(&[], &advised, text), "ORG Samsung Galaxy S24 0.7");
    let advised = [never[0].clone(), Rule::name("Samsung Galaxy", ORG).advise()];
    assert_eq!(together(&[], &advised, text), "");
    // A rule beside it ends that: the longer name is replaced.
    let both = [never[0].clone(), Rule::name("Samsung", ORG)];
    assert_eq!(together(longer, &both, text), "ORG Samsung 1.0");
}

#[test]
fn the_second_look_keeps_what_rules_won() {
    // It would fill in `Mega`, which is sure elsewhere, and give the unsure one the kind of the sure ones.
    let model = &[("Mega", PER, 0.95)];
    let text = "Mega tiba.\n\nMega pulang.\n\nKata Mega lagi.\n\nHarga Mega Super Satu naik.";
    let rules = [Rule::name("Mega Super Satu", Verdict::Never)];
    assert_eq!(together(model, &rules, text), "PER Mega 0.9 | PER Mega 0.9 | PER Mega 0.9");
    // It would part the headline at a name that the body knows.
    let page =
        "NATO Meradang Rusia\n\nBRUSSELS - Kata NATO, sikap NATO dan Rusia tetap. NATO diam, Rusia pergi.";
    let model = &[("NATO Meradang Rusia", ORG, 0.9), ("NATO", ORG, 0.9), ("Rusia", LOC, 0.9)];
    assert!(together(model, &[], page).starts_with("ORG NATO 0.9 | LOC Rusia 0.9"));
    let rules = [Rule::name("NATO Meradang Rusia", PER)];
    assert!(together(model, &rules, page).starts_with("PER NATO Meradang Rusia 1.0"));
}

#[test]
fn the_second_look_learns_from_rules() {
    let text = "Serikat Petani Maju (SPM) hadir.";
    assert_eq!(
        together(&[], &[Rule::name("Serikat Petani Maju", ORG)], text),
        "ORG Serikat Petani Maju 1.0 | ORG SPM 0.9"
    );
}

#[test]
fn rules_win_in_page_furniture_too() {
    let page = "Warga Palu Rayakan Panen\n\nPALU - Warga merayakan panen.\n\n(ian)\n";
    assert_eq!(together(&[("ian", PER, 0.9)], &[], page), "");
    assert_eq!(together(&[], &[Rule::name("ian", PER)], page), "PER ian 1.0");
    assert_eq!(together(&[], &[Rule::name("ian", PER).advise()], page), "");
}

#[test]
fn chains_link_what_rules_found() {
    let rules = EntityRules::builder().name("Mbah Karto Sentono", PER).name("Sentono", PER).build().unwrap();
    let document = alone(rules).process("Mbah Karto Sentono datang. Kemudian Sentono pulang.");
    let chains: Vec<_> = document.chains().map(|c| (c.name(), c.count())).collect();
    assert_eq!(chains, [("Mbah Karto Sentono", 2)]);
}

#[test]
fn names_of_rules_are_not_stemmed_and_what_is_never_a_name_is() {
    let model = &[("Pertama", ORG, 0.9), ("Membangun", ORG, 0.9)];
    let rules = EntityRules::builder().name("Berkah", ORG).name("Membangun", Verdict::Never).build().unwrap();
    let pipeline = Pipeline::builder().tagger(Fixed(model)).rules(rules).build().unwrap();
    let document = pipeline.process("Toko Berkah buka. Membangun itu perlu.");
    let stems: Vec<_> = document.tokens().map(|t| t.stem()).collect();
    assert_eq!((stems[1], stems[4]), ("berkah", "bangun"));
}

#[test]
fn labels_of_your_own_are_declared() {
    let produk = EntityKind::Other(3);
    let file = "name\tPRODUK\tGalaxy S24\nname\tPERSON\tBudi\n";
    let builder = || EntityRules::builder().label("PERSON", PER).label("PRODUK", produk);
    let rules = builder().tsv(file.as_bytes()).unwrap().build().unwrap();
    assert_eq!((rules.label(produk), rules.label(PER), rules.label(ORG)), ("PRODUK", "PERSON", "ORG"));
    let pipeline = alone(rules);
    let document = pipeline.process("Budi membeli Galaxy S24.");
    let kinds: Vec<_> = document.entities().map(|e| (e.text(), e.kind())).collect();
    assert_eq!(kinds, [("Budi", PER), ("Galaxy S24", produk)]);
    let error = builder().tsv("name\tPRODUKS\tx\n".as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1: expected the label PER, ORG, LOC, PERSON, PRODUK or NEVER, found \"PRODUKS\""
    );
}

#[test]
fn rules_and_a_model_of_your_own_mean_the_same_labels() {
    let file = "Nasi\tB-FOOD\ngoreng\tI-FOOD\nenak\tO\n\nAni\tB-PER\nmakan\tO\nsate\tB-FOOD\n\n".repeat(20);
    let sentences = ConllReader::new(file.as_bytes(), "makanan.conll", Repair::Strict).read_all().unwrap();
    let mut trainer = Trainer::new(TrainerOptions::default());
    trainer.add(&sentences, 1.0).unwrap();
    let model = trainer.train(&sentences, &mut |_| true).unwrap();
    let builder = EntityRules::builder().labels_of(&model);
    let rules = builder.tsv("name\tFOOD\tpisang epe\n".as_bytes()).unwrap().build().unwrap();
    let pipeline = Pipeline::builder().tagger(model.clone()).rules(rules.clone()).build().unwrap();
    let document = pipeline.process("Ani makan sate dan pisang epe");
    let labels: Vec<_> =
        document.entities().map(|e| (e.text(), model.label(e.kind()), rules.label(e.kind()))).collect();
    assert_eq!(labels, [("Ani", "PER", "PER"), ("sate", "FOOD", "FOOD"), ("pisang epe", "FOOD", "FOOD")]);
}

#[test]
fn the_example_changes_the_bundled_article() {
    let text = include_str!("../examples/data/berita.txt");
    let names = |pipeline: Pipeline| -> BTreeSet<String> {
        pipeline.process(text).entities().map(|e| format!("{} {}", e.kind(), e.text())).collect()
    };
    let rules = EntityRules::from_file("examples/data/aturan.tsv").unwrap();
    let (without, with) = (names(Pipeline::new()), names(Pipeline::builder().rules(rules).build().unwrap()));
    let gone: Vec<_> = without.difference(&with).collect();
    assert_eq!(gone, ["ORG KabarTutur.id"]);
    let new: Vec<_> = with.difference(&without).collect();
    assert_eq!(new, ["PER rsd"]);
}

#[test]
fn without_rules_nothing_changes() {
    let text = include_str!("../examples/data/berita.txt");
    let rules = EntityRules::builder().build().unwrap();
    assert!(rules.is_empty());
    let pipeline = Pipeline::builder().rules(rules).build().unwrap();
    assert_eq!(pipeline.process(text), Pipeline::new().process(text));
}

#[test]
fn a_match_ends_with_the_piece_that_is_looked_at() {
    // A sentence of more than two KiB, and a token of as many.
    let rules = EntityRules::builder().name("Maju", ORG).regex(r"\bJaya\b", PER).build().unwrap();
    let text =
        format!("{} Maju Jaya {} Maju {} Jaya", "kata ".repeat(900), "x".repeat(5_000), "kata ".repeat(500));
    assert_eq!(found(&alone(rules).process(&text)), "ORG Maju | PER Jaya | ORG Maju | PER Jaya");
}

/// Lines that are no rules, each with what its error says.
fn errors(format: &str) -> Vec<(String, String)> {
    let file = format!("tests/data/rules/{format}_errors.txt");
    let text = std::fs::read_to_string(&file).unwrap();
    let mut lines = text.lines().filter(|l| !l.starts_with("# "));
    let mut errors = Vec::new();
    while let Some(line) = lines.next() {
        let message = lines.next().and_then(|m| m.strip_prefix("> "));
        errors.push((line.to_owned(), message.unwrap_or_else(|| panic!("{file}: {line}")).to_owned()));
    }
    assert!(errors.len() >= 18, "{file}");
    errors
}

#[test]
fn errors_of_tsv_say_line_and_what_was_found() {
    for (row, expected) in errors("tsv") {
        // Line ends of Windows, a comment and an empty line before it.
        let file = format!("# daftar\r\n\r\n{row}\r\n");
        let error = EntityRules::from_tsv(file.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("line 3: {expected}"));
    }
    let long = format!("name\tPER\t{}\n", "a ".repeat(65));
    let error = EntityRules::from_tsv(long.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "line 1: a name has at most 64 words and marks, found 65");
    let error = EntityRules::from_tsv(&b"name\tPER\tAni\nname\tPER\tBud\xE9\n"[..]).unwrap_err();
    assert_eq!(error.to_string(), "line 2: expected UTF-8, found another byte at 12");
}

#[test]
fn errors_name_the_file_or_the_rule() {
    let folder = std::env::temp_dir().join(format!("tutur-rules-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("nama.tsv");
    std::fs::write(&file, "\u{feff}name\tPER\tBudi\nname\tORANG\tAni\n").unwrap();
    let error = EntityRules::from_file(&file).unwrap_err();
    let expected =
        format!("{}:2: expected the label PER, ORG, LOC or NEVER, found \"ORANG\"", file.display());
    assert_eq!((error.to_string(), error.kind()), (expected, ErrorKind::Format));
    std::fs::write(&file, "\u{feff}name\tPER\tBudi\nregex\tPER\t(\n").unwrap();
    let error = EntityRules::from_file(&file).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}:2: expected a regular expression", file.display())), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();

    let error = EntityRules::from_file(&file).unwrap_err();
    assert!(error.kind() == ErrorKind::Io && error.to_string().contains("nama.tsv"));
    let error = EntityRules::from_file("nama.csv").unwrap_err();
    assert!(error.kind() == ErrorKind::Config && error.to_string().starts_with("nama.csv: expected"));
    let error = EntityRules::builder().name("Budi", PER).name("?", PER).build().unwrap_err();
    assert_eq!(error.to_string(), "rule 2: expected a name, found \"?\"");
    let error = EntityRules::builder().tokens(TokenPattern::new(), PER).build().unwrap_err();
    assert_eq!(error.to_string(), "rule 1: a pattern needs a token of the entity, found none");
    let apart = TokenPattern::new().token(TokenTest::any()).context(TokenTest::any()).token(TokenTest::any());
    let error = EntityRules::builder().tokens(apart, PER).build().unwrap_err();
    assert!(error.to_string().starts_with("rule 1: the tokens of the entity stand together"), "{error}");
    let nothing = TokenPattern::new().token(TokenTest::kind([]));
    let error = EntityRules::builder().tokens(nothing, PER).build().unwrap_err();
    assert_eq!(error.to_string(), "rule 1: expected kinds of tokens, found none");
}

#[test]
fn stems_need_a_stemmer() {
    let rules = EntityRules::from_tsv("tokens\tORG\t[!stem=beli]\n".as_bytes()).unwrap();
    let error = Pipeline::builder().stemming(false).rules(rules).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

#[cfg(feature = "serde")]
#[test]
fn json_lines_say_the_same_as_rows() {
    for (row, line) in [
        ("name\tORG\tWarung Tuah", r#"{"label": "ORG", "name": "Warung Tuah"}"#),
        ("name\tORG\tWarung Tuah", r#"{"label": "ORG", "pattern": "Warung Tuah", "id": "w"}"#),
        (
            "name\tORG\twarung tuah\tignore_case",
            r#"{"label": "ORG", "name": "warung tuah", "ignore_case": true}"#,
        ),
        ("name\tNEVER\tWarung", r#"{"label": "NEVER", "name": "Warung"}"#),
        ("regex\tPER\t\\bB\\w+", r#"{"label": "PER", "regex": "\\bB\\w+", "mode": "win"}"#),
        (
            "tokens\tPER\t[lower=kata] ([capital]+)",
            r#"{"label": "PER", "tokens": "[lower=kata] ([capital]+)"}"#,
        ),
        (
            "tokens\tPER\t[lower=kata] ([capital]+)",
            r#"{"label": "PER", "tokens": [{"lower": "kata", "context": true}, {"capital": true, "op": "+"}]}"#,
        ),
        (
            "tokens\tORG\t[lower=warung|toko] [capital & !upper]?",
            r#"{"label": "ORG", "pattern":
                [{"LOWER": {"IN": ["warung", "toko"]}}, {"IS_TITLE": true, "IS_UPPER": false, "OP": "?"}]}"#,
        ),
        ("tokens\tORG\t[stem=buka]", r#"{"label": "ORG", "pattern": [{"LEMMA": "buka"}]}"#),
        (
            "tokens\tORG\t[lower!=warung & shape=Xxxx]",
            r#"{"label": "ORG", "tokens": [{"not": {"lower": "warung"}, "shape": "Xxxx"}]}"#,
        ),
        (
            "tokens\tORG\t[lower!=warung & shape=Xxxx]",
            r#"{"label": "ORG", "tokens": [{"lower": {"NOT_IN": ["warung"]}, "shape": ["Xxxx"]}]}"#,
        ),
        (
            "tokens\tORG\t[regex=\"^T\"]{1,2}",
            r#"{"label": "ORG", "tokens": [{"TEXT": {"REGEX": "^T"}, "OP": "{1,2}"}]}"#,
        ),
        (
            "tokens\tORG\t[regex=\"^T\" & kind=word]",
            r#"{"label": "ORG", "tokens": [{"regex": "^T", "kind": "word"}]}"#,
        ),
    ] {
        let text = "Kata Budi Santoso, Warung Tuah dan TOKO Tuah dibuka. Warung terbuka.";
        let from_row = alone(EntityRules::from_tsv(row.as_bytes()).unwrap());
        let from_line = alone(
            EntityRules::from_jsonl(line.replace('\n', " ").as_bytes())
                .unwrap_or_else(|e| panic!("{line}: {e}")),
        );
        assert_eq!(found(&from_row.process(text)), found(&from_line.process(text)), "{line}");
        assert!(from_row.process(text).entities().count() > 0 || row.contains("NEVER"), "{row}");
    }
    let lines = r#"{"label": "PER", "name": "Budi", "priority": 0}

{"label": "ORG", "name": "Budi", "priority": 1}"#;
    assert_eq!(
        found(&alone(EntityRules::from_jsonl(lines.as_bytes()).unwrap()).process("Budi.")),
        "ORG Budi"
    );
}

#[cfg(feature = "serde")]
#[test]
fn errors_of_json_lines_say_line_and_what_was_found() {
    for (line, expected) in errors("jsonl") {
        let file = format!("\n{line}\n");
        let error = EntityRules::from_jsonl(file.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("line 2: {expected}"));
    }
}

#[test]
fn many_names_are_read_and_found_quickly() {
    let mut rows = String::new();
    for n in 0..100_000 {
        writeln!(rows, "name\tORG\tKoperasi Tani{} Maju{}\tignore_case", n / 300, n % 300).unwrap();
    }
    let start = std::time::Instant::now();
    let rules = EntityRules::from_tsv(rows.as_bytes()).unwrap();
    let took = start.elapsed();
    println!("{} names in {took:?}", rules.len());
    assert!(took.as_secs() < 5, "{took:?}");
    let document = alone(rules).process("Anggota koperasi TANI12 maju45 hadir.").entities().count();
    assert_eq!(document, 1);
}

#[test]
fn time_is_linear_in_hostile_texts() {
    let rules = EntityRules::builder()
        .name(&"a ".repeat(64), ORG)
        .rule(Rule::name(&format!("{} b", "a ".repeat(63)), ORG).ignore_case())
        .tokens("[]* [lower=a]* [lower=a]* b".parse().unwrap(), ORG)
        .tokens("[lower=a]{0,20} [lower=a]{0,20} [lower=a]{0,20} [lower=b]".parse().unwrap(), ORG)
        .regex("(a+ ?)+b", PER)
        .regex(".*[^A-Z ]|[A-Z]", PER)
        .build()
        .unwrap();
    let pipeline = alone(rules);
    let time = |text: &str| {
        let start = std::time::Instant::now();
        let document = pipeline.process(text);
        assert!(document.entities().count() <= text.len());
        start.elapsed().as_secs_f64()
    };
    for seed in ["a ", "A ", "a", "a-", "a.", "Ab-Cd-", "\n", "(", "é ", "\u{301}", "a  \t  "] {
        let (short, long) = (seed.repeat(10_000 / seed.len()), seed.repeat(40_000 / seed.len()));
        // The best of two, for other programs run too.
        let (fast, slow) = (time(&short).min(time(&short)), time(&long).min(time(&long)));
        assert!(slow < 8.0 * fast + 0.05, "{seed:?}: {fast} s for a quarter, {slow} s");
    }
}

/// Texts of a few words, so that rules find something, and anything else.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        8 => prop::sample::select(vec![
            "Bank", "Maju", "maju", "Jaya", "PT", "Tbk.", "di", "Rusia-Kazakhstan", "anti-Rusia", "Ma'ruf", "S.H.",
            "membeli", "12", "é",
        ]).prop_map(str::to_owned),
        6 => prop::sample::select(vec![
            " ", " ", " ", "\n", "\n\n", ".", ", ", "-", " - ", "(", ")", "’", "😂", "\u{301}", "\u{200b}", "\0",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(pieces, 0..30).prop_map(|p| p.concat())
}

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop::sample::select(vec![
        PER.into(),
        ORG.into(),
        LOC.into(),
        EntityKind::Other(9).into(),
        Verdict::Never,
    ])
}

/// Rules that can be built, with their modes.
fn rules() -> impl Strategy<Value = Vec<(Rule, Mode)>> {
    let tokens = prop::sample::select(vec![
        "[capital]+",
        "[lower=bank] ([capital]*  [capital])",
        "[stem=beli] []",
        "[]{1,3}",
        "(PT []) [kind=punctuation]?",
        "[!capital & shape=xxxx|dd]{2}",
        "[regex=\"^.$\"]* [suffix=u]",
        "[prefix=M|S & !upper]",
    ]);
    let regexes = prop::sample::select(vec![
        r"\b\p{Lu}\w+",
        "a|b",
        "(?<entity>M.*) J",
        ".+",
        "x*",
        r"\s\S+\s",
        "^.",
        ".$",
    ]);
    let rule = (
        prop_oneof![
            (texts(), verdicts()).prop_map(|(t, v)| Rule::name(&t, v)),
            (tokens, verdicts()).prop_map(|(t, v)| Rule::tokens(t.parse().unwrap(), v)),
            (regexes, verdicts()).prop_map(|(t, v)| Rule::regex(t, v)),
        ],
        prop::sample::select(vec![Mode::Win, Mode::Advise]),
        -2..3,
    )
        .prop_map(|(rule, mode, priority)| (rule.mode(mode).priority(priority), mode));
    prop::collection::vec(rule, 0..6).prop_map(|rules| {
        let builds = |rule: &(Rule, Mode)| EntityRules::builder().rule(rule.0.clone()).build().is_ok();
        rules.into_iter().filter(builds).collect()
    })
}

fn built<'r>(rules: impl IntoIterator<Item = &'r (Rule, Mode)>) -> EntityRules {
    rules.into_iter().fold(EntityRules::builder(), |b, rule| b.rule(rule.0.clone())).build().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_rules_give_ordered_entities_again_and_again(text in texts(), other in texts(), rules in rules()) {
        let model = Fixed(&[("Bank Maju", ORG, 0.9), ("Jaya", PER, 0.4), ("di", LOC, 0.6)]);
        let pipeline = Pipeline::builder().tagger(model).rules(built(&rules)).build().unwrap();
        let document = pipeline.process(&text);
        let mut at = 0;
        for entity in document.entities() {
            let range = entity.range();
            prop_assert!(range.start >= at && range.end > range.start);
            prop_assert_eq!(&text[range.clone()], entity.text());
            prop_assert!(entity.chain().count() > 0);
            at = range.end;
        }
        // What wins is what would win without a model and without advice.
        let winning = rules.iter().filter(|r| r.1 == Mode::Win);
        for won in alone(built(winning)).process(&text).entities() {
            let same = document.entity_at(won.range().start);
            prop_assert_eq!(same.map(|e| (e.range(), e.kind(), e.score())), Some((won.range(), won.kind(), 1.0)));
        }
        let mut worker = pipeline.worker();
        let buffer = worker.process(&other).into_buf();
        prop_assert_eq!(worker.process_with(&text, buffer), document);
    }

    #[test]
    fn a_name_taken_from_the_text_is_found(text in texts(), from in any::<prop::sample::Index>(), length in 1usize..5) {
        let pipeline = Pipeline::builder().entities(false).build().unwrap();
        let document = pipeline.process(&text);
        let words: Vec<_> = document.tokens().filter(|t| t.text().chars().all(char::is_alphanumeric)).collect();
        if words.is_empty() {
            return Ok(());
        }
        let first = words[from.index(words.len())];
        let sentence = first.sentence().map(|s| s.index());
        let inside = |w: &&tutur::pipeline::TokenView<'_, '_>| w.sentence().map(|s| s.index()) == sentence;
        let same = words.iter().filter(|w| w.index() >= first.index()).filter(inside);
        let last = same.take(length).last().unwrap();
        let name = &text[first.range().start..last.range().end];
        let rules = EntityRules::builder().name(name, ORG).build().unwrap();
        let document = alone(rules).process(&text);
        let wanted = first.range().start..last.range().end;
        let covered = document.entities().any(|e| e.range().start < wanted.end && wanted.start < e.range().end);
        prop_assert!(covered, "{:?} is not in {:?}", name, found(&document));
    }

    #[test]
    fn any_line_is_a_rule_or_an_error(
        what in "(name|tokens|regex)?\t?(PER|NEVER)?\t?", pattern in "[\\[\\]()a\"=!&|?+*{}1, lowerx\\\\]{0,20}",
        option in "(\t(win|priority=[0-9]{0,12}))?",
    ) {
        let line = what + &pattern + &option;
        if let Err(error) = EntityRules::from_tsv(line.as_bytes()) {
            prop_assert!(error.to_string().starts_with("line 1: "), "{}", error);
        }
        let _ = line.parse::<TokenPattern>();
    }

    #[test]
    fn any_text_is_a_pattern_or_an_error(text in any::<String>()) {
        let _ = text.parse::<TokenPattern>();
    }
}

#[cfg(feature = "serde")]
proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_a_rule_or_an_error(key in "tokens|name|regex", value in "[\\[\\]{}:\",a1 lowert]{0,20}") {
        let line = format!("{{\"label\":\"PER\",\"{key}\":{value}}}");
        if let Err(error) = EntityRules::from_jsonl(line.as_bytes()) {
            prop_assert!(error.to_string().starts_with("line 1: "), "{}", error);
        }
    }
}
