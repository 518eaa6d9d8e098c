//! axe-core over the page in the browser: barriers for people who read, hear or steer otherwise.

use serde_json::{Value, json};

use crate::Browser;

const AXE: &str = include_str!("../vendor/axe.min.js");

/// A rule that the page breaks, seriously or critically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule, e.g. `color-contrast`.
    pub rule: String,
    /// `serious` or `critical`.
    pub impact: String,
    /// What is wrong.
    pub help: String,
    /// The elements, as selectors.
    pub elements: Vec<String>,
}

/// The serious and critical violations of the page as it stands.
///
/// # Panics
/// When axe-core cannot run on it.
#[track_caller]
pub fn axe(browser: &Browser) -> Vec<Violation> {
    browser.execute(&format!("{AXE}\nwindow.axe = axe;"), &[]);
    let results =
        browser.execute("return axe.run(document, arguments[0])", &[json!({"resultTypes": ["violations"]})]);
    let Some(violations) = results["violations"].as_array() else {
        panic!("axe-core gave no result: {results}")
    };
    violations
        .iter()
        .map(violation)
        .filter(|found| matches!(&*found.impact, "serious" | "critical"))
        .collect()
}

fn violation(found: &Value) -> Violation {
    let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    let nodes = found["nodes"].as_array().into_iter().flatten();
    let elements = nodes.map(|node| node["target"].to_string()).collect();
    Violation { rule: text("id"), impact: text("impact"), help: text("help"), elements }
}
