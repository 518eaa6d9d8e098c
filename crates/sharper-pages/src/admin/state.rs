//! How a thing stands: a word, a sign and a colour, never the colour alone.

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Good,
    /// Still as it should be, but not by much.
    Near,
    /// Not as it should be.
    Bad,
    /// Nothing is known yet.
    Unknown,
}

impl State {
    /// Good where it holds, bad where not, unknown where nothing is known.
    pub fn of(holds: Option<bool>) -> Self {
        match holds {
            Some(true) => State::Good,
            Some(false) => State::Bad,
            None => State::Unknown,
        }
    }

    /// The word of the style.
    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Good => "good",
            State::Near => "near",
            State::Bad => "bad",
            State::Unknown => "unknown",
        }
    }

    /// A sign that is read without its colour.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            State::Good => "✓",
            State::Near => "!",
            State::Bad => "✗",
            State::Unknown => "–",
        }
    }

    /// The message that says it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            State::Good => "admin-state-good",
            State::Near => "admin-state-near",
            State::Bad => "admin-state-bad",
            State::Unknown => "admin-state-unknown",
        }
    }
}
