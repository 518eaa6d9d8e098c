//! One of each page and state, filled with text as only an attacker writes it.

pub(crate) mod attempts;
pub(crate) mod library;
pub(crate) mod people;

use std::time::Duration;

use sharper_domain::{
    Author, CardForm, CorrectAnswer, Criterion, Difficulty, Event, Fault, Finding, FindingKind, Flashcard,
    Importance, Item, KeyTerm, MainPoint, MaterialId, PlanDay, PlanSession, Problem, ProblemCode, Question,
    QuestionKind, Scores, SetId, Source, Statement, StudyTopic, SummaryStyle, TaskKind, Timestamp, Verdict,
};
use sharper_pages::{
    Amount, AnalysisPage, AuthorInUse, CardView, Conversation, End, ExamPage, Frame, Grade, Heading, Locale,
    MakeForm, Making, MakingPage, Pending, PlanPage, ProblemPage, QuestionView, QuizPage, Recent, Reply,
    Review, Sample, SectionView, SetPage, StudyPage, SummaryPage, Template, TodayPage, Turn, TutorPage,
    Visitor,
};

/// Text as only an attacker writes it.
pub(crate) const EVIL: &str = r#"</script><img src=x onerror=alert(1)>"'&"#;
/// The id of everything.
pub(crate) const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

pub(crate) fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

pub(crate) fn set_id() -> SetId {
    ID.parse().expect("an id")
}

pub(crate) fn material_id() -> MaterialId {
    ID.parse().expect("an id")
}

pub(crate) fn frame(locale: Locale) -> Frame {
    let author = AuthorInUse::Model(EVIL.into());
    let visitor = Visitor::Account { email: EVIL.into(), admin: true };
    Frame { locale, now: moment("2026-11-23T12:00:00Z"), author, visitor, version: "0.1.0" }
}

fn heading() -> Heading {
    Heading { title: EVIL.into(), created_at: moment("2026-11-20T12:00:00Z"), model_used: EVIL.into() }
}

pub(crate) fn source() -> Source {
    let note_id = ID.parse().expect("an id");
    Source { note_id, note_version: 1, start: 0, end: EVIL.len(), quote: EVIL.into() }
}

pub(crate) fn verdict() -> Verdict {
    Verdict { scores: Scores { safety: 1.0, quality: 1.0, accuracy: 1.0 }, faults: vec![] }
}

pub(crate) fn question(kind: QuestionKind) -> Question {
    let (options, correct_answer) = match kind {
        QuestionKind::MultipleChoice => {
            (vec!["a".to_owned(), EVIL.to_owned()], CorrectAnswer::Text(EVIL.into()))
        }
        QuestionKind::TrueFalse => (vec!["True".into(), "False".into()], CorrectAnswer::Truth(false)),
        QuestionKind::ShortAnswer | QuestionKind::Essay => (vec![], CorrectAnswer::Text(EVIL.into())),
    };
    Question {
        id: ID.parse().expect("an id"),
        kind,
        question: EVIL.into(),
        options,
        correct_answer,
        acceptable_answers: vec![EVIL.into()],
        explanation: "Because.".into(),
        points: 2,
        rubric: vec![Criterion { criterion: EVIL.into(), points: 1, quote: EVIL.into() }],
        section: None,
        topic: EVIL.into(),
        difficulty: Difficulty::Hard,
        source: source(),
        verdict: verdict(),
        author: Author::Model,
    }
}

pub(crate) fn point(importance: Importance, heading: &str) -> MainPoint {
    MainPoint {
        point: EVIL.into(),
        details: EVIL.into(),
        importance,
        heading: heading.into(),
        sources: vec![source(), source()],
        verdict: Some(verdict()),
    }
}

fn term() -> KeyTerm {
    KeyTerm { term: EVIL.into(), definition: EVIL.into(), source: source(), verdict: Some(verdict()) }
}

pub(crate) fn statement() -> Statement {
    Statement { text: EVIL.into(), sources: vec![source()], verdict: Some(verdict()) }
}

fn finding(kind: FindingKind) -> Finding {
    Finding {
        kind,
        point: EVIL.into(),
        details: EVIL.into(),
        topic: EVIL.into(),
        sources: vec![source()],
        verdict: Some(verdict()),
    }
}

fn topic() -> StudyTopic {
    StudyTopic {
        topic: EVIL.into(),
        why: EVIL.into(),
        weight: 0.5,
        words: 100,
        mastery: Some(0.25),
        source: source(),
        verdict: Some(verdict()),
    }
}

