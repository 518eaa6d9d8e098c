//! `[[experiments]]` of the configuration, and what is wrong with it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sharper_llm::Task;

use super::{Experiment, RULES_HERE, Variant};

/// The tasks that an author writes, by the names of the settings.
const TASKS: [Task; 7] =
    [Task::Flashcards, Task::Quiz, Task::Exam, Task::Summary, Task::Chat, Task::Analysis, Task::Plan];
/// The longest name of an experiment, a variant or a model, in characters.
const NAME_CHARS: usize = 64;
const MODEL_CHARS: usize = 200;
/// The longest prompt, in bytes: it is sent, and paid for, with every question.
const PROMPT_BYTES: usize = 16_384;

/// One experiment. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExperimentSettings {
    /// Its name, which also draws who is in which variant.
    pub name: String,
    /// The task whose author it varies.
    pub task: String,
    /// The share of users that takes part, 0 to 1.
    #[serde(default = "one")]
    pub share: f64,
    /// What is compared; the first is the control.
    #[serde(default)]
    pub variants: Vec<VariantSettings>,
}

/// One way of writing that is compared.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantSettings {
    /// Its name.
    pub name: String,
    /// How many users it has beside the others: those of weight 2 have twice as many as those of weight 1.
    #[serde(default = "one")]
    pub weight: f64,
    /// The model that writes.
    pub model: Option<String>,
    /// A file with the instructions for the model.
    pub prompt_file: Option<PathBuf>,
    /// How freely it is written, 0 to 2.
    pub temperature: Option<f32>,
}

fn one() -> f64 {
    1.0
}

/// The experiments of these settings, with their prompts read.
pub(super) fn read(all: &[ExperimentSettings]) -> Result<Vec<Experiment>, Vec<String>> {
    let (mut wrong, mut names, mut tasks) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut experiments = Vec::new();
    for settings in all {
        let mut faults = Vec::new();
        if !names.insert(&settings.name) {
            faults.push("there is another experiment of this name".to_owned());
        }
        let experiment = experiment(settings, &mut faults);
        if let Some(experiment) = experiment {
            if !tasks.insert(experiment.task) {
                let task = experiment.task;
                faults
                    .push(format!("there is another experiment on {task}: one at a time can be understood"));
            }
            experiments.push(experiment);
        }
        wrong.extend(faults.into_iter().map(|fault| format!("experiment {:?}: {fault}", settings.name)));
    }
    if wrong.is_empty() { Ok(experiments) } else { Err(wrong) }
}

fn experiment(settings: &ExperimentSettings, faults: &mut Vec<String>) -> Option<Experiment> {
    let ExperimentSettings { name, share, variants, .. } = settings;
    faults.extend(wrong_name("its name", name));
    if !(0.0..=1.0).contains(share) {
        faults.push(format!("share is {share}: it must be from 0 (nobody) to 1 (everybody)"));
    }
    if variants.len() < 2 {
        faults.push("it needs two variants or more, the first of them the control".to_owned());
    }
    if variants.first().is_some_and(|first| {
        first.model.is_some() || first.prompt_file.is_some() || first.temperature.is_some()
    }) {
        faults.push(format!(
            "the first variant, {:?}, is the control: it must have no model, prompt_file or temperature",
            variants[0].name
        ));
    }
    let mut names = BTreeSet::new();
    let mut read = Vec::new();
    for variant in variants {
        if !names.insert(&variant.name) {
            faults.push(format!("there are two variants {:?}", variant.name));
        }
        read.push(read_variant(variant, faults));
    }
    let task = TASKS.into_iter().find(|task| task.as_str() == settings.task);
    if task.is_none() {
        let known = TASKS.map(Task::as_str).join(", ");
        faults.push(format!("{:?} is no task that is written: choose one of {known}", settings.task));
    }
    Some(Experiment { name: name.clone(), task: task?, share: *share, variants: read })
}

fn read_variant(settings: &VariantSettings, faults: &mut Vec<String>) -> Variant {
    let VariantSettings { name, weight, model, prompt_file, temperature } = settings;
    let mut wrong = |fault: String| faults.push(format!("variant {name:?}: {fault}"));
    if let Some(fault) = wrong_name("its name", name) {
        wrong(fault);
    }
    if !(weight.is_finite() && *weight > 0.0) {
        wrong(format!("weight is {weight}: it must be more than 0; to end a variant, remove it"));
    }
    if temperature.is_some_and(|temperature| !(0.0..=2.0).contains(&temperature)) {
        wrong("temperature must be from 0 to 2".to_owned());
    }
    let model = model.as_ref().map(|model| model.trim().to_owned());
    if model.as_ref().is_some_and(|model| model.is_empty() || model.chars().count() > MODEL_CHARS) {
        wrong(format!("model must be a name of up to {MODEL_CHARS} characters"));
    }
    let prompt = prompt_file.as_ref().and_then(|path| match prompt(path) {
        Ok(prompt) => Some(prompt),
        Err(fault) => {
            wrong(fault);
            None
        }
    });
    Variant { name: name.clone(), weight: *weight, model, temperature: *temperature, prompt }
}

