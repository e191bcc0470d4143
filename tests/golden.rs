//! Guards the output on the bundled article against change: run with UPDATE_GOLDEN=1 to accept a change.

use tutur::render::json::JsonDocument;
use tutur::render::{Style, brat, conll, conllu, html, pretty};
use tutur::{OffsetUnit, Pipeline};

const TEXT: &str = include_str!("../examples/data/berita.txt");

fn compare(name: &str, found: &str) {
    let path = format!("tests/golden/{name}");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let line = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
    assert!(
        expected == found,
        "{path} differs from line {:?}; UPDATE_GOLDEN=1 accepts the change",
        line.map(|l| l + 1)
    );
}

#[test]
fn terminal() {
    let mut out = String::new();
    pretty(&Pipeline::new().process(TEXT), Style::Plain, &mut out).unwrap();
    compare("berita.pretty", &out);
}

#[test]
fn conllu_of_the_article() {
    let mut out = String::new();
    conllu(&Pipeline::new().process(TEXT), "berita", &mut out).unwrap();
    compare("berita.conllu", &out);
}

#[test]
fn page() {
    let mut out = String::new();
    html(&Pipeline::new().process(TEXT), "berita", &mut out).unwrap();
    compare("berita.html", &out);
}

#[test]
fn conll_of_the_article() {
    let mut out = String::new();
    conll(&Pipeline::new().process(TEXT), &mut out).unwrap();
    compare("berita.conll", &out);
}

#[test]
fn brat_of_the_article() {
    let mut out = String::new();
    brat(&Pipeline::new().process(TEXT), &mut out).unwrap();
    compare("berita.ann", &out);
}

#[test]
fn json_of_the_article() {
    let data = JsonDocument::new(&Pipeline::new().process(TEXT), Some("berita".into()), OffsetUnit::Chars);
    compare("berita.json", &format!("{}\n", serde_json::to_string_pretty(&data).unwrap()));
}
