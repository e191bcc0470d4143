//! One self-contained page: the text with its entities, a filter, the names with their mentions.

use std::fmt::{self, Write};

use crate::ner::EntityKind;
use crate::pipeline::Document;

/// Style and behaviour of the page; no part of a text ever stands in them.
const STYLE: &str = "\
:root{color-scheme:light dark;--per:#1a7f37;--org:#0969da;--loc:#9a6700}\
@media(prefers-color-scheme:dark){:root{--per:#3fb950;--org:#58a6ff;--loc:#d29922}}\
body{font:17px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
mark{background:none;color:inherit;border-bottom:2px solid;border-radius:2px;padding:0 .1em}\
mark.PER{border-color:var(--per)}mark.ORG{border-color:var(--org)}mark.LOC{border-color:var(--loc)}\
mark.on{background:color-mix(in srgb,currentColor 18%,transparent)}\
mark:focus{outline:2px solid}\
.hide-PER mark.PER,.hide-ORG mark.ORG,.hide-LOC mark.LOC{border-color:transparent}\
.headline{font-size:1.5rem;font-weight:700;line-height:1.25}.dim{opacity:.55;font-size:.85em}\
label{margin-right:1rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.2rem .6rem .2rem 0}\
.s:hover{background:color-mix(in srgb,currentColor 5%,transparent)}";

const SCRIPT: &str = "\
document.querySelectorAll('input[data-kind]').forEach(i=>i.addEventListener('change',()=>\
document.body.classList.toggle('hide-'+i.dataset.kind,!i.checked)));\
const same=(m,on)=>document.querySelectorAll('[data-chain=\"'+m.dataset.chain+'\"]').forEach(x=>x.classList.toggle('on',on));\
document.querySelectorAll('mark').forEach(m=>{for(const e of['mouseenter','focus'])m.addEventListener(e,()=>same(m,true));\
for(const e of['mouseleave','blur'])m.addEventListener(e,()=>same(m,false))});";

/// Writes `document` as an HTML page that needs nothing else: entities marked and filtered by kind, mentions of one name
/// lit together, stems in tooltips, a table of names. `title` is the title of the page. Everything is escaped.
///
/// # Errors
///
/// Only those of `out`.
pub fn html(document: &Document<'_>, title: &str, out: &mut dyn Write) -> fmt::Result {
    write!(
        out,
        "<!doctype html>\n<html lang=\"id\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{}</title><style>{STYLE}</style></head><body>\n<p>",
        Escaped(title)
    )?;
    for (kind, name) in [("PER", "orang"), ("ORG", "organisasi"), ("LOC", "tempat")] {
        write!(
            out,
            "<label><input type=\"checkbox\" data-kind=\"{kind}\" checked> <mark class=\"{kind}\">{name}</mark></label>"
        )?;
    }
    writeln!(out, "</p>\n<main>")?;
    let mut at = 0;
    let mut open = false;
    for sentence in document.sentences() {
        let span = sentence.span().range();
        let gap = document.text().get(at..span.start).unwrap_or_default();
        if !open || gap.contains('\n') {
            if open {
                writeln!(out, "</p>")?;
            }
            let part = document.layout().iter().find(|l| l.span.range().start == span.start);
            let class = part.map_or("", |p| match p.kind.name() {
                "headline" => "headline",
                "dateline" => "",
                _ => "dim",
            });
            write!(out, "<p class=\"{class}\">")?;
            open = true;
        } else {
            write!(out, "{}", Escaped(gap))?;
        }
        write!(out, "<span class=\"s\" title=\"{}\">", Escaped(&stems(&sentence)))?;
        let mut from = span.start;
        for entity in sentence.entities() {
            let range = entity.range();
            write!(out, "{}", Escaped(document.text().get(from..range.start).unwrap_or_default()))?;
            write!(
                out,
                "<mark class=\"{}\" tabindex=\"0\" data-chain=\"{}\" title=\"{}, {:.0}%\">{}</mark>",
                entity.kind(),
                entity.chain().index(),
                Escaped(entity.chain().name()),
                entity.score() * 100.0,
                Escaped(entity.text())
            )?;
            from = range.end;
        }
        write!(out, "{}</span>", Escaped(document.text().get(from..span.end).unwrap_or_default()))?;
        at = span.end;
    }
    if open {
        writeln!(out, "</p>")?;
    }
    writeln!(
        out,
        "</main>\n<table><thead><tr><th>nama</th><th>jenis</th><th>disebut</th></tr></thead><tbody>"
    )?;
    for kind in [EntityKind::Person, EntityKind::Organization, EntityKind::Location] {
        for chain in document.chains().filter(|c| c.kind() == kind) {
            writeln!(
                out,
                "<tr data-chain=\"{}\"><td>{}</td><td>{kind}</td><td>{}</td></tr>",
                chain.index(),
                Escaped(chain.name()),
                chain.count()
            )?;
        }
    }
    writeln!(out, "</tbody></table><script>{SCRIPT}</script></body></html>")
}

fn stems(sentence: &crate::pipeline::Sentence<'_, '_>) -> String {
    let changed = sentence.tokens().filter(|t| t.stem() != t.text().to_lowercase());
    changed.map(|t| format!("{}: {}", t.text(), t.stem())).collect::<Vec<_>>().join(", ")
}

/// Text that cannot leave its place in HTML, in an element or in a quoted attribute.
struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            '\0' => f.write_char('\u{FFFD}'),
            c => f.write_char(c),
        })
    }
}
