# The words of the pages, in Spanish.

## Around every page
skip-to-content = Saltar al contenido
nav-label = Páginas
nav-today = Hoy
theme-switch = Cambiar entre claro y oscuro
footer-version = Study Sharper { $version }
back-to-today = Volver a Hoy
author-offline = Las tarjetas las escribe el autor sin conexión: no se consulta ningún modelo y tus apuntes se quedan en este servidor.
author-model = Las tarjetas las escribe { $model }. Cada una se compara con tus apuntes antes de que la veas.
author-away = { $model } no está disponible por ahora. Hasta que vuelva, las tarjetas las escribe el autor sin conexión.
ago-now = ahora mismo
ago-minutes = { $count ->
    [one] hace { $count } minuto
   *[other] hace { $count } minutos
}
ago-hours = { $count ->
    [one] hace { $count } hora
   *[other] hace { $count } horas
}
ago-days = { $count ->
    [one] hace { $count } día
   *[other] hace { $count } días
}

## Cards
cards-count = { $count ->
    [one] { $count } tarjeta
   *[other] { $count } tarjetas
}
card-from = De tus apuntes
difficulty-adaptive = Mixta
difficulty-easy = Fácil
difficulty-medium = Media
difficulty-hard = Difícil

## Today
today-title = Hoy
today-heading = Tus apuntes, en tarjetas
today-lead = Cada tarjeta cita tus apuntes y se comprueba antes de que la veas.
today-notes-label = Suelta un archivo o pega tus apuntes
today-notes-placeholder = Una página de clase, un capítulo, una lista de términos …
today-file-label = Elegir archivos
today-file-not-text = { $name } no es un archivo de texto. Se pueden leer texto (.txt) y Markdown (.md).
today-words = Palabras: { $words }
today-count-label = Tarjetas
today-count-other = Otro
today-count-other-label = Cuántas tarjetas, de 1 a 200
today-difficulty-label = Dificultad
today-title-label = Título (opcional)
today-make = Crear tarjetas
today-sending = Enviando tus apuntes …
today-offline = Estás sin conexión. Tus apuntes se quedan en el cuadro; envíalos cuando vuelvas.
today-first-heading = Cómo funciona
today-first-paste = Pega tus apuntes o suelta un archivo.
today-first-check = Las tarjetas aparecen una a una, cada una con las palabras de tus apuntes en que se apoya. Lo que tus apuntes no respaldan se descarta.
today-first-study = Estúdialas enseguida, con el pulgar o con el teclado.
today-resume = Continuar:
today-recent-heading = Sigue donde lo dejaste
today-recent-progress = { $studied } de { $cards } estudiadas
today-recent-cards = Todas
today-samples-heading = O prueba con un ejemplo

## Making
making-title = Creando tarjetas
making-heading = Tarjetas de «{ $title }»
making-steps-label = Progreso
making-cards = Tarjetas
making-count = { $done } de { $requested } tarjetas
making-left-out = Descartadas: { $count }
making-waiting = Tus apuntes son los siguientes.
making-done = Listo. Las tarjetas están guardadas.
making-failed = No se pudo terminar.
making-cancelled = Lo detuviste. No se guardó nada.
making-cancel = Detener
making-study = Estudiarlas ahora
making-set = Ver el mazo
making-reconnecting = Se perdió la conexión un momento. El trabajo sigue; esta página se pondrá al día sola.
making-refresh = Esta página se recarga cada dos segundos hasta que las tarjetas estén listas.
step-analyse = Entender lo que pides
step-gather = Leer tus apuntes
step-write = Escribir tarjetas y comprobar cada una
step-safety = Comprobar otra vez que todo es adecuado
step-format = Ponerlas en orden
step-complete = Guardarlas para ti

## Why an item was left out
fault-missing-field = faltaba una parte
fault-too-long = eran demasiado largas para estudiarlas
fault-answer-in-question = la pregunta revelaba la respuesta
fault-repeated-option = dos opciones decían lo mismo
fault-not-one-key = no tenían exactamente una respuesta correcta
fault-wrong-language = no estaban en el idioma de tus apuntes
fault-not-prose = no eran frases legibles
fault-dangling-reference = no tenían sentido sin la página que las rodea
fault-quote-not-found = su cita no está en tus apuntes
fault-number-differs = un número no coincidía con tus apuntes
fault-name-differs = un nombre no coincidía con tus apuntes
fault-negation-differs = decían lo contrario que tus apuntes
fault-unsupported = tus apuntes no las respaldaban
fault-duplicate = repetían otra
fault-already-known = ya las tienes
fault-unsafe = no eran adecuadas
fault-low-quality = no eran lo bastante buenas
fault-low-accuracy = no eran lo bastante precisas

