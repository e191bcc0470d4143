//! The way of one text through the stages, with buffers that are kept.

use super::document::{DocBuf, Document, EntityRow, TokenRow};
use super::{Pipeline, chains, evidence};
use crate::layout::layout_into;
use crate::ner::{TagScratch, TagSpan, units};
use crate::stem::Hint;
use crate::text::Span;
use crate::tokenize::{Token, TokenKind};

/// Analyses one text after the other and keeps its buffers between them. One a thread.
///
/// # Examples
///
/// ```
/// let mut worker = tutur::Pipeline::new().worker();
/// let mut buffer = Default::default();
/// for text in ["Ani tiba di Palu.", "Budi pulang ke Donggala."] {
///     let document = worker.process_with(text, buffer);
///     assert_eq!(document.sentences().count(), 1);
///     buffer = document.into_buf();
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Worker {
    pipeline: Pipeline,
    scratch: TagScratch,
    found: Vec<TagSpan>,
}

/// Texts beyond this many bytes are analysed up to it: offsets have 32 bits.
const LONGEST: usize = u32::MAX as usize;

impl Worker {
    pub(super) fn new(pipeline: Pipeline) -> Worker {
        Worker { pipeline, scratch: TagScratch::default(), found: Vec::new() }
    }

    /// Analyses `text`, as [`Pipeline::process`] does.
    #[must_use]
    pub fn process<'t>(&mut self, text: &'t str) -> Document<'t> {
        self.process_with(text, DocBuf::default())
    }

    /// Analyses `text` into the columns of an earlier document, so that they need not be allocated again.
    #[must_use]
    pub fn process_with<'t>(&mut self, text: &'t str, mut buf: DocBuf) -> Document<'t> {
        buf.clear();
        let text = reachable(text);
        let pipeline = self.pipeline.inner.clone();
        buf.conventions = pipeline.tokenizer.conventions();
        if pipeline.layout {
            layout_into(text, &mut buf.layout);
        }
        let tokens: Vec<Token<'t>> = pipeline.tokenizer.tokenize(text).collect();
        pipeline.splitter.split(text, &tokens, &mut buf.sentences);
        if pipeline.tagger.is_some() {
            self.tag(text, &tokens, &mut buf);
            if pipeline.second_look {
                evidence::drop_in_furniture(text, &buf.layout, &mut buf.entities);
                evidence::second_look(text, &tokens, &buf.layout, &mut buf.entities);
            }
            chains::link(text, &mut buf);
        }
        self.stem(&tokens, &mut buf);
        Document::new(text, buf)
    }

    fn tag<'t>(&mut self, text: &'t str, tokens: &[Token<'t>], buf: &mut DocBuf) {
        let Some(tagger) = self.pipeline.inner.tagger.as_deref() else { return };
        let (mut parts, mut words) = (Vec::new(), Vec::new());
        let mut first = 0;
        for &end in &buf.sentences {
            let sentence = tokens.get(first..end as usize).unwrap_or_default();
            first = end as usize;
            parts.clear();
            words.clear();
            sentence.iter().for_each(|&token| units(token, &mut parts));
            words.extend(parts.iter().map(Token::text));
            self.found.clear();
            tagger.tag(&words, &mut self.scratch, &mut self.found);
            for span in &self.found {
                let Some(covered) = parts.get(span.first as usize..span.end as usize) else { continue };
                let (Some(from), Some(to)) = (covered.first(), covered.last()) else { continue };
                let span_in_text = Span::new(from.span().start, to.span().end);
                let ordered = buf.entities.last().is_none_or(|e| e.span.end <= span_in_text.start);
                // A tagger of a user's own may answer anything.
                if ordered && text.get(span_in_text.range()).is_some() {
                    let row = EntityRow { span: span_in_text, kind: span.kind, score: span.score, chain: 0 };
                    buf.entities.push(row);
                }
            }
        }
    }

    /// Stems the words. Names stay whole; a capital at the start of a sentence, where the tagger saw no name, makes none.
    fn stem(&self, tokens: &[Token<'_>], buf: &mut DocBuf) {
        let stemmer = self.pipeline.inner.stemmer.as_ref();
        let tagged = self.pipeline.inner.tagger.is_some();
        let mut entities = buf.entities.iter().peekable();
        let mut ends = buf.sentences.iter().map(|&end| end as usize).peekable();
        let mut starts_sentence = true;
        for (index, token) in tokens.iter().enumerate() {
            let span = token.span();
            if ends.next_if_eq(&index).is_some() {
                starts_sentence = true;
            }
            while entities.peek().is_some_and(|e| e.span.end <= span.start) {
                entities.next();
            }
            let mut stem = Span::default();
            if let Some(stemmer) = stemmer.filter(|_| token.kind() == TokenKind::Word) {
                let named =
                    entities.peek().is_some_and(|e| e.span.overlaps(span)) || is_acronym(token.text());
                let hint = match named {
                    true => Hint::Name,
                    false if tagged && starts_sentence => Hint::Common,
                    false => Hint::None,
                };
                starts_sentence = false;
                let found = stemmer.stem_hinted(token.text(), hint);
                if found != token.text() {
                    let start = buf.stems.len();
                    buf.stems.push_str(&found);
                    #[allow(clippy::cast_possible_truncation)] // stems are not longer than a text below 4 GiB
                    let range = Span::new(start as u32, buf.stems.len() as u32);
                    stem = range;
                }
            }
            buf.tokens.push(TokenRow { span, kind: token.kind(), stem });
        }
    }
}

/// Whether a word of capitals is short enough to be an acronym rather than a shout; those have no affixes.
fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// The part of `text` that 32-bit offsets reach.
fn reachable(text: &str) -> &str {
    if text.len() < LONGEST {
        return text;
    }
    let mut end = LONGEST - 1;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
