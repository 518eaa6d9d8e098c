# The words of the pages, in German.

## Around every page
skip-to-content = Zum Inhalt springen
nav-label = Seiten
nav-today = Heute
theme-switch = Zwischen hell und dunkel wechseln
footer-version = Study Sharper { $version }
back-to-today = Zurück zu Heute
author-offline = Die Karten schreibt der Offline-Autor: Kein Modell wird gefragt, und deine Notizen bleiben auf diesem Server.
author-model = Die Karten schreibt { $model }. Jede wird mit deinen Notizen verglichen, bevor du sie siehst.
author-away = { $model } ist gerade nicht erreichbar. Bis dahin schreibt der Offline-Autor die Karten.
ago-now = gerade eben
ago-minutes = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
}
ago-hours = { $count ->
    [one] vor { $count } Stunde
   *[other] vor { $count } Stunden
}
ago-days = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}

## Cards
cards-count = { $count ->
    [one] { $count } Karte
   *[other] { $count } Karten
}
card-from = Aus deinen Notizen
difficulty-adaptive = Gemischt
difficulty-easy = Leicht
difficulty-medium = Mittel
difficulty-hard = Schwer

## Today
today-title = Heute
today-heading = Deine Notizen als Lernkarten
today-lead = Jede Karte ist aus deinen Notizen zitiert und geprüft, bevor du sie siehst.
today-notes-label = Datei hierher ziehen oder Notizen einfügen
today-notes-placeholder = Eine Seite aus der Vorlesung, ein Kapitel, eine Liste von Begriffen …
today-file-label = Dateien wählen
today-file-not-text = { $name } ist keine Textdatei. Gelesen werden Text (.txt) und Markdown (.md).
today-words = Wörter: { $words }
today-count-label = Karten
today-count-other = Andere
today-count-other-label = Wie viele Karten, 1 bis 200
today-difficulty-label = Schwierigkeit
today-title-label = Titel (freiwillig)
today-make = Lernkarten machen
today-sending = Deine Notizen werden gesendet …
today-offline = Du bist offline. Deine Notizen bleiben im Feld; sende sie, wenn du wieder verbunden bist.
today-first-heading = So geht es
today-first-paste = Füge deine Notizen ein oder ziehe eine Datei hierher.
today-first-check = Die Karten erscheinen eine nach der anderen, jede mit den Worten deiner Notizen, auf die sie sich stützt. Was deine Notizen nicht hergeben, wird weggelassen.
today-first-study = Lerne sie sofort, mit dem Daumen oder der Tastatur.
today-resume = Weiter mit:
today-recent-heading = Weitermachen, wo du aufgehört hast
today-recent-progress = { $studied } von { $cards } gelernt
today-recent-cards = Alle Karten
today-samples-heading = Oder probiere es mit einem Beispiel

## Making
making-title = Lernkarten entstehen
making-heading = Karten aus „{ $title }“
making-steps-label = Fortschritt
making-cards = Karten
making-count = { $done } von { $requested } Karten
making-left-out = Weggelassen: { $count }
making-waiting = Deine Notizen sind als Nächstes dran.
making-done = Fertig. Die Karten sind gespeichert.
making-failed = Das konnte nicht beendet werden.
making-cancelled = Du hast das angehalten. Nichts wurde gespeichert.
making-cancel = Anhalten
making-study = Jetzt lernen
making-set = Satz ansehen
making-reconnecting = Die Verbindung ist kurz weg. Die Arbeit geht weiter; diese Seite holt von selbst auf.
making-refresh = Diese Seite lädt sich alle zwei Sekunden neu, bis die Karten fertig sind.
step-analyse = Verstehen, was du möchtest
step-gather = Deine Notizen lesen
step-write = Karten schreiben und jede prüfen
step-safety = Noch einmal prüfen, ob alles unbedenklich ist
step-format = Die Karten ordnen
step-complete = Für dich aufbewahren

## Why an item was left out
fault-missing-field = ein Teil fehlte
fault-too-long = sie waren zu lang zum Lernen
fault-answer-in-question = die Frage verriet die Antwort
fault-repeated-option = zwei Möglichkeiten sagten dasselbe
fault-not-one-key = sie hatten nicht genau eine richtige Antwort
fault-wrong-language = sie waren nicht in der Sprache deiner Notizen
fault-not-prose = sie waren keine lesbaren Sätze
fault-dangling-reference = sie ergaben ohne die Seite ringsum keinen Sinn
fault-quote-not-found = ihr Zitat steht nicht in deinen Notizen
fault-number-differs = eine Zahl wich von deinen Notizen ab
fault-name-differs = ein Name wich von deinen Notizen ab
fault-negation-differs = sie sagten das Gegenteil deiner Notizen
fault-unsupported = deine Notizen geben sie nicht her
fault-duplicate = sie wiederholten eine andere
fault-already-known = du hast sie schon
fault-unsafe = sie waren nicht geeignet
fault-low-quality = sie waren nicht gut genug
fault-low-accuracy = sie waren nicht genau genug

