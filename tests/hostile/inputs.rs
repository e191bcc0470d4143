//! Texts that nobody writes and everybody receives, of any size: for the test, the bench and `cargo xtask torture`.

/// A name and what makes a text of about so many bytes.
pub(crate) struct Input {
    pub(crate) name: &'static str,
    make: Make,
}

enum Make {
    /// A piece again and again.
    Repeat(&'static str),
    Build(fn(usize) -> String),
}

use Make::{Build, Repeat};

impl Input {
    /// About `bytes` bytes of it, never more.
    pub(crate) fn text(&self, bytes: usize) -> String {
        match self.make {
            Repeat(piece) => piece.repeat(bytes / piece.len()),
            Build(build) => build(bytes),
        }
    }
}

pub(crate) const INPUTS: &[Input] = &[
    Input { name: "one letter", make: Repeat("a") },
    Input { name: "one capital", make: Repeat("A") },
    Input { name: "hyphens", make: Repeat("-") },
    Input { name: "ber", make: Repeat("ber") },
    Input { name: "-nya", make: Repeat("-nya") },
    Input { name: "memper-...-kannyalah, words", make: Repeat("mempertanggungjawabkannyalah ") },
    Input { name: "hyphenated capitals", make: Repeat("Ab-") },
    Input { name: "combining marks", make: Repeat("\u{301}") },
    Input { name: "letter and mark", make: Repeat("e\u{301}") },
    Input { name: "zalgo", make: Repeat("a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306} ") },
    Input { name: "quotes", make: Repeat("\"") },
    Input { name: "curly quotes", make: Repeat("“”") },
    Input { name: "apostrophes in a word", make: Repeat("x’") },
    Input { name: "brackets open", make: Repeat("(") },
    Input { name: "brackets nested", make: Build(nested) },
    Input { name: "stops", make: Repeat(".") },
    Input { name: "letter and stop", make: Repeat("a.") },
    Input { name: "initials", make: Repeat("A. ") },
    Input { name: "abbreviations", make: Repeat("dll. dr. S.H. ") },
    Input { name: "digits", make: Repeat("7") },
    Input { name: "digits with hyphens", make: Repeat("1-") },
    Input { name: "digits with slashes", make: Repeat("1/") },
    Input { name: "prices", make: Repeat("Rp1.000,") },
    Input { name: "@", make: Repeat("@") },
    Input { name: "addresses", make: Repeat("a@b.co") },
    Input { name: "#", make: Repeat("#") },
    Input { name: "http://", make: Repeat("http://") },
    Input { name: "one URL", make: Build(|n| format!("https://a.id/{}", "a/".repeat(n / 2))) },
    Input { name: "www.", make: Repeat("www.") },
    Input { name: "&amp;", make: Repeat("&amp;") },
    Input { name: "right to left", make: Repeat("قال سيرغي \u{202e}id\u{202c} ") },
    Input { name: "NUL", make: Repeat("\0") },
    Input { name: "zero width", make: Repeat("\u{200b}\u{200d}\u{feff}") },
    Input { name: "emoji families", make: Repeat("👨‍👩‍👧‍👦") },
    Input { name: "emoji and joiner without end", make: Repeat("👩\u{200d}") },
    Input { name: "flags", make: Repeat("🇮🇩") },
    Input { name: "noncharacters", make: Repeat("\u{fffd}\u{ffff}\u{10ffff}\u{d7ff}\u{e000}") },
    Input { name: "CRLF", make: Repeat("kata\r\n") },
    Input { name: "only newlines", make: Repeat("\n") },
    Input { name: "only spaces", make: Repeat(" ") },
    Input { name: "no newline", make: Repeat("Menteri Sergey Lavrov tiba di Palu dan ") },
    Input { name: "one-letter lines", make: Repeat("a\n") },
    Input { name: "one-letter sentences", make: Repeat("A! ") },
    Input { name: "confusables", make: Repeat("Jаkаrtа раlu ") },
    Input { name: "Chinese", make: Repeat("雅加达") },
    Input { name: "Thai", make: Repeat("กรุงเทพ") },
    Input { name: "Devanagari", make: Repeat("जकार्ता ") },
    Input { name: "a name of 100 KB a sentence", make: Build(long_name) },
    Input { name: "a name without end, word by word", make: Repeat("Sergey Lavrov ") },
    Input { name: "acronyms in brackets", make: Build(acronyms) },
    Input { name: "as many names as sentences", make: Build(names) },
    Input { name: "markup", make: Repeat("<a href=\"x\">y</a>") },
    Input { name: "lines of furniture", make: Repeat("Baca Juga: Jakarta\nloading...\n") },
    Input { name: "base64", make: Build(base64) },
];

/// The first `bytes` bytes of `text`, or the few less that end with a character.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or_default()]
}

fn nested(bytes: usize) -> String {
    "(".repeat(bytes / 2) + &")".repeat(bytes / 2)
}

fn long_name(bytes: usize) -> String {
    format!("Presiden {} tiba di Jakarta. ", "Ab".repeat((bytes.min(100_000) / 2).saturating_sub(20)))
        .repeat((bytes / 100_000).max(1))
}

/// `count` as letters, the first a capital: names that differ.
fn letters(mut count: usize, first: u8) -> String {
    let mut name = String::from(char::from(first + (count % 26) as u8));
    for _ in 0..4 {
        count /= 26;
        name.push(char::from(b'a' + (count % 26) as u8));
        name.push(['a', 'i', 'u'][count % 3]);
    }
    name
}

/// Long names with an acronym each, so that each has to look for its long form.
fn acronyms(bytes: usize) -> String {
    let mut text = String::new();
    for count in 0.. {
        let (a, b) = (letters(count, b'A'), letters(count * 7 + 3, b'A'));
        let next = format!("Badan {a} {b} (B{}{}) rapat. ", &a[..1], &b[..1]);
        if text.len() + next.len() > bytes {
            break;
        }
        text += &next;
    }
    text
}

/// A person, an organization and a place a sentence, all different: as many chains as names.
fn names(bytes: usize) -> String {
    let mut text = String::new();
    for count in 0.. {
        let (a, b) = (letters(count, b'A'), letters(count * 11 + 5, b'A'));
        let next = format!("Presiden {a} {b} dari PT {b} tiba di Kota {a}. ");
        if text.len() + next.len() > bytes {
            break;
        }
        text += &next;
    }
    text
}

fn base64(bytes: usize) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = bytes as u64;
    let mut digit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(digits[(state >> 58) as usize])
    };
    (0..bytes).map(|_| digit()).collect()
}
