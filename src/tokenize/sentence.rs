//! Where sentences end: after a stop, a question or an exclamation, with the quotes and brackets that close there; and
//! at every line break. What follows decides the doubtful cases.

use super::{Conventions, Token, TokenKind, Tokenizer, Tokens, abbreviation};
use crate::text::Span;

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
        for window in 0..tokens.len() {
            let ahead = &tokens[window..tokens.len().min(window + LOOK_AHEAD)];
            if state.ends_after(ahead) {
                ends.push(u32::try_from(window + 1).unwrap_or(u32::MAX));
            }
        }
    }
}

/// Tokens that a decision looks at: the token itself and what follows it.
const LOOK_AHEAD: usize = 4;

#[derive(Clone, Debug)]
struct Splitter<'t> {
    text: &'t str,
    conventions: Conventions,
    /// The sentence so far ends here if what follows may begin another.
    pending: bool,
    /// The token before in the same sentence; `line` counts its place in the line.
    before: Option<Token<'t>>,
    place_in_line: usize,
    /// End of the line looked at, and whether it holds a capital.
    line_end: usize,
    line_has_capital: bool,
    /// Straight double quotes open in this line.
    quote_open: bool,
}

impl<'t> Splitter<'t> {
    fn new(text: &'t str, conventions: Conventions) -> Splitter<'t> {
        Splitter {
            text,
            conventions,
            pending: false,
            before: None,
            place_in_line: 0,
            line_end: 0,
            line_has_capital: false,
            quote_open: false,
        }
    }

    /// Whether a sentence ends after the first token of `ahead`.
    fn ends_after(&mut self, ahead: &[Token<'t>]) -> bool {
        let Some((&token, rest)) = ahead.split_first() else { return true };
        if token.range().start >= self.line_end {
            self.enter_line(token.range().start);
        }
        let place = self.place_in_line;
        self.place_in_line += 1;
        let before = self.before.replace(token);
        let Some(&next) = rest.first() else { return true };
        let gap = self.text.get(token.range().end..next.range().start).unwrap_or_default();
        if gap.bytes().any(|b| b == b'\n' || b == b'\r') || gap.contains(['\u{2028}', '\u{2029}', '\u{85}']) {
            self.pending = false;
            self.before = None;
            return true;
        }
        let quote = token.text() == "\"";
        if quote {
            self.quote_open = !self.quote_open;
        }
        self.pending = match Final::of(token) {
            Final::Stop => !self.is_inner_stop(token, before, place, next, gap),
            Final::Ellipsis | Final::Strong => true,
            Final::Abbreviation => abbreviation::ends_sentence(token.text()) && !gap.is_empty(),
            Final::None => {
                let closes = quote && !self.quote_open || is_closer(token.text());
                self.pending && (closes || is_trailing(token.kind()))
            }
        };
        let ends = self.pending && self.may_begin(token, rest, gap);
        if ends {
            self.pending = false;
            self.before = None;
        }
        ends
    }

    fn enter_line(&mut self, at: usize) {
        let rest = &self.text.as_bytes()[at..];
        self.line_end = at + memchr::memchr(b'\n', rest).unwrap_or(rest.len()) + 1;
        let line = &self.text[at..self.line_end.min(self.text.len())];
        self.line_has_capital = line.chars().any(char::is_uppercase);
        self.place_in_line = 0;
        self.quote_open = false;
    }

    /// A full stop that ends no sentence: after the number or letter of a list item, or (where the conventions cut it
    /// off) after an abbreviation.
    fn is_inner_stop(
        &self,
        stop: Token<'t>,
        before: Option<Token<'t>>,
        place: usize,
        next: Token<'t>,
        gap: &str,
    ) -> bool {
        let Some(before) = before.filter(|b| b.range().end == stop.range().start) else { return false };
        let word = before.text();
        let short = word.len() <= 3 && (word.bytes().all(|b| b.is_ascii_digit()) || word.len() == 1);
        if place == 1 && short || gap.is_empty() && before.kind() == TokenKind::Number {
            return true;
        }
        // That treebank was cut where a stop after a capitalised word of up to four letters counts as an abbreviation
        // (`Laut Jawa.` goes on): 66 of the 70 such stops inside its development sentences.
        if self.conventions == Conventions::UdGsd
            && word.chars().count() <= 4
            && word.starts_with(char::is_uppercase)
        {
            return true;
        }
        let mut form = [0u8; 16];
        let Some(buffer) = form.get_mut(..=word.len()) else { return false };
        buffer[..word.len()].copy_from_slice(word.as_bytes());
        buffer[word.len()] = b'.';
        let Ok(form) = std::str::from_utf8(buffer) else { return false };
        let name_like = next.text().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        // The default conventions keep the stop on the abbreviation, so this stop is real unless it was cut off.
        match abbreviation::lookup(form) {
            Some(value) if value >> 8 == 0 => {
                abbreviation::needs_number(value) && next.kind() == TokenKind::Number
                    || name_like && !abbreviation::needs_number(value)
            }
            _ => false,
        }
    }

    /// Whether what follows `last` may begin a sentence.
    fn may_begin(&self, last: Token<'t>, rest: &[Token<'t>], gap: &str) -> bool {
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
            // A straight quote closes where it touches what it closes.
            let closing = self.quote_open
                && (gap.is_empty() || rest.get(1).is_some_and(|t| t.range().start > next.range().end));
            return !closing && self.opens(&rest[1..], last);
        }
        if is_closer(text) || matches!(text, "," | ";" | ":" | "-" | "–" | "—" | "/" | "%") {
            return false;
        }
        // `Tbk. (BBNI)`, `Co. Ltd.`
        if last.kind() == TokenKind::Abbreviation && (text == "(" || next.kind() == TokenKind::Abbreviation) {
            return false;
        }
        if is_opener(text) {
            return self.opens(&rest[1..], last);
        }
        self.starts(next, last)
    }

