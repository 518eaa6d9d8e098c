//! Assembly: accepted items become what was asked for: a set, a quiz, an exam in its sections, a plan by day.

use jiff::civil::Date;
use sharper_domain::{
    Body, ContextUsed, ExamOptions, ExamSection, Item, KeyTerm, MainPoint, NoteId, PlanOptions, Question,
    Request, StudyTopic, SummaryStyle, TaskKind, Timestamp, exam,
};
use sharper_study::compose;

use crate::context::Gathered;
use crate::tasks::offline::exam_sections;

/// The body of what was made of these items.
pub(crate) fn body(
    kind: TaskKind,
    items: Vec<Item>,
    request: &Request,
    gathered: &Gathered,
    title: &str,
    by_model: bool,
    now: Timestamp,
) -> Body {
    match kind {
        TaskKind::FlashcardGeneration => {
            let cards = items.into_iter().filter_map(|item| match item {
                Item::Card(card) => Some(card),
                _ => None,
            });
            // Places are given anew: an item that was taken back leaves a gap.
            let placed = (0..).zip(cards).map(|(position, mut card)| {
                card.position = position;
                card
            });
            Body::Flashcards(placed.collect())
        }
        TaskKind::QuizGeneration => Body::Quiz(questions(items)),
        TaskKind::ExamGeneration => Body::Exam {
            duration_minutes: request.exam.duration_minutes,
            sections: sections(questions(items), &request.exam),
        },
        TaskKind::SummaryGeneration => summary(items, request.summary.style, by_model),
        TaskKind::Chat => reply(items, request, gathered, by_model),
        TaskKind::NoteAnalysis => Body::Analysis(
            items
                .into_iter()
                .filter_map(|item| match item {
                    Item::Finding(finding) => Some(finding),
                    _ => None,
                })
                .collect(),
        ),
        TaskKind::StudyPlan => plan(items, request, gathered, title, now),
    }
}

fn questions(items: Vec<Item>) -> Vec<Question> {
    let question = |item| match item {
        Item::Question(question) => Some(question),
        _ => None,
    };
    items.into_iter().filter_map(question).collect()
}

/// Questions under the sections they belong to, in the order of the blueprint, with the time that those of each take.
fn sections(questions: Vec<Question>, options: &ExamOptions) -> Vec<ExamSection> {
    let mut sections: Vec<ExamSection> = Vec::new();
    let blueprint = exam_sections(options);
    for spec in &blueprint {
        sections.push(ExamSection {
            section_name: spec.name.clone(),
            time_estimate_minutes: 0,
            questions: Vec::new(),
        });
    }
    for question in questions {
        let named = question.section.as_deref().unwrap_or_default();
        let place = sections.iter().position(|section| section.section_name.eq_ignore_ascii_case(named));
        let of_kind = || blueprint.iter().position(|spec| spec.question_types.contains(&question.kind));
        let place = match place {
            Some(place) => place,
            // A section that the author made for itself, as the offline author does for a short exam.
            None if !named.is_empty() && options.sections.is_empty() => {
                sections.push(ExamSection {
                    section_name: named.to_owned(),
                    time_estimate_minutes: 0,
                    questions: Vec::new(),
                });
                sections.len() - 1
            }
            None => of_kind().unwrap_or(0),
        };
        if let Some(section) = sections.get_mut(place) {
            section.questions.push(question);
        }
    }
    sections.retain(|section| !section.questions.is_empty());
    let minutes = |section: &ExamSection| -> f64 {
        section.questions.iter().map(|question| exam::minutes_of(question.kind)).sum()
    };
    let all: f64 = sections.iter().map(minutes).sum();
    for section in &mut sections {
        // Fewer questions than fit leave time over; more share it.
        let share = minutes(section) * (f64::from(options.duration_minutes) / all.max(1.0)).min(1.0);
        section.time_estimate_minutes = (share.ceil() as u32).max(1);
    }
    sections
}

