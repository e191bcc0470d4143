//! Forms of short lines: letter case, dates, sign-offs, credits, names side by side.

use super::words::{Class, classes, classes_of_any_case, has};
use crate::text::class::{self, alnum_run};

/// How the words of a line are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Capitals,
    /// Words of content begin with capitals.
    Title,
    Mixed,
    Small,
}

/// The letter case of `text`.
pub(super) fn case(text: &str) -> Case {
    let (mut content, mut capital, mut shouting, mut words) = (0, 0, 0, 0);
    for word in parts(text) {
        let Some((upper, all)) = letters(word) else { continue };
        words += 1;
        shouting += usize::from(all);
        // Words of grammar stay small in titles.
        if upper || !is_grammar(word) {
            content += 1;
            capital += usize::from(upper);
        }
    }
    match () {
        () if words > 0 && shouting == words => Case::Capitals,
        () if capital == 0 => Case::Small,
        () if capital * 10 >= content * 8 => Case::Title,
        () => Case::Mixed,
    }
}

/// What `split_whitespace` gives, with one look at a byte of ASCII.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let (bytes, mut at) = (text.as_bytes(), 0);
    let space = move |at: usize| match bytes.get(at) {
        Some(&byte) if byte.is_ascii() => (class::class(byte) == class::SPACE).then_some(1),
        _ => text.get(at..)?.chars().next().filter(|c| c.is_whitespace()).map(char::len_utf8),
    };
    std::iter::from_fn(move || {
        while let Some(length) = space(at) {
            at += length;
        }
        let start = at;
        while at < bytes.len() && space(at).is_none() {
            // A byte that continues a character begins no white space.
            at = alnum_run(bytes, at).max(at + 1);
        }
        text.get(start..at).filter(|part| !part.is_empty())
    })
}

/// Whether the first letter of a word is a capital, and whether all are; none where it has none.
fn letters(word: &str) -> Option<(bool, bool)> {
    if word.is_ascii() {
        let first = word.bytes().find(u8::is_ascii_alphabetic)?.is_ascii_uppercase();
        return Some((first, first && !word.bytes().any(|b| b.is_ascii_lowercase())));
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = letters.next()?.is_uppercase();
    Some((first, first && letters.all(char::is_uppercase)))
}

fn is_grammar(word: &str) -> bool {
    word.len() <= 4
        || matches!(
            word,
            "untuk"
                | "dengan"
                | "hingga"
                | "karena"
                | "kepada"
                | "dalam"
                | "terhadap"
                | "tentang"
                | "sebagai"
                | "antara"
                | "sampai"
                | "setelah"
                | "sejak"
                | "serta"
                | "demi"
                | "menuju"
                | "seperti"
        )
}

/// Marks that a line holds, found in one pass.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    pub(super) bar: bool,
    pub(super) bullet: bool,
    pub(super) chevron: bool,
    /// With a space on both sides, as `dash`.
    pub(super) slash: bool,
    pub(super) dash: bool,
    /// With a space behind it, as `stop`.
    pub(super) comma: bool,
    pub(super) stop: bool,
    pub(super) copyright: bool,
    pub(super) markup: bool,
    pub(super) hash: bool,
    pub(super) at: bool,
    /// An arrow, an emoji, a picture of a button.
    pub(super) symbol: bool,
}

impl Marks {
    pub(super) fn of(text: &str) -> Marks {
        let mut marks = Marks::default();
        let (bytes, mut at) = (text.as_bytes(), 0);
        loop {
            at = alnum_run(bytes, at);
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            match c {
                ' ' if at > 0 && !bytes.get(at - 1).is_some_and(|&b| class::is_alnum(b)) => {
                    let mut before = text.get(..at).unwrap_or_default().chars().rev();
                    let last = before.next().unwrap_or(' ');
                    let apart = before.next().is_none_or(|c| c == ' ');
                    marks.slash |= last == '/' && apart;
                    marks.dash |= matches!(last, '-' | '–' | '—') && apart;
                    marks.comma |= last == ',';
                    marks.stop |= last == '.';
                }
                ' ' => {}
                '|' => marks.bar = true,
                '•' | '·' | '●' | '∙' => marks.bullet = true,
                '›' | '»' | '>' => marks.chevron = true,
                '©' => marks.copyright = true,
                '<' => marks.markup = true,
                '#' => marks.hash = true,
                '@' => marks.at = true,
                _ => {}
            }
            if c >= '\u{2190}' {
                marks.chevron |= matches!(c, '→' | '▶' | '⇒' | '▷');
                marks.symbol |= !c.is_alphanumeric();
            }
            at += c.len_utf8();
        }
        marks
    }
}

