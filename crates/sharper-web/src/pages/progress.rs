//! `GET /progress`: how learning goes.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sharper_agents::progress::{Going, Retention};
use sharper_pages::ProgressPage;
use sharper_pages::progress::{DayCount, ExamView, RetentionPart, TopicKnown};

use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::who::Me;

pub(crate) async fn progress(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let now = app.now();
    let Going { waiting, streak_days, days, forecast, retention, topics, exam, .. } =
        reader.had(app.agents.going(me.user(), now).await)?;
    // The forecast begins with the student's day.
    let today = forecast.first().map_or_else(|| now.to_zoned(jiff::tz::TimeZone::UTC).date(), |day| day.date);
    let week = today.checked_sub(jiff::Span::new().days(6)).unwrap_or(today);
    let part = |one: Retention| RetentionPart {
        days: (one.from_days, one.to_days),
        reviews: one.reviews,
        shares: (one.predicted, one.remembered),
    };
    let page = ProgressPage {
        today,
        due: waiting.total(),
        streak: streak_days,
        minutes: days.iter().filter(|day| day.date >= week).map(|day| day.of.minutes).sum(),
        days: days
            .into_iter()
            .map(|day| DayCount { date: day.date, count: day.of.reviews + day.of.attempts })
            .collect(),
        forecast: forecast.into_iter().map(|day| DayCount { date: day.date, count: day.of.cards }).collect(),
        retention: retention.into_iter().map(part).collect(),
        topics: topics
            .into_iter()
            .map(|one| TopicKnown { topic: one.topic, reviews: one.reviews, accuracy: one.accuracy })
            .collect(),
        exam: exam.map(|exam| ExamView {
            at: exam.at,
            title: exam.title,
            href: exam.set_id.map(|set| format!("/study/{set}")),
            recall: exam.recall.zip(exam.between).map(|(recall, (low, high))| (recall, low, high)),
        }),
        frame: reader.frame,
    };
    Ok(html(StatusCode::OK, &page))
}
