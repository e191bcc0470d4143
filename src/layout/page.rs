//! The lines of a text, with what one look at each tells, and where the body lies.

use super::dateline::dateline;
use super::shape::{self, Case, Dated};
use super::words::{Class, classes, has, is_furniture};
use crate::text::class::alnum_run;
use crate::text::{Span, fold_into};

/// Lines beyond this length in bytes are body.
const LONGEST: usize = 360;
/// Of lines beyond this one, only advertisements with a link and lines without a stop may be something else.
const LONG: usize = 200;

/// What the words of a line tell.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    /// Classes of the first word, of any word, of the last word.
    pub(super) first: u32,
    pub(super) any: u32,
    pub(super) last: u32,
    pub(super) words: u16,
    /// Words that belong to page furniture.
    pub(super) furniture: u16,
    pub(super) case: Case,
    pub(super) dated: Dated,
    /// Too long to be anything else.
    pub(super) surely_body: bool,
    /// An empty line stands above.
    pub(super) blank_before: bool,
    /// A paragraph of prose: long, or a sentence with its stop, or one behind a place and a dash.
    pub(super) paragraph: bool,
    /// Furniture by its words, or a date, or a sign-off.
    pub(super) furnished: bool,
    /// `3 jam yang lalu`
    pub(super) ago: bool,
    /// Begins with a place and a dash.
    pub(super) place_first: bool,
    /// A colon behind one to three words.
    pub(super) label: bool,
    pub(super) list_item: bool,
    /// Begins like a turn of a chat: `Rina: ...`, `@rina`, `[21:03] ...`.
    pub(super) speaker: bool,
    /// Column of its kind, once it is decided.
    pub(super) kind: u8,
}

impl Outline {
    fn new(text: &str, blank_before: bool, lower: &mut String) -> Outline {
        let mut line = Outline {
            first: 0,
            any: 0,
            last: 0,
            words: 0,
            furniture: 0,
            case: Case::Mixed,
            dated: Dated::default(),
            surely_body: is_surely_body(text),
            blank_before,
            paragraph: true,
            furnished: false,
            ago: false,
            place_first: false,
            label: false,
            list_item: false,
            speaker: false,
            kind: 0,
        };
        if line.surely_body {
            return line;
        }
        fold_into(text, lower);
        for word in words(lower) {
            let known = classes(word);
            let number = word.bytes().all(|b| b.is_ascii_digit());
            line.first = if line.words == 0 { known } else { line.first };
            line.any |= known;
            line.last = known;
            line.words += 1;
            line.furniture += u16::from(number || is_furniture(known));
        }
        line.case = shape::case(text);
        line.place_first = text.ends_with(['.', '?', '!', '"', '”', ')']) && dateline(text, false).is_some();
        let digits = text.bytes().any(|b| b.is_ascii_digit());
        if text.len() <= 140 && digits {
            line.dated = shape::dated(lower);
        }
        line.ago = digits && line.words <= 10 && has(line.last, Class::Ago);
        let head = text.get(..text.len().min(40)).or_else(|| text.get(..text.len().min(38))).unwrap_or(text);
        let colon = head.split_once(':').map(|c| c.0).filter(|label| {
            label.split_whitespace().count() <= 3 && !label.ends_with(|c: char| c.is_ascii_digit())
        });
        line.label = colon.is_some();
        line.list_item = is_list_item(text);
        line.speaker = text.starts_with(['@', '~', '>'])
            || text.starts_with('[') && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
            || !is_furniture(line.first) && colon.is_some_and(|label| text.len() > label.len() + 1);
        line.paragraph = line.is_paragraph(text);
        line.furnished = line.is_furnished(text);
        line
    }

    fn is_paragraph(&self, text: &str) -> bool {
        let stop = text.ends_with(['.', '?', '!', '"', '”', ')', '’']);
        self.place_first
            || text.len() > 200
            || text.len() > 130 && text.ends_with(['.', '"', '”'])
            || text.len() > 90 && stop && self.case != Case::Title
            || text.len() > 50
                && self.words >= 8
                && text.ends_with(['.', '"', '”'])
                && has(self.any, Class::Prose)
    }

    fn is_furnished(&self, text: &str) -> bool {
        let field = self.label && has(self.first, Class::Form);
        text.len() <= 140
            && !field
            && (self.furniture > 0 && 2 * self.furniture >= self.words
                || self.dated.is_date && self.dated.others <= 2
                || self.ago
                || text.contains('©')
                || has(self.first, Class::Role) && self.label
                || has(self.first, Class::Action) && has(self.any, Class::Again)
                || shape::is_sign_off(text))
    }

    /// What may be the title of an article.
    pub(super) fn is_title(&self, text: &str) -> bool {
        (15..=170).contains(&text.len())
            && self.words >= 3
            && !text.ends_with(['.', ',', ';', ':'])
            && !self.furnished
            && !self.list_item
            && (self.words > 6 || !has(self.first, Class::Role))
            && (self.words > 9 || !has(self.first, Class::Form))
            && (self.words > 4 || !has(self.any, Class::Form))
            && !text.starts_with(['@', '#', '-', '*', '[', '('])
            && !text.contains(['|', '›', '»', '>', '©', '#'])
            && !text.contains(" / ")
    }
}

/// Too long to be anything else.
fn is_surely_body(text: &str) -> bool {
    text.len() > LONGEST || text.len() > LONG && text.ends_with(['.', '"', '”']) && !text.contains("http")
}

