//! Forms of short lines: letter case, dates, sign-offs, credits, names side by side.

use super::words::{Class, classes, has};

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
    for word in text.split_whitespace() {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let Some(first) = letters.next() else { continue };
        words += 1;
        let upper = first.is_uppercase();
        shouting += usize::from(upper && letters.all(char::is_uppercase));
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
        let (mut before, mut last) = (' ', ' ');
        for c in text.chars() {
            if c == ' ' {
                marks.slash |= last == '/' && before == ' ';
                marks.dash |= matches!(last, '-' | '–' | '—') && before == ' ';
                marks.comma |= last == ',';
                marks.stop |= last == '.';
            } else if !c.is_ascii_alphanumeric() {
                marks.bar |= c == '|';
                marks.bullet |= matches!(c, '•' | '·' | '●' | '∙');
                marks.chevron |= matches!(c, '›' | '»' | '>' | '→' | '▶' | '⇒' | '▷');
                marks.copyright |= c == '©';
                marks.markup |= c == '<';
                marks.hash |= c == '#';
                marks.at |= c == '@';
                marks.symbol |= c >= '\u{2190}' && !c.is_alphanumeric();
            }
            (before, last) = (last, c);
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
    let mut numbers =
        Numbers { digits: text.bytes().filter(u8::is_ascii_digit).count(), ..Numbers::default() };
    if numbers.digits > 0 {
        for word in text.split(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')) {
            let word = word.trim_matches([':', '.', ',']);
            numbers.year |= word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
            numbers.clock |= is_clock(word);
            numbers.decimal |= word.split_once(['.', ',']).is_some_and(|(whole, part)| {
                whole.len() <= 2 && matches!(part.len(), 1..=4) && !is_clock(word)
            });
        }
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
    /// Words that have nothing to do with dates.
    pub(super) others: usize,
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
    if let Some(open) = text.strip_suffix([')', ']']).and_then(|t| t.rfind(['(', '['])) {
        return (open > 0).then(|| &text[open + 1..text.len() - 1]);
    }
    let marks = text.char_indices().filter(|&(at, c)| {
        matches!(c, '.' | '|' | ')') && text[at + 1..].starts_with([' ', '*', '(']) && at >= 12
    });
    let mut tails = marks.map(|(at, _)| text[at + 1..].trim_matches([' ', '*', '/']));
    tails.find(|tail| !tail.is_empty() && tail.len() <= 60)
}

/// Whether the tail names whose the picture is.
pub(super) fn credit_tail(text: &str) -> bool {
    let credit = |part: &str| {
        part.split(|c: char| !c.is_alphanumeric())
            .any(|w| w.len() <= 16 && has(classes(&w.to_lowercase()), Class::Credit))
    };
    tail(text).is_some_and(credit)
}

/// `Rudi Haryanto - Priangan Pos`, `Yosefina Anggal | Sulaonline`: an author and an outlet.
pub(super) fn are_two_names(text: &str) -> bool {
    let marks: [&str; 6] = [" - ", " – ", " — ", " | ", ", ", " · "];
    let parts = marks.iter().find_map(|m| text.split_once(m));
    parts.is_some_and(|(one, other)| {
        let size = |t: &str| t.split_whitespace().count();
        (2..=4).contains(&size(one)) && (1..=4).contains(&size(other)) && is_names(one) && other.len() <= 40
    })
}

/// Whether a word is an address on the web: `kabarselat.id`, `www.contoh.co.id`.
pub(super) fn has_domain(text: &str) -> bool {
    text.contains('.')
        && text.split_whitespace().any(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            word.rsplit_once('.').is_some_and(|(name, end)| {
                name.len() >= 2
                    && name.chars().next_back().is_some_and(char::is_alphabetic)
                    && matches!(
                        end.to_ascii_lowercase().as_str(),
                        "com" | "id" | "co" | "net" | "news" | "org" | "tv" | "info" | "asia" | "media"
                    )
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
