//! What several tests share.
#![allow(dead_code)] // each test uses its part

use std::sync::LazyLock;

use proptest::prelude::*;
use tutur::Pipeline;

/// The bundled article.
pub(crate) const ARTICLE: &str = include_str!("../../examples/data/berita.txt");

pub(crate) static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::new);

/// Texts that try to leave their place in some format.
pub(crate) const HOSTILE: &[&str] = &[
    "",
    " \r\n\t\u{a0}",
    "<script>alert('x')</script> & \"Ani\" di Palu\u{1b}[31m merah\u{2028}baru\u{0}.\tTab\n=1+1\n",
    "NATO</span></p></main></script><img src=x onerror=alert(1)> di Jakarta. ]]> --> {{text}} &lt; &#39;",
    "\u{1b}]0;judul\u{7} \u{9b}31m \u{85} \u{7f} \u{0}\u{1}\u{8}Sergey Lavrov\u{0} tiba di\u{0}Jakarta.",
    "Baris satu\r\nSergey\r\nLavrov\rtiba\tdi\u{b}Jakarta\u{c}.\u{2029}# sent_id = palsu\n1\tpalsu\t_\n\n# text = x",
    "قال سيرغي في Jakarta \u{202e}atrakaJ id\u{202c} \u{2066}NATO\u{2069} שלום.",
    "👨‍👩‍👧 🇮🇩 e\u{301} \u{301}\u{301} \u{200d} \u{feff}Presiden Joko Widodo\u{200b} 😂😂",
    "Rusia-Kazakhstan, KTP-nya, rumahnya-nya di-PHK _ # ; \"kutipan, dengan koma\" =cmd|' /C calc'!A0",
    "A  B   C.D E!F?G . . . \u{3000}Palu\u{3000}Donggala\u{2007}Sigi",
];

/// A text of one line without an end.
pub(crate) fn long_line() -> String {
    "Menteri Sergey Lavrov membacakan pernyataannya di Brussels, dan ".repeat(2_000)
}

/// Texts made of names, of what texts are made of, of what breaks formats, and of anything else.
pub(crate) fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => "[a-z]{1,9}",
        4 => prop::sample::select(vec![
            "Menteri Sergey Lavrov", "Oana Lungescu", "NATO", "Jakarta", "Brussels", "Rusia-Kazakhstan",
            "KTP-nya", "Jakarta-nya", "Rusia-Kazakhstan-nya", "Perserikatan Bangsa-Bangsa (PBB)", "di", "rumahnya", "membacakan",
            "bukunyalah", "Dr.", "Rp25.000", "a@b.co",
        ]).prop_map(str::to_owned),
        6 => prop::sample::select(vec![
            " ", " ", " ", "  ", "\n", "\n\n", ".", ",", "?", "-", "\"", "(", ")", "'",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            "\0", "\t", "\r", "\r\n", "\u{b}", "\u{1b}[31m", "\u{85}", "\u{9b}", "\u{2028}", "\u{2029}", "\u{202e}",
            "\u{a0}", "\u{3000}", "\u{feff}", "\u{200b}", "\u{200d}", "e\u{301}", "\u{301}", "é", "😂", "👨‍👩‍👧", "ض",
            "大", "<", ">", "&", "</script>", "<!--", "]]>", "{{text}}", "#", "_", "\\", "%", "/", "|", "=", "1-2",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(pieces, 0..30).prop_map(|p| p.concat())
}
