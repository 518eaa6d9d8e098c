//! `GET /admin/quality`.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sharper_domain::{Fault, TaskKind};
use sharper_pages::admin::{
    AppealView, ExperimentView, FeedbackRow, QualityPage, RejectionRow, Section, TaskQuality, VariantRow,
};
use sharper_store::attempts::Appealed;
use sharper_store::executions::Quality;
use sharper_store::experiments::VariantResults;

use super::{Chosen, address, nano, since};
use crate::App;
use crate::pages::{PageRefusal, Reader, html};
use crate::routes::experiments::{ExperimentReport, reports};
use crate::routes::who::Me;

/// Objections that are shown at once.
const APPEALS: u32 = 20;
/// What students said, at most.
const FEEDBACK: u32 = 50;

/// `GET /admin/quality`.
pub(crate) async fn quality(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Quality, &chosen);
    let begin = since(&app, address.window);
    let found = reader.had(app.store.quality(app.now(), address.window.hours()).await)?;
    let said = reader.had(app.store.recent_feedback(begin, FEEDBACK).await)?;
    let feedback = said.into_iter().map(|said| FeedbackRow {
        at: said.at,
        content_type: said.content_type,
        rating: said.rating,
        text: said.feedback_text,
        issues: said.issues,
    });
    let experiments = reader.had(reports(&app, begin).await)?.into_iter().map(experiment);
    let appeals = reader.had(app.store.waiting_appeals(APPEALS).await)?.into_iter().map(appeal);
    let page = QualityPage {
        appeals: appeals.collect(),
        tasks: tasks(&found),
        rejections: rejections(&found),
        feedback: feedback.collect(),
        experiments: experiments.collect(),
        frame: reader.frame,
        address,
    };
    Ok(html(StatusCode::OK, &page))
}

fn appeal(one: Appealed) -> AppealView {
    AppealView {
        user: one.user_id.to_string(),
        attempt: one.attempt_id.to_string(),
        question_id: one.question.id.to_string(),
        key: one.question.correct_answer.as_str().to_owned(),
        quote: one.question.source.quote,
        question: one.question.question,
        answer: one.answer.answer,
        text: one.answer.appeal.map(|appeal| appeal.text).unwrap_or_default(),
    }
}

/// The word under which feedback speaks of what a task makes.
fn spoken_of(kind: TaskKind) -> &'static [&'static str] {
    match kind {
        TaskKind::FlashcardGeneration => &["flashcard", "flashcards"],
        TaskKind::QuizGeneration => &["quiz", "quizzes"],
        TaskKind::ExamGeneration => &["exam", "exams"],
        TaskKind::SummaryGeneration => &["summary", "summaries"],
        TaskKind::NoteAnalysis => &["analysis", "analyses"],
        TaskKind::StudyPlan => &["plan", "plans", "study_plan"],
        TaskKind::Chat => &["chat"],
    }
}

fn tasks(found: &Quality) -> Vec<TaskQuality> {
    let one = |kind: TaskKind| {
        let items = found.tasks.get(kind.as_str());
        let rated = spoken_of(kind).iter().filter_map(|word| found.feedback.get(*word));
        let (ratings, rating_sum) = rated
            .fold((0, 0.0), |(count, sum), said| (count + said.count, sum + said.rating * said.count as f64));
        (items.is_some() || ratings > 0).then(|| TaskQuality {
            kind,
            passed: items.map_or(0, |items| items.accepted),
            rejected: items.map_or(0, |items| items.rejected + items.withdrawn),
            ratings,
            rating_sum: rating_sum.round() as u64,
        })
    };
    TaskKind::ALL.into_iter().filter_map(one).collect()
}

fn rejections(found: &Quality) -> Vec<RejectionRow> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for fault in found.tasks.values().flat_map(|task| &task.faults) {
        *counts.entry(fault.fault.clone()).or_default() += fault.withdrawn + fault.rejected;
    }
    let known = |(word, count): (String, u64)| {
        let fault: Fault = serde_json::from_value(word.into()).ok()?;
        Some(RejectionRow { fault, count })
    };
    let mut rows: Vec<RejectionRow> = counts.into_iter().filter_map(known).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

fn experiment(report: ExperimentReport) -> ExperimentView {
    let task = report.setup.map_or_else(String::new, |setup| setup.task.to_owned());
    let variants = report.variants.into_iter().map(variant).collect();
    ExperimentView { name: report.experiment, task, variants }
}

fn variant(found: VariantResults) -> VariantRow {
    let mean = found.feedback.mean.unwrap_or_default();
    VariantRow {
        name: found.variant,
        users: found.users,
        runs: found.jobs,
        accepted: found.accepted,
        rejected: found.rejected,
        ratings: found.feedback.count,
        rating_sum: (mean * found.feedback.count as f64).round() as u64,
        nano_usd: found.cost.usd.map(nano),
        reviews: found.reviews.count,
        known: found.reviews.known,
    }
}
