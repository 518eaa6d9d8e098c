# Les mots pour se connecter, s’inscrire, le consentement et les réglages, en français.

## Around every page
nav-sign-in = Se connecter
nav-account = Ton compte
nav-operator = Exploitant, sans compte
nav-settings = Réglages
nav-admin = Administration
nav-sign-out = Se déconnecter

## Signing in
people-sign-in = Se connecter
people-sign-in-first = Connecte-toi d’abord. Tu iras ensuite là où tu voulais.
people-sign-in-do = Se connecter
people-sign-in-again = Se reconnecter
people-email = Adresse e-mail
people-password = Mot de passe
people-forgotten = Mot de passe oublié ?
people-register = Créer un compte
people-have-account = J’ai déjà un compte
people-news-password = Ton nouveau mot de passe est en vigueur. Tous les appareils ont été déconnectés.
people-news-deleted = Ton compte et tout ce qu’il contenait sont effacés.
people-operator = Exploitant
people-operator-lead = Pour qui gère ce serveur sans y avoir de compte.
people-operator-token = Jeton de l’administrateur
people-operator-account = Se connecter avec un compte
people-signed-out = Tu es déconnecté
people-signed-out-do = Sur un ordinateur que d’autres utilisent, ferme aussi le navigateur.

## Registering
people-register-lead = Tes notes appartiennent à ton compte. Personne d’autre ne les voit.
people-register-first = Il n’y a encore personne. Le premier compte administre ce serveur.
people-register-do = Créer le compte
people-password-hint = Au moins { $count } caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.
people-under-13 = J’ai moins de 13 ans
people-under-13-what = Alors un parent ou tuteur doit d’abord dire oui. Nous lui écrivons, et ne gardons aucune note de toi avant sa réponse.
people-guardian-email = Adresse e-mail d’un parent ou tuteur

