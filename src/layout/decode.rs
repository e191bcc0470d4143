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

/// Buffers of [`decide`], reused between pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffers {
    rows: Rows,
    /// Of each line, for each kind: the kind of the line above on the best way there, in the low half where no headline
    /// has been seen by then, in the high half below one.
    back: Vec<[u8; KINDS.len()]>,
}

/// A sum for each state, those without a headline first.
type Sums = [[i32; KINDS.len()]; 2];

/// Decides the kind of each line: the way with the greatest sum of weights (Viterbi). 200 sums a line.
pub(super) fn decide(page: &mut Page<'_>, buffers: &mut Buffers) {
    debug_assert_eq!(KINDS.get(HEADLINE), Some(&Some(LayoutKind::Headline)));
    debug_assert_eq!(KINDS.get(REPEAT), Some(&Some(LayoutKind::HeadlineRepeat)));
    let Buffers { rows, back } = buffers;
    back.clear();
    back.reserve(page.lines.len());
    let steps = [0, 1].map(|half| std::array::from_fn(|kind| steps(Some(half * KINDS.len() + kind))));
    let mut scores: Sums = [[NEVER; KINDS.len()]; 2];
    for (at, line) in page.lines.iter().enumerate() {
        let mut own = [0; KINDS.len()];
        let kinds = if line.surely_body { 1 } else { KINDS.len() };
        if kinds > 1 {
            rows.fill(page, at);
            rows.0.iter().for_each(|&row| add(&mut own, row as usize));
        }
        let repeats = page.repeats(at);
        let (mut best, mut from): (Sums, _) = ([[NEVER; KINDS.len()]; 2], [0; KINDS.len()]);
        for (above_half, (scores, steps)) in scores.iter().zip(&steps).enumerate() {
            let (ways, above) = match at {
                0 if above_half == 0 => (self::steps(None), [0; KINDS.len()]),
                0 => continue,
                _ => best_ways(scores, steps),
            };
            let state = (at > 0).then_some(above_half * KINDS.len());
            for (kind, ((way, above), own)) in ways.into_iter().zip(above).zip(own).take(kinds).enumerate() {
                let Some(to) = next(state, kind, repeats).filter(|_| way > NEVER / 2) else { continue };
                let half = to / KINDS.len();
                let best = best.get_mut(half).and_then(|sums| sums.get_mut(kind));
                if let Some((best, from)) = best.zip(from.get_mut(kind)) {
                    *best = way + own;
                    *from |= above << (4 * half);
                }
            }
        }
        // Only differences count; sums stay small on pages without end.
        let top = best.iter().flatten().copied().max().unwrap_or(0);
        scores = best.map(|sums| sums.map(|s| if s <= NEVER / 2 { NEVER } else { s - top }));
        back.push(from);
    }
    let best = scores.iter().flatten().enumerate().max_by_key(|&(state, score)| (*score, STATES - state));
    let mut state = best.map_or(0, |(state, _)| state);
    for (line, from) in page.lines.iter_mut().zip(back.iter()).rev() {
        let (half, kind) = (state / KINDS.len(), state % KINDS.len());
        #[allow(clippy::cast_possible_truncation)] // one of ten
        let column = kind as u8;
        line.kind = column;
        let above = from.get(kind).map_or(0, |f| usize::from(f >> (4 * half) & 0xF));
        // Only the headline leads from above it to below it.
        let half = if kind == HEADLINE { 0 } else { half };
        state = half * KINDS.len() + above;
    }
}

/// The best sum on the way to each kind from the states of one half, and the kind that it leads from.
fn best_ways(
    scores: &[i32; KINDS.len()],
    steps: &[[i32; KINDS.len()]; KINDS.len()],
) -> ([i32; KINDS.len()], [u8; KINDS.len()]) {
    let (mut best, mut from) = ([NEVER; KINDS.len()], [0; KINDS.len()]);
    for ((above, &score), steps) in (0..).zip(scores).zip(steps) {
        if score > NEVER / 2 {
            for ((best, from), &step) in best.iter_mut().zip(&mut from).zip(steps) {
                let better = score + step > *best;
                *from = if better { above } else { *from };
                *best = if better { score + step } else { *best };
            }
        }
    }
    (best, from)
}

fn add(sums: &mut [i32; KINDS.len()], row: usize) {
    if let Some(weights) = WEIGHTS.get(row) {
        sums.iter_mut().zip(weights).for_each(|(sum, &weight)| *sum += i32::from(weight));
    }
}

/// The weights of each kind below a state, or at the beginning of the page.
fn steps(from: Option<usize>) -> [i32; KINDS.len()] {
    let mut sums = [0; KINDS.len()];
    let (above, headline) = history(from);
    add(&mut sums, above);
    headline.into_iter().for_each(|row| add(&mut sums, row));
    sums
}
