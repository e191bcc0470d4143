//! The scanner: where the token that begins here ends. Each rule is a row of the token conventions; look-ahead beyond
//! the token is bounded, so that time stays linear whatever the text.

use std::ops::Range;

use super::{Conventions, TokenKind, Tokenizer, abbreviation, pattern, unicode};
use crate::text::class::{DIGIT, LOWER, NON_ASCII, SPACE, UPPER, alnum_run, class, is_alnum, is_word_char};

/// A position in a text and the token before it.
pub(super) struct Place<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) previous: Range<usize>,
}

impl<'t> Place<'t> {
    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    /// Whether no token stands between this place and the white space before it.
    fn after_space(&self) -> bool {
        self.at == 0 || self.previous.end < self.at
    }

    /// Whether only white space with a line break, or nothing, stands before.
    pub(super) fn line_start(&self) -> bool {
        self.previous.end == 0
            || self
                .bytes()
                .get(self.previous.end..self.at)
                .is_some_and(|gap| memchr::memchr(b'\n', gap).is_some())
    }

    /// The token before.
    pub(super) fn previous(&self) -> &'t str {
        self.text.get(self.previous.clone()).unwrap_or_default()
    }
}

/// The next token from `at` on: start, end, kind. Takes and gives numbers only, so that the iterator lives in
/// registers.
#[inline(never)]
pub(super) fn next(
    tokenizer: &Tokenizer,
    text: &str,
    mut at: usize,
    before_start: usize,
    before_end: usize,
) -> Option<(usize, usize, TokenKind)> {
    let bytes = text.as_bytes();
    // White space: one look a byte in ASCII, a decoded character beyond.
    loop {
        match class(*bytes.get(at)?) {
            SPACE => at += 1,
            NON_ASCII => match text[at..].chars().next() {
                Some(c) if c.is_whitespace() => at += c.len_utf8(),
                _ => break,
            },
            _ => break,
        }
    }
    let place = Place { text, at, previous: before_start..before_end };
    let custom = tokenizer.custom.as_deref().and_then(|c| c.find(text, at));
    let (end, kind) = custom.unwrap_or_else(|| token(&place, tokenizer.conventions));
    Some((at, end, kind))
}

/// The end and kind of the token at `place`, which is not white space.
#[inline]
fn token(place: &Place<'_>, conventions: Conventions) -> (usize, TokenKind) {
    let bytes = place.bytes();
    let first = byte(bytes, place.at);
    match class(first) {
        LOWER | UPPER => word(place, conventions),
        DIGIT => number(place, place.at),
        NON_ASCII => match place.text[place.at..].chars().next() {
            Some(c) if !is_word_char(c) => non_ascii_mark(place, c),
            _ => word(place, conventions),
        },
        _ => mark(place, first, conventions),
    }
}

#[inline]
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(b' ')
}

fn rest(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or_default()
}

