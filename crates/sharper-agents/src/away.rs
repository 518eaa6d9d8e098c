//! Away: why a model was not asked, or did not answer, and what is said of it.

use sharper_domain::Problem;
use sharper_llm::Error;
use sharper_store::StoreError;

/// Why a model was not asked, or did not answer.
#[derive(Debug, Clone)]
pub(crate) enum Away {
    /// The day's budget does not allow it.
    Budget(Problem),
    /// It failed.
    Model(Error),
    /// The budget could not be looked up: without it nothing is spent.
    Store(StoreError),
}

impl Away {
    /// For the student: why the offline author steps in.
    pub(crate) fn reason(&self) -> String {
        match self {
            Away::Budget(problem) => problem.detail.clone(),
            Away::Store(_) => "the budget for models could not be checked".to_owned(),
            Away::Model(Error::Timeout(_)) => "the model did not answer in time".to_owned(),
            Away::Model(Error::Busy { .. }) => "the model is busy".to_owned(),
            Away::Model(Error::Refused(_)) => "the model's server refused the request".to_owned(),
            Away::Model(Error::Malformed(_)) => "the model's answer could not be read".to_owned(),
            Away::Model(Error::TooLong(_)) => "the notes are too long for the model".to_owned(),
            Away::Model(Error::OverBudget) => "this request has used all its calls to the model".to_owned(),
            Away::Model(Error::Unavailable(_)) => "the model is not available".to_owned(),
        }
    }

    /// One word for records.
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Away::Budget(_) => "budget_spent",
            Away::Store(_) => "store",
            Away::Model(error) => error.class().as_str(),
        }
    }
}
