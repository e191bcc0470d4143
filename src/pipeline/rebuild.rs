//! A document put together from columns that came from elsewhere. Everything that views rely on is checked here, so that
//! damaged data is an error and never a panic.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use super::document::{ChainRow, DocBuf, Document, EntityRow, NONE, TokenRow, push_stem, stem_place};
use crate::error::{Error, ErrorKind, Result};
use crate::layout::{LayoutSpan, lines};
use crate::ner::EntityKind;
use crate::text::Span;
use crate::tokenize::{Conventions, Token};

/// Puts a document together from its parts, in the order of the text.
#[derive(Clone, Debug)]
pub(crate) struct Rebuild<'t> {
    text: &'t str,
    buf: DocBuf,
}

impl<'t> Rebuild<'t> {
    pub(crate) fn new(text: &'t str, conventions: Conventions, layout: Vec<LayoutSpan>) -> Rebuild<'t> {
        Rebuild { text, buf: DocBuf { conventions, layout, ..DocBuf::default() } }
    }

    /// Appends a token; `first` where it begins a sentence. `stem` is the token's text where it is its own.
    ///
    /// # Errors
    ///
    /// `Format` for an empty stem; `TooLarge` where all stems together pass 4 GiB.
    pub(crate) fn token(&mut self, token: Token<'t>, stem: &str, first: bool) -> Result<()> {
        if stem.is_empty() {
            return Err(wrong("token", self.buf.tokens.len(), "a stem"));
        }
        if self.buf.stems.len().saturating_add(stem.len()) >= u32::MAX as usize {
            return Err(Error::new(ErrorKind::TooLarge, "the stems pass 4 GiB"));
        }
        let place = stem_place(&self.buf.stems);
        push_stem(&mut self.buf.stems, token.text(), stem);
        self.buf.tokens.push(TokenRow { span: token.span(), stem: place, kind: token.kind() });
        let end = index(self.buf.tokens.len());
        match self.buf.sentences.last_mut().filter(|_| !first) {
            Some(last) => *last = end,
            None => self.buf.sentences.push(end),
        }
        Ok(())
    }

    /// Appends an entity of the chain with index `chain`.
    pub(crate) fn entity(&mut self, span: Span, kind: EntityKind, score: f32, chain: usize) {
        self.buf.entities.push(EntityRow { chain: index(chain), ..EntityRow::new(span, kind, score) });
    }

    /// Appends a chain; `name` is its fullest mention. Mentions are counted by [`finish`](Rebuild::finish).
    pub(crate) fn chain(&mut self, name: Span, kind: EntityKind) {
        self.buf.chains.push(ChainRow::new(name, kind));
    }

    /// The document.
    ///
    /// # Errors
    ///
    /// `Format` where the columns are not those of a document of this text: a span outside the text or inside a
    /// character, out of order or upon another; tokens that leave out more than white space; an index out of range, a
    /// score that is no probability; chains without their mentions. `TooLarge` for a text that 32-bit offsets do not
    /// reach.
    pub(crate) fn finish(mut self) -> Result<Document<'t>> {
        if self.text.len() >= u32::MAX as usize {
            return Err(Error::new(ErrorKind::TooLarge, "the text passes 4 GiB"));
        }
        self.check_tokens()?;
        self.check_entities()?;
        self.buf.link_mentions();
        self.check_chains()?;
        self.ordered("layout", self.buf.layout.iter().map(|l| l.span))?;
        lines(self.text, &mut self.buf.paragraphs);
        Ok(Document::new(self.text, self.buf))
    }

    fn check_tokens(&self) -> Result<()> {
        self.ordered("token", self.buf.tokens.iter().map(|t| t.span))?;
        let mut at = 0;
        for (index, token) in self.buf.tokens.iter().enumerate() {
            let gap = Span::new(at, token.span.start).of(self.text);
            if !gap.trim().is_empty() || token.span.of(self.text).contains(char::is_whitespace) {
                return Err(wrong("token", index, "white space around it alone, and none within"));
            }
            at = token.span.end;
        }
        match self.text.get(at as usize..).is_some_and(|rest| rest.trim().is_empty()) {
            true => Ok(()),
            false => Err(wrong("token", self.buf.tokens.len(), "one for the text behind the last")),
        }
    }

