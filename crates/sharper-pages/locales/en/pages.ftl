# The words of the pages, in English.

## Around every page
skip-to-content = Skip to the content
nav-label = Pages
nav-today = Today
theme-switch = Switch between light and dark
footer-version = Study Sharper { $version }
back-to-today = Back to Today
author-offline = The offline author writes here: no model is asked, and your notes stay on this server.
author-model = { $model } writes here. All of it is checked against your notes before you see it.
author-away = { $model } is away for the moment. Until it is back, the offline author writes.
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
card-verbatim = Word for word from your notes
difficulty-adaptive = Mixed
difficulty-easy = Easy
difficulty-medium = Medium
difficulty-hard = Hard

## Today
today-title = Today
today-heading = What shall your notes become?
today-lead = Everything is quoted from your notes, and checked before you see it.
today-notes-label = Drop a file or paste your notes
today-notes-placeholder = A page from a lecture, a chapter, a list of terms …
today-file-label = Choose files
today-words = Words: { $words }
today-count-label = How many
today-count-other = Other
today-count-other-label = How many, 1 to 200
today-difficulty-label = Difficulty
today-title-label = Title (optional)
today-make = { $kind ->
    [quiz] Make a quiz
    [exam] Make an exam
    [summary] Summarise
    [analysis] Look my notes over
    [plan] Plan my days
    [chat] Ask
   *[cards] Make flashcards
}
today-sending = Sending your notes …
today-offline = You are offline. Your notes stay in the box; send them when you are back.
today-first-heading = How it works
today-first-paste = Paste your notes, or drop a file.
today-first-check = What is made appears piece by piece, each with the words of your notes that it stands on. What your notes do not support is left out.
today-first-study = Study them at once, with a thumb or the keyboard.
today-resume = Continue:
today-recent-heading = Continue where you stopped
today-recent-progress = { $studied } of { $cards } studied
today-recent-cards = All cards
today-samples-heading = Or try it with a sample

## Making
making-title = In the making
making-heading = { $kind ->
    [quiz] A quiz on “{ $title }”
    [exam] An exam on “{ $title }”
    [summary] A summary of “{ $title }”
    [analysis] Looking over “{ $title }”
    [plan] A plan for “{ $title }”
    [chat] Asking “{ $title }”
   *[cards] Cards from “{ $title }”
}
making-steps-label = Progress
making-count = { $done } of { $requested }
making-left-out = Left out: { $count }
making-waiting = Your notes are next in line.
making-done = Done, and kept for you.
making-failed = This could not be finished.
making-cancelled = You stopped this. Nothing was kept.
making-cancel = Stop
making-set = See the set
making-reconnecting = The connection is gone for a moment. The work goes on; this page catches up by itself.
making-refresh = This page loads itself again every two seconds until all is made.
step-analyse = Understand what you asked for
step-gather = Read your notes
step-write = Write, and check every piece
step-safety = Check once more that all is safe
step-format = Put it in order
step-complete = Keep it for you

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
study-keys = Space turns the card, 1 to 4 grade it, U takes back, W is for a wrong card, B puts it off.
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
problem-file = This file cannot be read
problem-file-do = Open it, save it again and send the new copy; or copy its text and paste that.
problem-not-found = There is nothing here
problem-not-found-do = The address may be mistyped, or what it named was deleted. Your sets are all on Today.
problem-too-large = This is too large
problem-too-large-do = Send it in parts, a chapter at a time: the cards get better, too.
problem-timeout = Your notes did not arrive in time
problem-timeout-do = The connection may be slow. Try again, or send a smaller part.
problem-conflict = This cannot be done now
problem-conflict-do = It was changed or finished in the meantime. Go back and look at it again.
problem-unauthorized = Sign in first
problem-unauthorized-do = You are not signed in, or no longer. Sign in and try again.
problem-forbidden = Not allowed
problem-forbidden-do = This belongs to someone else, or the page was open for too long. Go back and try again.
problem-limit = That was a lot at once
problem-limit-do = There is a limit so that everyone gets their turn. Nothing of yours is lost.
problem-day = That is all for today
problem-day-do = Everyone may start so much a day. Come back after midnight (UTC); what you have is safe.
problem-notes-full = Your room for notes is full
problem-notes-full-do = Delete notes that you no longer need, then try again. What you have is safe.
problem-not-available = Not available here
problem-not-available-do = This server is not set up for it.
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
problem-again-hours = { $count ->
    [one] It opens again in { $count } hour.
   *[other] It opens again in { $count } hours.
}
problem-request-id = Request

