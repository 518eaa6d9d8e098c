# Las palabras de las páginas del operador, en español.

## Units
unit-percent = { $n } %
unit-ms = { $n } ms
unit-s = { $n } s
unit-min = { $n } min
unit-usd = { $n } US$
unit-kb = { $n } kB
unit-mb = { $n } MB
unit-gb = { $n } GB
unit-below = menos de { $n }

## Around every page
admin-now = Ahora
admin-agents = Agentes
admin-errors = Errores
admin-users = Usuarios
admin-quality = Calidad
admin-alerts = Alertas
admin-settings = Ajustes en vigor
admin-log = Registro
admin-window = Periodo
admin-window-hour = 1 hora
admin-window-day = 24 horas
admin-window-week = 7 días
admin-window-month = 30 días
admin-updated = Actualizado
admin-live-stop = Dejar de actualizar
admin-live-go = Volver a actualizar
admin-lost = Se perdió la conexión. Lo que ves es de antes; seguirá por sí sola.
admin-search = Buscar
admin-empty = Nada en este periodo.

## States
admin-state = Estado
admin-state-good = En el objetivo
admin-state-near = Cerca del límite
admin-state-bad = Fuera del objetivo
admin-state-unknown = Aún no se sabe

## Now
admin-answer-good = Todo está como debe.
admin-answer-quiet = No hubo actividad en este periodo.
admin-answer-off = Fuera del objetivo: { $what }.
admin-alerts-firing = { $count ->
    [one] { $count } alerta activa
   *[other] { $count } alertas activas
}
admin-success = Éxito
admin-average = Tiempo medio
admin-p50 = p50
admin-p95 = p95
admin-time-p50 = la mitad en { $n }
admin-requests = Peticiones
admin-requests-under = { $failed } fallidas · { $running } en curso · { $waiting } en espera
admin-tokens = Tokens
admin-tokens-under = de todos los modelos
admin-cost = Coste
admin-budget = hoy { $spent } de { $budget }
admin-budget-none = sin presupuesto fijado
admin-target = Objetivo
admin-target-is = Objetivo: { $target }
admin-target-over = más de { $n }
admin-target-under = menos de { $n }
admin-target-within = diferencia de { $n } como mucho
admin-chart-requests = Peticiones
admin-chart-times = Tiempo medio
admin-chart-most = como mucho { $n }
admin-chart-now = ahora

## The success measures
admin-measures = Medidas de éxito
admin-measure = Medida
admin-value = Valor
admin-measure-logged = Registro de las ejecuciones
admin-target-logged = ninguna perdida
admin-value-logged = { $recorded } registradas, { $dropped } perdidas
admin-measure-sums = Exactitud de las métricas
admin-target-sums = igual al recuento de las filas
admin-value-sums = diferencia { $n }
admin-measure-limits = Efecto de los límites
admin-target-limits = activos y contados
admin-value-refused = { $n } rechazadas
admin-measure-success = Éxito de las peticiones
admin-measure-average = Tiempo medio de las peticiones
admin-measure-overhead = Tiempo que cuesta la vigilancia
admin-measure-tokens = Tokens frente a la factura de los modelos
admin-value-tokens = { $recorded } registrados, { $billed } facturados
admin-value-no-model = no se preguntó a ningún modelo
admin-measure-errors = Errores con todo su contexto
admin-target-errors = todos
admin-value-errors = { $with } de { $all }

## Agents
admin-agents-lead = Una fila por cada agente que trabajó. Objetivos: éxito de más del 95 %, media de menos de 5 s.
admin-agents-none = Ningún agente trabajó en este periodo.
admin-agent = Agente
admin-runs = Ejecuciones
admin-course = Curso

## Errors
admin-errors-lead = Los errores que dicen lo mismo están juntos.
admin-errors-none = Sin errores en este periodo.
admin-errors-search = Mensaje o agente
admin-errors-latest = Los últimos
admin-error = Error
admin-error-facts = { $n } en este periodo · usuarios: { $users }
admin-count = Número
admin-first = Primero
admin-last = Último
admin-when = Cuándo
admin-request = Petición
admin-user = Usuario
admin-took = Duró
admin-request-facts = agentes: { $agents } · { $took } · tokens: { $tokens }
admin-step-line = tras { $after } · duró { $took } · tokens: { $tokens }
admin-status-success = Éxito
admin-status-failure = Fallo
admin-status-timeout = Sin tiempo
admin-input = Lo que recibió
admin-output = Lo que respondió
admin-not-kept = Lo que entró y salió no se guarda, o ya no.
admin-calls = Llamadas a modelos
admin-calls-none = No se preguntó a ningún modelo.
admin-model = Modelo
admin-outcome = Resultado
admin-call-cached = respuesta guardada
admin-tokens-in = Tokens de entrada
admin-tokens-out = Tokens de salida

## Users
admin-users-search = Correo electrónico o identificador
admin-users-none = No hay tal usuario.
admin-users-facts = { $shown } de { $total } mostrados
admin-user-admin = Administrador
admin-user-student = Estudiante
admin-user-waiting = Espera a un tutor
admin-user-closed = Cerrada
admin-user-elsewhere = Sin cuenta aquí
admin-user-since = desde { $day }
admin-user-seen = visto { $ago }
admin-seen = Visto
admin-failed = Fallidas
admin-made-today = Hecho hoy
admin-tokens-today = Tokens hoy
admin-storage = Almacenamiento
admin-limits = Uso frente a límites
admin-limit = Qué
admin-used = Usado
admin-activity = Actividad
admin-activity-none = No se hizo nada para este usuario en este periodo.

## Quality
admin-pass-line = { $rate } de { $all } elementos pasaron todas las pruebas.
admin-passing = Lo que pasó
admin-task = Tarea
admin-passed = Pasaron
admin-rejected = Descartados
admin-pass-rate = Tasa
admin-why = Por qué se descartaron
admin-why-none = No se descartó ninguno en este periodo.
admin-feedback = Opiniones
admin-feedback-none = Nadie opinó en este periodo.
admin-rated = Nota
admin-rating = { $n } de 5
admin-ratings = { $count ->
    [one] { $count } nota
   *[other] { $count } notas
}
admin-about = Sobre
admin-said = Dijo
admin-experiments = Experimentos
admin-experiments-none = No hay experimentos en marcha.
admin-variants = Variantes
admin-variant = Variante
admin-cost-each = Coste por elemento
admin-known = Sabido al repasar
admin-reviews = { $count ->
    [one] { $count } repaso
   *[other] { $count } repasos
}

## Alerts
admin-rules = Reglas
admin-rules-none = No hay reglas.
admin-rule = Regla
admin-since = Desde
admin-told = Avisado
admin-told-by = Se avisa por: { $by }
admin-told-nobody = No se avisa a nadie: no hay correo ni webhook. Las alertas están aquí y en el registro.
admin-alert-quiet = Todo bien
admin-alert-firing = Activa
admin-alert-began = Empezó
admin-alert-ended = Terminó
admin-history = Historial
admin-history-none = No saltó ninguna alerta en este periodo.
admin-detail = Detalles

## Settings in force and log
admin-settings-lead = Con qué funciona este servidor. De los secretos solo se muestra si están puestos.
admin-secret-set = puesto, no se muestra
admin-not-set = sin poner
admin-log-lead = Lo que se hizo con los derechos de administrador.
admin-log-none = No se hizo nada en este periodo.
admin-actor = Quién
admin-action = Hizo
admin-answer = Respuesta
