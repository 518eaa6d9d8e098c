#!/usr/bin/env python3
"""Fits the weights of the offline author of summaries.

  tools/fit/summary.py DATA            writes crates/sharper-study/src/compose/summary/weights.rs
  tools/fit/summary.py DATA --fold K   fits without the books of fold K of 5 (write, build, measure those books, go on)
  tools/fit/summary.py DATA --books K  names the books of fold K

DATA holds summaries.jsonl and sections.jsonl (CC BY 4.0 textbooks, each section with its authors' own summary).
Three fits, one on the other: how likely a stem is in the summary, how likely a pair of stems is, and how much of a
sentence is. No word of a summary is kept: only what the texts' own counts are worth."""
import argparse, json, math, os, re, subprocess
from logistic import sigmoid, solve, standardise

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TARGET = os.path.join(ROOT, "crates/sharper-study/src/compose/summary/weights.rs")
FOLDS, L2, ROUNDS = 5, {"stem": 5.0, "pair": 5.0, "sentence": 20.0}, 6
ENDINGS = ("ization", "ations", "ation", "ments", "ment", "ities", "ity", "ingly", "ings", "ing", "edly", "ed", "ies", "ely",
           "ly", "es", "s", "e", "y")


def read(folder, name):
    with open(os.path.join(folder, name + ".jsonl"), encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def stem(word):
    """A rough stem: enough to see whether a word of the notes is in the summary."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(text):
    text = text.lower().replace("’", "'")
    return [stem(word) for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", re.sub(r"'s\b", "", text))]


def newton(rows, labels, weights, l2, linear=False):
    """Weights (of values as they are) and bias: logistic by Newton's method, or linear, with a ridge."""
    means, scales = standardise(rows)
    size = len(means) + 1
    standard = [[(v - m) / s for v, m, s in zip(row, means, scales)] + [1.0] for row in rows]
    coef = [0.0] * size
    for _ in range(1 if linear else ROUNDS):
        hessian, gradient = [[0.0] * size for _ in range(size)], [0.0] * size
        for row, label, weight in zip(standard, labels, weights):
            z = sum(map(float.__mul__, coef, row))
            p = z if linear else sigmoid(z)
            error, curve = weight * (label - p), weight * (1.0 if linear else max(1e-4, p * (1 - p)))
            for i in range(size):
                gradient[i] += error * row[i]
                part, line = curve * row[i], hessian[i]
                for j in range(i, size):
                    line[j] += part * row[j]
        for i in range(size):
            for j in range(i):
                hessian[i][j] = hessian[j][i]
            hessian[i][i] += l2 if i < size - 1 else 1e-9
            gradient[i] -= l2 * coef[i] if i < size - 1 else 0.0
        coef = [c + step for c, step in zip(coef, solve(hessian, gradient))]
    plain = [c / s for c, s in zip(coef, scales)]
    return plain, coef[-1] - sum(w * m for w, m in zip(plain, means))


def value(model, row):
    return model[1] + sum(map(float.__mul__, model[0], row))


def label(note, summary):
    """What of a note's stems, pairs and sentences is in its summary."""
    said = stems(summary)
    words, pairs = set(said), set(zip(said, said[1:]))
    forms = [stem(re.sub(r"'s$", "", form)) for form, _ in note["stems"]]
    note["stem_labels"] = [float(form in words) for form in forms]
    note["pair_labels"] = [float((forms[a], forms[b]) in pairs) for (a, b), _ in note["pairs"]]
    for sentence in note["statements"]:
        own = stems(sentence["kept"])
        shared = sum(pair in pairs for pair in zip(own, own[1:])) / max(1, len(own) - 1)
        content = sum(note["stem_labels"][i] for i in sentence["stems"]) / max(1, len(own))
        sentence["label"] = shared + 0.5 * content


def pair_rows(note):
    log = [math.log(p + 1e-3) for p in note["p"]]
    return [[*map(float, features), log[a], log[b]] for (a, b), features in note["pairs"]]


def sentence_row(note, sentence):
    p = sorted((note["p"][i] for i in sentence["stems"]), reverse=True)
    words = max(1, sentence["words"])
    pairs = sum(note["q"][i] for i in sentence["pairs"])
    shares = [sum(p) / max(1, len(p)), sum(p) / words, pairs / words, sum(p[:3]) / 3]
    return [*map(float, sentence["features"]), *shares]


def fit(notes):
    each = lambda rows, weight: [weight / max(1, len(rows(n))) for n in notes for _ in rows(n)]
    stem_rows = [[*map(float, f)] for n in notes for _, f in n["stems"]]
    labels = [y for n in notes for y in n["stem_labels"]]
    stem_model = newton(stem_rows, labels, each(lambda n: n["stems"], 500.0), L2["stem"])
    for note in notes:
        note["p"] = [sigmoid(value(stem_model, [*map(float, f)])) for _, f in note["stems"]]
    rows, labels = [r for n in notes for r in pair_rows(n)], [y for n in notes for y in n["pair_labels"]]
    pair_model = newton(rows, labels, each(lambda n: n["pairs"], 800.0), L2["pair"])
    for note in notes:
        note["q"] = [sigmoid(value(pair_model, row)) for row in pair_rows(note)]
    rows = [sentence_row(n, s) for n in notes for s in n["statements"]]
    labels = [s["label"] for n in notes for s in n["statements"]]
    return stem_model, pair_model, newton(rows, labels, [1.0] * len(rows), L2["sentence"], linear=True)


def write(models):
    kinds = (("STEM", "a stem"), ("PAIR", "a pair of stems"), ("SENTENCE", "a sentence"))
    with open(TARGET, "w", encoding="utf-8") as out:
        out.write("//! The fitted weights of the choice of sentences. Generated by `tools/fit/summary.py DATA`; do not edit.\n\n"
                  "use super::choose::{PAIR_WEIGHTS, SENTENCE_WEIGHTS, STEM_WEIGHTS};\n")
        for (name, meaning), (weights, bias) in zip(kinds, models):
            body = "".join(f"    {weight:.5},\n" for weight in weights)
            out.write(f"\n/// Added to the weighted sum of {meaning}.\npub(super) const {name}_BIAS: f32 = {bias:.5};\n"
                      f"/// What each number that describes {meaning} is worth.\n#[rustfmt::skip]\n"
                      f"pub(super) const {name}: [f32; {name}_WEIGHTS] = [\n{body}];\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--books", type=int)
    asked = parser.parse_args()
    summaries = read(asked.data, "summaries")
    book = lambda row: row["id"].split("/")[0]
    fold = {name: i % FOLDS for i, name in enumerate(sorted({book(row) for row in summaries}))}
    if asked.books is not None:
        print(*[name for name, k in fold.items() if k == asked.books])
        return
    texts = {row["id"]: row["text"] for row in read(asked.data, "sections")}
    rows = [row for row in summaries if asked.fold is None or fold[book(row)] != asked.fold]
    lines = "".join(json.dumps({"id": r["id"], "text": texts[r["section"]]}) + "\n" for r in rows)
    command = ["cargo", "run", "--release", "-q", "-p", "sharper-study", "--example", "summary", "--", "--concepts"]
    done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True).stdout
    notes = [json.loads(line) for line in done.splitlines()]
    for note, row in zip(notes, rows):
        label(note, row["summary"])
    write(fit(notes))


if __name__ == "__main__":
    main()
