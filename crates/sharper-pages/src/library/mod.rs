//! `GET /library`: folders and notes as a tree, search, files on their way in, and what can be done with what is chosen.

mod bin;
mod tree;

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use sharper_domain::{FileFault, NoteId, Problem, ProblemCode, Source};

use crate::{Frame, ProblemPage, figure};

pub use bin::{BinPage, BinView};
pub use tree::{Branch, Choice, Leaf, tree};

/// What can be wrong with a file: the word of the wire, and the message.
const FAULTS: [(&str, &str); 10] = [
    ("empty", "library-fault-empty"),
    ("no_text", "library-fault-no-text"),
    ("encrypted", "library-fault-encrypted"),
    ("damaged", "library-fault-damaged"),
    ("scanned", "library-fault-scanned"),
    ("too_many_pages", "library-fault-too-many-pages"),
    ("too_much", "library-fault-too-much"),
    ("too_hard", "library-fault-too-hard"),
    ("unsupported", "library-fault-unsupported"),
    ("no_transcription", "library-fault-no-transcription"),
];

/// The page of the library.
#[derive(Debug, Clone, Template)]
#[template(path = "library/library.html")]
pub struct LibraryPage {
    /// What is around it.
    pub frame: Frame,
    /// The folders at the top, with what is in them.
    pub branches: Vec<Branch>,
    /// The notes that lie in no folder.
    pub loose: Vec<Leaf>,
    /// Every folder, for choosing one.
    pub folders: Vec<Choice>,
    /// Whether there are more notes than are shown.
    pub more: bool,
    /// What was looked for, and what was found.
    pub hits: Option<HitsPart>,
    /// What was just thrown away, as the form names it (`note:…`, `folder:…`): it can be taken back.
    pub thrown: Vec<String>,
    /// Why something could not be done.
    pub problem: Option<Problem>,
    /// What became of files that were sent without a script.
    pub sent: Vec<Sent>,
    /// The largest file that is taken, in bytes; `None` where no files are.
    pub most: Option<u64>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its name.
    pub name: String,
    /// The note that it is.
    pub note: Option<NoteId>,
    /// The verdict on it, where it could not be read.
    pub fault: Option<FileFault>,
    /// Why it was not taken, where that is not the file's doing.
    pub problem: Option<ProblemCode>,
}

/// What a search found: a part of the page, also by itself for the script.
#[derive(Debug, Clone, Template)]
#[template(path = "library/hits.html")]
pub struct HitsPart {
    /// What is around it.
    pub frame: Frame,
    /// What was looked for.
    pub query: String,
    /// What was found, the best first.
    pub hits: Vec<Hit>,
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The address of its note, at the passage.
    pub href: String,
    /// The note's title, and which of its words were looked for.
    pub title: Vec<(String, bool)>,
    /// The words of its passage, and which of them were looked for; none where only the title fits.
    pub words: Vec<(String, bool)>,
}

impl LibraryPage {
    fn is_empty(&self) -> bool {
        self.branches.is_empty() && self.loose.is_empty()
    }

    fn problem_title(&self, problem: &Problem) -> Cow<'static, str> {
        self.frame.t(problem_keys(problem.code).0)
    }

    fn problem_advice(&self, problem: &Problem) -> Cow<'static, str> {
        self.frame.t(problem_keys(problem.code).1)
    }

    /// The sentence about the largest file.
    fn most_line(&self, most: &u64) -> Cow<'static, str> {
        self.frame
            .locale
            .with("library-files-most", &[("size", figure::bytes(self.frame.locale, *most).into())])
    }

    /// What became of the files.
    fn sent_line(&self) -> Cow<'static, str> {
        let added = self.sent.iter().filter(|file| file.note.is_some()).count();
        let values = [("added", added.into()), ("refused", (self.sent.len() - added).into())];
        self.frame.locale.with("library-sent", &values)
    }

    /// What became of one of them, in the words of the reader's language.
    fn verdict(&self, file: &Sent) -> String {
        match (&file.fault, file.problem) {
            (Some(fault), _) => self.frame.t(fault_key(fault)).into_owned(),
            (None, Some(ProblemCode::PayloadTooLarge)) => too_large(&self.frame, self.most).into_owned(),
            (None, Some(code)) => sentence(&self.frame, code),
            (None, None) => format!("✓ {}", self.frame.t("library-file-ready")),
        }
    }

    /// What the scripts of this page say, with gaps.
    fn words(&self) -> serde_json::Value {
        let mut words = upload_words(&self.frame, self.most);
        for (word, key) in [("searching", "library-searching"), ("offline", "library-offline")] {
            words[word] = self.frame.t(key).into();
        }
        words
    }
}

/// The messages for what could not be done: of the things in the list, not of the page that shows them.
fn problem_keys(code: ProblemCode) -> (&'static str, &'static str) {
    match code {
        ProblemCode::NotFound => ("library-gone", "library-gone-do"),
        ProblemCode::Conflict => ("library-misplaced", "library-misplaced-do"),
        other => ProblemPage::keys(other),
    }
}

/// What the script of uploads says, with gaps.
pub(crate) fn upload_words(frame: &Frame, most: Option<u64>) -> serde_json::Value {
    let faults = FAULTS.map(|(word, key)| (word, frame.t(key)));
    let problems = PROBLEMS.map(|code| (code.as_str(), sentence(frame, code)));
    serde_json::json!({
        "most": most,
        "too_large": too_large(frame, most),
        "sending": frame.locale.with("library-file-sending", &[("share", "{share}".into())]),
        "reading": frame.t("library-file-reading"),
        "ready": frame.t("library-file-ready"),
        "known": frame.t("library-file-known"),
        "lost": frame.t("library-file-lost"),
        "faults": faults.into_iter().collect::<BTreeMap<_, _>>(),
        "problems": problems.into_iter().collect::<BTreeMap<_, _>>(),
        "failed": sentence(frame, ProblemCode::Internal),
    })
}

/// Why files are not taken, where it is not the file's doing.
const PROBLEMS: [ProblemCode; 9] = [
    ProblemCode::PayloadTooLarge,
    ProblemCode::RequestTimeout,
    ProblemCode::RateLimited,
    ProblemCode::QueueFull,
    ProblemCode::DayIsUsedUp,
    ProblemCode::NotesFull,
    ProblemCode::BudgetSpent,
    ProblemCode::Unavailable,
    ProblemCode::StorageFull,
];

/// What happened and what to do, as one line.
fn sentence(frame: &Frame, code: ProblemCode) -> String {
    let (title, advice) = ProblemPage::keys(code);
    format!("{}. {}", frame.t(title), frame.t(advice))
}

fn too_large(frame: &Frame, most: Option<u64>) -> Cow<'static, str> {
    let size = figure::bytes(frame.locale, most.unwrap_or_default());
    frame.locale.with("library-file-too-large", &[("size", size.into())])
}

/// The message of a verdict.
fn fault_key(fault: &FileFault) -> &'static str {
    let word = fault.as_str();
    FAULTS.iter().find(|(known, _)| *known == word).map_or("library-fault-damaged", |(_, key)| key)
}

/// The address of a passage in its note.
pub fn passage_href(source: &Source) -> String {
    format!(
        "/notes/{}?from={}&to={}&v={}#passage",
        source.note_id, source.start, source.end, source.note_version
    )
}
