//! Spans of agents and of calls to models, named as the GenAI semantic conventions of OpenTelemetry, version 1.41.0
//! (status: Development), name them. They hold names, counts and outcomes, and never a text of a student or a model.
//!
//! Where no traces are wanted they are switched off at their place in the code, and cost nothing.

use sharper_llm::settings::Provider;
use sharper_llm::{Task, Usage};
use tracing::Span;
use tracing::field::Empty;

const OPERATION: &str = "gen_ai.operation.name";
const AGENT: &str = "gen_ai.agent.name";
const PROVIDER: &str = "gen_ai.provider.name";
/// What `PROVIDER` was called up to version 1.36.0. Most that show traces still look for it.
const SYSTEM: &str = "gen_ai.system";
const REQUEST_MODEL: &str = "gen_ai.request.model";
const REQUEST_MAX_TOKENS: &str = "gen_ai.request.max_tokens";
const RESPONSE_MODEL: &str = "gen_ai.response.model";
const INPUT_TOKENS: &str = "gen_ai.usage.input_tokens";
const OUTPUT_TOKENS: &str = "gen_ai.usage.output_tokens";
const ERROR_TYPE: &str = "error.type";
/// Which of our tasks the model was asked for: this one is ours.
const TASK: &str = "sharper.task";
const STATUS: &str = "otel.status_code";

/// The run of an agent.
pub(crate) fn agent(name: &'static str) -> Span {
    tracing::debug_span!(
        "invoke_agent",
        otel.name = format!("invoke_agent {name}"),
        { OPERATION } = "invoke_agent",
        { AGENT } = name,
        { ERROR_TYPE } = Empty,
        { STATUS } = Empty,
    )
}

/// A question to a model, from asking to the end of its answer.
pub(crate) fn call(task: Task, provider: Provider, model: &str, most: u32) -> Span {
    tracing::debug_span!(
        "chat",
        otel.name = format!("chat {model}"),
        otel.kind = "client",
        { OPERATION } = "chat",
        { PROVIDER } = name_of(provider),
        { SYSTEM } = name_of(provider),
        { REQUEST_MODEL } = model,
        { REQUEST_MAX_TOKENS } = most,
        { TASK } = task.as_str(),
        { RESPONSE_MODEL } = Empty,
        { INPUT_TOKENS } = Empty,
        { OUTPUT_TOKENS } = Empty,
        { ERROR_TYPE } = Empty,
        { STATUS } = Empty,
    )
}

/// How a call ended: the model that answered, what it took, and one word: `ok`, `dropped` when nobody wanted the rest, or
/// what went wrong.
pub(crate) fn ended(call: &Span, model: &str, usage: &Usage, outcome: &str) {
    call.record(RESPONSE_MODEL, model);
    call.record(INPUT_TOKENS, u64::from(usage.prompt_tokens));
    call.record(OUTPUT_TOKENS, u64::from(usage.completion_tokens));
    if !matches!(outcome, "ok" | "dropped") {
        failed(call, outcome);
    }
}

/// What the span is of went wrong; `class` is one word.
pub(crate) fn failed(span: &Span, class: &str) {
    span.record(ERROR_TYPE, class);
    span.record(STATUS, "ERROR");
}

/// The conventions' word for who has the model.
fn name_of(provider: Provider) -> &'static str {
    match provider {
        Provider::Openai => "openai",
        Provider::Openrouter => "openrouter",
        Provider::Auto | Provider::Other => "other",
    }
}
