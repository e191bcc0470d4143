//! Output formats: validity, escaping, round trip.

use tutur::render::json::JsonDocument;
use tutur::render::{Style, conllu, html, pretty};
use tutur::{LayoutKind, OffsetUnit, Pipeline};

const TEXT: &str = include_str!("../examples/data/berita.txt");
const HOSTILE: &str =
    "<script>alert('x')</script> & \"Ani\" di Palu\u{1b}[31m merah\u{2028}baru\u{0}.\tTab\n=1+1\n";

#[test]
fn json_comes_back_as_it_went() {
    for text in [TEXT, HOSTILE, "", "“é” 😀"] {
        for unit in [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16] {
            let data = JsonDocument::new(&Pipeline::new().process(text), Some("a"), unit);
            let written = serde_json::to_string(&data).unwrap();
            assert_eq!(serde_json::from_str::<JsonDocument>(&written).unwrap(), data);
        }
    }
}

#[test]
fn json_offsets_slice_the_text_in_their_unit() {
    let data = JsonDocument::new(&Pipeline::new().process(TEXT), None, OffsetUnit::Chars);
    let chars: Vec<char> = TEXT.chars().collect();
    for token in &data.tokens {
        assert_eq!(chars[token.start..token.end].iter().collect::<String>(), token.text);
    }
    for entity in &data.entities {
        assert_eq!(chars[entity.start..entity.end].iter().collect::<String>(), entity.text);
    }
}

#[test]
fn conllu_is_valid() {
    for text in [TEXT, HOSTILE, "Rumahnya-nya di-PHK. \u{85} Dua."] {
        let mut out = String::new();
        conllu(&Pipeline::new().process(text), "a", &mut out).unwrap();
        let mut expected = 1usize;
        let mut covered = 0usize;
        for line in out.lines() {
            if line.is_empty() {
                expected = 1;
                covered = 0;
                continue;
            }
            if line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 10, "{line:?}");
            assert!(columns.iter().all(|c| !c.is_empty() && !c.contains(' ')), "{line:?}");
            if let Some((first, last)) = columns[0].split_once('-') {
                assert_eq!(first.parse::<usize>().unwrap(), expected);
                covered = last.parse().unwrap();
                assert!(covered > expected);
                assert!(columns[2..9].iter().all(|c| *c == "_"));
            } else {
                assert_eq!(columns[0].parse::<usize>().unwrap(), expected);
                expected += 1;
                assert!(covered == 0 || expected > covered || columns[9] == "_");
            }
        }
    }
}

#[test]
fn conllu_text_is_rebuilt_from_forms() {
    let mut out = String::new();
    conllu(&Pipeline::new().process(TEXT), "a", &mut out).unwrap();
    for block in out.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let text = block.lines().find_map(|l| l.strip_prefix("# text = ")).unwrap();
        let mut built = String::new();
        let mut skip = 0;
        for columns in
            block.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>())
        {
            let last = match columns[0].split_once('-') {
                Some((_, last)) => last.parse::<usize>().unwrap(),
                None if columns[0].parse::<usize>().unwrap() <= skip => continue,
                None => 0,
            };
            skip = skip.max(last);
            built.push_str(columns[1]);
            if !columns[9].contains("SpaceAfter=No") {
                built.push(' ');
            }
        }
        assert_eq!(built.trim_end(), text);
    }
}

#[test]
fn nothing_leaves_its_place() {
    let document = Pipeline::new().process(HOSTILE);
    let (mut page, mut shown) = (String::new(), String::new());
    html(&document, "<b>\"judul\"", &mut page).unwrap();
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;") && !page.contains("<b>"));
    pretty(&document, Style::Plain, &mut shown).unwrap();
    assert!(!shown.contains('\u{1b}') && !shown.contains('\0'));
}

#[test]
fn layout_of_the_article() {
    let document = Pipeline::new().process(TEXT);
    let kinds: Vec<LayoutKind> = document.layout().iter().map(|l| l.kind).collect();
    use LayoutKind::*;
    assert_eq!(kinds, [Headline, Timestamp, Widget, Caption, Widget, Dateline, Byline, Related, Copyright]);
    assert_eq!(document.main_text().count(), 4);
    assert_eq!(Pipeline::new().process("jadi gini\nkemarin ke solo\nseru bgt").layout(), []);
}
