//! When a full stop belongs to the word before it: the list of abbreviations, initials, and what must follow.

use once_cell::sync::Lazy;

use super::TokenKind;
use super::data;
use super::scan::Place;
use crate::wire::StrTable;

/// Without the list the tokenizer would know no abbreviation.
static TABLE: Lazy<Option<StrTable<'static>>> = Lazy::new(|| data::table(data::ABBREVIATIONS));

/// For each first letter, a bit for the last letter and the length of each form: nine of ten words before a stop need
/// no look into the table.
static SHAPES: Lazy<[u64; 32]> = Lazy::new(|| {
    let mut shapes = [0u64; 32];
    for (form, _) in TABLE.iter().flat_map(StrTable::iter) {
        let (first, bit) = shape(form.trim_end_matches('.').as_bytes());
        if let Some(bits) = shapes.get_mut(first) {
            *bits |= bit;
        }
    }
    shapes
});

#[inline]
fn shape(word: &[u8]) -> (usize, u64) {
    let letter = |byte: Option<&u8>| byte.map_or(0, |b| usize::from(b % 32));
    (letter(word.first()), 1 << ((letter(word.last()) + 7 * word.len()) % 64))
}

/// Whether `word`, which stands before a stop, looks like a form of the list.
#[inline]
pub(super) fn may_be(word: &[u8]) -> bool {
    let (first, bit) = shape(word);
    SHAPES.get(first).is_some_and(|bits| bits & bit != 0)
}

/// What an abbreviation needs after it to be one. A word of the same spelling ends the sentence otherwise: `bab.`,
/// `hal.`, `ket.`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Class {
    /// Nothing: `dll.`, `Tbk.`, `S.H.`.
    Always = 0,
    /// A name or another title: `Dr.`, `Jl.`, `PT.`.
    BeforeName = 1,
    /// A number: `hlm.`, `no.`, `tgl.`.
    BeforeNumber = 2,
    /// Anything in the same line: `yg.`, `a.n.`.
    BeforeText = 3,
}

/// The value of an abbreviation in the table: its class, and whether a sentence may end after it.
#[must_use]
pub const fn encode(class: Class, ends_sentence: bool) -> u32 {
    class as u32 | (ends_sentence as u32) << 8
}

/// Longest form looked up, in bytes.
const LONGEST: usize = 16;

/// The value of `form`, whatever its letter case.
pub(super) fn lookup(form: &str) -> Option<u32> {
    if !may_be(form.strip_suffix('.')?.as_bytes()) {
        return None;
    }
    let mut lower = [0u8; LONGEST];
    let lower = lower.get_mut(..form.len())?;
    lower.copy_from_slice(form.as_bytes());
    lower.make_ascii_lowercase();
    TABLE.as_ref()?.get(std::str::from_utf8(lower).ok()?)
}

/// Whether a sentence may end after the abbreviation `form`.
pub(super) fn ends_sentence(form: &str) -> bool {
    lookup(form).is_some_and(|value| value >> 8 & 1 == 1)
}

/// Whether an abbreviation of this value needs a number after it.
pub(super) fn needs_number(value: u32) -> bool {
    value & 0xFF == Class::BeforeNumber as u32
}

/// The abbreviation that begins at `place` and whose first full stop stands at `dot`.
pub(super) fn find(place: &Place<'_>, dot: usize) -> Option<(usize, TokenKind)> {
    let (text, at) = (place.text, place.at);
    let first = text.get(at..dot)?;
    if first.len() > 8 {
        return None;
    }
    let found = |end: usize| Some((end, TokenKind::Abbreviation));
    // Forms of several parts, longest first: `S.Pd.I.`, also without the last stop: `S.Pd`.
    if text[dot + 1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        let mut ends = [0usize; 5];
        let mut parts = 0;
        let mut end = dot + 1;
        for slot in &mut ends {
            let letters = tail(text, end).iter().take(6).take_while(|b| b.is_ascii_alphabetic()).count();
            if letters == 0 || letters > 5 {
                break;
            }
            end += letters;
            let stopped = text.as_bytes().get(end) == Some(&b'.');
            *slot = end + usize::from(stopped);
            parts += 1;
            if !stopped {
                break;
            }
            end += 1;
        }
        for &end in ends.iter().take(parts).rev() {
            let form = &text[at..end];
            if form.ends_with('.') {
                if lookup(form).is_some() && form.len() <= LONGEST {
                    return found(end);
                }
            } else if !continues(text, end) && lookup_stopped(form) {
                return found(end);
            }
        }
        if let Some(end) = initials(text, at) {
            return found(end);
        }
    }
    let form = &text[at..=dot];
    // `c. Pasfoto 3x4`: an item of a list.
    if first.len() == 1 && place.line_start() && !is_capital(first) {
        return None;
    }
    if let Some(value) = lookup(form).filter(|_| !is_capital(first) || first.len() > 1) {
        // `No. Nama Barang`: the head of a table.
        let heads =
            needs_number(value) && place.line_start() && follows(text, dot + 1, Class::BeforeName as u32);
        return (heads || follows(text, dot + 1, value & 0xFF)).then_some((dot + 1, TokenKind::Abbreviation));
    }
    (is_capital(first) && initial(place, dot)).then_some((dot + 1, TokenKind::Abbreviation))
}

