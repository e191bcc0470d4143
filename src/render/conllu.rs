//! CoNLL-U, valid by the rules of Universal Dependencies for the columns it fills: multiword tokens, `SpaceAfter`, `newpar`,
//! `sent_id`, `text`. Syntax is not analysed: HEAD and DEPREL stay empty.

use std::fmt::{self, Write};

use crate::pipeline::{Document, TokenView};
use crate::tokenize::TokenKind;
use crate::words::{Word, WordSplitter};

/// Writes `document`; `id` begins the ids of its sentences.
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
/// assert!(out.contains("1-2\tRumahnya\t_"));
/// assert!(out.contains("2\tnya\tnya\t_"));
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn conllu(document: &Document<'_>, id: &str, out: &mut dyn Write) -> fmt::Result {
    let splitter = WordSplitter::with_conventions(document.conventions());
    let mut words = Vec::new();
    let mut end = 0;
    for (index, sentence) in document.sentences().enumerate() {
        let span = sentence.span().range();
        let gap = document.text().get(end..span.start).unwrap_or_default();
        end = span.end;
        if index == 0 || gap.contains('\n') {
            writeln!(out, "# newpar")?;
        }
        writeln!(out, "# sent_id = {}-{}", field(id), index + 1)?;
        writeln!(out, "# text = {}", one_line(sentence.text()))?;
        let mut number = 1;
        for token in sentence.tokens() {
            words.clear();
            splitter.split(token.token(), &mut words);
            let misc = misc(document, token, span.end);
            if let [_, _, ..] = words[..] {
                writeln!(
                    out,
                    "{number}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}",
                    number + words.len() - 1,
                    field(token.text())
                )?;
                for word in &words {
                    writeln!(
                        out,
                        "{number}\t{}\t{}\t_\t_\t_\t_\t_\t_\t_",
                        field(word.text()),
                        field(&lemma(token, word))
                    )?;
                    number += 1;
                }
            } else {
                let upos = upos(token.kind());
                writeln!(
                    out,
                    "{number}\t{}\t{}\t{upos}\t_\t_\t_\t_\t_\t{misc}",
                    field(token.text()),
                    field(token.stem())
                )?;
                number += 1;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The stem for a host, the pronoun or particle itself for a clitic.
fn lemma(token: TokenView<'_, '_>, word: &Word<'_>) -> String {
    match word.clitic() {
        Some(clitic) => clitic.form().to_owned(),
        None => token.stem().to_owned(),
    }
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
fn misc(document: &Document<'_>, token: TokenView<'_, '_>, sentence_end: usize) -> String {
    let range = token.range();
    let mut parts = Vec::new();
    let entity = document.entities().find(|e| e.range().start < range.end && range.start < e.range().end);
    if let Some(entity) = entity {
        let begins = entity.range().start >= range.start;
        parts.push(format!("Entity={}-{}", if begins { 'B' } else { 'I' }, entity.kind()));
    }
    let next = document.text().get(range.end..).and_then(|rest| rest.chars().next());
    if range.end < sentence_end && !next.is_some_and(char::is_whitespace)
        || range.end == sentence_end && next.is_some_and(|c| !c.is_whitespace())
    {
        parts.push("SpaceAfter=No".to_owned());
    }
    if parts.is_empty() { "_".to_owned() } else { parts.join("|") }
}

/// A value of a column: never empty. Tokens hold no white space, but controls would break a reader's lines.
fn field(value: &str) -> String {
    let clean: String = value.chars().map(|c| if is_break(c) { '\u{FFFD}' } else { c }).collect();
    if clean.is_empty() { "_".to_owned() } else { clean }
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_whitespace() {
                ' '
            } else if is_break(c) {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

/// What some reader takes for the end of a line.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
