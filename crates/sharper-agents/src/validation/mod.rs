//! Validation: what was accepted and what was turned away, added up. The checks themselves are `study::judge`.

use std::collections::BTreeMap;

use sharper_domain::{Fault, Item, Rejected, Scores, TaskKind, Validation};
use sharper_store::executions::{ItemCount, ItemOutcome};

/// Counts of one job.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    rejected: BTreeMap<Fault, u32>,
    /// Those of the rejected that had been shown.
    withdrawn: BTreeMap<Fault, u32>,
}

impl Tally {
    /// Counts a rejected item; answers how many there are now.
    pub(crate) fn reject(&mut self, fault: Fault) -> u32 {
        *self.rejected.entry(fault).or_default() += 1;
        self.rejected.values().sum()
    }

    /// Counts what another tally has counted too.
    pub(crate) fn add(&mut self, other: &Tally) {
        for (counts, more) in [(&mut self.rejected, &other.rejected), (&mut self.withdrawn, &other.withdrawn)]
        {
            more.iter().for_each(|(fault, count)| *counts.entry(*fault).or_default() += count);
        }
    }

    /// Counts an item that was shown and taken back; answers how many were rejected, this one among them.
    pub(crate) fn withdraw(&mut self, fault: Fault) -> u32 {
        *self.withdrawn.entry(fault).or_default() += 1;
        self.reject(fault)
    }

    /// What became of all items of a task, `accepted` of which were delivered.
    pub(crate) fn fates(&self, task: TaskKind, accepted: u32) -> Vec<ItemCount> {
        let one = |outcome, fault, count| ItemCount { task, outcome, fault, count };
        let mut all = vec![one(ItemOutcome::Accepted, None, accepted)];
        for (fault, count) in &self.rejected {
            let withdrawn = self.withdrawn.get(fault).copied().unwrap_or_default();
            all.push(one(ItemOutcome::Withdrawn, Some(*fault), withdrawn));
            all.push(one(ItemOutcome::Rejected, Some(*fault), count - withdrawn));
        }
        all.retain(|one| one.count > 0);
        all
    }

    /// Rejected items by reason, the commonest first.
    pub(crate) fn reasons(&self) -> Vec<Rejected> {
        let reason = |(fault, count): (&Fault, &u32)| Rejected {
            fault: *fault,
            reason: fault.reason().to_owned(),
            count: *count,
        };
        let mut all: Vec<Rejected> = self.rejected.iter().map(reason).collect();
        all.sort_by_key(|rejected| std::cmp::Reverse(rejected.count));
        all
    }
}

/// The three scores of a result: the means over the items delivered, and 0 for an item without a verdict.
pub(crate) fn validation(items: &[Item], requested: Option<u32>, attempts: u32, tally: &Tally) -> Validation {
    let mean = |score: fn(&Scores) -> f64| {
        let sum: f64 = items.iter().filter_map(Item::verdict).map(|v| score(&v.scores)).sum();
        if items.is_empty() { 0.0 } else { (sum / items.len() as f64 * 1000.0).round() / 1000.0 }
    };
    let delivered = u32::try_from(items.len()).unwrap_or(u32::MAX);
    Validation {
        safety_score: mean(|scores| scores.safety),
        quality_score: mean(|scores| scores.quality),
        accuracy_score: mean(|scores| scores.accuracy),
        validation_attempts: attempts,
        validation_passed: !items.is_empty() && items.iter().all(Item::may_leave),
        requested: requested.unwrap_or(delivered),
        delivered,
        rejected: tally.reasons(),
    }
}

/// What the items of a task are called, one and many.
fn nouns(kind: TaskKind) -> (&'static str, &'static str) {
    match kind {
        TaskKind::FlashcardGeneration => ("card", "cards"),
        TaskKind::QuizGeneration | TaskKind::ExamGeneration => ("question", "questions"),
        TaskKind::SummaryGeneration => ("point and term", "points and terms"),
        TaskKind::Chat => ("statement", "statements"),
        TaskKind::NoteAnalysis => ("finding", "findings"),
        TaskKind::StudyPlan => ("topic", "topics"),
    }
}

/// "3 cards", "1 question".
pub(crate) fn counted(kind: TaskKind, count: usize) -> String {
    let (one, many) = nouns(kind);
    format!("{count} {}", if count == 1 { one } else { many })
}

/// "18 of 20 cards; 2 …": one sentence that says what was and was not made, and why.
pub(crate) fn sentence(
    kind: TaskKind,
    count: usize,
    requested: Option<u32>,
    tally: &Tally,
    model: bool,
) -> String {
    let (_, many) = nouns(kind);
    if kind == TaskKind::Chat && count == 0 {
        return "Your notes don't hold the answer.".to_owned();
    }
    let Some(requested) = requested.filter(|requested| count < *requested as usize) else {
        return format!("{}, each quoted from your notes.", counted(kind, count));
    };
    match tally.reasons().first() {
        None if model => format!("{count} of {requested} {many}: the model wrote no more."),
        None => format!("{count} of {requested} {many}: your notes hold no more than that."),
        Some(commonest) => format!(
            "{count} of {requested} {many}{} Of those tried, {} left out because {}.",
            // How much the notes hold, only the author that has read them to the end can say.
            if model { "." } else { ": your notes hold no more." },
            if commonest.count == 1 { "1 was".to_owned() } else { format!("{} were", commonest.count) },
            commonest.reason
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_items_is_no_pass_and_no_credit() {
        let validation = validation(&[], Some(10), 1, &Tally::default());
        assert!(!validation.validation_passed);
        assert_eq!((validation.safety_score, validation.accuracy_score), (0.0, 0.0));
    }

    #[test]
    fn the_commonest_reason_is_named_first() {
        let mut tally = Tally::default();
        tally.reject(Fault::Duplicate);
        tally.reject(Fault::NumberDiffers);
        assert_eq!(tally.reject(Fault::NumberDiffers), 3);
        assert_eq!(tally.reasons()[0].fault, Fault::NumberDiffers);
        let told = |kind, count, requested| sentence(kind, count, requested, &tally, false);
        assert!(told(TaskKind::FlashcardGeneration, 3, Some(5)).starts_with("3 of 5 cards"));
        assert!(
            told(TaskKind::QuizGeneration, 3, Some(5)).contains("2 were left out because a number differed")
        );
        assert_eq!(told(TaskKind::ExamGeneration, 1, Some(1)), "1 question, each quoted from your notes.");
        assert_eq!(told(TaskKind::StudyPlan, 4, None), "4 topics, each quoted from your notes.");
    }
}
