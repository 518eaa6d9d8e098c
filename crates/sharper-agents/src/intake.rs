//! Intake: a request becomes a committed job row, or a problem that says what to change.
//!
//! The text that comes with a request is kept as a note first: every item is quoted from a note.

mod files;
mod recording;

use std::sync::Arc;
use std::time::Duration;

use sharper_domain::{
    Clock, FieldError, JobId, NoteId, Problem, ProblemCode, Request, SessionId, TaskKind, Timestamp, UserId,
    visible_line,
};
use sharper_files::FileReader;
use sharper_store::Store;
use sharper_store::jobs::{ClaimedJob, NewJob, NewLease};
use sharper_store::notes::NewNote;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

pub use self::files::{FilePlace, NewFile, RefusedFile, TakenFile};
pub(crate) use self::files::{stem, unread};
use crate::orchestrator::intent::classify;
use crate::{ModelDesk, problem_of};

/// Longest title that is made from a text, in characters.
const TITLE_CHARS: usize = 80;

/// Takes requests in.
#[derive(Clone)]
pub struct Intake {
    pub(crate) store: Store,
    clock: Arc<dyn Clock>,
    lease: Duration,
    pub(crate) tasks: TaskTracker,
    files: Option<FileReader>,
    /// Who writes recordings down.
    scribe: Option<ModelDesk>,
}

/// A request, and who asks.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What.
    pub request: Request,
    /// Who.
    pub user_id: UserId,
    /// The title for the text that comes with it, if the student gave one.
    pub title: Option<String>,
    /// The client's name for this request: the same name with the same request is the same job, for 24 hours.
    pub idempotency_key: Option<String>,
}

/// A request that will be done: its row is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The job.
    pub job_id: JobId,
    /// Its stream.
    pub session_id: SessionId,
    /// It was accepted before, under the same idempotency key.
    pub repeated: bool,
}

impl Intake {
    /// Takes requests in for this store. A job that starts at once is leased for the time `lease`.
    pub fn new(store: Store, clock: Arc<dyn Clock>, lease: Duration) -> Self {
        Self { store, clock, lease, tasks: TaskTracker::new(), files: None, scribe: None }
    }

    /// Checks a request and commits it. When this answers, the job cannot be lost.
    pub async fn accept(&self, asked: Asked) -> Result<Accepted, Problem> {
        let Asked { mut request, user_id, title, idempotency_key } = asked;
        let intent = classify(request.kind, &request.message);
        let now = self.clock.now();
        sound(intent.kind, &request, now)?;
        let note = request.content.take().map(|text| note_of_text(text, title, now)).transpose()?;
        if note.is_some() {
            if !request.explicit_note_ids.is_empty() {
                let detail = "cannot be given together with options.content: choose one";
                return Err(Problem::invalid(vec![FieldError::new("/explicit_note_ids", detail)]));
            }
            // The text is in the note; this says that there was one, should the note be deleted before the job runs.
            request.content = Some(String::new());
        } else {
            self.must_have_notes(&user_id, intent.kind, &request.explicit_note_ids).await?;
        }
        let new = NewJob {
            id: JobId::new(now),
            user_id,
            session_id: request.session_id.clone().unwrap_or_else(|| SessionId::new(now)),
            kind: request.kind,
            request: serde_json::to_value(&request).expect("a request has only string keys"),
            note,
            idempotency_key,
            now,
            lease: None,
        };
        // On its own, so that it is finished though the client leaves in the middle.
        let committing = self.tasks.spawn(commit(self.store.clone(), self.lease, new).in_current_span());
        committing.await.unwrap_or_else(|_| {
            Err(Problem::new(ProblemCode::Internal, "The request could not be taken in. Send it again."))
        })
    }

    async fn must_have_notes(&self, user: &UserId, kind: TaskKind, named: &[NoteId]) -> Result<(), Problem> {
        if named.is_empty() {
            if kind == TaskKind::Chat {
                // The tutor says so itself.
                return Ok(());
            }
            let newest = self.store.recent_notes(user.clone(), 1).await.map_err(problem_of)?;
            return if newest.is_empty() { Err(no_notes()) } else { Ok(()) };
        }
        let found = self.store.notes_by_ids(user.clone(), named.to_vec()).await.map_err(problem_of)?;
        let place_of = |id: &NoteId| named.iter().position(|one| one == id).unwrap_or_default();
        let wrong =
            |id| FieldError::new(format!("/explicit_note_ids/{}", place_of(id)), "is no note of yours");
        let errors: Vec<FieldError> = found.missing.iter().map(wrong).collect();
        if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors)) }
    }
}

