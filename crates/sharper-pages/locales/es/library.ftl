# The words of the library, of a note and of its editor, in Spanish.

## The library
nav-library = Biblioteca
library-title = Biblioteca
library-open = Tu biblioteca
library-search = Buscar en tus apuntes
library-search-do = Buscar
library-searching = Buscando …
library-offline = No tienes conexión. La búsqueda volverá cuando la recuperes.
library-results = Resultados
library-found = { $count ->
    [one] { $count } apunte
   *[other] { $count } apuntes
}
library-nothing-found = Nada de tus apuntes encaja. Prueba con otra palabra, o con menos.
library-notes = Apuntes
library-empty = Aquí no hay nada todavía. Suelta un archivo, elige uno o escribe tu primer apunte.
library-more = Solo se muestran los apuntes cambiados más recientemente. La búsqueda encuentra los demás.
library-choose = Elegir
library-folder-empty = Esta carpeta está vacía.
library-folder-holds = { $count ->
    [one] Carpeta con { $count } apunte
   *[other] Carpeta con { $count } apuntes
}
library-with-chosen = Con lo elegido
library-move-to = Mover a
library-no-folder = Ninguna carpeta
library-move = Mover
library-new-name = Nombre nuevo
library-rename = Cambiar nombre
library-duplicate = Duplicar
library-delete = Eliminar
library-thrown = Ahora está en la papelera.
library-undo = Deshacer
library-bin = Papelera
library-bin-what = Lo que se hizo a partir de un apunte se conserva, con sus citas.
library-bin-empty = La papelera está vacía.
library-bin-clear = Vaciar la papelera
library-restore = Restaurar
library-erase = Eliminar para siempre
library-add = Añadir
library-drop = Suelta archivos aquí o elígelos.
library-files-kinds = PDF, Word, diapositivas, libros, páginas web, Markdown, texto e imágenes de páginas.
library-files-most = Como máximo { $size } cada uno.
library-into = Carpeta
library-upload = Subir
library-retry = Intentar de nuevo
library-file-too-large = Demasiado grande: como máximo { $size }. Envíalo por partes.
library-file-sending = { $share } % enviado
library-file-reading = Leyendo …
library-file-ready = Listo
library-file-known = Este ya lo tienes
library-sent = Archivos leídos: { $added }. Archivos que no se pudieron leer: { $refused }.
library-fault-empty = El archivo está vacío.
library-fault-no-text = No hay texto en este archivo.
library-fault-encrypted = Está protegido con contraseña. Guarda una copia sin ella y envíala.
library-fault-damaged = Está dañado o incompleto. Ábrelo, guárdalo de nuevo y envía la copia nueva.
library-fault-scanned = Sus páginas son imágenes sin texto. Pásale un reconocimiento de texto o envía una copia con texto.
library-fault-too-many-pages = Tiene demasiadas páginas. Envíalo por partes.
library-fault-too-much = Contiene más de lo que se puede leer. Envíalo por partes.
library-fault-too-hard = Leerlo llevó demasiado tiempo. Guárdalo de nuevo con otro programa o envíalo por partes.
library-fault-unsupported = Los archivos de este tipo no se pueden leer. Envía un PDF, un documento, diapositivas, un libro, una página web o texto.
library-fault-no-transcription = Aquí no se pueden transcribir grabaciones.
library-file-lost = Se cortó la conexión. Inténtalo de nuevo.
library-write = Escribir un apunte
library-new-folder = Carpeta nueva
library-folder-name = Nombre de la carpeta
library-inside = Dentro de
library-make-folder = Crear la carpeta

## A note
note-page = pág. { $label }
note-slide = diapositiva { $label }
note-picture = Imagen
note-gap = Aún sin tarjeta
note-version = Versión { $count }
note-origin = Leído de { $name }
note-saved = Guardado.
note-old = Esta es una versión anterior.
note-newest = Ver la más reciente
note-restore = Restaurar esta versión
note-passage-gone = Este pasaje ya no está en el apunte. Decía:
note-make = Hacer algo con este apunte
note-ask = Pregunta sobre este apunte
note-made = Hecho a partir de este apunte
note-nothing-made = Nada todavía. Haz tarjetas y aquí verás en qué palabras se basa cada una.
note-coverage = Se hizo algo con { $covered } de { $blocks } pasajes.
note-stale = Pasaje cambiado
note-stale-count = { $count ->
    [one] { $count } elemento se basa en palabras que cambiaste.
   *[other] { $count } elementos se basan en palabras que cambiaste.
}
note-remake = Rehacer
note-open = Abrir
note-in-note = Ver en el apunte
note-versions = Versiones

## The editor
editor-new = Apunte nuevo
editor-edit = Editar
editor-back = Volver al apunte
editor-title = Título
editor-text = Texto (Markdown)
editor-mine = Lo que escribiste
editor-theirs = Lo que se guardó mientras tanto:
editor-conflict = Este apunte se cambió en otro sitio mientras escribías.
editor-conflict-do = Abajo están los dos textos. Toma lo que quieras conservar y después guarda.
editor-preview = Vista previa
editor-no-preview = Lo que escribas se muestra aquí tal como quedará.
editor-save = Guardar
editor-discard = Descartar lo conservado
editor-offline = No tienes conexión. Lo que escribiste queda en este navegador; guárdalo cuando vuelvas.
editor-kept = Lo que escribiste antes se conservó y está aquí de nuevo.
library-gone = Eso ya no está
library-gone-do = Entretanto se eliminó uno de estos apuntes o carpetas. La lista de abajo está al día.
library-misplaced = Las carpetas no pueden quedar así
library-misplaced-do = Una carpeta no puede ir dentro de sí misma, dos carpetas del mismo lugar no pueden llamarse igual, y hay un máximo de 12 niveles y 1000 carpetas.
