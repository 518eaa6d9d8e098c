# Las palabras para iniciar sesión, registrarse, el consentimiento y los ajustes, en español.

## Around every page
nav-sign-in = Iniciar sesión
nav-account = Tu cuenta
nav-operator = Operador, sin cuenta
nav-settings = Ajustes
nav-admin = Administración
nav-sign-out = Cerrar sesión

## Signing in
people-sign-in = Iniciar sesión
people-sign-in-first = Primero inicia sesión. Después irás adonde querías.
people-sign-in-do = Iniciar sesión
people-sign-in-again = Volver a iniciar sesión
people-email = Correo electrónico
people-password = Contraseña
people-forgotten = ¿Olvidaste tu contraseña?
people-register = Crear una cuenta
people-have-account = Ya tengo una cuenta
people-news-password = Tu nueva contraseña ya vale. Se cerró la sesión en todos los dispositivos.
people-news-deleted = Tu cuenta y todo lo que contenía se ha borrado.
people-operator = Operador
people-operator-lead = Para quien lleva este servidor y no tiene cuenta en él.
people-operator-token = Token del administrador
people-operator-account = Iniciar sesión con una cuenta
people-signed-out = Has cerrado la sesión
people-signed-out-do = En un ordenador que usan otros, cierra también el navegador.

## Registering
people-register-lead = Tus apuntes pertenecen a tu cuenta. Nadie más los ve.
people-register-first = Aún no hay nadie. La primera cuenta administra este servidor.
people-register-do = Crear la cuenta
people-password-hint = Al menos { $count } caracteres. Unas cuantas palabras seguidas se recuerdan bien y se adivinan mal.
people-under-13 = Tengo menos de 13 años
people-under-13-what = Entonces tu madre, tu padre o tu tutor debe decir antes que sí. Les escribimos, y no guardamos apuntes tuyos hasta que respondan.
people-guardian-email = Correo electrónico de tu madre, padre o tutor

## A forgotten password
people-forgotten-lead = Dinos tu dirección. Te enviamos un enlace con el que eliges una contraseña nueva.
people-forgotten-do = Enviar el enlace
people-forgotten-sent = Mira tu correo
people-forgotten-sent-do = Si hay una cuenta con esta dirección, un enlace va de camino. Sirve una vez, durante { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}.
people-forgotten-again = Pedir otro enlace
people-new-password = Contraseña nueva
people-new-password-lead = Al guardarla se cierra la sesión en todos tus dispositivos.
people-new-password-do = Guardar la contraseña nueva

## A guardian's consent
people-waiting = Primero debe decir que sí tu tutor
people-waiting-do = Hasta entonces no se puede hacer nada aquí, y no se guardan apuntes.
people-waiting-sent = Escribimos a { $guardian }. La carta lleva un enlace; con él basta.
people-waiting-link = { $count ->
    [one] El enlace vale { $count } día.
   *[other] El enlace vale { $count } días.
}
people-waiting-again = Enviar la carta otra vez
people-news-letter = La carta se envió otra vez.
people-waiting-allowed = Ya dijo que sí: continuar
people-consent-heading = ¿Puede su hijo o hija estudiar aquí?
people-consent-lead = { $child } quiere una cuenta en Study Sharper, tiene menos de 13 años y le nombró como madre, padre o tutor. Sin su sí no hay cuenta.
people-consent-kept = Qué se guarda
people-consent-kept-address = El correo electrónico y una contraseña que nadie puede leer.
people-consent-kept-notes = Los apuntes que nos da, y las tarjetas, cuestionarios y planes hechos con ellos.
people-consent-kept-answers = Cuánto se sabía cada tarjeta y cuándo, para elegir qué estudiar después.
people-consent-for = Para qué
people-consent-for-what = Para hacer material de estudio con los apuntes, y para nada más: ni publicidad, ni perfiles, ni se vende o cede nada.
people-consent-model = Los apuntes se envían a { $model } para trabajar con ellos.
people-consent-offline = Los apuntes no salen de este servidor.
people-consent-rights = Puede cambiar de opinión
people-consent-rights-what = El enlace de su carta vuelve a abrir esta página en cualquier momento. Retire ahí su consentimiento, y la cuenta con todo lo que contiene se borra enseguida.
people-consent-yes = Sí, lo permito
people-consent-no = No, borrar la cuenta
people-consent-withdraw = Retirar mi consentimiento y borrar la cuenta
people-consent-given = Gracias
people-consent-given-do = { $child } ya puede iniciar sesión. Guarde la carta: su enlace vuelve a abrir esta página.
people-consent-refused = La cuenta está borrada
people-consent-refused-do = Aquí ya no se guarda nada. No hay que hacer nada más.
people-consent-unknown = Este enlace no funciona
people-consent-unknown-do = Quizá se cortó en la carta: cópielo entero. Si entretanto se borró la cuenta, no hay que hacer nada más.