/// The instructions of a file. They must say where the rules of the house go: no variant is without them.
fn prompt(path: &Path) -> Result<String, String> {
    let named = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("prompt_file {named} cannot be read as UTF-8 text: {error}"))?;
    if text.len() > PROMPT_BYTES {
        return Err(format!("prompt_file {named} is longer than {PROMPT_BYTES} bytes"));
    }
    if text.matches(RULES_HERE).count() != 1 {
        return Err(format!(
            "prompt_file {named} must hold {RULES_HERE} once: there the rules are put in that hold for every variant"
        ));
    }
    if text.replace(RULES_HERE, "").trim().is_empty() {
        return Err(format!(
            "prompt_file {named} says nothing beside {RULES_HERE}: write what the model is to do"
        ));
    }
    Ok(text)
}

fn wrong_name(what: &str, name: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let right = (1..=NAME_CHARS).contains(&name.chars().count()) && name.chars().all(plain);
    (!right).then(|| format!("{what} must be 1 to {NAME_CHARS} letters, digits, '-', '_' or '.'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(name: &str) -> VariantSettings {
        let name = name.to_owned();
        VariantSettings { name, weight: 1.0, model: None, prompt_file: None, temperature: None }
    }

    fn sound() -> ExperimentSettings {
        let variants = vec![variant("usual"), VariantSettings { temperature: Some(0.1), ..variant("cool") }];
        ExperimentSettings { name: "warmth".into(), task: "quiz".into(), share: 0.5, variants }
    }

    /// What is said of the one fault that `change` makes.
    #[track_caller]
    fn check(change: impl FnOnce(&mut ExperimentSettings), expected: &str) {
        let mut settings = sound();
        change(&mut settings);
        let wrong = read(&[settings]).unwrap_err();
        assert!(wrong.len() == 1 && wrong[0].contains(expected), "{wrong:?} does not say {expected:?}");
    }

    #[test]
    fn what_is_sound_is_read() {
        let read = read(&[sound(), ExperimentSettings { name: "w2".into(), task: "plan".into(), ..sound() }])
            .unwrap();
        assert_eq!((read[0].task, read[1].task), (Task::Quiz, Task::Plan));
        assert_eq!(read[0].variants[1].temperature, Some(0.1));
        assert!(super::read(&[]).unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_is_said() {
        check(|it| it.name = "a b".into(), "its name must be 1 to 64 letters");
        check(|it| it.name = String::new(), "its name must be 1 to 64 letters");
        check(
            |it| it.task = "judge".into(),
            "\"judge\" is no task that is written: choose one of flashcards, quiz",
        );
        check(|it| it.share = 1.5, "share is 1.5");
        check(|it| it.share = f64::NAN, "share is NaN");
        check(|it| it.variants.truncate(1), "two variants or more");
        check(|it| it.variants.clear(), "two variants or more");
        check(|it| it.variants.swap(0, 1), "\"cool\", is the control: it must have no model");
        check(|it| it.variants[1].name = "usual".into(), "there are two variants \"usual\"");
        check(|it| it.variants[1].name = "ü".into(), "variant \"ü\": its name must be");
        check(|it| it.variants[0].weight = 0.0, "variant \"usual\": weight is 0");
        check(|it| it.variants[0].weight = f64::INFINITY, "weight is inf");
        check(|it| it.variants[1].temperature = Some(2.5), "temperature must be from 0 to 2");
        check(|it| it.variants[1].model = Some(" ".into()), "model must be a name");
        check(|it| it.variants[1].prompt_file = Some("not/there.md".into()), "not/there.md cannot be read");
    }

    #[test]
    fn two_experiments_of_one_name_or_on_one_task_are_refused() {
        let same_name = read(&[sound(), ExperimentSettings { task: "chat".into(), ..sound() }]).unwrap_err();
        assert_eq!(same_name, ["experiment \"warmth\": there is another experiment of this name"]);
        let same_task = read(&[sound(), ExperimentSettings { name: "b".into(), ..sound() }]).unwrap_err();
        assert!(same_task[0].contains("another experiment on quiz"), "{same_task:?}");
    }

    #[test]
    fn a_prompt_without_the_rules_or_without_words_is_refused() {
        let file = std::env::temp_dir().join(format!("sharper-prompt-{}.md", std::process::id()));
        for (text, expected) in [
            ("Write cards.", "must hold {rules} once"),
            ("{rules} Write cards. {rules}", "must hold {rules} once"),
            (" {rules}\n", "says nothing beside {rules}"),
            (&format!("{{rules}}{}", "x".repeat(PROMPT_BYTES)), "is longer than 16384 bytes"),
        ] {
            std::fs::write(&file, text).unwrap();
            check(|it| it.variants[1].prompt_file = Some(file.clone()), expected);
        }
        std::fs::write(&file, "Write cards.\n\n{rules}\n").unwrap();
        let mut settings = sound();
        settings.variants[1].prompt_file = Some(file.clone());
        let read = read(&[settings]).unwrap();
        assert_eq!(read[0].variants[1].system("Be true."), Some("Write cards.\n\nBe true.\n".to_owned()));
        std::fs::remove_file(file).unwrap();
    }
}
