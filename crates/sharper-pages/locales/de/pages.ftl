# The words of the pages, in German.

## Around every page
skip-to-content = Zum Inhalt springen
nav-label = Seiten
nav-today = Heute
theme-switch = Zwischen hell und dunkel wechseln
footer-version = Study Sharper { $version }
back-to-today = Zurück zu Heute
author-offline = Hier schreibt der Offline-Autor: Kein Modell wird gefragt, und deine Notizen bleiben auf diesem Server.
author-model = Hier schreibt { $model }. Alles wird mit deinen Notizen verglichen, bevor du es siehst.
author-away = { $model } ist gerade nicht erreichbar. Bis dahin schreibt der Offline-Autor.
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
card-verbatim = Wörtlich aus deinen Notizen
difficulty-adaptive = Gemischt
difficulty-easy = Leicht
difficulty-medium = Mittel
difficulty-hard = Schwer

## Today
today-title = Heute
today-heading = Was soll aus deinen Notizen werden?
today-lead = Alles ist aus deinen Notizen zitiert und geprüft, bevor du es siehst.
today-notes-label = Datei hierher ziehen oder Notizen einfügen
today-notes-placeholder = Eine Seite aus der Vorlesung, ein Kapitel, eine Liste von Begriffen …
today-file-label = Dateien wählen
today-words = Wörter: { $words }
today-count-label = Wie viele
today-count-other = Andere
today-count-other-label = Wie viele, 1 bis 200
today-difficulty-label = Schwierigkeit
today-title-label = Titel (freiwillig)
today-make = { $kind ->
    [quiz] Quiz machen
    [exam] Klausur machen
    [summary] Zusammenfassen
    [analysis] Notizen durchsehen
    [plan] Meine Tage planen
    [chat] Fragen
   *[cards] Lernkarten machen
}
today-sending = Deine Notizen werden gesendet …
today-offline = Du bist offline. Deine Notizen bleiben im Feld; sende sie, wenn du wieder verbunden bist.
today-first-heading = So geht es
today-first-paste = Füge deine Notizen ein oder ziehe eine Datei hierher.
today-first-check = Stück für Stück erscheint, was daraus wird, jedes mit den Worten deiner Notizen, auf die es sich stützt. Was deine Notizen nicht hergeben, wird weggelassen.
today-first-study = Lerne sie sofort, mit dem Daumen oder der Tastatur.
today-resume = Weiter mit:
today-recent-heading = Weitermachen, wo du aufgehört hast
today-recent-progress = { $studied } von { $cards } gelernt
today-recent-cards = Alle Karten
today-samples-heading = Oder probiere es mit einem Beispiel

## Making
making-title = Im Entstehen
making-heading = { $kind ->
    [quiz] Ein Quiz zu „{ $title }“
    [exam] Eine Klausur zu „{ $title }“
    [summary] Zusammenfassung von „{ $title }“
    [analysis] Durchsicht von „{ $title }“
    [plan] Ein Plan für „{ $title }“
    [chat] Frage an „{ $title }“
   *[cards] Karten aus „{ $title }“
}
making-steps-label = Fortschritt
making-count = { $done } von { $requested }
making-left-out = Weggelassen: { $count }
making-waiting = Deine Notizen sind als Nächstes dran.
making-done = Fertig und für dich aufbewahrt.
making-failed = Das konnte nicht beendet werden.
making-cancelled = Du hast das angehalten. Nichts wurde gespeichert.
making-cancel = Anhalten
making-set = Satz ansehen
making-reconnecting = Die Verbindung ist kurz weg. Die Arbeit geht weiter; diese Seite holt von selbst auf.
making-refresh = Diese Seite lädt sich alle zwei Sekunden neu, bis alles fertig ist.
step-analyse = Verstehen, was du möchtest
step-gather = Deine Notizen lesen
step-write = Schreiben und jedes Stück prüfen
step-safety = Noch einmal prüfen, ob alles unbedenklich ist
step-format = Alles ordnen
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
study-keys = Leertaste dreht die Karte, 1 bis 4 bewerten, U nimmt zurück, W meldet eine falsche Karte, B stellt sie zurück.
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
problem-file = Diese Datei lässt sich nicht lesen
problem-file-do = Öffne sie, speichere sie neu und schicke die neue Kopie; oder kopiere ihren Text und füge ihn ein.
problem-not-found = Hier ist nichts
problem-not-found-do = Die Adresse ist vielleicht falsch geschrieben, oder es wurde gelöscht. Alle deine Sätze stehen unter Heute.
problem-too-large = Das ist zu groß
problem-too-large-do = Sende es in Teilen, ein Kapitel nach dem anderen: Auch die Karten werden besser.
problem-timeout = Deine Notizen kamen nicht rechtzeitig an
problem-timeout-do = Vielleicht ist die Verbindung langsam. Versuche es noch einmal oder sende einen kleineren Teil.
problem-conflict = Das geht jetzt nicht
problem-conflict-do = Es wurde inzwischen geändert oder beendet. Geh zurück und sieh es dir noch einmal an.
problem-unauthorized = Melde dich zuerst an
problem-unauthorized-do = Du bist nicht oder nicht mehr angemeldet. Melde dich an und versuche es noch einmal.
problem-forbidden = Nicht erlaubt
problem-forbidden-do = Das gehört jemand anderem, oder die Seite war zu lange offen. Geh zurück und versuche es noch einmal.
problem-limit = Das war viel auf einmal
problem-limit-do = Es gibt eine Grenze, damit alle an die Reihe kommen. Nichts von dir ist verloren.
problem-day = Das war alles für heute
problem-day-do = Alle dürfen am Tag nur eine bestimmte Menge beginnen. Komm nach Mitternacht (UTC) wieder; was du hast, ist sicher.
problem-notes-full = Dein Platz für Notizen ist voll
problem-notes-full-do = Lösche Notizen, die du nicht mehr brauchst, und versuche es dann wieder. Was du hast, ist sicher.
problem-not-available = Hier nicht verfügbar
problem-not-available-do = Dieser Server ist dafür nicht eingerichtet.
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
problem-again-hours = { $count ->
    [one] In { $count } Stunde geht es weiter.
   *[other] In { $count } Stunden geht es weiter.
}
problem-request-id = Anfrage

