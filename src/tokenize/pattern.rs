//! Tokens with a form of their own: addresses, codes, dates, times, handles, emoticons. Each is tried behind a trigger
//! byte only and looks at most [`REACH`] bytes ahead before it decides.

use super::TokenKind;
use crate::text::class::{UPPER, class, is_alnum, is_word_char};

/// How far a pattern may look before it must be sure.
const REACH: usize = 128;

/// Ends of domains in common use in Indonesia, and of file names; sorted.
const ENDINGS: &[&str] = &[
    "ac", "ai", "apk", "app", "au", "biz", "cn", "co", "com", "css", "csv", "de", "desa", "dev", "doc",
    "docx", "edu", "eu", "exe", "fr", "gg", "gif", "gl", "go", "gov", "gz", "htm", "html", "id", "info",
    "int", "io", "it", "jp", "jpeg", "jpg", "js", "json", "ly", "md", "me", "mil", "mp3", "mp4", "my", "net",
    "news", "nl", "online", "or", "org", "pdf", "ph", "php", "png", "ppt", "pptx", "py", "rar", "rs", "ru",
    "sa", "sch", "sg", "site", "sql", "svg", "tar", "th", "ts", "tv", "txt", "uk", "us", "vn", "web", "xls",
    "xlsx", "xml", "xyz", "zip",
];

fn tail(text: &str, at: usize) -> &[u8] {
    let end = text.len().min(at.saturating_add(REACH));
    text.as_bytes().get(at..end).unwrap_or_default()
}

/// Parts of an address between dots and of a code between slashes; what has more is neither. A text of nothing but dots
/// or slashes begins a token at each part, and each token looks no further than this.
const PARTS: usize = 8;

/// `https://...`, from the scheme at `at`.
pub(super) fn url(text: &str, at: usize) -> Option<(usize, TokenKind)> {
    let head = tail(text, at);
    let scheme = head.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let known = [&b"http"[..], b"https", b"ftp", b"ftps", b"ws", b"wss"];
    let (scheme_bytes, after) = head.split_at_checked(scheme)?;
    if !known.iter().any(|k| scheme_bytes.eq_ignore_ascii_case(k)) || !after.starts_with(b"://") {
        return None;
    }
    let end = path_end(text, at + scheme + 3);
    (end > at + scheme + 3).then_some((end, TokenKind::Url))
}

