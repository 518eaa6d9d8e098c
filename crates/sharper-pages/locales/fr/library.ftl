# The words of the library, of a note and of its editor, in French.

## The library
nav-library = Bibliothèque
library-title = Bibliothèque
library-open = Votre bibliothèque
library-search = Chercher dans vos notes
library-search-do = Chercher
library-searching = Recherche …
library-offline = Vous êtes hors ligne. La recherche reprendra à votre retour.
library-results = Trouvé
library-found = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
library-nothing-found = Rien dans vos notes ne convient. Essayez un autre mot, ou moins de mots.
library-notes = Notes
library-empty = Rien ici pour l’instant. Déposez un fichier, choisissez-en un ou écrivez votre première note.
library-more = Seules les notes modifiées récemment sont affichées. La recherche trouve les autres.
library-choose = Choisir
library-folder-empty = Ce dossier est vide.
library-folder-holds = { $count ->
    [one] Dossier avec { $count } note
   *[other] Dossier avec { $count } notes
}
library-with-chosen = Avec ce qui est choisi
library-move-to = Déplacer vers
library-no-folder = Aucun dossier
library-move = Déplacer
library-new-name = Nouveau nom
library-rename = Renommer
library-duplicate = Dupliquer
library-delete = Supprimer
library-thrown = C’est maintenant dans la corbeille.
library-undo = Annuler
library-bin = Corbeille
library-bin-what = Ce qui a été fait à partir d’une note reste, avec ses citations.
library-bin-empty = La corbeille est vide.
library-bin-clear = Vider la corbeille
library-restore = Restaurer
library-erase = Supprimer définitivement
library-add = Ajouter
library-drop = Déposez des fichiers ici, ou choisissez-les.
library-files-kinds = PDF, Word, diapositives, livres, pages web, Markdown, texte et images de pages.
library-files-most = Au plus { $size } chacun.
library-into = Dossier
library-upload = Envoyer
library-retry = Réessayer
library-file-too-large = Trop volumineux : au plus { $size }. Envoyez-le en plusieurs parties.
library-file-sending = { $share } % envoyés
library-file-reading = Lecture en cours …
library-file-ready = Prêt
library-file-known = Vous avez déjà celui-ci
library-sent = Fichiers lus : { $added }. Fichiers qui n’ont pas pu être lus : { $refused }.
library-fault-empty = Le fichier est vide.
library-fault-no-text = Il n’y a pas de texte dans ce fichier.
library-fault-encrypted = Il est protégé par un mot de passe. Enregistrez une copie sans mot de passe et envoyez-la.
library-fault-damaged = Il est endommagé ou incomplet. Ouvrez-le, enregistrez-le à nouveau et envoyez la nouvelle copie.
library-fault-scanned = Ses pages sont des images sans texte. Passez-le à la reconnaissance de texte, ou envoyez une copie avec du texte.
library-fault-too-many-pages = Il a trop de pages. Envoyez-le en plusieurs parties.
library-fault-too-much = Il contient plus que ce qui peut être lu. Envoyez-le en plusieurs parties.
library-fault-too-hard = Sa lecture a pris trop de temps. Enregistrez-le avec un autre programme, ou envoyez-le en plusieurs parties.
library-fault-unsupported = Ce type de fichier ne peut pas être lu. Envoyez un PDF, un document, des diapositives, un livre, une page web ou du texte.
library-fault-no-transcription = Les enregistrements ne peuvent pas être transcrits ici.
library-file-lost = La connexion s’est interrompue. Réessayez.
library-write = Écrire une note
library-new-folder = Nouveau dossier
library-folder-name = Nom du dossier
library-inside = Dans
library-make-folder = Créer le dossier

## A note
note-page = p. { $label }
note-slide = diapo { $label }
note-picture = Image
note-gap = Pas encore de carte
note-version = Version { $count }
note-origin = Lu dans { $name }
note-saved = Enregistré.
note-old = Ceci est une version antérieure.
note-newest = Voir la plus récente
note-restore = Restaurer cette version
note-passage-gone = Ce passage n’est plus dans la note. Il disait :
note-make = Faire quelque chose de cette note
note-ask = Posez une question sur cette note
note-made = Fait à partir de cette note
note-nothing-made = Rien encore. Faites des cartes, et vous verrez ici sur quels mots chacune s’appuie.
note-coverage = Quelque chose a été fait de { $covered } passages sur { $blocks }.
note-stale = Passage modifié
note-stale-count = { $count ->
    [one] { $count } élément s’appuie sur des mots que vous avez changés.
   *[other] { $count } éléments s’appuient sur des mots que vous avez changés.
}
note-remake = Refaire
note-open = Ouvrir
note-in-note = Voir dans la note
note-versions = Versions

## The editor
editor-new = Nouvelle note
editor-edit = Modifier
editor-back = Retour à la note
editor-title = Titre
editor-text = Texte (Markdown)
editor-mine = Ce que vous avez écrit
editor-theirs = Ce qui a été enregistré entre-temps :
editor-conflict = Cette note a été modifiée ailleurs pendant que vous écriviez.
editor-conflict-do = Les deux textes sont ci-dessous. Reprenez ce que vous voulez garder, puis enregistrez.
editor-preview = Aperçu
editor-no-preview = Ce que vous écrivez apparaît ici tel qu’il sera.
editor-save = Enregistrer
editor-discard = Abandonner ce qui a été gardé
editor-offline = Vous êtes hors ligne. Ce que vous avez écrit est gardé dans ce navigateur ; enregistrez à votre retour.
editor-kept = Ce que vous aviez écrit a été gardé et se retrouve ici.
library-gone = Cela n’existe plus
library-gone-do = Une de ces notes ou un de ces dossiers a été supprimé entre-temps. La liste ci-dessous est à jour.
library-misplaced = Les dossiers ne peuvent pas être rangés ainsi
library-misplaced-do = Un dossier ne peut pas aller dans lui-même, deux dossiers au même endroit ne peuvent pas porter le même nom, et il y a au plus 12 niveaux et 1 000 dossiers.
