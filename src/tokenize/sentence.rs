//! Where sentences end: after a stop, a question or an exclamation, with the quotes and brackets that close there; and
//! at every line break. What follows decides the doubtful cases; a learned list of words that open sentences tells
//! where a stop is missing.

use super::cue::{
    DECISIVE, Final, GOES_ON, LIST_ENDS, LOWER, NUMBER, ORDINARY, SHOWN, UPPER, WORD, breaks_line,
    closes_after, is, is_closer, is_enumerator, is_initials, is_lower, is_opener, is_plain_word, is_trailing,
    lacks_stop, opens_sentence,
};
use super::{Conventions, Token, TokenKind, abbreviation};

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
pub(super) const LOOK_AHEAD: usize = 4;
pub(super) const LOOK_BACK: usize = 2;

#[derive(Clone, Debug)]
pub(super) struct Splitter<'t> {
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
    pub(super) fn new(text: &'t str, conventions: Conventions) -> Splitter<'t> {
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
    pub(super) fn ends_after(&mut self, tokens: &[Token<'t>], at: usize) -> bool {
        let Some(&token) = tokens.get(at) else { return true };
        let ends = !self.goes_on(token) && self.decide(tokens, at);
        self.place += 1;
        if ends {
            (self.pending, self.closed, self.place) = (Final::None, false, 0);
        }
        ends
    }

    /// Whether the sentence surely goes on after `token`, as it does after five tokens of six: its kind, its first byte
    /// and two bytes behind it say so (248 instructions a token without this test, 128 with it).
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
        let (Some(&token), Some(&next)) = (tokens.get(at), tokens.get(at + 1)) else { return true };
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
        self.pending != Final::None && self.may_begin(ahead(self.text, tokens, at), gap)
            || self.place > 0 && !gap.is_empty() && self.lacks_stop_after(tokens, at)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tokenizer;

    #[test]
    fn where_a_sentence_surely_goes_on_a_closer_look_says_so_too() {
        let (words, gaps) = (
            [
                "kata", "Kata", "K", "é", "Rp", "12", "09.30", "@ani", "dll.", ",", ".", "!", "\"", "'", "(",
                ")", "…", "😂",
            ],
            ["", " ", "  ", "\n", "\u{a0}", "\u{2028}"],
        );
        let mut sure = 0;
        for (index, first) in words.iter().enumerate() {
            for (second, third) in words.iter().flat_map(|s| words.iter().map(move |t| (s, t))) {
                for gap in gaps {
                    let text = format!("ujar {first}{gap}{second} {third} Namun kata");
                    let tokens: Vec<Token<'_>> = Tokenizer::new().tokenize(&text).collect();
                    let mut state = Splitter::new(&text, Conventions::Default);
                    for (at, &token) in tokens.iter().enumerate() {
                        if state.goes_on(token) {
                            let mut closer = state.clone();
                            assert!(!closer.decide(&tokens, at), "{text:?} {at} {index}");
                            assert_eq!(
                                (closer.pending, closer.closed),
                                (Final::None, state.closed),
                                "{text:?} {at}"
                            );
                            sure += 1;
                        }
                        state.ends_after(&tokens, at);
                    }
                }
            }
        }
        assert!(sure > 10_000);
    }
}
