//! The web pages: view structs, templates, messages in six languages and embedded assets. No I/O, no async.
//!
//! A page is a struct that the front door fills and renders (`Template::render`). Text of students and models
//! reaches a page only through the escaping of the templates, and a script only as text content.

pub mod admin;
pub mod analysis;
pub mod assets;
pub mod attempt;
pub mod card;
pub mod exam;
mod fault;
pub mod figure;
pub mod form;
pub mod frame;
pub mod item;
pub mod kind;
pub mod library;
pub mod locale;
pub mod log;
pub mod making;
pub mod markdown;
pub mod note;
pub mod people;
pub mod plan;
pub mod problem;
pub mod progress;
pub mod question;
pub mod quiz;
pub mod session;
pub mod set;
pub mod sets;
pub mod settings;
pub mod study;
pub mod summary;
pub mod today;
pub mod tutor;

pub use analysis::AnalysisPage;
pub use askama::{Error as RenderError, Template};
pub use card::CardView;
pub use exam::{ExamPage, SectionView};
pub use form::MakeForm;
pub use frame::{AuthorInUse, Frame, Visitor};
pub use item::{ItemView, Quote};
pub use kind::Heading;
pub use locale::Locale;
pub use log::{End, Making};
pub use making::MakingPage;
pub use plan::PlanPage;
pub use problem::ProblemPage;
pub use progress::ProgressPage;
pub use question::QuestionView;
pub use quiz::QuizPage;
pub use session::{Review, Session};
pub use set::SetPage;
pub use sets::SetsPage;
pub use sharper_domain::Grade;
pub use study::StudyPage;
pub use summary::SummaryPage;
pub use today::{Amount, Recent, Sample, TodayPage};
pub use tutor::{Conversation, Pending, Reply, Turn, TutorPage};
