//! The way of one text through the stages, with buffers that are kept.

use super::chains::Linker;
use super::document::{DocBuf, Document, EntityRow, TokenRow, push_stem, stem_place};
use super::evidence::{Evidence, drop_in_furniture};
use super::{Inner, Pipeline, rules};
use crate::layout::{Layouter, lines};
use crate::ner::{self, TagScratch, TagSpan};
use crate::rules::Rulings;
use crate::stem::{Hint, Stemmer};
use crate::text::Span;
use crate::tokenize::{Token, TokenKind};

/// Analyses one text after the other and keeps its buffers between them. One a thread.
///
/// With the columns of an earlier document ([`Document::into_buf`]) nothing is allocated once the buffers are as large as
/// the texts need. A text of more than 1 MiB leaves no buffers behind.
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
    layouter: Layouter,
    reader: Reader,
    evidence: Evidence,
    linker: Linker,
    stem: String,
}

/// Goes through a text line by line, so that only what is found is held of all of it. The lists borrow their text and
/// are empty between texts.
#[derive(Clone, Debug, Default)]
struct Reader {
    tokens: Vec<Token<'static>>,
    /// Index after the last token of each sentence.
    ends: Vec<u32>,
    units: Vec<Token<'static>>,
    words: Vec<&'static str>,
    found: Vec<TagSpan>,
    tagger: TagScratch,
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
        lines(text, &mut buf.paragraphs);
        if pipeline.layout {
            scratch.layouter.run(text, &buf.paragraphs, &mut buf.layout);
        }
        let long = text.len() > KEPT;
        if long {
            scratch.layouter = Layouter::default();
        }
        let rulings = scratch.reader.read(pipeline, text, &mut buf);
        rules::win(&rulings.wins, &mut buf.entities);
        rules::advise(&rulings.advice, &mut buf.entities);
        if pipeline.second_look && pipeline.tagger.is_some() {
            drop_in_furniture(text, &buf.layout, &mut buf.entities);
            scratch.evidence.second_look(text, &buf.tokens, &buf.layout, &mut buf.entities);
            // What rules say is not for the second look to change.
            rules::win(&rulings.wins, &mut buf.entities);
        }
        buf.entities.retain(|e| e.score >= pipeline.min_score);
        scratch.linker.link(text, &mut buf);
        if let Some(stemmer) = &pipeline.stemmer {
            stem(stemmer, pipeline.tagger.is_some(), text, &mut buf, &mut scratch.stem);
        }
        if long {
            self.scratch = Scratch::default();
            buf.shrink();
        }
        Document::new(text, buf)
    }
}

impl Reader {
    /// Fills tokens, sentences and what the tagger finds into `buf`, whose paragraphs are known, and returns what the
    /// user's rules say.
    fn read<'t>(&mut self, pipeline: &Inner, text: &'t str, buf: &mut DocBuf) -> Rulings {
        let mut rulings = Rulings::default();
        let mut line: Vec<Token<'t>> = emptied(std::mem::take(&mut self.tokens));
        let mut units: Vec<Token<'t>> = emptied(std::mem::take(&mut self.units));
        let mut words: Vec<&'t str> = emptied(std::mem::take(&mut self.words));
        let DocBuf { tokens: rows, sentences, paragraphs, entities, .. } = buf;
        // A little less than the bytes of a token in running text.
        rows.reserve(text.len() / 5);
        let mut tokens = pipeline.tokenizer.tokenize(text);
        for paragraph in paragraphs.iter() {
            line.clear();
            if paragraph.len() > KEPT {
                // Counted first, because growing would hold them twice.
                line.reserve_exact(pipeline.tokenizer.tokenize(paragraph.of(text)).count());
            }
            // Tokens hold no white space, so that the last one ends with the paragraph.
            while line.last().is_none_or(|last| last.span().end < paragraph.end) {
                let Some(token) = tokens.next() else { break };
                line.push(token);
            }
            self.ends.clear();
            pipeline.splitter.split(text, &line, &mut self.ends);
            let (base, mut first) = (count(rows), 0);
            for &end in &self.ends {
                let sentence = line.get(first..end as usize).unwrap_or_default();
                first = end as usize;
                sentences.push(base + end);
                if let Some(tagger) = pipeline.tagger.as_deref() {
                    let units = units_of(text, sentence, &mut units);
                    words.clear();
                    words.extend(units.iter().map(Token::text));
                    self.found.clear();
                    tagger.tag(&words, &mut self.tagger, &mut self.found);
                    self.found.iter().for_each(|span| add(*span, units, entities));
                }
                if let Some(rules) = &pipeline.rules {
                    rules.find(text, sentence, pipeline.stemmer.as_ref(), &mut rulings);
                }
            }
            rows.extend(line.iter().map(|t| TokenRow { span: t.span(), stem: 0, kind: t.kind() }));
        }
        (self.tokens, self.units, self.words) = (emptied(line), emptied(units), emptied(words));
        rulings
    }
}

