//! What the rules of a user do to the names of the model.

use super::document::{EntityRow, touched};
use crate::rules::{Ruling, Verdict};

/// Score of a name that a rule won.
const WON: f32 = 1.0;
/// Score of a name that a rule advised: the second look keeps its kind, and does not believe a single one.
const ADVISED: f32 = 0.7;
/// Score below which a name of the model gives way to advice.
const UNSURE: f32 = 0.5;

/// Sets the names that rules won in the place of what overlaps them. The same again changes nothing.
pub(super) fn win(wins: &[Ruling], entities: &mut Vec<EntityRow>) {
    replace(wins, WON, entities);
}

/// Adds what rules advise where the model has nothing better, and lifts what it found too.
pub(super) fn advise(advice: &[Ruling], entities: &mut Vec<EntityRow>) {
    for entity in entities.iter_mut() {
        let at = advice.partition_point(|a| a.span.start < entity.span.start);
        let equal = |a: &Ruling| a.span == entity.span && a.verdict == Verdict::Entity(entity.kind);
        if advice.get(at).is_some_and(equal) {
            entity.score = entity.score.max(ADVISED);
        }
    }
    let heard: Vec<Ruling> = advice
        .iter()
        .filter(|a| touched(entities, a.span).iter().all(|e| e.score < UNSURE))
        .copied()
        .collect();
    replace(&heard, ADVISED, entities);
}

/// Puts names with this score in the place of what they overlap, and removes what is never a name.
fn replace(rulings: &[Ruling], score: f32, entities: &mut Vec<EntityRow>) {
    let mut open = rulings.iter().peekable();
    entities.retain(|entity| {
        while open.next_if(|r| r.span.end <= entity.span.start).is_some() {}
        open.clone().take_while(|r| r.span.start < entity.span.end).all(|r| r.spares(entity.span))
    });
    let before = entities.len();
    entities.extend(rulings.iter().filter_map(|r| match r.verdict {
        Verdict::Entity(kind) => Some(EntityRow::new(r.span, kind, score)),
        Verdict::Never => None,
    }));
    if entities.len() > before {
        entities.sort_unstable_by_key(|e| e.span);
    }
}
