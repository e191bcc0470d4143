//! CoNLL-U, valid by the rules of Universal Dependencies for the columns it fills: multiword tokens, `SpaceAfter`,
//! `newdoc`, `newpar`, `sent_id`, `text`. Syntax is not analysed: HEAD and DEPREL stay empty.

use std::fmt::{self, Write};
use std::iter::Peekable;

use super::clean::in_line;
use crate::pipeline::{Document, Entities, Sentence, TokenView};
use crate::tokenize::TokenKind;
use crate::words::{Word, WordSplitter};

/// Writes `document`; `id` names it and begins the ids of its sentences (`a1-1`, `a1-2`, ...). Ids of one file have to
/// differ. White space, `/`, `%` and control characters of an id are written as `%20`, so that different ids stay so.
///
/// Paragraphs are lines of the text. `text` is what the forms and `SpaceAfter` rebuild: the sentence as written, with
/// one space for white space of any kind and length, and U+FFFD for control characters. MISC holds `NER=B-PER` and so
/// on, of the first entity in the token. Forms are as written, also where they are not in Unicode's normal form C.
///
/// # Errors
///
/// Only those of `out`.
///
/// # Examples
///
/// ```
/// let document = tutur::Pipeline::new().process("Rumahnya di Palu.");
/// let mut out = String::new();
/// tutur::render::conllu(&document, "contoh", &mut out)?;
/// assert!(out.starts_with("# newdoc id = contoh\n# newpar\n# sent_id = contoh-1\n# text = Rumahnya di Palu.\n"));
/// assert!(out.contains("1-2\tRumahnya\t_"));
/// assert!(out.contains("2\tnya\tnya\t_"));
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn conllu(document: &Document<'_>, id: &str, out: &mut dyn Write) -> fmt::Result {
    let splitter = WordSplitter::with_conventions(document.conventions());
    let mut words = Vec::new();
    let mut entities = document.entities().peekable();
    let id = escaped(id);
    let mut end = 0;
    for (index, sentence) in document.sentences().enumerate() {
        let span = sentence.span().range();
        let gap = document.text().get(end..span.start).unwrap_or_default();
        end = span.end;
        if index == 0 {
            writeln!(out, "# newdoc id = {id}")?;
        }
        if index == 0 || gap.contains('\n') {
            writeln!(out, "# newpar")?;
        }
        writeln!(out, "# sent_id = {id}-{}", index + 1)?;
        writeln!(out, "# text = {}", surface(document, sentence))?;
        let mut number = 1;
        for token in sentence.tokens() {
            words.clear();
            splitter.split(token.token(), &mut words);
            let misc = misc(document, token, &mut entities);
            let form = field(token.text());
            if let [_, _, ..] = words[..] {
                let last = number + words.len() - 1;
                writeln!(out, "{number}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}")?;
                for word in &words {
                    let (form, lemma) = (field(word.text()), field(lemma(token, word)));
                    writeln!(out, "{number}\t{form}\t{lemma}\t_\t_\t_\t_\t_\t_\t_")?;
                    number += 1;
                }
            } else {
                let (lemma, upos) = (field(token.stem()), upos(token.kind()));
                writeln!(out, "{number}\t{form}\t{lemma}\t{upos}\t_\t_\t_\t_\t_\t{misc}")?;
                number += 1;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The stem for a host, the pronoun or particle itself for a clitic.
fn lemma<'d>(token: TokenView<'d, '_>, word: &Word<'_>) -> &'d str {
    word.clitic().map_or_else(|| token.stem(), |clitic| clitic.form())
}

/// Parts of speech that the form decides.
fn upos(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Punctuation => "PUNCT",
        TokenKind::Number | TokenKind::Date | TokenKind::Time => "NUM",
        TokenKind::Symbol | TokenKind::Currency | TokenKind::Emoji | TokenKind::Emoticon => "SYM",
        TokenKind::Url | TokenKind::Email => "X",
        _ => "_",
    }
}

/// Entity tag and `SpaceAfter`, in alphabetical order as the format asks.
fn misc(
    document: &Document<'_>,
    token: TokenView<'_, '_>,
    entities: &mut Peekable<Entities<'_, '_>>,
) -> String {
    let range = token.range();
    let mut parts = Vec::new();
    while entities.next_if(|e| e.range().end <= range.start).is_some() {}
    if let Some(entity) = entities.peek().filter(|e| e.range().start < range.end) {
        let position = if entity.range().start >= range.start { 'B' } else { 'I' };
        parts.push(format!("NER={position}-{}", entity.kind()));
    }
    if !space_after(document, token) {
        parts.push("SpaceAfter=No".to_owned());
    }
    if parts.is_empty() { "_".to_owned() } else { parts.join("|") }
}

/// Whether white space or the end of the text follows.
fn space_after(document: &Document<'_>, token: TokenView<'_, '_>) -> bool {
    let rest = document.text().get(token.range().end..).unwrap_or_default();
    rest.chars().next().is_none_or(char::is_whitespace)
}

/// The sentence as its forms and spaces rebuild it.
fn surface(document: &Document<'_>, sentence: Sentence<'_, '_>) -> String {
    let mut text = String::with_capacity(sentence.text().len());
    for token in sentence.tokens() {
        text.extend(token.text().chars().map(in_line));
        if space_after(document, token) {
            text.push(' ');
        }
    }
    text.truncate(text.trim_end_matches(' ').len());
    text
}

/// A value of a column: never empty. Tokens hold no white space, but controls would break a reader's lines.
fn field(value: &str) -> String {
    if value.is_empty() { "_".to_owned() } else { value.chars().map(in_line).collect() }
}

/// An id without white space and without `/`, which UD keeps for parallel treebanks.
fn escaped(id: &str) -> String {
    let mut clean = String::with_capacity(id.len());
    for c in id.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '/' | '%') {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|b| clean.push_str(&format!("%{b:02X}")));
        } else {
            clean.push(c);
        }
    }
    if clean.is_empty() { "_".to_owned() } else { clean }
}
