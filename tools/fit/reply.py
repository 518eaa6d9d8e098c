#!/usr/bin/env python3
"""Fits the weights of sharper-study's replies (compose/reply/weights.rs) and prints them, with figures on the half of
the documents that they were not fitted on.

  reply.py QUESTIONS CHAT   QUESTIONS: {id, doc, answerable, kind}

CHAT is what `cargo run --release -p sharper-study --example chat` writes. Plain Python, no package. Halves go by
document, so that no text is on both sides.
"""
import json, math, sys, zlib

HELD_BACK = 40.0  # what a weight costs (L2), near which the figures are flat


TRICKS = 0.40  # of the questions made to mislead, the share that must be refused: a wrong answer is worse than none
HITS = 0.86  # of what is answered, the share whose reply holds the answer


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def solve(a, b):
    n = len(b)
    a = [row[:] + [x] for row, x in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[p] = a[p], a[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            for c in range(i, n + 1):
                a[r][c] -= f * a[i][c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (a[i][n] - sum(a[i][c] * x[c] for c in range(i + 1, n))) / a[i][i]
    return x


def fit(data):
    """Logistic regression by Newton's method. Both answers weigh alike, and so do both kinds of questions without one."""
    kinds = {}
    for _, kind, _ in data:
        kinds[kind] = kinds.get(kind, 0) + 1
    share = lambda good, kind: len(data) / kinds[kind] / (2 if good else 4)
    n = len(data[0][2])
    mean = [sum(m[j] for _, _, m in data) / len(data) for j in range(n)]
    scale = [math.sqrt(sum((m[j] - mean[j]) ** 2 for _, _, m in data) / len(data)) or 1.0 for j in range(n)]
    z = [[(m[j] - mean[j]) / scale[j] for j in range(n)] + [1.0] for _, _, m in data]
    b = [0.0] * (n + 1)
    for _ in range(8):
        h = [[HELD_BACK * (i == j and i < n) for j in range(n + 1)] for i in range(n + 1)]
        g = [HELD_BACK * x for x in b[:n]] + [0.0]
        for row, (good, kind, _) in zip(z, data):
            p = 1 / (1 + math.exp(-sum(x * y for x, y in zip(row, b))))
            miss, curve = share(good, kind) * (p - good), share(good, kind) * p * (1 - p)
            for i in range(n + 1):
                g[i] += miss * row[i]
                for j in range(n + 1):
                    h[i][j] += curve * row[i] * row[j]
        b = [x - y for x, y in zip(b, solve(h, g))]
    w = [x / s for x, s in zip(b, scale)]
    return w + [b[n] - sum(x * m for x, m in zip(w, mean))]


def likelihood(m, w):
    return 1 / (1 + math.exp(-sum(x * y for x, y in zip(m, w)) - w[-1]))


def figures(data, w, least):
    """Shares: answered of what can be, refused of the trick questions, refused of what is not in the notes."""
    out = []
    for wanted in ("answerable", "adversarial", "off_notes"):
        said = [likelihood(m, w) >= least for _, kind, m in data if kind == wanted]
        out.append(sum(said) / len(said) if wanted == "answerable" else 1 - sum(said) / len(said))
    return out


def best_least(data, w):
    """The likelihood from which answering and refusing are best together (harmonic mean), enough tricks refused."""
    def together(least):
        said, tricks, others = figures(data, w, least)
        said, refused = HITS * said, (tricks + others) / 2
        if tricks < TRICKS:
            return tricks - 1
        return 2 * said * refused / (said + refused) if said + refused else 0.0
    return max((step / 100 for step in range(10, 91)), key=together)


def main(questions, chat):
    found = {row["id"]: row["signs"] for row in rows(chat)}
    halves = [[], []]
    for q in rows(questions):
        if any(found[q["id"]]):
            halves[zlib.crc32(q["doc"].encode()) % 2].append((float(q["answerable"]), q["kind"], found[q["id"]]))
    for unseen in (0, 1):
        w = fit(halves[1 - unseen])
        least = best_least(halves[1 - unseen], w)
        print("fitted on the other half: from %.2f," % least, "answered %.3f, tricks refused %.3f, others refused %.3f" % tuple(figures(halves[unseen], w, least)))
    data = halves[0] + halves[1]
    w = fit(data)
    least = best_least(data, w)
    print("all: from %.2f," % least, "answered %.3f, tricks refused %.3f, others refused %.3f" % tuple(figures(data, w, least)))
    # The constant is moved so that one half is where the two are best together.
    print(", ".join("%.3f" % x for x in w[:-1] + [w[-1] - math.log(least / (1 - least))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
