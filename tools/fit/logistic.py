"""Logistic regression in plain Python: dense with sign constraints, and sparse. Deterministic."""
import math


def sigmoid(x):
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def standardise(rows):
    """Means and scales (standard deviations) of the columns."""
    n, k = len(rows), len(rows[0])
    means = [sum(r[j] for r in rows) / n for j in range(k)]
    scales = [math.sqrt(sum((r[j] - means[j]) ** 2 for r in rows) / n) or 1.0 for j in range(k)]
    return means, scales


def fit_dense(rows, labels, weights, signs, pairs, l2, pair_weight, rounds):
    """Weights and bias by accelerated projected gradient. `signs`: +1 keeps a weight >= 0, -1 keeps it <= 0,
    0 keeps it at 0. `pairs` are differences of rows (true minus false) that should score above zero."""
    k = len(rows[0])
    total = sum(weights)
    step = 0.05
    coef, bias = [0.0] * k, 0.0
    velocity, drift = [0.0] * k, 0.0
    columns = range(k)
    for _ in range(rounds):
        grad, grad_bias = [2 * l2 * c for c in coef], 0.0
        for row, label, weight in zip(rows, labels, weights):
            error = weight / total * (sigmoid(bias + sum(map(float.__mul__, coef, row))) - label)
            grad_bias += error
            for j in columns:
                grad[j] += error * row[j]
        for row in pairs:
            error = -pair_weight / len(pairs) * sigmoid(-sum(map(float.__mul__, coef, row)))
            for j in columns:
                grad[j] += error * row[j]
        drift = 0.9 * drift - step * grad_bias
        bias += drift
        for j in columns:
            velocity[j] = 0.9 * velocity[j] - step * grad[j]
            coef[j] += velocity[j]
            if coef[j] * signs[j] <= 0:
                coef[j], velocity[j] = 0.0, 0.0
    return coef, bias


def fit_sparse(rows, labels, weights, size, penalty, epochs):
    """Weights and bias over sparse rows [(place, value), …] by AdaGrad, in a fixed order that mixes the classes."""
    coef, seen, bias, bias_seen = [0.0] * size, [1e-6] * size, 0.0, 1e-6
    order = sorted(range(len(rows)), key=lambda i: (i * 2654435761) % (1 << 32))
    n = len(rows)
    for epoch in range(epochs):
        rate = 0.3 / (1 + 0.15 * epoch)
        for i in order:
            error = weights[i] * (sigmoid(bias + sum(coef[p] * v for p, v in rows[i])) - labels[i])
            bias_seen += error * error
            bias -= rate * error / math.sqrt(bias_seen)
            for p, v in rows[i]:
                g = error * v + penalty * coef[p] / n
                seen[p] += g * g
                coef[p] -= rate * g / math.sqrt(seen[p])
    return coef, bias
