//! A way in and out: sets, quizzes, exams and plans as files of other programs, and decks of theirs as sets.

use std::str::FromStr;

use bytes::Bytes;
use sharper_domain::{
    Body, Deck, FileFault, Material, MaterialId, Paper as Kind, Problem, ProblemCode, SetId, TaskKind, UserId,
};
use sharper_exchange::csv::Table;
use sharper_exchange::{Paper, apkg, csv, gift, ics, json, markdown, moodle, qti};
use sharper_store::StoreError;
use sharper_store::flashcards::Imported;
use tracing::Instrument;

use crate::intake::{FilePlace, Intake, RefusedFile, stem, unread};
use crate::{Agents, problem_of};

/// Most cards of one file that comes in.
const MOST_CARDS: usize = 20_000;
/// Longest name of a file that goes out, in characters, without its ending.
const NAME_CHARS: usize = 80;

/// A file on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Its name, for people.
    pub name: String,
    /// Its type (RFC 9110).
    pub kind: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The form in which a set goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeckForm {
    /// Anki.
    Apkg,
    /// A spreadsheet.
    Csv,
    /// Quizlet.
    Tsv,
    /// An editor.
    Markdown,
    /// Everything, for another Study Sharper.
    Json,
}

impl DeckForm {
    /// All of them: the word that names one, which is the ending of its files.
    pub const ALL: [(&'static str, DeckForm); 5] = [
        ("apkg", DeckForm::Apkg),
        ("csv", DeckForm::Csv),
        ("tsv", DeckForm::Tsv),
        ("md", DeckForm::Markdown),
        ("json", DeckForm::Json),
    ];
}

impl FromStr for DeckForm {
    type Err = Problem;

    fn from_str(word: &str) -> Result<Self, Problem> {
        named(&Self::ALL, word)
    }
}

/// The form in which a quiz or an exam goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperForm {
    /// GIFT, a text of Moodle's.
    Gift,
    /// Moodle's XML.
    Moodle,
    /// A package of IMS QTI 2.1.
    Qti,
}

impl PaperForm {
    /// All of them, by name.
    pub const ALL: [(&'static str, PaperForm); 3] =
        [("gift", PaperForm::Gift), ("moodle", PaperForm::Moodle), ("qti", PaperForm::Qti)];
}

impl FromStr for PaperForm {
    type Err = Problem;

    fn from_str(word: &str) -> Result<Self, Problem> {
        named(&Self::ALL, word)
    }
}

fn named<Form: Copy>(all: &[(&'static str, Form)], word: &str) -> Result<Form, Problem> {
    let found = all.iter().find(|(name, _)| *name == word).map(|(_, form)| *form);
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        let detail = format!("must be one of {}", names.join(", "));
        Problem::invalid(vec![sharper_domain::FieldError::new("/format", detail)])
    })
}

/// A deck that is a set now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedDeck {
    /// Its title in the file.
    pub title: String,
    /// What became of it.
    pub done: Imported,
    /// What could not be taken over, for people.
    pub warnings: Vec<String>,
}

impl Agents {
    /// A set as a file.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn parcel_of_set(&self, user: &UserId, set: SetId, form: DeckForm) -> Result<Parcel, Problem> {
        let deck = self.store.export_deck(user.clone(), set).await.map_err(|error| absent(error, "set"))?;
        let now = self.clock.now();
        self.desk(move || {
            let (kind, bytes) = match form {
                DeckForm::Apkg => ("application/octet-stream", apkg::write(&deck, now).map_err(unmade)?),
                DeckForm::Csv => ("text/csv; charset=utf-8", csv::write(&deck, Table::Csv).into_bytes()),
                DeckForm::Tsv => {
                    ("text/tab-separated-values; charset=utf-8", csv::write(&deck, Table::Tsv).into_bytes())
                }
                DeckForm::Markdown => ("text/markdown; charset=utf-8", markdown::write(&deck).into_bytes()),
                DeckForm::Json => ("application/json", json::write(&deck).into_bytes()),
            };
            let ending = DeckForm::ALL.iter().find(|(_, one)| *one == form).map_or("", |(word, _)| *word);
            Ok(Parcel { name: file_name(&deck.title, ending), kind, bytes })
        })
        .await?
    }

