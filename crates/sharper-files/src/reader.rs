//! `FileReader`: a file goes to a child, its text or a verdict comes back, whatever the file does to the child.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use sharper_domain::{Deck, Document, FileFault, FileKind, UserId};

use crate::child::{Caller, Ending};
use crate::decks;
use crate::ocr::Recogniser;
use crate::places::{Admission, Full, Places};
use crate::protocol::{Answer, Held, Task, Wanted};
use crate::settings::FileSettings;

/// Bytes of an answer beside its text: anchors, warnings, the marks of JSON.
const AROUND_TEXT: usize = 4 << 20;

/// Reads files, each in a process of its own.
#[derive(Clone)]
pub struct FileReader(Arc<State>);

struct State {
    settings: FileSettings,
    caller: Caller,
    places: Arc<Places>,
    recogniser: Recogniser,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it is, where that could be told.
    pub kind: Option<FileKind>,
    /// Its text, or the verdict. A recording is `NoTranscription` here: writing it down is not this room's work.
    pub result: Result<Document, FileFault>,
}

/// Why nothing can be said of a file. It is never the file's doing.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The child could not be started or spoken to.
    #[error("the process that reads files cannot be started")]
    NoChild(#[source] io::Error),
    /// The child says that it could not do its work.
    #[error("the process that reads files failed")]
    ChildFailed,
}

impl FileReader {
    /// A reader that starts this program (our own) with the command `read-file`.
    pub fn new(settings: FileSettings, program: PathBuf) -> Self {
        let caller = Caller::new(&program, settings.memory_bytes, settings.cpu_seconds);
        let recogniser = Recogniser::new(&settings, &program);
        let places = Arc::new(Places::new(&settings));
        Self(Arc::new(State { settings, caller, places, recogniser }))
    }

    /// The settings in force.
    pub fn settings(&self) -> &FileSettings {
        &self.0.settings
    }

    /// A place for a file of this user's, to be taken before its bytes are.
    ///
    /// # Errors
    /// Whose files take all the places.
    pub fn admit(&self, user: &UserId) -> Result<Admission, Full> {
        self.0.places.admit(user)
    }

    /// Reads a file when its turn has come. What the file does to the child is a verdict on the file: a child that was
    /// killed for its memory or time, or that broke, was given a file that is `TooHard`.
    ///
    /// # Errors
    /// When there is no working child, which says nothing of the file.
    pub async fn read(&self, place: &Admission, name: &str, bytes: Bytes) -> Result<Reading, ReadError> {
        if bytes.is_empty() {
            return Ok(Reading { kind: None, result: Err(FileFault::Empty) });
        }
        let slot = place.slot().await;
        let Answer { kind, result } = self.text(name, bytes.clone()).await?;
        drop(slot);
        let result = match result {
            Err(FileFault::Scanned) if self.0.recogniser.program().is_some() => {
                // Minutes of recognition hold up other scans, and no file that is read in a second.
                let _slot = place.slot_of_scans().await;
                self.recognised(name, kind, bytes).await?
            }
            result => result,
        };
        Ok(Reading { kind, result })
    }

    /// The decks in an `.apkg`, when its turn has come: one for each of Anki's decks that has cards. What the file does to
    /// the child is a verdict on the file, as in `read`.
    ///
    /// # Errors
    /// When there is no working child, which says nothing of the file.
    pub async fn read_deck(
        &self,
        place: &Admission,
        name: &str,
        bytes: Bytes,
    ) -> Result<Result<Vec<Deck>, FileFault>, ReadError> {
        if bytes.is_empty() {
            return Ok(Err(FileFault::Empty));
        }
        let _slot = place.slot().await;
        let State { settings, caller, .. } = &*self.0;
        let most = usize::try_from(settings.unpacked_bytes).unwrap_or(usize::MAX);
        let reading = decks::read(caller, task(settings, name, Wanted::Decks), bytes, most);
        tokio::time::timeout(Duration::from_secs(settings.wall_seconds), reading)
            .await
            .unwrap_or(Ok(Err(FileFault::TooHard)))
    }

    /// How well a child can limit itself on this machine.
    ///
    /// # Errors
    /// When there is no working child.
    pub async fn held(&self) -> Result<Held, ReadError> {
        let State { settings, caller, .. } = &*self.0;
        let child = caller.reader().map_err(ReadError::NoChild)?;
        let exchange = child.exchange(task(settings, "", Wanted::Held), Bytes::new(), AROUND_TEXT);
        let heard = tokio::time::timeout(Duration::from_secs(settings.wall_seconds), exchange).await;
        match heard.map_err(|_| ReadError::ChildFailed)?.map_err(ReadError::NoChild)? {
            (Ending::Well, Some(heard)) => serde_json::from_slice(&heard).map_err(|_| ReadError::ChildFailed),
            _ => Err(ReadError::ChildFailed),
        }
    }

    async fn text(&self, name: &str, bytes: Bytes) -> Result<Answer, ReadError> {
        let settings = &self.0.settings;
        let child = self.0.caller.reader().map_err(ReadError::NoChild)?;
        let exchange =
            child.exchange(task(settings, name, Wanted::Text), bytes, 2 * settings.text_bytes + AROUND_TEXT);
        let unread = |fault| Ok(Answer { kind: None, result: Err(fault) });
        match tokio::time::timeout(Duration::from_secs(settings.wall_seconds), exchange).await {
            Err(_) => unread(FileFault::TooHard),
            Ok(Err(error)) => Err(ReadError::NoChild(error)),
            Ok(Ok((_, None))) => unread(FileFault::TooMuch),
            Ok(Ok((Ending::Broken, _))) => unread(FileFault::TooHard),
            Ok(Ok((Ending::Failed, _))) => Err(ReadError::ChildFailed),
            Ok(Ok((Ending::Well, Some(heard)))) => {
                serde_json::from_slice(&heard).map_err(|_| ReadError::ChildFailed)
            }
        }
    }

    async fn recognised(
        &self,
        name: &str,
        kind: Option<FileKind>,
        bytes: Bytes,
    ) -> Result<Result<Document, FileFault>, ReadError> {
        let State { settings, caller, recogniser, .. } = &*self.0;
        let kind = kind.unwrap_or(FileKind::Image);
        let page = |page| task(settings, name, Wanted::Pictures { page });
        recogniser.read(caller, page, bytes, kind).await
    }

    /// The recogniser of text in pictures.
    pub fn recogniser(&self) -> &Recogniser {
        &self.0.recogniser
    }
}

/// The first line of a child's input.
fn task(settings: &FileSettings, name: &str, wanted: Wanted) -> Vec<u8> {
    let task = Task {
        name: short(name).to_owned(),
        pages: settings.pages,
        unpacked: settings.unpacked_bytes,
        text: settings.text_bytes,
        wanted,
    };
    let mut line = serde_json::to_vec(&task).expect("a task has only strings and numbers");
    line.push(b'\n');
    line
}

/// The end of a name, which says most of its kind.
fn short(name: &str) -> &str {
    const MOST: usize = 255;
    let from = name.len().saturating_sub(MOST);
    (from..=name.len()).find_map(|from| name.get(from..)).unwrap_or_default()
}

/// Where a program lies that is given by path, or by a name in the usual places.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    const USUAL: [&str; 3] = ["/usr/local/bin", "/usr/bin", "/bin"];
    if program.is_empty() {
        return None;
    }
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(|path| path.is_file());
    }
    USUAL.iter().map(|folder| Path::new(folder).join(program)).find(|path| path.is_file())
}