## Study
study-title = { $set } lernen
study-progress = Fortschritt
study-card = Karte
study-left = Noch { $count }
study-show = Antwort zeigen
study-keys = Leertaste wendet die Karte, 1 bis 4 bewertet, U nimmt zurück.
study-grade-label = Wie gut wusstest du es?
grade-again = Nochmal
grade-hard = Schwer
grade-good = Gut
grade-easy = Leicht
study-undo = Zurück
study-offline = Du bist offline. Deine Bewertungen bleiben auf diesem Gerät und werden gesendet, sobald du wieder verbunden bist.
study-done-heading = Fertig für jetzt
study-done-count = { $count ->
    [one] { $count } Karte gelernt. So gut wusstest du sie auf den ersten Blick:
   *[other] { $count } Karten gelernt. So gut wusstest du sie auf den ersten Blick:
}
study-look-again = Einen zweiten Blick wert
study-all-known = Du hast jede einzelne gewusst.
study-once-more = Noch einmal lernen
study-empty = Dieser Satz hat keine Karten.

## A set
set-study = Diesen Satz lernen

## Problems
problem-empty-notes = Es gibt keine Notizen
problem-empty-notes-do = Füge Text ein oder wähle eine Datei, die nicht leer ist.
problem-not-text = Das ist kein Text
problem-not-text-do = Gelesen werden Text (.txt) und Markdown (.md). Kopiere den Text aus anderen Dateien und füge ihn ein.
problem-not-found = Hier ist nichts
problem-not-found-do = Die Adresse ist vielleicht falsch geschrieben, oder es wurde gelöscht. Alle deine Sätze stehen unter Heute.
problem-too-large = Das ist zu groß
problem-too-large-do = Sende es in Teilen, ein Kapitel nach dem anderen: Auch die Karten werden besser.
problem-timeout = Deine Notizen kamen nicht rechtzeitig an
problem-timeout-do = Vielleicht ist die Verbindung langsam. Versuche es noch einmal oder sende einen kleineren Teil.
problem-conflict = Das geht jetzt nicht
problem-conflict-do = Es wurde inzwischen geändert oder beendet. Geh zurück und sieh es dir noch einmal an.
problem-forbidden = Nicht erlaubt
problem-forbidden-do = Das gehört jemand anderem, oder die Seite war zu lange offen. Geh zurück und versuche es noch einmal.
problem-limit = Das war viel auf einmal
problem-limit-do = Es gibt eine Grenze, damit alle an die Reihe kommen. Nichts von dir ist verloren.
problem-not-available = Hier nicht verfügbar
problem-not-available-do = Dieser Server ist dafür nicht eingerichtet. Lernkarten gehen immer.
problem-nothing-to-make = Aus diesen Notizen ließ sich nichts machen
problem-nothing-to-make-do = Vielleicht sind sie zu kurz oder enthalten keine ganzen Sätze. Ergänze welche und versuche es noch einmal.
problem-cancelled = Angehalten
problem-cancelled-do = Du hast das angehalten. Nichts wurde gespeichert.
problem-unavailable = Im Moment nicht verfügbar
problem-unavailable-do = Deine Karten sind sicher. Versuche es in einer Minute noch einmal.
problem-storage-full = Es ist kein Platz mehr
problem-storage-full-do = Neues kann erst gespeichert werden, wenn der Betreiber dieses Servers Platz schafft. Was du hast, ist sicher.
problem-request = Das war nicht zu verstehen
problem-request-do = Einige Felder stimmen nicht. Geh zurück, sieh sie dir an und sende es noch einmal.
problem-internal = Bei uns ist etwas schiefgegangen
problem-internal-do = Es wurde vermerkt. Versuche es noch einmal; geschieht es wieder, nenne dem Betreiber dieses Servers die Nummer unten.
problem-again-seconds = { $count ->
    [one] In { $count } Sekunde geht es weiter.
   *[other] In { $count } Sekunden geht es weiter.
}
problem-again-minutes = { $count ->
    [one] In { $count } Minute geht es weiter.
   *[other] In { $count } Minuten geht es weiter.
}
problem-request-id = Anfrage
