# The words of signing in, registering and consent, in English.

## Around every page
nav-sign-in = Sign in
nav-account = Your account
nav-operator = Operator, without an account
nav-settings = Settings
nav-admin = Administration
nav-sign-out = Sign out

## Signing in
people-sign-in = Sign in
people-sign-in-first = Sign in first. Then you are taken where you wanted to go.
people-sign-in-do = Sign in
people-sign-in-again = Sign in again
people-email = E-mail address
people-password = Password
people-forgotten = Forgotten your password?
people-register = Create an account
people-have-account = I have an account
people-news-password = Your new password is in force. Every device was signed out.
people-news-deleted = Your account and everything in it is deleted.
people-operator = Operator
people-operator-lead = For whoever runs this server and has no account on it.
people-operator-token = Administrator’s token
people-operator-account = Sign in with an account
people-signed-out = You are signed out
people-signed-out-do = On a computer that others use, close the browser, too.

## Registering
people-register-lead = Your notes belong to your account. Nobody else sees them.
people-register-first = Nobody is here yet. The first account administers this server.
people-register-do = Create the account
people-password-hint = At least { $count } characters. A few words in a row are easy to remember and hard to guess.
people-under-13 = I am younger than 13
people-under-13-what = Then a parent or guardian must say yes first. We write to them, and keep no notes of yours until they answer.
people-guardian-email = E-mail address of a parent or guardian

## A forgotten password
people-forgotten-lead = Tell us your address. We send you a link with which you choose a new password.
people-forgotten-do = Send the link
people-forgotten-sent = Look into your mail
people-forgotten-sent-do = If there is an account with this address, a link is on its way. It works once, for { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}.
people-forgotten-again = Ask for another link
people-new-password = New password
people-new-password-lead = All your devices are signed out when you save it.
people-new-password-do = Save the new password

## A guardian's consent
people-waiting = Your guardian must say yes first
people-waiting-do = Until then nothing can be made here, and no notes are kept.
people-waiting-sent = We wrote to { $guardian }. The letter holds a link; one click on it is enough.
people-waiting-link = { $count ->
    [one] The link works for { $count } day.
   *[other] The link works for { $count } days.
}
people-waiting-again = Send the letter again
people-news-letter = The letter was sent again.
people-waiting-allowed = They said yes: sign in
people-consent-heading = May your child study here?
people-consent-lead = { $child } wants an account on Study Sharper, is under 13, and named you as parent or guardian. Without your yes there is no account.
people-consent-kept = What is kept
people-consent-kept-address = The e-mail address, and a password that nobody can read.
people-consent-kept-notes = The notes that your child gives us, and the cards, quizzes and plans made from them.
people-consent-kept-answers = How well each card was known and when, to choose what to study next.
people-consent-for = What for
people-consent-for-what = To make study material from the notes, and for nothing else: no advertising, no profile, nothing sold or passed on.
people-consent-model = The notes are sent to { $model } to be worked on.
people-consent-offline = The notes do not leave this server.
people-consent-rights = You can change your mind
people-consent-rights-what = The link in your letter opens this page again at any time. Take your consent back there, and the account and everything in it is deleted at once.
people-consent-yes = Yes, I allow it
people-consent-no = No, delete the account
people-consent-withdraw = Take my consent back and delete the account
people-consent-given = Thank you
people-consent-given-do = { $child } can sign in now. Keep the letter: its link opens this page again.
people-consent-refused = The account is deleted
people-consent-refused-do = Nothing of your child is kept here. There is nothing more to do.
people-consent-unknown = This link does not work
people-consent-unknown-do = It may have been cut short in the letter: copy it whole. If the account was deleted in the meantime, there is nothing more to do.

## Why a form could not be taken
people-fault-sign-in = No account has this address and password. Look at both, or ask for a new password.
people-fault-admin-token = This is not the administrator’s token. It stands in the server’s settings.
people-fault-address = This is not an e-mail address.
people-fault-address-taken = This address cannot be used. If it is yours, sign in, or ask for a new password.
people-fault-password-short = { $count ->
    [one] The password is too short: at least { $count } character.
   *[other] The password is too short: at least { $count } characters.
}
people-fault-password-long = The password is too long: at most { $count } characters.
people-fault-password-common = This password is among the first that anyone would try. Choose another.
people-fault-password-wrong = That is not your password.
people-fault-guardian-missing = Whoever is under 13 needs the address of a parent or guardian.
people-fault-guardian-same = The address of your guardian must be another than yours.
people-fault-no-children = Whoever runs this server gives no accounts to people under 13.
people-fault-closed = Nobody new is taken here at the moment. Ask whoever runs this server.
people-fault-link = This link is too old, or was used already. Ask for another.
people-fault-too-many = { $count ->
    [one] Too many attempts. Try again in { $count } minute.
   *[other] Too many attempts. Try again in { $count } minutes.
}
people-fault-token-name = Give the token a name of 1 to 80 characters.
people-fault-tokens-full = You have as many tokens as there may be. Revoke one first.
people-fault-not-confirmed = What you typed is not your address. Nothing was deleted.

## Settings
settings-account = Account
settings-devices = Devices
settings-tokens = Tokens
settings-privacy = Privacy
settings-save = Save
settings-language = Language
settings-language-label = Language of these pages
settings-language-browser = That of the browser
settings-news-language = The pages speak your language now.
settings-news-password = Your new password is in force. Your other devices were signed out.
settings-password = Password
settings-password-now = Password in use
settings-password-do = Change the password
settings-devices-heading = Where you are signed in
settings-devices-lead = A device that you do not know? End it, then change your password.
settings-device-unknown = Unknown device
settings-device-this = this one
settings-device-line = Last used { $seen } · signed in { $since }
settings-device-end = Sign out
settings-devices-end-others = Sign out everywhere else
settings-tokens-heading = Tokens for your own scripts
settings-tokens-lead = A token may do what you may with your notes, without your password. Give each script its own, and revoke it when it is done.
settings-tokens-none = You have none.
settings-token-fresh = Copy your new token now. It is not shown again.
settings-token-make = Make a token
settings-token-name = What is it for?
settings-token-days = Works for
settings-token-forever = Until I revoke it
settings-token-used = last used { $ago }
settings-token-unused = not used yet
settings-token-ends = works until { $day }
settings-token-ended = has ended
settings-token-no-end = works until revoked
settings-token-revoke = Revoke
settings-export = Take everything along
settings-export-what = One file with all your notes, cards, quizzes, plans, conversations and reviews, readable by people and programs.
settings-export-do = Download everything of mine
settings-kept = What is kept, and how long
settings-kept-until-deleted = Until you delete it
settings-kept-material = Your notes, what was made from them, and your answers
settings-kept-events = What was told while it was made
settings-kept-executions = What each agent did, to find faults
settings-kept-sums = Sums by the hour, in which nobody is named
settings-kept-sessions = Devices that were not used
settings-kept-admin-log = What administrators did
settings-delete = Delete my account
settings-delete-what = Your notes, everything made from them and your account are deleted at once, here and in every queue. This cannot be undone: download everything first.
settings-delete-confirm = Type { $confirm } to confirm
settings-delete-do = Delete everything now
