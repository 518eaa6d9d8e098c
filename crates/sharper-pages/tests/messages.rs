//! The message files: the same keys and placeables in every language, none missing, none unused.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use sharper_pages::Locale;

type Messages = BTreeMap<String, BTreeSet<String>>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The keys of a language, each with the names of its placeables.
fn messages(locale: Locale) -> Messages {
    let mut messages = Messages::new();
    for file in fs::read_dir(folder().join("locales").join(locale.tag())).expect("the folder is there") {
        let path = file.expect("readable").path();
        let text = fs::read_to_string(&path).expect("the file is there");
        let resource = parser::parse(text).unwrap_or_else(|(_, faults)| panic!("{path:?}: {faults:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut names = BTreeSet::new();
            collect(message.value.as_ref().expect("every message has a text"), &mut names);
            let key = message.id.name;
            assert!(messages.insert(key.clone(), names).is_none(), "{key} stands twice, again in {path:?}");
        }
    }
    messages
}

fn collect(pattern: &Pattern<String>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => names.extend(variable(inline)),
            Expression::Select { selector, variants } => {
                names.extend(variable(selector));
                variants.iter().for_each(|variant| collect(&variant.value, names));
            }
        }
    }
}

fn variable(expression: &InlineExpression<String>) -> Option<String> {
    match expression {
        InlineExpression::VariableReference { id } => Some(id.name.clone()),
        _ => None,
    }
}

/// Everything in quotation marks in the sources and templates.
fn quoted() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in ["src", "templates"] {
        collect_quoted(&folder().join(part), &mut found);
    }
    found
}

fn collect_quoted(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect_quoted(&path, found);
        } else {
            found.extend(quoted_in(&path));
        }
    }
}

fn quoted_in(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("sources are text");
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.split('"').map(str::to_owned).collect()
}

#[test]
fn every_language_has_the_keys_and_placeables_of_english() {
    let english = messages(Locale::En);
    assert!(english.len() > 100);
    for locale in Locale::ALL {
        let own = messages(locale);
        let keys = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        let (wanted, found) = (keys(&english), keys(&own));
        assert!(wanted == found, "{}: {:?}", locale.tag(), wanted.symmetric_difference(&found));
        for (key, names) in &english {
            assert_eq!(names, &own[key], "placeables of {key} in {}", locale.tag());
        }
    }
}

#[test]
fn every_message_is_used() {
    let quoted = quoted();
    let unused: Vec<_> = messages(Locale::En).into_keys().filter(|key| !quoted.contains(key)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_key_that_is_asked_for_exists() {
    let english = messages(Locale::En);
    let first_words = [
        "today-",
        "making-",
        "study-",
        "problem-",
        "fault-",
        "step-",
        "grade-",
        "ago-",
        "difficulty-",
        "quiz-",
        "summary-",
        "plan-",
        "tutor-",
        "finding-",
        "importance-",
        "question-",
        "answer-",
        "activity-",
        "style-",
        "length-",
        "item-",
        "kind-",
        "people-",
        "settings-",
        "admin-",
        "unit-",
        "library-",
        "note-",
        "editor-",
        "nav-",
    ];
    let looks_like_key = |text: &String| {
        first_words.iter().any(|start| text.starts_with(start))
            && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    };
    let missing: Vec<_> =
        quoted().into_iter().filter(looks_like_key).filter(|key| !english.contains_key(key)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn translations_are_not_left_in_english() {
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::En) {
        for key in [
            "today-lead",
            "making-waiting",
            "tutor-lead",
            "quiz-compare",
            "study-keys",
            "problem-internal-do",
            "fault-duplicate",
            "people-consent-for-what",
            "settings-delete-what",
            "admin-answer-good",
            "admin-told-nobody",
        ] {
            assert_ne!(locale.t(key), Locale::En.t(key), "{key} in {}", locale.tag());
        }
    }
}
