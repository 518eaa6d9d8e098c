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
    /// Let the author write.
    Perform,
    /// Ask the author again, only for what is still wanting.
    Repair {
        /// How many are wanting.
        want: u32,
        /// 1 for the first repair.
        round: u8,
    },
    /// The same was asked and answered before: give that answer again.
    Recall,
    /// It is not clear what is meant: ask, and make nothing.
    Ask,
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
    /// What is meant is not clear enough to begin.
    Unclear,
    /// The student was asked.
    Asked,
    /// The earlier answer was given again; it is kept already.
    Recalled,
    /// The author has stopped writing for this round.
    Drafted {
        /// Items accepted so far, over all rounds.
        accepted: u32,
        /// Items that did not pass in this round and are worth asking for again.
        failed: u32,
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

/// What the work is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// How many items are asked for; `None` where that is for the notes to say.
    pub requested: Option<u32>,
    /// Repairs at most.
    pub retries: u8,
    /// Whether nothing is an answer too: the tutor may say that the notes do not hold it.
    pub may_be_empty: bool,
}

/// The machine.
#[derive(Debug, Clone)]
pub struct Plan {
    goal: Goal,
    rounds: u8,
}

impl Plan {
    /// For this goal.
    pub fn new(goal: Goal) -> Self {
        Self { goal, rounds: 0 }
    }

    /// The first step.
    pub fn first(&self) -> Step {
        Step::Gather
    }

    /// How many are asked for, once what the request left open is filled in.
    pub fn settle(&mut self, requested: Option<u32>) {
        self.goal.requested = requested;
    }

    /// Rounds of authoring so far: the `validation_attempts` of the wire.
    pub fn attempts(&self) -> u32 {
        u32::from(self.rounds)
    }

    /// The step that follows what was seen.
    pub fn next(&mut self, seen: Seen) -> Step {
        match seen {
            Seen::Gathered { bytes: 0, .. } if !self.goal.may_be_empty => Step::Fail(Problem::new(
                ProblemCode::EmptyNotes,
                "There is no text to work from. Paste your notes, or choose a note that has text.",
            )),
            Seen::Gathered { bytes: 0, .. } => Step::Check,
            Seen::Gathered { answered: true, .. } => Step::Recall,
            Seen::Unclear => Step::Ask,
            Seen::Recalled | Seen::Asked => Step::Done,
            Seen::Gathered { .. } => {
                self.rounds = 1;
                Step::Perform
            }
            Seen::Drafted { accepted, failed, exhausted } => self.after_draft(accepted, failed, exhausted),
            Seen::Checked { accepted: 0 } if !self.goal.may_be_empty => Step::Fail(nothing_to_make()),
            Seen::Checked { .. } => Step::Save,
            Seen::Saved => Step::Done,
        }
    }

    fn after_draft(&mut self, accepted: u32, failed: u32, exhausted: bool) -> Step {
        // Where the notes say how many there are, only what failed is wanting.
        let wanting = self.goal.requested.map_or(failed, |requested| requested.saturating_sub(accepted));
        if wanting > 0 && !exhausted && self.rounds <= self.goal.retries {
            self.rounds += 1;
            return Step::Repair { want: wanting, round: self.rounds - 1 };
        }
        let nothing = accepted == 0 && !self.goal.may_be_empty;
        if nothing { Step::Fail(nothing_to_make()) } else { Step::Check }
    }
}

fn nothing_to_make() -> Problem {
    Problem::new(
        ProblemCode::NothingToMake,
        "Nothing in this text could be turned into something that passes the checks. \
         Longer notes in whole sentences, with definitions, dates or causes, give the most.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: Goal = Goal { requested: Some(10), retries: 2, may_be_empty: false };
    const OPEN: Goal = Goal { requested: None, ..TEN };
    const REPLY: Goal = Goal { requested: None, retries: 1, may_be_empty: true };
    const TEXT: Seen = Seen::Gathered { bytes: 9, answered: false };
    const NOTHING: Seen = Seen::Gathered { bytes: 0, answered: false };

    fn check(goal: Goal, seen: &[Seen], expected: &[&str]) {
        let mut plan = Plan::new(goal);
        let name = |step: Step| match step {
            Step::Gather => "gather".to_owned(),
            Step::Perform => "perform".to_owned(),
            Step::Repair { want, round } => format!("repair {want} #{round}"),
            Step::Recall => "recall".into(),
            Step::Ask => "ask".into(),
            Step::Check => "check".into(),
            Step::Save => "save".into(),
            Step::Done => "done".into(),
            Step::Fail(problem) => format!("fail {}", problem.code.as_str()),
        };
        let mut steps = vec![name(plan.first())];
        steps.extend(seen.iter().cloned().map(|one| name(plan.next(one))));
        assert_eq!(steps, expected);
    }

    fn drafted(accepted: u32, failed: u32) -> Seen {
        Seen::Drafted { accepted, failed, exhausted: false }
    }

    fn exhausted(accepted: u32) -> Seen {
        Seen::Drafted { accepted, failed: 0, exhausted: true }
    }

    #[test]
    fn a_clean_job_goes_straight_through() {
        let seen = [TEXT, drafted(10, 0), Seen::Checked { accepted: 10 }, Seen::Saved];
        check(TEN, &seen, &["gather", "perform", "check", "save", "done"]);
    }

    #[test]
    fn only_what_is_wanting_is_asked_for_again() {
        let seen = [TEXT, drafted(7, 3), drafted(9, 1), drafted(9, 1)];
        check(TEN, &seen, &["gather", "perform", "repair 3 #1", "repair 1 #2", "check"]);
    }

    #[test]
    fn where_the_notes_say_how_many_only_what_failed_is_asked_for_again() {
        check(OPEN, &[TEXT, drafted(5, 0)], &["gather", "perform", "check"]);
        check(OPEN, &[TEXT, drafted(4, 2), drafted(6, 0)], &["gather", "perform", "repair 2 #1", "check"]);
    }

    #[test]
    fn a_reply_may_say_nothing() {
        let seen = [NOTHING, Seen::Checked { accepted: 0 }, Seen::Saved];
        check(REPLY, &seen, &["gather", "check", "save", "done"]);
        check(REPLY, &[TEXT, drafted(0, 1), drafted(0, 1)], &["gather", "perform", "repair 1 #1", "check"]);
    }

    #[test]
    fn an_author_with_nothing_more_to_offer_is_not_asked_again() {
        check(TEN, &[TEXT, exhausted(3)], &["gather", "perform", "check"]);
    }

    #[test]
    fn no_text_is_no_job() {
        check(TEN, &[NOTHING], &["gather", "fail empty_notes"]);
    }

    #[test]
    fn what_was_answered_before_is_given_again_and_not_made_again() {
        let answered = Seen::Gathered { bytes: 9, answered: true };
        check(TEN, &[answered, Seen::Recalled], &["gather", "recall", "done"]);
    }

    #[test]
    fn what_is_not_clear_is_asked_and_nothing_is_made() {
        check(TEN, &[Seen::Unclear, Seen::Asked], &["gather", "ask", "done"]);
    }

    #[test]
    fn nothing_accepted_is_a_failure_and_never_an_empty_success() {
        check(TEN, &[TEXT, exhausted(0)], &["gather", "perform", "fail nothing_to_make"]);
        let seen = [TEXT, drafted(10, 0), Seen::Checked { accepted: 0 }];
        check(TEN, &seen, &["gather", "perform", "check", "fail nothing_to_make"]);
    }
}
