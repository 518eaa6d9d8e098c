# The words of the pages, in Spanish.

## Around every page
skip-to-content = Saltar al contenido
nav-label = Páginas
nav-today = Hoy
theme-switch = Cambiar entre claro y oscuro
footer-version = Study Sharper { $version }
back-to-today = Volver a Hoy
author-offline = Aquí escribe el autor sin conexión: no se consulta ningún modelo y tus apuntes se quedan en este servidor.
author-model = Aquí escribe { $model }. Todo se compara con tus apuntes antes de que lo veas.
author-away = { $model } no está disponible por ahora. Mientras tanto escribe el autor sin conexión.
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
card-verbatim = Palabra por palabra de tus apuntes
difficulty-adaptive = Mixta
difficulty-easy = Fácil
difficulty-medium = Media
difficulty-hard = Difícil

## Today
today-title = Hoy
today-heading = ¿En qué se convierten tus apuntes?
today-lead = Todo se cita de tus apuntes y se comprueba antes de que lo veas.
today-notes-label = Suelta un archivo o pega tus apuntes
today-notes-placeholder = Una página de clase, un capítulo, una lista de términos …
today-file-label = Elegir archivos
today-words = Palabras: { $words }
today-count-label = Cuántas
today-count-other = Otro
today-count-other-label = Cuántas, de 1 a 200
today-difficulty-label = Dificultad
today-title-label = Título (opcional)
today-make = { $kind ->
    [quiz] Hacer un cuestionario
    [exam] Hacer un examen
    [summary] Resumir
    [analysis] Revisar mis apuntes
    [plan] Planificar mis días
    [chat] Preguntar
   *[cards] Hacer tarjetas
}
today-sending = Enviando tus apuntes …
today-offline = Estás sin conexión. Tus apuntes se quedan en el cuadro; envíalos cuando vuelvas.
today-first-heading = Cómo funciona
today-first-paste = Pega tus apuntes o suelta un archivo.
today-first-check = Lo que se hace aparece parte por parte, cada una con las palabras de tus apuntes en que se apoya. Lo que tus apuntes no respaldan se descarta.
today-first-study = Estúdialas enseguida, con el pulgar o con el teclado.
today-resume = Continuar:
today-recent-heading = Sigue donde lo dejaste
today-recent-progress = { $studied } de { $cards } estudiadas
today-recent-cards = Todas
today-samples-heading = O prueba con un ejemplo

## Making
making-title = En preparación
making-heading = { $kind ->
    [quiz] Un cuestionario sobre «{ $title }»
    [exam] Un examen sobre «{ $title }»
    [summary] Un resumen de «{ $title }»
    [analysis] Revisión de «{ $title }»
    [plan] Un plan para «{ $title }»
    [chat] Pregunta a «{ $title }»
   *[cards] Tarjetas de «{ $title }»
}
making-steps-label = Progreso
making-count = { $done } de { $requested }
making-left-out = Descartadas: { $count }
making-waiting = Tus apuntes son los siguientes.
making-done = Listo, y guardado para ti.
making-failed = No se pudo terminar.
making-cancelled = Lo detuviste. No se guardó nada.
making-cancel = Detener
making-set = Ver el mazo
making-reconnecting = Se perdió la conexión un momento. El trabajo sigue; esta página se pondrá al día sola.
making-refresh = Esta página se recarga cada dos segundos hasta que todo esté listo.
step-analyse = Entender lo que pides
step-gather = Leer tus apuntes
step-write = Escribir y comprobar cada parte
step-safety = Comprobar otra vez que todo es adecuado
step-format = Ponerlo en orden
step-complete = Guardarlo para ti

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
study-keys = Espacio gira la tarjeta, 1 a 4 la califican, U deshace, W avisa de una tarjeta incorrecta, B la aplaza.
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
problem-file = Este archivo no se puede leer
problem-file-do = Ábrelo, guárdalo de nuevo y envía la copia nueva; o copia su texto y pégalo.
problem-not-found = Aquí no hay nada
problem-not-found-do = Quizá la dirección esté mal escrita o lo que nombraba se borró. Todos tus mazos están en Hoy.
problem-too-large = Es demasiado grande
problem-too-large-do = Envíalo por partes, un capítulo cada vez: las tarjetas también saldrán mejor.
problem-timeout = Tus apuntes no llegaron a tiempo
problem-timeout-do = Puede que la conexión sea lenta. Inténtalo otra vez o envía una parte más pequeña.
problem-conflict = Ahora no se puede hacer
problem-conflict-do = Mientras tanto cambió o terminó. Vuelve atrás y míralo de nuevo.
problem-unauthorized = Inicia sesión primero
problem-unauthorized-do = No has iniciado sesión, o ya terminó. Inicia sesión e inténtalo otra vez.
problem-forbidden = No permitido
problem-forbidden-do = Esto es de otra persona, o la página estuvo abierta demasiado tiempo. Vuelve atrás e inténtalo otra vez.
problem-limit = Ha sido mucho de golpe
problem-limit-do = Hay un límite para que a todos les toque su turno. No se ha perdido nada tuyo.
problem-day = Es todo por hoy
problem-day-do = Cada persona puede empezar cierta cantidad al día. Vuelve después de medianoche (UTC); lo que tienes está a salvo.
problem-notes-full = Tu espacio para apuntes está lleno
problem-notes-full-do = Borra los apuntes que ya no necesites y prueba otra vez. Lo que tienes está a salvo.
problem-not-available = No disponible aquí
problem-not-available-do = Este servidor no está preparado para ello.
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
problem-again-hours = { $count ->
    [one] Se abre de nuevo en { $count } hora.
   *[other] Se abre de nuevo en { $count } horas.
}
problem-request-id = Petición

