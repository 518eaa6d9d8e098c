"""What the reference implementation of FSRS makes of random histories, to hold crates/sharper-memory against.

    pip install fsrs==6.3.2
    python tools/memory/reference.py 500 > crates/sharper-memory/tests/fixtures/reference.json
    python tools/memory/reference.py 10000 > reference.json
    cargo bench -p sharper-memory --bench memory -- reference.json

Each row is [[[grade, days], ...], stability, difficulty]: days since the review before, 0 being ten minutes later.
"""

import json
import random
import sys
from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler

SEED = 2026


def history(chance: random.Random) -> list[list[int]]:
    reviews = [[chance.randint(1, 4), 0]]
    for _ in range(chance.randint(0, 11)):
        if chance.random() < 0.25:
            reviews.append([chance.randint(1, 4), 0])
        else:
            days = max(1, round(2 ** chance.uniform(0, 9)))
            reviews.append([chance.choices([1, 2, 3, 4], [2, 2, 5, 1])[0], days])
    return reviews


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    chance = random.Random(SEED)
    scheduler = Scheduler(enable_fuzzing=False)
    rows = []
    for _ in range(count):
        reviews = history(chance)
        card = Card(card_id=1)
        at = datetime(2026, 1, 1, 8, tzinfo=timezone.utc)
        for grade, days in reviews:
            at += timedelta(days=days) if days else timedelta(minutes=10)
            card, _ = scheduler.review_card(card, Rating(grade), at)
        rows.append([reviews, round(card.stability, 9), round(card.difficulty, 9)])
    print("[")
    print(",\n".join(json.dumps(row, separators=(",", ":")) for row in rows))
    print("]")


if __name__ == "__main__":
    main()
