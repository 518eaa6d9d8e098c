//! Validation: what was accepted and what was turned away, added up. The checks themselves are `study::judge`.

use std::collections::BTreeMap;

use sharper_domain::{Fault, Flashcard, Rejected, Scores, Validation};

/// Counts of one job.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    rejected: BTreeMap<Fault, u32>,
}

impl Tally {
    /// Counts a rejected item; answers how many there are now.
    pub(crate) fn reject(&mut self, fault: Fault) -> u32 {
        *self.rejected.entry(fault).or_default() += 1;
        self.rejected.values().sum()
    }

    /// Adds another round's counts.
    pub(crate) fn add(&mut self, other: Tally) {
        for (fault, count) in other.rejected {
            *self.rejected.entry(fault).or_default() += count;
        }
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

/// The three scores of a result: the means over the cards delivered, and 0 for a card without a verdict.
pub(crate) fn validation(cards: &[Flashcard], requested: u32, attempts: u32, tally: &Tally) -> Validation {
    let mean = |score: fn(&Scores) -> f64| {
        let sum: f64 = cards.iter().filter_map(|card| card.verdict.as_ref()).map(|v| score(&v.scores)).sum();
        if cards.is_empty() { 0.0 } else { (sum / cards.len() as f64 * 1000.0).round() / 1000.0 }
    };
    Validation {
        safety_score: mean(|scores| scores.safety),
        quality_score: mean(|scores| scores.quality),
        accuracy_score: mean(|scores| scores.accuracy),
        validation_attempts: attempts,
        validation_passed: !cards.is_empty() && cards.iter().all(may_leave),
        requested,
        delivered: u32::try_from(cards.len()).unwrap_or(u32::MAX),
        rejected: tally.reasons(),
    }
}

/// Whether a card may leave the house: it has a verdict, and the verdict is a pass.
pub(crate) fn may_leave(card: &Flashcard) -> bool {
    card.verdict.as_ref().is_some_and(|verdict| verdict.passed())
}

/// "18 of 20 cards; 2 …": one sentence that says what was and was not made, and why.
pub(crate) fn sentence(cards: usize, requested: u32, tally: &Tally) -> String {
    let noun = if cards == 1 { "card" } else { "cards" };
    if cards >= requested as usize {
        return format!("{cards} {noun}, each quoted from your notes.");
    }
    match tally.reasons().first() {
        None => format!("{cards} of {requested} cards: your notes hold no more than that."),
        Some(commonest) => format!(
            "{cards} of {requested} cards: your notes hold no more. Of those tried, {} left out because {}.",
            if commonest.count == 1 { "1 was".to_owned() } else { format!("{} were", commonest.count) },
            commonest.reason
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cards_is_no_pass_and_no_credit() {
        let validation = validation(&[], 10, 1, &Tally::default());
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
        assert!(sentence(3, 5, &tally).starts_with("3 of 5 cards"));
        assert!(sentence(3, 5, &tally).contains("2 were left out because a number differed"));
    }
}
