//! `GET /library`: folders and notes as a tree, search, files on their way in, and what can be done with what is chosen.

mod bin;
mod tree;

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use sharper_domain::{Problem, Source};

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
    pub sent: Option<Sent>,
    /// The largest file that is taken, in bytes; `None` where no files are.
    pub most: Option<u64>,
}

/// What became of several files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Those that are notes now.
    pub added: u32,
    /// Those that could not be read.
    pub refused: u32,
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
        self.frame.t(ProblemPage::keys(problem.code).0)
    }

    fn problem_advice(&self, problem: &Problem) -> Cow<'static, str> {
        self.frame.t(ProblemPage::keys(problem.code).1)
    }

    /// The sentence about the largest file.
    fn most_line(&self, most: &u64) -> Cow<'static, str> {
        self.frame
            .locale
            .with("library-files-most", &[("size", figure::bytes(self.frame.locale, *most).into())])
    }

    /// What became of the files.
    fn sent_line(&self, sent: &Sent) -> Cow<'static, str> {
        let values = [("added", sent.added.into()), ("refused", sent.refused.into())];
        self.frame.locale.with("library-sent", &values)
    }

    /// What the script of uploads says, with gaps.
    fn words(&self) -> serde_json::Value {
        let gap = |key: &str, name: &'static str, gap: &'static str| {
            self.frame.locale.with(key, &[(name, gap.into())])
        };
        serde_json::json!({
            "most": self.most,
            "too_large": self.frame.locale.with("library-file-too-large", &[
                ("size", figure::bytes(self.frame.locale, self.most.unwrap_or_default()).into()),
            ]),
            "sending": gap("library-file-sending", "share", "{share}"),
            "reading": self.frame.t("library-file-reading"),
            "ready": self.frame.t("library-file-ready"),
            "known": self.frame.t("library-file-known"),
            "lost": self.frame.t("library-file-lost"),
            "faults": FAULTS.map(|(word, key)| (word, self.frame.t(key))).into_iter().collect::<BTreeMap<_, _>>(),
            "failed": self.frame.t("problem-internal"),
            "searching": self.frame.t("library-searching"),
            "offline": self.frame.t("library-offline"),
        })
    }
}

/// The address of a passage in its note.
pub fn passage_href(source: &Source) -> String {
    format!(
        "/notes/{}?from={}&to={}&v={}#passage",
        source.note_id, source.start, source.end, source.note_version
    )
}
