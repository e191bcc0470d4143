//! The place, and often the outlet or the date, before the first words of an article.

use super::words::{Class, classes_of_any_case, has};

/// What parts a dateline from the article, longest first.
const MARKS: [&str; 13] =
    [" -- ", " == ", " - ", " – ", " — ", " = ", " | ", ", - ", ",- ", "– ", "— ", "-- ", ": "];

/// Bytes of the dateline that a paragraph begins with, its dash included: `BRUSSELS -`, `Jakarta, KoranPagi –`,
/// `Padang (ANTARA) -`, `Solok, 11 Februari 2025 -`. `small` says that the whole text does without capitals.
pub(super) fn dateline(text: &str, small: bool) -> Option<u32> {
    let head = head(text);
    // The bytes of 0xE2 begin long dashes, among other marks.
    if !head.bytes().any(|b| matches!(b, b'-' | b'=' | b'|' | b':' | 0xE2)) {
        return None;
    }
    let (at, mark) = head.as_bytes().windows(2).enumerate().find_map(|(at, pair)| {
        // What all marks begin with.
        if !matches!(
            pair,
            [b' ', b'-' | b'=' | b'|' | 0xE2] | [b',', b' ' | b'-'] | [0xE2, _] | [b'-', b'-'] | [b':', b' ']
        ) {
            return None;
        }
        let rest = head.get(at..)?;
        let marks = MARKS.iter().filter(|mark| rest.starts_with(**mark));
        marks.max_by_key(|mark| mark.len()).map(|mark| (at, *mark))
    })?;
    let (place, rest) = (text.get(..at)?.trim_end(), text.get(at + mark.len()..)?);
    let weak = matches!(mark.trim(), "|" | "=" | ":");
    #[allow(clippy::cast_possible_truncation)] // at most 80
    (rest.len() >= 15 && is_place(place, weak, small)).then(|| (at + mark.trim_end().len()) as u32)
}

/// The first 80 bytes or a little less.
fn head(text: &str) -> &str {
    (0..4).find_map(|less| text.get(..80 - less)).unwrap_or(text)
}

/// Whether `text` may be a place, an outlet, or both. Behind a mark that also stands elsewhere it must say more.
fn is_place(text: &str, weak: bool, small: bool) -> bool {
    let words = || {
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '/'))
            .filter(|w| !w.is_empty())
    };
    let count = words().count();
    if text.len() < 3 || !(1..=8).contains(&count) || text.ends_with(['.', '?', '!', ':', ';', '"', '”']) {
        return false;
    }
    if !text.starts_with(char::is_alphabetic)
        || text.contains(['"', '“', ':', ';', '|', '?', '!'])
        || text.contains(". ")
    {
        return false;
    }
    let first = words().next().map_or(0, classes_of_any_case);
    let in_brackets = text.contains('(') && !text.contains(')');
    if in_brackets
        || weak && has(first, Class::Form)
        || has(first, Class::Day)
        || has(first, Class::Prose)
        || has(first, Class::Role)
        || has(first, Class::Month)
    {
        return false;
    }
    // Numbers belong to a date behind the place.
    let mut parts = text.split([',', '(']).map(str::trim);
    let place = parts.next().unwrap_or(text);
    let others = parts;
    let has_digit = |t: &str| t.bytes().any(|b| b.is_ascii_digit());
    let is_date = |t: &str| {
        t.split([' ', ')', '/'])
            .any(|w| has(classes_of_any_case(w), Class::Month) || has(classes_of_any_case(w), Class::Day))
            || t.matches('/').count() == 2
    };
    let number_of_outlet = |t: &str| t.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
    if has_digit(place) && !number_of_outlet(place)
        || others.clone().any(|t| has_digit(t) && !is_date(t) && !number_of_outlet(t))
    {
        return false;
    }
    let shouting = |w: &str| w.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let title = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let capitals = place.split_whitespace().all(shouting);
    let size = place.split_whitespace().count();
    let titled = words().all(|w| title(w) || has(classes_of_any_case(w), Class::Month));
    let others = others.count();
    match () {
        () if weak => capitals && size <= 3 || titled && others > 0 && text.len() <= 45,
        () if capitals => size <= 5,
        () if titled => others > 0 || size <= 3,
        () => small && size <= 2 && others <= 1,
    }
}
