//! Which mentions are one and the same: equal names, a short form of a full name, an acronym after its long form.

use super::document::{ChainRow, DocBuf, EntityRow, NONE};
use super::names::Names;
use crate::ner::EntityKind;
use crate::text::fold_into;

/// Links the mentions of documents; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Linker {
    /// Names in lower case, those of each kind apart, and the words of people's names.
    names: Names,
    /// By a name's number: the chain of the mentions that are written like it.
    known: Vec<u32>,
    /// By the number of a word: the chain that showed it last inside a longer name of a person.
    parts: Vec<u32>,
    lower: String,
}

impl Linker {
    /// Fills the chains of `buf` and points its entities to them.
    pub(super) fn link(&mut self, text: &str, buf: &mut DocBuf) {
        self.names.clear();
        self.known.clear();
        self.parts.clear();
        let DocBuf { entities, chains, .. } = buf;
        let mut before: Option<EntityRow> = None;
        for entity in entities {
            fold_into(entity.span.of(text), &mut self.lower);
            let person = entity.kind == EntityKind::Person;
            let number = self.names.number(class(entity.kind), &self.lower);
            let mut chain = some(&self.known, number);
            if chain.is_none() && person {
                chain = some(&self.parts, number).or_else(|| self.longer());
            }
            if chain.is_none() {
                chain = before.filter(|long| bracketed_acronym(text, long, entity)).map(|long| long.chain);
            }
            entity.chain = chain.unwrap_or_else(|| {
                chains.push(ChainRow::new(entity.span, entity.kind));
                u32::try_from(chains.len() - 1).unwrap_or(NONE)
            });
            if let Some(row) = chains.get_mut(entity.chain as usize)
                && entity.span.len() > row.name.len()
            {
                row.name = entity.span;
            }
            if person {
                self.show_parts(entity.chain);
            }
            set(&mut self.known, number, entity.chain);
            before = Some(*entity);
        }
        buf.link_mentions();
    }

    /// The chain of a person known so far by a part of this name only: the headline says `Lavrov`, the text `Sergey
    /// Lavrov`.
    fn longer(&self) -> Option<u32> {
        let mut words = self.lower.split_whitespace();
        words.clone().nth(1)?;
        let last = words.clone().next_back().into_iter();
        let chain_of = |word| some(&self.known, self.names.find(class(EntityKind::Person), word)?);
        last.chain(&mut words).find_map(chain_of)
    }

    /// Lets the words of a full name stand for its chain.
    fn show_parts(&mut self, chain: u32) {
        if self.lower.split_whitespace().nth(1).is_none() {
            return;
        }
        for word in self.lower.split_whitespace().filter(|w| w.chars().count() > 2 && !w.ends_with('.')) {
            let number = self.names.number(class(EntityKind::Person), word);
            set(&mut self.parts, number, chain);
        }
    }
}

/// Sets the chain of the name with this number.
fn set(chains: &mut Vec<u32>, number: usize, chain: u32) {
    if number >= chains.len() {
        chains.resize(number + 1, NONE);
    }
    if let Some(place) = chains.get_mut(number) {
        *place = chain;
    }
}

fn some(chains: &[u32], number: usize) -> Option<u32> {
    chains.get(number).copied().filter(|&chain| chain != NONE)
}

/// Names of different kinds are different names.
fn class(kind: EntityKind) -> u32 {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Organization => 1,
        EntityKind::Location => 2,
        EntityKind::Other(label) => 3 + u32::from(label),
    }
}

/// Whether `short` stands in brackets right behind `long` and abbreviates it: `Amerika Serikat (AS)`.
fn bracketed_acronym(text: &str, long: &EntityRow, short: &EntityRow) -> bool {
    let gap = text.get(long.span.end as usize..short.span.start as usize).unwrap_or_default();
    let after = text.get(short.span.end as usize..).unwrap_or_default();
    let same_kind = long.kind == short.kind;
    let (long, short) = (long.span.of(text), short.span.of(text));
    same_kind
        && gap.trim() == "("
        && after.trim_start().starts_with(')')
        && short.chars().count() < long.chars().count()
        && !short.contains(' ')
}
