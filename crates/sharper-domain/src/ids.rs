//! Ids: UUIDv7 for what we make (RFC 9562), checked strings for what a client names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Timestamp;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new UUIDv7: the milliseconds of `at`, then 74 random bits, so that newer ids sort last.
            pub fn new(at: Timestamp) -> Self {
                Self(uuid_v7(at))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

uuid_id! {
    /// A note in a student's library.
    NoteId,
    /// A folder of notes.
    FolderId,
    /// A set (deck) of flashcards.
    SetId,
    /// One flashcard.
    CardId,
    /// One question of a quiz or an exam.
    QuestionId,
    /// Something that was made for a student: a quiz, an exam, a summary, … A set of cards has it as its `SetId`.
    MaterialId,
    /// One accepted request: a row in `jobs`.
    JobId,
    /// One recorded run of one agent.
    ExecutionId,
    /// One sitting of a quiz or an exam.
    AttemptId,
}

fn uuid_v7(at: Timestamp) -> Uuid {
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    let mut random = [0u8; 10];
    random.copy_from_slice(&Uuid::new_v4().as_bytes()[..10]);
    // A v4 UUID fixes six bits; its last six bytes are all random, so spread them over those two places.
    let tail = *Uuid::new_v4().as_bytes();
    random[6] = tail[12];
    random[8] = tail[13];
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Why a client's text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadId {
    /// Nothing, or only white space.
    #[error("must not be empty")]
    Empty,
    /// More than 128 characters.
    #[error("must be at most 128 characters long")]
    TooLong,
    /// A character outside the ones allowed.
    #[error("may hold only letters, digits and the signs - _ . : @ + |")]
    BadCharacter,
}

fn checked(text: &str) -> Result<Box<str>, BadId> {
    let allowed = |c: char| c.is_alphanumeric() || "-_.:@+|".contains(c);
    match text {
        "" => Err(BadId::Empty),
        _ if text.chars().count() > 128 => Err(BadId::TooLong),
        _ if text.chars().all(allowed) => Ok(text.into()),
        _ => Err(BadId::BadCharacter),
    }
}

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schema(value_type = String, min_length = 1, max_length = 128)]
        pub struct $name(Box<str>);

        impl $name {
            /// The text, as the client gave it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                checked(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:?})", stringify!($name), self.0)
            }
        }
    )*};
}

text_id! {
    /// A user, by the name that the sign-in (or, in development, the request) gives: 1–128 characters.
    UserId,
    /// A stream of events, named by the client or made by us as a UUIDv7: 1–128 characters.
    SessionId,
}

impl SessionId {
    /// A new one, for a request that named none.
    pub fn new(at: Timestamp) -> Self {
        Self(uuid_v7(at).to_string().into())
    }

    /// Whether the text is a UUID. A client may open the stream of such an id before it posts the request.
    pub fn is_uuid(&self) -> bool {
        Uuid::parse_str(&self.0).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newer_ids_sort_last_and_carry_their_time() {
        let early = NoteId::new(Timestamp::from_millisecond(1_700_000_000_000).unwrap());
        let late = NoteId::new(Timestamp::from_millisecond(1_700_000_000_001).unwrap());
        assert!(early < late);
        assert_eq!(early.0.get_version_num(), 7);
        let (seconds, nanos) = early.0.get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos), (1_700_000_000, 0));
    }

    #[test]
    fn a_clients_id_is_checked_at_the_door() {
        assert_eq!("".parse::<UserId>(), Err(BadId::Empty));
        assert_eq!("a b".parse::<UserId>(), Err(BadId::BadCharacter));
        assert_eq!("a\nb".parse::<SessionId>(), Err(BadId::BadCharacter));
        assert_eq!("x".repeat(129).parse::<UserId>(), Err(BadId::TooLong));
        assert!("é".repeat(128).parse::<UserId>().is_ok(), "characters are counted, not bytes");
        assert!("user-7@school.example".parse::<UserId>().is_ok());
        assert!(serde_json::from_str::<UserId>("\"a b\"").is_err());
    }
}
