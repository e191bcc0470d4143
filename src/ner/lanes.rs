//! The passes of the tagger over one sentence: Viterbi for the labels, forward and backward for the probability of an
//! entity. One lane a label in arrays of fixed length, so that all labels of a word are one step; the operations of each
//! lane, and their order, are those of the trainer's.

/// Scores of transitions between `n` labels, `score[from * n + to]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    pub(super) labels: usize,
    pub(super) transitions: Vec<f64>,
}

/// Most labels a model may have: `O` and two for each of 15 kinds.
pub(super) const MAX_LABELS: usize = 31;

type Row<T, const LANES: usize> = [T; LANES];

/// What the passes know of a model, and their buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes<const LANES: usize> {
    labels: usize,
    step: f64,
    /// Scores of transitions by label before and after, and by label after and before; minus infinity where the second
    /// may not follow the first.
    steps: Vec<Row<f64, LANES>>,
    steps_back: Vec<Row<f64, LANES>>,
    start: Option<Row<f64, LANES>>,
    /// exp of all transitions, by label before and after, and by label after and before.
    exp: Vec<Row<f64, LANES>>,
    exp_back: Vec<Row<f64, LANES>>,
    /// exp of minus a number of weight steps, as far as it was needed; 0 where not.
    powers: Vec<f64>,
    /// exp of the scores, scaled so that the largest of each word is 1.
    state: Vec<Row<f64, LANES>>,
    forward: Vec<Row<f64, LANES>>,
    backward: Vec<Row<f64, LANES>>,
    scale: Vec<f64>,
    /// The best scores of a path up to each word.
    best: Vec<Row<f64, LANES>>,
    path: Vec<u8>,
}

impl<const LANES: usize> Lanes<LANES> {
    /// Takes over the transitions of a model.
    pub(super) fn reset(&mut self, chain: &Chain, allowed: &[bool], step: f64) {
        let n = chain.labels;
        (self.labels, self.step) = (n, step);
        let row = |values: &[f64], rest: f64| {
            let mut row = [rest; LANES];
            row.iter_mut().zip(values).for_each(|(r, v)| *r = *v);
            row
        };
        let rows = |values: &[f64], rest| values.chunks_exact(n).map(|v| row(v, rest)).collect();
        let turned = |values: &[f64]| -> Vec<f64> {
            (0..n * n).filter_map(|i| values.get(i % n * n + i / n).copied()).collect()
        };
        let never = f64::NEG_INFINITY;
        // The last row of `allowed` is for the start.
        let scores = chain.transitions.iter().copied().chain(std::iter::repeat(0.0)).zip(allowed);
        let scores: Vec<f64> = scores.map(|(score, &allowed)| if allowed { score } else { never }).collect();
        let (steps, start) = scores.split_at(n * n);
        (self.steps, self.steps_back) = (rows(steps, never), rows(&turned(steps), never));
        self.start = Some(row(start, never));
        let exp: Vec<f64> = chain.transitions.iter().map(|t| t.exp()).collect();
        (self.exp, self.exp_back) = (rows(&exp, 0.0), rows(&turned(&exp), 0.0));
        self.powers.clear();
        self.powers.resize(POWERS, 0.0);
    }

    /// The best path: a label a word. The way forth keeps nothing but the best scores, one maximum a lane; where they came
    /// from is asked for the labels of the path alone.
    pub(super) fn viterbi(&mut self, sums: &[Row<i16, LANES>]) -> &[u8] {
        self.best.clear();
        self.path.clear();
        let mut now = self.start.unwrap_or([f64::NEG_INFINITY; LANES]);
        for (t, sums) in sums.iter().enumerate() {
            if t > 0 {
                let before = now;
                now = [f64::NEG_INFINITY; LANES];
                for (before, steps) in before.iter().zip(&self.steps) {
                    now.iter_mut().zip(steps).for_each(|(best, step)| {
                        let score = before + step;
                        *best = if score > *best { score } else { *best };
                    });
                }
            }
            now.iter_mut().zip(sums).for_each(|(best, &sum)| *best += f64::from(sum) * self.step);
            self.best.push(now);
        }
        self.path.resize(self.best.len(), 0);
        let mut steps = Some(&[0.0; LANES]);
        for (slot, best) in self.path.iter_mut().zip(&self.best).rev() {
            let mut scores = *best;
            scores.iter_mut().zip(steps.into_iter().flatten()).for_each(|(score, step)| *score += step);
            let labels = (0u8..).zip(scores).take(self.labels);
            // The first of equals.
            let most = labels.fold((0, f64::NEG_INFINITY), |a, b| if b.1 > a.1 { b } else { a });
            *slot = most.0;
            steps = self.steps_back.get(usize::from(most.0));
        }
        &self.path
    }

    /// The path that was found last.
    pub(super) fn path(&self) -> &[u8] {
        &self.path
    }