fn lookup_stopped(form: &str) -> bool {
    let mut stopped = [0u8; LONGEST];
    with_stop(form, &mut stopped).is_some_and(|f| lookup(f).is_some())
}

/// `form` and a full stop, written into `buffer`; none where that is too short.
pub(super) fn with_stop<'b>(form: &str, buffer: &'b mut [u8]) -> Option<&'b str> {
    let buffer = buffer.get_mut(..=form.len())?;
    let (stop, letters) = buffer.split_last_mut()?;
    letters.copy_from_slice(form.as_bytes());
    *stop = b'.';
    std::str::from_utf8(buffer).ok()
}

fn tail(text: &str, at: usize) -> &[u8] {
    text.as_bytes().get(at..).unwrap_or_default()
}

fn continues(text: &str, at: usize) -> bool {
    text[at..].starts_with(|c: char| c.is_alphanumeric())
}

/// Single letters with stops: `B.J.`, `s.d.`, `U.S`. All of one case, at least two.
fn initials(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let upper = bytes.get(at)?.is_ascii_uppercase();
    let same =
        |i: usize| bytes.get(i).is_some_and(|b| b.is_ascii_alphabetic() && b.is_ascii_uppercase() == upper);
    let (mut i, mut letters) = (at, 0);
    while same(i) && bytes.get(i + 1) == Some(&b'.') && letters < 8 {
        i += 2;
        letters += 1;
    }
    if same(i) && letters > 0 && !continues(text, i + 1) {
        return Some(i + 1);
    }
    (letters > 1 || letters == 1 && upper && continues(text, i)).then_some(i)
}

fn is_capital(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Nouns after which a single letter is a label rather than an initial: `vitamin C.`, `Grup A.`
const LABELLED: &[&str] = &[
    "vitamin",
    "grup",
    "kelas",
    "tipe",
    "golongan",
    "hepatitis",
    "kategori",
    "blok",
    "seri",
    "rencana",
    "plan",
    "pilihan",
    "jawaban",
    "huruf",
    "titik",
    "tim",
    "influenza",
    "virus",
    "bagian",
    "lampiran",
    "gedung",
    "kuartal",
    "triwulan",
    "semester",
    "tahap",
    "jilid",
    "bab",
    "dunia",
    "rute",
    "lantai",
    "kolom",
];

/// Whether the single capital before `dot` is the initial of a name: `B. J. Habibie`, `E. coli`.
fn initial(place: &Place<'_>, dot: usize) -> bool {
    let rest = &place.text[dot + 1..];
    let next = rest.trim_start_matches([' ', '\u{A0}']);
    let mut chars = next.chars();
    let first = chars.next();
    let name_follows = first.is_some_and(char::is_uppercase);
    let next_is_initial = chars.next() == Some('.');
    let letter = place.text.as_bytes().get(place.at).copied().unwrap_or_default();
    if place.line_start() {
        // `A. Latar Belakang` and `V. Simpulan` are enumerators, `W. S. Rendra` and `M. Yusuf` are names.
        let enumerates = letter <= b'H' || matches!(letter, b'I' | b'V' | b'X');
        return name_follows && (next_is_initial || !enumerates || rest.len() == next.len());
    }
    let before = place.previous();
    if LABELLED.iter().any(|l| before.eq_ignore_ascii_case(l)) {
        return false;
    }
    // `220 V.`, `26 °C.`, `mg/L.`: a unit, and the stop ends the sentence.
    let measured = before.ends_with(|c: char| c.is_ascii_digit()) || matches!(before, "°" | "/");
    let text_follows = first.is_some_and(char::is_lowercase) && rest.len() > next.len();
    // `(Oryza sativa L.)`: who named a species.
    let closes = rest.starts_with(')') && before.starts_with(char::is_lowercase);
    !measured && (name_follows || text_follows || closes)
}

fn follows(text: &str, at: usize, class: u32) -> bool {
    if class == Class::Always as u32 {
        return true;
    }
    let rest = &text[at..];
    let next = rest.trim_start_matches([' ', '\u{A0}']).chars().next();
    let Some(next) = next.filter(|&c| c != '\n' && c != '\r') else { return false };
    if class == Class::BeforeNumber as u32 {
        next.is_ascii_digit() || matches!(next, 'I' | 'V' | 'X' | '(' | ':')
    } else if class == Class::BeforeName as u32 {
        next.is_uppercase() || next.is_ascii_digit() || matches!(next, '“' | '"')
    } else {
        next.is_alphanumeric() || matches!(next, ':' | '(')
    }
}

/// The same token in the treebank GSD, where only forms of several parts keep their stops.
pub(super) fn as_gsd(text: &str, at: usize, found: (usize, TokenKind)) -> (usize, TokenKind) {
    let form = &text[at..found.0];
    match form.strip_suffix('.') {
        Some(bare) if !bare.contains('.') => (found.0 - 1, TokenKind::Word),
        _ => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_list_is_whole() {
        assert!(TABLE.as_ref().unwrap().len() > 150);
        assert!(TABLE.as_ref().unwrap().iter().all(|(form, _)| form.len() <= LONGEST && form.ends_with('.')));
        assert!(lookup("Dr.").is_some() && lookup("DR.").is_some() && lookup("rumah.").is_none());
        assert!(ends_sentence("dll.") && !ends_sentence("Jl."));
    }
}