## Kinds of material
kind-name = { $kind ->
    [quiz] Quiz
    [exam] Klausur
    [summary] Zusammenfassung
    [analysis] Durchsicht
    [plan] Lernplan
    [chat] Frage
   *[cards] Lernkarten
}
nav-tutor = Tutor
questions-count = { $count ->
    [one] { $count } Frage
   *[other] { $count } Fragen
}
points-count = { $count ->
    [one] { $count } Hauptpunkt
   *[other] { $count } Hauptpunkte
}
findings-count = { $count ->
    [one] { $count } Befund
   *[other] { $count } Befunde
}
days-count = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
result-by-offline = vom Offline-Autor
result-by-model = von { $model }
result-print = Drucken
item-points = Punkte: { $count }
item-minutes = { $count } min
item-term = Begriff
topic-share = { $count } % der Zeit
importance-high = Zentral
importance-medium = Wichtig
importance-low = Auch gesagt
question-multiple-choice = Auswahl
question-true-false = Wahr oder falsch
question-short-answer = Kurze Antwort
question-essay = Aufsatz
answer-true = Wahr
answer-false = Falsch
finding-strength = Gut erklärt
finding-gap = Das fehlt
finding-contradiction = Widersprüche
finding-unclear = Unklar
finding-next-step = Nächste Schritte

## Choosing what to make
today-type-label = Daraus machen
today-options = Auswahl
today-minutes-label = Minuten
today-question-types-label = Arten von Fragen
today-length-label = Länge
length-short = Kurz
length-medium = Mittel
length-long = Lang
today-style-label = Form
style-bullet-points = Stichpunkte
style-paragraph = Fließtext
style-outline = Gliederung
today-exam-date-label = Tag der Prüfung (freiwillig)
today-days-label = Tage
today-daily-minutes-label = Minuten am Tag

## While it is made
making-items = Was entstanden ist
making-so-far = Bisher: { $count }
making-taken-back = Zurückgenommen: { $reason }
making-open = { $kind ->
    [quiz] Quiz beginnen
    [exam] Klausur ansehen
    [summary] Zusammenfassung lesen
    [analysis] Befunde ansehen
    [plan] Plan ansehen
    [chat] Zum Gespräch
   *[cards] Jetzt lernen
}
making-degraded = Das Modell war nicht zu gebrauchen; der Offline-Autor ist eingesprungen.

## A quiz and an exam
quiz-number = Frage { $count }
quiz-one = Eine nach der anderen
quiz-all = Alle auf einmal
quiz-your-answer = Deine Antwort
quiz-check = Prüfen
quiz-next = Weiter
quiz-answer = Antwort
quiz-right = Richtig.
quiz-wrong = Diesmal nicht.
quiz-compare = Vergleiche mit der Antwort unten. Hattest du es?
quiz-had-it = Hatte ich
quiz-missed-it = Hatte ich nicht
quiz-choose = Wähle oder schreibe erst eine Antwort.
quiz-also = Auch richtig: { $answers }
quiz-score = { $got } von { $total } Punkten
quiz-again = Üben, was gefehlt hat
quiz-restart = Von vorn
exam-key = Lösungen
exam-rubric = Wofür es Punkte gibt

## A summary and a plan
summary-terms = Begriffe
summary-facts = Wörter: { $words } · { $minutes } min zu lesen
plan-day = Tag { $count }
plan-topics = Themen
plan-mastery = Gekonnt: { $count } %
activity-learn = Lernen
activity-review = Wiederholen
activity-practise = Üben
activity-mock-exam = Probeklausur

## The tutor
tutor-title = Frag deine Notizen
tutor-lead = Der Tutor antwortet nur aus deinen Notizen und zeigt zu jeder Aussage die Stelle.
tutor-label = Deine Frage
tutor-ask = Fragen
tutor-no-question = Schreibe erst deine Frage.
tutor-you = Du
tutor-tutor = Tutor
tutor-thinking = Deine Notizen werden gelesen …
tutor-citation = Stelle { $number } zeigen
tutor-not-in-notes = Deine Notizen enthalten darauf keine Antwort.
tutor-not-in-notes-do = Hier wird nichts erfunden. Ergänze eine Notiz dazu, oder frage nach etwas, das in deinen Notizen steht.
tutor-add-notes = Notizen ergänzen
tutor-conversations = Gespräche
tutor-new = Neues Gespräch
tutor-none = Noch keines. Die erste Frage beginnt eines.

## Spending
problem-budget = Das Budget für heute ist verbraucht
problem-budget-do = Was am Tag für Modelle ausgegeben werden darf, ist ausgegeben. Versuche es morgen wieder; was du hast, ist sicher.