## Study
study-title = Estudiar { $set }
study-progress = Progreso
study-card = Tarjeta
study-left = Quedan { $count }
study-show = Ver respuesta
study-keys = Espacio gira la tarjeta, de 1 a 4 la califica, U deshace.
study-grade-label = ¿Qué tal la sabías?
grade-again = Otra vez
grade-hard = Difícil
grade-good = Bien
grade-easy = Fácil
study-undo = Deshacer
study-offline = Estás sin conexión. Tus calificaciones se guardan en este dispositivo y se enviarán cuando vuelvas.
study-done-heading = Hecho por ahora
study-done-count = { $count ->
    [one] { $count } tarjeta estudiada. Así la sabías a primera vista:
   *[other] { $count } tarjetas estudiadas. Así las sabías a primera vista:
}
study-look-again = Merecen otra mirada
study-all-known = Las sabías todas.
study-once-more = Estudiar otra vez
study-empty = Este mazo no tiene tarjetas.

## A set
set-study = Estudiar este mazo

## Problems
problem-empty-notes = No hay apuntes con que trabajar
problem-empty-notes-do = Pega algo de texto o elige un archivo que no esté vacío.
problem-not-text = Esto no es texto
problem-not-text-do = Se pueden leer texto (.txt) y Markdown (.md). Copia el texto de otros archivos y pégalo.
problem-not-found = Aquí no hay nada
problem-not-found-do = Quizá la dirección esté mal escrita o lo que nombraba se borró. Todos tus mazos están en Hoy.
problem-too-large = Es demasiado grande
problem-too-large-do = Envíalo por partes, un capítulo cada vez: las tarjetas también saldrán mejor.
problem-timeout = Tus apuntes no llegaron a tiempo
problem-timeout-do = Puede que la conexión sea lenta. Inténtalo otra vez o envía una parte más pequeña.
problem-conflict = Ahora no se puede hacer
problem-conflict-do = Mientras tanto cambió o terminó. Vuelve atrás y míralo de nuevo.
problem-forbidden = No permitido
problem-forbidden-do = Esto es de otra persona, o la página estuvo abierta demasiado tiempo. Vuelve atrás e inténtalo otra vez.
problem-limit = Ha sido mucho de golpe
problem-limit-do = Hay un límite para que a todos les toque su turno. No se ha perdido nada tuyo.
problem-not-available = No disponible aquí
problem-not-available-do = Este servidor no está preparado para ello. Las tarjetas funcionan siempre.
problem-nothing-to-make = No se pudo sacar nada de estos apuntes
problem-nothing-to-make-do = Quizá sean muy cortos o no tengan frases enteras. Añade algunas e inténtalo otra vez.
problem-cancelled = Detenido
problem-cancelled-do = Lo detuviste. No se guardó nada.
problem-unavailable = No disponible en este momento
problem-unavailable-do = Tus tarjetas están a salvo. Inténtalo otra vez en un minuto.
problem-storage-full = No queda espacio
problem-storage-full-do = No se puede guardar nada nuevo hasta que quien lleva este servidor haga sitio. Lo que tienes está a salvo.
problem-request = No se pudo entender
problem-request-do = Algunos campos no están bien. Vuelve atrás, revísalos y envíalo otra vez.
problem-internal = Algo falló por nuestra parte
problem-internal-do = Ha quedado anotado. Inténtalo otra vez; si vuelve a pasar, da el número de abajo a quien lleva este servidor.
problem-again-seconds = { $count ->
    [one] Se abre de nuevo en { $count } segundo.
   *[other] Se abre de nuevo en { $count } segundos.
}
problem-again-minutes = { $count ->
    [one] Se abre de nuevo en { $count } minuto.
   *[other] Se abre de nuevo en { $count } minutos.
}
problem-request-id = Petición
