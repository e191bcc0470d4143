//! What one line tells of itself.

use super::LayoutKind;
use crate::text::Span;

/// A line without the white space around it.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
}

const DAYS: &[&str] = &["senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad"];
const MONTHS: &[&str] = &[
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "agu",
    "agt",
    "agst",
    "sep",
    "sept",
    "okt",
    "nov",
    "des",
];
const ZONES: &[&str] = &["wib", "wita", "wit"];

/// Beginnings of lines that link elsewhere.
const RELATED: &[&str] = &[
    "baca juga",
    "baca berita",
    "baca selengkapnya",
    "baca artikel",
    "baca:",
    "simak juga",
    "simak video",
    "simak berita",
    "lihat juga",
    "lihat video",
    "lihat:",
    "tonton juga",
    "tonton video",
    "berita terkait",
    "artikel terkait",
    "artikel lainnya",
    "berita lainnya",
    "berita lain:",
    "terkait:",
    "topik:",
    "topik terkait",
    "tag:",
    "tags:",
    "tagar:",
    "rekomendasi",
    "pilihan editor",
    "pilihan redaksi",
    "terpopuler",
    "selengkapnya:",
    "ikuti kami",
    "gabung",
    "dapatkan update",
    "video:",
    "saksikan",
    "infografis:",
    "label:",
    "kata kunci:",
    "berita populer",
];

/// Lines that scripts and buttons leave behind.
const WIDGETS: &[&str] = &[
    "loading",
    "loading...",
    "loading…",
    "a a a",
    "a+ a-",
    "a- a+",
    "advertisement",
    "advertisements",
    "iklan",
    "scroll to continue with content",
    "scroll untuk melanjutkan",
    "lanjutkan membaca",
    "share",
    "bagikan",
    "bagikan:",
    "komentar",
    "kirim komentar",
    "tulis komentar",
    "salin tautan",
    "copy link",
    "facebook",
    "twitter",
    "whatsapp",
    "telegram",
    "line",
    "email",
    "cetak",
    "print",
    "simpan",
    "dengarkan",
    "font",
    "perkecil",
    "perbesar",
    "home",
    "beranda",
    "menu",
    "cari",
    "masuk",
    "daftar",
    "login",
    "next",
    "prev",
    "selanjutnya",
    "sebelumnya",
    "halaman selanjutnya",
    "tutup",
    "close",
    "close ad",
    "x",
    "play",
    "mute",
    "unmute",
    "ukuran font",
    "text size",
    "share this",
    "share:",
    "suka",
    "balas",
    "laporkan",
    "skip ad",
    "lihat semua",
    "show more",
    "tampilkan semua",
    "notifikasi",
    "follow",
    "ikuti",
    "langganan",
    "subscribe",
    "gulir ke bawah",
    "kembali ke atas",
];

impl<'t> Line<'t> {
    /// The lines of `text` that hold more than white space.
    pub(super) fn all(text: &'t str) -> impl Iterator<Item = Line<'t>> {
        let mut at = 0;
        text.split_inclusive('\n').filter_map(move |whole| {
            let start = at;
            at += whole.len();
            let line = whole.trim();
            let from = start + (whole.len() - whole.trim_start().len());
            #[allow(clippy::cast_possible_truncation)] // texts have less than 4 GiB
            let span = Span::new(from as u32, (from + line.len()) as u32);
            (!line.is_empty()).then_some(Line { text: line, span })
        })
    }

    /// The kinds that a line shows by itself, wherever it stands.
    pub(super) fn furniture(&self) -> Option<LayoutKind> {
        // Paragraphs are body; only their first letters could say otherwise.
        if self.text.len() > 240 {
            return None;
        }
        let lower = self.text.to_lowercase();
        let plain = lower.trim_end_matches([':', '.', '!', '>', '»', ' ', '|']);
        if WIDGETS.contains(&lower.as_str()) || WIDGETS.contains(&plain) || is_button_row(&lower) {
            return Some(LayoutKind::Widget);
        }
        if lower.contains("rendering in")
            || lower.contains("page rendered")
            || lower.contains("generated in")
            || lower.contains("waktu render")
            || lower.starts_with("render") && lower.contains("0.")
        {
            return Some(LayoutKind::Render);
        }
        let notice = lower.contains('©')
            || lower.starts_with("copyright")
            || lower.starts_with("hak cipta")
            || lower.contains("(c) 20");
        if notice || lower.contains("all rights reserved") || lower.contains("hak cipta dilindungi") {
            return Some(LayoutKind::Copyright);
        }
        if RELATED.iter().any(|r| lower.starts_with(r)) && self.text.len() < 200 {
            let bare = !matches!(lower.as_str(), "gabung" | "saksikan" | "rekomendasi");
            let link = lower.contains(':') || self.text.len() < 90;
            return (bare && link && !self.text.ends_with('.')).then_some(LayoutKind::Related);
        }
        if self.is_byline() {
            return Some(LayoutKind::Byline);
        }
        is_timestamp(&lower).then_some(LayoutKind::Timestamp)
    }

    /// `(ian)`, `(rwd/ktr)`, `[ant]`, `*/ian`: letters of authors who stay short.
    fn is_byline(&self) -> bool {
        let inner = self.text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
        let inner = inner.or_else(|| self.text.strip_prefix('[').and_then(|t| t.strip_suffix(']')));
        let Some(inner) = inner else { return false };
        let short =
            |part: &str| (2..=5).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
        let shout =
            |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
        let star = |part: &str| part.bytes().all(|b| b == b'*');
        inner.len() <= 24
            && inner.split(['/', '-', ',', '|']).map(str::trim).all(|p| short(p) || shout(p) || star(p))
    }

    /// A title: short, without a stop at its end, in title case or capitals.
    pub(super) fn is_headline(&self) -> bool {
        let text = self.text;
        if text.len() > 160
            || text.len() < 12
            || text.ends_with(['.', ',', ';', ':'])
            || text.starts_with(['@', '#', '-', '*', '['])
        {
            return false;
        }
        let (mut content, mut capital) = (0, 0);
        for word in text.split_whitespace() {
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
            let Some(first) = letters.next() else { continue };
            // Words of grammar stay small in titles.
            if word.chars().count() <= 4 && first.is_lowercase()
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
                )
            {
                continue;
            }
            content += 1;
            capital += usize::from(first.is_uppercase());
        }
        let inner_stop = text.contains(". ") && !text.contains("No. ");
        content >= 2 && capital * 10 >= content * 8 && !inner_stop && self.dateline().is_none()
    }

