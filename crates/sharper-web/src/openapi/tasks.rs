//! The body of a request for work: one shape for each task, for each has its own options.

use std::borrow::Cow;

use serde_json::{Value, json};
use sharper_domain::request::{COUNT_MAX, LIST_MAX, MESSAGE_CHARS, NOTES_MAX, TOPIC_CHARS};
use sharper_domain::{QuestionKind, TaskKind};
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, OneOfBuilder, SchemaFormat, SchemaType};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::parameters::NAME;

/// A request for work, by its `type`.
pub(super) struct TaskRequest;

impl PartialSchema for TaskRequest {
    fn schema() -> RefOr<Schema> {
        let what =
            "A request for work. What is absent or null is left to us; fields not named here are not read.";
        let one_of = OneOfBuilder::new().description(Some(what));
        TaskKind::ALL
            .into_iter()
            .fold(one_of, |one_of, kind| one_of.item(Ref::from_schema_name(name_of(kind))))
            .into()
    }
}

impl ToSchema for TaskRequest {
    fn name() -> Cow<'static, str> {
        "TaskRequest".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(TaskKind::ALL.map(|kind| (name_of(kind).to_owned(), request(kind))));
    }
}

fn name_of(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Chat => "ChatRequest",
        TaskKind::FlashcardGeneration => "FlashcardRequest",
        TaskKind::QuizGeneration => "QuizRequest",
        TaskKind::ExamGeneration => "ExamRequest",
        TaskKind::SummaryGeneration => "SummaryRequest",
        TaskKind::NoteAnalysis => "AnalysisRequest",
        TaskKind::StudyPlan => "PlanRequest",
    }
}

fn request(kind: TaskKind) -> RefOr<Schema> {
    let notes = listed(NOTES_MAX, uuid()).description(Some("Work from these notes of yours and no others."));
    let stream =
        "The name of the stream; made when absent. A UUID of your own may be streamed before it is posted.";
    let user = "Where nobody signs in it names the user, else it is your own or absent.";
    let name = |what| {
        or_null(Type::String)
            .min_length(Some(1))
            .max_length(Some(128))
            .pattern(Some(NAME))
            .description(Some(what))
    };
    let message = or_null(Type::String).max_length(Some(MESSAGE_CHARS));
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("type", ObjectBuilder::new().schema_type(Type::String).enum_values(Some([kind.as_str()])))
        .required("type")
        .property("message", message.description(Some("The student's words; the question of a chat.")))
        .property("options", options(kind))
        .property("explicit_note_ids", notes)
        .property("session_id", name(stream))
        .property("user_id", name(user))
        .into()
}

/// What may be chosen. A chat may turn out to ask for any of the others, so it takes the options of all.
fn options(kind: TaskKind) -> ObjectBuilder {
    let difficulty = "How hard.";
    let mut options = or_null(Type::Object)
        .property("content", content().description(Some("Text to work from; it is kept as a note.")))
        .property("fresh", fresh())
        .property("difficulty", words(&["easy", "medium", "hard", "adaptive"]).description(Some(difficulty)))
        .property("topic", topic());
    for task in TaskKind::ALL {
        if task == kind || kind == TaskKind::Chat {
            options =
                of_task(task).into_iter().fold(options, |all, (name, schema)| all.property(name, schema));
        }
    }
    options
}

/// The options that one task has and others have not, which are also the fields of its agent alone.
pub(super) fn of_task(kind: TaskKind) -> Vec<(&'static str, RefOr<Schema>)> {
    match kind {
        TaskKind::FlashcardGeneration => vec![("count", number(1, COUNT_MAX, 10).into())],
        TaskKind::QuizGeneration => vec![
            ("question_count", number(1, COUNT_MAX, 10).into()),
            ("question_types", listed(LIST_MAX, kinds(&QuestionKind::QUIZ)).into()),
        ],
        TaskKind::ExamGeneration => {
            vec![("duration_minutes", number(5, 480, 60).into()), ("sections", sections())]
        }
        TaskKind::SummaryGeneration => vec![
            ("length", words(&["short", "medium", "long"]).into()),
            ("style", words(&["bullet_points", "paragraph", "outline"]).into()),
            (
                "focus_areas",
                listed(LIST_MAX, text(TOPIC_CHARS)).description(Some("Only about these.")).into(),
            ),
        ],
        TaskKind::StudyPlan => vec![
            ("days", number(1, 365, 7).into()),
            ("exam_date", date().into()),
            ("daily_minutes", number(5, 720, 45).into()),
        ],
        TaskKind::Chat | TaskKind::NoteAnalysis => Vec::new(),
    }
}

pub(super) fn content() -> ObjectBuilder {
    or_null(Type::String).min_length(Some(1))
}

pub(super) fn topic() -> ObjectBuilder {
    let what = "Only about this; of a plan, topics whose name has one of its words.";
    or_null(Type::String).max_length(Some(TOPIC_CHARS)).description(Some(what))
}

fn fresh() -> ObjectBuilder {
    let what = "Something new even where the same request was answered before.";
    or_null(Type::Boolean).default(Some(Value::Bool(false))).description(Some(what))
}

/// One of these words, or null.
pub(super) fn words(words: &[&str]) -> ObjectBuilder {
    let all = words.iter().map(|word| json!(word)).chain([Value::Null]);
    or_null(Type::String).enum_values(Some(all))
}

/// A whole number within bounds, or null.
pub(super) fn number(least: u32, most: u32, usual: u32) -> ObjectBuilder {
    or_null(Type::Integer).minimum(Some(least)).maximum(Some(most)).default(Some(json!(usual)))
}

/// At most so many, or null.
pub(super) fn listed(most: usize, items: impl Into<RefOr<Schema>>) -> ArrayBuilder {
    let list_or_null = SchemaType::from_iter([Type::Array, Type::Null]);
    ArrayBuilder::new().schema_type(list_or_null).items(items.into()).max_items(Some(most))
}

pub(super) fn uuid() -> ObjectBuilder {
    let format = SchemaFormat::KnownFormat(KnownFormat::Uuid);
    ObjectBuilder::new().schema_type(Type::String).format(Some(format))
}

fn date() -> ObjectBuilder {
    let format = SchemaFormat::KnownFormat(KnownFormat::Date);
    let what = "The day of the exam; the days count up to it.";
    or_null(Type::String).format(Some(format)).description(Some(what))
}

fn text(most: usize) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).max_length(Some(most))
}

fn kinds(kinds: &[QuestionKind]) -> ObjectBuilder {
    let words = kinds.iter().map(|kind| kind.as_str());
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}

/// The sections of an exam: how many, or what they are.
fn sections() -> RefOr<Schema> {
    let named = ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"\S"));
    let spelt_out = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("section_name", or_null(Type::String))
        .property("question_types", listed(LIST_MAX, kinds(&QuestionKind::ALL)))
        .property("question_count", or_null(Type::Integer).minimum(Some(1)).maximum(Some(COUNT_MAX)));
    let list = listed(LIST_MAX, OneOfBuilder::new().item(named).item(spelt_out));
    let count = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(10));
    let what = "How many, or their names, or what each is to hold.";
    OneOfBuilder::new().item(count).item(list).description(Some(what)).into()
}

/// Of this type, or null: null is the same as absent.
pub(super) fn or_null(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null]))
}
