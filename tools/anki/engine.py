"""The real engine of Anki, as the tests of `sharper-exchange` ask it.

    engine.py import FILE…             imports the files one after the other into a new collection; prints what it then holds
    engine.py export FOLDER            makes a collection with everything that decks have; exports it, in the old form and the new
    engine.py through FILE OUT FORM    imports a file and exports it again (FORM: old or new)
"""

import base64
import json
import os
import sys
import tempfile

from anki.collection import (
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SOUND = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(64)


def collection():
    folder = tempfile.mkdtemp()
    return Collection(os.path.join(folder, "collection.anki2"))


def take(col, path):
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}


def export(col, path, old, limit=None):
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_media=True, with_deck_configs=True, legacy=old
    )
    col.export_anki_package(out_path=path, options=options, limit=limit)


def holds(col):
    """Everything that a test may compare, without what is only of this collection."""
    notes = []
    for nid in col.db.list("select id from notes order by id"):
        note = col.get_note(nid)
        cards = []
        for card in note.cards():
            memory = card.memory_state
            cards.append(
                {
                    "ord": card.ord,
                    "deck": col.decks.name(card.did),
                    "type": card.type,
                    "queue": card.queue,
                    "due_in": card.due - col.sched.today if card.type == 2 else card.due,
                    "ivl": card.ivl,
                    "reps": card.reps,
                    "lapses": card.lapses,
                    "flag": card.user_flag(),
                    "memory": [round(memory.stability, 3), round(memory.difficulty, 3)] if memory else None,
                    "front": card.question(),
                    "back": card.answer(),
                    "log": col.db.all(f"select id, ease, time, type from revlog where cid = {card.id} order by id"),
                }
            )
        notes.append(
            {
                "guid": note.guid,
                "type": note.note_type()["name"],
                "fields": note.fields,
                "tags": note.tags,
                "mod": note.mod,
                "csum": col.db.scalar(f"select csum from notes where id = {nid}"),
                "cards": cards,
            }
        )
    media = sorted(os.listdir(col.media.dir()))
    return {"notes": notes, "media": media, "problems": col.fix_integrity()[0]}


def add(col, kind, fields, deck, tags=()):
    note = col.new_note(col.models.by_name(kind))
    for index, value in enumerate(fields):
        note.fields[index] = value
    note.tags = list(tags)
    col.add_note(note, col.decks.id(deck))
    return note


def make(folder):
    col = collection()
    col.media.write_data("pixel é.png", PIXEL)
    col.media.write_data("tone.mp3", SOUND)
    add(col, "Basic", ["What is <b>osmosis</b>?", "Water through a <i>membrane</i>"], "Bio", ["cell::water", "easy"])
    add(col, "Basic (and reversed card)", ["Paris", "capital of France"], "Geo::Europe")
    add(col, "Cloze", ["{{c1::Paris::city}} is in {{c2::France}}; {{c3::the {{c4::Seine}}}}", "<b>Remark</b>"], "Geo::Europe")
    add(col, "Basic", [r"Area: \(\pi r^2 &lt; 4\)", r"\[\frac{a}{b}\]"], "Maths")
    add(col, "Basic", ['<div dir="rtl">ما هي الخلية؟</div>', "מהו תא? 🧬"], "RTL")
    add(col, "Basic", ['<img src="pixel é.png"> what?', "[sound:tone.mp3]<br>second line"], "Bio")
    add(col, "Basic", ["H<sub>2</sub>O<script>alert(1)</script>", '<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul><a href="javascript:x()">l</a>'], "Bio")
    add(col, "Basic (type in the answer)", ["2 * 3 = ?", "6"], "Maths")
    add(col, "Basic (optional reversed card)", ["front", "back", "y"], "Maths")
    model = col.models.copy(col.models.by_name("Basic"))
    model["name"] = "Conditional"
    col.models.add_field(model, col.models.new_field("Hint"))
    model["tmpls"][0]["qfmt"] = "Capital of {{Front}}?{{#Hint}} ({{text:Hint}}){{/Hint}}{{^Hint}} (no hint){{/Hint}}"
    model["tmpls"][0]["afmt"] = "{{FrontSide}}<hr id=answer>{{Back}} {{hint:Hint}}"
    model["css"] += "\n.own { color: red }"
    col.models.update_dict(model)
    add(col, "Conditional", ["France", "Paris", "P…"], "Geo")
    add(col, "Conditional", ["Spain", "Madrid", ""], "Geo")
    cards = list(col.find_cards('deck:Bio'))
    col.sched.suspend_cards([cards[1]])
    col.set_user_flag_for_cards(3, [cards[2]])
    for fsrs, deck in ((False, "Maths"), (True, "RTL")):
        col.set_config("fsrs", fsrs)
        col.decks.select(col.decks.id(deck))
        for _ in range(2):
            card = col.sched.getCard()
            if card:
                card.start_timer()
                col.sched.answerCard(card, 4 if fsrs else 3)
    for old in (True, False):
        export(col, os.path.join(folder, "old.apkg" if old else "new.apkg"), old)
    return holds(col)


def main(words):
    if words[0] == "import":
        col = collection()
        out = {"logs": [], "held": []}
        for path in words[1:]:
            out["logs"].append(take(col, path))
            out["held"].append(holds(col))
    elif words[0] == "export":
        out = make(words[1])
    elif words[0] == "through":
        col = collection()
        take(col, words[1])
        export(col, words[2], words[3] == "old")
        out = {}
    col.close() if words[0] != "export" else None
    json.dump(out, sys.stdout)


main(sys.argv[1:])
