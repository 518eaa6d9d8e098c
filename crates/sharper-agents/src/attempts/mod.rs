//! Taking quizzes and exams: begun, saved, checked, ended by the student or the clock, graded, appealed against.
//!
//! The clock is the server's. An attempt whose time is over is ended by whoever looks at it first: the invigilator, who comes by
//! every few seconds, or any read. It is ended before it is graded, and graded again where that broke off: a grading is written
//! only where there is none.

mod grading;

use std::time::Duration;

use sharper_domain::{
    Answered, AppealOutcome, AttemptId, Body, Clock, FieldError, Material, MaterialId, Paper, Problem,
    ProblemCode, Question, QuestionId, Timestamp, UserId, attempt,
};
use sharper_store::StoreError;
use sharper_store::attempts::{BriefAttempt, Kept, NewAttempt, RetakeOf, Save, Sitting};

use crate::{Agents, problem_of};

/// Seconds after the deadline in which what was under way still counts.
pub const GRACE_SECONDS: i64 = 5;
/// Overdue attempts that are ended at a time.
const ENDED_AT_ONCE: u32 = 100;

/// An answer as a student sends it. What is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// The option's letters, or words.
    pub answer: Option<String>,
    /// Whether they mean to come back to it.
    pub flagged: Option<bool>,
    /// The revision that they saw; `None` writes over any.
    pub revision: Option<u32>,
}

/// How an attempt is told of as something that is not there.
fn missing(error: StoreError) -> Problem {
    match error {
        StoreError::NotFound => Problem::new(ProblemCode::NotFound, "There is no such attempt."),
        error => problem_of(error),
    }
}

/// A problem that names the newer answer which an older one would have undone.
fn newer(revision: u32) -> Problem {
    let detail = format!(
        "This answer was changed in another window meanwhile, and is at revision {revision} now. That one is kept."
    );
    let version = i32::try_from(revision).ok();
    Problem { version, ..Problem::new(ProblemCode::Conflict, detail) }
}

impl Agents {
    /// Begins an attempt at a paper, or returns the one that is open; with `retake_of`, at what was missed in that.
    ///
    /// # Errors
    /// `NotFound` when there is no such paper or attempt; `Conflict` when there is nothing to ask.
    pub async fn start_attempt(
        &self,
        user: &UserId,
        paper: Paper,
        material: MaterialId,
        retake_of: Option<AttemptId>,
    ) -> Result<Sitting, Problem> {
        self.end_overdue_of(user, material).await?;
        if let Some(attempt) = retake_of {
            let of = RetakeOf { paper, material_id: material, attempt };
            return self.store.retake(user.clone(), of, self.moment()).await.map_err(missing);
        }
        let found = self.store.material(user.clone(), paper.task(), material).await;
        let found = found.map_err(|error| match error {
            StoreError::NotFound => Problem::new(ProblemCode::NotFound, format!("There is no such {paper}.")),
            error => problem_of(error),
        })?;
        let now = self.moment();
        self.store.start_attempt(user.clone(), taken(found, paper, now), now).await.map_err(missing)
    }

