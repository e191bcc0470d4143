//! What a single token says of the sentence that it stands in: stops, closers, openers, words that open sentences.

use once_cell::sync::Lazy;

use super::data::{self, Opener};
use super::{Token, TokenKind};
use crate::wire::StrTable;

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
            b'\t'..=b'\r' | b' ' | 0x80.. => 0,
            _ => ORDINARY | SHOWN | GOES_ON,
        };
        byte += 1;
    }
    table
};

pub(super) const LOWER: u8 = 1;
pub(super) const UPPER: u8 = 2;
/// Begins no mark that ends a sentence or closes a quotation or bracket.
pub(super) const ORDINARY: u8 = 4;
/// A character of ASCII, no white space.
pub(super) const SHOWN: u8 = 8;
/// Opens no sentence that a stop is missing before.
pub(super) const GOES_ON: u8 = 16;

#[inline(always)]
#[allow(clippy::indexing_slicing)] // the table has a place for every byte
pub(super) fn is(flag: u8, byte: u8) -> bool {
    FLAGS[usize::from(byte)] & flag != 0
}

/// Kinds of tokens as bits: those that end a sentence or belong to the one before.
pub(super) const DECISIVE: u16 =
    1 << TokenKind::Abbreviation as u16 | 1 << TokenKind::Emoji as u16 | 1 << TokenKind::Emoticon as u16;
pub(super) const WORD: u16 = 1 << TokenKind::Word as u16;
pub(super) const NUMBER: u16 = 1 << TokenKind::Number as u16;

/// Whether white space holds a line break, of ASCII or of Unicode.
pub(super) fn breaks_line(gap: &str) -> bool {
    gap != " "
        && (gap.bytes().any(|b| b == b'\n' || b == b'\r')
            || !gap.is_ascii() && gap.contains(['\u{2028}', '\u{2029}', '\u{85}']))
}

/// And so on, and the like.
pub(super) const LIST_ENDS: &[&str] = &["dll.", "dsb.", "dst.", "dkk."];

/// The number or letter of a list item: `12`, `b`, `IV`.
pub(super) fn is_enumerator(word: &str) -> bool {
    let roman = |b: u8| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C');
    word.len() == 1
        || word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
        || word.len() <= 5 && word.bytes().all(roman)
}

/// `A.S.`, `S.T.`: single letters, each with its stop.
pub(super) fn is_initials(form: &str) -> bool {
    form.len() > 2
        && form.as_bytes().chunks(2).all(|c| matches!(c, [letter, b'.'] if letter.is_ascii_uppercase()))
}

/// Whether `next`, which touches the token before, closes a quotation or a bracket.
pub(super) fn closes_after(next: Token<'_>) -> bool {
    next.text() == "\"" || is_closer(next.text())
}

static OPENERS: Lazy<Option<StrTable<'static>>> = Lazy::new(|| data::table(data::OPENERS));

/// Whether `word`, in any case, is known to open what `opener` says.
pub(super) fn is_opener_of(opener: Opener, word: &str) -> bool {
    let mut lower = [0u8; 16];
    let Some(lower) = lower.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let bits = std::str::from_utf8(lower).ok().and_then(|l| OPENERS.as_ref()?.get(l));
    bits.is_some_and(|b| b & opener as u32 != 0)
}

pub(super) fn is_lower(token: Token<'_>) -> bool {
    token.kind() == TokenKind::Word
        && match token.text().as_bytes().first() {
            Some(first) if first.is_ascii() => first.is_ascii_lowercase(),
            _ => token.text().starts_with(char::is_lowercase),
        }
}

/// A word that no stop abbreviates: four lower-case letters or more, a longer name, a number.
pub(super) fn is_plain_word(token: Token<'_>) -> bool {
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
pub(super) fn opens_sentence(tokens: &[Token<'_>]) -> bool {
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
pub(super) fn lacks_stop(last: Token<'_>, rest: &[Token<'_>]) -> bool {
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
pub(super) enum Final {
    Stop,
    /// `!`, `?`
    Strong,
    Ellipsis,
    Abbreviation,
    None,
}

impl Final {
    #[inline]
    pub(super) fn of(token: Token<'_>) -> Final {
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

pub(super) fn is_closer(text: &str) -> bool {
    text.len() <= 3 && matches!(text, ")" | "]" | "}" | "”" | "’" | "»" | "'" | "''" | "›")
}

pub(super) fn is_opener(text: &str) -> bool {
    matches!(text, "(" | "[" | "{" | "“" | "‘" | "«" | "„" | "‹" | "``" | "`" | "'")
}

pub(super) fn is_trailing(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Emoji | TokenKind::Emoticon)
}
