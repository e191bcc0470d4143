//! The lines of a text, with what one look at each tells, and where the body lies.

use super::dateline::dateline;
use super::shape::{self, Case, Dated};
use super::words::{Class, classes, has};
use crate::text::Span;

/// Lines beyond this length in bytes are body.
const LONGEST: usize = 360;
/// Of lines beyond this one, only advertisements with a link and lines without a stop may be something else.
const LONG: usize = 200;

/// A line without the white space around it, and what its words tell.
#[derive(Debug)]
pub(super) struct Outline<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// An empty line stands above.
    pub(super) blank_before: bool,
    pub(super) words: usize,
    /// Words that belong to page furniture.
    pub(super) furniture: usize,
    /// Classes of the first word, of any word, of the last word.
    pub(super) first: u32,
    pub(super) any: u32,
    pub(super) last: u32,
    pub(super) case: Case,
    pub(super) dated: Dated,
    /// Begins with a place and a dash.
    pub(super) place_first: bool,
    /// A colon behind one to three words.
    pub(super) label: bool,
    pub(super) list_item: bool,
    /// Begins like a turn of a chat: `Rina: ...`, `@rina`, `[21:03] ...`.
    pub(super) speaker: bool,
}

impl<'t> Outline<'t> {
    fn new(text: &'t str, span: Span, blank_before: bool, lower: &mut String) -> Outline<'t> {
        let mut line = Outline {
            text,
            span,
            blank_before,
            words: 0,
            furniture: 0,
            first: 0,
            any: 0,
            last: 0,
            case: Case::Mixed,
            dated: Dated::default(),
            place_first: false,
            label: false,
            list_item: false,
            speaker: false,
        };
        if line.is_surely_body() {
            return line;
        }
        lower.clear();
        if text.is_ascii() {
            lower.push_str(text);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(text.chars().flat_map(char::to_lowercase));
        }
        let word = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-' | '+');
        for word in lower.split(word).map(|w| w.trim_matches(['-', '\'', '+'])).filter(|w| !w.is_empty()) {
            let known = classes(word);
            let number = word.bytes().all(|b| b.is_ascii_digit());
            line.first = if line.words == 0 { known } else { line.first };
            line.any |= known;
            line.last = known;
            line.words += 1;
            line.furniture += usize::from(number || super::words::is_furniture(known));
        }
        line.case = shape::case(text);
        line.place_first = text.ends_with(['.', '?', '!', '"', '”', ')']) && dateline(text, false).is_some();
        if text.len() <= 140 && text.bytes().any(|b| b.is_ascii_digit()) {
            line.dated = shape::dated(lower);
        }
        let head = text.get(..text.len().min(40)).or_else(|| text.get(..text.len().min(38))).unwrap_or(text);
        let colon = head.find(':').filter(|&at| {
            head[..at].split_whitespace().count() <= 3 && !head[..at].ends_with(|c: char| c.is_ascii_digit())
        });
        line.label = colon.is_some();
        line.list_item = is_list_item(text);
        line.speaker = text.starts_with(['@', '~', '>'])
            || text.starts_with('[') && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
            || colon.is_some()
                && !super::words::is_furniture(line.first)
                && text.len() > colon.unwrap_or(0) + 1;
        line
    }

    /// Too long to be anything else.
    pub(super) fn is_surely_body(&self) -> bool {
        let text = self.text;
        text.len() > LONGEST || text.len() > LONG && text.ends_with(['.', '"', '”']) && !text.contains("http")
    }

    /// A paragraph of prose: long, or a sentence with its stop, or one behind a place and a dash.
    pub(super) fn is_paragraph(&self) -> bool {
        let text = self.text;
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

    /// Furniture by its words, or a date, or a sign-off.
    pub(super) fn is_furnished(&self) -> bool {
        let field = self.label && has(self.first, Class::Form);
        self.text.len() <= 140
            && !field
            && (self.furniture > 0 && 2 * self.furniture >= self.words
                || self.dated.is_date && self.dated.others <= 2
                || self.is_ago()
                || self.text.contains('©')
                || has(self.first, Class::Role) && self.label
                || has(self.first, Class::Action) && has(self.any, Class::Again)
                || shape::is_sign_off(self.text))
    }

    /// `3 jam yang lalu`
    pub(super) fn is_ago(&self) -> bool {
        self.words <= 10 && has(self.last, Class::Ago) && self.text.bytes().any(|b| b.is_ascii_digit())
    }

    /// What may be the title of an article.
    pub(super) fn is_title(&self) -> bool {
        let text = self.text;
        (15..=170).contains(&text.len())
            && self.words >= 3
            && !text.ends_with(['.', ',', ';', ':'])
            && !text.contains(['|', '›', '»', '>', '©', '#'])
            && !text.starts_with(['@', '#', '-', '*', '[', '('])
            && !self.is_furnished()
            && !self.list_item
            && !(self.words <= 6 && has(self.first, Class::Role))
            && !(self.words <= 9 && has(self.first, Class::Form))
            && !(self.words <= 4 && has(self.any, Class::Form))
            && !text.contains(" / ")
    }
}

/// `1. ...`, `2) ...`, `- ...`, `• ...`, `a. ...`
fn is_list_item(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    text.starts_with(['-', '•', '*', '·', '–'])
        || (1..=2).contains(&digits)
            && rest.starts_with(['.', ')', '/'])
            && !rest[1..].starts_with(|c: char| c.is_ascii_digit())
        || text.starts_with('(')
            && rest.get(1..3).is_some_and(|r| r.ends_with(')') && r.as_bytes()[0].is_ascii_digit())
}

/// The lines of a text that hold more than white space, and facts about them all.
#[derive(Debug)]
pub(super) struct Page<'t> {
    pub(super) lines: Vec<Outline<'t>>,
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
    /// Looks at every line of `text` once.
    pub(super) fn new(text: &'t str) -> Page<'t> {
        let mut page = Page {
            lines: Vec::new(),
            body: None,
            paragraphs: 0,
            furnished: 0,
            dates: 0,
            small: 0,
            speakers: 0,
            letterhead: false,
            title: None,
        };
        let (mut at, mut blank, mut lower) = (0, false, String::new());
        for whole in text.split_inclusive('\n') {
            let start = at;
            at += whole.len();
            let line = whole.trim();
            if line.is_empty() {
                blank = true;
                continue;
            }
            let from = start + (whole.len() - whole.trim_start().len());
            #[allow(clippy::cast_possible_truncation)] // texts have less than 4 GiB
            let span = Span::new(from as u32, (from + line.len()) as u32);
            page.add(Outline::new(line, span, blank && !page.lines.is_empty(), &mut lower));
            blank = false;
        }
        page
    }

    fn add(&mut self, line: Outline<'t>) {
        let at = self.lines.len();
        if line.is_paragraph() {
            self.body = Some((self.body.map_or(at, |b| b.0), at));
            self.paragraphs += 1;
        } else {
            self.furnished += usize::from(line.is_furnished());
            // Below a letterhead the title comes anew.
            if self.paragraphs == 0 && line.words <= 9 && has(line.first, Class::Form) {
                (self.title, self.letterhead) = (None, true);
            }
            let above = if self.letterhead { 1 } else { 2 };
            if self.title.is_none() && self.paragraphs < above && line.is_title() {
                self.title = Some(at);
            }
        }
        self.dates += usize::from(line.dated.is_date && line.dated.others == 0);
        self.small += usize::from(line.text.starts_with(char::is_lowercase));
        self.speakers += usize::from(line.speaker);
        self.lines.push(line);
    }

    /// Whether the line says again, whole or shortened, what the first title says.
    pub(super) fn repeats(&self, at: usize) -> bool {
        let Some((title, line)) =
            self.title.filter(|&t| t < at).and_then(|t| self.lines.get(t)).zip(self.lines.get(at))
        else {
            return false;
        };
        let letters = |t: &'t str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        let (long, short) = if title.text.len() >= line.text.len() { (title, line) } else { (line, title) };
        let mut long = letters(long.text);
        short.words >= 3 && line.text.len() <= 240 && letters(short.text).all(|c| long.next() == Some(c))
    }
}
