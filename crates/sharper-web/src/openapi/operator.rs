//! For whoever runs the server.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::json;
use utoipa::ToSchema;

use super::operation::{Operation, get};
use super::parameters;

/// What the experiments come to.
#[derive(ToSchema)]
struct Experiments {
    /// From when on jobs count; null: from the beginning.
    #[schema(required, format = DateTime)]
    since: Option<String>,
    /// Those that run, then those that are over.
    experiments: Vec<Experiment>,
}

#[derive(ToSchema)]
struct Experiment {
    experiment: String,
    /// Null where it is over.
    #[schema(required)]
    setup: Option<ExperimentSetup>,
    /// The control first.
    variants: Vec<Variant>,
}

#[derive(ToSchema)]
struct ExperimentSetup {
    task: String,
    /// Of the students, 0 to 1.
    share: f64,
    variants: Vec<VariantSetup>,
}

#[derive(ToSchema)]
struct VariantSetup {
    variant: String,
    weight: f64,
    #[schema(required)]
    model: Option<String>,
    own_prompt: bool,
    #[schema(required)]
    temperature: Option<f64>,
}

#[derive(ToSchema)]
struct Variant {
    variant: String,
    control: bool,
    users: u64,
    jobs: u64,
    degraded_jobs: u64,
    accepted: u64,
    rejected: u64,
    #[schema(required)]
    acceptance: Option<ShareFound>,
    /// Null for the control.
    #[schema(required)]
    compared: Option<Difference>,
    feedback: Ratings,
    cost: CostFound,
    reviews: CardsStudied,
}

/// A share, with the interval that holds the true one 95 times out of 100.
#[derive(ToSchema)]
struct ShareFound {
    rate: f64,
    low: f64,
    high: f64,
}

#[derive(ToSchema)]
struct Difference {
    difference: f64,
    p_value: Option<f64>,
    too_few: bool,
}

#[derive(ToSchema)]
struct Ratings {
    count: u64,
    #[schema(required)]
    mean: Option<f64>,
}

#[derive(ToSchema)]
struct CostFound {
    calls: u64,
    calls_of_unknown_cost: u64,
    tokens: u64,
    #[schema(required)]
    usd: Option<f64>,
    #[schema(required)]
    tokens_per_accepted: Option<f64>,
    #[schema(required)]
    usd_per_accepted: Option<f64>,
}

#[derive(ToSchema)]
struct CardsStudied {
    count: u64,
    known: u64,
    #[schema(required)]
    share: Option<ShareFound>,
}

const TAG: &str = "For whoever runs it";

pub(super) fn operations() -> Vec<Operation> {
    vec![experiments()]
}

fn experiments() -> Operation {
    let example = json!({"since": null, "experiments": []});
    get("/api/admin/experiments")
        .in_group(TAG)
        .does("Read what experiments come to", "What the variants of each experiment come to.")
        .takes(parameters::moment("since", "Only what ended then or later."))
        .gives::<Experiments>(200, "The experiments.", example)
}