    /// A quiz or an exam as a file.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn parcel_of_paper(
        &self,
        user: &UserId,
        kind: Kind,
        id: MaterialId,
        form: PaperForm,
    ) -> Result<Parcel, Problem> {
        let paper = paper(self.made(user, kind.task(), id, kind.as_str()).await?);
        let (kind, ending, bytes) = match form {
            PaperForm::Gift => ("text/plain; charset=utf-8", "gift.txt", gift::write(&paper).into_bytes()),
            PaperForm::Moodle => ("application/xml", "xml", moodle::write(&paper).into_bytes()),
            PaperForm::Qti => ("application/zip", "qti.zip", qti::write(&paper).map_err(unmade)?),
        };
        Ok(Parcel { name: file_name(&paper.title, ending), kind, bytes })
    }

    /// A plan as a calendar. Where the day of the exam is not known, it begins on the day on which it was made.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn parcel_of_plan(&self, user: &UserId, id: MaterialId) -> Result<Parcel, Problem> {
        let plan = self.made(user, TaskKind::StudyPlan, id, "plan").await?;
        let Body::Plan { days, .. } = plan.body else { return Err(nothing("plan")) };
        let study = self.study_of(user).await.map_err(problem_of)?;
        let first = plan.created_at.to_zoned(study.days.zone.clone()).date();
        let exam =
            self.store.followed(user.clone(), id).await.map_err(|error| absent(error, "plan"))?.exam_at;
        let exam = exam.map(|at| at.to_zoned(study.days.zone).date());
        let name = id.to_string();
        let told = ics::Plan { id: &name, title: &plan.title, days: &days, first, exam };
        let bytes = ics::write(&plan.title, &[told], self.clock.now()).into_bytes();
        Ok(Parcel { name: file_name(&plan.title, "ics"), kind: "text/calendar; charset=utf-8", bytes })
    }

    async fn made(
        &self,
        user: &UserId,
        kind: TaskKind,
        id: MaterialId,
        word: &'static str,
    ) -> Result<Material, Problem> {
        self.store.material(user.clone(), kind, id).await.map_err(|error| absent(error, word))
    }
}

impl Intake {
    /// Takes the decks of a file in: an `.apkg`, or a table, Markdown or JSON of cards. The same file again updates what is
    /// there. It is finished though nobody waits for it any more.
    ///
    /// # Errors
    /// Why there is no deck in it.
    pub async fn import_decks(
        &self,
        user: &UserId,
        place: &FilePlace,
        name: String,
        bytes: Bytes,
    ) -> Result<Vec<ImportedDeck>, RefusedFile> {
        let (intake, user, place) = (self.clone(), user.clone(), place.clone());
        let taking = async move { intake.import(user, &place, &name, bytes).await }.in_current_span();
        self.tasks.spawn(taking).await.unwrap_or_else(|_| {
            let detail = "The deck could not be taken in. Send it again.";
            Err(Problem::new(ProblemCode::Internal, detail).into())
        })
    }

    async fn import(
        &self,
        user: UserId,
        place: &FilePlace,
        name: &str,
        bytes: Bytes,
    ) -> Result<Vec<ImportedDeck>, RefusedFile> {
        let decks = if bytes.starts_with(b"PK") {
            self.reader()?.read_deck(place.admission(), name, bytes).await.map_err(unread)??
        } else {
            let name = name.to_owned();
            let reading = tokio::task::spawn_blocking(move || table(&name, &bytes)).await;
            let broken =
                |_| Problem::new(ProblemCode::Internal, "The deck could not be read. Send it again.");
            vec![reading.map_err(broken)??]
        };
        if decks.iter().all(|deck| deck.cards.is_empty()) {
            return Err(FileFault::NoText.into());
        }
        let mut all = Vec::new();
        for mut deck in decks.into_iter().filter(|deck| !deck.cards.is_empty()) {
            let (title, warnings) = (deck.title.clone(), std::mem::take(&mut deck.warnings));
            let done = self.store.import_deck(user.clone(), deck, self.now()).await.map_err(problem_of)?;
            all.push(ImportedDeck { title, done, warnings });
        }
        Ok(all)
    }
}

