# The words of the library and of a note, in English.

note-page = p. { $label }
note-slide = slide { $label }
note-picture = Picture
note-gap = No card yet
