//! `GET /`: the page Today for a browser, three words of JSON for a client.

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use sharper_domain::{Body, Material, Problem, SessionId, TaskKind};
use sharper_pages::kind::{address, conversation};
use sharper_pages::{Amount, MakeForm, Recent, Sample, TodayPage};

use super::{PageRefusal, Reader, html, wants_html};
use crate::App;
use crate::routes::who::Me;

/// Things that the page offers to continue, and of one kind at most.
const RECENT: (usize, u32) = (8, 4);
/// The kinds that are looked for, besides cards and conversations.
const KINDS: [TaskKind; 5] = [
    TaskKind::QuizGeneration,
    TaskKind::ExamGeneration,
    TaskKind::SummaryGeneration,
    TaskKind::NoteAnalysis,
    TaskKind::StudyPlan,
];

pub(crate) async fn home(State(app): State<App>, me: Option<Me>, headers: HeaderMap) -> Response {
    match me {
        Some(me) if wants_html(&headers) => {
            return today(&Reader::of(&app, &me, &headers), MakeForm::default(), None).await.into_response();
        }
        None if wants_html(&headers) => return Redirect::to("/sign-in").into_response(),
        _ => {}
    }
    let body = json!({
        "message": "Study Sharper: notes in, checked study material out",
        "version": env!("CARGO_PKG_VERSION"),
        "status": "running",
    });
    ([(header::VARY, HeaderValue::from_static("accept"))], JsonBody(body)).into_response()
}

/// The page, with a form to mend where there is a problem.
pub(super) async fn today(
    reader: &Reader<'_>,
    form: MakeForm,
    problem: Option<Problem>,
) -> Result<Response, PageRefusal> {
    let app = reader.app;
    let samples = app.samples.iter().map(|sample| Sample {
        id: sample.id.to_owned(),
        title: sample.title.to_owned(),
        attribution: sample.attribution.to_owned(),
    });
    let status = problem.as_ref().and_then(|problem| StatusCode::from_u16(problem.code.status()).ok());
    let page = TodayPage {
        frame: reader.frame.clone(),
        form,
        problem,
        most: app.intake.file_limits().and_then(|(most, _)| u64::try_from(most).ok()),
        samples: samples.collect(),
        due: reader.had(app.agents.sit(reader.me.user(), None, 1, app.now()).await)?.waiting.total(),
        recent: recent(reader).await?,
    };
    Ok(html(status.unwrap_or(StatusCode::OK), &page))
}

/// What was made or studied lately, of every kind, the last first.
async fn recent(reader: &Reader<'_>) -> Result<Vec<Recent>, PageRefusal> {
    let (store, user) = (&reader.app.store, reader.me.user());
    let sets = reader.had(store.recent_sets(user.clone(), RECENT.1).await)?;
    let mut recent: Vec<Recent> = sets
        .into_iter()
        .map(|set| Recent {
            kind: TaskKind::FlashcardGeneration,
            href: format!("/study/{}", set.id),
            title: set.title,
            amount: Amount::Cards { cards: set.cards, studied: set.studied },
            when: set.touched_at,
        })
        .collect();
    for kind in KINDS {
        let made = reader.had(store.recent_material(user.clone(), kind, RECENT.1).await)?;
        recent.extend(made.into_iter().map(|made| of_material(reader, made)));
    }
    let talks = reader.had(store.conversations(user.clone(), RECENT.1).await)?;
    recent.extend(talks.into_iter().map(|talk| Recent {
        kind: TaskKind::Chat,
        href: conversation(&talk.session_id),
        title: talk.title,
        amount: Amount::Talk,
        when: talk.updated_at,
    }));
    recent.sort_by_key(|one| std::cmp::Reverse(one.when));
    recent.truncate(RECENT.0);
    Ok(recent)
}

fn of_material(reader: &Reader<'_>, made: Material) -> Recent {
    let kind = made.kind();
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let amount = match &made.body {
        Body::Quiz(questions) => Amount::Questions(count(questions.len())),
        Body::Exam { sections, .. } => {
            Amount::Questions(count(sections.iter().map(|section| section.questions.len()).sum()))
        }
        Body::Summary { points, .. } => Amount::Points(count(points.len())),
        Body::Analysis(findings) => Amount::Findings(count(findings.len())),
        Body::Plan { days, .. } => Amount::Days(count(days.len())),
        Body::Flashcards(_) | Body::Reply { .. } => Amount::Talk,
    };
    // Only a reply is found by its session, and none is among these.
    let href = address(kind, made.id, &SessionId::new(made.created_at));
    let title = match made.title.trim() {
        "" => reader.frame.kind_name(kind).into_owned(),
        title => title.to_owned(),
    };
    Recent { kind, href, title, amount, when: made.created_at }
}
