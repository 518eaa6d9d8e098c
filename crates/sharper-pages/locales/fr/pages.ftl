# The words of the pages, in French.

## Around every page
skip-to-content = Aller au contenu
nav-label = Pages
nav-today = Aujourd’hui
theme-switch = Passer du clair au sombre
footer-version = Study Sharper { $version }
back-to-today = Retour à Aujourd’hui
author-offline = Ici, c’est l’auteur hors ligne qui écrit : aucun modèle n’est consulté et vos notes restent sur ce serveur.
author-model = Ici, c’est { $model } qui écrit. Tout est comparé à vos notes avant que vous le voyiez.
author-away = { $model } est absent pour le moment. En attendant, l’auteur hors ligne écrit.
ago-now = à l’instant
ago-minutes = { $count ->
    [one] il y a { $count } minute
   *[other] il y a { $count } minutes
}
ago-hours = { $count ->
    [one] il y a { $count } heure
   *[other] il y a { $count } heures
}
ago-days = { $count ->
    [one] il y a { $count } jour
   *[other] il y a { $count } jours
}

## Cards
cards-count = { $count ->
    [one] { $count } carte
   *[other] { $count } cartes
}
card-from = Dans vos notes
card-verbatim = Mot pour mot de vos notes
difficulty-adaptive = Variée
difficulty-easy = Facile
difficulty-medium = Moyenne
difficulty-hard = Difficile

## Today
today-title = Aujourd’hui
today-heading = Que faire de vos notes ?
today-lead = Tout est cité de vos notes, et vérifié avant que vous le voyiez.
today-notes-label = Déposez un fichier ou collez vos notes
today-notes-placeholder = Une page de cours, un chapitre, une liste de termes…
today-file-label = Choisir des fichiers
today-words = Mots : { $words }
today-count-label = Combien
today-count-other = Autre
today-count-other-label = Combien, de 1 à 200
today-difficulty-label = Difficulté
today-title-label = Titre (facultatif)
today-make = { $kind ->
    [quiz] Créer un quiz
    [exam] Créer un examen
    [summary] Résumer
    [analysis] Relire mes notes
    [plan] Planifier mes jours
    [chat] Demander
   *[cards] Créer des cartes
}
today-sending = Envoi de vos notes…
today-offline = Vous êtes hors ligne. Vos notes restent dans le cadre ; envoyez-les à votre retour.
today-first-heading = Comment ça marche
today-first-paste = Collez vos notes ou déposez un fichier.
today-first-check = Le résultat apparaît morceau par morceau, chacun avec les mots de vos notes sur lesquels il repose. Ce que vos notes ne soutiennent pas est écarté.
today-first-study = Étudiez-les aussitôt, du pouce ou au clavier.
today-resume = Continuer :
today-recent-heading = Reprendre où vous en étiez
today-recent-progress = { $studied } sur { $cards } étudiées
today-recent-cards = Toutes
today-samples-heading = Ou essayez avec un exemple

## Making
making-title = En préparation
making-heading = { $kind ->
    [quiz] Un quiz sur « { $title } »
    [exam] Un examen sur « { $title } »
    [summary] Un résumé de « { $title } »
    [analysis] Relecture de « { $title } »
    [plan] Un plan pour « { $title } »
    [chat] Question à « { $title } »
   *[cards] Cartes de « { $title } »
}
making-steps-label = Progression
making-count = { $done } sur { $requested }
making-left-out = Écartées : { $count }
making-waiting = Vos notes sont les prochaines.
making-done = C’est fait, et gardé pour vous.
making-failed = Cela n’a pas pu être terminé.
making-cancelled = Vous avez arrêté. Rien n’a été conservé.
making-cancel = Arrêter
making-set = Voir le paquet
making-reconnecting = La connexion est coupée un instant. Le travail continue ; cette page se mettra à jour seule.
making-refresh = Cette page se recharge toutes les deux secondes jusqu’à ce que tout soit prêt.
step-analyse = Comprendre votre demande
step-gather = Lire vos notes
step-write = Écrire et vérifier chaque morceau
step-safety = Vérifier encore que tout convient
step-format = Mettre en ordre
step-complete = Le garder pour vous

## Why an item was left out
fault-missing-field = il manquait une partie
fault-too-long = elles étaient trop longues à étudier
fault-answer-in-question = la question donnait la réponse
fault-repeated-option = deux choix disaient la même chose
fault-not-one-key = elles n’avaient pas exactement une bonne réponse
fault-wrong-language = elles n’étaient pas dans la langue de vos notes
fault-not-prose = ce n’étaient pas des phrases lisibles
fault-dangling-reference = elles n’avaient pas de sens sans la page autour
fault-quote-not-found = leur citation n’est pas dans vos notes
fault-number-differs = un nombre différait de vos notes
fault-name-differs = un nom différait de vos notes
fault-negation-differs = elles disaient le contraire de vos notes
fault-unsupported = vos notes ne les appuyaient pas
fault-duplicate = elles en répétaient une autre
fault-already-known = vous les avez déjà
fault-unsafe = elles ne convenaient pas
fault-low-quality = elles n’étaient pas assez bonnes
fault-low-accuracy = elles n’étaient pas assez exactes

