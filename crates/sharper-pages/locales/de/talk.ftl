# Die Worte der Gespräche mit dem Tutor und dazu, wie etwas gemacht wird, auf Deutsch.

tutor-name = Name
tutor-rename = Umbenennen
tutor-ended = beendet
tutor-end = Dieses Gespräch beenden
tutor-end-lead = Es bleibt lesbar. Eine neue Frage öffnet es wieder.
tutor-delete = Dieses Gespräch löschen …
tutor-delete-lead = Seine Fragen und Antworten sind dann für immer weg. Karten und Quiz, die daraus entstanden, bleiben.
tutor-delete-do = Endgültig löschen
tutor-search = Ein Gespräch suchen
tutor-search-do = Suchen
tutor-not-found = Kein Gespräch enthält das.
tutor-open-passage = In der Notiz öffnen
tutor-make-cards = Aus dieser Antwort Karten machen
tutor-which-notes = Deine Notizen handeln von verschiedenen Themen. Um welche soll es gehen?
tutor-choice = { $count ->
    [one] { $title } (eine Notiz)
   *[other] { $title } ({ $count } Notizen)
}
tutor-choice-all = { $count ->
    [one] Alles
   *[other] Alle { $count } Notizen
}
settings-making = Wie etwas gemacht wird
settings-making-heading = Wie etwas für mich gemacht wird
settings-making-lead = Was du offen lässt, wird aus deinen Rückmeldungen gelernt. Was du hier wählst, gilt zuerst.
settings-making-kept = Das ist gespeichert.
settings-making-wrong = Etwas davon kann nicht sein. Sieh dir das markierte Feld an.
settings-difficulty = Schwierigkeit
settings-learn-it = Was gelernt wurde
settings-difficulty-adaptive = Gemischt
settings-detail = Ausführlichkeit
settings-detail-brief = Knapp
settings-detail-normal = Normal
settings-detail-thorough = Gründlich
settings-summary-length = Länge von Zusammenfassungen
settings-length-short = Kurz
settings-length-medium = Mittel
settings-length-long = Lang
settings-count = Anzahl, wenn ich keine nenne
settings-daily-cards = Karten am Tag, höchstens
settings-material-language = Sprache des Materials
settings-language-of-notes = Die Sprache der Notizen
settings-language-hint = Alles wird mit den Worten deiner Notizen belegt und steht darum in ihrer Sprache. Das hier entscheidet, wo sie in mehreren sind.
settings-time-zone = Zeitzone
settings-time-zone-hint = In ihr beginnen und enden die Tage und deine Serie. Ohne sie gilt UTC.
settings-learned = { $count ->
    [one] Aus einer Rückmeldung von dir: { $level }.
   *[other] Aus { $count } Rückmeldungen von dir: { $level }.
}
