# Die Worte für Anmelden, Registrieren, Einwilligung und Einstellungen, auf Deutsch.

## Around every page
nav-sign-in = Anmelden
nav-account = Dein Konto
nav-operator = Betreiber, ohne Konto
nav-settings = Einstellungen
nav-admin = Verwaltung
nav-sign-out = Abmelden

## Signing in
people-sign-in = Anmelden
people-sign-in-first = Melde dich zuerst an. Dann geht es dorthin, wo du hinwolltest.
people-sign-in-do = Anmelden
people-sign-in-again = Wieder anmelden
people-email = E-Mail-Adresse
people-password = Passwort
people-forgotten = Passwort vergessen?
people-register = Konto anlegen
people-have-account = Ich habe ein Konto
people-news-password = Dein neues Passwort gilt. Alle Geräte wurden abgemeldet.
people-news-deleted = Dein Konto und alles darin ist gelöscht.
people-operator = Betreiber
people-operator-lead = Für alle, die diesen Server betreiben und kein Konto darauf haben.
people-operator-token = Token des Administrators
people-operator-account = Mit einem Konto anmelden
people-signed-out = Du bist abgemeldet
people-signed-out-do = Schließe auf einem Rechner, den auch andere benutzen, zusätzlich den Browser.

## Registering
people-register-lead = Deine Notizen gehören zu deinem Konto. Niemand sonst sieht sie.
people-register-first = Noch ist niemand hier. Das erste Konto verwaltet diesen Server.
people-register-do = Konto anlegen
people-password-hint = Mindestens { $count } Zeichen. Ein paar Wörter hintereinander sind leicht zu merken und schwer zu erraten.
people-under-13 = Ich bin jünger als 13
people-under-13-what = Dann muss zuerst ein Elternteil oder Vormund zustimmen. Wir schreiben ihnen und bewahren keine Notizen von dir auf, bis sie antworten.
people-guardian-email = E-Mail-Adresse eines Elternteils oder Vormunds

## A forgotten password
people-forgotten-lead = Nenne uns deine Adresse. Wir schicken dir einen Link, mit dem du ein neues Passwort wählst.
people-forgotten-do = Link schicken
people-forgotten-sent = Sieh in deine Post
people-forgotten-sent-do = Wenn es zu dieser Adresse ein Konto gibt, ist ein Link unterwegs. Er gilt einmal, { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
} lang.
people-forgotten-again = Einen neuen Link anfordern
people-new-password = Neues Passwort
people-new-password-lead = Beim Speichern werden alle deine Geräte abgemeldet.
people-new-password-do = Neues Passwort speichern

## A guardian's consent
people-waiting = Zuerst muss dein Vormund zustimmen
people-waiting-do = Bis dahin kann hier nichts gemacht werden, und es werden keine Notizen aufbewahrt.
people-waiting-sent = Wir haben an { $guardian } geschrieben. In dem Brief steht ein Link; damit ist es gleich getan.
people-waiting-link = { $count ->
    [one] Der Link gilt { $count } Tag.
   *[other] Der Link gilt { $count } Tage.
}
people-waiting-again = Brief noch einmal schicken
people-news-letter = Der Brief wurde noch einmal geschickt.
people-waiting-allowed = Es wurde zugestimmt: weiter
people-consent-heading = Darf Ihr Kind hier lernen?
people-consent-lead = { $child } möchte ein Konto bei Study Sharper, ist jünger als 13 und hat Sie als Elternteil oder Vormund genannt. Ohne Ihr Ja gibt es kein Konto.
people-consent-kept = Was aufbewahrt wird
people-consent-kept-address = Die E-Mail-Adresse und ein Passwort, das niemand lesen kann.
people-consent-kept-notes = Die Notizen, die Ihr Kind uns gibt, und die Karten, Quizze und Pläne daraus.
people-consent-kept-answers = Wie gut und wann jede Karte gewusst wurde, um auszuwählen, was als Nächstes gelernt wird.
people-consent-for = Wofür
people-consent-for-what = Um aus den Notizen Lernstoff zu machen, und für nichts anderes: keine Werbung, kein Profil, nichts wird verkauft oder weitergegeben.
people-consent-model = Die Notizen werden zur Bearbeitung an { $model } geschickt.
people-consent-offline = Die Notizen verlassen diesen Server nicht.
people-consent-rights = Sie können es sich anders überlegen
people-consent-rights-what = Der Link in Ihrem Brief öffnet diese Seite jederzeit wieder. Nehmen Sie die Einwilligung dort zurück, wird das Konto mit allem darin sofort gelöscht.
people-consent-yes = Ja, ich erlaube es
people-consent-no = Nein, Konto löschen
people-consent-withdraw = Einwilligung zurücknehmen und Konto löschen
people-consent-given = Danke
people-consent-given-do = { $child } kann sich jetzt anmelden. Bewahren Sie den Brief auf: Sein Link öffnet diese Seite wieder.
people-consent-refused = Das Konto ist gelöscht
people-consent-refused-do = Von Ihrem Kind ist hier nichts mehr aufbewahrt. Es ist nichts weiter zu tun.
people-consent-unknown = Dieser Link funktioniert nicht
people-consent-unknown-do = Vielleicht wurde er im Brief abgeschnitten: Kopieren Sie ihn ganz. Wurde das Konto inzwischen gelöscht, ist nichts weiter zu tun.

