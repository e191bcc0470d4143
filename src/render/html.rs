//! One self-contained page: the text with its names, filters by kind, a table of who and what is mentioned. The page
//! itself lies in `html/`: template, style and script.

use std::fmt::{self, Write};
use std::iter::Peekable;
use std::ops::Range;

use super::clean::in_line;
use super::stem_differs;
use crate::layout::LayoutKind;
use crate::ner::EntityKind;
use crate::pipeline::{Chain, Document, Entity, Sentence, Tokens};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/page.js");

/// What a browser may do with the page: run this script and apply this style, nothing else. The hashes are those of the
/// two files; a test computes them again.
const POLICY: &str = "default-src 'none'; \
    style-src 'sha256-4YGgWZR74YL1OL3nqb5wWSV+u4y+I5XDuGirkY69yks='; \
    script-src 'sha256-rFEJEpxnI19KEzJHyPDKJK8OHdtghP4mmQBALpDnnms='; \
    base-uri 'none'; form-action 'none'";

const KINDS: [(&str, &str); 4] =
    [("PER", "Orang"), ("ORG", "Organisasi"), ("LOC", "Tempat"), ("OTHER", "Lainnya")];

/// Writes `document` as an HTML page that needs nothing else and works from a file: names marked and filtered by
/// kind, mentions of one name lit together, stems and sentences in tooltips, a table of names that leads to their
/// first mention. Usable by keyboard and on a phone, dark where the system is. `title` is the title of the page, and
/// its heading where the text has no headline.
///
/// Everything of the text is escaped, and the page forbids all scripts but its own. Time linear in the size of the
/// text.
///
/// # Errors
///
/// Only those of `out`.
///
/// # Examples
///
/// ```
/// let document = tutur::Pipeline::new().process("Sergey Lavrov tiba di <b>Brussels</b>.");
/// let mut page = String::new();
/// tutur::render::html(&document, "contoh", &mut page)?;
/// assert!(page.starts_with("<!doctype html>") && page.contains("&lt;b&gt;"));
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn html(document: &Document<'_>, title: &str, out: &mut dyn Write) -> fmt::Result {
    let mut rest = PAGE;
    while let Some((before, (name, after))) =
        rest.split_once("{{").and_then(|(before, tail)| Some((before, tail.split_once("}}")?)))
    {
        out.write_str(before)?;
        match name {
            "policy" => out.write_str(POLICY)?,
            "title" => write!(out, "{}", Escaped(title))?,
            "style" => out.write_str(STYLE)?,
            "script" => out.write_str(SCRIPT)?,
            "filters" => filters(document, out)?,
            "text" => text(document, title, out)?,
            _ => names(document, out)?,
        }
        rest = after;
    }
    out.write_str(rest)
}

/// A button for each kind that the text names.
fn filters(document: &Document<'_>, out: &mut dyn Write) -> fmt::Result {
    for (kind, name) in KINDS {
        let count = document.entities().filter(|e| e.kind().label() == kind).count();
        if count > 0 {
            write!(
                out,
                "<button type=\"button\" data-kind=\"{kind}\" aria-pressed=\"true\">\
                 <span class=\"name\">{name}</span> <small>{kind}</small> {count}</button>"
            )?;
        }
    }
    Ok(())
}

/// The paragraphs, which are the lines of the text.
fn text(document: &Document<'_>, title: &str, out: &mut dyn Write) -> fmt::Result {
    if document.headline().is_none() {
        writeln!(out, "<h1 dir=\"auto\">{}</h1>", Escaped(title))?;
    }
    let mut layout = document.layout().iter().peekable();
    let mut mentions = document.entities().enumerate().peekable();
    let mut close = "";
    let mut at = 0;
    for (index, sentence) in document.sentences().enumerate() {
        let span = sentence.span();
        let gap = document.text().get(at..span.range().start).unwrap_or_default();
        if close.is_empty() || gap.contains('\n') {
            while layout.next_if(|l| l.span.start < span.start).is_some() {}
            let kind = layout.peek().filter(|l| l.span.start == span.start).map(|l| l.kind);
            out.write_str(close)?;
            close = match kind {
                Some(LayoutKind::Headline) => {
                    out.write_str("<h1 dir=\"auto\">")?;
                    "</h1>\n"
                }
                None | Some(LayoutKind::Dateline) => {
                    out.write_str("<p dir=\"auto\">")?;
                    "</p>\n"
                }
                Some(_) => {
                    out.write_str("<p dir=\"auto\" class=\"side\">")?;
                    "</p>\n"
                }
            };
        } else {
            write!(out, "{}", Escaped(gap))?;
        }
        let tokens = sentence.tokens().len();
        write!(out, "<span class=\"s\" title=\"Kalimat {}, {tokens} token\">", index + 1)?;
        write_sentence(document, sentence, &mut mentions, out)?;
        out.write_str("</span>")?;
        at = span.range().end;
    }
    out.write_str(close)
}

