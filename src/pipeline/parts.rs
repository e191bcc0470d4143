//! A document made of columns that came from elsewhere. Everything that views rely on is checked here, so that damaged
//! data is an error and never a panic.
#![allow(dead_code)] // for `render::json`, to read documents back

use super::document::{ChainRow, DocBuf, Document, EntityRow, TokenRow, push_stem};
use crate::error::{Error, ErrorKind, Result};
use crate::layout::LayoutSpan;
use crate::ner::EntityKind;
use crate::text::Span;
use crate::tokenize::{Conventions, TokenKind};

/// The columns of a document, unchecked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) conventions: Conventions,
    pub(crate) tokens: Vec<TokenPart>,
    /// Index after the last token of each sentence.
    pub(crate) sentences: Vec<usize>,
    pub(crate) entities: Vec<EntityPart>,
    pub(crate) chains: Vec<ChainPart>,
    pub(crate) layout: Vec<LayoutSpan>,
}

/// A token: its bytes, its kind and its stem, which is its text where it is its own.
#[derive(Clone, Debug)]
pub(crate) struct TokenPart {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    pub(crate) stem: String,
}

/// A mention, and the index of its chain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntityPart {
    pub(crate) span: Span,
    pub(crate) kind: EntityKind,
    pub(crate) score: f32,
    pub(crate) chain: usize,
}

/// A chain: the bytes of one of its mentions, the fullest, and the kind of all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChainPart {
    pub(crate) name: Span,
    pub(crate) kind: EntityKind,
}

