//! Logistic regression: sparse by L-BFGS, dense with sign constraints by projected gradient. Deterministic.

/// The logistic function.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// A sparse example.
pub struct Sparse<'r> {
    /// Places and values.
    pub values: &'r [(u16, f32)],
    /// 1 or 0.
    pub label: f64,
    /// How much it counts.
    pub weight: f64,
}

/// A linear model.
#[derive(Clone)]
pub struct Linear {
    /// One weight a place.
    pub weights: Vec<f64>,
    /// Added to the sum.
    pub bias: f64,
}

impl Linear {
    /// The logit of a sparse example.
    pub fn logit(&self, values: &[(u16, f32)]) -> f64 {
        self.bias + values.iter().map(|&(place, value)| self.weights[place as usize] * f64::from(value)).sum::<f64>()
    }
}

/// Minimises the weighted logistic loss plus `penalty / 2` times the squared weights.
pub fn fit_sparse(examples: &[Sparse<'_>], size: usize, penalty: f64) -> Linear {
    let mut point = vec![0.0; size + 1];
    let (mut loss, mut gradient) = sparse_loss(examples, &point, penalty);
    let mut history: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..300 {
        let direction = two_loop(&gradient, &history);
        let slope = dot(&direction, &gradient);
        let mut step = if history.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt() } else { 1.0 };
        let (next, next_loss, next_gradient) = loop {
            let next: Vec<f64> = point.iter().zip(&direction).map(|(p, d)| p + step * d).collect();
            let (next_loss, next_gradient) = sparse_loss(examples, &next, penalty);
            if next_loss <= loss + 1e-4 * step * slope || step < 1e-10 {
                break (next, next_loss, next_gradient);
            }
            step /= 2.0;
        };
        let moved: Vec<f64> = next.iter().zip(&point).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let done = (loss - next_loss).abs() < 1e-7 * loss.abs();
        if dot(&moved, &turned) > 1e-12 {
            history.push((moved, turned));
            if history.len() > 10 {
                history.remove(0);
            }
        }
        (point, loss, gradient) = (next, next_loss, next_gradient);
        if done {
            break;
        }
    }
    let bias = point.pop().expect("the bias is last");
    Linear { weights: point, bias }
}

fn sparse_loss(examples: &[Sparse<'_>], point: &[f64], penalty: f64) -> (f64, Vec<f64>) {
    let bias_at = point.len() - 1;
    let weights = &point[..bias_at];
    let mut gradient: Vec<f64> = weights.iter().map(|w| penalty * w).collect();
    gradient.push(0.0);
    let mut loss = penalty / 2.0 * dot(weights, weights);
    for example in examples {
        let sum = example.values.iter().map(|&(place, value)| weights[place as usize] * f64::from(value)).sum::<f64>();
        let logit = sum + point[bias_at];
        let signed = if example.label > 0.5 { -logit } else { logit };
        loss += example.weight * if signed > 30.0 { signed } else { signed.exp().ln_1p() };
        let error = example.weight * (logistic(logit) - example.label);
        for &(place, value) in example.values {
            gradient[place as usize] += error * f64::from(value);
        }
        gradient[bias_at] += error;
    }
    (loss, gradient)
}

/// The direction of descent of L-BFGS (Nocedal 1980).
fn two_loop(gradient: &[f64], history: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut alphas = Vec::with_capacity(history.len());
    for (moved, turned) in history.iter().rev() {
        let alpha = dot(moved, &q) / dot(moved, turned);
        add(&mut q, turned, -alpha);
        alphas.push(alpha);
    }
    if let Some((moved, turned)) = history.last() {
        let scale = dot(moved, turned) / dot(turned, turned);
        q.iter_mut().for_each(|x| *x *= scale);
    }
    for ((moved, turned), alpha) in history.iter().zip(alphas.into_iter().rev()) {
        let beta = dot(turned, &q) / dot(moved, turned);
        add(&mut q, moved, alpha - beta);
    }
    q
}

fn dot(one: &[f64], two: &[f64]) -> f64 {
    one.iter().zip(two).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], what: &[f64], times: f64) {
    to.iter_mut().zip(what).for_each(|(a, b)| *a += times * b);
}

/// What a dense fit is told.
pub struct Dense<'r> {
    /// Standardised rows.
    pub rows: &'r [Vec<f64>],
    /// 1 or 0.
    pub labels: &'r [f64],
    /// How much each counts; they add up to one.
    pub weights: &'r [f64],
    /// +1 keeps a weight from below zero, -1 from above, 0 at zero.
    pub signs: &'r [f64],
    /// Differences (true minus false) that should be above zero.
    pub pairs: &'r [Vec<f64>],
    /// Penalty on the squared distance of the weights from the prior.
    pub penalty: f64,
    /// What every weight is worth before anything is seen, with its sign.
    pub prior: f64,
    /// How much the pairs count against the rows.
    pub pair_weight: f64,
}

/// Minimises by projected gradient with momentum.
pub fn fit_dense(task: &Dense<'_>) -> Linear {
    const ROUNDS: usize = 1500;
    let columns = task.signs.len();
    let (mut weights, mut bias) = (vec![0.0; columns], 0.0);
    let (mut velocity, mut drift) = (vec![0.0; columns], 0.0);
    for _ in 0..ROUNDS {
        let away = weights.iter().zip(task.signs).map(|(w, sign)| w - task.prior * sign);
        let mut gradient: Vec<f64> = away.map(|away| 2.0 * task.penalty * away).collect();
        let mut slope = 0.0;
        for ((row, label), weight) in task.rows.iter().zip(task.labels).zip(task.weights) {
            let error = weight * (logistic(bias + dot(&weights, row)) - label);
            add(&mut gradient, row, error);
            slope += error;
        }
        for pair in task.pairs {
            let error = -task.pair_weight / task.pairs.len() as f64 * logistic(-dot(&weights, pair));
            add(&mut gradient, pair, error);
        }
        drift = 0.9 * drift - 0.05 * slope;
        bias += drift;
        for column in 0..columns {
            velocity[column] = 0.9 * velocity[column] - 0.05 * gradient[column];
            weights[column] += velocity[column];
            if weights[column] * task.signs[column] <= 0.0 {
                (weights[column], velocity[column]) = (0.0, 0.0);
            }
        }
    }
    Linear { weights, bias }
}