## Why a form could not be taken
people-fault-sign-in = Kein Konto hat diese Adresse und dieses Passwort. Prüfe beides, oder fordere ein neues Passwort an.
people-fault-admin-token = Das ist nicht das Token des Administrators. Es steht in den Einstellungen des Servers.
people-fault-address = Das ist keine E-Mail-Adresse.
people-fault-address-taken = Diese Adresse geht nicht. Ist es deine, melde dich an, oder fordere ein neues Passwort an.
people-fault-password-short = { $count ->
    [one] Das Passwort ist zu kurz: mindestens { $count } Zeichen.
   *[other] Das Passwort ist zu kurz: mindestens { $count } Zeichen.
}
people-fault-password-long = Das Passwort ist zu lang: höchstens { $count } Zeichen.
people-fault-password-common = Dieses Passwort würde jeder zuerst versuchen. Wähle ein anderes.
people-fault-password-wrong = Das ist nicht dein Passwort.
people-fault-guardian-missing = Wer jünger als 13 ist, braucht die Adresse eines Elternteils oder Vormunds.
people-fault-guardian-same = Die Adresse deines Vormunds muss eine andere sein als deine.
people-fault-no-children = Hier gibt es keine Konten für Menschen unter 13.
people-fault-closed = Hier wird gerade niemand neu aufgenommen. Frage, wer diesen Server betreibt.
people-fault-link = Dieser Link ist zu alt oder wurde schon benutzt. Fordere einen neuen an.
people-fault-too-many = { $count ->
    [one] Zu viele Versuche. Versuche es in { $count } Minute wieder.
   *[other] Zu viele Versuche. Versuche es in { $count } Minuten wieder.
}
people-fault-token-name = Gib dem Token einen Namen mit 1 bis 80 Zeichen.
people-fault-tokens-full = Du hast so viele Tokens, wie es geben darf. Widerrufe zuerst eines.
people-fault-not-confirmed = Was du getippt hast, stimmt nicht überein. Nichts wurde gelöscht.

## Settings
settings-account = Konto
settings-devices = Geräte
settings-tokens = Tokens
settings-privacy = Datenschutz
settings-save = Speichern
settings-language = Sprache
settings-language-label = Sprache dieser Seiten
settings-language-browser = Die des Browsers
settings-news-language = Die Seiten sprechen jetzt deine Sprache.
settings-news-password = Dein neues Passwort gilt. Deine anderen Geräte wurden abgemeldet.
settings-password = Passwort
settings-password-now = Jetziges Passwort
settings-password-do = Passwort ändern
settings-devices-heading = Wo du angemeldet bist
settings-devices-lead = Ein Gerät, das du nicht kennst? Melde es ab, und ändere dann dein Passwort.
settings-device-unknown = Unbekanntes Gerät
settings-device-this = dieses hier
settings-device-line = Zuletzt benutzt { $seen } · angemeldet { $since }
settings-device-end = Abmelden
settings-devices-end-others = Überall sonst abmelden
settings-tokens-heading = Tokens für deine eigenen Skripte
settings-tokens-lead = Ein Token darf, was du mit deinen Notizen darfst, ohne dein Passwort. Gib jedem Skript sein eigenes, und widerrufe es, wenn es fertig ist.
settings-tokens-none = Du hast keine.
settings-token-fresh = Kopiere dein neues Token jetzt. Es wird nicht wieder gezeigt.
settings-token-make = Token machen
settings-token-name = Wofür ist es?
settings-token-days = Gilt
settings-token-forever = Bis ich es widerrufe
settings-token-used = zuletzt benutzt { $ago }
settings-token-unused = noch nicht benutzt
settings-token-ends = gilt bis { $day }
settings-token-ended = abgelaufen
settings-token-no-end = gilt bis zum Widerruf
settings-token-revoke = Widerrufen
settings-export = Alles mitnehmen
settings-export-what = Eine Datei mit allen deinen Notizen, Karten, Quizzen, Plänen, Gesprächen und Wiederholungen, lesbar für Menschen und Programme.
settings-export-do = Alles von mir herunterladen
settings-kept = Was wie lange aufbewahrt wird
settings-kept-until-deleted = Bis du es löschst
settings-kept-material = Deine Notizen, was daraus gemacht wurde, und deine Antworten
settings-kept-events = Was beim Machen erzählt wurde
settings-kept-executions = Was jeder Agent tat, um Fehler zu finden
settings-kept-sums = Summen je Stunde, in denen niemand genannt ist
settings-kept-sessions = Geräte, die nicht benutzt wurden
settings-kept-admin-log = Was Administratoren taten
settings-delete = Mein Konto löschen
settings-delete-what = Deine Notizen, alles daraus Gemachte und dein Konto werden sofort gelöscht. Das lässt sich nicht rückgängig machen: Lade vorher alles herunter.
settings-delete-confirm = Tippe zur Bestätigung { $confirm }
settings-delete-do = Jetzt alles löschen
