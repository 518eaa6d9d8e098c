//! Next steps: what to settle, add and study, the most pressing first, each tied to what was found.

use sharper_domain::{Finding, FindingKind, Passage, StudyTopic};

use super::survey::Survey;
use super::{MOST, finding};
use crate::compose::topics;

pub(super) fn find(
    survey: &Survey<'_>,
    gaps: &[Finding<Passage>],
    contradictions: &[Finding<Passage>],
    unclear: &[Finding<Passage>],
) -> Vec<Finding<Passage>> {
    let mut steps: Vec<Finding<Passage>> = Vec::new();
    let step = |point: String, from: &Finding<Passage>| {
        finding(FindingKind::NextStep, point, from.details.clone(), from.topic.clone(), from.sources.clone())
    };
    let place = |one: &Finding<Passage>| one.topic.clone();
    steps.extend(
        contradictions
            .iter()
            .take(1)
            .map(|one| step(format!("Settle what is right about “{}” first.", place(one)), one)),
    );
    steps.extend(
        gaps.iter()
            .take(2)
            .map(|one| step(format!("Fill the gap in “{}”: {}", place(one), lowered(&one.point)), one)),
    );
    steps.extend(unclear.iter().take(1).map(|one| {
        step(format!("Rewrite a passage in “{}” so that you understand it in a month.", place(one)), one)
    }));
    steps.truncate(MOST - 1);
    let mut by_weight: Vec<StudyTopic<Passage>> = topics(survey.docs, &[]);
    by_weight.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let several = by_weight.len() > 1;
    steps.extend(by_weight.into_iter().take(1).map(|topic| study(topic, several)));
    steps
}

/// A sentence as it goes on after a colon.
fn lowered(point: &str) -> String {
    if point.starts_with(['“', '"']) { point.to_owned() } else { crate::grammar::lower_first(point) }
}

fn study(topic: StudyTopic<Passage>, several: bool) -> Finding<Passage> {
    let why = if several { format!(" {}", topic.why) } else { String::new() };
    finding(
        FindingKind::NextStep,
        format!("Learn “{}” next.", topic.topic),
        format!("Make cards of it today and go through them tomorrow and in three days.{why}"),
        topic.topic,
        vec![topic.source],
    )
}
