# The words of the library, of a note and of its editor, in English.

## The library
nav-library = Library
library-title = Library
library-open = Your library
library-search = Search your notes
library-search-do = Search
library-searching = Searching …
library-offline = You are offline. Search works again when you are back.
library-results = Found
library-found = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
library-nothing-found = Nothing in your notes fits. Try another word, or fewer.
library-notes = Notes
library-empty = Nothing here yet. Drop a file, choose one, or write your first note.
library-more = Only the notes changed last are shown. Search finds the others.
library-choose = Choose
library-folder-empty = This folder is empty.
library-folder-holds = { $count ->
    [one] Folder with { $count } note
   *[other] Folder with { $count } notes
}
library-with-chosen = With what is chosen
library-move-to = Move to
library-no-folder = No folder
library-move = Move
library-new-name = New name
library-rename = Rename
library-duplicate = Duplicate
library-delete = Delete
library-thrown = It is in the bin now.
library-undo = Undo
library-bin = Bin
library-bin-what = What was made from a note stays, with its quotes.
library-bin-empty = The bin is empty.
library-bin-clear = Empty the bin
library-restore = Restore
library-erase = Delete for good
library-add = Add
library-drop = Drop files here, or choose them.
library-files-kinds = PDF, Word, slides, books, web pages, Markdown, text and pictures of pages.
library-files-most = At most { $size } each.
library-into = Folder
library-upload = Upload
library-retry = Try again
library-file-too-large = Too large: at most { $size }. Send it in parts.
library-file-sending = { $share } % sent
library-file-reading = Being read …
library-file-ready = Ready
library-file-known = You have this one already
library-sent = Files read: { $added }. Files that could not be read: { $refused }.
library-fault-empty = The file is empty.
library-fault-no-text = There is no text in this file.
library-fault-encrypted = It is locked with a password. Save a copy without one and send that.
library-fault-damaged = It is damaged or not complete. Open it, save it again and send the new copy.
library-fault-scanned = Its pages are pictures without text. Run text recognition over it, or send a copy with text.
library-fault-too-many-pages = It has too many pages. Send it in parts.
library-fault-too-much = There is more in it than can be read. Send it in parts.
library-fault-too-hard = Reading it took too long. Save it again in another program, or send it in parts.
library-fault-unsupported = Files of this kind cannot be read. Send a PDF, a document, slides, a book, a web page or text.
library-fault-no-transcription = Recordings cannot be written down here.
library-file-lost = The connection broke off. Try again.
library-write = Write a note
library-new-folder = New folder
library-folder-name = Name of the folder
library-inside = Inside
library-make-folder = Make the folder

## A note
note-page = p. { $label }
note-slide = slide { $label }
note-picture = Picture
note-gap = No card yet
note-version = Version { $count }
note-origin = Read from { $name }
note-saved = Saved.
note-old = This is an earlier version.
note-newest = Show the newest
note-restore = Restore this version
note-passage-gone = This passage is not in the note any more. It said:
note-make = Make something of this note
note-ask = Ask about this note
note-made = Made from this note
note-nothing-made = Nothing yet. Make cards, and each one shows here which words it stands on.
note-coverage = Something was made from { $covered } of { $blocks } passages.
note-stale = Passage changed
note-stale-count = { $count ->
    [one] { $count } item stands on words that you changed.
   *[other] { $count } items stand on words that you changed.
}
note-remake = Remake
note-open = Open
note-in-note = Show in the note
note-versions = Versions

## The editor
editor-new = New note
editor-edit = Edit
editor-back = Back to the note
editor-title = Title
editor-text = Text (Markdown)
editor-mine = What you wrote
editor-theirs = What was saved meanwhile:
editor-conflict = This note was changed elsewhere while you wrote.
editor-conflict-do = Both texts are below. Take over what you want to keep, then save.
editor-preview = Preview
editor-no-preview = What you write shows here as it will look.
editor-save = Save
editor-discard = Discard what was kept
editor-offline = You are offline. What you wrote is kept in this browser; save when you are back.
editor-kept = What you wrote before was kept, and is here again.
library-gone = That is not there any more
library-gone-do = A note or folder of these was deleted in the meantime. The list below is up to date.
library-misplaced = The folders cannot lie like that
library-misplaced-do = A folder cannot go into itself, two folders in one place cannot have one name, and there can be 12 levels and 1,000 folders at most.
