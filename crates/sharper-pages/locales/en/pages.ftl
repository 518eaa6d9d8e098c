# The words of the pages, in English.

## Around every page
skip-to-content = Skip to the content
nav-label = Pages
nav-today = Today
theme-switch = Switch between light and dark
footer-version = Study Sharper { $version }
back-to-today = Back to Today
author-offline = The offline author writes the cards: no model is asked, and your notes stay on this server.
author-model = { $model } writes the cards. Each is checked against your notes before you see it.
author-away = { $model } is away for the moment. Until it is back, the offline author writes the cards.
ago-now = just now
ago-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}

## Cards
cards-count = { $count ->
    [one] { $count } card
   *[other] { $count } cards
}
card-from = From your notes
difficulty-adaptive = Mixed
difficulty-easy = Easy
difficulty-medium = Medium
difficulty-hard = Hard

## Today
today-title = Today
today-heading = Your notes, as flashcards
today-lead = Every card is quoted from your notes, and checked before you see it.
today-notes-label = Drop a file or paste your notes
today-notes-placeholder = A page from a lecture, a chapter, a list of terms …
today-file-label = Choose files
today-file-not-text = { $name } is not a text file. Text (.txt) and Markdown (.md) can be read.
today-words = Words: { $words }
today-count-label = Cards
today-count-other = Other
today-count-other-label = How many cards, 1 to 200
today-difficulty-label = Difficulty
today-title-label = Title (optional)
today-make = Make flashcards
today-sending = Sending your notes …
today-offline = You are offline. Your notes stay in the box; send them when you are back.
today-first-heading = How it works
today-first-paste = Paste your notes, or drop a file.
today-first-check = Cards appear one by one, each with the words of your notes that it stands on. What your notes do not support is left out.
today-first-study = Study them at once, with a thumb or the keyboard.
today-resume = Continue:
today-recent-heading = Continue where you stopped
today-recent-progress = { $studied } of { $cards } studied
today-recent-cards = All cards
today-samples-heading = Or try it with a sample

## Making
making-title = Making flashcards
making-heading = Cards from “{ $title }”
making-steps-label = Progress
making-cards = Cards
making-count = { $done } of { $requested } cards
making-left-out = Left out: { $count }
making-waiting = Your notes are next in line.
making-done = Done. The cards are kept.
making-failed = This could not be finished.
making-cancelled = You stopped this. Nothing was kept.
making-cancel = Stop
making-study = Study these now
making-set = See the set
making-reconnecting = The connection is gone for a moment. The work goes on; this page catches up by itself.
making-refresh = This page loads itself again every two seconds until the cards are made.
step-analyse = Understand what you asked for
step-gather = Read your notes
step-write = Write cards and check each one
step-safety = Check once more that all is safe
step-format = Put them in order
step-complete = Keep them for you

## Why an item was left out
fault-missing-field = a part was missing
fault-too-long = they were too long to study
fault-answer-in-question = the question gave the answer away
fault-repeated-option = two options said the same
fault-not-one-key = they had not exactly one right answer
fault-wrong-language = they were not in the language of your notes
fault-not-prose = they were not readable sentences
fault-dangling-reference = they made no sense without the page around them
fault-quote-not-found = their quote is not in your notes
fault-number-differs = a number differed from your notes
fault-name-differs = a name differed from your notes
fault-negation-differs = they said the opposite of your notes
fault-unsupported = they were not supported by your notes
fault-duplicate = they repeated another item
fault-already-known = you already have them
fault-unsafe = they were not suitable
fault-low-quality = they were not good enough
fault-low-accuracy = they were not accurate enough

## Study
study-title = Study { $set }
study-progress = Progress
study-card = Card
study-left = { $count } left
study-show = Show answer
study-keys = Space turns the card, 1 to 4 grade it, U takes back.
study-grade-label = How well did you know it?
grade-again = Again
grade-hard = Hard
grade-good = Good
grade-easy = Easy
study-undo = Undo
study-offline = You are offline. Your grades are kept on this device and sent when you are back.
study-done-heading = Done for now
study-done-count = { $count ->
    [one] { $count } card studied. So well did you know it at first sight:
   *[other] { $count } cards studied. So well did you know them at first sight:
}
study-look-again = Worth another look
study-all-known = You knew every one of them.
study-once-more = Study this set again
study-empty = This set has no cards.

## A set
set-study = Study this set

## Problems
problem-empty-notes = There are no notes to work with
problem-empty-notes-do = Paste some text, or choose a file that is not empty.
problem-not-text = This is not text
problem-not-text-do = Text (.txt) and Markdown (.md) can be read. Copy the text out of other files and paste it.
problem-not-found = There is nothing here
problem-not-found-do = The address may be mistyped, or what it named was deleted. Your sets are all on Today.
problem-too-large = This is too large
problem-too-large-do = Send it in parts, a chapter at a time: the cards get better, too.
problem-timeout = Your notes did not arrive in time
problem-timeout-do = The connection may be slow. Try again, or send a smaller part.
problem-conflict = This cannot be done now
problem-conflict-do = It was changed or finished in the meantime. Go back and look at it again.
problem-forbidden = Not allowed
problem-forbidden-do = This belongs to someone else, or the page was open for too long. Go back and try again.
problem-limit = That was a lot at once
problem-limit-do = There is a limit so that everyone gets their turn. Nothing of yours is lost.
problem-not-available = Not available here
problem-not-available-do = This server is not set up for it. Flashcards always work.
problem-nothing-to-make = Nothing could be made from these notes
problem-nothing-to-make-do = They may be too short, or hold no whole sentences. Add some and try again.
problem-cancelled = Stopped
problem-cancelled-do = You stopped this. Nothing was kept.
problem-unavailable = Not available at the moment
problem-unavailable-do = Your cards are safe. Try again in a minute.
problem-storage-full = There is no room left
problem-storage-full-do = Nothing new can be kept until whoever runs this server makes room. What you have is safe.
problem-request = This could not be understood
problem-request-do = Some fields are not right. Go back, look at them, and send it again.
problem-internal = Something went wrong on our side
problem-internal-do = It was noted. Try again; if it happens again, name the number below to whoever runs this server.
problem-again-seconds = { $count ->
    [one] It opens again in { $count } second.
   *[other] It opens again in { $count } seconds.
}
problem-again-minutes = { $count ->
    [one] It opens again in { $count } minute.
   *[other] It opens again in { $count } minutes.
}
problem-request-id = Request
