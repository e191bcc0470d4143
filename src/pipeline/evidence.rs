//! The second look: what one place of a document says of a name helps another. A name found with confidence is a name
//! wherever it stands with the same letters.

use std::collections::HashMap;

use super::document::EntityRow;
use crate::layout::{LayoutKind, LayoutSpan};
use crate::ner::EntityKind;
use crate::text::Span;
use crate::tokenize::{Token, TokenKind};

/// Confidence above which a mention speaks for others.
const SURE: f32 = 0.8;

/// What the document says of a form.
#[derive(Default)]
struct Votes {
    kinds: [(f32, u32); 3],
}

impl Votes {
    fn add(&mut self, kind: EntityKind, score: f32) {
        if let Some(slot) = slot(kind).and_then(|i| self.kinds.get_mut(i)) {
            slot.0 += score;
            slot.1 += 1;
        }
    }

    /// The kind with the largest sum of scores.
    fn best(&self) -> (EntityKind, f32) {
        let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Location];
        let pairs = kinds.into_iter().zip(self.kinds).map(|(k, (sum, _))| (k, sum));
        pairs.fold((EntityKind::Person, -1.0), |best, now| if now.1 > best.1 { now } else { best })
    }
}

fn slot(kind: EntityKind) -> Option<usize> {
    match kind {
        EntityKind::Person => Some(0),
        EntityKind::Organization => Some(1),
        EntityKind::Location => Some(2),
        EntityKind::Other(_) => None,
    }
}

/// Drops what is no name: the letters of a sign-off, what servers say, and what buttons say except the places of
/// breadcrumbs. Authors with full names stay.
pub(super) fn drop_in_furniture(text: &str, layout: &[LayoutSpan], entities: &mut Vec<EntityRow>) {
    let empty = |part: &LayoutSpan, entity: &EntityRow| match part.kind {
        LayoutKind::Byline => {
            part.span.of(text).starts_with(['(', '[']) && !entity.span.of(text).contains(' ')
        }
        LayoutKind::Widget => entity.kind != EntityKind::Location,
        LayoutKind::Render => true,
        _ => false,
    };
    entities.retain(|e| !layout.iter().any(|l| l.span.overlaps(e.span) && empty(l, e)));
}

/// A title capitalises every word, so that names in it run together with verbs (`NATO Meradang Rusia`). Where the body
/// knows the first word alone as a name, and the run nowhere, the names inside it count.
fn split_titles(
    text: &str,
    layout: &[LayoutSpan],
    entities: &mut Vec<EntityRow>,
    votes: &HashMap<&str, Votes>,
) {
    let title = |e: &EntityRow| {
        let of = |l: &&LayoutSpan| matches!(l.kind, LayoutKind::Headline | LayoutKind::HeadlineRepeat);
        layout.iter().filter(of).any(|l| l.span.overlaps(e.span))
    };
    let mut parts = Vec::new();
    entities.retain(|entity| {
        let name = entity.span.of(text);
        let Some((first, _)) = name.split_once(' ').filter(|_| title(entity)) else { return true };
        let sure = |word: &str| votes.get(word).map(Votes::best).filter(|b| b.1 >= 2.0 * SURE);
        let alone = votes.get(name).map_or(0.0, |v| v.best().1);
        if sure(first).is_none_or(|b| b.1 < 2.0 * alone) {
            return true;
        }
        let mut at = entity.span.start;
        for word in name.split(' ') {
            #[allow(clippy::cast_possible_truncation)] // inside a text below 4 GiB
            let span = Span::new(at, at + word.len() as u32);
            at = span.end + 1;
            if let Some((kind, _)) = sure(word) {
                parts.push(EntityRow { span, kind, ..*entity });
            }
        }
        false
    });
    if !parts.is_empty() {
        entities.extend(parts);
        entities.sort_unstable_by_key(|e| e.span);
    }
}

