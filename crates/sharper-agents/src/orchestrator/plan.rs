//! The plan: which step comes next, decided by what was seen. A pure machine; `drive` acts on it.
//!
//! `Gather → Perform → (Repair …) → Check → Save → Done`, or `Fail` from anywhere. The machine holds the
//! counts that decide, so a test is a table of "seen → next step".

use sharper_domain::{Problem, ProblemCode};

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Let the context agents gather.
    Gather,
    /// Ask the author for this many items.
    Perform {
        /// How many are wanted.
        want: u32,
    },
    /// Ask the author again, only for what is still wanting.
    Repair {
        /// How many are wanted.
        want: u32,
        /// 1 for the first repair.
        round: u8,
    },
    /// The same was asked and answered before: give that answer again.
    Recall,
    /// Check the whole once more.
    Check,
    /// Keep it.
    Save,
    /// It is done.
    Done,
    /// It cannot be done, for this reason.
    Fail(Problem),
}

/// What was seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// The context agents are through and found this much text, in bytes.
    Gathered {
        /// Bytes of text to work from.
        bytes: usize,
        /// The same request, on the same text, was answered before.
        answered: bool,
    },
    /// The earlier answer was given again; it is kept already.
    Recalled,
    /// The author has stopped writing for this round.
    Drafted {
        /// Items accepted so far, over all rounds.
        accepted: u32,
        /// The author has nothing more to offer: asking again is useless.
        exhausted: bool,
    },
    /// The final check is through; this many items are left.
    Checked {
        /// Items that stay.
        accepted: u32,
    },
    /// It is kept.
    Saved,
}

/// The machine.
#[derive(Debug, Clone)]
pub struct Plan {
    requested: u32,
    retries: u8,
    rounds: u8,
}

impl Plan {
    /// For a request of so many items, with at most so many repairs.
    pub fn new(requested: u32, retries: u8) -> Self {
        Self { requested, retries, rounds: 0 }
    }

    /// The first step.
    pub fn first(&self) -> Step {
        Step::Gather
    }

    /// Rounds of authoring so far: the `validation_attempts` of the wire.
    pub fn attempts(&self) -> u32 {
        u32::from(self.rounds)
    }

    /// The step that follows what was seen.
    pub fn next(&mut self, seen: Seen) -> Step {
        match seen {
            Seen::Gathered { bytes: 0, .. } => Step::Fail(Problem::new(
                ProblemCode::EmptyNotes,
                "There is no text to work from. Paste your notes, or choose a note that has text.",
            )),
            Seen::Gathered { answered: true, .. } => Step::Recall,
            Seen::Recalled => Step::Done,
            Seen::Gathered { .. } => {
                self.rounds = 1;
                Step::Perform { want: self.requested }
            }
            Seen::Drafted { accepted, exhausted } => self.after_draft(accepted, exhausted),
            Seen::Checked { accepted: 0 } => Step::Fail(nothing_to_make()),
            Seen::Checked { .. } => Step::Save,
            Seen::Saved => Step::Done,
        }
    }

    fn after_draft(&mut self, accepted: u32, exhausted: bool) -> Step {
        let wanting = self.requested.saturating_sub(accepted);
        if wanting > 0 && !exhausted && self.rounds <= self.retries {
            self.rounds += 1;
            return Step::Repair { want: wanting, round: self.rounds - 1 };
        }
        if accepted == 0 { Step::Fail(nothing_to_make()) } else { Step::Check }
    }
}

fn nothing_to_make() -> Problem {
    Problem::new(
        ProblemCode::NothingToMake,
        "Nothing in this text could be turned into a card that passes the checks. \
         Longer notes in whole sentences, with definitions, dates or causes, give the most.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(requested: u32, seen: &[Seen], expected: &[&str]) {
        let mut plan = Plan::new(requested, 2);
        let name = |step: Step| match step {
            Step::Gather => "gather".to_owned(),
            Step::Perform { want } => format!("perform {want}"),
            Step::Repair { want, round } => format!("repair {want} #{round}"),
            Step::Recall => "recall".into(),
            Step::Check => "check".into(),
            Step::Save => "save".into(),
            Step::Done => "done".into(),
            Step::Fail(problem) => format!("fail {}", problem.code.as_str()),
        };
        let mut steps = vec![name(plan.first())];
        steps.extend(seen.iter().cloned().map(|one| name(plan.next(one))));
        assert_eq!(steps, expected);
    }

    fn drafted(accepted: u32) -> Seen {
        Seen::Drafted { accepted, exhausted: false }
    }

    const TEXT: Seen = Seen::Gathered { bytes: 9, answered: false };

    #[test]
    fn a_clean_job_goes_straight_through() {
        let seen = [TEXT, drafted(10), Seen::Checked { accepted: 10 }, Seen::Saved];
        check(10, &seen, &["gather", "perform 10", "check", "save", "done"]);
    }

    #[test]
    fn only_what_is_wanting_is_asked_for_again() {
        let seen = [TEXT, drafted(7), drafted(9), drafted(9)];
        check(10, &seen, &["gather", "perform 10", "repair 3 #1", "repair 1 #2", "check"]);
    }

    #[test]
    fn an_author_with_nothing_more_to_offer_is_not_asked_again() {
        let seen = [TEXT, Seen::Drafted { accepted: 3, exhausted: true }];
        check(10, &seen, &["gather", "perform 10", "check"]);
    }

    #[test]
    fn no_text_is_no_job() {
        check(10, &[Seen::Gathered { bytes: 0, answered: false }], &["gather", "fail empty_notes"]);
    }

    #[test]
    fn what_was_answered_before_is_given_again_and_not_made_again() {
        let answered = Seen::Gathered { bytes: 9, answered: true };
        check(10, &[answered, Seen::Recalled], &["gather", "recall", "done"]);
    }

    #[test]
    fn nothing_accepted_is_a_failure_and_never_an_empty_success() {
        let exhausted = Seen::Drafted { accepted: 0, exhausted: true };
        check(10, &[TEXT, exhausted], &["gather", "perform 10", "fail nothing_to_make"]);
        let seen = [TEXT, drafted(10), Seen::Checked { accepted: 0 }];
        check(10, &seen, &["gather", "perform 10", "check", "fail nothing_to_make"]);
    }
}