    fn check_entities(&self) -> Result<()> {
        self.ordered("entity", self.buf.entities.iter().map(|e| e.span))?;
        for (index, entity) in self.buf.entities.iter().enumerate() {
            if !(0.0..=1.0).contains(&entity.score) {
                return Err(wrong("entity", index, "a score between 0 and 1"));
            }
            if self.buf.chains.get(entity.chain as usize).is_none_or(|chain| chain.kind != entity.kind) {
                return Err(wrong("entity", index, "the index of a chain of its kind"));
            }
        }
        Ok(())
    }

    /// Whether chains come in the order of their first mentions, each named as one of its own.
    fn check_chains(&self) -> Result<()> {
        let mut before = None;
        for (index, chain) in self.buf.chains.iter().enumerate() {
            if chain.first == NONE || before.is_some_and(|before| chain.first <= before) {
                return Err(wrong("chain", index, "a mention, behind the first of the chain before"));
            }
            before = Some(chain.first);
            let at = self.buf.entities.partition_point(|e| e.span.start < chain.name.start);
            let named = |e: &EntityRow| e.span == chain.name && e.chain as usize == index;
            if !self.buf.entities.get(at).is_some_and(named) {
                return Err(wrong("chain", index, "the bytes of one of its mentions as its name"));
            }
        }
        Ok(())
    }

    /// Checks that `spans` are parts of the text, not empty, in order and apart.
    fn ordered(&self, what: &str, spans: impl Iterator<Item = Span>) -> Result<()> {
        let mut at = 0;
        for (index, span) in spans.enumerate() {
            if span.start < at || span.start >= span.end || self.text.get(span.range()).is_none() {
                let message = format!("a part of the text behind the one before, found {span:?}");
                return Err(wrong(what, index, &message));
            }
            at = span.end;
        }
        Ok(())
    }
}

/// Counts of a text below 4 GiB fit; others are out of every range.
fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}