## A forgotten password
people-forgotten-lead = Donne-nous ton adresse. Nous t’envoyons un lien pour choisir un nouveau mot de passe.
people-forgotten-do = Envoyer le lien
people-forgotten-sent = Regarde ton courrier
people-forgotten-sent-do = S’il existe un compte à cette adresse, un lien est en route. Il sert une fois, pendant { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
people-forgotten-again = Demander un autre lien
people-new-password = Nouveau mot de passe
people-new-password-lead = Tous tes appareils sont déconnectés quand tu l’enregistres.
people-new-password-do = Enregistrer le nouveau mot de passe

## A guardian's consent
people-waiting = Ton tuteur doit d’abord dire oui
people-waiting-do = D’ici là, rien ne peut être fait ici, et aucune note n’est gardée.
people-waiting-sent = Nous avons écrit à { $guardian }. La lettre contient un lien ; il suffit de l’ouvrir.
people-waiting-link = { $count ->
    [one] Le lien est valable { $count } jour.
   *[other] Le lien est valable { $count } jours.
}
people-waiting-again = Renvoyer la lettre
people-news-letter = La lettre a été renvoyée.
people-waiting-allowed = Il a dit oui : continuer
people-consent-heading = Votre enfant peut-il étudier ici ?
people-consent-lead = { $child } veut un compte sur Study Sharper, a moins de 13 ans et vous a désigné comme parent ou tuteur. Sans votre oui, pas de compte.
people-consent-kept = Ce qui est gardé
people-consent-kept-address = L’adresse e-mail, et un mot de passe que personne ne peut lire.
people-consent-kept-notes = Les notes que votre enfant nous donne, et les cartes, quiz et plans qui en sont faits.
people-consent-kept-answers = À quel point chaque carte était sue et quand, pour choisir quoi étudier ensuite.
people-consent-for = À quelle fin
people-consent-for-what = Pour faire du matériel d’étude à partir des notes, et rien d’autre : ni publicité, ni profil, rien n’est vendu ni transmis.
people-consent-model = Les notes sont envoyées à { $model } pour être travaillées.
people-consent-offline = Les notes ne quittent pas ce serveur.
people-consent-rights = Vous pouvez changer d’avis
people-consent-rights-what = Le lien de votre lettre rouvre cette page à tout moment. Retirez-y votre consentement, et le compte avec tout ce qu’il contient est aussitôt effacé.
people-consent-yes = Oui, je l’autorise
people-consent-no = Non, effacer le compte
people-consent-withdraw = Retirer mon consentement et effacer le compte
people-consent-given = Merci
people-consent-given-do = { $child } peut maintenant se connecter. Gardez la lettre : son lien rouvre cette page.
people-consent-refused = Le compte est effacé
people-consent-refused-do = Plus rien de votre enfant n’est gardé ici. Il n’y a rien d’autre à faire.
people-consent-unknown = Ce lien ne fonctionne pas
people-consent-unknown-do = Il a peut-être été coupé dans la lettre : copiez-le en entier. Si le compte a été effacé entre-temps, il n’y a rien d’autre à faire.

## Why a form could not be taken
people-fault-sign-in = Aucun compte n’a cette adresse et ce mot de passe. Vérifie les deux, ou demande un nouveau mot de passe.
people-fault-admin-token = Ce n’est pas le jeton de l’administrateur. Il se trouve dans les réglages du serveur.
people-fault-address = Ce n’est pas une adresse e-mail.
people-fault-address-taken = Cette adresse ne peut pas servir. Si c’est la tienne, connecte-toi, ou demande un nouveau mot de passe.
people-fault-password-short = { $count ->
    [one] Le mot de passe est trop court : au moins { $count } caractère.
   *[other] Le mot de passe est trop court : au moins { $count } caractères.
}
people-fault-password-long = Le mot de passe est trop long : au plus { $count } caractères.
people-fault-password-common = Ce mot de passe est parmi les premiers que l’on essaierait. Choisis-en un autre.
people-fault-password-wrong = Ce n’est pas ton mot de passe.
people-fault-guardian-missing = Avant 13 ans, il faut l’adresse d’un parent ou tuteur.
people-fault-guardian-same = L’adresse de ton tuteur doit être différente de la tienne.
people-fault-no-children = Ici, personne de moins de 13 ans n’a de compte.
people-fault-closed = Personne de nouveau n’est admis pour l’instant. Demande à qui gère ce serveur.
people-fault-link = Ce lien est trop ancien ou a déjà servi. Demandes-en un autre.
people-fault-too-many = { $count ->
    [one] Trop d’essais. Réessaie dans { $count } minute.
   *[other] Trop d’essais. Réessaie dans { $count } minutes.
}
people-fault-token-name = Donne au jeton un nom de 1 à 80 caractères.
people-fault-tokens-full = Tu as autant de jetons que possible. Révoques-en d’abord un.
people-fault-not-confirmed = Ce que tu as tapé ne correspond pas. Rien n’a été effacé.

## Settings
settings-account = Compte
settings-devices = Appareils
settings-tokens = Jetons
settings-privacy = Vie privée
settings-save = Enregistrer
settings-language = Langue
settings-language-label = Langue de ces pages
settings-language-browser = Celle du navigateur
settings-news-language = Les pages parlent maintenant ta langue.
settings-news-password = Ton nouveau mot de passe est en vigueur. Tes autres appareils ont été déconnectés.
settings-password = Mot de passe
settings-password-now = Mot de passe actuel
settings-password-do = Changer le mot de passe
settings-devices-heading = Où tu es connecté
settings-devices-lead = Un appareil que tu ne connais pas ? Déconnecte-le, puis change ton mot de passe.
settings-device-unknown = Appareil inconnu
settings-device-this = celui-ci
settings-device-line = Utilisé { $seen } · connecté { $since }
settings-device-end = Déconnecter
settings-devices-end-others = Déconnecter partout ailleurs
settings-tokens-heading = Jetons pour tes propres programmes
settings-tokens-lead = Un jeton peut ce que tu peux avec tes notes, sans ton mot de passe. Donne le sien à chaque programme, et révoque-le quand il a fini.
settings-tokens-none = Tu n’en as aucun.
settings-token-fresh = Copie ton nouveau jeton maintenant. Il ne sera plus montré.
settings-token-make = Créer un jeton
settings-token-name = Pour quoi faire ?
settings-token-days = Valable
settings-token-forever = Jusqu’à ce que je le révoque
settings-token-used = utilisé { $ago }
settings-token-unused = pas encore utilisé
settings-token-ends = valable jusqu’au { $day }
settings-token-ended = expiré
settings-token-no-end = valable jusqu’à révocation
settings-token-revoke = Révoquer
settings-export = Tout emporter
settings-export-what = Un fichier avec toutes tes notes, cartes, quiz, plans, conversations et révisions, lisible par les gens et les programmes.
settings-export-do = Télécharger tout ce qui est à moi
settings-kept = Ce qui est gardé, et combien de temps
settings-kept-until-deleted = Jusqu’à ce que tu l’effaces
settings-kept-material = Tes notes, ce qui en a été fait, et tes réponses
settings-kept-events = Ce qui a été dit pendant la fabrication
settings-kept-executions = Ce que chaque agent a fait, pour trouver les fautes
settings-kept-sums = Des sommes par heure, où personne n’est nommé
settings-kept-sessions = Les appareils qui n’ont pas servi
settings-kept-admin-log = Ce que les administrateurs ont fait
settings-delete = Effacer mon compte
settings-delete-what = Tes notes, tout ce qui en a été fait et ton compte sont effacés aussitôt. C’est sans retour : télécharge d’abord tout.
settings-delete-confirm = Tape { $confirm } pour confirmer
settings-delete-do = Tout effacer maintenant