## Study
study-title = Étudier { $set }
study-progress = Progression
study-card = Carte
study-left = Reste { $count }
study-show = Voir la réponse
study-keys = Espace retourne la carte, 1 à 4 la notent, U annule, W signale une carte erronée, B la remet.
study-grade-label = La saviez-vous bien ?
grade-again = À revoir
grade-hard = Difficile
grade-good = Bien
grade-easy = Facile
study-undo = Annuler
study-offline = Vous êtes hors ligne. Vos évaluations restent sur cet appareil et seront envoyées à votre retour.
study-done-heading = Fini pour l’instant
study-done-count = { $count ->
    [one] { $count } carte étudiée. Voici comment vous la saviez au premier regard :
   *[other] { $count } cartes étudiées. Voici comment vous les saviez au premier regard :
}
study-look-again = À regarder encore
study-all-known = Vous les saviez toutes.
study-once-more = Étudier encore
study-empty = Ce paquet n’a pas de cartes.

## A set
set-study = Étudier ce paquet

## Problems
problem-empty-notes = Il n’y a pas de notes
problem-empty-notes-do = Collez du texte ou choisissez un fichier qui n’est pas vide.
problem-not-text = Ce n’est pas du texte
problem-not-text-do = Le texte (.txt) et le Markdown (.md) peuvent être lus. Copiez le texte des autres fichiers et collez-le.
problem-file = Ce fichier ne peut pas être lu
problem-file-do = Ouvrez-le, enregistrez-le de nouveau et envoyez la nouvelle copie ; ou copiez son texte et collez-le.
problem-not-found = Il n’y a rien ici
problem-not-found-do = L’adresse est peut-être mal écrite, ou ce qu’elle désignait a été supprimé. Tous vos paquets sont dans Aujourd’hui.
problem-too-large = C’est trop volumineux
problem-too-large-do = Envoyez-le en plusieurs fois, un chapitre après l’autre : les cartes seront meilleures aussi.
problem-timeout = Vos notes ne sont pas arrivées à temps
problem-timeout-do = La connexion est peut-être lente. Réessayez, ou envoyez une partie plus petite.
problem-conflict = C’est impossible maintenant
problem-conflict-do = Cela a changé ou s’est terminé entre-temps. Revenez en arrière et regardez de nouveau.
problem-unauthorized = Connectez-vous d’abord
problem-unauthorized-do = Vous n’êtes pas connecté, ou vous ne l’êtes plus. Connectez-vous et réessayez.
problem-forbidden = Non autorisé
problem-forbidden-do = Cela appartient à quelqu’un d’autre, ou la page est restée ouverte trop longtemps. Revenez en arrière et réessayez.
problem-limit = C’était beaucoup d’un coup
problem-limit-do = Il y a une limite pour que chacun ait son tour. Rien de vous n’est perdu.
problem-day = C’est tout pour aujourd’hui
problem-day-do = Chacun peut lancer un certain nombre de demandes par jour. Revenez après minuit (UTC) ; ce que vous avez est en sécurité.
problem-notes-full = Votre place pour les notes est pleine
problem-notes-full-do = Supprimez les notes dont vous n’avez plus besoin, puis réessayez. Ce que vous avez est en sécurité.
problem-not-available = Indisponible ici
problem-not-available-do = Ce serveur n’est pas prévu pour cela.
problem-nothing-to-make = Rien n’a pu être tiré de ces notes
problem-nothing-to-make-do = Elles sont peut-être trop courtes, ou sans phrases entières. Ajoutez-en et réessayez.
problem-cancelled = Arrêté
problem-cancelled-do = Vous avez arrêté. Rien n’a été conservé.
problem-unavailable = Indisponible pour le moment
problem-unavailable-do = Vos cartes sont en sûreté. Réessayez dans une minute.
problem-storage-full = Il n’y a plus de place
problem-storage-full-do = Rien de nouveau ne peut être conservé tant que le responsable de ce serveur n’a pas fait de place. Ce que vous avez est en sûreté.
problem-request = Cela n’a pas pu être compris
problem-request-do = Certains champs ne vont pas. Revenez en arrière, regardez-les et renvoyez.
problem-internal = Quelque chose a échoué de notre côté
problem-internal-do = C’est noté. Réessayez ; si cela se reproduit, donnez le numéro ci-dessous au responsable de ce serveur.
problem-again-seconds = { $count ->
    [one] Cela rouvre dans { $count } seconde.
   *[other] Cela rouvre dans { $count } secondes.
}
problem-again-minutes = { $count ->
    [one] Cela rouvre dans { $count } minute.
   *[other] Cela rouvre dans { $count } minutes.
}
problem-again-hours = { $count ->
    [one] Cela rouvre dans { $count } heure.
   *[other] Cela rouvre dans { $count } heures.
}
problem-request-id = Requête

