//! What a dateline says: its parts between commas and brackets, told apart by form, by set names and by the entities that
//! the tagger found there.

use std::ops::Range;

use super::document::Document;
use crate::ner::EntityKind;
use crate::text::Span;

/// Where and through whom an article was filed: `BRUSSELS, KOMPAS.com -`, `Jakarta (ANTARA) -`, `TEMPO.CO, Jakarta -`.
///
/// # Examples
///
/// ```
/// let text = "TEMPO.CO, Jakarta - Harga beras di Pasar Induk Cipinang turun pada pekan ini.";
/// let document = tutur::Pipeline::new().process(text);
/// let dateline = document.dateline().unwrap();
/// assert_eq!(dateline.text(), "TEMPO.CO, Jakarta -");
/// assert_eq!((dateline.outlet(), dateline.place(), dateline.date()), (Some("TEMPO.CO"), Some("Jakarta"), None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline<'t> {
    text: &'t str,
    span: Span,
    /// Empty where there is none, as the next two.
    place: Span,
    outlet: Span,
    date: Span,
}

/// What a part says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Place,
    Outlet,
    Date,
}

/// Agencies and broadcasters in lower case, as they stand beside a place.
const AGENCIES: &[&str] = &[
    "afp", "anadolu", "ansa", "ant", "antara", "ap", "bbc", "bernama", "cnn", "dpa", "dw", "efe", "kbrn",
    "kyodo", "reuters", "rri", "sputnik", "tass", "upi", "voa", "xinhua", "yonhap",
];

/// Words that names of newspapers and sites are made of.
const OUTLET_WORDS: &[&str] = &[
    "daily", "ekspres", "express", "foto", "harian", "kabar", "koran", "media", "news", "online", "pos",
    "post", "radar", "suara", "times", "tribun", "tv", "warta",
];

/// Ends of the names of sites.
const DOMAINS: &[&str] =
    &["asia", "co", "com", "id", "info", "my", "net", "news", "online", "org", "sg", "today", "tv", "xyz"];

const DAYS: &[&str] = &["senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad"];

impl<'t> Dateline<'t> {
    /// Reads the dateline in `span` of a document.
    pub(super) fn new(document: &Document<'t>, span: Span) -> Dateline<'t> {
        let tagged = |part: Span| {
            let mut inside = document.entities_in(part.range());
            inside
                .find(|e| matches!(e.kind(), EntityKind::Location | EntityKind::Organization))
                .map(|e| e.kind())
        };
        Dateline::read(document.text(), span, tagged)
    }

    fn read(text: &'t str, span: Span, tagged: impl Fn(Span) -> Option<EntityKind>) -> Dateline<'t> {
        let none = Span::default();
        let mut found = Dateline { text, span, place: none, outlet: none, date: none };
        let mut before = None;
        for (part, bracketed) in (Parts { text, rest: span, bracketed: false }) {
            let kind = kind_of(part.of(text), bracketed, tagged(part), found.place.is_empty());
            let slot = match kind {
                Kind::Place => &mut found.place,
                Kind::Outlet => &mut found.outlet,
                Kind::Date => &mut found.date,
            };
            if slot.is_empty() {
                *slot = part;
            } else if before == Some(kind) && !bracketed {
                // `Martapura, Sumatera Selatan`, `Rabu, 20 Oktober 2021`.
                slot.end = part.end;
            }
            before = Some(kind);
        }
        found
    }

    /// The dateline as written, with its dash.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.span.of(self.text)
    }

    /// Its bytes in the text.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.span.range()
    }

    /// Where the article was filed, as written: `BRUSSELS`, `Martapura, Sumatera Selatan`, `WASHINGTON/TOKYO`.
    #[must_use]
    pub fn place(&self) -> Option<&'t str> {
        self.part(self.place)
    }

    /// The agency, newspaper or site: `KOMPAS.com`, `ANTARA`.
    #[must_use]
    pub fn outlet(&self) -> Option<&'t str> {
        self.part(self.outlet)
    }

    /// The day, as written: `Kamis`, `11 Februari 2025`.
    #[must_use]
    pub fn date(&self) -> Option<&'t str> {
        self.part(self.date)
    }

    fn part(&self, span: Span) -> Option<&'t str> {
        Some(span.of(self.text)).filter(|part| !part.is_empty())
    }
}

/// What `part` says; `first` where no place was read yet.
fn kind_of(part: &str, bracketed: bool, tagged: Option<EntityKind>, first: bool) -> Kind {
    let lower = part.to_lowercase();
    let site =
        lower.split_whitespace().any(|w| w.rsplit_once('.').is_some_and(|(_, end)| DOMAINS.contains(&end)));
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    let dated = lower.starts_with(|c: char| c.is_ascii_digit())
        || words.clone().next().is_some_and(|first| DAYS.contains(&first));
    if dated && !site {
        return Kind::Date;
    }
    // `SemeruPos`, `iNews`: a capital behind a small letter.
    let joined = part.as_bytes().windows(2).any(|pair| matches!(pair, [b'a'..=b'z', b'A'..=b'Z']));
    if site || joined || words.any(|w| AGENCIES.contains(&w) || OUTLET_WORDS.contains(&w)) {
        return Kind::Outlet;
    }
    match tagged {
        Some(EntityKind::Location) => Kind::Place,
        Some(_) => Kind::Outlet,
        None if first && !bracketed => Kind::Place,
        None => Kind::Outlet,
    }
}