    /// Whether the text after an opening quote or bracket may begin a sentence.
    fn opens(&self, rest: &[Token<'t>], last: Token<'t>) -> bool {
        let inner = rest.iter().find(|t| !is_opener(t.text()) && t.text() != "\"");
        inner.is_none_or(|&t| self.starts(t, last))
    }

    fn starts(&self, next: Token<'t>, last: Token<'t>) -> bool {
        let Some(first) = next.text().chars().find(|c| c.is_alphanumeric()) else {
            return !is_closer(next.text());
        };
        if first.is_lowercase() {
            // In a line without any capital a stop is all there is to go by.
            return !self.line_has_capital && matches!(Final::of(last), Final::Stop | Final::Strong);
        }
        if first.is_numeric() {
            return Final::of(last) != Final::Abbreviation && Final::of(last) != Final::Ellipsis;
        }
        true
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Final {
    Stop,
    /// `!`, `?`
    Strong,
    Ellipsis,
    Abbreviation,
    None,
}

impl Final {
    fn of(token: Token<'_>) -> Final {
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
    matches!(text, ")" | "]" | "}" | "”" | "’" | "»" | "'" | "''" | "›")
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
    ahead: Vec<Token<'t>>,
    state: Splitter<'t>,
}

impl<'k, 't> Sentences<'k, 't> {
    pub(super) fn new(tokenizer: &'k Tokenizer, text: &'t str) -> Sentences<'k, 't> {
        let ahead = Vec::with_capacity(LOOK_AHEAD);
        Sentences {
            tokens: tokenizer.tokenize(text),
            ahead,
            state: Splitter::new(text, tokenizer.conventions),
        }
    }
}

impl Iterator for Sentences<'_, '_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut start = None;
        loop {
            while self.ahead.len() < LOOK_AHEAD {
                let Some(token) = self.tokens.next() else { break };
                self.ahead.push(token);
            }
            let span = self.ahead.first()?.span();
            let start = *start.get_or_insert(span.start);
            let ends = self.state.ends_after(&self.ahead);
            self.ahead.remove(0);
            if ends {
                return Some(Span::new(start, span.end));
            }
        }
    }
}

impl std::iter::FusedIterator for Sentences<'_, '_> {}