/// The end of the run of letters, digits and their marks from `at`.
#[inline]
fn run(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        at = alnum_run(bytes, at);
        if class(byte(bytes, at)) != NON_ASCII {
            return at;
        }
        match text[at..].chars().next() {
            Some(c) if is_word_char(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// Whether a word could go on with the character at `at`.
fn continues(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|t| t.chars().next()).is_some_and(is_word_char)
}

/// Two words abbreviated to their first letters.
const WORD_PAIRS: &[&str] =
    &["s/d", "d/h", "a/n", "u/p", "c/o", "d/a", "c/q", "p/a", "n/a", "b/d", "s/a", "w/o"];

fn word(place: &Place<'_>, conventions: Conventions) -> (usize, TokenKind) {
    let (text, bytes, at) = (place.text, place.bytes(), place.at);
    let mut end = run(text, at);
    // The common case first: a plain word before a space.
    if class(byte(bytes, end)) == SPACE {
        return (currency_split(text, at, end).unwrap_or(end), TokenKind::Word).classified(text, at);
    }
    if let Some(split) = currency_split(text, at, end) {
        return (split, TokenKind::Currency);
    }
    loop {
        let next = byte(bytes, end + 1);
        match byte(bytes, end) {
            b'-' if continues(text, end + 1) => end = run(text, end + 1),
            b'_' if is_alnum(next) || next == b'_' => end = run(text, end + 1),
            b'\'' if is_letter_before(text, end) && is_letter(text, end + 1) => end = run(text, end + 1),
            0xE2 if text[end..].starts_with('’')
                && is_letter_before(text, end)
                && is_letter(text, end + 3) =>
            {
                end = run(text, end + 3);
            }
            b'.' => {
                let inside = || pattern::email(text, at).or_else(|| pattern::address(text, at, end));
                if is_alnum(next)
                    && let Some(found) = inside()
                {
                    return found;
                }
                if let Some(found) = abbreviation::find(place, end) {
                    return if conventions == Conventions::UdGsd {
                        abbreviation::as_gsd(text, at, found)
                    } else {
                        found
                    };
                }
                // `v2.0`, `H.264`: a version inside a name.
                if class(next) == DIGIT && (class(byte(bytes, end - 1)) == DIGIT || end == at + 1) {
                    end = run(text, end + 1);
                } else {
                    break;
                }
            }
            b'@' | b'+' => {
                if let Some(found) = pattern::email(text, at) {
                    return found;
                }
                // `A+`, `C++`: a grade or a name of one or two capitals.
                let plus = rest(bytes, end).iter().take_while(|&&b| b == b'+').count();
                if plus > 0
                    && plus < 3
                    && end - at < 3
                    && !continues(text, end + plus)
                    && upper(bytes, at, end)
                {
                    end += plus;
                }
                break;
            }
            b':' if next == b'\\' && end == at + 1 => match pattern::windows_path(text, at) {
                Some(found) => return found,
                None => break,
            },
            b':' if next == b'/' => match pattern::url(text, at) {
                Some(found) => return found,
                None => break,
            },
            b'&' if end - at <= 3 && upper(bytes, at, end) && class(next) == UPPER => {
                let tail = run(text, end + 1);
                if tail - end > 4 || !upper(bytes, end + 1, tail) {
                    break;
                }
                end = tail;
            }
            b'/' => {
                // `s/d`, `C/O` abbreviate two words; `m/s` and `L/P` do not.
                let pair = text.get(at..end + 2).filter(|_| end == at + 1 && !continues(text, end + 2));
                if pair.is_some_and(|p| WORD_PAIRS.iter().any(|w| p.eq_ignore_ascii_case(w)))
                    && byte(bytes, end + 2) != b'/'
                {
                    return (end + 2, TokenKind::Abbreviation);
                }
                return pattern::code(text, at).unwrap_or((end, TokenKind::Word));
            }
            _ => break,
        }
    }
    (end, TokenKind::Word).classified(text, at)
}

trait Classified {
    fn classified(self, text: &str, at: usize) -> (usize, TokenKind);
}

impl Classified for (usize, TokenKind) {
    /// `Rp` alone is a currency; everything else stays what it is.
    #[inline]
    fn classified(self, text: &str, at: usize) -> (usize, TokenKind) {
        let is_rupiah = self.0 - at == 2
            && rest(text.as_bytes(), at).get(..2).is_some_and(|code| code.eq_ignore_ascii_case(b"rp"));
        (self.0, if is_rupiah { TokenKind::Currency } else { self.1 })
    }
}

const CURRENCIES: &[&[u8]] = &[b"rp", b"idr", b"usd", b"sgd", b"eur", b"myr", b"aud", b"rm"];

/// Where a currency ends that an amount follows without a space: `Rp25.000`, `USD6`.
#[inline]
fn currency_split(text: &str, at: usize, end: usize) -> Option<usize> {
    let run = text.as_bytes().get(at..end)?;
    let digit = |at: usize| run.get(at).is_some_and(u8::is_ascii_digit);
    if !digit(2) && !digit(3) {
        return None;
    }
    let letters = run.iter().take(4).take_while(|b| b.is_ascii_alphabetic()).count();
    if !(2..=3).contains(&letters) || !digit(letters) {
        return None;
    }
    let code = run.get(..letters)?;
    let known = CURRENCIES.iter().any(|c| code.eq_ignore_ascii_case(c));
    // `rm5` in lower case is more likely a code than ringgit; `Rp5` is written in every case.
    let certain =
        code.len() == 2 && code.eq_ignore_ascii_case(b"rp") || code.iter().all(u8::is_ascii_uppercase);
    (known && certain).then_some(at + letters)
}

fn upper(bytes: &[u8], at: usize, end: usize) -> bool {
    bytes.get(at..end).is_some_and(|word| word.iter().all(u8::is_ascii_uppercase))
}

fn is_letter(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|t| t.chars().next()).is_some_and(char::is_alphabetic)
}

fn is_letter_before(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphabetic)
}

