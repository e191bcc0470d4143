//! Where sentences end: after a stop, a question or an exclamation, with the quotes and brackets that close there; and
//! at every line break. What follows decides the doubtful cases; a learned list of words that open sentences tells
//! where a stop is missing.

use once_cell::sync::Lazy;

use super::data::{self, Opener};
use super::{Conventions, Token, TokenKind, Tokenizer, Tokens, abbreviation};
use crate::text::Span;
use crate::wire::StrTable;

/// Finds the sentences of a text from its tokens, in one pass.
///
/// # Examples
///
/// ```
/// use tutur::{SentenceSplitter, Token, Tokenizer};
///
/// let text = "Kami bertemu dr. Ani dkk. di Palu. Lalu pulang.";
/// let tokens: Vec<Token<'_>> = Tokenizer::new().tokenize(text).collect();
/// let mut ends = Vec::new();
/// SentenceSplitter::new().split(text, &tokens, &mut ends);
/// assert_eq!(ends, [8, 11]); // ends of sentences, as token indexes
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct SentenceSplitter {
    conventions: Conventions,
}

impl SentenceSplitter {
    /// A splitter of our own conventions.
    #[must_use]
    pub fn new() -> SentenceSplitter {
        SentenceSplitter::default()
    }

    /// A splitter that follows `conventions`.
    #[must_use]
    pub fn with_conventions(conventions: Conventions) -> SentenceSplitter {
        SentenceSplitter { conventions }
    }

    /// Appends to `ends` the token index after the last token of each sentence. `tokens` must be those of `text`, in
    /// order. Time linear in the number of tokens; allocates only what `ends` grows by.
    pub fn split(&self, text: &str, tokens: &[Token<'_>], ends: &mut Vec<u32>) {
        let mut state = Splitter::new(text, self.conventions);
        for at in 0..tokens.len() {
            if state.ends_after(tokens, at) {
                ends.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
    }
}

/// Tokens that a decision looks at: the token itself and what follows it, and what stands before it.
const LOOK_AHEAD: usize = 4;
const LOOK_BACK: usize = 2;
/// Tokens read at once by the iterator: few enough to stay in the cache, enough to be seldom moved.
const WINDOW: usize = 64;

/// What a byte says of the token that it begins or of the gap that it is, as bits.
#[allow(clippy::indexing_slicing)] // the loop and the table have as many places as a byte has values
static FLAGS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256 by the loop
        let b = byte as u8;
        table[byte] = match b {
            b'a'..=b'z' => LOWER | ORDINARY | SHOWN | GOES_ON,
            b'A'..=b'Z' => UPPER | ORDINARY | SHOWN,
            b'"' => SHOWN,
            b'.' | b'!' | b'?' | b'\'' | b')' | b']' | b'}' => SHOWN | GOES_ON,
            b'!'..=b'~' => ORDINARY | SHOWN | GOES_ON,
            0x80.. => 0,
            _ => ORDINARY,
        };
        byte += 1;
    }
    table
};

const LOWER: u8 = 1;
const UPPER: u8 = 2;
/// Begins no mark that ends a sentence or closes a quotation or bracket.
const ORDINARY: u8 = 4;
/// A character of ASCII that shows.
const SHOWN: u8 = 8;
/// Opens no sentence that a stop is missing before.
const GOES_ON: u8 = 16;

#[inline(always)]
#[allow(clippy::indexing_slicing)] // the table has a place for every byte
fn is(flag: u8, byte: u8) -> bool {
    FLAGS[usize::from(byte)] & flag != 0
}

/// Kinds of tokens as bits: those that end a sentence or belong to the one before.
const DECISIVE: u16 =
    1 << TokenKind::Abbreviation as u16 | 1 << TokenKind::Emoji as u16 | 1 << TokenKind::Emoticon as u16;
const WORD: u16 = 1 << TokenKind::Word as u16;
const NUMBER: u16 = 1 << TokenKind::Number as u16;

#[derive(Clone, Debug)]
struct Splitter<'t> {
    text: &'t str,
    conventions: Conventions,
    /// What ends the sentence so far, if what follows may begin another.
    pending: Final,
    /// A quote or bracket closed since.
    closed: bool,
    /// The stop at hand follows an ordinary word, so that it is no mark of an abbreviation.
    after_word: bool,
    /// How many tokens stand before in the same sentence.
    place: usize,
    /// End of the line looked at, and which letters it holds.
    line_end: usize,
    line_has_capital: bool,
    line_has_lower: bool,
    /// Straight double quotes open in this line.
    quote_open: bool,
}

