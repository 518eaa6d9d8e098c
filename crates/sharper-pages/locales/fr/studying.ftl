## Sets, and the way in and out
nav-cards = Cartes
sets-title = Vos cartes
sets-empty = Vous n’avez pas encore de cartes. Créez-en à partir de vos notes, ou apportez un paquet.
sets-due = { $count ->
    [0] Rien ne vous attend aujourd’hui. Vous pouvez tout de même étudier n’importe quel paquet.
    [one] { $count } carte vous attend aujourd’hui.
   *[other] { $count } cartes vous attendent aujourd’hui.
}
sets-study-all = Étudier ce qui est dû
sets-study = Étudier
import-heading = Apporter un paquet
import-lead = Depuis Anki (.apkg), Quizlet ou un tableur (.csv, .tsv, .txt), Markdown, ou un autre Study Sharper (.json). Le même paquet une nouvelle fois met vos cartes à jour et ne les double jamais.
import-label = Paquet
import-send = Importer
export-heading = Emporter
export-apkg = Anki (.apkg)
export-csv = Tableur (.csv)
export-tsv = Quizlet (.tsv)
export-md = Markdown (.md)
export-json = Tout (.json)
export-gift = Moodle GIFT (.txt)
export-moodle = Moodle (.xml)
export-qti = Plateformes d’apprentissage, QTI 2.1 (.zip)
export-ics = Calendrier (.ics)

## Studying
study-all-heading = Ce qui attend aujourd’hui
study-more = Plus
study-wrong = Carte erronée
study-bury = Pas aujourd’hui
study-suspend = Plus jamais
study-flag = Marquer
study-unflag = Retirer la marque
study-edit-cloze = Phrase à trous
study-edit-question = Recto
study-edit-answer = Verso
study-edit-keep = Garder le changement
study-nothing = Rien n’attend ici pour le moment.
study-all-the-same = Étudier quand même
study-next = La prochaine carte revient dans { $when }.
interval-minutes = { $number } min
interval-hours = { $number } h
interval-days = { $number } j
interval-months = { $number } mois
interval-years = { $number } an

## Progress
nav-progress = Progrès
progress-title = Progrès
progress-empty = Rien n’a encore été étudié. Créez quelques cartes et étudiez-les : vous verrez ici où vous en êtes.
progress-streak = { $count ->
    [0] Étudiez aujourd’hui, et une nouvelle série commence.
    [one] { $count } jour d’affilée.
   *[other] { $count } jours d’affilée.
}
progress-minutes = { $count ->
    [one] { $count } minute ces sept derniers jours.
   *[other] { $count } minutes ces sept derniers jours.
}
progress-exam-in = L’examen est dans { $when }.
progress-ready = Si vous n’étudiez plus rien d’ici là, vous vous rappellerez { $recall } de ses cartes (neuf fois sur dix, de { $low } à { $high }).
progress-forecast = Ce qui revient dans les deux prochaines semaines
progress-table = En tableau
progress-day = Jour
progress-days = Jours étudiés
progress-days-studied = { $count ->
    [one] { $count } jour ces douze dernières semaines.
   *[other] { $count } jours ces douze dernières semaines.
}
progress-retention = Ce qui a été retenu, et ce qui était prévu
progress-retention-none = Aucune carte n’est encore revenue après un jour ou plus.
progress-between = Jours d’écart
progress-reviews = Révisions
progress-predicted = Prévu
progress-remembered = Retenu
progress-topics = Sujets, les plus faibles d’abord
progress-topics-none = On ne sait encore rien des sujets.
progress-practise = S’y exercer

## A set
set-how = Comment l’apprendre
set-new-per-day = Nouvelles cartes par jour
set-write = Écrire une carte
set-both-ways = Interroger dans les deux sens
set-write-keep = Ajouter la carte
