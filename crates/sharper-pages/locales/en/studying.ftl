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