    /// The text of a photograph: it says so, or names whose it is.
    pub(super) fn is_caption(&self) -> bool {
        let lower = self.text.to_lowercase();
        let credit = [
            "foto/",
            "foto:",
            "foto :",
            "(foto",
            "foto oleh",
            "dok.",
            "dokumentasi",
            "ilustrasi",
            "antara foto",
            "(istimewa)",
            "gambar:",
            "photo:",
            "(ist)",
            "getty images",
            "tangkapan layar",
            "/afp)",
            "reuters)",
            "foto ant",
        ];
        self.text.len() < 320 && credit.iter().any(|c| lower.contains(c)) && self.dateline().is_none()
    }

    /// Bytes of the dateline that this line begins with, its dash included: `BRUSSELS -`, `Jakarta, KoranPagi –`.
    pub(super) fn dateline(&self) -> Option<u32> {
        let mut dashes = self.text.char_indices().take(80).filter(|(_, c)| matches!(c, '-' | '–' | '—'));
        let (at, dash) = dashes.find(|&(at, c)| {
            let before = self.text[..at].ends_with(' ') || self.text[..at].ends_with(')') || c != '-';
            let after = &self.text[at + c.len_utf8()..];
            before && at > 0 && after.starts_with(' ')
        })?;
        let place = self.text[..at].trim_end();
        let words = place.split_whitespace().count();
        if place.len() < 3 || words > 7 || place.chars().any(|c| c.is_ascii_digit()) && !place.contains('(') {
            return None;
        }
        let shouting = |w: &str| w.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let title = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c == '(' || c.is_ascii_digit());
        let first_part = place.split([',', '(']).next().unwrap_or(place);
        let capitals = first_part.split_whitespace().all(shouting);
        let outlet = place.contains(',') || place.contains('(');
        let titled = place.split_whitespace().all(title) && (outlet || words <= 3);
        let prose = self.text.len() > at + 16 && self.text[at..].contains(' ');
        (prose && (capitals || titled) && !place.ends_with(['.', '?', '!', ':']))
            .then(|| (at + dash.len_utf8()) as u32)
    }
}

/// Buttons side by side: `Facebook Twitter WhatsApp`, `Share | Tweet | Email`.
fn is_button_row(lower: &str) -> bool {
    let parts: &[char] = &[' ', '|', '•', '/', ','];
    let mut words = lower.split(parts).filter(|w| !w.is_empty()).peekable();
    let known = [
        "facebook",
        "twitter",
        "whatsapp",
        "telegram",
        "line",
        "email",
        "share",
        "tweet",
        "bagikan",
        "copy",
        "link",
        "x",
        "instagram",
        "linkedin",
        "komentar",
        "simpan",
        "cetak",
        "pinterest",
        "tiktok",
        "threads",
        "salin",
        "tautan",
        "0",
    ];
    words.peek().is_some()
        && lower.len() < 80
        && lower.contains(parts)
        && words.all(|w| known.contains(&w.trim_end_matches(':')))
}

/// A date, or a date and time, and little else.
fn is_timestamp(lower: &str) -> bool {
    if lower.len() > 75 || lower.ends_with('.') {
        return false;
    }
    let (mut date, mut clock, mut other, mut day) = (false, false, 0, false);
    for word in lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '•' | '·'))
    {
        let word = word.trim_end_matches([':', '.', '-']);
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if word.is_empty()
            || matches!(word, "-" | "–" | "—" | "pukul" | "pkl" | "jam" | "tanggal")
            || ZONES.contains(&word)
        {
            continue;
        }
        if DAYS.contains(&word) {
            day = true;
        } else if MONTHS.contains(&word) {
            date = true;
        } else if digits >= 2
            && word.contains([':', '.'])
            && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'))
        {
            clock = true;
        } else if digits >= 4
            && word.contains(['/', '-'])
            && word
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b't' | b':' | b'+' | b'z'))
        {
            date = true;
        } else if digits == 0 || digits < word.len() {
            other += match word {
                "diperbarui" | "diterbitkan" | "dipublikasikan" | "terbit" | "update" | "updated"
                | "published" | "tayang" | "diunggah" | "publikasi" | "waktu" | "baca" | "posted" | "on"
                | "terakhir" | "rilis" => 0,
                "menit" | "lalu" | "yang" => 0,
                _ => 1,
            };
        }
    }
    let strong = date && (clock || day) || day && clock;
    strong && other <= 1 || date && other == 0 && lower.bytes().filter(u8::is_ascii_digit).count() >= 5
}