/// A deck that is text: JSON of ours, Markdown, or a table. What it is its first signs say, then its name.
fn table(name: &str, bytes: &[u8]) -> Result<Deck, RefusedFile> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let detail = "This is no deck: an .apkg, or cards as CSV, TSV, Markdown or JSON in UTF-8.";
        return Err(Problem::new(ProblemCode::UnsupportedMediaType, detail).into());
    };
    let title = stem(name);
    let is_markdown = || {
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let asks = |line: &str| ["Q:", "**Q:**"].iter().any(|start| line.trim_start().starts_with(start));
        matches!(ending.as_str(), "md" | "markdown") || text.lines().any(asks)
    };
    let wrong = |said: String| Problem::new(ProblemCode::FileUnreadable, said).into();
    if text.trim().is_empty() {
        Err(FileFault::Empty.into())
    } else if text.trim_start().starts_with('{') {
        json::read(text, MOST_CARDS).map_err(|error| wrong(error.to_string()))
    } else if is_markdown() {
        markdown::read(text, &title, MOST_CARDS).map_err(|error| wrong(error.to_string()))
    } else {
        csv::read(text, &title, MOST_CARDS).map_err(|error| wrong(error.to_string()))
    }
}

fn paper(made: Material) -> Paper {
    let id = made.id.to_string();
    match made.body {
        Body::Exam { duration_minutes, sections } => {
            Paper { id, title: made.title, duration_minutes: Some(duration_minutes), sections }
        }
        Body::Quiz(questions) => Paper::quiz(&id, &made.title, questions),
        _ => Paper::quiz(&id, &made.title, Vec::new()),
    }
}

/// A title as the name of a file that any system takes.
fn file_name(title: &str, ending: &str) -> String {
    let sound = |sign: char| if sign.is_alphanumeric() || " -_.,()".contains(sign) { sign } else { ' ' };
    let words: String = title.chars().map(sound).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.trim_matches(['.', ' ']).chars().take(NAME_CHARS).collect();
    let words = if words.is_empty() { "study-sharper" } else { words.trim_end() };
    format!("{words}.{ending}")
}

fn nothing(what: &str) -> Problem {
    Problem::new(ProblemCode::NotFound, format!("There is no such {what}."))
}

fn absent(error: StoreError, what: &str) -> Problem {
    match error {
        StoreError::NotFound => nothing(what),
        error => problem_of(error),
    }
}

fn unmade(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "a file could not be made");
    Problem::new(ProblemCode::Internal, "The file could not be made. Try another format.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_is_one_that_any_system_takes() {
        let check = |title: &str, expected: &str| assert_eq!(file_name(title, "csv"), expected, "{title}");
        check("Enzymes", "Enzymes.csv");
        check("Biology::Cells / \"organelles\"\n", "Biology Cells organelles.csv");
        check("../../etc/passwd", "etc passwd.csv");
        check("Zellen (Übersicht) 細胞", "Zellen (Übersicht) 細胞.csv");
        check("…", "study-sharper.csv");
        assert_eq!(file_name(&"a".repeat(500), "md").len(), 83);
    }

    #[test]
    fn what_a_text_of_cards_is_its_first_signs_say() {
        let cards = |name: &str, text: &str| table(name, text.as_bytes()).map(|deck| deck.cards.len());
        assert_eq!(cards("a.csv", "What is ATP?,A carrier of energy\n").unwrap(), 1);
        assert_eq!(cards("a.txt", "What is ATP?\tA carrier of energy\nb\tc\n").unwrap(), 2);
        assert_eq!(cards("a.txt", "Q: What is ATP?\nA: A carrier of energy\n").unwrap(), 1);
        for (name, text) in
            [("a.csv", " \n"), ("a.csv", "one column\n"), ("a.json", "{\"a\": 1}"), ("a.md", "words")]
        {
            assert!(cards(name, text).is_err(), "{name}: {text}");
        }
        assert!(table("a.csv", &[0xff, 0xfe, 0x00]).is_err());
    }
}
