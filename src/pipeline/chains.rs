//! Which mentions are one and the same: equal names, a short form of a full name, an acronym after its long form.

use std::collections::HashMap;

use super::document::{ChainRow, DocBuf};
use crate::ner::EntityKind;
use crate::text::fold;

/// Fills the chains of `buf` and points its entities to them.
pub(super) fn link(text: &str, buf: &mut DocBuf) {
    // From a name in lower case to its chain; a short form points to the chain that showed it last.
    let mut known: HashMap<(EntityKind, String), u32> = HashMap::new();
    let mut parts: HashMap<String, u32> = HashMap::new();
    for index in 0..buf.entities.len() {
        let entity = buf.entities[index];
        let name = entity.span.of(text);
        let key = (entity.kind, fold(name).into_owned());
        let person = entity.kind == EntityKind::Person;
        let mut chain = known.get(&key).copied();
        if chain.is_none() && person {
            chain = parts.get(&key.1).copied().or_else(|| longer_of(&key.1, &known));
        }
        if chain.is_none() && bracketed_acronym(text, buf, index) {
            chain = Some(buf.entities[index - 1].chain);
        }
        let chain = chain.unwrap_or_else(|| {
            buf.chains.push(ChainRow::new(entity.span, entity.kind));
            u32::try_from(buf.chains.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(row) = buf.chains.get_mut(chain as usize) {
            if entity.span.len() > row.name.len() {
                row.name = entity.span;
            }
        }
        if person {
            let words: Vec<&str> = key.1.split_whitespace().collect();
            if words.len() > 1 {
                for part in words.iter().filter(|w| w.chars().count() > 2 && !w.ends_with('.')) {
                    parts.insert((*part).to_owned(), chain);
                }
            }
        }
        known.insert(key, chain);
        buf.entities[index].chain = chain;
    }
    buf.thread_chains();
}

/// The chain of a person known so far by a part of `name` only: the headline says `Lavrov`, the text `Sergey Lavrov`.
fn longer_of(name: &str, known: &HashMap<(EntityKind, String), u32>) -> Option<u32> {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 2 {
        return None;
    }
    let last = words.last().copied().into_iter();
    last.chain(words.iter().copied()).find_map(|w| known.get(&(EntityKind::Person, w.to_owned())).copied())
}

/// Whether the entity stands in brackets right behind the one before and abbreviates it: `Amerika Serikat (AS)`.
fn bracketed_acronym(text: &str, buf: &DocBuf, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).and_then(|i| buf.entities.get(i)) else { return false };
    let entity = &buf.entities[index];
    let gap = text.get(before.span.end as usize..entity.span.start as usize).unwrap_or_default();
    let after = text.get(entity.span.end as usize..).unwrap_or_default();
    let (long, short) = (before.span.of(text), entity.span.of(text));
    gap.trim() == "("
        && after.trim_start().starts_with(')')
        && before.kind == entity.kind
        && short.chars().count() < long.chars().count()
        && !short.contains(' ')
}
