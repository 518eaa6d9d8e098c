//! Grades: how well a card was known, in the four steps of FSRS.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How well a card was known.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Not known: it comes again before the session ends.
    Again = 1,
    /// Known with effort.
    Hard = 2,
    /// Known.
    Good = 3,
    /// Known at once.
    Easy = 4,
}

impl Grade {
    /// All of them, the worst first.
    pub const ALL: [Grade; 4] = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];

    /// The number of the wire and of the key on the keyboard, 1 to 4.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The grade of a number from 1 to 4.
    pub fn from_number(number: u8) -> Option<Self> {
        Grade::ALL.into_iter().find(|grade| grade.number() == number)
    }

    /// A word for style and script.
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::Again => "again",
            Grade::Hard => "hard",
            Grade::Good => "good",
            Grade::Easy => "easy",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