/// What the digits of a line form.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Numbers {
    pub(super) digits: usize,
    pub(super) year: bool,
    pub(super) clock: bool,
    pub(super) decimal: bool,
}

/// Counts digits and looks for years, times of day and measured seconds.
pub(super) fn numbers(text: &str) -> Numbers {
    let bytes = text.as_bytes();
    let digit = |&at: &usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut numbers = Numbers::default();
    let mut at = 0;
    while let Some(start) = (at..bytes.len()).find(digit) {
        at = start;
        while bytes.get(at).is_some_and(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b',')) {
            numbers.digits += usize::from(digit(&at));
            at += 1;
        }
        let word = text.get(start..at).unwrap_or_default().trim_end_matches([':', '.', ',']);
        numbers.year |= word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        numbers.clock |= is_clock(word);
        numbers.decimal |= word
            .split_once(['.', ','])
            .is_some_and(|(whole, part)| whole.len() <= 2 && matches!(part.len(), 1..=4) && !is_clock(word));
    }
    numbers
}

/// `14:02`, `14.02`, `14:02:33`.
fn is_clock(word: &str) -> bool {
    let mut parts = word.split([':', '.']);
    let below = |part: Option<&str>, limit: u8| {
        part.is_some_and(|p| p.len() == 2 && p.parse::<u8>().is_ok_and(|n| n < limit))
    };
    let hours = parts.next().map(|h| if h.len() == 1 { "00" } else { h });
    below(hours, 25)
        && below(parts.next(), 60)
        && parts.next().is_none_or(|s| below(Some(s), 60))
        && parts.next().is_none()
}

/// How much of a line is a date.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dated {
    /// Holds a date, a day and a time, or words like `diperbarui` and a time.
    pub(super) is_date: bool,
    /// Words that have nothing to do with dates. Lines that are looked at have fewer than 140.
    pub(super) others: u8,
}

/// Looks for a date in a lower-cased line.
pub(super) fn dated(lower: &str) -> Dated {
    let (mut date, mut day, mut month, mut clock, mut edited, mut zone, mut others) =
        (false, false, false, false, false, false, 0);
    let mut numbers = 0;
    for word in
        lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '•' | '·' | '—' | '–'))
    {
        let word = word.trim_end_matches([':', '.', '-', ';']);
        let known = classes(word);
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if word.is_empty() || matches!(word, "-" | "/" | "jam") {
            continue;
        }
        if has(known, Class::Day) {
            day = true;
        } else if has(known, Class::Month) {
            month = true;
        } else if has(known, Class::Zone) {
            zone |= word.starts_with('w');
        } else if has(known, Class::Edited) {
            edited = true;
        } else if is_clock(word) {
            clock = true;
        } else if is_numeric_date(word) {
            date = true;
        } else if digits > 0 && digits == word.len() {
            numbers += 1;
        } else if !has(known, Class::Count) {
            others += 1;
        }
    }
    let date = date || month && numbers > 0;
    Dated { is_date: date || clock && (day || edited || zone && others <= 2) || day && edited, others }
}

/// `04/03/2023`, `2025-05-08t07:12:00+07:00`, `15/3/24`.
fn is_numeric_date(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let marks = word.bytes().filter(|b| matches!(b, b'/' | b'-' | b'.')).count();
    (4..=24).contains(&digits)
        && marks >= 2
        && word
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'.' | b't' | b':' | b'+' | b'z'))
        && word.split(['/', '-', '.', 't']).take(3).all(|p| matches!(p.len(), 1 | 2 | 4))
}

