#!/usr/bin/env python3
"""Fits what makes a term of the notes a fair wrong option.

  tools/fit/distractors.py DATA           writes crates/sharper-study/src/compose/distractors/weights.rs
  tools/fit/distractors.py DATA --check   fits on all books but one, chooses on that one, for each book

DATA holds distractors.jsonl (`{id, section, q, answer, distractors}`: questions of CC BY 4.0 textbooks with the wrong
options that their authors wrote; rows without a section are not used) and sections.jsonl (`{id, text}`). The fit is a
conditional logit: of the terms of a section that are of the answer's kind, which did the authors choose? Only what the
choice tells of counts is kept, no option."""
import argparse, json, math, os, re, subprocess
from logistic import solve

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TARGET = os.path.join(ROOT, "crates/sharper-study/src/compose/distractors/weights.rs")
L2, ROUNDS = 1.0, 8
# Worth of the middle rival, and the spread of worths: a scale on which the borders in the source are set.
MIDDLE, SPREAD = 0.0, 1.0


def read(folder, name):
    with open(os.path.join(folder, name + ".jsonl"), encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def form(text):
    """A rough canonical form: enough to see whether two options are the same."""
    words = [w for w in re.findall(r"[^\W_]+", text.lower()) if w not in ("a", "an", "the")]
    return " ".join(re.sub(r"(?<=[^s]{3})(ies|es|s|y|e)$", "", word) for word in words)


def measured(data):
    """The questions that have a rival which their authors chose: book, rows, and which of them were chosen."""
    texts = {row["id"]: row["text"] for row in read(data, "sections")}
    asked = [row for row in read(data, "distractors") if row.get("section") in texts]
    lines = "".join(json.dumps({"id": r["id"], "q": r["q"], "answer": r["answer"], "source": texts[r["section"]]}) + "\n"
                    for r in asked)
    command = ["cargo", "run", "--release", "-q", "-p", "sharper-study", "--example", "quiz", "--", "--rivals"]
    done = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True).stdout
    questions = []
    for row, line in zip(asked, done.splitlines()):
        rivals = json.loads(line)["rivals"]
        wrong = {form(option) for option in row["distractors"]}
        questions.append({"book": row["section"].split("/")[0], "rows": [features for _, features in rivals],
                          "chosen": [form(option) in wrong for option, _ in rivals]})
    return questions


def fit(questions):
    """The weights under which the chosen are likeliest among the rivals of their question, and a bias for the scale."""
    told = [q for q in questions if any(q["chosen"]) and not all(q["chosen"])]
    every = [row for q in questions for row in q["rows"]]
    size = len(every[0])
    coef = [0.0] * size
    for _ in range(ROUNDS):
        gradient = [-L2 * c for c in coef]
        hessian = [[L2 * (i == j) for j in range(size)] for i in range(size)]
        for q in told:
            scores = [dot(coef, row) for row in q["rows"]]
            top = max(scores)
            odds = [math.exp(score - top) for score in scores]
            total, right = sum(odds), sum(q["chosen"])
            mean = [0.0] * size
            for row, odd, chosen in zip(q["rows"], odds, q["chosen"]):
                part = right * odd / total
                for i in range(size):
                    gradient[i] += (chosen - part) * row[i]
                    mean[i] += row[i] * odd / total
                    if row[i]:
                        for j in range(size):
                            hessian[i][j] += part * row[i] * row[j]
            for i in range(size):
                for j in range(size):
                    hessian[i][j] -= right * mean[i] * mean[j]
        coef = onward(told, coef, solve(hessian, gradient))
    worths = [dot(coef, row) for row in every]
    mean = sum(worths) / len(worths)
    spread = math.sqrt(sum((worth - mean) ** 2 for worth in worths) / len(worths))
    return [c / spread * SPREAD for c in coef], MIDDLE - mean / spread * SPREAD


def likelihood(told, coef):
    """The logarithm of how likely the chosen are, less the cost of the weights."""
    sum_of = -L2 / 2 * dot(coef, coef)
    for q in told:
        scores = [dot(coef, row) for row in q["rows"]]
        top = max(scores)
        total = top + math.log(sum(math.exp(score - top) for score in scores))
        sum_of += sum(score - total for score, chosen in zip(scores, q["chosen"]) if chosen)
    return sum_of


def onward(told, coef, step):
    """A step of Newton's method, halved until it leads upward."""
    now, part = likelihood(told, coef), 1.0
    while part > 1e-4:
        there = [c + part * s for c, s in zip(coef, step)]
        if likelihood(told, there) > now:
            return there
        part /= 2
    return coef


def dot(weights, row):
    return sum(weight * value for weight, value in zip(weights, row))


def match(question, weights):
    """The share of three that the authors chose too."""
    worth = lambda i: dot(weights, question["rows"][i])
    best = sorted(range(len(question["rows"])), key=worth, reverse=True)[:3]
    return sum(question["chosen"][i] for i in best) / 3


def write(weights, bias):
    body = "".join(f"    {weight:.4},\n" for weight in weights)
    with open(TARGET, "w", encoding="utf-8") as out:
        out.write("//! The fitted weights of wrong options. Generated by `tools/fit/distractors.py DATA`; do not edit.\n\n"
                  "use super::worth::RIVAL_FEATURES;\n\n/// Added to the weighted sum of a rival.\n"
                  f"pub(super) const RIVAL_BIAS: f32 = {bias:.4};\n/// What each number that describes a rival is worth.\n"
                  f"#[rustfmt::skip]\npub(super) const RIVAL: [f32; RIVAL_FEATURES] = [\n{body}];\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    questions = measured(asked.data)
    if not asked.check:
        return write(*fit(questions))
    met = []
    for book in sorted({q["book"] for q in questions}):
        weights, _ = fit([q for q in questions if q["book"] != book])
        here = [match(q, weights) for q in questions if q["book"] == book]
        met += here
        print(f"{book:22} n {len(here):3} match@3 {sum(here) / len(here):.3f}")
    weights, _ = fit(questions)
    inside = [match(q, weights) for q in questions]
    print(f"each left out once     n {len(met):3} match@3 {sum(met) / len(met):.3f} "
          f"(fitted on itself {sum(inside) / len(inside):.3f}; "
          f"at best {sum(min(3, sum(q['chosen'])) for q in questions) / 3 / len(questions):.3f})")


if __name__ == "__main__":
    main()
