//! Output formats besides JSON and CoNLL-U: validity, escaping, nothing that leaves its place.

mod common;

use common::{ARTICLE, HOSTILE, PIPELINE, texts};
use proptest::prelude::*;
use serde_json::json;
use tutur::ner::{ConllReader, Repair, units};
use tutur::render::json::JsonDocument;
use tutur::render::{Style, brat, brat_text, conll, pretty, printable};
use tutur::{Document, LayoutKind};

fn samples() -> impl Iterator<Item = String> {
    HOSTILE.iter().map(|&text| text.to_owned()).chain([ARTICLE.to_owned(), common::long_line()])
}

/// Nothing but line ends and, with colours, our own colour sequences may move a terminal.
fn check_terminal(document: &Document<'_>) {
    let (mut plain, mut colour) = (String::new(), String::new());
    pretty(document, Style::Plain, &mut plain).unwrap();
    pretty(document, Style::Colour, &mut colour).unwrap();
    for code in ["1;32", "1;33", "1;34", "1;35", "0", "2"] {
        colour = colour.replace(&format!("\u{1b}[{code}m"), "");
    }
    for shown in [plain, colour] {
        let moves = |c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!shown.contains(moves), "{shown:?}");
        let names = document.chains().filter(|c| c.kind().label() != "OTHER").count();
        assert!(shown.lines().count() >= document.sentences().count());
        assert!(
            names == 0 || shown.contains("\nPER  ") || shown.contains("\nORG  ") || shown.contains("\nLOC  ")
        );
    }
}

/// Reads the file back: the same units, and tags that cover the same entities.
fn check_conll(document: &Document<'_>) {
    let mut out = String::new();
    conll(document, &mut out).unwrap();
    let sentences = ConllReader::new(out.as_bytes(), "a", Repair::Strict).read_all().unwrap();
    assert_eq!(sentences.len(), document.sentences().count());
    let mut tagged: Vec<(usize, usize, String)> = Vec::new();
    for (sentence, read) in document.sentences().zip(&sentences) {
        let mut parts = Vec::new();
        sentence.tokens().for_each(|t| units(t.token(), &mut parts));
        assert_eq!(parts.len(), read.words.len());
        for ((unit, word), tag) in parts.iter().zip(&read.words).zip(&read.tags) {
            assert_eq!(unit.text().chars().count(), word.chars().count());
            match tag.split_once('-') {
                Some(("B", kind)) => tagged.push((unit.range().start, unit.range().end, kind.to_owned())),
                Some(_) => tagged.last_mut().unwrap().1 = unit.range().end,
                None => assert_eq!(tag, "O"),
            }
        }
    }
    let entities: Vec<_> =
        document.entities().map(|e| (e.range().start, e.range().end, e.kind().to_string())).collect();
    assert_eq!(tagged, entities);
}

/// Each annotation has the text of its spans, on one line each, counted in characters of the text beside it.
fn check_brat(document: &Document<'_>) {
    let text = brat_text(document.text());
    assert!(!text.contains(|c: char| c != '\n' && (c.is_control() || c.is_whitespace() && c != ' ')));
    let chars: Vec<char> = text.chars().collect();
    assert_eq!(chars.len(), document.text().chars().count());
    assert_eq!(text.matches('\n').count(), document.text().matches('\n').count());
    let mut out = String::new();
    brat(document, &mut out).unwrap();
    let lines: Vec<&str> = out.split_terminator('\n').collect();
    assert_eq!(lines.len(), document.entities().len());
    for (index, (line, entity)) in lines.iter().zip(document.entities()).enumerate() {
        let [id, place, covered] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line:?}") };
        assert_eq!(id, format!("T{}", index + 1));
        let (kind, spans) = place.split_once(' ').unwrap();
        assert_eq!(kind, entity.kind().label());
        let mut at = 0;
        let mut parts = Vec::new();
        for span in spans.split(';') {
            let (start, end) = span.split_once(' ').unwrap();
            let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
            assert!(at <= start && start < end, "{line:?}");
            at = end;
            parts.push(chars[start..end].iter().collect::<String>());
        }
        assert_eq!(parts.join(" "), covered);
        assert!(parts.iter().all(|p| !p.contains('\n') && p.trim() == p), "{line:?}");
        let words = |text: &str| brat_text(text).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(covered), words(entity.text()));
    }
}

#[test]
fn terminal_gets_no_control_characters() {
    samples().for_each(|text| check_terminal(&PIPELINE.process(&text)));
    assert_eq!(printable("a\u{9b}31m\u{7f}\r\nb\u{202e}"), "a\u{FFFD}31m\u{FFFD}  b\u{FFFD}");
}

#[test]
fn conll_is_read_back() {
    samples().for_each(|text| check_conll(&PIPELINE.process(&text)));
    let mut out = String::new();
    conll(&PIPELINE.process("Perundingan Rusia-Kazakhstan gagal."), &mut out).unwrap();
    assert_eq!(out, "Perundingan\tO\nRusia\tB-LOC\n-\tO\nKazakhstan\tB-LOC\ngagal\tO\n.\tO\n\n");
}

#[test]
fn brat_spans_hold_their_text() {
    samples().for_each(|text| check_brat(&PIPELINE.process(&text)));
}

/// The pipeline ends sentences at line ends, so that its names never run over one; those of other makers may.
#[test]
fn brat_cuts_a_mention_at_the_end_of_a_line() {
    let text = "😀 sergey \r\n\tlavrov";
    let token = |start: usize, text: &str| {
        let end = start + text.chars().count();
        json!({"start": start, "end": end, "text": text, "kind": "word", "stem": text, "sentence": 0})
    };
    let data: JsonDocument = serde_json::from_value(json!({
        "version": 1, "offsets": "chars", "conventions": "default", "text": text, "layout": [],
        "sentences": [{"start": 0, "end": 18}],
        "tokens": [token(0, "😀"), token(2, "sergey"), token(12, "lavrov")],
        "entities": [{"start": 2, "end": 18, "text": &text[5..], "label": "PER", "score": 1, "chain": &text[5..]}],
        "chains": [{"name": &text[5..], "label": "PER", "mentions": [0]}],
    }))
    .unwrap();
    let document = data.document().unwrap();
    let mut out = String::new();
    brat(&document, &mut out).unwrap();
    assert_eq!(out, "T1\tPER 2 8;12 18\tsergey lavrov\n");
    check_brat(&document);
    check_conll(&document);
    check_terminal(&document);
}

#[test]
fn layout_of_the_article() {
    let document = PIPELINE.process(ARTICLE);
    let kinds: Vec<LayoutKind> = document.layout().iter().map(|l| l.kind).collect();
    use LayoutKind::*;
    assert_eq!(kinds, [Headline, Timestamp, Widget, Caption, Widget, Dateline, Byline, Related, Copyright]);
    assert_eq!(document.main_text().count(), 4);
    assert_eq!(PIPELINE.process("jadi gini\nkemarin ke solo\nseru bgt").layout(), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_keeps_its_place(text in texts()) {
        let document = PIPELINE.process(&text);
        check_terminal(&document);
        check_conll(&document);
        check_brat(&document);
    }
}
