//! The web pages: view structs, templates, messages in six languages and embedded assets. No I/O, no async.
//!
//! A page is a struct that the front door fills and renders (`Template::render`). Text of students and models
//! reaches a page only through the escaping of the templates, and a script only as text content.

pub mod assets;
pub mod card;
pub mod frame;
pub mod locale;
pub mod making;
pub mod problem;
pub mod session;
pub mod set;
pub mod study;
pub mod today;

pub use askama::{Error as RenderError, Template};
pub use card::CardView;
pub use frame::{AuthorInUse, Frame};
pub use locale::Locale;
pub use making::{End, Making, MakingPage};
pub use problem::ProblemPage;
pub use session::{Review, Session};
pub use set::SetPage;
pub use sharper_domain::Grade;
pub use study::StudyPage;
pub use today::{CountChoice, MakeForm, RecentSet, Sample, TodayPage};