impl<'t> Document<'t> {
    /// A document of `text` with these columns.
    ///
    /// # Errors
    ///
    /// `Format` where the columns are not those of a document of this text: a span outside the text or inside a
    /// character, out of order or upon another; tokens that leave out more than white space; sentences that do not part
    /// the tokens; an index out of range, a score that is no probability, an empty stem; chains without their mentions.
    /// `TooLarge` for a text that 32-bit offsets do not reach.
    pub(crate) fn from_parts(text: &'t str, parts: Parts) -> Result<Document<'t>> {
        if u32::try_from(text.len()).is_err() {
            return Err(Error::new(ErrorKind::TooLarge, "the text passes 4 GiB"));
        }
        let mut buf = DocBuf { conventions: parts.conventions, ..DocBuf::default() };
        buf.part_lines(text);
        fill_tokens(text, &parts.tokens, &mut buf)?;
        fill_sentences(&parts.sentences, &mut buf)?;
        fill_entities(text, &parts, &mut buf)?;
        ordered(text, "layout", parts.layout.iter().map(|l| l.span))?;
        buf.layout = parts.layout;
        Ok(Document::new(text, buf))
    }
}

fn fill_tokens(text: &str, tokens: &[TokenPart], buf: &mut DocBuf) -> Result<()> {
    ordered(text, "token", tokens.iter().map(|t| t.span))?;
    let mut at = 0;
    for (index, token) in tokens.iter().enumerate() {
        let shown = token.span.of(text);
        let gap = Span::new(at, token.span.start).of(text);
        if !gap.trim().is_empty() || shown.contains(char::is_whitespace) {
            return Err(wrong("token", index, "white space around it alone, and none within"));
        }
        if token.stem.is_empty() {
            return Err(wrong("token", index, "a stem"));
        }
        if buf.stems.len() + token.stem.len() >= u32::MAX as usize {
            return Err(Error::new(ErrorKind::TooLarge, "the stems pass 4 GiB"));
        }
        let stem = push_stem(&mut buf.stems, shown, &token.stem);
        buf.tokens.push(TokenRow { span: token.span, kind: token.kind, stem });
        at = token.span.end;
    }
    match text.get(at as usize..).is_some_and(|rest| rest.trim().is_empty()) {
        true => Ok(()),
        false => Err(wrong("token", tokens.len(), "one for the text behind the last")),
    }
}

fn fill_sentences(ends: &[usize], buf: &mut DocBuf) -> Result<()> {
    let mut before = 0;
    for (index, &end) in ends.iter().enumerate() {
        match u32::try_from(end) {
            Ok(small) if end > before && end <= buf.tokens.len() => buf.sentences.push(small),
            _ => return Err(wrong("sentence", index, "an end behind the one before, within the tokens")),
        }
        before = end;
    }
    if before == buf.tokens.len() {
        return Ok(());
    }
    Err(wrong("sentence", ends.len(), "one for the tokens behind the last"))
}

fn fill_entities(text: &str, parts: &Parts, buf: &mut DocBuf) -> Result<()> {
    ordered(text, "entity", parts.entities.iter().map(|e| e.span))?;
    buf.chains.extend(parts.chains.iter().map(|c| ChainRow::new(c.name, c.kind)));
    for (index, entity) in parts.entities.iter().enumerate() {
        if !(0.0..=1.0).contains(&entity.score) {
            return Err(wrong("entity", index, "a score between 0 and 1"));
        }
        let mut row = EntityRow::new(entity.span, entity.kind, entity.score);
        row.chain = match parts.chains.get(entity.chain) {
            Some(chain) if chain.kind == entity.kind => u32::try_from(entity.chain).unwrap_or(u32::MAX),
            _ => return Err(wrong("entity", index, "the index of a chain of its kind")),
        };
        buf.entities.push(row);
    }
    buf.thread_chains();
    let mut first = None;
    for (index, chain) in buf.chains.iter().enumerate() {
        // Without mentions, the first of them has no index.
        if chain.mentions == 0 || first.is_some_and(|before| chain.first <= before) {
            return Err(wrong("chain", index, "a mention, behind the first of the chain before"));
        }
        first = Some(chain.first);
    }
    for (index, chain) in buf.chains.iter().enumerate() {
        let at = buf.entities.partition_point(|e| e.span.start < chain.name.start);
        let named = buf.entities.get(at).is_some_and(|e| e.span == chain.name && e.chain as usize == index);
        if !named {
            return Err(wrong("chain", index, "the bytes of one of its mentions as its name"));
        }
    }
    Ok(())
}

/// Checks that `spans` are parts of `text`, not empty, in order and apart.
fn ordered(text: &str, what: &str, spans: impl Iterator<Item = Span>) -> Result<()> {
    let mut at = 0;
    for (index, span) in spans.enumerate() {
        if span.start < at || span.start >= span.end || text.get(span.range()).is_none() {
            let message = format!("a part of the text behind the one before, found {span:?}");
            return Err(wrong(what, index, &message));
        }
        at = span.end;
    }
    Ok(())
}

fn wrong(what: &str, index: usize, expected: &str) -> Error {
    Error::new(ErrorKind::Format, format!("expected {expected}")).at(format_args!("{what} {index}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Pipeline;

    fn parts(document: &Document<'_>) -> Parts {
        Parts {
            conventions: document.conventions(),
            tokens: document
                .tokens()
                .map(|t| TokenPart { span: t.span(), kind: t.kind(), stem: t.stem().to_owned() })
                .collect(),
            sentences: document
                .sentences()
                .map(|s| s.tokens().next_back().map_or(0, |t| t.index() + 1))
                .collect(),
            entities: document
                .entities()
                .map(|e| EntityPart {
                    span: e.span(),
                    kind: e.kind(),
                    score: e.score(),
                    chain: e.chain().index(),
                })
                .collect(),
            chains: document.chains().map(|c| ChainPart { name: c.name_span(), kind: c.kind() }).collect(),
            layout: document.layout().to_vec(),
        }
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
            let back = Document::from_parts(text, parts(&document)).unwrap();
            assert_eq!(back, document);
        }
    }

    /// Each change breaks one promise; the error names the row.
    #[test]
    fn every_broken_promise_is_an_error() {
        let document = Pipeline::new().process(TEXT);
        let check = |name: &str, change: &dyn Fn(&mut Parts)| {
            let mut changed = parts(&document);
            change(&mut changed);
            let error = Document::from_parts(TEXT, changed).expect_err(name);
            assert_eq!(error.kind(), ErrorKind::Format, "{name}");
            assert!(error.to_string().starts_with(name), "{name}: {error}");
        };
        let quote = TEXT.find('“').unwrap() as u32;
        check("token 2", &|p| p.tokens[2].span.end = 1_000);
        check("token 2", &|p| p.tokens[2].span = p.tokens[1].span);
        check("token 3", &|p| {
            p.tokens.remove(3);
        });
        check("token 0", &|p| p.tokens[0].stem.clear());
        check("token 0", &|p| p.tokens.clear());
        check("token 0", &|p| p.tokens[0].span = Span { start: 4, end: 2 });
        check("token 0", &|p| {
            let whole = TokenPart { span: Span::new(0, TEXT.len() as u32), ..p.tokens[0].clone() };
            p.tokens = vec![whole];
        });
        check("sentence 0", &|p| p.sentences[0] = 0);
        check("sentence 1", &|p| p.sentences[1] = p.sentences[0]);
        check("sentence 0", &|p| p.sentences[0] = usize::MAX);
        check("sentence", &|p| p.sentences.truncate(1));
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
            let mut p = parts(&document);
            for _ in 0..=random(2) {
                let value = [0, 1, random(200), u32::MAX as usize][random(4)] as u32;
                let (t, s, e, c, l) = (
                    random(p.tokens.len()),
                    random(p.sentences.len()),
                    random(p.entities.len()),
                    random(p.chains.len()),
                    random(p.layout.len()),
                );
                match random(12) {
                    0 => p.tokens[t].span.start = value,
                    1 => p.tokens[t].span.end = value,
                    2 => p.tokens[t].stem = "😂".repeat(random(3)),
                    3 => p.sentences[s] = value as usize,
                    4 => p.entities[e].span = Span { start: value, end: random(200) as u32 },
                    5 => p.entities[e].chain = value as usize,
                    6 => p.entities[e].score = random(3) as f32 * 0.6,
                    7 => p.chains[c].name = Span { start: value, end: random(200) as u32 },
                    8 => p.layout[l].span = Span { start: value, end: random(200) as u32 },
                    9 => p.entities.swap(e, 0),
                    10 => p.sentences.truncate(s.max(1)),
                    _ => p.chains.truncate(c.max(1)),
                }
            }
            if let Ok(document) = Document::from_parts(TEXT, p) {
                whole += usize::from(visit(&document) > 0);
            }
        }
        assert!(whole > 100, "{whole}");
    }
}