## Kinds of material
kind-name = { $kind ->
    [quiz] Quiz
    [exam] Examen
    [summary] Résumé
    [analysis] Relecture
    [plan] Plan d’étude
    [chat] Question
   *[cards] Cartes
}
nav-tutor = Tuteur
questions-count = { $count ->
    [one] { $count } question
   *[other] { $count } questions
}
points-count = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
findings-count = { $count ->
    [one] { $count } constat
   *[other] { $count } constats
}
days-count = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
result-by-offline = par l’auteur hors ligne
result-by-model = par { $model }
result-print = Imprimer
item-points = Points : { $count }
item-minutes = { $count } min
item-term = Terme clé
topic-share = { $count } % du temps
importance-high = Central
importance-medium = Important
importance-low = Dit aussi
question-multiple-choice = Choix multiple
question-true-false = Vrai ou faux
question-short-answer = Réponse courte
question-essay = Rédaction
answer-true = Vrai
answer-false = Faux
finding-strength = Bien expliqué
finding-gap = Il manque
finding-contradiction = Contradictions
finding-unclear = Pas clair
finding-next-step = La suite

## Choosing what to make
today-type-label = En faire
today-options = Options
today-minutes-label = Minutes
today-question-types-label = Types de question
today-length-label = Longueur
length-short = Court
length-medium = Moyen
length-long = Long
today-style-label = Forme
style-bullet-points = Points
style-paragraph = Texte suivi
style-outline = Plan
today-exam-date-label = Jour de l’examen (facultatif)
today-days-label = Jours
today-daily-minutes-label = Minutes par jour

## While it is made
making-items = Ce qui a été fait
making-so-far = Jusqu’ici : { $count }
making-taken-back = Retiré : { $reason }
making-open = { $kind ->
    [quiz] Commencer le quiz
    [exam] Voir l’examen
    [summary] Lire le résumé
    [analysis] Voir les constats
    [plan] Voir le plan
    [chat] Aller à la conversation
   *[cards] Étudier maintenant
}
making-degraded = Le modèle n’a pas pu servir ; l’auteur hors ligne l’a remplacé.

## A quiz and an exam
quiz-number = Question { $count }
quiz-one = Une à la fois
quiz-all = Toutes à la fois
quiz-your-answer = Votre réponse
quiz-check = Vérifier
quiz-next = Suivant
quiz-answer = Réponse
quiz-right = Juste.
quiz-wrong = Pas cette fois.
quiz-compare = Comparez avec la réponse ci-dessous. L’aviez-vous ?
quiz-had-it = Je l’avais
quiz-missed-it = Je ne l’avais pas
quiz-choose = Choisissez ou écrivez d’abord une réponse.
quiz-also = Juste aussi : { $answers }
quiz-score = { $got } points sur { $total }
quiz-again = Revoir ce qui a manqué
quiz-restart = Recommencer
exam-key = Corrigé
exam-rubric = Ce qui rapporte les points

## A summary and a plan
summary-terms = Termes clés
summary-facts = Mots : { $words } · { $minutes } min de lecture
plan-day = Jour { $count }
plan-topics = Sujets
plan-mastery = Su : { $count } %
activity-learn = Apprendre
activity-review = Réviser
activity-practise = S’exercer
activity-mock-exam = Examen blanc

## The tutor
tutor-title = Interrogez vos notes
tutor-lead = Le tuteur ne répond que d’après vos notes et montre le passage de chaque affirmation.
tutor-label = Votre question
tutor-ask = Demander
tutor-no-question = Écrivez d’abord votre question.
tutor-you = Vous
tutor-tutor = Tuteur
tutor-thinking = Lecture de vos notes…
tutor-citation = Montrer le passage { $number }
tutor-not-in-notes = Vos notes ne contiennent pas la réponse.
tutor-not-in-notes-do = Ici, rien n’est inventé. Ajoutez une note à ce sujet, ou demandez ce qui se trouve dans vos notes.
tutor-add-notes = Ajouter des notes
tutor-conversations = Conversations
tutor-new = Nouvelle conversation
tutor-none = Aucune pour l’instant. La première question en ouvre une.

## Spending
problem-budget = Le budget du jour est épuisé
problem-budget-do = Ce qui peut être dépensé en modèles par jour l’est déjà. Réessayez demain ; ce que vous avez est en sécurité.
