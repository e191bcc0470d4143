//! The way of one text through the stages, with buffers that are kept.

use super::chains::Linker;
use super::document::{DocBuf, Document, EntityRow, TokenRow, push_stem};
use super::evidence::{Evidence, drop_in_furniture};
use super::{Inner, Pipeline, rules};
use crate::layout::layout_into;
use crate::ner::{TagScratch, TagSpan, Tagger, units};
use crate::rules::Rulings;
use crate::stem::Hint;
use crate::text::Span;
use crate::tokenize::{Token, TokenKind};

/// Analyses one text after the other and keeps its buffers between them. One a thread.
///
/// With the columns of an earlier document ([`Document::into_buf`]) nothing is allocated once the buffers are as large as
/// the texts need, but what the layout of a page does. A text of more than 1 MiB leaves no buffers behind.
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
    scratch: Scratch,
}

#[derive(Clone, Debug, Default)]
struct Scratch {
    tagging: Tagging,
    evidence: Evidence,
    linker: Linker,
    /// Memory of the list of tokens, which borrow their text; empty between texts.
    tokens: Vec<Token<'static>>,
    stem: String,
}

/// Buffers of the tagger and of what passes between it and the document.
#[derive(Clone, Debug, Default)]
struct Tagging {
    tagger: TagScratch,
    found: Vec<TagSpan>,
    units: Vec<Token<'static>>,
    words: Vec<&'static str>,
}

/// Texts beyond this many bytes are analysed up to it: offsets have 32 bits.
const LONGEST: usize = u32::MAX as usize;

/// Texts beyond this many bytes leave no buffers behind, so that one of them does not fix the memory of a long run.
const KEPT: usize = 1 << 20;

impl Worker {
    pub(super) fn new(pipeline: Pipeline) -> Worker {
        Worker { pipeline, scratch: Scratch::default() }
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
        let (pipeline, scratch) = (&*self.pipeline.inner, &mut self.scratch);
        buf.conventions = pipeline.tokenizer.conventions();
        buf.find_paragraphs(text);
        if pipeline.layout {
            layout_into(text, &mut buf.layout);
        }
        let mut tokens: Vec<Token<'t>> = emptied(std::mem::take(&mut scratch.tokens));
        tokens.extend(pipeline.tokenizer.tokenize(text));
        pipeline.splitter.split(text, &tokens, &mut buf.sentences);
        if let Some(tagger) = pipeline.tagger.as_deref() {
            scratch.tagging.run(tagger, &tokens, &mut buf);
        }
        let rulings = pipeline.rulings(text, &tokens, &buf.sentences);
        rules::win(&rulings.wins, &mut buf.entities);
        rules::advise(&rulings.advice, &mut buf.entities);
        if pipeline.second_look && pipeline.tagger.is_some() {
            drop_in_furniture(text, &buf.layout, &mut buf.entities);
            scratch.evidence.second_look(text, &tokens, &buf.layout, &mut buf.entities);
            // What rules say is not for the second look to change.
            rules::win(&rulings.wins, &mut buf.entities);
        }
        buf.entities.retain(|e| e.score >= pipeline.min_score);
        scratch.linker.link(text, &mut buf);
        stem(pipeline, &tokens, &mut buf, &mut scratch.stem);
        scratch.tokens = emptied(tokens);
        if text.len() > KEPT {
            self.scratch = Scratch::default();
        }
        Document::new(text, buf)
    }
}

impl Inner {
    /// What the user's rules say of the text.
    fn rulings(&self, text: &str, tokens: &[Token<'_>], sentences: &[u32]) -> Rulings {
        let mut rulings = Rulings::default();
        let Some(rules) = &self.rules else { return rulings };
        let mut first = 0;
        for &end in sentences {
            let sentence = tokens.get(first..end as usize).unwrap_or_default();
            first = end as usize;
            rules.find(text, sentence, self.stemmer.as_ref(), &mut rulings);
        }
        rulings
    }
}

impl Tagging {
    /// Puts the entities of all sentences into `buf`.
    fn run<'t>(&mut self, tagger: &dyn Tagger, tokens: &[Token<'t>], buf: &mut DocBuf) {
        let mut parts: Vec<Token<'t>> = emptied(std::mem::take(&mut self.units));
        let mut words: Vec<&'t str> = emptied(std::mem::take(&mut self.words));
        let mut first = 0;
        for &end in &buf.sentences {
            let sentence = tokens.get(first..end as usize).unwrap_or_default();
            first = end as usize;
            parts.clear();
            words.clear();
            sentence.iter().for_each(|&token| units(token, &mut parts));
            words.extend(parts.iter().map(Token::text));
            self.found.clear();
            tagger.tag(&words, &mut self.tagger, &mut self.found);
            for span in &self.found {
                let Some(covered) = parts.get(span.first as usize..span.end as usize) else { continue };
                let (Some(from), Some(to)) = (covered.first(), covered.last()) else { continue };
                let place = Span::new(from.span().start, to.span().end);
                // A tagger of a user's own may answer anything.
                if buf.entities.last().is_none_or(|e| e.span.end <= place.start) {
                    let score = if span.score.is_nan() { 0.0 } else { span.score.clamp(0.0, 1.0) };
                    buf.entities.push(EntityRow::new(place, span.kind, score));
                }
            }
        }
        (self.units, self.words) = (emptied(parts), emptied(words));
    }
}

/// Fills the tokens of `buf` and stems the words. Names stay whole; a capital at the start of a sentence, where the
/// tagger saw no name, makes none.
fn stem(pipeline: &Inner, tokens: &[Token<'_>], buf: &mut DocBuf, root: &mut String) {
    let tagged = pipeline.tagger.is_some();
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
        if let Some(stemmer) = pipeline.stemmer.as_ref().filter(|_| token.kind() == TokenKind::Word) {
            let named = entities.peek().is_some_and(|e| e.span.overlaps(span)) || is_acronym(token.text());
            let hint = match named {
                true => Hint::Name,
                false if tagged && starts_sentence => Hint::Common,
                false => Hint::None,
            };
            starts_sentence = false;
            stemmer.stem_into(token.text(), hint, root);
            stem = push_stem(&mut buf.stems, token.text(), root);
        }
        buf.tokens.push(TokenRow { span, kind: token.kind(), stem });
    }
}

/// An empty list in the memory of `list`, for elements that borrow another text: collecting into a list of elements of
/// the same size reuses its memory, which `tests/alloc.rs` counts.
fn emptied<A, B>(list: Vec<A>) -> Vec<B> {
    list.into_iter().filter_map(|_| None).collect()
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