/// The words of a line in small letters: letters and digits, with `'`, `’`, `-` and `+` inside.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let (bytes, mut at) = (line.as_bytes(), 0);
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            at = word_end(line, at);
            let Some(word) = line.get(start..at).filter(|word| !word.is_empty()) else {
                at += 1;
                continue;
            };
            let edge = |byte: Option<&u8>| matches!(byte, Some(b'-' | b'\'' | b'+'));
            if !edge(word.as_bytes().first()) && !edge(word.as_bytes().last()) {
                return Some(word);
            }
            let word = word.trim_matches(['-', '\'', '+']);
            if !word.is_empty() {
                return Some(word);
            }
        }
        None
    })
}

/// The end of what belongs to a word from `at` on.
fn word_end(line: &str, mut at: usize) -> usize {
    loop {
        at = alnum_run(line.as_bytes(), at);
        let next = match line.as_bytes().get(at) {
            Some(b'\'' | b'-' | b'+') => Some(1),
            Some(0x80..) => line
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .and_then(|c| (c.is_alphanumeric() || c == '’').then_some(c.len_utf8())),
            _ => None,
        };
        match next {
            Some(length) => at += length,
            None => return at,
        }
    }
}

/// `1. ...`, `2) ...`, `- ...`, `• ...`, `a. ...`
fn is_list_item(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = |at: usize| text.as_bytes().get(at).copied().unwrap_or(b' ');
    text.starts_with(['-', '•', '*', '·', '–'])
        || (1..=2).contains(&digits)
            && matches!(behind(digits), b'.' | b')' | b'/')
            && !behind(digits + 1).is_ascii_digit()
        || text.starts_with('(') && behind(1).is_ascii_digit() && behind(2) == b')'
}

/// Appends the lines of `text` that hold more than white space, without the white space around them.
#[allow(clippy::cast_possible_truncation)] // texts have less than 4 GiB
pub(crate) fn lines(text: &str, lines: &mut Vec<Span>) {
    let breaks = || memchr::memchr_iter(b'\n', text.as_bytes());
    // A line and its break are two bytes.
    lines.reserve((breaks().count() + 1).min(text.len() / 2 + 1));
    let mut start = 0;
    lines.extend(breaks().chain([text.len()]).filter_map(|end| {
        let line = Span::new(start, end as u32).trimmed(text);
        start = end as u32 + 1;
        (!line.is_empty()).then_some(line)
    }));
}

/// The lines of a text, and facts about them all.
#[derive(Debug)]
pub(super) struct Page<'t> {
    text: &'t str,
    spans: &'t [Span],
    pub(super) lines: Vec<Outline>,
    /// First and last paragraph.
    pub(super) body: Option<(usize, usize)>,
    pub(super) paragraphs: usize,
    pub(super) furnished: usize,
    /// Lines that are dates or times.
    pub(super) dates: usize,
    /// Lines that begin with a small letter.
    pub(super) small: usize,
    pub(super) speakers: usize,
    /// Lines above the first paragraph say what kind of letter this is.
    pub(super) letterhead: bool,
    /// The first line that may be a title, before the second paragraph.
    pub(super) title: Option<usize>,
}

impl<'t> Page<'t> {
    /// Looks at every line of `text` once. `spans` are its [`lines`]; `outlines` and `lower` are reused.
    pub(super) fn new(
        text: &'t str,
        spans: &'t [Span],
        mut outlines: Vec<Outline>,
        lower: &mut String,
    ) -> Page<'t> {
        outlines.clear();
        outlines.reserve(spans.len());
        let mut page = Page {
            text,
            spans,
            lines: outlines,
            body: None,
            paragraphs: 0,
            furnished: 0,
            dates: 0,
            small: 0,
            speakers: 0,
            letterhead: false,
            title: None,
        };
        let mut end = None;
        for span in spans {
            let line = span.of(text);
            let gap = end.and_then(|end| text.get(end..span.range().start)).unwrap_or_default();
            end = Some(span.range().end);
            let blank = memchr::memchr_iter(b'\n', gap.as_bytes()).nth(1).is_some();
            page.add(line, Outline::new(line, blank, lower));
        }
        page
    }

    /// The line at `at`, without the white space around it.
    pub(super) fn text_of(&self, at: usize) -> &'t str {
        self.spans.get(at).map_or("", |span| span.of(self.text))
    }

    fn add(&mut self, text: &str, line: Outline) {
        let at = self.lines.len();
        if line.paragraph {
            self.body = Some((self.body.map_or(at, |b| b.0), at));
            self.paragraphs += 1;
        } else {
            self.furnished += usize::from(line.furnished);
            // Below a letterhead the title comes anew.
            if self.paragraphs == 0 && line.words <= 9 && has(line.first, Class::Form) {
                (self.title, self.letterhead) = (None, true);
            }
            let above = if self.letterhead { 1 } else { 2 };
            if self.title.is_none() && self.paragraphs < above && line.is_title(text) {
                self.title = Some(at);
            }
        }
        self.dates += usize::from(line.dated.is_date && line.dated.others == 0);
        self.small += usize::from(text.starts_with(char::is_lowercase));
        self.speakers += usize::from(line.speaker);
        self.lines.push(line);
    }

    /// Whether the line says again, whole or shortened, what the first title says.
    pub(super) fn repeats(&self, at: usize) -> bool {
        let Some(title) = self.title.filter(|&title| title < at) else { return false };
        let (long, short) = match (self.text_of(title), self.text_of(at)) {
            (title_text, text) if title_text.len() >= text.len() => (title, at),
            _ => (at, title),
        };
        let letters =
            |at: usize| self.text_of(at).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        let mut all = letters(long);
        self.lines.get(short).is_some_and(|short| short.words >= 3)
            && self.text_of(at).len() <= 240
            && letters(short).all(|c| all.next() == Some(c))
    }
}