/// The end of a path from `at`: up to white space or a quote, less the marks that end the sentence around it.
fn path_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for (offset, c) in text[at..].char_indices() {
        if c.is_whitespace() || matches!(c, '"' | '<' | '>' | '“' | '”' | '‘' | '’' | '`') {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    let path = &text[at..end];
    let open = path.contains('(');
    let marks: &[char] = if open {
        &['.', ',', ';', ':', '!', '?', '\'', ']', '}', '…']
    } else {
        &['.', ',', ';', ':', '!', '?', '\'', ']', '}', ')', '…']
    };
    at + path.trim_end_matches(marks).len()
}

/// A domain or file name with an ending that is known, and its path: `tutur.id/berita`, `laporan.pdf`. The first dot
/// stands at `dot`.
pub(super) fn address(text: &str, at: usize, dot: usize) -> Option<(usize, TokenKind)> {
    let bytes = tail(text, at);
    if !is_alnum(*bytes.get(dot - at + 1)?) {
        return None;
    }
    let inside = |b: u8| is_alnum(b) || b == b'-' || b == b'_';
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let mut dots =
        pairs.take_while(|&(&a, &b)| inside(a) || a == b'.' && is_alnum(b)).filter(|&(&a, _)| a == b'.');
    if dots.nth(PARTS - 1).is_some() {
        return None;
    }
    let (mut label, mut end) = (0, None);
    let mut i = 0;
    loop {
        if bytes.get(i).is_some_and(|&b| inside(b)) {
            i += 1;
            continue;
        }
        if i == label {
            break;
        }
        let part = bytes.get(label..i)?;
        if label > 0 && is_ending(part) {
            end = Some(i);
        } else if label > 0 {
            // `Kompas.com.Kami` ends after `com`, `v2.apel` nowhere.
            end = end.filter(|_| part.first().is_some_and(|&b| class(b) == UPPER));
        }
        match (bytes.get(i), bytes.get(i + 1)) {
            (Some(b'.'), Some(&next)) if is_alnum(next) => {
                i += 1;
                label = i;
            }
            _ => break,
        }
    }
    let end = at + end?;
    let www = bytes.len() > 4 && bytes.first_chunk::<4>().is_some_and(|w| w.eq_ignore_ascii_case(b"www."));
    if text[end..].starts_with(['/', '?'])
        && (www || text[end + 1..].starts_with(|c: char| c.is_alphanumeric()))
    {
        return Some((path_end(text, end), TokenKind::Url));
    }
    if text[end..].starts_with(is_word_char) {
        return None;
    }
    Some((end, TokenKind::Url))
}

/// A known ending in one case: `.com` or `.COM`; `Data.Id` is a missing space.
fn is_ending(part: &[u8]) -> bool {
    let mut lower = [0u8; 6];
    let Some(lower) = lower.get_mut(..part.len()) else { return false };
    lower.copy_from_slice(part);
    lower.make_ascii_lowercase();
    let one_case = part == &*lower || part.iter().all(|b| !b.is_ascii_lowercase());
    one_case && ENDINGS.binary_search_by(|ending| ending.as_bytes().cmp(lower)).is_ok()
}

/// `redaksi@contoh.id`, from the first letter at `at`.
pub(super) fn email(text: &str, at: usize) -> Option<(usize, TokenKind)> {
    let bytes = tail(text, at);
    memchr::memchr(b'@', bytes)?;
    let local =
        bytes.iter().take_while(|&&b| is_alnum(b) || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%')).count();
    if local == 0 || bytes.get(local) != Some(&b'@') {
        return None;
    }
    let domain = bytes.get(local + 1..)?;
    let mut length = domain.iter().take_while(|&&b| is_alnum(b) || b == b'.' || b == b'-').count();
    length = domain.get(..length)?.iter().rposition(|&b| is_alnum(b)).map_or(0, |last| last + 1);
    let domain = domain.get(..length)?;
    let dot = domain.iter().rposition(|&b| b == b'.')?;
    let ending = domain.get(dot + 1..)?;
    (dot > 0 && ending.len() >= 2 && ending.iter().all(u8::is_ascii_alphabetic))
        .then_some((at + local + 1 + length, TokenKind::Email))
}

/// `@nama` and `#tagar` from the mark at `at`; not `@5.000` and `#1`.
pub(super) fn handle(text: &str, at: usize) -> Option<usize> {
    let mention = text.as_bytes().get(at) == Some(&b'@');
    let rest = &text[at + 1..];
    let (mut end, mut letters) = (0, false);
    for (offset, c) in rest.char_indices() {
        let dotted =
            mention && c == '.' && rest[offset + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if !(is_word_char(c) || c == '_' || dotted) {
            break;
        }
        letters |= c.is_alphabetic() || c == '_';
        end = offset + c.len_utf8();
    }
    let amount = mention && (rest.starts_with(|c: char| c.is_ascii_digit()) || is_rupiah(rest));
    (end > 0 && letters && !amount).then_some(at + 1 + end)
}

fn is_rupiah(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    bytes.get(..2).is_some_and(|rp| rp.eq_ignore_ascii_case(b"rp"))
        && (digit(2) || bytes.get(2) == Some(&b' ') && digit(3))
}

/// A reference number with slashes: `045/B/KPU/IX/2023`, `90/PUU-XXI/2023`, and dates, `20/10/2021`, from `at`. What
/// is not one, `DPR/MPR` or `700/kg`, is cut at its slashes instead.
pub(super) fn code(text: &str, at: usize) -> Option<(usize, TokenKind)> {
    let bytes = tail(text, at);
    let (mut i, mut slashes, mut numeric, mut shouting, mut with_digit) = (0, 0, true, true, false);
    let mut quarter = false;
    loop {
        let from = i;
        let (mut digits, mut romans) = (0, 0);
        while let Some(&b) = bytes.get(i) {
            if !is_alnum(b) {
                let joined = matches!(b, b'.' | b'-' | b':') && i > from;
                if !joined || !bytes.get(i + 1).is_some_and(|&n| is_alnum(n)) {
                    break;
                }
            }
            digits += usize::from(b.is_ascii_digit());
            romans += usize::from(matches!(b, b'I' | b'V' | b'X'));
            i += 1;
        }
        let length = i - from;
        if length == 0 {
            return None;
        }
        numeric &= digits == length;
        shouting &= !bytes.get(from).is_some_and(u8::is_ascii_lowercase);
        // `triwulan II/2007`
        quarter = slashes == 1 && quarter && digits == 4 && length == 4 || slashes == 0 && romans == length;
        with_digit |= digits > 0;
        if bytes.get(i) != Some(&b'/') || !bytes.get(i + 1).is_some_and(|&b| is_alnum(b)) {
            break;
        }
        slashes += 1;
        if slashes >= PARTS {
            return None;
        }
        i += 1;
    }
    if i == REACH || text[at + i..].starts_with(|c: char| c == '/' || is_word_char(c)) {
        return None;
    }
    let end = at + i;
    if numeric {
        let date = slashes == 2 || slashes == 1 && i <= 5;
        return Some((end, if date { TokenKind::Date } else { TokenKind::Number }));
    }
    (quarter && slashes == 1 || slashes >= 2 && with_digit && shouting).then_some((end, TokenKind::Number))
}

/// Kind of a number without slashes: a time if its two parts can be hour and minute.
pub(super) fn number_kind(number: &str) -> TokenKind {
    let mut parts = number.split([':', '.']);
    let in_range = |part: Option<&str>, limit: u8| {
        part.is_some_and(|p| (1..=2).contains(&p.len()) && p.parse::<u8>().is_ok_and(|n| n < limit))
    };
    let clock = in_range(parts.next(), 25) && {
        let minute = parts.next();
        minute.is_some_and(|m| m.len() == 2) && in_range(minute, 60)
    };
    let seconds = parts.next();
    let rest_fits = seconds.is_none() || in_range(seconds, 60) && parts.next().is_none();
    let mark = number.contains(':') || number.len() == 5 && number.as_bytes().get(2) == Some(&b'.');
    if clock && rest_fits && mark { TokenKind::Time } else { TokenKind::Number }
}

/// Kind of a number with two hyphens or more.
pub(super) fn dashed_kind(number: &str) -> TokenKind {
    let lengths: Vec4 = number.split('-').map(str::len).collect();
    match lengths.0 {
        [4, 1 | 2, 1 | 2, 0] | [1 | 2, 1 | 2, 2 | 4, 0] => TokenKind::Date,
        _ => TokenKind::Number,
    }
}

/// The first four of a list of lengths; zeros where there are fewer.
struct Vec4([usize; 4]);

impl FromIterator<usize> for Vec4 {
    fn from_iter<I: IntoIterator<Item = usize>>(lengths: I) -> Vec4 {
        let mut first = [0; 4];
        for (slot, length) in first.iter_mut().zip(lengths) {
            *slot = length;
        }
        Vec4(first)
    }
}

/// The end of `T01:01:00Z` at `at`, after an ISO date.
pub(super) fn iso_time(text: &str, at: usize) -> Option<usize> {
    let bytes = tail(text, at);
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    if bytes.first() != Some(&b'T') || !digit(1) {
        return None;
    }
    let mut i = 1;
    while digit(i) || matches!(bytes.get(i), Some(b':' | b'.')) && digit(i + 1) {
        i += 1;
    }
    match bytes.get(i) {
        Some(b'Z') => i += 1,
        Some(b'+' | b'-') if digit(i + 1) => {
            i += 1;
            while digit(i) || bytes.get(i) == Some(&b':') && digit(i + 1) {
                i += 1;
            }
        }
        _ => {}
    }
    Some(at + i)
}

/// `C:\\data\\laporan.xlsx`, from the letter of the drive at `at`.
pub(super) fn windows_path(text: &str, at: usize) -> Option<(usize, TokenKind)> {
    let inner = text.get(at + 3..)?.starts_with(|c: char| c.is_alphanumeric());
    inner.then(|| (path_end(text, at), TokenKind::Url))
}

/// `/etc/hosts`: an absolute path with at least two parts.
pub(super) fn path(text: &str, at: usize) -> Option<(usize, TokenKind)> {
    let bytes = tail(text, at);
    let length = bytes.iter().take_while(|&&b| is_alnum(b) || matches!(b, b'/' | b'.' | b'_' | b'-')).count();
    let inner = bytes.get(1).is_some_and(|&b| is_alnum(b))
        && bytes.get(1..length).is_some_and(|inner| inner.contains(&b'/'));
    inner.then(|| (path_end(text, at), TokenKind::Url))
}

/// Words that speech clips at their start: `'kan`, `'tuk`. Elsewhere a straight apostrophe before a word opens a
/// quotation.
pub(super) fn clipped_word(text: &str, at: usize) -> bool {
    let bytes = tail(text, at + 1);
    let length = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let known = [
        &b"kan"[..],
        b"tuk",
        b"dah",
        b"gitu",
        b"kali",
        b"nggak",
        b"gak",
        b"lah",
        b"tu",
        b"ni",
        b"pa",
        b"bang",
    ];
    let Some((word, after)) = bytes.split_at_checked(length) else { return false };
    known.iter().any(|k| word.eq_ignore_ascii_case(k)) && after.first() != Some(&b'\'')
}

/// Emoticons; those that end in a letter only where a token may begin after white space.
const EMOTICONS: &[&str] = &[
    ":'-(", ":'-)", ">:(", ":'(", ":')", ":-)", ":-(", ":-D", ":-P", ":-p", ":-*", ":-/", ":-|", ":-O",
    ";-)", "^_^", "^.^", "-_-", ">_<", ":))", ":((", ":)", ":(", ":D", ":P", ":p", ":O", ":o", ":v", ":V",
    ":*", ":|", ":3", ";)", ";(", ";D", ";P", "=)", "=(", "=D", "=P", "<3", "^^", ":]", ":[",
];

/// The second bytes of all of them.
const SECOND_MARKS: &[u8] = b"'-(_.)DPpOovV*|3^][:";

/// The end of the emoticon at `at`.
pub(super) fn emoticon(text: &str, at: usize, after_space: bool) -> Option<usize> {
    if !matches!(text.as_bytes().get(at), Some(b':' | b';' | b'=' | b'<' | b'>' | b'^' | b'-')) {
        return None;
    }
    // A colon before a space, a hyphen before a letter: hardly any mark begins an emoticon.
    if !text.as_bytes().get(at + 1).is_some_and(|b| SECOND_MARKS.contains(b)) {
        return None;
    }
    let rest = &text[at..];
    let found = EMOTICONS.iter().find(|e| rest.starts_with(**e))?;
    let after = rest[found.len()..].chars().next();
    let bounded = after.is_none_or(|c| !is_word_char(c) && c != '/');
    let smile = found.ends_with([')', '('])
        && after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | '!' | ')' | '('));
    (bounded && (after_space || smile)).then_some(at + found.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_codes_have_eight_parts_at_most() {
        let address = |text: &str| super::address(text, 0, text.find('.').unwrap()).map(|found| found.0);
        assert_eq!(address("a.b.c.d.e.f.g.id"), Some(16));
        assert_eq!(address("a.b.c.d.e.f.g.h.id"), None);
        assert_eq!(address("tutur.id........................"), Some(8));
        assert_eq!(code("1/B/C/D/E/F/G/2023", 0).map(|found| found.0), Some(18));
        assert_eq!(code("1/B/C/D/E/F/G/H/2023", 0), None);
    }

    #[test]
    fn endings_are_sorted_and_short() {
        assert!(ENDINGS.is_sorted_by(|a, b| a < b));
        assert!(ENDINGS.iter().all(|e| e.len() <= 6 && is_ending(e.as_bytes())));
        assert!(is_ending(b"COM") && !is_ending(b"Id") && !is_ending(b"museums") && !is_ending(b""));
    }

    #[test]
    fn every_emoticon_has_a_known_second_mark() {
        assert!(EMOTICONS.iter().all(|e| SECOND_MARKS.contains(&e.as_bytes()[1])));
        assert_eq!(emoticon("senang :-) ya", 7, true), Some(10));
        assert_eq!(emoticon("kata: ya", 4, false), None);
    }
}