fn flashcard() -> Flashcard {
    Flashcard {
        id: ID.parse().expect("an id"),
        set_id: set_id(),
        position: 0,
        question: EVIL.into(),
        answer: EVIL.into(),
        explanation: Some(EVIL.into()),
        topic: EVIL.into(),
        difficulty: Difficulty::Hard,
        form: CardForm::Fact,
        source: Some(source()),
        verdict: Some(verdict()),
        author: Author::Offline,
        created_at: moment("2026-11-20T12:00:00Z"),
    }
}

/// An item of every kind.
pub(crate) fn items() -> Vec<Item> {
    let mut items = vec![Item::Card(flashcard())];
    items.extend(QuestionKind::ALL.map(|kind| Item::Question(question(kind))));
    items.extend([
        Item::Point(point(Importance::High, EVIL)),
        Item::Term(term()),
        Item::Statement(statement()),
        Item::Finding(finding(FindingKind::Gap)),
        Item::Topic(topic()),
    ]);
    items
}

/// The log of a job that told an item of every kind, took one back and turned one away.
pub(crate) fn log() -> Making {
    let mut events: Vec<Event> = (1..)
        .zip(items())
        .map(|(number, item)| Event::Item {
            number,
            requested: 10,
            material: MaterialId::new(Timestamp::UNIX_EPOCH),
            author: Author::Model,
            item: Box::new(item),
        })
        .collect();
    events.push(Event::Withdrawn { number: 2, fault: Fault::Unsupported });
    events.push(Event::Rejected { fault: Fault::Duplicate, count: 1 });
    let told: Vec<String> =
        events.iter().map(|event| event.to_json(moment("2026-11-23T12:00:00Z"))).collect();
    Making::replay((1..).zip(told.iter().map(String::as_str)))
}

pub(crate) fn today(locale: Locale, recent: bool, problem: Option<ProblemCode>) -> String {
    let form = MakeForm {
        notes: EVIL.into(),
        title: EVIL.into(),
        question: EVIL.into(),
        count: "other".into(),
        count_other: "37".into(),
        ..MakeForm::default()
    };
    let one = |kind, href: &str, amount| Recent {
        kind,
        href: href.into(),
        title: EVIL.into(),
        amount,
        when: moment("2026-11-22T12:00:00Z"),
    };
    let recents = vec![
        one(TaskKind::FlashcardGeneration, "/study/1", Amount::Cards { cards: 20, studied: 3 }),
        one(TaskKind::QuizGeneration, "/quizzes/1", Amount::Questions(1)),
        one(TaskKind::SummaryGeneration, "/summaries/1", Amount::Points(2)),
        one(TaskKind::NoteAnalysis, "/analyses/1", Amount::Findings(3)),
        one(TaskKind::StudyPlan, "/plans/1", Amount::Days(7)),
        one(TaskKind::Chat, "/tutor/1", Amount::Talk),
    ];
    let page = TodayPage {
        due: 3,
        frame: frame(locale),
        form,
        problem: problem.map(|code| Problem::new(code, EVIL)),
        samples: vec![Sample { id: EVIL.into(), title: EVIL.into(), attribution: EVIL.into() }],
        most: Some(25 << 20),
        recent: if recent { recents } else { vec![] },
    };
    page.render().expect("renders")
}

pub(crate) fn making(locale: Locale, end: Option<End>) -> String {
    let making = Making { step: 3, message: EVIL.into(), end, ..log() };
    let session_id = "stream-1".parse().expect("an id");
    let kind = TaskKind::QuizGeneration;
    let page =
        MakingPage { frame: frame(locale), session_id, title: EVIL.into(), kind, requested: 5, making };
    page.render().expect("renders")
}

/// A job that was done.
pub(crate) fn done(kind: TaskKind) -> Option<End> {
    Some(End::Done { kind, id: material_id(), message: EVIL.into(), degraded: Some(EVIL.into()) })
}

pub(crate) fn study(locale: Locale, grades: &[(&str, Grade)], shown: Option<&str>) -> String {
    let cards = vec![card("one"), card("two")];
    let reviews = grades.iter().map(|(id, grade)| Review { card_id: (*id).into(), grade: *grade }).collect();
    let set = Some((set_id(), EVIL.to_owned(), false, false));
    let page = StudyPage::new(frame(locale), set, cards, "s1".into(), reviews);
    page.at(shown.map(str::to_owned), shown.is_some(), None, "r1".into()).render().expect("renders")
}