## Kinds of material
kind-name = { $kind ->
    [quiz] Cuestionario
    [exam] Examen
    [summary] Resumen
    [analysis] Revisión
    [plan] Plan de estudio
    [chat] Pregunta
   *[cards] Tarjetas
}
nav-tutor = Tutor
questions-count = { $count ->
    [one] { $count } pregunta
   *[other] { $count } preguntas
}
points-count = { $count ->
    [one] { $count } punto
   *[other] { $count } puntos
}
findings-count = { $count ->
    [one] { $count } observación
   *[other] { $count } observaciones
}
days-count = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
result-by-offline = del autor sin conexión
result-by-model = de { $model }
result-print = Imprimir
item-points = Puntos: { $count }
item-minutes = { $count } min
item-term = Término clave
topic-share = { $count } % del tiempo
importance-high = Central
importance-medium = Importante
importance-low = También se dice
question-multiple-choice = Opción múltiple
question-true-false = Verdadero o falso
question-short-answer = Respuesta corta
question-essay = Ensayo
answer-true = Verdadero
answer-false = Falso
finding-strength = Bien explicado
finding-gap = Falta
finding-contradiction = Contradicciones
finding-unclear = Poco claro
finding-next-step = Qué hacer ahora

## Choosing what to make
today-type-label = Hacer
today-options = Opciones
today-minutes-label = Minutos
today-question-types-label = Tipos de pregunta
today-length-label = Longitud
length-short = Corto
length-medium = Medio
length-long = Largo
today-style-label = Forma
style-bullet-points = Puntos
style-paragraph = Prosa
style-outline = Esquema
today-exam-date-label = Día del examen (opcional)
today-days-label = Días
today-daily-minutes-label = Minutos al día

## While it is made
making-items = Lo que se hizo
making-so-far = Hasta ahora: { $count }
making-taken-back = Retirada: { $reason }
making-open = { $kind ->
    [quiz] Empezar el cuestionario
    [exam] Ver el examen
    [summary] Leer el resumen
    [analysis] Ver las observaciones
    [plan] Ver el plan
    [chat] Ir a la conversación
   *[cards] Estudiar ahora
}
making-degraded = No se pudo usar el modelo; lo sustituyó el autor sin conexión.

## A quiz and an exam
quiz-number = Pregunta { $count }
quiz-one = De una en una
quiz-all = Todas a la vez
quiz-your-answer = Tu respuesta
quiz-check = Comprobar
quiz-next = Siguiente
quiz-answer = Respuesta
quiz-right = Correcto.
quiz-wrong = Esta vez no.
quiz-compare = Compara con la respuesta de abajo. ¿La tenías?
quiz-had-it = La tenía
quiz-missed-it = No la tenía
quiz-choose = Elige o escribe primero una respuesta.
quiz-also = También correcto: { $answers }
quiz-score = { $got } de { $total } puntos
quiz-again = Practicar lo que fallaste
quiz-restart = Empezar de nuevo
exam-key = Soluciones
exam-rubric = Qué da los puntos

## A summary and a plan
summary-terms = Términos clave
summary-facts = Palabras: { $words } · { $minutes } min de lectura
plan-day = Día { $count }
plan-topics = Temas
plan-mastery = Sabido: { $count } %
activity-learn = Aprender
activity-review = Repasar
activity-practise = Practicar
activity-mock-exam = Examen de prueba

## The tutor
tutor-title = Pregunta a tus apuntes
tutor-lead = El tutor responde solo con tus apuntes y muestra el pasaje de cada afirmación.
tutor-label = Tu pregunta
tutor-ask = Preguntar
tutor-no-question = Escribe primero tu pregunta.
tutor-you = Tú
tutor-tutor = Tutor
tutor-thinking = Leyendo tus apuntes…
tutor-citation = Mostrar el pasaje { $number }
tutor-not-in-notes = Tus apuntes no contienen la respuesta.
tutor-not-in-notes-do = Aquí no se inventa nada. Añade un apunte sobre ello o pregunta por algo que esté en tus apuntes.
tutor-add-notes = Añadir apuntes
tutor-conversations = Conversaciones
tutor-new = Conversación nueva
tutor-none = Todavía ninguna. La primera pregunta inicia una.

## Spending
problem-budget = El presupuesto de hoy está gastado
problem-budget-do = Ya se gastó lo que se puede gastar en modelos en un día. Prueba mañana; lo que tienes está a salvo.