## Why a form could not be taken
people-fault-sign-in = Ninguna cuenta tiene esta dirección y contraseña. Revisa ambas, o pide una contraseña nueva.
people-fault-admin-token = Este no es el token del administrador. Está en los ajustes del servidor.
people-fault-address = Esto no es un correo electrónico.
people-fault-address-taken = Esta dirección no se puede usar. Si es tuya, inicia sesión, o pide una contraseña nueva.
people-fault-password-short = { $count ->
    [one] La contraseña es demasiado corta: al menos { $count } carácter.
   *[other] La contraseña es demasiado corta: al menos { $count } caracteres.
}
people-fault-password-long = La contraseña es demasiado larga: como mucho { $count } caracteres.
people-fault-password-common = Esta contraseña es de las primeras que cualquiera probaría. Elige otra.
people-fault-password-wrong = Esa no es tu contraseña.
people-fault-guardian-missing = Quien tiene menos de 13 años necesita la dirección de su madre, padre o tutor.
people-fault-guardian-same = La dirección de tu tutor debe ser distinta de la tuya.
people-fault-no-children = Quien lleva este servidor no da cuentas a menores de 13 años.
people-fault-closed = Ahora no se admite a nadie nuevo. Pregunta a quien lleva este servidor.
people-fault-link = Este enlace es demasiado viejo o ya se usó. Pide otro.
people-fault-too-many = { $count ->
    [one] Demasiados intentos. Prueba de nuevo en { $count } minuto.
   *[other] Demasiados intentos. Prueba de nuevo en { $count } minutos.
}
people-fault-token-name = Da al token un nombre de 1 a 80 caracteres.
people-fault-tokens-full = Tienes tantos tokens como puede haber. Revoca uno antes.
people-fault-not-confirmed = Lo que escribiste no coincide. No se borró nada.

## Settings
settings-account = Cuenta
settings-devices = Dispositivos
settings-tokens = Tokens
settings-privacy = Privacidad
settings-save = Guardar
settings-language = Idioma
settings-language-label = Idioma de estas páginas
settings-language-browser = El del navegador
settings-news-language = Las páginas hablan ya tu idioma.
settings-news-password = Tu nueva contraseña ya vale. Se cerró la sesión en tus otros dispositivos.
settings-password = Contraseña
settings-password-now = Contraseña actual
settings-password-do = Cambiar la contraseña
settings-devices-heading = Dónde has iniciado sesión
settings-devices-lead = ¿Un dispositivo que no conoces? Ciérrale la sesión y cambia tu contraseña.
settings-device-unknown = Dispositivo desconocido
settings-device-this = este
settings-device-line = Usado { $seen } · sesión iniciada { $since }
settings-device-end = Cerrar sesión
settings-devices-end-others = Cerrar sesión en todos los demás
settings-tokens-heading = Tokens para tus propios programas
settings-tokens-lead = Un token puede hacer lo que tú con tus apuntes, sin tu contraseña. Da a cada programa el suyo, y revócalo cuando termine.
settings-tokens-none = No tienes ninguno.
settings-token-fresh = Copia ahora tu nuevo token. No se vuelve a mostrar.
settings-token-make = Crear un token
settings-token-name = ¿Para qué es?
settings-token-days = Vale
settings-token-forever = Hasta que lo revoque
settings-token-used = usado { $ago }
settings-token-unused = aún sin usar
settings-token-ends = vale hasta { $day }
settings-token-ended = ha caducado
settings-token-no-end = vale hasta que se revoque
settings-token-revoke = Revocar
settings-export = Llevarse todo
settings-export-what = Un archivo con todos tus apuntes, tarjetas, cuestionarios, planes, conversaciones y repasos, legible para personas y programas.
settings-export-do = Descargar todo lo mío
settings-kept = Qué se guarda, y cuánto tiempo
settings-kept-until-deleted = Hasta que lo borres
settings-kept-material = Tus apuntes, lo hecho con ellos y tus respuestas
settings-kept-events = Lo que se contó mientras se hacía
settings-kept-executions = Lo que hizo cada agente, para encontrar fallos
settings-kept-sums = Sumas por hora, en las que no se nombra a nadie
settings-kept-sessions = Dispositivos que no se usaron
settings-kept-admin-log = Lo que hicieron los administradores
settings-delete = Borrar mi cuenta
settings-delete-what = Tus apuntes, todo lo hecho con ellos y tu cuenta se borran enseguida. No se puede deshacer: antes descárgalo todo.
settings-delete-confirm = Escribe { $confirm } para confirmar
settings-delete-do = Borrar todo ahora
