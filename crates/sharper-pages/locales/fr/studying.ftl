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

## How one studies
settings-study = Étude
settings-study-heading = Comment tu étudies
settings-study-kept = Enregistré. Cela vaut dès la prochaine carte.
settings-study-wrong = Une valeur n’est pas possible : regarde le champ marqué. Rien n’a été changé.
settings-study-retention = Retenir (pour cent)
settings-study-retention-hint = La part des cartes que tu veux savoir quand elles reviennent. Plus veut dire plus de révisions : 90 convient à la plupart.
settings-study-new = Nouvelles cartes par jour
settings-study-reviews = Révisions par jour
settings-study-longest = Temps le plus long entre deux révisions (jours)
settings-study-leech = Oubliée autant de fois, une carte est rebelle (0 : jamais)
settings-study-day = Heure à laquelle ta journée commence
settings-study-steps = Étapes d’une nouvelle carte (minutes)
settings-study-again = Étapes d’une carte oubliée (minutes)
settings-study-steps-hint = Des minutes séparées par une espace, comme 1 10. Aucune : la carte revient un autre jour.
settings-study-siblings = Remettre à demain les autres cartes de la même note
settings-study-leech-stop = Suspendre les cartes rebelles
settings-study-fit = Ta propre mémoire
settings-study-fit-do = L’ajuster maintenant à mes révisions
settings-study-fit-all = Les intervalles suivent la mémoire des gens en général. À partir de { $count } révisions à des jours suivants, ils peuvent être ajustés à la tienne.
settings-study-fit-own = Les intervalles ont été ajustés à { $count } de tes révisions.
settings-study-fitted = Ta mémoire a été ajustée à { $count } révisions.
settings-study-too-few = Pas encore : il faut { $count } révisions à des jours suivants. Rien n’a été changé.

## A plan as it is followed
plan-done = Fait
plan-undone = Pas fait finalement
plan-done-of = { $count } jours faits sur { $of }