/// The parts of a dateline between commas, bars and brackets, and whether each stands in brackets.
struct Parts<'t> {
    text: &'t str,
    rest: Span,
    bracketed: bool,
}

impl Iterator for Parts<'_> {
    type Item = (Span, bool);

    fn next(&mut self) -> Option<(Span, bool)> {
        while !self.rest.is_empty() {
            let rest = self.rest.of(self.text);
            let end = rest.find([',', '|', ';', '(', ')', '[', ']']).unwrap_or(rest.len());
            let (part, bracketed) = (&rest[..end], self.bracketed);
            let mark = rest[end..].chars().next();
            self.bracketed = match mark {
                Some('(' | '[') => true,
                Some(')' | ']') => false,
                _ => self.bracketed,
            };
            let skipped = part.len() - part.trim_start_matches(is_edge).len();
            #[allow(clippy::cast_possible_truncation)] // inside a text below 4 GiB
            let at = |bytes: usize| self.rest.start + bytes as u32;
            let span = Span::new(at(skipped), at(skipped + part.trim_matches(is_edge).len()));
            self.rest = Span::new(at(end + mark.map_or(0, char::len_utf8)), self.rest.end);
            if !span.is_empty() {
                return Some((span, bracketed));
            }
        }
        None
    }
}

/// White space and the marks that end a dateline.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '–' | '—' | '―' | ':' | '=' | '>' | '/' | '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place, outlet and date by form alone, as without a tagger.
    #[test]
    fn forms() {
        for (text, place, outlet, date) in [
            ("BRUSSELS -", "BRUSSELS", "", ""),
            ("Labuan Bajo –", "Labuan Bajo", "", ""),
            ("DEN HAAG —", "DEN HAAG", "", ""),
            ("Jakarta:", "Jakarta", "", ""),
            ("Kuala Lumpur --", "Kuala Lumpur", "", ""),
            ("BRUSSELS, KOMPAS.com -", "BRUSSELS", "KOMPAS.com", ""),
            ("Jakarta (ANTARA) -", "Jakarta", "ANTARA", ""),
            ("MADINAH, (ANTARA) -", "MADINAH", "ANTARA", ""),
            ("TEMPO.CO, Jakarta -", "Jakarta", "TEMPO.CO", ""),
            ("REPUBLIKA.CO.ID, JAKARTA --", "JAKARTA", "REPUBLIKA.CO.ID", ""),
            ("TRIBUN-TIMUR.COM, MAKASSAR –", "MAKASSAR", "TRIBUN-TIMUR.COM", ""),
            ("Liputan6.com, Jakarta", "Jakarta", "Liputan6.com", ""),
            ("Merdeka.com -", "", "Merdeka.com", ""),
            ("KBRN, Jakarta:", "Jakarta", "KBRN", ""),
            ("Jakarta, CNN Indonesia --", "Jakarta", "CNN Indonesia", ""),
            ("LONDON (AFP) -", "LONDON", "AFP", ""),
            ("TOKYO (Kyodo/Reuters) —", "TOKYO", "Kyodo/Reuters", ""),
            ("LUMAJANG, SemeruPos -", "LUMAJANG", "SemeruPos", ""),
            ("WASHINGTON/TOKYO, Kamis (Kabar Dunia) –", "WASHINGTON/TOKYO", "Kabar Dunia", "Kamis"),
            ("Solok, 11 Februari 2025 -", "Solok", "", "11 Februari 2025"),
            ("Palu, Rabu, 20 Oktober 2021 -", "Palu", "", "Rabu, 20 Oktober 2021"),
            ("Jakarta, Rabu (20/10) -", "Jakarta", "", "Rabu"),
            ("SIANTAR, HabonaronPos.com |", "SIANTAR", "HabonaronPos.com", ""),
            ("MAKASSAR, PHINISI NEWS ==", "MAKASSAR", "PHINISI NEWS", ""),
            ("Wangi-Wangi [SULTRA POST] -", "Wangi-Wangi", "SULTRA POST", ""),
            ("jakarta, antara -", "jakarta", "antara", ""),
            ("Jakarta, 60detik.com -", "Jakarta", "60detik.com", ""),
            ("Kab.Pati, 20.10.2021 –", "Kab.Pati", "", "20.10.2021"),
            ("ST. LOUIS (AP) -", "ST. LOUIS", "AP", ""),
            ("-", "", "", ""),
            ("", "", "", ""),
            ("(((,|;—", "", "", ""),
        ] {
            let span = Span::new(0, text.len() as u32);
            let read = Dateline::read(text, span, |_| None);
            let found = [read.place(), read.outlet(), read.date()].map(Option::unwrap_or_default);
            assert_eq!(found, [place, outlet, date], "{text:?}");
        }
    }

    #[test]
    fn the_tagger_decides_where_the_form_does_not() {
        let text = "Martapura, Sumsel (Ampera) -";
        let location = |s: Span| (s.start < 15).then_some(EntityKind::Location);
        let read = Dateline::read(text, Span::new(0, text.len() as u32), location);
        assert_eq!((read.place(), read.outlet()), (Some("Martapura, Sumsel"), Some("Ampera")));
        let read = Dateline::read("SELEBKITA –", Span::new(0, 13), |_| Some(EntityKind::Organization));
        assert_eq!((read.place(), read.outlet()), (None, Some("SELEBKITA")));
    }
}