/// An acronym in brackets behind the name it shortens is a name of the same kind: `Serikat Petani Indonesia (SPI)`.
fn bracketed(text: &str, tokens: &[Token<'_>], entities: &mut Vec<EntityRow>) {
    let mut found = Vec::new();
    for entity in entities.iter().filter(|e| slot(e.kind).is_some()) {
        let next = tokens.partition_point(|t| t.span().start < entity.span.end);
        let Some([open, short, close, ..]) = tokens.get(next..) else { continue };
        let fits = open.text() == "(" && close.text() == ")" && shortens(short.text(), entity.span.of(text));
        let after = entities.partition_point(|e| e.span.end <= short.span().start);
        let free = !entities.get(after).is_some_and(|e| e.span.overlaps(short.span()));
        if fits && free {
            found.push(EntityRow { span: short.span(), score: entity.score.min(0.9), ..*entity });
        }
    }
    if !found.is_empty() {
        entities.extend(found);
        entities.sort_unstable_by_key(|e| e.span);
    }
}

/// Whether `short` is made of letters of `long` in their order, the first of its first word: `SPI`, `Kemlu`, `BNPB`.
fn shortens(short: &str, long: &str) -> bool {
    let capital = short.starts_with(|c: char| c.is_uppercase());
    if !capital || !(2..=12).contains(&short.len()) || short.len() >= long.len() || !long.contains(' ') {
        return false;
    }
    let mut letters = long.chars().flat_map(char::to_lowercase);
    let mut wanted = short.chars().flat_map(char::to_lowercase);
    let first = wanted.next();
    first == letters.next() && wanted.all(|w| letters.any(|l| l == w))
}

/// Adds mentions that were missed, and settles mentions of one form that were given different kinds without confidence.
pub(super) fn second_look(
    text: &str,
    tokens: &[Token<'_>],
    layout: &[LayoutSpan],
    entities: &mut Vec<EntityRow>,
) {
    bracketed(text, tokens, entities);
    let mut votes: HashMap<&str, Votes> = HashMap::new();
    for entity in entities.iter() {
        let name = entity.span.of(text);
        votes.entry(name).or_default().add(entity.kind, entity.score);
        if entity.kind == EntityKind::Person && entity.score >= SURE {
            // The last name, by which news goes on: `Lungescu`.
            if let Some((_, last)) = name.rsplit_once(' ').filter(|(_, l)| l.chars().count() > 3) {
                votes.entry(last).or_default().add(EntityKind::Person, entity.score * 0.5);
            }
        }
    }
    split_titles(text, layout, entities, &votes);
    for entity in entities.iter_mut() {
        if let Some((kind, sum)) = votes.get(entity.span.of(text)).map(Votes::best)
            && entity.score < 0.7
            && sum > 2.0 * entity.score
            && slot(entity.kind).is_some()
        {
            entity.kind = kind;
        }
    }
    let missed = missed(text, tokens, entities, &votes);
    if !missed.is_empty() {
        entities.extend(missed);
        entities.sort_unstable_by_key(|e| e.span);
    }
}

/// Single capitalised tokens outside all entities whose form is a name elsewhere, never without one.
fn missed(
    text: &str,
    tokens: &[Token<'_>],
    entities: &[EntityRow],
    votes: &HashMap<&str, Votes>,
) -> Vec<EntityRow> {
    let mut open = entities.iter().peekable();
    let mut missed: Vec<EntityRow> = Vec::new();
    for token in tokens {
        let span = token.span();
        while open.peek().is_some_and(|e| e.span.end <= span.start) {
            open.next();
        }
        let free = !open.peek().is_some_and(|e| e.span.overlaps(span));
        if !free || token.kind() != TokenKind::Word || !token.text().starts_with(char::is_uppercase) {
            continue;
        }
        let Some(found) = votes.get(token.text()) else { continue };
        let (kind, sum) = found.best();
        let count: u32 = found.kinds.iter().map(|k| k.1).sum();
        // Acronyms are hardly ever words: one sure mention speaks for the others.
        let acronym = (3..=8).contains(&token.text().len())
            && token.text().bytes().all(|b| b.is_ascii_uppercase())
            && sum >= SURE;
        if (acronym || sum >= SURE * 1.5 && count >= 2) && !in_longer_name(text, span) {
            missed.push(EntityRow { span, kind, score: 0.6, chain: 0 });
        }
    }
    missed
}

/// Whether a capitalised word touches the token: it may then be part of a name that is no entity (`Piala Indonesia`).
fn in_longer_name(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let word = before.strip_suffix(' ').and_then(|b| b.rsplit([' ', '\n']).next()).unwrap_or_default();
    word.starts_with(char::is_uppercase) && !word.ends_with(['.', ',', ':', ';'])
}
