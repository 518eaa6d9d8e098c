# Las palabras de las conversaciones con el tutor y de cómo se hacen las cosas, en español.

tutor-name = Nombre
tutor-rename = Cambiar el nombre
tutor-ended = terminada
tutor-end = Terminar esta conversación
tutor-end-lead = Se puede seguir leyendo. Si preguntas otra vez, se abre de nuevo.
tutor-delete = Borrar esta conversación …
tutor-delete-lead = Sus preguntas y respuestas desaparecen para siempre. Las tarjetas y los cuestionarios que se hicieron se quedan.
tutor-delete-do = Borrar para siempre
tutor-search = Buscar una conversación
tutor-search-do = Buscar
tutor-not-found = Ninguna conversación contiene esto.
tutor-open-passage = Abrir en el apunte
tutor-make-cards = Convertir esta respuesta en tarjetas
tutor-which-notes = Tus apuntes tratan de temas distintos. ¿De cuáles se trata?
tutor-choice = { $count ->
    [one] { $title } (un apunte)
   *[other] { $title } ({ $count } apuntes)
}
tutor-choice-all = { $count ->
    [one] Todo
   *[other] Los { $count } apuntes
}
settings-making = Cómo se hacen las cosas
settings-making-heading = Cómo se hacen las cosas para mí
settings-making-lead = Lo que dejas abierto se aprende de tus opiniones. Lo que eliges aquí cuenta primero.
settings-making-kept = Queda guardado.
settings-making-wrong = Algo no puede ser así. Mira el campo marcado.
settings-difficulty = Dificultad
settings-learn-it = Según lo aprendido
settings-difficulty-adaptive = Una mezcla
settings-detail = Nivel de detalle
settings-detail-brief = Breve
settings-detail-normal = Normal
settings-detail-thorough = Completo
settings-summary-length = Longitud de los resúmenes
settings-length-short = Corta
settings-length-medium = Media
settings-length-long = Larga
settings-count = Elementos, si no digo un número
settings-daily-cards = Tarjetas al día, como máximo
settings-material-language = Idioma del material
settings-language-of-notes = El idioma de los apuntes
settings-language-hint = Todo se demuestra con las palabras de tus apuntes, así que está en su idioma. Esto decide cuando están en varios.
settings-time-zone = Zona horaria
settings-time-zone-hint = En ella empiezan y acaban los días y tu racha. Sin ella, UTC.
settings-learned = { $count ->
    [one] Por una opinión tuya: { $level }.
   *[other] Por { $count } opiniones tuyas: { $level }.
}
