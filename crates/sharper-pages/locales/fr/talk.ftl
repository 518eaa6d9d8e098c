# Les mots des conversations avec le tuteur et de la façon dont les choses sont faites, en français.

tutor-name = Nom
tutor-rename = Renommer
tutor-ended = terminée
tutor-end = Terminer cette conversation
tutor-end-lead = Elle reste lisible. Une nouvelle question la rouvre.
tutor-delete = Supprimer cette conversation …
tutor-delete-lead = Ses questions et réponses disparaissent pour toujours. Les cartes et les quiz qui en sont nés restent.
tutor-delete-do = Supprimer pour toujours
tutor-search = Chercher une conversation
tutor-search-do = Chercher
tutor-not-found = Aucune conversation ne contient cela.
tutor-open-passage = Ouvrir dans la note
tutor-make-cards = Faire des cartes de cette réponse
tutor-which-notes = Vos notes portent sur des sujets différents. Desquels s’agit-il ?
tutor-choice = { $count ->
    [one] { $title } (une note)
   *[other] { $title } ({ $count } notes)
}
tutor-choice-all = { $count ->
    [one] Tout
   *[other] Les { $count } notes
}
settings-making = Comment les choses sont faites
settings-making-heading = Comment les choses sont faites pour moi
settings-making-lead = Ce que vous laissez ouvert est appris de vos avis. Ce que vous choisissez ici compte d’abord.
settings-making-kept = C’est enregistré.
settings-making-wrong = Quelque chose ne peut pas être ainsi. Regardez le champ marqué.
settings-difficulty = Difficulté
settings-learn-it = Selon ce qui est appris
settings-difficulty-adaptive = Un mélange
settings-detail = Niveau de détail
settings-detail-brief = Bref
settings-detail-normal = Normal
settings-detail-thorough = Approfondi
settings-summary-length = Longueur des résumés
settings-length-short = Courte
settings-length-medium = Moyenne
settings-length-long = Longue
settings-count = Éléments, si je ne dis pas combien
settings-daily-cards = Cartes par jour, au plus
settings-material-language = Langue du matériel
settings-language-of-notes = La langue des notes
settings-language-hint = Tout est prouvé par les mots de vos notes et se trouve donc dans leur langue. Ceci décide lorsqu’elles sont en plusieurs langues.
settings-time-zone = Fuseau horaire
settings-time-zone-hint = Les jours et votre série y commencent et finissent. Sans lui, UTC.
settings-learned = { $count ->
    [one] D’après un de vos avis : { $level }.
   *[other] D’après { $count } de vos avis : { $level }.
}
