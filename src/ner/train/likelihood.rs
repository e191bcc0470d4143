//! What a conditional random field minimises.

use super::crf::Lattice;
use super::data::{Data, Instance};

/// Negative log likelihood of `data` under the weights `x` with the L2 penalty, and its gradient.
pub(super) fn negative_log_likelihood(data: &Data, l2: f64, x: &[f64], gradient: &mut [f64]) -> f64 {
    gradient.fill(0.0);
    // Two parts, whatever the machine: the order of additions decides the last bits.
    let (left, right) = data.sentences.split_at(data.sentences.len() / 2);
    let mut other = vec![0.0; gradient.len()];
    let (first, second) = std::thread::scope(|scope| {
        let handle = scope.spawn(|| part(data, right, x, &mut other));
        let first = part(data, left, x, gradient);
        (first, handle.join().unwrap_or(f64::INFINITY))
    });
    let mut loss = first + second;
    for ((g, o), w) in gradient.iter_mut().zip(&other).zip(x) {
        *g += o + 2.0 * l2 * w;
        loss += l2 * w * w;
    }
    loss
}

/// The same for some of the sentences, without the penalty; adds to `gradient`.
fn part(data: &Data, sentences: &[Instance], x: &[f64], gradient: &mut [f64]) -> f64 {
    let (n, transition_base, chain) = (data.labels.len(), data.transition_base(), data.chain(x));
    let (mut lattice, mut scores, mut loss) = (Lattice::default(), Vec::new(), 0.0);
    let mut delta = vec![0.0; n];
    for sentence in sentences {
        data.score(sentence, x, &mut scores);
        let log = lattice.run(&chain, &scores);
        let mut gold = 0.0;
        for (i, &label) in sentence.labels.iter().enumerate() {
            gold += scores[i * n + label as usize];
            if i > 0 {
                let step = sentence.labels[i - 1] as usize * n + label as usize;
                gold += chain.transitions[step];
                gradient[transition_base + step] -= sentence.weight;
            }
        }
        loss += sentence.weight * (log - gold);
        lattice.add_transitions(n, sentence.weight, &mut gradient[transition_base..]);
        for (i, &label) in sentence.labels.iter().enumerate() {
            for (l, d) in delta.iter_mut().enumerate() {
                let wanted = f64::from(u8::from(l == label as usize));
                *d = sentence.weight * (lattice.marginal(n, i, l) - wanted);
            }
            data.for_word(sentence, i, |at| {
                gradient[at..at + n].iter_mut().zip(&delta).for_each(|(g, d)| *g += d);
            });
        }
    }
    loss
}

#[cfg(test)]
mod tests {
    use super::super::tests::sentences;
    use super::super::{Trainer, TrainerOptions, initial};
    use super::*;
    use crate::ner::NerModel;

    #[test]
    fn gradient_agrees_with_differences() {
        for prior in [false, true] {
            let mut trainer = Trainer::new(TrainerOptions::default());
            if prior {
                trainer = trainer.start_from(NerModel::embedded().unwrap());
            }
            trainer.add(&sentences(), 1.5).unwrap();
            let data = Data::new(&trainer).unwrap();
            let size = data.size();
            let x = initial(size, 9);
            let (mut gradient, mut unused) = (vec![0.0; size], vec![0.0; size]);
            negative_log_likelihood(&data, 0.05, &x, &mut gradient);
            for at in (0..size).step_by(size / 40).chain(data.transition_base()..size) {
                let mut near = x.clone();
                near[at] += 1e-5;
                let above = negative_log_likelihood(&data, 0.05, &near, &mut unused);
                near[at] -= 2e-5;
                let below = negative_log_likelihood(&data, 0.05, &near, &mut unused);
                assert!(((above - below) / 2e-5 - gradient[at]).abs() < 1e-4, "weight {at}");
            }
        }
    }
}