fn wrong(what: &str, index: usize, expected: &str) -> Error {
    Error::new(ErrorKind::Format, format!("expected {expected}")).at(format_args!("{what} {index}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Pipeline;
    use crate::tokenize::TokenKind;

    fn parts<'t>(document: &Document<'t>) -> Rebuild<'t> {
        let mut parts = Rebuild::new(document.text(), document.conventions(), document.layout().to_vec());
        for sentence in document.sentences() {
            for (place, token) in sentence.tokens().enumerate() {
                parts.token(token.token(), token.stem(), place == 0).unwrap();
            }
        }
        for entity in document.entities() {
            parts.entity(entity.span(), entity.kind(), entity.score(), entity.chain().index());
        }
        document.chains().for_each(|chain| parts.chain(chain.name_span(), chain.kind()));
        parts
    }

    /// Looks at everything that a view can show.
    fn visit(document: &Document<'_>) -> usize {
        let sentences = document.sentences().map(|s| s.text().len() + s.words().count() + s.entities().len());
        let tokens = document.tokens().map(|t| t.stem().len() + t.sentence().map_or(0, |s| s.index()));
        let chains = document.chains().map(|c| c.name().len() + c.mentions().count());
        let entities =
            document.entities().map(|e| e.text().len() + e.chain().count() + e.tokens().len() + e.index());
        let paragraphs = document.paragraphs().map(|p| p.text().len() + p.sentences().count());
        let bytes = (0..=document.text().len())
            .filter(|&b| document.token_at(b).is_some() || document.sentence_at(b).is_some());
        sentences.sum::<usize>()
            + tokens.sum::<usize>()
            + chains.sum::<usize>()
            + entities.sum::<usize>()
            + paragraphs.sum::<usize>()
            + bytes.count()
            + document.main_text().count()
            + usize::from(document.dateline().is_some())
    }

    const TEXT: &str = "Warga Palu Rayakan Panen Raya\n\nPALU - Gubernur Sulawesi Tengah “Ani Wijaya” tiba di \
        Palu. Menurut Wijaya, Badan Pusat Statistik (BPS) keliru.\n(rsd)\n";

    #[test]
    fn a_document_comes_back_from_its_parts() {
        for text in [TEXT, "", " \n", "😂", include_str!("../../examples/data/berita.txt")] {
            let document = Pipeline::new().process(text);
            let back = parts(&document).finish().unwrap();
            assert_eq!(back, document);
        }
    }

    /// Each change breaks one promise; the error names the row.
    #[test]
    fn every_broken_promise_is_an_error() {
        let document = Pipeline::new().process(TEXT);
        let check = |name: &str, change: &dyn Fn(&mut DocBuf)| {
            let mut changed = parts(&document);
            change(&mut changed.buf);
            let error = changed.finish().expect_err(name);
            assert_eq!(error.kind(), ErrorKind::Format, "{name}");
            assert!(error.to_string().starts_with(name), "{name}: {error}");
        };
        let quote = TEXT.find('“').unwrap() as u32;
        check("token 2", &|p| p.tokens[2].span.end = 1_000);
        check("token 2", &|p| p.tokens[2].span = p.tokens[1].span);
        check("token 3", &|p| {
            p.tokens.remove(3);
        });
        check("token 0", &|p| p.tokens.clear());
        check("token 0", &|p| p.tokens[0].span = Span { start: 4, end: 2 });
        check("token 0", &|p| {
            p.tokens.truncate(1);
            p.tokens[0].span = Span::new(0, TEXT.len() as u32);
        });
        check("entity 0", &|p| p.entities[0].span = Span::new(quote + 1, quote + 4));
        check("entity 0", &|p| p.entities[0].chain = 99);
        check("entity 0", &|p| p.entities[0].score = f32::NAN);
        check("entity 0", &|p| p.entities[0].score = 1.5);
        check("entity 0", &|p| p.entities[0].kind = EntityKind::Other(3));
        check("entity 1", &|p| p.entities[1].span = p.entities[0].span);
        check("chain", &|p| p.chains.push(p.chains[0]));
        check("chain 1", &|p| p.chains[1].name = p.chains[0].name);
        check("layout 0", &|p| p.layout[0].span.end = u32::MAX);
        check("layout 1", &|p| p.layout[1].span = p.layout[0].span);
        let empty = parts(&document).token(Token::new("Palu", 6, TokenKind::Word), "", true).unwrap_err();
        assert_eq!(empty.kind(), ErrorKind::Format);
    }

    /// Whatever the columns hold, the answer is an error or a document whose views all work.
    #[test]
    fn damage_never_panics() {
        let document = Pipeline::new().process(TEXT);
        let mut state = 88_172_645_463_325_252u64;
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as usize % below.max(1)
        };
        let mut whole = 0;
        for _ in 0..4_000 {
            let mut rebuild = parts(&document);
            let p = &mut rebuild.buf;
            for _ in 0..=random(2) {
                let value = [0, 1, random(200), u32::MAX as usize][random(4)] as u32;
                let (t, e, c, l) = (
                    random(p.tokens.len()),
                    random(p.entities.len()),
                    random(p.chains.len()),
                    random(p.layout.len()),
                );
                match random(12) {
                    0 => p.tokens[t].span.start = value,
                    1 => p.tokens[t].span.end = value,
                    2 => p.tokens[t].kind = TokenKind::Symbol,
                    4 => p.entities[e].span = Span { start: value, end: random(200) as u32 },
                    5 => p.entities[e].chain = value,
                    6 => p.entities[e].score = random(3) as f32 * 0.6,
                    7 => p.chains[c].name = Span { start: value, end: random(200) as u32 },
                    8 => p.layout[l].span = Span { start: value, end: random(200) as u32 },
                    9 => p.entities.swap(e, 0),
                    10 => p.entities.truncate(e.max(1)),
                    _ => p.chains.truncate(c.max(1)),
                }
            }
            if let Ok(document) = rebuild.finish() {
                whole += usize::from(visit(&document) > 0);
            }
        }
        assert!(whole > 100, "{whole}");
    }
}
