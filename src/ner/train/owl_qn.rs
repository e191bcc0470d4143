//! OWL-QN: limited-memory quasi-Newton minimisation with an L1 penalty (Andrew and Gao, 2007).

/// Steps remembered to model the curvature.
const MEMORY: usize = 6;

/// State of a minimisation of `f(x) + l1 |x|`.
#[derive(Debug)]
pub(super) struct OwlQn {
    l1: f64,
    pub(super) x: Vec<f64>,
    gradient: Vec<f64>,
    value: f64,
    steps: Vec<(Vec<f64>, Vec<f64>, f64)>,
}

impl OwlQn {
    /// Starts at `x`; `f` writes the gradient of the smooth part and returns its value.
    pub(super) fn new(x: Vec<f64>, l1: f64, f: &mut dyn FnMut(&[f64], &mut [f64]) -> f64) -> OwlQn {
        let mut gradient = vec![0.0; x.len()];
        let value = f(&x, &mut gradient) + l1 * norm1(&x);
        OwlQn { l1, x, gradient, value, steps: Vec::new() }
    }

    /// The objective at the current point.
    pub(super) fn value(&self) -> f64 {
        self.value
    }

    /// Forgets the steps taken, so that what follows depends on the point alone.
    pub(super) fn forget(&mut self) {
        self.steps.clear();
    }

    /// One iteration. False where no step improves the objective: the minimum, as far as floats can tell.
    pub(super) fn step(&mut self, f: &mut dyn FnMut(&[f64], &mut [f64]) -> f64) -> bool {
        let pseudo = self.pseudo_gradient();
        let mut direction = self.direction(&pseudo);
        // A direction must not leave the orthant that the pseudo-gradient points into.
        for (d, p) in direction.iter_mut().zip(&pseudo) {
            if *d * *p >= 0.0 {
                *d = 0.0;
            }
        }
        let slope = dot(&direction, &pseudo);
        if slope >= 0.0 {
            return false;
        }
        let mut length =
            if self.steps.is_empty() { 1.0 / dot(&pseudo, &pseudo).sqrt().max(1e-12) } else { 1.0 };
        let mut trial = vec![0.0; self.x.len()];
        let mut gradient = vec![0.0; self.x.len()];
        for _ in 0..24 {
            for (i, slot) in trial.iter_mut().enumerate() {
                let orthant = if self.x[i] == 0.0 { -pseudo[i] } else { self.x[i] };
                let moved = self.x[i] + length * direction[i];
                *slot = if moved * orthant > 0.0 { moved } else { 0.0 };
            }
            let value = f(&trial, &mut gradient) + self.l1 * norm1(&trial);
            let decrease: f64 = trial.iter().zip(&self.x).zip(&pseudo).map(|((t, x), p)| (t - x) * p).sum();
            if value <= self.value + 1e-4 * decrease {
                self.accept(trial, gradient, value);
                return true;
            }
            length *= 0.5;
        }
        false
    }

    fn accept(&mut self, x: Vec<f64>, gradient: Vec<f64>, value: f64) {
        let s: Vec<f64> = x.iter().zip(&self.x).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = gradient.iter().zip(&self.gradient).map(|(a, b)| a - b).collect();
        let sy = dot(&s, &y);
        if sy > 1e-12 {
            if self.steps.len() == MEMORY {
                self.steps.remove(0);
            }
            self.steps.push((s, y, sy));
        }
        (self.x, self.gradient, self.value) = (x, gradient, value);
    }

    /// The gradient of the whole objective, one-sided where the penalty has a corner.
    fn pseudo_gradient(&self) -> Vec<f64> {
        let one_sided = |(&x, &g): (&f64, &f64)| {
            if x != 0.0 {
                g + self.l1 * x.signum()
            } else if g < -self.l1 {
                g + self.l1
            } else if g > self.l1 {
                g - self.l1
            } else {
                0.0
            }
        };
        self.x.iter().zip(&self.gradient).map(one_sided).collect()
    }

    fn direction(&self, pseudo: &[f64]) -> Vec<f64> {
        let mut d: Vec<f64> = pseudo.iter().map(|p| -p).collect();
        let mut alphas = Vec::with_capacity(self.steps.len());
        for (s, y, sy) in self.steps.iter().rev() {
            let alpha = dot(s, &d) / sy;
            d.iter_mut().zip(y).for_each(|(d, y)| *d -= alpha * y);
            alphas.push(alpha);
        }
        if let Some((_, y, sy)) = self.steps.last() {
            let scale = sy / dot(y, y);
            d.iter_mut().for_each(|d| *d *= scale);
        }
        for ((s, y, sy), alpha) in self.steps.iter().zip(alphas.iter().rev()) {
            let beta = dot(y, &d) / sy;
            d.iter_mut().zip(s).for_each(|(d, s)| *d += (alpha - beta) * s);
        }
        d
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn norm1(x: &[f64]) -> f64 {
    x.iter().map(|x| x.abs()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_minimum_of_a_penalised_bowl() {
        // (x-3)^2 + (y-0.2)^2 + |x| + |y|: x = 2.5, y = 0.
        let mut f = |x: &[f64], g: &mut [f64]| {
            g[0] = 2.0 * (x[0] - 3.0);
            g[1] = 2.0 * (x[1] - 0.2);
            (x[0] - 3.0).powi(2) + (x[1] - 0.2).powi(2)
        };
        let mut search = OwlQn::new(vec![0.0, 1.0], 1.0, &mut f);
        while search.step(&mut f) {}
        assert!((search.x[0] - 2.5).abs() < 1e-6 && search.x[1] == 0.0, "{:?}", search.x);
    }
}