pub(crate) fn card(id: &str) -> CardView {
    CardView { id: id.into(), ..CardView::from(&flashcard()) }
}

pub(crate) fn set(locale: Locale, cards: Vec<CardView>) -> String {
    let created_at = moment("2026-11-20T12:00:00Z");
    let (exam, new_per_day, ready) =
        (Some("2026-12-01".parse().expect("a day")), Some(5), Some((0.8, 0.7, 0.9)));
    let (frame, title) = (frame(locale), EVIL.to_owned());
    SetPage { frame, id: set_id(), title, created_at, exam, new_per_day, ready, cards }
        .render()
        .expect("renders")
}

fn views(locale: Locale, kinds: &[QuestionKind]) -> Vec<QuestionView> {
    (1..).zip(kinds).map(|(number, kind)| QuestionView::of(number, &question(*kind), locale)).collect()
}

pub(crate) fn quiz(locale: Locale) -> String {
    let questions = views(locale, &QuestionKind::QUIZ);
    let (id, taken) = (material_id(), attempts::taken());
    QuizPage { frame: frame(locale), heading: heading(), id, taken, questions, minutes: 6 }
        .render()
        .expect("renders")
}

pub(crate) fn exam(locale: Locale) -> String {
    let section =
        SectionView { name: EVIL.into(), minutes: 20, questions: views(locale, &QuestionKind::ALL) };
    let sections = vec![section];
    let (frame, id, taken) = (frame(locale), material_id(), vec![]);
    ExamPage { frame, heading: heading(), id, taken, duration_minutes: 30, sections }
        .render()
        .expect("renders")
}

pub(crate) fn summary(locale: Locale, style: SummaryStyle) -> String {
    let points =
        vec![point(Importance::High, EVIL), point(Importance::Low, ""), point(Importance::Low, EVIL)];
    let (frame, heading, terms) = (frame(locale), heading(), vec![term()]);
    SummaryPage { frame, id: material_id(), heading, style, points, terms, words: 80, minutes: 1 }
        .render()
        .expect("renders")
}

pub(crate) fn analysis(locale: Locale) -> String {
    let findings = FindingKind::ALL.map(finding).into();
    AnalysisPage { frame: frame(locale), heading: heading(), findings }.render().expect("renders")
}

pub(crate) fn plan(locale: Locale) -> String {
    let activity = |activity| PlanSession { topic: EVIL.into(), activity, minutes: 20, task: EVIL.into() };
    use sharper_domain::Activity::{Learn, MockExam, Practise, Review};
    let sessions = [Learn, Review, Practise, MockExam].map(activity).into();
    let date = Some("2026-06-30".parse().expect("a date"));
    let days = vec![PlanDay { day: 1, date, minutes: 80, sessions }];
    PlanPage {
        frame: frame(locale),
        id: material_id(),
        heading: heading(),
        topics: vec![topic()],
        days,
        done: vec![1],
    }
    .render()
    .expect("renders")
}

pub(crate) fn tutor(locale: Locale, turns: Vec<Turn>, end: Option<Option<End>>) -> String {
    let session: sharper_domain::SessionId = "talk-1".parse().expect("an id");
    let pending =
        end.map(|end| Pending { question: EVIL.into(), making: Making { end, ..Making::default() } });
    let when = moment("2026-11-22T12:00:00Z");
    let others = vec![Conversation { session: session.clone(), title: EVIL.into(), when }];
    let refused = Some((EVIL.to_owned(), Problem::new(ProblemCode::InvalidRequest, EVIL)));
    let (search, about) = (EVIL.to_owned(), Some((EVIL.to_owned(), false)));
    TutorPage { frame: frame(locale), session: Some(session), turns, pending, others, search, about, refused }
        .render()
        .expect("renders")
}

/// A question and its reply.
pub(crate) fn talk() -> Vec<Turn> {
    let reply = Reply::of(EVIL, &[statement(), statement()], |_| EVIL.into());
    vec![Turn::Student(EVIL.into()), Turn::Tutor(reply), Turn::Tutor(Reply::default())]
}

pub(crate) fn problem(locale: Locale, code: ProblemCode) -> String {
    let problem = Problem::new(code, EVIL).retry_after(Duration::from_secs(200));
    ProblemPage { frame: frame(locale), problem, request_id: EVIL.into() }.render().expect("renders")
}