## Kinds of material
kind-name = { $kind ->
    [quiz] Quiz
    [exam] Exam
    [summary] Summary
    [analysis] Review of notes
    [plan] Study plan
    [chat] Question
   *[cards] Flashcards
}
nav-tutor = Tutor
questions-count = { $count ->
    [one] { $count } question
   *[other] { $count } questions
}
points-count = { $count ->
    [one] { $count } main point
   *[other] { $count } main points
}
findings-count = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
days-count = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
result-by-offline = written by the offline author
result-by-model = written by { $model }
result-print = Print
item-points = Points: { $count }
item-minutes = { $count } min
item-term = Key term
topic-share = { $count }% of the time
importance-high = Central
importance-medium = Important
importance-low = Also said
question-multiple-choice = Multiple choice
question-true-false = True or false
question-short-answer = Short answer
question-essay = Essay
answer-true = True
answer-false = False
finding-strength = Explained well
finding-gap = Missing
finding-contradiction = Contradictions
finding-unclear = Unclear
finding-next-step = What to do next

## Choosing what to make
today-type-label = Make
today-options = Choices
today-minutes-label = Minutes
today-question-types-label = Kinds of question
today-length-label = Length
length-short = Short
length-medium = Medium
length-long = Long
today-style-label = Shape
style-bullet-points = Points
style-paragraph = Prose
style-outline = Outline
today-exam-date-label = Day of the exam (optional)
today-days-label = Days
today-daily-minutes-label = Minutes a day

## While it is made
making-items = What was made
making-so-far = So far: { $count }
making-taken-back = Taken back: { $reason }
making-open = { $kind ->
    [quiz] Take the quiz
    [exam] See the exam
    [summary] Read the summary
    [analysis] See what was found
    [plan] See the plan
    [chat] Go to the conversation
   *[cards] Study these now
}
making-degraded = The model could not be used, so the offline author stepped in.

## A quiz and an exam
quiz-number = Question { $count }
quiz-one = One at a time
quiz-all = All at once
quiz-your-answer = Your answer
quiz-check = Check
quiz-next = Next
quiz-answer = Answer
quiz-right = Right.
quiz-wrong = Not this time.
quiz-compare = Compare with the answer below. Did you have it?
quiz-had-it = I had it
quiz-missed-it = I missed it
quiz-choose = Choose or write an answer first.
quiz-also = Also right: { $answers }
quiz-score = { $got } of { $total } points
quiz-again = Practise what you missed
quiz-restart = Start over
exam-key = Answer key
exam-rubric = What earns the points

## A summary and a plan
summary-terms = Key terms
summary-facts = Words: { $words } · { $minutes } min to read
plan-day = Day { $count }
plan-topics = Topics
plan-mastery = Known: { $count }%
activity-learn = Learn
activity-review = Review
activity-practise = Practise
activity-mock-exam = Mock exam

## The tutor
tutor-title = Ask your notes
tutor-lead = The tutor answers from your notes alone, and shows the passage for every statement.
tutor-label = Your question
tutor-ask = Ask
tutor-no-question = Write your question first.
tutor-you = You
tutor-tutor = Tutor
tutor-thinking = Reading your notes …
tutor-citation = Show passage { $number }
tutor-not-in-notes = Your notes don’t hold the answer to this.
tutor-not-in-notes-do = Nothing is made up here. Add a note about it, or ask about something that stands in your notes.
tutor-add-notes = Add notes
tutor-conversations = Conversations
tutor-new = New conversation
tutor-none = None yet. The first question begins one.

## Spending
problem-budget = Today’s budget is spent
problem-budget-do = What may be spent on models in a day is spent. Try again tomorrow; what you have is safe.