    /// Runs the forward pass, and the backward pass as far as the first entity of the path: what is before it is not
    /// asked for.
    pub(super) fn run(&mut self, sums: &[Row<i16, LANES>]) {
        self.scale_states(sums);
        self.forward.clear();
        self.scale.clear();
        let mut before: Option<Row<f64, LANES>> = None;
        for state in &self.state {
            let mut now = *state;
            if let Some(before) = before {
                now = [0.0; LANES];
                for (weight, steps) in before.iter().zip(&self.exp) {
                    now.iter_mut().zip(steps).for_each(|(to, step)| *to += weight * step);
                }
                now.iter_mut().zip(state).for_each(|(to, s)| *to *= s);
            }
            let sum: f64 = now.iter().sum();
            let scale = if sum > 0.0 { 1.0 / sum } else { 1.0 };
            now.iter_mut().for_each(|x| *x *= scale);
            self.scale.push(scale);
            self.forward.push(now);
            before = Some(now);
        }
        self.backward.clear();
        self.backward.resize(self.state.len(), [0.0; LANES]);
        let mut after: Option<(Row<f64, LANES>, &Row<f64, LANES>)> = None;
        let first = self.path.iter().take_while(|&&label| label == 0).count();
        let rows = self.backward.iter_mut().zip(&self.scale).zip(&self.state);
        for ((slot, scale), state) in rows.skip(first).rev() {
            let mut now = [*scale; LANES];
            if let Some((after, state)) = after {
                now = [0.0; LANES];
                for ((steps, after), state) in self.exp_back.iter().zip(&after).zip(state) {
                    now.iter_mut().zip(steps).for_each(|(from, step)| *from += step * after * state);
                }
                now.iter_mut().for_each(|x| *x *= scale);
            }
            *slot = now;
            after = Some((now, state));
        }
    }

    fn scale_states(&mut self, sums: &[Row<i16, LANES>]) {
        self.state.clear();
        for row in sums {
            let mut top = i16::MIN;
            row.iter().take(self.labels).for_each(|&sum| top = top.max(sum));
            let mut state = [0.0; LANES];
            for (slot, sum) in state.iter_mut().zip(row).take(self.labels) {
                // A score is a whole number of steps: exact in f64, as is the difference to the largest.
                let below = usize::from(top.abs_diff(*sum));
                *slot = match self.powers.get_mut(below) {
                    Some(power) => {
                        if *power == 0.0 {
                            *power = (-(below as f64) * self.step).exp();
                        }
                        *power
                    }
                    None => (-(below as f64) * self.step).exp(),
                };
            }
            self.state.push(state);
        }
    }

    /// Probability that exactly the words `first..end` carry `begin` and then `inside`, and that `inside` does not go on:
    /// the confidence of an entity.
    pub(super) fn segment(&self, first: usize, end: usize, begin: usize, inside: usize) -> f64 {
        self.segment_of(first, end, begin, inside).unwrap_or(0.0)
    }

    fn segment_of(&self, first: usize, end: usize, begin: usize, inside: usize) -> Option<f64> {
        let mut p = *self.forward.get(first)?.get(begin)?;
        let mut label = begin;
        for t in first + 1..end {
            let step = self.exp.get(label)?.get(inside)?;
            p *= step * self.state.get(t)?.get(inside)? * self.scale.get(t)?;
            label = inside;
        }
        let (Some(after), Some(state)) = (self.backward.get(end), self.state.get(end)) else {
            return Some(p);
        };
        let others = self.exp.get(label)?.iter().zip(after).zip(state).take(self.labels).enumerate();
        let goes_on: f64 = others.filter(|&(to, _)| to != inside).map(|(_, ((s, a), x))| s * a * x).sum();
        Some(p * goes_on)
    }
}

/// Differences to the largest score of a word whose exp is kept: what lies further off is rare.
const POWERS: usize = 1024;

#[cfg(test)]
mod tests {
    use super::super::train::viterbi;
    use super::*;

    /// Three labels over four words: the passes against all paths, the slow way, and against those of the trainer.
    #[test]
    fn passes_agree_with_enumeration() {
        let (n, step) = (3, 0.05);
        let mut state = 9u64;
        let mut random = |below: u64| {
            state = crate::text::hash(&state.to_le_bytes());
            (state % below) as i16
        };
        for _ in 0..200 {
            let transitions: Vec<f64> = (0..9).map(|_| f64::from(random(80)) * 0.03 - 1.2).collect();
            let chain = Chain { labels: n, transitions };
            // The last label may not begin, nor follow the first.
            let allowed = [true, true, false, true, true, true, true, true, true, true, true, false];
            // What lies beyond the labels counts for nothing.
            let sums: Vec<[i16; 8]> = (0..4).map(|_| [0; 8].map(|_: i16| random(100) - 50)).collect();
            let score = |t: usize, label: usize| f64::from(sums[t][label]) * step;
            let (mut total, mut segment) = (0.0, 0.0);
            for code in 0..81usize {
                let path: Vec<usize> = (0..4).map(|i| code / 3usize.pow(i) % 3).collect();
                let mut sum = score(0, path[0]);
                for t in 1..4 {
                    sum += chain.transitions[path[t - 1] * n + path[t]] + score(t, path[t]);
                }
                total += sum.exp();
                if path[1] == 1 && path[2] == 2 && path[3] != 2 {
                    segment += sum.exp();
                }
            }
            let mut lanes = Lanes::<8>::default();
            lanes.reset(&chain, &allowed, step);
            let (mut back, mut path) = (vec![], vec![]);
            let scores: Vec<f64> = (0..12).map(|i| score(i / 3, i % 3)).collect();
            viterbi(&chain, &scores, &allowed, &mut back, &mut path);
            assert_eq!(lanes.viterbi(&sums), path);
            // As if an entity began with the first word, for the backward pass to go that far.
            lanes.path.fill(1);
            lanes.run(&sums);
            assert!((lanes.segment(1, 3, 1, 2) - segment / total).abs() < 1e-9);
        }
        assert!(Lanes::<8>::default().viterbi(&[]).is_empty());
    }
}
