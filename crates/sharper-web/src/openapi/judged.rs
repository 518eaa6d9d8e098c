//! The judges alone: safety, accuracy, quality, and the three of them.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_domain::ProblemCode;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, OneOfBuilder, SchemaType};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use super::alone::{Report, agent, enveloped};
use super::operation::Operation;

/// What may reach a student is to be told.
#[derive(ToSchema)]
struct SafetyRequest {
    #[schema(schema_with = to_judge)]
    content: Value,
    #[schema(max_length = 64)]
    content_type: Option<String>,
    /// `elementary_school`, `high_school`, `college`, …; teens where none is given, children where it is not known.
    #[schema(max_length = 64)]
    age_group: Option<String>,
}

/// Whether a source bears a content out is to be told.
#[derive(ToSchema)]
struct AccuracyRequest {
    #[schema(schema_with = to_judge)]
    generated_content: Value,
    #[schema(min_length = 1, pattern = r"\S")]
    source_material: String,
    #[schema(max_length = 64)]
    content_type: Option<String>,
}

/// Whether a content is good to study with is to be told.
#[derive(ToSchema)]
struct QualityRequest {
    #[schema(schema_with = to_judge)]
    content: Value,
    /// `flashcards`, `quiz`, `exam`, `summary`, `chat`; others are held to the thresholds of other content.
    #[schema(max_length = 64)]
    content_type: Option<String>,
}

/// All three are to be told.
#[derive(ToSchema)]
struct ValidationRequest {
    #[schema(schema_with = to_judge)]
    content: Value,
    #[schema(max_length = 64)]
    content_type: Option<String>,
    /// Without it nothing is said of accuracy.
    source_material: Option<String>,
    #[schema(max_length = 64)]
    age_group: Option<String>,
}

#[derive(ToSchema)]
struct SafetyFound {
    is_safe: bool,
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
    #[schema(minimum = 0, maximum = 1)]
    safety_score: f64,
    /// Categories.
    concerns: Vec<String>,
    concern_details: Vec<Concern>,
    recommendations: Vec<String>,
    overall_assessment: String,
    age_group: AgeGroup,
}

#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
enum AgeGroup {
    Child,
    Teen,
    Adult,
}

#[derive(ToSchema)]
struct Concern {
    category: String,
    severity: Severity,
    excerpt: String,
}

#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Low,
    Medium,
    High,
}

#[derive(ToSchema)]
struct AccuracyFound {
    /// Every statement is borne out.
    is_accurate: bool,
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
    /// The mean.
    #[schema(minimum = 0, maximum = 1)]
    accuracy_score: f64,
    issues_found: Vec<Inaccuracy>,
    corrections_needed: Vec<Correction>,
    overall_assessment: String,
    statements: u64,
    statements_supported: u64,
}

#[derive(ToSchema)]
struct Inaccuracy {
    /// A JSON pointer, or `content`.
    location: String,
    issue: String,
    severity: Severity,
}

#[derive(ToSchema)]
struct Correction {
    item: String,
    correction: String,
}

#[derive(ToSchema)]
struct QualityFound {
    /// No text is under `minimum_score`.
    meets_standards: bool,
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
    /// The mean.
    #[schema(minimum = 0, maximum = 1)]
    quality_score: f64,
    strengths: Vec<String>,
    weaknesses: Vec<Weakness>,
    improvements_needed: Vec<String>,
    overall_assessment: String,
    #[schema(minimum = 0, maximum = 1)]
    minimum_score: f64,
}

#[derive(ToSchema)]
struct Weakness {
    issue: String,
    severity: Severity,
    suggestion: String,
    /// JSON pointers.
    locations: Vec<String>,
}

/// A name without parameters, as the derivation of schemas asks for.
type SafetyReport = Report<SafetyFound>;
type AccuracyReport = Report<AccuracyFound>;
type QualityReport = Report<QualityFound>;

/// What the three of them found.
#[derive(ToSchema)]
struct FullValidation {
    success: bool,
    #[schema(required)]
    error: Option<String>,
    execution_time_ms: u64,
    tokens_used: u64,
    model_used: String,
    overall_passed: bool,
    summary: ScoresFound,
    safety: SafetyReport,
    quality: QualityReport,
    /// Null without a source.
    #[schema(required)]
    accuracy: Option<AccuracyReport>,
}

