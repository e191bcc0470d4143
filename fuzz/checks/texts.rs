//! Any text: tokens, stems, documents.

use std::cell::RefCell;
use std::sync::LazyLock;

use tutur::{Hint, Pipeline, SentenceSplitter, Stemmer, Token, TokenKind, Tokenizer, Worker};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::new);
/// Without what looks at the whole document.
static BY_SENTENCE: LazyLock<Pipeline> = LazyLock::new(|| {
    Pipeline::builder().layout(false).second_look(false).build().expect("settings that go together")
});

thread_local! {
    static USED: RefCell<Worker> = RefCell::new(PIPELINE.worker());
}

/// Tokens are ordered parts of the text with white space between them, sentences part the tokens, and the fast path ends
/// each token where the slow one does.
pub(crate) fn tokenize(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let tokenizer = Tokenizer::new();
    let tokens: Vec<Token<'_>> = tokenizer.tokenize(&text).collect();
    let mut at = 0;
    for token in &tokens {
        let range = token.range();
        assert!(range.start >= at && range.end > range.start);
        assert!(text[at..range.start].chars().all(char::is_whitespace));
        assert_eq!(&text[range.clone()], token.text());
        assert!(!token.text().chars().any(char::is_whitespace));
        at = range.end;
    }
    assert!(text[at..].chars().all(char::is_whitespace));
    let mut ends = Vec::new();
    SentenceSplitter::new().split(&text, &tokens, &mut ends);
    assert!(ends.is_sorted_by(|a, b| a < b));
    assert_eq!(ends.last().map_or(0, |&end| end as usize), tokens.len());
    assert_eq!(tokenizer.sentences(&text).count(), ends.len());
    let (fast, slow) = twins(data);
    assert_eq!(bounds(&tokenizer, &fast), bounds(&tokenizer, &slow), "{fast:?} and {slow:?}");
}

/// A text of ASCII, and the same with Greek and Cyrillic letters, which the tokenizer reads on its slow path.
fn twins(data: &[u8]) -> (String, String) {
    // Letters that begin no address, no price and no abbreviation; capitals in pairs, for one alone is an initial.
    const PIECES: &[&str] = &[
        "g", "h", "i", "j", "k", "l", "m", "n", "o", "q", "u", "v", "w", "x", "y", "GH", "KL", "MN", "OQ",
        "UV", "0", "1", "27", " ", " ", "\n", ",", ";", "!", "?", "(", ")", "\"", "-",
    ];
    let fast: String = data.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]).collect();
    let slow = fast.chars().map(|c| match c {
        'g'..='z' => char::from_u32(u32::from(c) - u32::from('g') + 0x3B1).unwrap_or(c),
        'G'..='Z' => char::from_u32(u32::from(c) - u32::from('G') + 0x410).unwrap_or(c),
        other => other,
    });
    let slow = slow.collect();
    (fast, slow)
}

/// The bounds of tokens, counted in characters.
fn bounds(tokenizer: &Tokenizer, text: &str) -> Vec<(usize, usize)> {
    let mut at = (0, 0);
    let mut count = |to: usize| {
        at = (to, at.1 + text[at.0..to].chars().count());
        at.1
    };
    tokenizer.tokenize(text).map(|t| (count(t.range().start), count(t.range().end))).collect()
}

/// Every word has a stem, whatever is hinted; the best analysis is that stem; segments are ordered parts of the word.
pub(crate) fn stem(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let stemmer = Stemmer::new();
    let word = text.as_ref();
    for hint in [Hint::Name, Hint::Common] {
        assert!(word.is_empty() || !stemmer.stem_hinted(word, hint).is_empty());
    }
    let (stem, analyses) = (stemmer.stem(word), stemmer.analyze(word));
    assert_eq!(analyses.best().root(), stem.as_ref());
    assert!((0.0..=1.0).contains(&analyses.confidence()));
    assert!(analyses.iter().is_sorted_by_key(|a| a.cost()));
    let lower = word.to_lowercase();
    for analysis in analyses.iter() {
        let mut at = 0;
        for segment in analysis.segments() {
            assert!(segment.range().start >= at && lower.get(segment.range()).is_some());
            at = segment.range().end;
        }
        assert!(!analysis.to_string().is_empty() || word.is_empty());
    }
}

/// What holds for a document, all of it.
pub(crate) fn pipeline(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    entities(&text);
    fresh(&text);
    paragraphs(&text, data.first().copied().unwrap_or_default());
}

/// As [`pipeline`], in turn, which the bytes decide: the comparisons cost two and three times what a document does.
pub(crate) fn pipeline_in_turn(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match data.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)) % 4 {
        0 => paragraphs(&text, data.first().copied().unwrap_or_default()),
        1 => fresh(&text),
        _ => entities(&text),
    }
}

/// Entities are ordered parts of the text.
fn entities(text: &str) {
    USED.with_borrow_mut(|worker| {
        let document = worker.process(text);
        let mut at = 0;
        for entity in document.entities() {
            assert!(entity.range().start >= at && entity.range().end > entity.range().start);
            assert_eq!(&text[entity.range()], entity.text());
            at = entity.range().end;
        }
    });
}

/// A used worker answers as a fresh one.
fn fresh(text: &str) {
    let fresh = PIPELINE.process(text);
    USED.with_borrow_mut(|worker| assert_eq!(worker.process(text), fresh));
}

/// Where nothing looks at the whole document, a text cut at a paragraph has what its parts have. `place` says where to cut.
fn paragraphs(text: &str, place: u8) {
    let wanted = usize::from(place) * text.len() / 256;
    let cut = (wanted..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let (left, right) = text.split_at(cut);
    let whole = format!("{left}\n\n{right}");
    let mut parts = rows(left, 0);
    parts.extend(rows(right, left.len() + 2));
    assert_eq!(rows(&whole, 0), parts, "{left:?} and {right:?}");
}

#[derive(Debug, PartialEq)]
enum Row {
    Token(usize, String, TokenKind, String),
    Sentence(usize, usize),
    Entity(usize, usize, &'static str),
}

fn rows(text: &str, from: usize) -> Vec<Row> {
    let document = BY_SENTENCE.process(text);
    let mut rows = Vec::new();
    for sentence in document.sentences() {
        rows.push(Row::Sentence(from + sentence.range().start, from + sentence.range().end));
        for token in sentence.tokens() {
            let (at, stem) = (from + token.range().start, token.stem().to_owned());
            rows.push(Row::Token(at, token.text().to_owned(), token.kind(), stem));
        }
        for entity in sentence.entities() {
            rows.push(Row::Entity(
                from + entity.range().start,
                from + entity.range().end,
                entity.kind().label(),
            ));
        }
    }
    rows
}
