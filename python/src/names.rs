//! Names that Python uses for the values of the library's enumerations.

use pyo3::prelude::*;
use tutur::stem::Reduplication;
use tutur::{Conventions, OffsetUnit, TokenKind, UnknownPolicy};

use crate::error::expected;

pub(crate) fn unit(name: &str) -> PyResult<OffsetUnit> {
    match name {
        "chars" => Ok(OffsetUnit::Chars),
        "bytes" => Ok(OffsetUnit::Bytes),
        "utf16" => Ok(OffsetUnit::Utf16),
        other => Err(expected("offsets", "chars, bytes or utf16", other)),
    }
}

pub(crate) fn unit_name(unit: OffsetUnit) -> &'static str {
    match unit {
        OffsetUnit::Bytes => "bytes",
        OffsetUnit::Utf16 => "utf16",
        _ => "chars",
    }
}

pub(crate) fn conventions(name: &str) -> PyResult<Conventions> {
    match name {
        "default" => Ok(Conventions::Default),
        "ud_gsd" => Ok(Conventions::UdGsd),
        other => Err(expected("conventions", "default or ud_gsd", other)),
    }
}

pub(crate) fn conventions_name(conventions: Conventions) -> &'static str {
    match conventions {
        Conventions::UdGsd => "ud_gsd",
        _ => "default",
    }
}

pub(crate) fn unknown(name: &str) -> PyResult<UnknownPolicy> {
    match name {
        "leave_whole" => Ok(UnknownPolicy::LeaveWhole),
        "best_guess" => Ok(UnknownPolicy::BestGuess),
        other => Err(expected("unknown", "leave_whole or best_guess", other)),
    }
}

const KINDS: [(TokenKind, &str); 14] = [
    (TokenKind::Word, "word"),
    (TokenKind::Abbreviation, "abbreviation"),
    (TokenKind::Number, "number"),
    (TokenKind::Date, "date"),
    (TokenKind::Time, "time"),
    (TokenKind::Currency, "currency"),
    (TokenKind::Url, "url"),
    (TokenKind::Email, "email"),
    (TokenKind::Mention, "mention"),
    (TokenKind::Hashtag, "hashtag"),
    (TokenKind::Emoji, "emoji"),
    (TokenKind::Emoticon, "emoticon"),
    (TokenKind::Punctuation, "punctuation"),
    (TokenKind::Symbol, "symbol"),
];

pub(crate) fn token_kind(name: &str) -> PyResult<TokenKind> {
    let found = KINDS.iter().find(|k| k.1 == name).map(|k| k.0);
    found.ok_or_else(|| expected("kind", "a kind of token such as word or number", name))
}

pub(crate) fn kind_name(kind: TokenKind) -> &'static str {
    KINDS.iter().find(|k| k.0 == kind).map_or("other", |k| k.1)
}

pub(crate) fn reduplication(kind: Reduplication) -> &'static str {
    match kind {
        Reduplication::Full => "full",
        Reduplication::Affixed => "affixed",
        Reduplication::SoundChanging => "sound_changing",
        Reduplication::Partial => "partial",
        Reduplication::Numeral => "numeral",
        _ => "other",
    }
}
