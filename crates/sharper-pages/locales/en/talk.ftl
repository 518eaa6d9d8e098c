# The words of the tutor’s conversations and of how things are made, in English.

tutor-name = Name
tutor-rename = Rename
tutor-ended = ended
tutor-end = End this conversation
tutor-end-lead = It stays to be read. Asking again opens it.
tutor-delete = Delete this conversation …
tutor-delete-lead = Its questions and answers are gone for good. Cards and quizzes that were made stay.
tutor-delete-do = Delete for good
tutor-search = Look for a conversation
tutor-search-do = Search
tutor-not-found = No conversation holds this.
tutor-open-passage = Open in the note
tutor-make-cards = Turn this answer into cards
tutor-which-notes = Your notes are on different subjects. Which of them should this be about?
tutor-choice = { $count ->
    [one] { $title } (one note)
   *[other] { $title } ({ $count } notes)
}
tutor-choice-all = { $count ->
    [one] All of it
   *[other] All { $count } notes
}
settings-making = How things are made
settings-making-heading = How things are made for me
settings-making-lead = What you leave open is learned from your feedback. What you choose here counts first.
settings-making-kept = This is kept.
settings-making-wrong = One of these cannot be so. Look at the marked field.
settings-difficulty = Difficulty
settings-learn-it = Leave it to what is learned
settings-difficulty-adaptive = A mix
settings-detail = Level of detail
settings-detail-brief = Brief
settings-detail-normal = Normal
settings-detail-thorough = Thorough
settings-summary-length = Length of summaries
settings-length-short = Short
settings-length-medium = Medium
settings-length-long = Long
settings-count = Items, when I say no number
settings-daily-cards = Cards a day, at most
settings-material-language = Language of material
settings-language-of-notes = The language of the notes
settings-language-hint = Everything is proven from the words of your notes, so it is in their language. This decides where they are in several.
settings-time-zone = Time zone
settings-time-zone-hint = Days, and your streak, begin and end in it. Without one it is UTC.
settings-learned = { $count ->
    [one] From one opinion of yours: { $level }.
   *[other] From { $count } opinions of yours: { $level }.
}
