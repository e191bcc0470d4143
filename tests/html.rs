//! The page as a file: well formed, with all of the text and nothing else of it, closed to all scripts but its own.
//! What a browser makes of it is tested in `tests/browser`.

mod common;

use common::{ARTICLE, HOSTILE, PIPELINE, texts};
use proptest::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};
use tutur::render::html;
use tutur::render::json::JsonDocument;

fn page(text: &str, title: &str) -> String {
    let mut out = String::new();
    html(&PIPELINE.process(text), title, &mut out).unwrap();
    out
}

/// What a reader of the page sees, after a check that each tag is closed in its place.
struct Read {
    text: String,
    /// Names of elements, in order.
    elements: Vec<String>,
    /// Names and values of attributes.
    attributes: Vec<(String, String)>,
}

fn unescaped(text: &str) -> String {
    assert!(!text.contains(['<', '>', '"']), "{text:?}");
    for part in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| part.starts_with(name));
        assert!(known, "{text:?}");
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Reads the part of HTML that the page is made of; panics at anything else.
fn read(mut html: &str) -> Read {
    let mut found = Read { text: String::new(), elements: Vec::new(), attributes: Vec::new() };
    let mut open: Vec<&str> = Vec::new();
    while let Some(at) = html.find('<') {
        found.text.push_str(&unescaped(&html[..at]));
        let (tag, rest) = html[at + 1..].split_once('>').unwrap();
        html = rest;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        while !attributes.is_empty() {
            let end = attributes.find([' ', '=']).unwrap_or(attributes.len());
            let (key, rest) = attributes.split_at(end);
            let mut value = "";
            attributes = rest;
            if let Some(rest) = rest.strip_prefix("=\"") {
                (value, attributes) = rest.split_once('"').unwrap();
            }
            found.attributes.push((key.to_owned(), unescaped(value)));
            attributes = attributes.trim_start();
        }
        found.elements.push(name.to_owned());
        if !matches!(name, "meta" | "!doctype") {
            open.push(name);
        }
        if matches!(name, "style" | "script") {
            html = &html[html.find(&format!("</{name}>")).unwrap()..];
        }
    }
    found.text.push_str(&unescaped(html));
    assert!(open.is_empty(), "{open:?}");
    found
}

fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    html.split_once(from).unwrap().1.split_once(to).unwrap().0
}

/// What the page shows of a text: controls replaced.
fn shown(text: &str) -> Vec<String> {
    let visible = |c: char| if c.is_control() && !c.is_whitespace() { '\u{FFFD}' } else { c };
    text.chars().map(visible).collect::<String>().split_whitespace().map(str::to_owned).collect()
}

fn check(text: &str, title: &str) {
    let page = page(text, title);
    let whole = read(&page);
    assert_eq!(whole.elements.iter().filter(|e| *e == "script").count(), 1);
    assert_eq!(whole.elements.iter().filter(|e| *e == "h1").count(), 1, "{text:?}");
    let expected = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "a", "div", "button", "span", "small",
        "main", "h1", "p", "mark", "section", "h2", "table", "thead", "tbody", "tr", "th", "td", "output",
        "header", "script",
    ];
    assert!(whole.elements.iter().all(|e| expected.contains(&e.as_str())), "{:?}", whole.elements);
    let outside = ["src", "href", "style", "action", "srcset", "data", "poster"];
    for (key, value) in &whole.attributes {
        assert!(
            !key.starts_with("on") && (!outside.contains(&key.as_str()) || value.starts_with('#')),
            "{key}={value}"
        );
    }
    let document = PIPELINE.process(text);
    let mut main = read(between(&page, "<main>", "</main>")).text;
    if document.headline().is_none() {
        let heading = read(between(&page, "<h1 dir=\"auto\">", "</h1>")).text;
        assert_eq!(shown(&heading), shown(title));
        main = main.replacen(&heading, "", 1);
    }
    assert_eq!(shown(&main), shown(text));
    // Every mention is marked once and every link leads to one.
    let ids: Vec<&str> = whole.attributes.iter().filter(|a| a.0 == "id").map(|a| a.1.as_str()).collect();
    assert_eq!(ids.iter().filter(|id| id.starts_with('m')).count(), document.entities().len());
    let links: Vec<&str> = whole.attributes.iter().filter(|a| a.0 == "href").map(|a| &a.1[1..]).collect();
    assert_eq!(links.len(), document.chains().count() + 1);
    assert!(links.iter().all(|link| ids.iter().filter(|id| id == &link).count() == 1), "{links:?} {ids:?}");
}

