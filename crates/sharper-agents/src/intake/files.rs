//! Files: what a student sends is read in a child process and becomes a note, or a verdict that says why not.
//!
//! The file itself is not kept. A file that was sent before is known by its checksum, and is not read again while its note
//! is there.

use std::time::{Duration, Instant};

use bytes::Bytes;
use sharper_domain::{
    Document, FileFault, FileKind, FolderId, Note, NoteId, Origin, Problem, ProblemCode, Timestamp, UserId,
    visible_line,
};
use sharper_files::{Admission, FileReader, Full, ReadError, Reading};
use sharper_store::notes::NewNote;
use sharper_store::uploads::{Became, SentFile};
use tracing::Instrument;

use super::recording::{Unheard, written_down};
use super::{Intake, shorten, title_of};
use crate::{ModelDesk, problem_of};

/// When a place may be free again.
const SOON: Duration = Duration::from_secs(5);

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its name, for people and as a hint.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
    /// The folder that its note goes in.
    pub folder_id: Option<FolderId>,
    /// The title that the student gave it.
    pub title: Option<String>,
}

/// A file that is a note now.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenFile {
    /// The note.
    pub note: Note,
    /// What its reader should know.
    pub warnings: Vec<String>,
    /// The note was there before: of the same file, or with the same text.
    pub known: bool,
}

/// Why a file is no note.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedFile {
    /// What a client is told.
    pub problem: Problem,
    /// The verdict on the file, where it is the file's doing.
    pub fault: Option<FileFault>,
}

impl From<Problem> for RefusedFile {
    fn from(problem: Problem) -> Self {
        Self { problem, fault: None }
    }
}

impl From<FileFault> for RefusedFile {
    fn from(fault: FileFault) -> Self {
        let code = match fault {
            FileFault::Unsupported { .. } => ProblemCode::UnsupportedMediaType,
            _ => ProblemCode::FileUnreadable,
        };
        Self { problem: Problem::new(code, fault.to_string()), fault: Some(fault) }
    }
}

/// A user's place among the files that are under way. It is held while the bytes arrive, and until the note is kept.
#[derive(Debug, Clone)]
pub struct FilePlace(std::sync::Arc<Admission>);

impl FilePlace {
    pub(crate) fn admission(&self) -> &Admission {
        &self.0
    }
}

impl Intake {
    /// Reads files with this reader. Without one no file is taken in.
    #[must_use]
    pub fn with_files(mut self, files: FileReader) -> Self {
        self.files = Some(files);
        self
    }

    /// Has recordings written down by this model.
    #[must_use]
    pub fn with_scribe(mut self, desk: ModelDesk) -> Self {
        self.scribe = Some(desk);
        self
    }

    /// The largest file, in bytes, and how long one may take to arrive.
    pub fn file_limits(&self) -> Option<(usize, Duration)> {
        let settings = self.files.as_ref()?.settings();
        Some((settings.file_bytes, Duration::from_secs(settings.arrival_seconds)))
    }

    /// A place for files of this user's, to be taken before their bytes are.
    ///
    /// # Errors
    /// `QueueFull` when too many of theirs are under way; `Unavailable` when too many of everybody's are.
    pub fn place_for_files(&self, user: &UserId) -> Result<FilePlace, Problem> {
        match self.reader()?.admit(user) {
            Ok(place) => Ok(FilePlace(place.into())),
            Err(Full::OfUser) => {
                let detail =
                    "Several of your files are being read already. Send this one when they are done.";
                Err(Problem::new(ProblemCode::QueueFull, detail).retry_after(SOON))
            }
            Err(Full::OfAll) => {
                let detail = "Very many files are being read at the moment. Try again in a little while.";
                Err(Problem::new(ProblemCode::Unavailable, detail).retry_after(SOON))
            }
        }
    }

    /// Reads a file and keeps its note. What became of it is on record in the same transaction. It is finished though
    /// nobody waits for it any more.
    pub async fn take_file(
        &self,
        user: &UserId,
        place: &FilePlace,
        file: NewFile,
    ) -> Result<TakenFile, RefusedFile> {
        let (intake, user, place) = (self.clone(), user.clone(), place.clone());
        let taking = async move { intake.take(user, &place.0, file).await }.in_current_span();
        self.tasks.spawn(taking).await.unwrap_or_else(|_| {
            let detail = "The file could not be taken in. Send it again.";
            Err(Problem::new(ProblemCode::Internal, detail).into())
        })
    }

    /// The time to the microsecond, as the store keeps it: what was just written is told like what is read.
    pub(crate) fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    pub(crate) fn reader(&self) -> Result<&FileReader, Problem> {
        let none = || Problem::new(ProblemCode::NotAvailable, "No files are taken in here.");
        self.files.as_ref().ok_or_else(none)
    }

