## Sets, and the way in and out
nav-cards = Karten
sets-title = Deine Karten
sets-empty = Du hast noch keine Karten. Mach welche aus deinen Notizen, oder bring einen Stapel mit.
sets-due = { $count ->
    [0] Heute wartet nichts. Du kannst trotzdem jeden Stapel lernen.
    [one] Heute wartet { $count } Karte auf dich.
   *[other] Heute warten { $count } Karten auf dich.
}
sets-study-all = Fällige lernen
sets-study = Lernen
import-heading = Stapel mitbringen
import-lead = Aus Anki (.apkg), Quizlet oder einer Tabelle (.csv, .tsv, .txt), Markdown oder einem anderen Study Sharper (.json). Derselbe Stapel noch einmal bringt deine Karten auf den neuen Stand und verdoppelt sie nie.
import-label = Stapel
import-send = Hereinholen
export-heading = Mitnehmen
export-apkg = Anki (.apkg)
export-csv = Tabelle (.csv)
export-tsv = Quizlet (.tsv)
export-md = Markdown (.md)
export-json = Alles (.json)
export-gift = Moodle GIFT (.txt)
export-moodle = Moodle (.xml)
export-qti = Lernplattformen, QTI 2.1 (.zip)
export-ics = Kalender (.ics)

## Studying
study-all-heading = Was heute wartet
study-more = Mehr
study-wrong = Falsche Karte
study-bury = Heute nicht
study-suspend = Nie wieder
study-flag = Markieren
study-unflag = Markierung entfernen
study-edit-cloze = Satz mit Lücken
study-edit-question = Vorderseite
study-edit-answer = Rückseite
study-edit-keep = Änderung behalten
study-nothing = Hier wartet gerade nichts.
study-all-the-same = Trotzdem lernen
study-next = Die nächste Karte kommt in { $when } wieder.
interval-minutes = { $number } Min.
interval-hours = { $number } Std.
interval-days = { $number } T.
interval-months = { $number } Mon.
interval-years = { $number } J.