#[test]
fn pages_are_well_formed_and_whole() {
    let line = common::long_line();
    for text in HOSTILE.iter().copied().chain([ARTICLE, &line]) {
        check(text, "berita");
        check(text, "</title><script>alert(1)</script>\u{0}\"'");
    }
}

#[test]
fn the_policy_allows_this_style_and_this_script_only() {
    let page = page(ARTICLE, "berita");
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let hash = |text: &str| data_encoding::BASE64.encode(&Sha256::digest(text.as_bytes()));
    let (style, script) =
        (hash(between(&page, "<style>", "</style>")), hash(between(&page, "<script>", "</script>")));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; \
             base-uri 'none'; form-action 'none'"
        ),
        "POLICY in src/render/html.rs does not fit the files in src/render/html"
    );
}

#[test]
fn nothing_is_fetched() {
    let page = page("Ani di Palu.", "contoh");
    for outside in ["://", "url(", "@import", "fetch(", "XMLHttpRequest", "import(", "eval("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

/// A token may hold more than the name in it: what comes back from data may be cut anywhere.
#[test]
fn names_inside_words_keep_the_words() {
    let data = json!({
        "version": 1, "offsets": "bytes", "conventions": "default", "text": "berjakarta-jakarta.",
        "layout": [],
        "sentences": [{"start": 0, "end": 19}],
        "tokens": [
            {"start": 0, "end": 18, "text": "berjakarta-jakarta", "kind": "word", "stem": "jakarta", "sentence": 0},
            {"start": 18, "end": 19, "text": ".", "kind": "punctuation", "stem": ".", "sentence": 0},
        ],
        "entities": [
            {"start": 3, "end": 10, "text": "jakarta", "label": "LOC", "score": 1, "chain": "jakarta"},
            {"start": 11, "end": 19, "text": "jakarta.", "label": {"OTHER": 4}, "score": 0.5, "chain": "jakarta."},
        ],
        "chains": [
            {"name": "jakarta", "label": "LOC", "mentions": [0]},
            {"name": "jakarta.", "label": {"OTHER": 4}, "mentions": [1]},
        ],
    });
    let data: JsonDocument = serde_json::from_value(data).unwrap();
    let mut page = String::new();
    html(&data.document().unwrap(), "a", &mut page).unwrap();
    let paragraph = between(&page, "</h1>\n", "\n</main>");
    assert_eq!(read(paragraph).text, "berjakarta-jakarta.");
    assert!(
        paragraph.contains(">jakarta</mark>-<mark ") && paragraph.contains(">jakarta.</mark>"),
        "{paragraph}"
    );
    assert!(page.contains("Lainnya</span> <small>OTHER</small> 1</button>"));
}

#[test]
fn the_table_counts_and_leads_to_the_first_mention() {
    let page = page(ARTICLE, "berita");
    assert!(page.contains("<a href=\"#m4\">Sergey Lavrov</a></td><td>3</td>"));
    let first = page.find("data-chain=\"3\"").unwrap();
    assert!(page[..first].ends_with("<mark id=\"m4\" tabindex=\"0\" data-kind=\"PER\" "));
    assert!(
        page.contains(
            "aria-pressed=\"true\"><span class=\"name\">Orang</span> <small>PER</small> 5</button>"
        )
    );
    assert!(page.contains("<span class=\"w\" title=\"membicarakan → bicara\">membicarakan</span>"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_makes_a_page(text in texts(), title in any::<String>()) {
        check(&text, &title);
    }
}