/// One sentence with the mentions in it.
fn write_sentence<'d, 't>(
    document: &Document<'t>,
    sentence: Sentence<'d, 't>,
    mentions: &mut Peekable<impl Iterator<Item = (usize, Entity<'d, 't>)>>,
    out: &mut dyn Write,
) -> fmt::Result {
    let span = sentence.span().range();
    let mut tokens = sentence.tokens().peekable();
    let mut at = span.start;
    while let Some((index, entity)) = mentions.next_if(|(_, e)| e.range().start < span.end) {
        let range = entity.range().start.max(at)..entity.range().end.min(span.end);
        write_words(document, at..range.start, &mut tokens, out)?;
        let (kind, chain) = (entity.kind(), entity.chain());
        write!(
            out,
            "<mark id=\"m{index}\" tabindex=\"0\" data-kind=\"{kind}\" data-chain=\"{}\" \
             title=\"{}, {}, yakin {:.0}%, disebut {} kali\">",
            chain.index(),
            Escaped(chain.name()),
            name_of(kind),
            entity.score() * 100.0,
            chain.count()
        )?;
        write_words(document, range.clone(), &mut tokens, out)?;
        out.write_str("</mark>")?;
        at = range.end;
    }
    write_words(document, at..span.end, &mut tokens, out)
}

/// The bytes of `range`, with stems in tooltips of the words that lie in it whole.
fn write_words(
    document: &Document<'_>,
    range: Range<usize>,
    tokens: &mut Peekable<Tokens<'_, '_>>,
    out: &mut dyn Write,
) -> fmt::Result {
    let mut at = range.start;
    while let Some(token) = tokens.next_if(|t| t.range().start < range.end) {
        let word = token.range();
        if word.start < at || word.end > range.end || !stem_differs(token) {
            continue;
        }
        let before = document.text().get(at..word.start).unwrap_or_default();
        let (text, stem) = (Escaped(token.text()), Escaped(token.stem()));
        write!(out, "{}<span class=\"w\" title=\"{text} → {stem}\">{text}</span>", Escaped(before))?;
        at = word.end;
    }
    write!(out, "{}", Escaped(document.text().get(at..range.end).unwrap_or_default()))
}

/// Who and what is mentioned, those most mentioned first, with links to the first mention.
fn names(document: &Document<'_>, out: &mut dyn Write) -> fmt::Result {
    let mut chains: Vec<Chain<'_, '_>> = document.chains().collect();
    if chains.is_empty() {
        return writeln!(out, "<p>Tidak ada nama yang ditemukan.</p>");
    }
    chains.sort_by_key(|chain| std::cmp::Reverse(chain.count()));
    writeln!(
        out,
        "<table>\n<thead><tr><th scope=\"col\">Nama</th><th scope=\"col\">Disebut</th></tr></thead>"
    )?;
    for (kind, name) in KINDS {
        let mut of_kind = chains.iter().filter(|c| c.kind().label() == kind).peekable();
        if of_kind.peek().is_none() {
            continue;
        }
        writeln!(
            out,
            "<tbody data-kind=\"{kind}\">\n<tr><th scope=\"rowgroup\" colspan=\"2\">{name}</th></tr>"
        )?;
        for chain in of_kind {
            let mention = chain.mentions().next().map_or(0, |m| m.index());
            writeln!(
                out,
                "<tr data-chain=\"{}\"><td dir=\"auto\"><a href=\"#m{mention}\">{}</a></td><td>{}</td></tr>",
                chain.index(),
                Escaped(chain.name()),
                chain.count()
            )?;
        }
        writeln!(out, "</tbody>")?;
    }
    writeln!(out, "</table>")
}

fn name_of(kind: EntityKind) -> &'static str {
    KINDS.iter().find(|k| k.0 == kind.label()).map_or("nama", |k| k.1)
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
            '\n' | '\r' | '\t' => f.write_char(c),
            c if c.is_control() => f.write_char(in_line(c)),
            c => f.write_char(c),
        })
    }
}
