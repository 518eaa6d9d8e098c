# The words of the library, of a note and of its editor, in German.

## The library
nav-library = Bibliothek
library-title = Bibliothek
library-open = Deine Bibliothek
library-search = Notizen durchsuchen
library-search-do = Suchen
library-searching = Suche läuft …
library-offline = Du bist offline. Die Suche geht wieder, sobald du zurück bist.
library-results = Gefunden
library-found = { $count ->
    [one] { $count } Notiz
   *[other] { $count } Notizen
}
library-nothing-found = Nichts in deinen Notizen passt. Versuche ein anderes Wort oder weniger Wörter.
library-notes = Notizen
library-empty = Noch nichts da. Zieh eine Datei hierher, wähle eine aus oder schreib deine erste Notiz.
library-more = Nur die zuletzt geänderten Notizen stehen hier. Die Suche findet die anderen.
library-choose = Auswählen:
library-folder-empty = Dieser Ordner ist leer.
library-folder-holds = { $count ->
    [one] Ordner mit { $count } Notiz
   *[other] Ordner mit { $count } Notizen
}
library-with-chosen = Mit der Auswahl
library-move-to = Verschieben nach
library-no-folder = Kein Ordner
library-move = Verschieben
library-new-name = Neuer Name
library-rename = Umbenennen
library-duplicate = Duplizieren
library-delete = Löschen
library-thrown = Es liegt jetzt im Papierkorb.
library-undo = Rückgängig
library-bin = Papierkorb
library-bin-what = Was aus einer Notiz gemacht wurde, bleibt mit seinen Zitaten erhalten.
library-bin-empty = Der Papierkorb ist leer.
library-bin-clear = Papierkorb leeren
library-restore = Wiederherstellen
library-erase = Endgültig löschen
library-add = Hinzufügen
library-drop = Zieh Dateien hierher oder wähle sie aus.
library-files-kinds = PDF, Word, Folien, Bücher, Webseiten, Markdown, Text und Bilder von Seiten.
library-files-most = Je höchstens { $size }.
library-into = Ordner
library-upload = Hochladen
library-retry = Noch einmal
library-file-too-large = Zu groß: höchstens { $size }. Schick sie in Teilen.
library-file-sending = { $share } % gesendet
library-file-reading = Wird gelesen …
library-file-ready = Fertig
library-file-known = Diese hast du schon
library-sent = Gelesene Dateien: { $added }. Dateien, die nicht gelesen werden konnten: { $refused }.
library-fault-empty = Die Datei ist leer.
library-fault-no-text = In dieser Datei steht kein Text.
library-fault-encrypted = Sie ist mit einem Passwort geschützt. Speichere eine Kopie ohne Passwort und schick diese.
library-fault-damaged = Sie ist beschädigt oder unvollständig. Öffne sie, speichere sie neu und schick die neue Kopie.
library-fault-scanned = Ihre Seiten sind Bilder ohne Text. Lass eine Texterkennung darüberlaufen oder schick eine Kopie mit Text.
library-fault-too-many-pages = Sie hat zu viele Seiten. Schick sie in Teilen.
library-fault-too-much = Es steht mehr darin, als gelesen werden kann. Schick sie in Teilen.
library-fault-too-hard = Das Lesen dauerte zu lange. Speichere sie in einem anderen Programm neu oder schick sie in Teilen.
library-fault-unsupported = Dateien dieser Art können nicht gelesen werden. Schick ein PDF, ein Dokument, Folien, ein Buch, eine Webseite oder Text.
library-fault-no-transcription = Aufnahmen können hier nicht verschriftlicht werden.
library-file-lost = Die Verbindung brach ab. Versuch es noch einmal.
library-write = Notiz schreiben
library-new-folder = Neuer Ordner
library-folder-name = Name des Ordners
library-inside = Darin
library-make-folder = Ordner anlegen

## A note
note-page = S. { $label }
note-slide = Folie { $label }
note-picture = Bild
note-gap = Noch keine Karte
note-version = Version { $count }
note-origin = Gelesen aus { $name }
note-saved = Gespeichert.
note-old = Das ist eine frühere Version.
note-newest = Zur neuesten
note-restore = Diese Version wiederherstellen
note-passage-gone = Diese Stelle steht nicht mehr in der Notiz. Sie lautete:
note-make = Aus dieser Notiz etwas machen
note-ask = Frag zu dieser Notiz
note-made = Aus dieser Notiz gemacht
note-nothing-made = Noch nichts. Mach Karten, und bei jeder steht hier, auf welchen Worten sie beruht.
note-coverage = Aus { $covered } von { $blocks } Abschnitten wurde etwas gemacht.
note-stale = Stelle geändert
note-stale-count = { $count ->
    [one] { $count } Eintrag beruht auf Worten, die du geändert hast.
   *[other] { $count } Einträge beruhen auf Worten, die du geändert hast.
}
note-remake = Neu machen
note-open = Öffnen
note-in-note = In der Notiz zeigen
note-versions = Versionen

## The editor
editor-new = Neue Notiz
editor-edit = Bearbeiten
editor-back = Zurück zur Notiz
editor-title = Titel
editor-text = Text (Markdown)
editor-mine = Was du geschrieben hast
editor-theirs = Was inzwischen gespeichert wurde:
editor-conflict = Diese Notiz wurde anderswo geändert, während du schriebst.
editor-conflict-do = Beide Texte stehen unten. Übernimm, was bleiben soll, und speichere dann.
editor-preview = Vorschau
editor-no-preview = Was du schreibst, erscheint hier so, wie es aussehen wird.
editor-save = Speichern
editor-discard = Aufbewahrtes verwerfen
editor-offline = Du bist offline. Was du schreibst, bleibt in diesem Browser; speichere, sobald du zurück bist.
editor-kept = Was du zuvor geschrieben hast, wurde aufbewahrt und steht wieder hier.
library-gone = Das gibt es nicht mehr
library-gone-do = Eine dieser Notizen oder einer dieser Ordner wurde inzwischen gelöscht. Die Liste unten ist aktuell.
library-misplaced = So können die Ordner nicht liegen
library-misplaced-do = Ein Ordner kann nicht in sich selbst liegen, zwei Ordner am selben Ort können nicht gleich heißen, und mehr als 12 Ebenen und 1.000 Ordner gehen nicht.