impl<'t> Splitter<'t> {
    fn new(text: &'t str, conventions: Conventions) -> Splitter<'t> {
        Splitter {
            text,
            conventions,
            pending: Final::None,
            closed: false,
            after_word: false,
            place: 0,
            line_end: 0,
            line_has_capital: false,
            line_has_lower: false,
            quote_open: false,
        }
    }

    /// Whether a sentence ends after the token `at` of `tokens`, which hold as much of the text as a decision looks at.
    #[inline(always)]
    fn ends_after(&mut self, tokens: &[Token<'t>], at: usize) -> bool {
        let Some(&token) = tokens.get(at) else { return true };
        let ends = !self.goes_on(token) && self.decide(tokens, at);
        self.place += 1;
        if ends {
            (self.pending, self.closed, self.place) = (Final::None, false, 0);
        }
        ends
    }

    /// Whether the sentence surely goes on after `token`, as it does after five tokens of six: its kind, its first byte and two
    /// bytes behind it say so.
    #[inline(always)]
    fn goes_on(&self, token: Token<'t>) -> bool {
        let behind = self.text.as_bytes().get(token.end()..).and_then(<[u8]>::first_chunk::<2>);
        let (Some(&first), Some(&[gap, next])) = (token.text().as_bytes().first(), behind) else {
            return false;
        };
        // Flags and no branches: what follows a word is hard to foresee.
        let kind = 1 << token.kind() as u16;
        let ends_nothing = (self.pending == Final::None) & (kind & DECISIVE == 0) & is(ORDINARY, first);
        // A stop may be missing before a word with a capital, also in quotes, if a small word or a number stands here.
        let small = (kind & NUMBER != 0) | (kind & WORD != 0) & is(LOWER, first);
        ends_nothing & (is(SHOWN, gap) | (gap == b' ') & (is(GOES_ON, next) | is(UPPER, next) & !small))
    }

    /// The same where a look at the token and what follows it is needed.
    #[inline(never)]
    fn decide(&mut self, tokens: &[Token<'t>], at: usize) -> bool {
        let (Some(token), Some(next)) = (tokens.get(at), tokens.get(at + 1)) else { return true };
        let gap = self.text.get(token.range().end..next.range().start).unwrap_or_default();
        // A word before a space and another: nothing ends there unless a stop is missing.
        let words = token.kind() == TokenKind::Word && next.kind() == TokenKind::Word;
        if words && gap == " " && self.pending == Final::None {
            return self.place > 0 && self.lacks_stop_after(tokens, at);
        }
        breaks_line(gap) || self.ends_between(tokens, at, gap)
    }

    /// Whether a stop is missing after the token `at`.
    fn lacks_stop_after(&self, tokens: &[Token<'t>], at: usize) -> bool {
        let Some(&token) = tokens.get(at) else { return false };
        // What follows in other lines can only seem to open a sentence: it is told apart after all else.
        let rest = tokens.get(at + 1..tokens.len().min(at + LOOK_AHEAD)).unwrap_or_default();
        lacks_stop(token, rest) && lacks_stop(token, ahead(self.text, tokens, at))
    }

    /// The token `back` places before `at` in the same sentence.
    fn before(&self, tokens: &[Token<'t>], at: usize, back: usize) -> Option<Token<'t>> {
        (back <= self.place).then(|| tokens.get(at.checked_sub(back)?).copied()).flatten()
    }

    fn enter_line(&mut self, at: usize) {
        let (before, rest) = self.text.as_bytes().split_at(at);
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        self.line_end = at + memchr::memchr(b'\n', rest).unwrap_or(rest.len()) + 1;
        let line = &self.text[start..self.line_end.min(self.text.len())];
        self.line_has_capital = line.bytes().any(|b| b.is_ascii_uppercase())
            || !line.is_ascii() && line.chars().any(char::is_uppercase);
        self.line_has_lower = line.bytes().any(|b| b.is_ascii_lowercase())
            || !line.is_ascii() && line.chars().any(char::is_lowercase);
        self.quote_open = false;
    }

    /// Whether a sentence ends after the token `at`, which `gap` divides from the next in the same line.
    fn ends_between(&mut self, tokens: &[Token<'t>], at: usize, gap: &str) -> bool {
        let (Some(&token), rest) = (tokens.get(at), ahead(self.text, tokens, at)) else { return true };
        let Some(&next) = rest.first() else { return true };
        if token.range().start >= self.line_end {
            self.enter_line(token.range().start);
        }
        let before = self.before(tokens, at, 1);
        let touches = before.is_some_and(|b| b.range().end == token.range().start);
        let quote = token.text() == "\"";
        if quote {
            // A straight quote opens or closes what it touches; where it touches both or neither, quotes take turns.
            self.quote_open = match (touches, gap.is_empty()) {
                (true, false) => false,
                (false, true) => true,
                _ => !self.quote_open,
            };
        }
        match Final::of(token) {
            Final::None => {
                let closes = quote && !self.quote_open || is_closer(token.text());
                self.closed |= closes;
                if !closes && !is_trailing(token.kind()) {
                    self.pending = Final::None;
                }
            }
            Final::Abbreviation => {
                let ends = if gap.is_empty() {
                    closes_after(next) && abbreviation::ends_sentence(token.text())
                } else {
                    self.abbreviation_ends(tokens, at)
                };
                (self.pending, self.closed) = (if ends { Final::Abbreviation } else { Final::None }, false);
            }
            Final::Stop if self.is_inner_stop(token, before, next, gap) => self.pending = Final::None,
            stop => {
                (self.pending, self.closed) = (stop, false);
                self.after_word = before.is_some_and(is_plain_word);
            }
        }
        let missing = || self.place > 0 && !gap.is_empty() && lacks_stop(token, rest);
        self.pending != Final::None && self.may_begin(rest, gap) || missing()
    }

    /// Whether a sentence may end with the abbreviation `at`, before a space.
    fn abbreviation_ends(&self, tokens: &[Token<'t>], at: usize) -> bool {
        let Some(token) = tokens.get(at) else { return true };
        if opens_sentence(ahead(self.text, tokens, at)) {
            return true;
        }
        if !abbreviation::ends_sentence(token.text()) {
            return false;
        }
        if !self.line_has_lower {
            // Among capitals only what closes a list is sure to end: `PT MAJU TBK. BAGI DIVIDEN`.
            return LIST_ENDS.iter().any(|e| token.text().eq_ignore_ascii_case(e));
        }
        // `pelatih S.T. Yudha`: initials of the name that follows, not a degree of the name before.
        let name = |t: Option<Token<'_>>| {
            t.is_some_and(|t| {
                t.kind() == TokenKind::Abbreviation || t.kind() == TokenKind::Word && !is_lower(t)
            })
        };
        let degree = match self.before(tokens, at, 1) {
            Some(comma) if comma.text() == "," => name(self.before(tokens, at, 2)),
            before => name(before),
        };
        // A sentence goes on after its first word; a name stops there: `Djuanda, M.H. Thamrin, dkk.`
        let sentence = ahead(self.text, tokens, at).get(1).is_some_and(|&second| is_lower(second));
        !is_initials(token.text()) || degree && sentence
    }

    /// A full stop that ends no sentence: after the number or letter of a list item, or (where the conventions cut it
    /// off) after an abbreviation.
    fn is_inner_stop(&self, stop: Token<'t>, before: Option<Token<'t>>, next: Token<'t>, gap: &str) -> bool {
        let Some(before) = before.filter(|b| b.range().end == stop.range().start) else { return false };
        let word = before.text();
        // No sentence of that treebank ends in `%.`.
        if self.conventions == Conventions::UdGsd && word == "%" {
            return true;
        }
        if self.place == 1 && is_enumerator(word) {
            return true;
        }
        if gap.is_empty() && before.kind() == TokenKind::Number && !closes_after(next) {
            return true;
        }
        // The default conventions keep the stop on the abbreviation, so that this stop is real.
        if self.conventions != Conventions::UdGsd {
            return false;
        }
        // `2.904. 678 pengikut`: its texts have spaces inside amounts.
        let group = |t: Token<'_>| t.text().len() == 3 && t.kind() == TokenKind::Number;
        if before.kind() == TokenKind::Number && word.contains('.') && group(next) {
            return true;
        }
        // That treebank was cut where a stop after a capitalised word of up to four letters counts as an abbreviation
        // (`Laut Jawa.` goes on): 66 of the 70 such stops inside its development sentences.
        if word.chars().count() <= 4 && word.starts_with(char::is_uppercase) {
            return true;
        }
        let mut form = [0u8; 16];
        let Some(form) = abbreviation::with_stop(word, &mut form) else { return false };
        let name_like = next.text().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        match abbreviation::lookup(form) {
            Some(value) if value >> 8 == 0 => {
                abbreviation::needs_number(value) && next.kind() == TokenKind::Number
                    || name_like && !abbreviation::needs_number(value)
            }
            _ => false,
        }
    }

    /// Whether the tokens after `gap` may begin a sentence.
    fn may_begin(&self, rest: &[Token<'t>], gap: &str) -> bool {
        let Some(&next) = rest.first() else { return true };
        let text = next.text();
        // Marks that close, and emoji, belong to the sentence before.
        if Final::of(next) != Final::None && next.kind() != TokenKind::Abbreviation && gap.is_empty() {
            return false;
        }
        if is_trailing(next.kind()) {
            return false;
        }
        if text == "\"" {
            let touches = rest.get(1).is_some_and(|t| t.range().start == next.range().end);
            let closing = match (gap.is_empty(), touches) {
                (true, false) => true,
                (false, true) => false,
                _ => self.quote_open,
            };
            return !closing && self.opens(rest.get(1..).unwrap_or_default());
        }
        // `C/O`, `d/h`: short forms of prepositions.
        if matches!(text.as_bytes(), [_, b'/', _]) {
            return false;
        }
        if matches!(text, "-" | "–" | "—") {
            // A dash between spaces opens the next turn of a dialogue.
            let spoken = rest.get(1).filter(|t| t.range().start > next.range().end);
            let stopped = matches!(self.pending, Final::Stop | Final::Strong) && !gap.is_empty();
            // In that treebank both turns are one sentence.
            let divided = self.conventions != Conventions::UdGsd;
            return divided && stopped && spoken.is_some_and(|&t| self.starts(t));
        }
        if is_closer(text) || matches!(text, "," | ";" | ":" | "/" | "%") {
            return false;
        }
        // `Tbk. (BBNI)`, `Co. Ltd.`
        let abbreviated = self.pending == Final::Abbreviation && !self.closed;
        if abbreviated && (text == "(" || next.kind() == TokenKind::Abbreviation) {
            return false;
        }
        if is_opener(text) {
            return self.opens(rest.get(1..).unwrap_or_default());
        }
        self.starts(next)
    }

    /// Whether the text after an opening quote or bracket may begin a sentence.
    fn opens(&self, rest: &[Token<'t>]) -> bool {
        // Brackets that lost their content (`()`) say nothing.
        let inner = rest.iter().find(|t| !is_opener(t.text()) && !is_closer(t.text()) && t.text() != "\"");
        inner.is_none_or(|&t| self.starts(t))
    }

    fn starts(&self, next: Token<'t>) -> bool {
        let Some(first) = next.text().chars().find(|c| c.is_alphanumeric()) else {
            return !is_closer(next.text());
        };
        if first.is_lowercase() {
            // A stop after an ordinary word ends a sentence whatever the writer's shift key does (34 of 37 such places
            // in the treebanks GSD and CSUI). In a line without any capital it is all there is to go by. After a quote
            // that closed, the sentence goes on: `"Apa kabar?" tanya Budi`.
            let sure = match self.pending {
                Final::Strong => true,
                Final::Stop => !self.line_has_capital || self.after_word,
                Final::Ellipsis | Final::Abbreviation | Final::None => false,
            };
            return sure && !self.closed;
        }
        if first.is_numeric() {
            return !matches!(self.pending, Final::Abbreviation | Final::Ellipsis);
        }
        true
    }
}

/// Whether white space holds a line break, of ASCII or of Unicode.
fn breaks_line(gap: &str) -> bool {
    gap != " "
        && (gap.bytes().any(|b| b == b'\n' || b == b'\r')
            || !gap.is_ascii() && gap.contains(['\u{2028}', '\u{2029}', '\u{85}']))
}

/// The tokens after `at` in its line that a decision looks at: a text has the sentences of its lines.
fn ahead<'a, 't>(text: &str, tokens: &'a [Token<'t>], at: usize) -> &'a [Token<'t>] {
    let rest = tokens.get(at + 1..tokens.len().min(at + LOOK_AHEAD)).unwrap_or_default();
    let breaks = |pair: &[Token<'t>]| {
        let [left, right] = pair else { return false };
        text.get(left.range().end..right.range().start).is_some_and(breaks_line)
    };
    let line = rest.windows(2).position(breaks).map_or(rest.len(), |last| last + 1);
    rest.get(..line).unwrap_or_default()
}

/// And so on, and the like.
const LIST_ENDS: &[&str] = &["dll.", "dsb.", "dst.", "dkk."];

/// The number or letter of a list item: `12`, `b`, `IV`.
fn is_enumerator(word: &str) -> bool {
    let roman = |b: u8| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C');
    word.len() == 1
        || word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
        || word.len() <= 5 && word.bytes().all(roman)
}

/// `A.S.`, `S.T.`: single letters, each with its stop.
fn is_initials(form: &str) -> bool {
    form.len() > 2
        && form.as_bytes().chunks(2).all(|c| matches!(c, [letter, b'.'] if letter.is_ascii_uppercase()))
}

/// Whether `next`, which touches the token before, closes a quotation or a bracket.
fn closes_after(next: Token<'_>) -> bool {
    next.text() == "\"" || is_closer(next.text())
}

static OPENERS: Lazy<Option<StrTable<'static>>> = Lazy::new(|| data::table(data::OPENERS));

/// Whether `word`, in any case, is known to open what `opener` says.
fn is_opener_of(opener: Opener, word: &str) -> bool {
    let mut lower = [0u8; 16];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let bits = std::str::from_utf8(lower).ok().and_then(|l| OPENERS.as_ref()?.get(l));
    bits.is_some_and(|b| b & opener as u32 != 0)
}

fn is_lower(token: Token<'_>) -> bool {
    token.kind() == TokenKind::Word
        && match token.text().as_bytes().first() {
            Some(first) if first.is_ascii() => first.is_ascii_lowercase(),
            _ => token.text().starts_with(char::is_lowercase),
        }
}

/// A word that no stop abbreviates: four lower-case letters or more, a longer name, a number.
fn is_plain_word(token: Token<'_>) -> bool {
    let text = token.text();
    let letters = || text.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
    match token.kind() {
        TokenKind::Word if text.starts_with(char::is_lowercase) => text.len() > 3 && letters(),
        TokenKind::Word => text.len() > 4 && letters(),
        TokenKind::Number | TokenKind::Time => text.len() > 2,
        _ => false,
    }
}

/// Whether `tokens` begin as sentences do: `Namun kata`, `Dikatakannya, `. Words in capitals and titles (`Di Bawah
/// Lindungan Ka'bah`) do not.
fn opens_sentence(tokens: &[Token<'_>]) -> bool {
    let [first, second, ..] = tokens else { return false };
    let text = first.text();
    let [capital, rest @ ..] = text.as_bytes() else { return false };
    capital.is_ascii_uppercase()
        && !rest.is_empty()
        && (is_lower(*second) || second.text() == ",")
        && rest.iter().all(u8::is_ascii_lowercase)
        && is_opener_of(Opener::Sentence, text)
}

/// Whether a sentence ends after `last` although no stop stands there: running text whose headlines or captions lost
/// their line breaks. `Kami mengumpulkan data Dikatakannya, hasilnya baik.`
fn lacks_stop(last: Token<'_>, rest: &[Token<'_>]) -> bool {
    let word = is_lower(last) && last.text().len() > 1;
    let number = last.kind() == TokenKind::Number && last.text().len() > 2;
    if !word && !number {
        return false;
    }
    let opened = match rest {
        [quote, inner @ ..] if matches!(quote.text(), "\"" | "“") => {
            let touches = inner.first().is_some_and(|i| i.range().start == quote.range().end);
            touches && opens_sentence(inner)
        }
        _ => opens_sentence(rest),
    };
    // What introduces a quotation introduces a title too, and no sentence ends in it: `disebut Buku putih`.
    opened && !is_opener_of(Opener::Quotation, last.text())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Final {
    Stop,
    /// `!`, `?`
    Strong,
    Ellipsis,
    Abbreviation,
    None,
}

impl Final {
    #[inline]
    fn of(token: Token<'_>) -> Final {
        // Words and commas, which are most tokens, leave at once.
        let first = token.text().as_bytes().first().copied().unwrap_or_default();
        if token.kind() == TokenKind::Word || first == b',' {
            return Final::None;
        }
        match (token.kind(), token.text()) {
            (TokenKind::Abbreviation, _) => Final::Abbreviation,
            (TokenKind::Punctuation, "." | "。") => Final::Stop,
            (TokenKind::Punctuation, text) if text.starts_with(['!', '?', '！', '？']) => Final::Strong,
            (TokenKind::Punctuation, text) if text.starts_with("..") || text.starts_with('…') => {
                Final::Ellipsis
            }
            (TokenKind::Emoji, "‼" | "⁉") => Final::Strong,
            _ => Final::None,
        }
    }
}

fn is_closer(text: &str) -> bool {
    text.len() <= 3 && matches!(text, ")" | "]" | "}" | "”" | "’" | "»" | "'" | "''" | "›")
}

fn is_opener(text: &str) -> bool {
    matches!(text, "(" | "[" | "{" | "“" | "‘" | "«" | "„" | "‹" | "``" | "`" | "'")
}

fn is_trailing(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Emoji | TokenKind::Emoticon)
}

/// Iterator over the sentences of a text, made by [`Tokenizer::sentences`]. Reads a few tokens ahead; memory does not
/// grow with the text.
#[derive(Clone, Debug)]
pub struct Sentences<'k, 't> {
    tokens: Tokens<'k, 't>,
    /// Of these the first `decided` are decided, up to `filled` are read.
    window: [Token<'t>; WINDOW],
    decided: usize,
    filled: usize,
    state: Splitter<'t>,
}

impl<'k, 't> Sentences<'k, 't> {
    pub(super) fn new(tokenizer: &'k Tokenizer, text: &'t str) -> Sentences<'k, 't> {
        Sentences {
            tokens: tokenizer.tokenize(text),
            window: [Token::new("", 0, TokenKind::Word); WINDOW],
            decided: 0,
            filled: 0,
            state: Splitter::new(text, tokenizer.conventions),
        }
    }
}

impl Iterator for Sentences<'_, '_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut start = None;
        loop {
            if self.filled < self.decided + LOOK_AHEAD {
                self.fill();
            }
            let window = self.window.get(..self.filled)?;
            let span = window.get(self.decided)?.span();
            let start = *start.get_or_insert(span.start);
            let ends = self.state.ends_after(window, self.decided);
            self.decided += 1;
            if ends {
                return Some(Span::new(start, span.end));
            }
        }
    }
}

impl Sentences<'_, '_> {
    /// Reads on, and forgets what no decision looks back at.
    fn fill(&mut self) {
        let kept = self.decided.saturating_sub(LOOK_BACK);
        self.window.copy_within(kept..self.filled, 0);
        (self.decided, self.filled) = (self.decided - kept, self.filled - kept);
        for (slot, token) in self.window.iter_mut().skip(self.filled).zip(&mut self.tokens) {
            *slot = token;
            self.filled += 1;
        }
    }
}

impl std::iter::FusedIterator for Sentences<'_, '_> {}
