## Sets, and the way in and out
nav-cards = Tarjetas
sets-title = Tus tarjetas
sets-empty = Aún no tienes tarjetas. Crea algunas con tus apuntes o trae un mazo.
sets-due = { $count ->
    [0] Hoy no te espera nada. Aun así puedes estudiar cualquier mazo.
    [one] Hoy te espera { $count } tarjeta.
   *[other] Hoy te esperan { $count } tarjetas.
}
sets-study-all = Estudiar lo pendiente
sets-study = Estudiar
import-heading = Trae un mazo
import-lead = De Anki (.apkg), Quizlet o una hoja de cálculo (.csv, .tsv, .txt), Markdown u otro Study Sharper (.json). El mismo mazo otra vez actualiza tus tarjetas y nunca las duplica.
import-label = Mazo
import-send = Importar
export-heading = Llévatelo
export-apkg = Anki (.apkg)
export-csv = Hoja de cálculo (.csv)
export-tsv = Quizlet (.tsv)
export-md = Markdown (.md)
export-json = Todo (.json)
export-gift = Moodle GIFT (.txt)
export-moodle = Moodle (.xml)
export-qti = Plataformas educativas, QTI 2.1 (.zip)
export-ics = Calendario (.ics)

## Studying
study-all-heading = Lo que espera hoy
study-more = Más
study-wrong = Tarjeta incorrecta
study-bury = Hoy no
study-suspend = Nunca más
study-flag = Marcar
study-unflag = Quitar la marca
study-edit-cloze = Frase con huecos
study-edit-question = Anverso
study-edit-answer = Reverso
study-edit-keep = Guardar el cambio
study-nothing = Aquí no espera nada ahora.
study-all-the-same = Estudiar de todos modos
study-next = La próxima tarjeta vuelve en { $when }.
interval-minutes = { $number } min
interval-hours = { $number } h
interval-days = { $number } d
interval-months = { $number } mes
interval-years = { $number } a

## Progress
nav-progress = Progreso
progress-title = Progreso
progress-empty = Aún no has estudiado nada. Crea algunas tarjetas y estúdialas: aquí verás cómo va.
progress-streak = { $count ->
    [0] Estudia hoy y empieza una nueva racha.
    [one] { $count } día seguido.
   *[other] { $count } días seguidos.
}
progress-minutes = { $count ->
    [one] { $count } minuto en los últimos siete días.
   *[other] { $count } minutos en los últimos siete días.
}
progress-exam-in = El examen es en { $when }.
progress-ready = Si no estudias nada más hasta entonces, recordarás { $recall } de sus tarjetas (en nueve de diez casos, de { $low } a { $high }).
progress-forecast = Lo que vuelve en las próximas dos semanas
progress-table = Como tabla
progress-day = Día
progress-days = Días estudiados
progress-days-studied = { $count ->
    [one] { $count } día en las últimas doce semanas.
   *[other] { $count } días en las últimas doce semanas.
}
progress-retention = Lo recordado y lo previsto
progress-retention-none = Ninguna tarjeta ha vuelto aún tras un día o más.
progress-between = Días entre medias
progress-reviews = Repasos
progress-predicted = Previsto
progress-remembered = Recordado
progress-topics = Temas, los más débiles primero
progress-topics-none = Aún no se sabe nada de los temas.
progress-practise = Practicar esto

## A set
set-how = Cómo se aprende
set-new-per-day = Tarjetas nuevas al día
set-write = Escribir una tarjeta
set-both-ways = Preguntar en ambos sentidos
set-write-keep = Añadir la tarjeta

## How one studies
settings-study = Estudio
settings-study-heading = Cómo estudias
settings-study-kept = Guardado. Vale desde la próxima tarjeta.
settings-study-wrong = Un dato no puede ser así: mira el campo marcado. No se cambió nada.
settings-study-retention = Recordar (por ciento)
settings-study-retention-hint = La parte de las tarjetas que quieres saber cuando vuelven. Más significa más repasos: 90 conviene a la mayoría.
settings-study-new = Tarjetas nuevas al día
settings-study-reviews = Repasos al día
settings-study-longest = Tiempo más largo entre dos repasos (días)
settings-study-leech = Olvidada tantas veces, una tarjeta es rebelde (0: nunca)
settings-study-day = Hora a la que empieza tu día
settings-study-steps = Pasos de una tarjeta nueva (minutos)
settings-study-again = Pasos de una tarjeta olvidada (minutos)
settings-study-steps-hint = Minutos separados por un espacio, como 1 10. Ninguno: la tarjeta vuelve otro día.
settings-study-siblings = Dejar para mañana las otras tarjetas de la misma nota
settings-study-leech-stop = Suspender las tarjetas rebeldes
settings-study-fit = Tu propia memoria
settings-study-fit-do = Ajustarla ahora a mis repasos
settings-study-fit-all = Los intervalos siguen la memoria de la gente en general. Desde { $count } repasos en días posteriores se pueden ajustar a la tuya.
settings-study-fit-own = Los intervalos se ajustaron a { $count } de tus repasos.
settings-study-fitted = Tu memoria se ajustó a { $count } repasos.
settings-study-too-few = Todavía no: hacen falta { $count } repasos en días posteriores. No se cambió nada.

## A plan as it is followed
plan-done = Hecho
plan-undone = No está hecho
plan-done-of = { $count } de { $of } días hechos
