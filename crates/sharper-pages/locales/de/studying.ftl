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

## Progress
nav-progress = Fortschritt
progress-title = Fortschritt
progress-empty = Noch wurde nichts gelernt. Mach ein paar Karten und lerne sie: dann siehst du hier, wie es läuft.
progress-streak = { $count ->
    [0] Lerne heute, und eine neue Serie beginnt.
    [one] { $count } Tag in Folge.
   *[other] { $count } Tage in Folge.
}
progress-minutes = { $count ->
    [one] { $count } Minute in den letzten sieben Tagen.
   *[other] { $count } Minuten in den letzten sieben Tagen.
}
progress-exam-in = Die Prüfung ist in { $when }.
progress-ready = Wenn du bis dahin nichts mehr lernst, weißt du { $recall } ihrer Karten (in neun von zehn Fällen { $low } bis { $high }).
progress-forecast = Was in den nächsten zwei Wochen wiederkommt
progress-table = Als Tabelle
progress-day = Tag
progress-days = Tage, an denen du gelernt hast
progress-days-studied = { $count ->
    [one] { $count } Tag in den letzten zwölf Wochen.
   *[other] { $count } Tage in den letzten zwölf Wochen.
}
progress-retention = Gewusst, und was vorhergesagt war
progress-retention-none = Noch ist keine Karte nach einem Tag oder mehr wiedergekommen.
progress-between = Tage dazwischen
progress-reviews = Wiederholungen
progress-predicted = Vorhergesagt
progress-remembered = Gewusst
progress-topics = Themen, die schwächsten zuerst
progress-topics-none = Über Themen ist noch nichts bekannt.
progress-practise = Das üben

## A set
set-how = Wie gelernt wird
set-new-per-day = Neue Karten am Tag
set-write = Eine Karte schreiben
set-both-ways = In beide Richtungen fragen
set-write-keep = Karte hinzufügen

## How one studies
settings-study = Lernen
settings-study-heading = Wie du lernst
settings-study-kept = Gespeichert. Es gilt ab der nächsten Karte.
settings-study-wrong = Eine der Angaben geht so nicht: Sieh dir das markierte Feld an. Nichts wurde geändert.
settings-study-retention = Behalten (Prozent)
settings-study-retention-hint = Der Anteil der Karten, den du wissen willst, wenn sie wiederkommen. Mehr heißt mehr Wiederholungen: 90 passt den meisten.
settings-study-new = Neue Karten am Tag
settings-study-reviews = Wiederholungen am Tag
settings-study-longest = Längste Zeit zwischen zwei Wiederholungen (Tage)
settings-study-leech = So oft vergessen, gilt eine Karte als hartnäckig (0: nie)
settings-study-day = Stunde, zu der dein Tag beginnt
settings-study-steps = Schritte einer neuen Karte (Minuten)
settings-study-again = Schritte einer vergessenen Karte (Minuten)
settings-study-steps-hint = Minuten mit einem Leerzeichen dazwischen, etwa 1 10. Keine: Die Karte kommt an einem anderen Tag wieder.
settings-study-siblings = Andere Karten derselben Notiz auf morgen verschieben
settings-study-leech-stop = Hartnäckige Karten aussetzen
settings-study-fit = Dein eigenes Gedächtnis
settings-study-fit-do = Jetzt an meine Wiederholungen anpassen
settings-study-fit-all = Die Abstände folgen dem Gedächtnis der Menschen im Allgemeinen. Ab { $count } Wiederholungen an späteren Tagen lassen sie sich an deines anpassen.
settings-study-fit-own = Die Abstände sind an { $count } deiner Wiederholungen angepasst.
settings-study-fitted = Dein Gedächtnis wurde an { $count } Wiederholungen angepasst.
settings-study-too-few = Noch nicht: { $count } Wiederholungen an späteren Tagen sind nötig. Nichts wurde geändert.

## A plan as it is followed
plan-done = Erledigt
plan-undone = Doch nicht erledigt
plan-done-of = { $count } von { $of } Tagen erledigt