/// The offline author gives its points in the order of the style. A model's that were mended came last, and are put where
/// they belong.
fn summary(items: Vec<Item>, style: SummaryStyle, by_model: bool) -> Body {
    let (mut points, mut terms): (Vec<MainPoint>, Vec<KeyTerm>) = (Vec::new(), Vec::new());
    for item in items {
        match item {
            Item::Point(point) => points.push(point),
            Item::Term(term) => terms.push(term),
            _ => {}
        }
    }
    match style {
        SummaryStyle::BulletPoints if by_model => points.sort_by_key(|point| point.importance),
        SummaryStyle::Outline if by_model => points.sort_by_key(|point| {
            let first = point.sources.first();
            first.map(|source| (source.note_id, source.start))
        }),
        _ => {}
    }
    Body::Summary { points, terms }
}

fn reply(items: Vec<Item>, request: &Request, gathered: &Gathered, by_model: bool) -> Body {
    let statement = |item| match item {
        Item::Statement(statement) => Some(statement),
        _ => None,
    };
    let statements: Vec<sharper_domain::Statement> = items.into_iter().filter_map(statement).collect();
    let mut titles: Vec<(NoteId, String)> = Vec::new();
    for source in statements.iter().flat_map(|statement| &statement.sources) {
        if !titles.iter().any(|(id, _)| *id == source.note_id) {
            let note = gathered.texts.iter().find(|note| note.id == source.note_id);
            titles.push((source.note_id, note.map(|note| note.title.clone()).unwrap_or_default()));
        }
    }
    let context = ContextUsed {
        notes_count: gathered.looked_at,
        has_conversation_history: !gathered.conversation.is_empty(),
        has_progress_data: by_model && !gathered.mastery.is_empty(),
    };
    Body::Reply { question: request.message.clone(), statements, titles, context }
}

/// The day it is, in UTC.
pub(crate) fn today(now: Timestamp) -> Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// How many days a plan has, and the first where the exam's date is given: the exam is on the last day's morrow.
pub(crate) fn days(options: &PlanOptions, now: Timestamp) -> (u32, Option<Date>) {
    let today = today(now);
    match options.exam_date {
        Some(exam) => {
            let days = today.until((jiff::Unit::Day, exam)).map_or(1, |span| span.get_days());
            (u32::try_from(days).unwrap_or(1).clamp(1, DAYS_MOST), Some(today))
        }
        None => (options.days, None),
    }
}

/// Days of a plan at most.
const DAYS_MOST: u32 = 365;

/// The topics weighed against each other, and the days that they fill.
fn plan(items: Vec<Item>, request: &Request, gathered: &Gathered, title: &str, now: Timestamp) -> Body {
    let topic = |item| match item {
        Item::Topic(topic) => Some(topic),
        _ => None,
    };
    let mut topics: Vec<StudyTopic> = items.into_iter().filter_map(topic).collect();
    let place = |topic: &StudyTopic| {
        let text = gathered.texts.iter().position(|note| note.id == topic.source.note_id);
        (text, topic.source.start)
    };
    // What the notes tell first is learned first.
    topics.sort_by_key(place);
    describe(&mut topics, gathered);
    let all: f64 = topics.iter().map(|topic| topic.weight).sum();
    for topic in &mut topics {
        topic.weight = (topic.weight / all * 1000.0).round().max(1.0) / 1000.0;
    }
    let (days, start) = days(&request.plan, now);
    let days = compose::schedule(&topics, days, start, request.plan.daily_minutes, title);
    topics.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Body::Plan { topics, days }
}

/// What a model does not count: the words of a topic (up to where the next begins), and how well it is known.
fn describe(topics: &mut [StudyTopic], gathered: &Gathered) {
    for at in 0..topics.len() {
        let next = topics.get(at + 1).map(|next| (next.source.note_id, next.source.start));
        let topic = &mut topics[at];
        let Some(note) = gathered.texts.iter().find(|note| note.id == topic.source.note_id) else { continue };
        let end = next.filter(|(id, _)| *id == note.id).map_or(note.content.len(), |(_, start)| start);
        if topic.words == 0 {
            let text = note.content.get(topic.source.start..end).unwrap_or_default();
            topic.words = u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
        }
        if topic.mastery.is_none() {
            let known = gathered.mastery.iter().find(|(name, _)| name.eq_ignore_ascii_case(&topic.topic));
            topic.mastery = known.map(|(_, mastery)| *mastery);
        }
    }
}
