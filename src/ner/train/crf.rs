//! The linear chain as the trainers see it: forward, backward and Viterbi passes over label scores of any number of
//! labels. The tagger has [passes of its own](super::super::lanes).

use crate::ner::lanes::{Chain, MAX_LABELS};

/// Buffers of the passes.
#[derive(Clone, Debug, Default)]
pub(in crate::ner) struct Lattice {
    /// exp of state scores, scaled so that the largest of each position is 1.
    state: Vec<f64>,
    forward: Vec<f64>,
    backward: Vec<f64>,
    scale: Vec<f64>,
    exp_transitions: Vec<f64>,
}

impl Lattice {
    /// Runs both passes over `scores[position * labels + label]`; returns the log of the sum over all paths.
    pub(in crate::ner) fn run(&mut self, chain: &Chain, scores: &[f64]) -> f64 {
        let n = chain.labels;
        let length = scores.len() / n.max(1);
        self.exp_transitions.clear();
        self.exp_transitions.extend(chain.transitions.iter().map(|t| t.exp()));
        for buffer in [&mut self.state, &mut self.forward, &mut self.backward] {
            buffer.clear();
            buffer.resize(length * n, 0.0);
        }
        self.scale.clear();
        let mut log = 0.0;
        for (row, state) in scores.chunks_exact(n).zip(self.state.chunks_exact_mut(n)) {
            let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            log += top;
            for (s, x) in state.iter_mut().zip(row) {
                *s = (x - top).exp();
            }
        }
        for t in 0..length {
            let (done, rest) = self.forward.split_at_mut(t * n);
            let now = &mut rest[..n];
            let state = &self.state[t * n..][..n];
            if t == 0 {
                now.copy_from_slice(state);
            } else {
                let before = &done[(t - 1) * n..];
                for (from, weight) in before.iter().enumerate() {
                    for (to, step) in now.iter_mut().zip(&self.exp_transitions[from * n..][..n]) {
                        *to += weight * step;
                    }
                }
                for (to, s) in now.iter_mut().zip(state) {
                    *to *= s;
                }
            }
            let sum: f64 = now.iter().sum();
            let scale = if sum > 0.0 { 1.0 / sum } else { 1.0 };
            now.iter_mut().for_each(|x| *x *= scale);
            self.scale.push(scale);
            log -= scale.ln();
        }
        for t in (0..length).rev() {
            if t + 1 == length {
                self.backward[t * n..].fill(self.scale[t]);
                continue;
            }
            let (rest, done) = self.backward.split_at_mut((t + 1) * n);
            let now = &mut rest[t * n..];
            let after = &done[..n];
            let state = &self.state[(t + 1) * n..][..n];
            for (from, slot) in now.iter_mut().enumerate() {
                let steps = &self.exp_transitions[from * n..][..n];
                let sum: f64 = steps.iter().zip(after).zip(state).map(|((s, a), x)| s * a * x).sum();
                *slot = sum * self.scale[t];
            }
        }
        log
    }

    /// Probability of `label` at `position`.
    pub(in crate::ner) fn marginal(&self, n: usize, position: usize, label: usize) -> f64 {
        let at = position * n + label;
        self.forward[at] * self.backward[at] / self.scale[position]
    }

    /// Adds `weight` times the expected number of each transition to `counts`.
    pub(in crate::ner) fn add_transitions(&self, n: usize, weight: f64, counts: &mut [f64]) {
        for t in 1..self.scale.len() {
            for from in 0..n {
                let left = self.forward[(t - 1) * n + from] * weight;
                for to in 0..n {
                    let right = self.state[t * n + to] * self.backward[t * n + to];
                    counts[from * n + to] += left * self.exp_transitions[from * n + to] * right;
                }
            }
        }
    }
}

/// The best path under `allowed[from * labels + to]`; the last entry of `allowed` rows `labels` is for the start.
pub(in crate::ner) fn viterbi(
    chain: &Chain,
    scores: &[f64],
    allowed: &[bool],
    back: &mut Vec<u8>,
    path: &mut Vec<u8>,
) {
    let n = chain.labels;
    let length = scores.len() / n.max(1);
    path.clear();
    if length == 0 {
        return;
    }
    back.clear();
    back.resize(length * n, 0);
    let mut now = [f64::NEG_INFINITY; MAX_LABELS];
    let mut next = [f64::NEG_INFINITY; MAX_LABELS];
    for to in 0..n {
        if allowed[n * n + to] {
            now[to] = scores[to];
        }
    }
    for t in 1..length {
        for to in 0..n {
            let (mut best, mut best_from) = (f64::NEG_INFINITY, 0u8);
            for from in 0..n {
                let score = now[from] + chain.transitions[from * n + to];
                if allowed[from * n + to] && score > best {
                    best = score;
                    best_from = from as u8;
                }
            }
            next[to] = best + scores[t * n + to];
            back[t * n + to] = best_from;
        }
        std::mem::swap(&mut now, &mut next);
    }
    let mut label = 0;
    for to in 1..n {
        if now[to] > now[label] {
            label = to;
        }
    }
    path.resize(length, 0);
    for t in (0..length).rev() {
        path[t] = label as u8;
        label = back[t * n + label] as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All paths of three labels over four positions, the slow way.
    #[test]
    fn passes_agree_with_enumeration() {
        let n = 3;
        let transitions: Vec<f64> = (0..9).map(|i| f64::from(i * 7 % 5) * 0.3 - 0.5).collect();
        let chain = Chain { labels: n, transitions };
        let scores: Vec<f64> = (0..12).map(|i| f64::from(i * 5 % 7) * 0.4 - 1.0).collect();
        let mut total = 0.0;
        let mut at_two = [0.0; 3];
        let (mut best, mut best_path) = (f64::NEG_INFINITY, vec![]);
        for code in 0..81usize {
            let path: Vec<usize> = (0..4).map(|i| code / 3usize.pow(i) % 3).collect();
            let mut score = scores[path[0]];
            for t in 1..4 {
                score += chain.transitions[path[t - 1] * n + path[t]] + scores[t * n + path[t]];
            }
            total += score.exp();
            at_two[path[2]] += score.exp();
            if score > best {
                (best, best_path) = (score, path);
            }
        }
        let mut lattice = Lattice::default();
        let log = lattice.run(&chain, &scores);
        assert!((log - total.ln()).abs() < 1e-9);
        for (label, sum) in at_two.iter().enumerate() {
            assert!((lattice.marginal(n, 2, label) - sum / total).abs() < 1e-9);
        }
        let mut counts = vec![0.0; 9];
        lattice.add_transitions(n, 1.0, &mut counts);
        assert!((counts.iter().sum::<f64>() - 3.0).abs() < 1e-9);
        let (mut back, mut path) = (vec![], vec![]);
        viterbi(&chain, &scores, &[true; 12], &mut back, &mut path);
        assert_eq!(path.iter().map(|&l| l as usize).collect::<Vec<_>>(), best_path);
    }
}