/// What only the intent and the day can tell to be wrong.
fn sound(kind: TaskKind, request: &Request, now: Timestamp) -> Result<(), Problem> {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let wrong = if kind == TaskKind::Chat && request.message.trim().is_empty() {
        Some(("/message", "is empty: ask the tutor something"))
    } else if kind == TaskKind::StudyPlan && request.plan.exam_date.is_some_and(|exam| exam <= today) {
        Some(("/options/exam_date", "must be a day to come"))
    } else {
        None
    };
    wrong.map_or(Ok(()), |(pointer, detail)| Err(Problem::invalid(vec![FieldError::new(pointer, detail)])))
}

/// Commits a job and sees to it that it is run: here and now where a place is free, else as soon as one is.
async fn commit(store: Store, lease: Duration, mut new: NewJob) -> Result<Accepted, Problem> {
    let slot = store.handoff().reserve();
    let now = new.now;
    new.lease = slot.as_ref().map(|slot| NewLease { worker: slot.worker.clone(), until: now + lease });
    let (kind, user_id, request) = (new.kind, new.user_id.clone(), new.request.clone());
    let kept = store.accept_job(new).await.map_err(problem_of)?;
    let accepted =
        Accepted { job_id: kept.job, session_id: kept.session_id.clone(), repeated: kept.repeated };
    tracing::info!(job = %kept.job, session = %kept.session_id, repeated = kept.repeated, "accepted");
    match (slot, kept.lease) {
        (Some(slot), Some(lease)) => slot.hand_over(ClaimedJob {
            lease,
            user_id,
            session_id: kept.session_id,
            kind,
            request,
            note_id: kept.note_id,
            attempts: 1,
            next_seq: kept.first_seq,
            first_seq: kept.first_seq,
            created_at: now,
        }),
        _ if kept.repeated => {}
        _ => store.handoff().wake(),
    }
    Ok(accepted)
}

fn no_notes() -> Problem {
    Problem::new(
        ProblemCode::EmptyNotes,
        "There is nothing to work from: send text in options.content, or add a note first.",
    )
}

/// The note that a text becomes. Without a title, its first heading or line is the title.
///
/// # Errors
/// `EmptyNotes` when there is nothing to read in it; `NotText` when it is the bytes of a file.
pub fn note_of_text(text: String, title: Option<String>, now: Timestamp) -> Result<NewNote, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::new(
            ProblemCode::EmptyNotes,
            "The notes are empty. Paste or type some text first.",
        ));
    }
    if !is_text(&text) {
        return Err(Problem::new(
            ProblemCode::NotText,
            "This is not readable text but the bytes of a file. Copy the text out of the document and paste that.",
        ));
    }
    let title = title.map(|title| visible_line(&title)).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| title_of(&text));
    Ok(NewNote {
        id: NoteId::new(now),
        title: shorten(&title),
        content: text,
        folder_id: None,
        origin: None,
        anchors: Vec::new(),
    })
}

/// Text may hold tabs and line ends; other control characters are the mark of a binary file.
fn is_text(text: &str) -> bool {
    let odd = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')) || *c == '\u{fffd}'
    };
    let count = text.chars().filter(odd).count();
    !text.contains('\0') && count * 200 <= text.chars().count()
}

/// The first heading, or else the first line.
fn title_of(text: &str) -> String {
    let bare = |line: &str| visible_line(&line.trim().trim_start_matches('#').replace(['*', '_', '`'], ""));
    let named = |line: &&str| !bare(line).is_empty();
    let heading = text.lines().filter(named).take(20).find(|line| line.trim_start().starts_with('#'));
    heading.or_else(|| text.lines().find(named)).map_or_else(|| "Notes".to_owned(), bare)
}

fn shorten(title: &str) -> String {
    if title.chars().count() <= TITLE_CHARS {
        return title.to_owned();
    }
    let cut: String = title.chars().take(TITLE_CHARS).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{whole_words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_first_heading_or_the_first_line() {
        assert_eq!(title_of("\n\nIntro\n# The **Cell**\ntext"), "The Cell");
        assert_eq!(title_of("#\nfoo"), "foo");
        assert_eq!(title_of("***\n---x"), "---x");
        assert_eq!(title_of("# \u{200b}\n# \u{202e}The cell"), "The cell");
        assert_eq!(title_of("  Cells are small.\nAnd many."), "Cells are small.");
        assert_eq!(shorten(&"word ".repeat(30)).chars().last(), Some('…'));
    }

    #[test]
    fn bytes_of_a_file_are_not_text() {
        assert!(is_text("Zellen — 細胞 — الخلية\r\n\tfin"));
        assert!(!is_text("PK\u{3}\u{4}\u{14}\u{0}"));
        assert!(!is_text("\u{fffd}\u{fffd}PNG\u{1a}"));
    }

    #[test]
    fn white_space_is_no_notes() {
        let code = note_of_text(" \n\t ".into(), None, Timestamp::UNIX_EPOCH).unwrap_err().code;
        assert_eq!(code, ProblemCode::EmptyNotes);
    }
}