/// `(ian)`, `(rwd/ktr)`, `[ant]`, `(*/hdr)`, `*/ian`: letters of authors who stay short, or one such and a name.
pub(super) fn is_sign_off(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let inner = inner.or_else(|| text.strip_prefix('[').and_then(|t| t.strip_suffix(']')));
    let inner = inner.or_else(|| text.starts_with("*/").then_some(text));
    let Some(inner) = inner else { return false };
    let short = |part: &str| {
        let letters = part.chars().count();
        let plain = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '*');
        let even = part.chars().all(|c| !c.is_uppercase()) || part.chars().all(|c| !c.is_lowercase());
        letters <= 5 && plain && even && (letters >= 2 || part == "*")
    };
    let parts = || inner.split(['/', '-', ',', '|', ';']).map(str::trim);
    parts().all(short) && !inner.bytes().all(|b| b.is_ascii_digit() || b == b'/' || b == b'-')
        || parts().count() > 1 && parts().any(short) && parts().all(|p| short(p) || is_names(p))
}

/// Words that all begin with capitals: a name, an outlet.
pub(super) fn is_names(text: &str) -> bool {
    let name = |word: &str| {
        word.trim_start_matches(['(', '"', '@']).starts_with(|c: char| c.is_uppercase())
            || matches!(word, "bin" | "binti" | "dan" | "&")
    };
    text.len() <= 60 && !text.is_empty() && text.split([' ', '/']).filter(|w| !w.is_empty()).all(name)
}

/// What stands behind the last sentence: `Foto: Ant/Rina`, `AP Photo/Efrem`, or inside brackets at the end.
pub(super) fn tail(text: &str) -> Option<&str> {
    if let Some(inner) = text.strip_suffix([')', ']'])
        && let Some(open) = inner.rfind(['(', '['])
    {
        return inner.get(open + 1..).filter(|_| open > 0);
    }
    let bytes = text.as_bytes();
    let marks = memchr::memchr3_iter(b'.', b'|', b')', bytes)
        .filter(|at| matches!(bytes.get(at + 1), Some(b' ' | b'*' | b'(')) && *at >= 12);
    let mut tails = marks.filter_map(|at| Some(text.get(at + 1..)?.trim_matches([' ', '*', '/'])));
    tails.find(|tail| !tail.is_empty() && tail.len() <= 60)
}

/// Whether the tail names whose the picture is.
pub(super) fn is_credit(tail: &str) -> bool {
    tail.split(|c: char| !c.is_alphanumeric())
        .any(|w| w.len() <= 16 && has(classes_of_any_case(w), Class::Credit))
}

/// `Rudi Haryanto - Priangan Pos`, `Yosefina Anggal | Sulaonline`: an author and an outlet.
pub(super) fn are_two_names(text: &str, marks: &Marks) -> bool {
    // No longer than two names and a mark, one of which was seen.
    if text.len() > 106 || !(marks.dash || marks.bar || marks.comma || marks.bullet) {
        return false;
    }
    let marks: [&str; 6] = [" - ", " – ", " — ", " | ", ", ", " · "];
    let parts = marks.iter().find_map(|m| text.split_once(m));
    parts.is_some_and(|(one, other)| {
        let size = |t: &str| t.split_whitespace().count();
        other.len() <= 40 && is_names(one) && (2..=4).contains(&size(one)) && (1..=4).contains(&size(other))
    })
}

/// Whether a word is an address on the web: `kabarselat.id`, `www.contoh.co.id`.
pub(super) fn has_domain(text: &str) -> bool {
    const ENDS: [&str; 10] = ["com", "id", "co", "net", "news", "org", "tv", "info", "asia", "media"];
    let bytes = text.as_bytes();
    // Most stops end a sentence, and no letter follows.
    memchr::memchr_iter(b'.', bytes).any(|at| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic))
        && text.split_whitespace().any(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            word.rsplit_once('.').is_some_and(|(name, end)| {
                name.len() >= 2
                    && name.chars().next_back().is_some_and(char::is_alphabetic)
                    && ENDS.iter().any(|known| known.eq_ignore_ascii_case(end))
            })
        })
}

/// Whether a word is an address for mail.
pub(super) fn has_email(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@').is_some_and(|(name, host)| {
            name.ends_with(char::is_alphanumeric) && host.trim_end_matches('.').contains('.')
        })
    })
}