/// The tokens of a sentence, cut at hyphens between names; `room` is for those of a sentence that has hyphens.
fn units_of<'l, 't>(text: &str, sentence: &'l [Token<'t>], room: &'l mut Vec<Token<'t>>) -> &'l [Token<'t>] {
    let span = |token: Option<&Token<'_>>| token.map(Token::span).unwrap_or_default();
    let all = Span::new(span(sentence.first()).start, span(sentence.last()).end);
    if memchr::memchr(b'-', all.of(text).as_bytes()).is_none() {
        return sentence;
    }
    room.clear();
    sentence.iter().for_each(|&token| ner::units(token, room));
    room
}

/// Appends what a tagger found among `units`.
fn add(found: TagSpan, units: &[Token<'_>], entities: &mut Vec<EntityRow>) {
    let covered = units.get(found.first as usize..found.end as usize).unwrap_or_default();
    let (Some(from), Some(to)) = (covered.first(), covered.last()) else { return };
    let place = Span::new(from.span().start, to.span().end);
    // A tagger of a user's own may answer anything.
    if entities.last().is_none_or(|e| e.span.end <= place.start) {
        let score = if found.score.is_nan() { 0.0 } else { found.score.clamp(0.0, 1.0) };
        entities.push(EntityRow::new(place, found.kind, score));
    }
}

/// How many rows there are.
#[allow(clippy::cast_possible_truncation)] // fewer than bytes of a text below 4 GiB
fn count(rows: &[TokenRow]) -> u32 {
    rows.len() as u32
}

/// Stems the words among the tokens of `buf`. Names stay whole; a capital at the start of a sentence, where the tagger
/// saw no name, makes none.
fn stem(stemmer: &Stemmer<'_>, tagged: bool, text: &str, buf: &mut DocBuf, root: &mut String) {
    let DocBuf { tokens, stems, sentences, entities, .. } = buf;
    let mut entities = entities.iter().peekable();
    let mut ends = sentences.iter().map(|&end| end as usize).peekable();
    let mut starts_sentence = true;
    for (index, row) in tokens.iter_mut().enumerate() {
        row.stem = stem_place(stems);
        if ends.next_if_eq(&index).is_some() {
            starts_sentence = true;
        }
        if row.kind != TokenKind::Word {
            continue;
        }
        let (span, word) = (row.span, { row.span }.of(text));
        while entities.next_if(|e| e.span.end <= span.start).is_some() {}
        let named = entities.peek().is_some_and(|e| e.span.overlaps(span)) || is_acronym(word);
        let hint = match named {
            true => Hint::Name,
            false if tagged && starts_sentence => Hint::Common,
            false => Hint::None,
        };
        starts_sentence = false;
        stemmer.stem_into(word, hint, root);
        push_stem(stems, word, root);
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
    text.get(..end).unwrap_or_default()
}
