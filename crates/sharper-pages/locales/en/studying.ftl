## Sets, and the way in and out
nav-cards = Cards
sets-title = Your cards
sets-empty = You have no cards yet. Make some from your notes, or bring a deck along.
sets-due = { $count ->
    [0] Nothing waits today. You can study any set all the same.
    [one] { $count } card waits for you today.
   *[other] { $count } cards wait for you today.
}
sets-study-all = Study what is due
sets-study = Study
import-heading = Bring a deck along
import-lead = From Anki (.apkg), Quizlet or a spreadsheet (.csv, .tsv, .txt), Markdown, or another Study Sharper (.json). The same deck again updates your cards and never doubles them.
import-label = Deck
import-send = Take it in
export-heading = Take it along
export-apkg = Anki (.apkg)
export-csv = Spreadsheet (.csv)
export-tsv = Quizlet (.tsv)
export-md = Markdown (.md)
export-json = Everything (.json)
export-gift = Moodle GIFT (.txt)
export-moodle = Moodle (.xml)
export-qti = Learning platforms, QTI 2.1 (.zip)
export-ics = Calendar (.ics)

## Studying
study-all-heading = What waits today
study-more = More
study-wrong = Wrong card
study-bury = Not today
study-suspend = Never again
study-flag = Flag
study-unflag = Take the flag away
study-edit-cloze = Sentence with gaps
study-edit-question = Front
study-edit-answer = Back
study-edit-keep = Keep the change
study-nothing = Nothing waits here now.
study-all-the-same = Study it all the same
study-next = The next card comes back in { $when }.
interval-minutes = { $number } min
interval-hours = { $number } h
interval-days = { $number } d
interval-months = { $number } mo
interval-years = { $number } y

## Progress
nav-progress = Progress
progress-title = Progress
progress-empty = Nothing was studied yet. Make some cards and study them: then you see here how it goes.
progress-streak = { $count ->
    [0] Study today, and a new row begins.
    [one] { $count } day in a row.
   *[other] { $count } days in a row.
}
progress-minutes = { $count ->
    [one] { $count } minute in the last seven days.
   *[other] { $count } minutes in the last seven days.
}
progress-exam-in = The exam is in { $when }.
progress-ready = If you study nothing more until then, you will recall { $recall } of its cards (in nine of ten cases { $low } to { $high }).
progress-forecast = What comes back in the next two weeks
progress-table = As a table
progress-day = Day
progress-days = Days studied
progress-days-studied = { $count ->
    [one] { $count } day in the last twelve weeks.
   *[other] { $count } days in the last twelve weeks.
}
progress-retention = Remembered, and what was predicted
progress-retention-none = No card has come back after a day or more yet.
progress-between = Days between
progress-reviews = Reviews
progress-predicted = Predicted
progress-remembered = Remembered
progress-topics = Topics, the weakest first
progress-topics-none = Nothing is known of topics yet.
progress-practise = Practise this

## A set
set-how = How it is learned
set-new-per-day = New cards a day
set-write = Write a card
set-both-ways = Ask it both ways
set-write-keep = Add the card

## How one studies
settings-study = Studying
settings-study-heading = How you study
settings-study-kept = Kept. It holds from the next card on.
settings-study-wrong = One of the choices cannot be so: look at the field that is marked. Nothing was changed.
settings-study-retention = Remember (percent)
settings-study-retention-hint = The share of cards that you want to know when they come back. More means more reviews: 90 suits most.
settings-study-new = New cards a day
settings-study-reviews = Reviews a day
settings-study-longest = Longest time between two reviews (days)
settings-study-leech = Forgotten so often, a card counts as a leech (0: never)
settings-study-day = Hour at which your day begins
settings-study-steps = Steps of a new card (minutes)
settings-study-again = Steps of a forgotten card (minutes)
settings-study-steps-hint = Minutes with a space between, such as 1 10. None: the card comes back on another day.
settings-study-siblings = Put off other cards of the same note until tomorrow
settings-study-leech-stop = Suspend leeches
settings-study-fit = Your own memory
settings-study-fit-do = Fit it to my reviews now
settings-study-fit-all = The intervals follow the memory of people in general. From { $count } reviews on later days they can be fitted to yours.
settings-study-fit-own = The intervals were fitted to { $count } of your own reviews.
settings-study-fitted = Your memory was fitted to { $count } reviews.
settings-study-too-few = Not yet: { $count } reviews on later days are needed. Nothing was changed.

## A plan as it is followed
plan-done = Done
plan-undone = Not done after all
plan-done-of = { $count } of { $of } days done
