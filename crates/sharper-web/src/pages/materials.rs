//! The pages of what was made: `/quizzes/…`, `/exams/…`, `/summaries/…`, `/analyses/…`, `/plans/…`.

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sharper_domain::{
    Body, ExamSection, FieldError, Material, MaterialId, Problem, Question, Summary, SummaryContent,
    TaskKind, exam,
};
use sharper_pages::attempt::PrintPage;
use sharper_pages::{
    AnalysisPage, ExamPage, Heading, PlanPage, QuestionView, QuizPage, SectionView, SummaryPage,
    summary as shapes,
};

use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::who::Me;

/// In which shape a summary is shown.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Shape {
    style: Option<String>,
}

pub(crate) async fn quiz(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let (heading, body) = reader.material(TaskKind::QuizGeneration, &id).await?;
    let Body::Quiz(questions) = body else { return Err(reader.no_such("quiz")) };
    let id: MaterialId = id.parse().map_err(|_| reader.no_such("quiz"))?;
    let page = QuizPage {
        heading,
        id,
        taken: reader.taken(id).await?,
        questions: reader.views(1, &questions),
        minutes: minutes(&questions),
        frame: reader.frame,
    };
    Ok(html(StatusCode::OK, &page))
}

pub(crate) async fn exam(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let (heading, body) = reader.material(TaskKind::ExamGeneration, &id).await?;
    let Body::Exam { duration_minutes, sections } = body else { return Err(reader.no_such("exam")) };
    let id: MaterialId = id.parse().map_err(|_| reader.no_such("exam"))?;
    let (taken, sections) = (reader.taken(id).await?, reader.sections(sections));
    Ok(html(
        StatusCode::OK,
        &ExamPage { heading, id, taken, duration_minutes, sections, frame: reader.frame },
    ))
}

/// `GET /quizzes/{id}/print`.
pub(crate) async fn quiz_print(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let kind = TaskKind::QuizGeneration;
    let (heading, body) = reader.material(kind, &id).await?;
    let Body::Quiz(questions) = body else { return Err(reader.no_such("quiz")) };
    let minutes = minutes(&questions);
    let all = SectionView { name: String::new(), minutes, questions: reader.views(1, &questions) };
    let paper = format!("/quizzes/{id}");
    let page = PrintPage { heading, kind, minutes, sections: vec![all], paper, frame: reader.frame };
    Ok(html(StatusCode::OK, &page))
}

/// `GET /exams/{id}/print`.
pub(crate) async fn exam_print(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let kind = TaskKind::ExamGeneration;
    let (heading, body) = reader.material(kind, &id).await?;
    let Body::Exam { duration_minutes, sections } = body else { return Err(reader.no_such("exam")) };
    let (sections, paper) = (reader.sections(sections), format!("/exams/{id}"));
    let page = PrintPage { heading, kind, minutes: duration_minutes, sections, paper, frame: reader.frame };
    Ok(html(StatusCode::OK, &page))
}

/// Minutes that questions take.
fn minutes(questions: &[Question]) -> u32 {
    let minutes: f64 = questions.iter().map(|question| exam::minutes_of(question.kind)).sum();
    minutes.ceil() as u32
}

pub(crate) async fn summary(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(shape): Query<Shape>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let (heading, body) = reader.material(TaskKind::SummaryGeneration, &id).await?;
    let Body::Summary { points, terms } = body else { return Err(reader.no_such("summary")) };
    let wanted = shape.style.as_deref().and_then(|style| style.parse().ok());
    let told = SummaryContent::of(Summary { title: String::new(), main_points: points, key_terms: terms });
    let page = SummaryPage {
        // The address held a sound id, or nothing would have been found.
        id: id.parse().map_err(|_| reader.no_such("summary"))?,
        heading,
        style: wanted.unwrap_or_else(|| shapes::style_of(&told.summary.main_points)),
        points: told.summary.main_points,
        terms: told.summary.key_terms,
        words: told.word_count,
        minutes: told.estimated_reading_time_minutes,
        frame: reader.frame,
    };
    Ok(html(StatusCode::OK, &page))
}

pub(crate) async fn analysis(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let (heading, body) = reader.material(TaskKind::NoteAnalysis, &id).await?;
    let Body::Analysis(findings) = body else { return Err(reader.no_such("analysis")) };
    Ok(html(StatusCode::OK, &AnalysisPage { heading, findings, frame: reader.frame }))
}

pub(crate) async fn plan(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let (heading, body) = reader.material(TaskKind::StudyPlan, &id).await?;
    let Body::Plan { topics, days } = body else { return Err(reader.no_such("plan")) };
    let id: MaterialId = id.parse().map_err(|_| reader.no_such("plan"))?;
    let done = reader.had(app.store.followed(me.user().clone(), id).await)?.done;
    Ok(html(StatusCode::OK, &PlanPage { id, heading, topics, days, done, frame: reader.frame }))
}

/// `POST /plans/{id}/tick`: a day of it is done (`done`), or is not.
pub(crate) async fn tick_day(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let (_, body) = reader.material(TaskKind::StudyPlan, &id).await?;
    let Body::Plan { days, .. } = body else { return Err(reader.no_such("plan")) };
    let id: MaterialId = id.parse().map_err(|_| reader.no_such("plan"))?;
    let day: Option<u32> = typed.line("day").parse().ok();
    let Some(day) = day.filter(|number| days.iter().any(|day| day.day == *number)) else {
        let wrong = FieldError::new("/day", "must be the number of a day of this plan");
        return Err(reader.refuse(Problem::invalid(vec![wrong])));
    };
    let done = !typed.line("done").is_empty();
    reader.had(app.store.tick_plan_day(me.user().clone(), id, day, done).await)?;
    Ok(Redirect::to(&format!("/plans/{id}#day-{day}")).into_response())
}

impl Reader<'_> {
    /// The material that an address names, if it is the reader's.
    async fn material(&self, kind: TaskKind, id: &str) -> Result<(Heading, Body), PageRefusal> {
        let id: MaterialId = id.parse().map_err(|_| self.no_such("page"))?;
        let user = self.me.user().clone();
        let made: Material = self.had(self.app.store.material(user, kind, id).await)?;
        let heading = Heading { title: made.title, created_at: made.created_at, model_used: made.model_used };
        Ok((heading, made.body))
    }

    /// The sections of an exam, their questions numbered through.
    fn sections(&self, sections: Vec<ExamSection>) -> Vec<SectionView> {
        let mut first = 1;
        let view = |section: ExamSection| {
            let questions = self.views(first, &section.questions);
            first += u32::try_from(questions.len()).unwrap_or(0);
            SectionView { name: section.section_name, minutes: section.time_estimate_minutes, questions }
        };
        sections.into_iter().map(view).collect()
    }

    fn views(&self, first: u32, questions: &[Question]) -> Vec<QuestionView> {
        let view = |(number, question)| QuestionView::of(number, question, self.frame.locale);
        (first..).zip(questions).map(view).collect()
    }
}
