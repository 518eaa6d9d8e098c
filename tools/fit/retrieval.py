#!/usr/bin/env python3
"""Fits the weights of sharper-study's retrieval (retrieve/weights.rs) and prints them, with figures on unseen folds.

  retrieval.py rank QUERIES MEASURES [QUERIES MEASURES …]   QUERIES: {id, relevant | relevant_docs}
  retrieval.py answer QUESTIONS CHAT                        QUESTIONS: {id, doc, answerable, kind}

MEASURES and CHAT are what `cargo run --release -p sharper-study --example retrieve -- measures|chat` writes.
Plain Python, no package. Folds go by document, so that no text is on both sides.
"""
import json, math, sys, zlib
from collections import Counter


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def fold(document):
    return zlib.crc32(document.encode()) % 5


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def descend(gradient, start, steps, rate):
    """Adam; the rate falls to a sixth in the last third."""
    w, m, v = list(start), [0.0] * len(start), [0.0] * len(start)
    for t in range(1, steps + 1):
        pace = rate if t < steps * 2 / 3 else rate / 6
        for j, g in enumerate(gradient(w)):
            m[j] = 0.9 * m[j] + 0.1 * g
            v[j] = 0.99 * v[j] + 0.01 * g * g
            w[j] -= pace * (m[j] / (1 - 0.9**t)) / (math.sqrt(v[j] / (1 - 0.99**t)) + 1e-8)
    return w


def lists(queries, measures):
    """(fold, [(document, relevant, measures), …]) for each question."""
    found = {row["id"]: row["candidates"] for row in rows(measures)}
    for query in rows(queries):
        whole = "relevant_docs" in query
        relevant = set(query["relevant_docs"] if whole else query["relevant"])
        name = (lambda i: i.split("#")[0]) if whole else (lambda i: i)
        candidates = [(name(i), name(i) in relevant, m) for i, m in found[query["id"]]]
        yield fold(min(relevant).split("#")[0]), candidates


def fit_lists(data):
    data = [c for _, c in data if any(x[1] for x in c) and not all(x[1] for x in c)]

    def gradient(w):
        total = [0.0005 * len(data) * x for x in w]
        for candidates in data:
            z = [dot(m, w) for _, _, m in candidates]
            top = max(z)
            e = [math.exp(x - top) for x in z]
            every = sum(e)
            right = sum(x for x, c in zip(e, candidates) if c[1]) or 1e-300
            for x, (_, good, m) in zip(e, candidates):
                k = x / every - (x / right if good else 0.0)
                for j, value in enumerate(m):
                    total[j] += k * value
        return [x / len(data) for x in total]

    return descend(gradient, [1.0] * len(data[0][0][2]), 150, 0.3)


def reciprocal_rank(candidates, w):
    seen = []
    for name, good, _ in sorted(candidates, key=lambda c: -dot(c[2], w)):
        if good:
            return 1 / (len(seen) + 1) if len(seen) < 10 else 0.0
        if name not in seen:
            seen.append(name)
    return 0.0


def rank(paths):
    sets = [list(lists(*pair)) for pair in zip(paths[::2], paths[1::2])]
    if "--folds" in sys.argv:
        ranks = [[] for _ in sets]
        for k in range(5):
            w = fit_lists([q for s in sets for q in s if q[0] != k])
            for found, s in zip(ranks, sets):
                found += [reciprocal_rank(c, w) for f, c in s if f == k]
        print("MRR@10 on unseen folds:", ["%.3f" % (sum(r) / len(r)) for r in ranks])
    w = fit_lists([q for s in sets for q in s])
    print(", ".join("%.3f" % x for x in w))


def answer(questions, chat):
    """Both answers weigh alike, and so do both kinds of questions without one."""
    data = []
    for question, row in zip(rows(questions), rows(chat)):
        if row["measures"]:
            data.append((float(question["answerable"]), question["kind"], row["measures"] + [1.0]))
    kinds = Counter(kind for _, kind, _ in data)
    bad = len({kind for good, kind, _ in data if not good})

    def gradient(w):
        total = [0.0002 * x for x in w[:-1]] + [0.0]
        for good, kind, m in data:
            share = 0.5 / kinds[kind] / (1 if good else bad)
            miss = (1 / (1 + math.exp(-dot(m, w))) - good) * share
            for j, value in enumerate(m):
                total[j] += miss * value
        return total

    print(", ".join("%.3f" % x for x in descend(gradient, [0.0] * len(data[0][2]), 250, 0.1)))


if __name__ == "__main__":
    paths = [argument for argument in sys.argv[2:] if not argument.startswith("--")]
    rank(paths) if sys.argv[1] == "rank" else answer(*paths)
