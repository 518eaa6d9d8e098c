//! A way in and out: decks, quizzes, exams and plans in the formats of other programs. Pure.
