//! Every row of `tests/data/tokens` and `tests/data/sentences`: expected values come from the conventions, not from us.

use std::fmt::Write;

use tutur::Tokenizer;

fn rows(folder: &str) -> Vec<(String, String)> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let mut rows = Vec::new();
    for path in paths {
        for (index, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            if !line.starts_with("# ") && !line.trim().is_empty() {
                rows.push((format!("{}:{}", path.display(), index + 1), line.to_owned()));
            }
        }
    }
    rows
}

#[test]
fn tokens_follow_the_tables() {
    let tokenizer = Tokenizer::new();
    let (mut count, mut failures) = (0, String::new());
    for (place, line) in rows("tests/data/tokens") {
        let (text, expected) = line.split_once('\t').expect("two columns");
        count += 1;
        let found: Vec<&str> = tokenizer.tokenize(text).map(|t| t.text()).collect();
        if found != expected.split(' ').collect::<Vec<_>>() {
            writeln!(
                failures,
                "{place}: expected {expected}\n{:>width$}",
                found.join(" "),
                width = place.len() + 11
            )
            .unwrap();
        }
    }
    assert!(count >= 380, "{count} rows");
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn sentences_follow_the_tables() {
    let tokenizer = Tokenizer::new();
    let (mut count, mut failures) = (0, String::new());
    for (place, line) in rows("tests/data/sentences") {
        let (text, expected) = line.split_once(" ¦ ").expect("text and sentences");
        count += 1;
        let found: Vec<&str> = tokenizer.sentences(text).map(|s| s.of(text)).collect();
        if found.join(" | ") != expected {
            writeln!(failures, "{place}: expected {expected}\n    found {}", found.join(" | ")).unwrap();
        }
    }
    assert!(count >= 200, "{count} rows");
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn a_line_break_ends_a_sentence() {
    let text = "Warga Rayakan Panen\n\nPALU - Warga merayakan panen\ndi sawah. Ramai.";
    let found: Vec<&str> = Tokenizer::new().sentences(text).map(|s| s.of(text)).collect();
    assert_eq!(found, ["Warga Rayakan Panen", "PALU - Warga merayakan panen", "di sawah.", "Ramai."]);
}
