//! Experiments: variants of the words and the model of an author, compared on real requests.
//!
//! Only the author varies. The rules that every author is given, the proofs and the judge are the same for all: a variant can
//! make fewer items that pass, and never one that should not have.
//!
//! Experiments belong to the model's desk. Where no model is configured there is none: the offline author has no words or
//! model to vary, and counting its jobs would only thin the figures out.

mod allocation;
mod settings;
mod trial;

use std::sync::Arc;

use serde_json::json;
use sharper_domain::UserId;
use sharper_llm::{Prompt, Task};

pub use self::settings::{ExperimentSettings, VariantSettings};
pub use self::trial::Trial;

/// Where a prompt file has the rules of the house put in.
const RULES_HERE: &str = "{rules}";

/// The experiments that run, one a task at most.
#[derive(Debug, Clone, Default)]
pub struct Experiments(Vec<Arc<Experiment>>);

/// One experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    /// Its name.
    pub name: String,
    /// The task whose author it varies.
    pub task: Task,
    /// The share of users that takes part, 0 to 1.
    pub share: f64,
    /// What is compared; the first is the control.
    pub variants: Vec<Variant>,
}

/// One way of writing.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// How many users it has beside the others.
    pub weight: f64,
    /// The model that writes; `None` for those of the task's settings.
    pub model: Option<String>,
    /// How freely it is written; `None` for the task's setting.
    pub temperature: Option<f32>,
    /// Instructions in place of the task's own, with `RULES_HERE` where the rules go.
    prompt: Option<String>,
}

impl Experiments {
    /// The experiments of these settings; their prompt files are read now, and not again.
    ///
    /// # Errors
    /// Everything that is wrong, each with what to change.
    pub fn read(settings: &[ExperimentSettings]) -> Result<Self, Vec<String>> {
        settings::read(settings).map(|all| Self(all.into_iter().map(Arc::new).collect()))
    }

    /// All of them, in the order of the settings.
    pub fn all(&self) -> &[Arc<Experiment>] {
        &self.0
    }

    /// The part that a job of this user has in the experiment on its task, if there is one and the user takes part.
    pub(crate) fn trial(&self, task: Task, user: &UserId) -> Option<Trial> {
        let experiment = self.0.iter().find(|experiment| experiment.task == task)?;
        let variant = experiment.variant_of(user)?;
        Some(Trial::new(experiment.clone(), variant))
    }
}

impl Experiment {
    /// The place of the user's variant; `None` where the user takes no part.
    fn variant_of(&self, user: &UserId) -> Option<usize> {
        let variants = self.variants.iter().map(|variant| (variant.name.as_str(), variant.weight));
        let takes_part = allocation::takes_part(&self.name, user, self.share);
        allocation::variant(&self.name, user, variants).filter(|_| takes_part)
    }
}

impl Variant {
    /// Whether it has instructions of its own.
    pub fn has_prompt(&self) -> bool {
        self.prompt.is_some()
    }

    /// Its instructions with these rules in them; `None` where it has those of the task.
    pub(crate) fn system(&self, rules: &str) -> Option<String> {
        self.prompt.as_ref().map(|prompt| prompt.replace(RULES_HERE, rules))
    }

    /// Asks in its way.
    pub(crate) fn vary(&self, prompt: Prompt) -> Prompt {
        let temperature = self.temperature.or(prompt.temperature);
        Prompt { temperature, model: self.model.clone().or(prompt.model), ..prompt }
    }

    /// Who writes, as a fingerprint names it, where `usual` writes without it. It goes by what is changed and not by the names
    /// of the experiment and the variant: the control's sets are everybody's usual ones, before the experiment and after.
    pub(crate) fn author(&self, usual: String) -> String {
        let model = self.model.clone().unwrap_or(usual);
        if self.prompt.is_none() && self.temperature.is_none() {
            return model;
        }
        let changed = json!([self.prompt, self.temperature]).to_string();
        format!("{model} {}", sharper_store::fingerprint(&changed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(model: Option<&str>, prompt: Option<&str>, temperature: Option<f32>) -> Variant {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Variant { name: "v".into(), weight: 1.0, model: own(model), prompt: own(prompt), temperature }
    }

    #[test]
    fn the_author_of_a_variant_is_named_by_what_it_changes() {
        let name = |model, prompt, temperature| variant(model, prompt, temperature).author("usual".into());
        assert_eq!(name(None, None, None), "usual");
        assert_eq!(name(Some("other"), None, None), "other");
        let all = [
            name(None, Some("a {rules}"), None),
            name(None, Some("b {rules}"), None),
            name(None, None, Some(0.5)),
            name(None, Some("a {rules}"), Some(0.5)),
            name(Some("other"), Some("a {rules}"), None),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(one != "usual" && !all[..at].contains(one), "{all:?}");
        }
    }

    #[test]
    fn nobody_takes_part_in_an_experiment_on_another_task_or_of_no_share() {
        let experiment = |share| Experiment {
            name: "e".into(),
            task: Task::Quiz,
            share,
            variants: vec![
                variant(None, None, None),
                Variant { name: "w".into(), ..variant(Some("m"), None, None) },
            ],
        };
        let user = "ada".parse().unwrap();
        let trial = |share, task| Experiments(vec![Arc::new(experiment(share))]).trial(task, &user);
        assert!(trial(1.0, Task::Quiz).is_some());
        assert!(trial(1.0, Task::Exam).is_none());
        assert!(trial(0.0, Task::Quiz).is_none());
    }
}