#[derive(ToSchema)]
struct ScoresFound {
    #[schema(minimum = 0, maximum = 1)]
    safety_score: f64,
    #[schema(minimum = 0, maximum = 1)]
    quality_score: f64,
    #[schema(required, minimum = 0, maximum = 1)]
    accuracy_score: Option<f64>,
}

/// A text, or JSON whose strings are texts.
fn to_judge() -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"\S"));
    let fields = ObjectBuilder::new().schema_type(Type::Object).min_properties(Some(1));
    let list =
        ArrayBuilder::new().items(ObjectBuilder::new().schema_type(SchemaType::any())).min_items(Some(1));
    let what = "A text, or JSON that holds at least one text that says something.";
    OneOfBuilder::new().item(text).item(fields).item(list).description(Some(what)).into()
}

pub(super) fn operations() -> Vec<Operation> {
    vec![safety(), accuracy(), quality(), full_validation()]
}

fn safe() -> Value {
    json!({"is_safe": true, "confidence": 1.0, "safety_score": 1.0, "concerns": [], "concern_details": [],
        "recommendations": [], "overall_assessment": "Nothing in it speaks against showing it to a student.",
        "age_group": "teen"})
}

fn accurate() -> Value {
    json!({"is_accurate": true, "confidence": 1.0, "accuracy_score": 1.0, "issues_found": [], "corrections_needed": [],
        "overall_assessment": "The source bears it out.", "statements": 1, "statements_supported": 1})
}

fn good() -> Value {
    json!({"meets_standards": true, "confidence": 0.9, "quality_score": 0.95, "strengths": ["asks one clear thing"],
        "weaknesses": [], "improvements_needed": [], "overall_assessment": "It is good enough to study with.",
        "minimum_score": 0.7})
}

fn safety() -> Operation {
    agent(
        "/api/ai/test-safety",
        "Tell whether a content may reach a student",
        "All strings of the content count.",
    )
    .reads::<SafetyRequest>(json!({"content": "Enzymes speed reactions up.", "age_group": "high_school"}))
    .gives::<Report<SafetyFound>>(200, "What was found.", enveloped(safe()))
}

fn accuracy() -> Operation {
    let says = json!({"generated_content": "Enzymes are proteins.", "source_material": "Enzymes are proteins that speed \
        reactions up."});
    let what = "At most 1,000 statements at once. An item with a number or a name that its passage does not have is \
                wrong, however much of the rest is right.";
    agent("/api/ai/test-accuracy", "Tell whether a source bears a content out", what)
        .reads::<AccuracyRequest>(says)
        .gives::<Report<AccuracyFound>>(200, "What was found.", enveloped(accurate()))
}

fn quality() -> Operation {
    let says = json!({"content": {"question": "What are enzymes?", "answer": "Proteins that speed reactions up."},
        "content_type": "flashcards"});
    agent(
        "/api/ai/test-quality",
        "Tell whether a content is good to study with",
        "At most 5,000 texts at once.",
    )
    .reads::<QualityRequest>(says)
    .gives::<Report<QualityFound>>(200, "What was found.", enveloped(good()))
}

fn full_validation() -> Operation {
    let says = json!({"content": "Enzymes are proteins.", "source_material": "Enzymes are proteins."});
    let found = json!({"success": true, "error": null, "execution_time_ms": 3, "tokens_used": 0, "model_used": "offline",
        "overall_passed": true, "summary": {"safety_score": 1.0, "quality_score": 0.95, "accuracy_score": 1.0},
        "safety": enveloped(safe()), "quality": enveloped(good()), "accuracy": enveloped(accurate())});
    agent(
        "/api/ai/test-full-validation",
        "Tell all three",
        "Without a source accuracy is null and is not counted.",
    )
    .reads::<ValidationRequest>(says)
    .gives::<FullValidation>(200, "What was found.", found)
    .refuses(&[ProblemCode::PayloadTooLarge])
}
