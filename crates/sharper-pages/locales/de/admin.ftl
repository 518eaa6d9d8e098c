# Die Worte der Seiten des Betreibers, auf Deutsch.

## Units
unit-percent = { $n } %
unit-ms = { $n } ms
unit-s = { $n } s
unit-min = { $n } min
unit-usd = { $n } $
unit-kb = { $n } kB
unit-mb = { $n } MB
unit-gb = { $n } GB
unit-below = unter { $n }

## Around every page
admin-now = Jetzt
admin-agents = Agenten
admin-errors = Fehler
admin-users = Nutzer
admin-quality = Qualität
admin-alerts = Alarme
admin-settings = Geltende Einstellungen
admin-log = Protokoll
admin-window = Zeitraum
admin-window-hour = 1 Stunde
admin-window-day = 24 Stunden
admin-window-week = 7 Tage
admin-window-month = 30 Tage
admin-updated = Stand
admin-live-stop = Nicht mehr auffrischen
admin-live-go = Wieder auffrischen
admin-lost = Die Verbindung ist weg. Was du siehst, ist von vorhin; es geht von selbst weiter.
admin-search = Suchen
admin-empty = Nichts in diesem Zeitraum.

## States
admin-state = Zustand
admin-state-good = Im Ziel
admin-state-near = Nahe an der Grenze
admin-state-bad = Nicht im Ziel
admin-state-unknown = Noch nicht bekannt

## Now
admin-answer-good = Alles ist, wie es sein soll.
admin-answer-quiet = In diesem Zeitraum lief nichts.
admin-answer-off = Nicht im Ziel: { $what }.
admin-alerts-firing = { $count ->
    [one] { $count } Alarm ist ausgelöst
   *[other] { $count } Alarme sind ausgelöst
}
admin-success = Erfolg
admin-average = Zeit im Mittel
admin-p50 = p50
admin-p95 = p95
admin-time-p50 = die Hälfte davon in { $n }
admin-requests = Anfragen
admin-requests-under = { $failed } gescheitert · { $running } in Arbeit · { $waiting } warten
admin-tokens = Tokens
admin-tokens-under = aller Modelle
admin-cost = Kosten
admin-budget = heute { $spent } von { $budget }
admin-budget-none = kein Budget gesetzt
admin-target = Ziel
admin-target-is = Ziel: { $target }
admin-target-over = über { $n }
admin-target-under = unter { $n }
admin-target-within = auf { $n } genau
admin-chart-requests = Anfragen
admin-chart-times = Zeit im Mittel
admin-chart-most = höchstens { $n }
admin-chart-now = jetzt

## The success measures
admin-measures = Erfolgsmaße
admin-measure = Maß
admin-value = Wert
admin-measure-logged = Aufzeichnung der Ausführungen
admin-target-logged = keine verworfen
admin-value-logged = { $recorded } aufgezeichnet, { $dropped } verworfen
admin-measure-sums = Genauigkeit der Kennzahlen
admin-target-sums = gleich der Zählung der Zeilen
admin-value-sums = Abweichung { $n }
admin-measure-limits = Wirkung der Grenzen
admin-target-limits = an, und gezählt
admin-value-refused = { $n } abgewiesen
admin-measure-success = Erfolg der Anfragen
admin-measure-average = Zeit der Anfragen im Mittel
admin-measure-overhead = Zeit für die Überwachung
admin-measure-tokens = Tokens gegen die Rechnung der Modelle
admin-value-tokens = { $recorded } aufgezeichnet, { $billed } berechnet
admin-value-no-model = kein Modell wurde gefragt
admin-measure-errors = Fehler mit vollem Zusammenhang
admin-target-errors = alle
admin-value-errors = { $with } von { $all }

## Agents
admin-agents-lead = Eine Zeile für jeden Agenten, der lief. Ziele: Erfolg über 95 %, Mittel unter 5 s.
admin-agents-none = In diesem Zeitraum lief kein Agent.
admin-agent = Agent
admin-runs = Läufe
admin-course = Verlauf

