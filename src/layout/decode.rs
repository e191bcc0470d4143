//! The best kinds for all lines of a page together.

use super::feature::{BELOW_HEADLINE, Rows, above_row};
use super::page::Page;
use super::weights::WEIGHTS;
use super::{KINDS, LayoutKind};

/// What one line is, and whether the headline has been seen, itself included: `kind`, or `kind + KINDS.len()`.
const STATES: usize = 2 * KINDS.len();
const HEADLINE: usize = 1;
const REPEAT: usize = 2;
const NEVER: i32 = i32::MIN / 2;

/// The state that `kind` leads to from `from`, if it may stand there: a page has one headline, and only it can be
/// repeated.
pub(super) fn next(from: Option<usize>, kind: usize, repeats: bool) -> Option<usize> {
    let below = from.is_some_and(|state| state >= KINDS.len());
    let possible = match kind {
        HEADLINE => !below,
        REPEAT => below && repeats,
        _ => true,
    };
    possible.then_some(kind + if below || kind == HEADLINE { KINDS.len() } else { 0 })
}

/// The rows about what stands above: of the line above, and of the headline.
pub(super) fn history(from: Option<usize>) -> (usize, Option<usize>) {
    let below = from.is_some_and(|state| state >= KINDS.len());
    (above_row(from.map(|state| state % KINDS.len())), below.then_some(BELOW_HEADLINE))
}

/// The column of the kind of each line: the way with the greatest sum of weights (Viterbi). 200 sums a line.
pub(super) fn kinds(page: &Page<'_>) -> Vec<usize> {
    debug_assert_eq!(KINDS[HEADLINE], Some(LayoutKind::Headline));
    debug_assert_eq!(KINDS[REPEAT], Some(LayoutKind::HeadlineRepeat));
    let moves = moves();
    let mut rows = Rows::default();
    let mut scores = [NEVER; STATES];
    let mut back: Vec<[u8; STATES]> = Vec::with_capacity(page.lines.len());
    for (at, line) in page.lines.iter().enumerate() {
        let mut own = [0; KINDS.len()];
        let kinds = if line.is_surely_body() { 1 } else { KINDS.len() };
        if kinds > 1 {
            rows.fill(page, at);
            rows.0.iter().for_each(|&row| add(&mut own, row as usize));
        }
        let repeats = page.repeats(at);
        let (mut best, mut from) = ([NEVER; STATES], [0; STATES]);
        for state in 0..=STATES {
            // The last stands for the beginning of the page.
            let start = state == STATES;
            let before = if start { 0 } else { scores[state] };
            if start != (at == 0) || before <= NEVER / 2 {
                continue;
            }
            for kind in 0..kinds {
                let Some(to) = next((!start).then_some(state), kind, repeats) else { continue };
                let score = before + own[kind] + moves[state][kind];
                if score > best[to] {
                    (best[to], from[to]) = (score, state as u8);
                }
            }
        }
        // Only differences count; sums stay small on pages without end.
        let top = best.iter().copied().max().unwrap_or(0);
        scores = best.map(|s| if s <= NEVER / 2 { NEVER } else { s - top });
        back.push(from);
    }
    let mut state = (0..STATES).max_by_key(|&s| (scores[s], STATES - s)).unwrap_or(0);
    let mut kinds: Vec<usize> = back
        .iter()
        .rev()
        .map(|from| {
            let kind = state % KINDS.len();
            state = usize::from(from[state]).min(STATES - 1);
            kind
        })
        .collect();
    kinds.reverse();
    kinds
}

fn add(sums: &mut [i32; KINDS.len()], row: usize) {
    if let Some(weights) = WEIGHTS.get(row) {
        sums.iter_mut().zip(weights).for_each(|(sum, &weight)| *sum += i32::from(weight));
    }
}

/// The weights of each kind below each state; the last row is for the beginning of the page.
fn moves() -> [[i32; KINDS.len()]; STATES + 1] {
    let mut moves = [[0; KINDS.len()]; STATES + 1];
    for (state, sums) in moves.iter_mut().enumerate() {
        let (above, headline) = history((state < STATES).then_some(state));
        add(sums, above);
        headline.into_iter().for_each(|row| add(sums, row));
    }
    moves
}
