# Les mots des pages de l’exploitant, en français.

## Units
unit-percent = { $n } %
unit-ms = { $n } ms
unit-s = { $n } s
unit-min = { $n } min
unit-usd = { $n } $
unit-kb = { $n } ko
unit-mb = { $n } Mo
unit-gb = { $n } Go
unit-below = moins de { $n }

## Around every page
admin-now = Maintenant
admin-agents = Agents
admin-errors = Erreurs
admin-users = Utilisateurs
admin-quality = Qualité
admin-alerts = Alertes
admin-settings = Réglages en vigueur
admin-log = Journal
admin-window = Période
admin-window-hour = 1 heure
admin-window-day = 24 heures
admin-window-week = 7 jours
admin-window-month = 30 jours
admin-updated = Mis à jour
admin-live-stop = Ne plus actualiser
admin-live-go = Actualiser à nouveau
admin-lost = La connexion est perdue. Ce que vous voyez date d’avant ; cela reprendra tout seul.
admin-search = Chercher
admin-empty = Rien dans cette période.

## States
admin-state = État
admin-state-good = Objectif atteint
admin-state-near = Près de la limite
admin-state-bad = Objectif manqué
admin-state-unknown = Pas encore connu

## Now
admin-answer-good = Tout est comme il faut.
admin-answer-quiet = Rien n’a tourné dans cette période.
admin-answer-off = Objectif manqué : { $what }.
admin-alerts-firing = { $count ->
    [one] { $count } alerte active
   *[other] { $count } alertes actives
}
admin-success = Succès
admin-average = Temps moyen
admin-p50 = p50
admin-p95 = p95
admin-time-p50 = la moitié en { $n }
admin-requests = Requêtes
admin-requests-under = { $failed } échouées · { $running } en cours · { $waiting } en attente
admin-tokens = Tokens
admin-tokens-under = de tous les modèles
admin-cost = Coût
admin-budget = aujourd’hui { $spent } sur { $budget }
admin-budget-none = aucun budget fixé
admin-target = Objectif
admin-target-is = Objectif : { $target }
admin-target-over = plus de { $n }
admin-target-under = moins de { $n }
admin-target-within = à { $n } près
admin-chart-requests = Requêtes
admin-chart-times = Temps moyen
admin-chart-most = au plus { $n }
admin-chart-now = maintenant

## The success measures
admin-measures = Mesures de succès
admin-measure = Mesure
admin-value = Valeur
admin-measure-logged = Enregistrement des exécutions
admin-target-logged = aucune perdue
admin-value-logged = { $recorded } enregistrées, { $dropped } perdues
admin-measure-sums = Exactitude des mesures
admin-target-sums = égales au compte des lignes
admin-value-sums = écart { $n }
admin-measure-limits = Effet des limites
admin-target-limits = actives, et comptées
admin-value-refused = { $n } refusées
admin-measure-success = Succès des requêtes
admin-measure-average = Temps moyen des requêtes
admin-measure-overhead = Temps que prend la surveillance
admin-measure-tokens = Tokens face à la facture des modèles
admin-value-tokens = { $recorded } enregistrés, { $billed } facturés
admin-value-no-model = aucun modèle interrogé
admin-measure-errors = Erreurs avec tout leur contexte
admin-target-errors = toutes
admin-value-errors = { $with } sur { $all }

## Agents
admin-agents-lead = Une ligne par agent qui a tourné. Objectifs : succès de plus de 95 %, moyenne de moins de 5 s.
admin-agents-none = Aucun agent n’a tourné dans cette période.
admin-agent = Agent
admin-runs = Exécutions
admin-course = Cours

## Errors
admin-errors-lead = Les erreurs qui disent la même chose sont ensemble.
admin-errors-none = Aucune erreur dans cette période.
admin-errors-search = Message ou agent
admin-errors-latest = Les dernières
admin-error = Erreur
admin-error-facts = { $n } dans cette période · utilisateurs : { $users }
admin-count = Nombre
admin-first = Première
admin-last = Dernière
admin-when = Quand
admin-request = Requête
admin-user = Utilisateur
admin-took = Durée
admin-request-facts = agents : { $agents } · { $took } · tokens : { $tokens }
admin-step-line = après { $after } · durée { $took } · tokens : { $tokens }
admin-status-success = Succès
admin-status-failure = Échec
admin-status-timeout = Temps écoulé
admin-input = Ce qu’il a reçu
admin-output = Ce qu’il a répondu
admin-not-kept = Ce qui est entré et sorti n’est pas gardé, ou ne l’est plus.
admin-calls = Appels aux modèles
admin-calls-none = Aucun modèle n’a été interrogé.
admin-model = Modèle
admin-outcome = Issue
admin-call-cached = réponse gardée
admin-tokens-in = Tokens en entrée
admin-tokens-out = Tokens en sortie

## Users
admin-users-search = Adresse e-mail ou identifiant
admin-users-none = Aucun utilisateur de ce nom.
admin-users-facts = { $shown } sur { $total } affichés
admin-user-admin = Administrateur
admin-user-student = Étudiant
admin-user-waiting = Attend un tuteur
admin-user-closed = Fermé
admin-user-elsewhere = Pas de compte ici
admin-user-since = depuis { $day }
admin-user-seen = vu { $ago }
admin-seen = Vu
admin-failed = Échouées
admin-made-today = Fait aujourd’hui
admin-tokens-today = Tokens aujourd’hui
admin-storage = Stockage
admin-limits = Usage face aux limites
admin-limit = Quoi
admin-used = Utilisé
admin-activity = Activité
admin-activity-none = Rien n’a été fait pour cet utilisateur dans cette période.

## Quality
admin-pass-line = { $rate } des { $all } éléments ont passé tous les contrôles.
admin-passing = Ce qui a passé
admin-task = Tâche
admin-passed = Passés
admin-rejected = Écartés
admin-pass-rate = Taux
admin-why = Pourquoi des éléments ont été écartés
admin-why-none = Aucun n’a été écarté dans cette période.
admin-feedback = Avis
admin-feedback-none = Personne n’a rien dit dans cette période.
admin-rated = Note
admin-rating = { $n } sur 5
admin-ratings = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
admin-about = Sujet
admin-said = Dit
admin-experiments = Expériences
admin-experiments-none = Aucune expérience en cours.
admin-variants = Variantes
admin-variant = Variante
admin-cost-each = Coût par élément
admin-known = Su à la révision
admin-reviews = { $count ->
    [one] { $count } révision
   *[other] { $count } révisions
}

## Alerts
admin-rules = Règles
admin-rules-none = Aucune règle.
admin-rule = Règle
admin-since = Depuis
admin-told = Signalé
admin-told-by = Signalé par : { $by }
admin-told-nobody = Personne n’est prévenu : ni e-mail ni webhook n’est réglé. Les alertes sont ici et dans le journal.
admin-alert-quiet = Tout va bien
admin-alert-firing = Active
admin-alert-began = A commencé
admin-alert-ended = A fini
admin-history = Historique
admin-history-none = Aucune alerte dans cette période.
admin-detail = Détails

## Settings in force and log
admin-settings-lead = Ce avec quoi ce serveur tourne. Les secrets ne montrent que s’ils sont réglés.
admin-secret-set = réglé, non montré
admin-not-set = non réglé
admin-log-lead = Ce qui a été fait avec les droits d’administrateur.
admin-log-none = Rien n’a été fait dans cette période.
admin-actor = Qui
admin-action = Action
admin-answer = Réponse