## Errors
admin-errors-lead = Fehler, die dasselbe sagen, stehen beisammen.
admin-errors-none = Keine Fehler in diesem Zeitraum.
admin-errors-search = Meldung oder Agent
admin-errors-latest = Die letzten
admin-error = Fehler
admin-error-facts = { $n } in diesem Zeitraum · Nutzer: { $users }
admin-count = Anzahl
admin-first = Zuerst
admin-last = Zuletzt
admin-when = Wann
admin-request = Anfrage
admin-user = Nutzer
admin-took = Dauer
admin-request-facts = Agenten: { $agents } · { $took } · Tokens: { $tokens }
admin-step-line = nach { $after } · Dauer { $took } · Tokens: { $tokens }
admin-status-success = Erfolg
admin-status-failure = Gescheitert
admin-status-timeout = Zeit abgelaufen
admin-input = Was er bekam
admin-output = Was er antwortete
admin-not-kept = Was hinein- und hinausging, wird nicht oder nicht mehr aufbewahrt.
admin-calls = Aufrufe von Modellen
admin-calls-none = Kein Modell wurde gefragt.
admin-model = Modell
admin-outcome = Ausgang
admin-call-cached = aufbewahrte Antwort
admin-tokens-in = Tokens hinein
admin-tokens-out = Tokens heraus

## Users
admin-users-search = E-Mail-Adresse oder Kennung
admin-users-none = Kein solcher Nutzer.
admin-users-facts = { $shown } von { $total } gezeigt
admin-user-admin = Administrator
admin-user-student = Student
admin-user-waiting = Wartet auf einen Vormund
admin-user-closed = Geschlossen
admin-user-elsewhere = Hier kein Konto
admin-user-since = seit { $day }
admin-user-seen = zuletzt gesehen { $ago }
admin-seen = Zuletzt gesehen
admin-failed = Gescheitert
admin-made-today = Heute gemacht
admin-tokens-today = Tokens heute
admin-storage = Speicher
admin-limits = Verbrauch gegen Grenzen
admin-limit = Was
admin-used = Verbraucht
admin-activity = Aktivität
admin-activity-none = In diesem Zeitraum wurde nichts für sie getan.

## Quality
admin-pass-line = { $rate } von { $all } Stücken haben jede Prüfung bestanden.
admin-passing = Was bestand
admin-task = Aufgabe
admin-passed = Bestanden
admin-rejected = Weggelassen
admin-pass-rate = Quote
admin-why = Warum Stücke weggelassen wurden
admin-why-none = In diesem Zeitraum wurde keines weggelassen.
admin-feedback = Rückmeldungen
admin-feedback-none = In diesem Zeitraum hat niemand etwas gesagt.
admin-rated = Bewertung
admin-rating = { $n } von 5
admin-ratings = { $count ->
    [one] { $count } Bewertung
   *[other] { $count } Bewertungen
}
admin-about = Worüber
admin-said = Gesagt
admin-experiments = Versuche
admin-experiments-none = Kein Versuch läuft.
admin-variants = Varianten
admin-variant = Variante
admin-cost-each = Kosten je Stück
admin-known = Beim Wiederholen gewusst
admin-reviews = { $count ->
    [one] { $count } Wiederholung
   *[other] { $count } Wiederholungen
}

## Alerts
admin-rules = Regeln
admin-rules-none = Keine Regel gesetzt.
admin-rule = Regel
admin-since = Seit
admin-told = Gemeldet
admin-told-by = Gemeldet durch: { $by }
admin-told-nobody = Niemand wird benachrichtigt: Weder E-Mail noch Webhook ist gesetzt. Alarme stehen hier und im Protokoll.
admin-alert-quiet = Alles gut
admin-alert-firing = Ausgelöst
admin-alert-began = Begann
admin-alert-ended = Endete
admin-history = Verlauf
admin-history-none = In diesem Zeitraum wurde kein Alarm ausgelöst.
admin-detail = Einzelheiten

## Settings in force and log
admin-settings-lead = Womit dieser Server läuft. Geheimnisse zeigen nur, ob sie gesetzt sind.
admin-secret-set = gesetzt, nicht gezeigt
admin-not-set = nicht gesetzt
admin-log-lead = Was mit den Rechten eines Administrators getan wurde.
admin-log-none = In diesem Zeitraum wurde nichts getan.
admin-actor = Wer
admin-action = Tat
admin-answer = Antwort
