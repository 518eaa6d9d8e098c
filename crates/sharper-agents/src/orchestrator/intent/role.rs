//! Roles: what a phrase of the tables says about a wish.

use sharper_domain::TaskKind::{self, NoteAnalysis};

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A wish by itself: "quiz me".
    Act(TaskKind),
    /// A thing that can be made, and is seldom spoken of otherwise: "flashcards".
    Thing(TaskKind),
    /// A word that may be such a thing or just a word: "final", "practice", "plan".
    Hint(TaskKind),
    /// What one looks for in notes; it means an analysis where notes are spoken of: "gaps".
    Flaw,
    /// The student's own text: "my notes".
    Notes,
    /// A wish for something made: "give me".
    Wish,
    /// Polite, and so perhaps a wish: "please", "can you".
    Please,
    /// A question or a wish for an explanation, of what follows it: "what", "explain".
    Question,
    /// The same wherever in the clause it stands: "tips", "是什么".
    Asked,
    /// What follows is not wanted: "don't".
    Not,
    /// What stands just before is not wanted: "じゃなくて".
    Unwanted,
    /// What follows is what it is for or about, or what there is already: "for", "I have".
    Aim,
    /// Tells about what stands just before it, and asks about what follows if it stands first: "is".
    Is,
    /// What stands just before is what it is for, or is there already: "tomorrow", "के लिए".
    Given,
    /// What follows exists already, so nobody asks for it to be made: "the", "my".
    Known,
    /// What follows is the second wish: "and then".
    Then,
    /// Looks like a phrase and says nothing: "test tube".
    Looks,
}

impl Role {
    /// Whether a slip in the word is forgiven: only where the word is rare enough to be meant.
    pub(super) fn is_forgiving(self) -> bool {
        matches!(self, Role::Act(_) | Role::Thing(_) | Role::Hint(NoteAnalysis))
    }

    /// The kind of task that the phrase speaks for, if it speaks for one.
    pub(super) fn kind(self) -> Option<TaskKind> {
        match self {
            Role::Act(kind) | Role::Thing(kind) | Role::Hint(kind) => Some(kind),
            Role::Flaw => Some(NoteAnalysis),
            _ => None,
        }
    }
}