    /// An attempt as it stands now: ended where its time is over, graded where it is ended.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sitting(&self, user: &UserId, id: AttemptId) -> Result<Sitting, Problem> {
        let sitting = self.store.sitting(user.clone(), id).await.map_err(missing)?;
        let over = sitting.attempt.is_over(self.clock.now(), GRACE_SECONDS);
        match sitting.attempt.finished_at {
            None if over => self.finish_attempt(user, id).await,
            Some(_) if sitting.answers.iter().any(|answer| answer.graded_at.is_none()) => {
                self.grade_sitting(sitting, false).await
            }
            _ => Ok(sitting),
        }
    }

    /// The user's attempts, the newest first; with `material`, only those at this paper.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn attempts(
        &self,
        user: &UserId,
        material: Option<MaterialId>,
        limit: u32,
    ) -> Result<Vec<BriefAttempt>, Problem> {
        let list = || async { self.store.attempts(user.clone(), material, limit).await.map_err(problem_of) };
        let all = list().await?;
        let now = self.clock.now();
        let over: Vec<AttemptId> = all.iter().filter(|one| is_over(one, now)).map(|one| one.id).collect();
        if over.is_empty() {
            return Ok(all);
        }
        for id in over {
            self.finish_attempt(user, id).await?;
        }
        list().await
    }

    /// Saves an answer, on the disk when this returns.
    ///
    /// # Errors
    /// `NotFound` when the attempt is not the user's or did not ask this; `InvalidRequest` when it is no answer to the question;
    /// `Conflict` when it is over, was checked, or was changed in another window: then `version` is the newer revision.
    pub async fn save_answer(
        &self,
        user: &UserId,
        id: AttemptId,
        question: QuestionId,
        sent: Sent,
    ) -> Result<Answered, Problem> {
        let sitting = self.sitting(user, id).await?;
        self.save(&sitting, question, sent).await
    }

    async fn save(&self, sitting: &Sitting, question: QuestionId, sent: Sent) -> Result<Answered, Problem> {
        let attempt = &sitting.attempt;
        let asked = question_of(sitting, question)?;
        let wrong = |why: &str| Problem::invalid(vec![FieldError::new("/answer", why)]);
        let answer = sent.answer.map(|answer| attempt::as_kept(asked, &answer).map_err(wrong)).transpose()?;
        let save = Save { question_id: question, answer, flagged: sent.flagged, revision: sent.revision };
        let kept =
            self.store.save_answer(attempt.user_id.clone(), attempt.id, save, GRACE_SECONDS, self.moment());
        match kept.await.map_err(missing)? {
            Kept::Saved(answer) => Ok(answer),
            Kept::Newer(stands) => Err(newer(stands.revision)),
        }
    }

    /// Ends an attempt and grades it. Of one that is ended already, grades what is not graded.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn finish_attempt(&self, user: &UserId, id: AttemptId) -> Result<Sitting, Problem> {
        let ended = self.store.finish_attempt(user.clone(), id, GRACE_SECONDS, self.moment()).await;
        self.grade_sitting(ended.map_err(missing)?, true).await
    }

    /// Ends attempts of anybody whose time is over, and answers with how many.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn end_overdue_attempts(&self) -> Result<u64, Problem> {
        let before = self.clock.now() - Duration::from_secs(GRACE_SECONDS.unsigned_abs());
        let over = self.store.overdue_attempts(before, ENDED_AT_ONCE).await.map_err(problem_of)?;
        let mut ended = 0;
        for (user, id) in over {
            self.finish_attempt(&user, id).await?;
            ended += 1;
        }
        Ok(ended)
    }

    async fn end_overdue_of(&self, user: &UserId, material: MaterialId) -> Result<(), Problem> {
        self.attempts(user, Some(material), 1).await.map(drop)
    }

    /// Decides on an appeal that waits for a person.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it was decided on already.
    pub async fn decide_appeal(
        &self,
        user: UserId,
        place: (AttemptId, QuestionId),
        outcome: AppealOutcome,
    ) -> Result<(), Problem> {
        let decided = self.store.decide_appeal(user, place, outcome, self.moment()).await;
        decided.map_err(|error| match error {
            StoreError::NotFound => Problem::new(ProblemCode::NotFound, "There is no such appeal."),
            error => problem_of(error),
        })
    }

    /// The time to the microsecond, as the store keeps it.
    fn moment(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

/// The question, if the attempt asks it.
fn question_of(sitting: &Sitting, id: QuestionId) -> Result<&Question, Problem> {
    let none = || Problem::new(ProblemCode::NotFound, "This attempt does not ask that question.");
    sitting.attempt.question(id).ok_or_else(none)
}

fn is_over(attempt: &BriefAttempt, now: Timestamp) -> bool {
    let over = |deadline: Timestamp| now.as_second() > deadline.as_second() + GRACE_SECONDS;
    attempt.finished_at.is_none() && attempt.deadline_at.is_some_and(over)
}

/// A paper as it is taken from now on.
fn taken(material: Material, paper: Paper, now: Timestamp) -> NewAttempt {
    let (asked, deadline_at) = match material.body {
        Body::Quiz(questions) => (questions, None),
        Body::Exam { duration_minutes, sections } => {
            let asked = sections.into_iter().flat_map(|section| {
                let name = section.section_name;
                let of = move |question| Question { section: Some(name.clone()), ..question };
                section.questions.into_iter().map(of)
            });
            let length = i64::from(duration_minutes) * 60_000_000;
            let deadline = Timestamp::from_microsecond(now.as_microsecond() + length);
            (asked.collect(), deadline.ok())
        }
        _ => (Vec::new(), None),
    };
    let (material_id, title) = (material.id, material.title);
    NewAttempt { paper, material_id, title, asked, deadline_at, retake_of: None }
}