    async fn take(&self, user: UserId, place: &Admission, file: NewFile) -> Result<TakenFile, RefusedFile> {
        let began = Instant::now();
        let sha256 = sharper_store::fingerprint_of_file(&file.bytes);
        let mut sent = SentFile {
            name: file.name.clone(),
            kind: None,
            bytes: file.bytes.len() as u64,
            sha256: sha256.clone(),
            took_ms: 0,
        };
        let now = self.now();
        let known = self.store.note_of_file(user.clone(), sha256, now).await.map_err(problem_of)?;
        let became = match known {
            Some(note) => Became::Known(note),
            None => {
                let Reading { kind, result } = self.read(&user, place, &file).await?;
                sent.kind = kind;
                match result.and_then(|document| self.note_of(document, file)) {
                    Ok(note) => Became::Read(note),
                    Err(fault) => Became::Refused(fault),
                }
            }
        };
        sent.took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.keep(user, sent, became).await
    }

    /// The text of a file: read by a child, or written down where it is a recording.
    async fn read(&self, user: &UserId, place: &Admission, file: &NewFile) -> Result<Reading, Problem> {
        let read = self.reader()?.read(place, &file.name, file.bytes.clone()).await;
        let reading = read.map_err(unread)?;
        let (Err(FileFault::NoTranscription), Some(scribe)) = (&reading.result, &self.scribe) else {
            return Ok(reading);
        };
        let result = match written_down(scribe, &self.store, &self.clock, user, file.bytes.clone()).await {
            Ok(document) => Ok(document),
            Err(Unheard::Fault(fault)) => Err(fault),
            Err(Unheard::Problem(problem)) => return Err(problem),
        };
        Ok(Reading { kind: Some(FileKind::Audio), result })
    }

    async fn keep(&self, user: UserId, sent: SentFile, became: Became) -> Result<TakenFile, RefusedFile> {
        let fresh = match &became {
            Became::Read(new) => Some(new.id),
            _ => None,
        };
        let refused = match &became {
            Became::Refused(fault) => Some(fault.clone()),
            _ => None,
        };
        tracing::info!(
            kind = sent.kind.map(FileKind::as_str),
            bytes = sent.bytes,
            took_ms = sent.took_ms,
            outcome = refused.as_ref().map_or("ok", FileFault::as_str),
            "a file was read"
        );
        let kept = self.store.keep_file(user, sent, became, self.now()).await;
        match (kept.map_err(problem_of)?, refused) {
            (Some(note), _) => {
                let warnings = note.origin.as_ref().map(|origin| origin.warnings.clone()).unwrap_or_default();
                Ok(TakenFile { known: fresh != Some(note.id), warnings, note })
            }
            (None, Some(fault)) => Err(fault.into()),
            (None, None) => Err(Problem::new(ProblemCode::Internal, "The file could not be kept.").into()),
        }
    }

    /// The note that a document becomes.
    fn note_of(&self, document: Document, file: NewFile) -> Result<NewNote, FileFault> {
        if document.text.trim().is_empty() {
            return Err(FileFault::NoText);
        }
        let given =
            |title: Option<String>| title.map(|title| visible_line(&title)).filter(|title| !title.is_empty());
        let title = given(file.title)
            .or_else(|| given(document.title))
            .or_else(|| given(Some(stem(&file.name))))
            .unwrap_or_else(|| title_of(&document.text));
        Ok(NewNote {
            id: NoteId::new(self.now()),
            title: shorten(&title),
            content: document.text,
            folder_id: file.folder_id,
            origin: Some(Origin {
                name: file.name,
                kind: document.kind,
                bytes: file.bytes.len() as u64,
                warnings: document.warnings,
            }),
            anchors: document.anchors,
        })
    }
}

/// What is told when nothing can be said of the file. The cause goes into the log, here and nowhere else.
pub(crate) fn unread(error: ReadError) -> Problem {
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    tracing::error!(%error, cause, "a file could not be read");
    Problem::new(ProblemCode::Unavailable, "Files cannot be read at the moment. Try again in a little while.")
        .retry_after(SOON)
}

/// The name of a file without its ending, as a title.
pub(crate) fn stem(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let ending = |end: &str| (1..=8).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_alphanumeric());
    match last.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && ending(end) => stem.replace('_', " "),
        _ => last.replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(stem(name), expected);
    }

    #[test]
    fn a_file_is_titled_by_its_name_without_folder_and_ending() {
        check("Cell_biology 1.pdf", "Cell biology 1");
        check("C:\\Users\\ada\\Notes.docx", "Notes");
        check("../../etc/passwd", "passwd");
        check("Chapter 1. The cell", "Chapter 1. The cell");
        check(".profile", ".profile");
    }
}