/// A number, date, time or code whose first digit is at `from`; the token begins at `place.at`.
fn number(place: &Place<'_>, from: usize) -> (usize, TokenKind) {
    let (text, bytes, at) = (place.text, place.bytes(), place.at);
    let digits = |mut at: usize| {
        while class(byte(bytes, at)) == DIGIT {
            at += 1;
        }
        at
    };
    let whole = digits(from);
    let mut end = whole;
    // Keycaps: a digit that U+20E3 turns into an emoji.
    if end == from + 1 && text[end..].starts_with("\u{FE0F}\u{20E3}") {
        return (end + 6, TokenKind::Emoji);
    }
    // Digits alone are no time.
    let kind_of = |end: usize| {
        if end == whole { TokenKind::Number } else { pattern::number_kind(&text[at..end]) }
    };
    let mut kind = TokenKind::Number;
    loop {
        let next = byte(bytes, end + 1);
        match byte(bytes, end) {
            b'.' | b',' | b':' if class(next) == DIGIT => end = digits(end + 1),
            b',' if next == b'-' && !continues(text, end + 2) => return (end + 2, kind),
            b'/' if is_alnum(next) => {
                return pattern::code(text, at).unwrap_or_else(|| (end, kind_of(end)));
            }
            b'-' if class(next) == DIGIT => {
                // One hyphen is a range, two make a date or a telephone number.
                let second = digits(end + 1);
                if byte(bytes, second) != b'-' || class(byte(bytes, second + 1)) != DIGIT {
                    break;
                }
                end = digits(second + 1);
                while byte(bytes, end) == b'-' && class(byte(bytes, end + 1)) == DIGIT {
                    end = digits(end + 1);
                }
                kind = pattern::dashed_kind(&text[at..end]);
                if let Some(time) = pattern::iso_time(text, end) {
                    return (time, TokenKind::Date);
                }
                return (end, kind);
            }
            b'-' if is_letter(text, end + 1) => {
                // `1990-an`, `17-an-nya`
                end = run(text, end + 1);
                while byte(bytes, end) == b'-' && continues(text, end + 1) {
                    end = run(text, end + 1);
                }
                return (end, TokenKind::Word);
            }
            b if is_alnum(b) || class(b) == NON_ASCII && continues(text, end) => {
                // `50rb`, `3x4`, `2x`
                end = run(text, end);
                kind = TokenKind::Word;
                while byte(bytes, end) == b'-' && is_letter(text, end + 1) {
                    end = run(text, end + 1);
                }
                if byte(bytes, end) == b'@' || byte(bytes, end) == b'.' {
                    let found = pattern::email(text, at).or_else(|| pattern::address(text, at, end));
                    return found.unwrap_or((end, kind));
                }
                return (end, kind);
            }
            _ => break,
        }
    }
    (end, kind_of(end))
}

/// A token that begins with an ASCII mark.
fn mark(place: &Place<'_>, first: u8, conventions: Conventions) -> (usize, TokenKind) {
    let (text, bytes, at) = (place.text, place.bytes(), place.at);
    let next = byte(bytes, at + 1);
    if let Some(end) = pattern::emoticon(text, at, place.after_space()) {
        return (end, TokenKind::Emoticon);
    }
    let run_of = |wanted: &[u8]| at + rest(bytes, at).iter().take_while(|b| wanted.contains(b)).count();
    match first {
        b'.' if conventions == Conventions::UdGsd => (at + 1, TokenKind::Punctuation),
        b'.' => (run_of(b"."), TokenKind::Punctuation),
        b'!' | b'?' if conventions == Conventions::UdGsd => (at + 1, TokenKind::Punctuation),
        b'!' | b'?' => (run_of(b"!?"), TokenKind::Punctuation),
        b'@' | b'#' => {
            let split = first == b'#' && conventions == Conventions::UdGsd;
            if let Some(end) = pattern::handle(text, at).filter(|_| !split) {
                return (end, if first == b'@' { TokenKind::Mention } else { TokenKind::Hashtag });
            }
            (at + 1, TokenKind::Symbol)
        }
        b'+' if class(next) == DIGIT && place.after_space() => number(place, at + 1),
        b'\'' if place.after_space() && pattern::clipped_word(text, at) => {
            (run(text, at + 1), TokenKind::Word)
        }
        b'/' if place.after_space() => pattern::path(text, at).unwrap_or((at + 1, TokenKind::Punctuation)),
        b'-' | b'*' | b'=' | b'_' | b'~' | b'`' => {
            let kind = if matches!(first, b'-' | b'`') { TokenKind::Punctuation } else { TokenKind::Symbol };
            (run_of(&[first]), kind)
        }
        b'$' => (at + 1, TokenKind::Currency),
        b',' | b';' | b':' | b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'/' | b'\\' => {
            (at + 1, TokenKind::Punctuation)
        }
        _ => (at + 1, TokenKind::Symbol),
    }
}

/// A token that begins with a mark beyond ASCII.
fn non_ascii_mark(place: &Place<'_>, first: char) -> (usize, TokenKind) {
    // `’kan`: at the start of a word this mark is an apostrophe, for quotations open with ‘.
    if first == '’' && place.after_space() && is_letter(place.text, place.at + 3) {
        return (run(place.text, place.at + 3), TokenKind::Word);
    }
    unicode::token(place.text, place.at, first)
}
