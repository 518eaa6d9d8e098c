//! Grading what was answered, and what follows from a grading: appeals, and evidence of memory.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use sharper_domain::{
    Answered, AttemptId, CardId, Grade, Paper, Problem, ProblemCode, Question, QuestionId, UserId,
};
use sharper_store::StoreError;
use sharper_store::attempts::{Marked, Ruling, Sitting};
use sharper_store::study::{self, ReviewKind};
use sharper_study::grade;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{Sent, missing, question_of};
use crate::tasks::model::read_essay;
use crate::{Agents, problem_of};

/// How long a student waits for essays to be read.
const READING: Duration = Duration::from_secs(45);

/// An answer with its question.
type Pair = (Question, String);

impl Agents {
    /// Checks one answer of a quiz now: it is graded, its key is told, and it is not changed any more. What is sent along is
    /// saved first.
    ///
    /// # Errors
    /// As for `save_answer`; `Conflict` in an exam and in an attempt that is over.
    pub async fn check_answer(
        &self,
        user: &UserId,
        id: AttemptId,
        question: QuestionId,
        sent: Sent,
    ) -> Result<Sitting, Problem> {
        let sitting = self.sitting(user, id).await?;
        let asked = question_of(&sitting, question)?.clone();
        let conflict = |why| Err(Problem::new(ProblemCode::Conflict, why));
        if sitting.attempt.paper == Paper::Exam {
            return conflict("An exam is graded as a whole: hand it in.");
        }
        if sitting.answer(question).is_some_and(|answer| answer.graded_at.is_some()) {
            return Ok(sitting);
        }
        if sitting.attempt.finished_at.is_some() {
            return conflict("This attempt is finished, and graded.");
        }
        self.save(&sitting, question, sent).await?;
        let sitting = self.store.sitting(user.clone(), id).await.map_err(missing)?;
        let answer = sitting.answer(question).map(|answer| answer.answer.clone()).unwrap_or_default();
        self.mark(sitting, vec![(asked, answer)]).await
    }

    /// Grades what has no points yet: with `again`, also what could not be graded before.
    pub(super) async fn grade_sitting(&self, sitting: Sitting, again: bool) -> Result<Sitting, Problem> {
        let open = |answer: &&Answered| answer.points.is_none() && (again || answer.graded_at.is_none());
        let pairs = pairs(&sitting, open);
        if pairs.is_empty() { Ok(sitting) } else { self.mark(sitting, pairs).await }
    }

    async fn mark(&self, sitting: Sitting, pairs: Vec<Pair>) -> Result<Sitting, Problem> {
        let mut graded = self.desk(move || pairs.into_iter().map(by_rules).collect::<Vec<_>>()).await?;
        self.read_essays(&sitting, &mut graded).await;
        self.keep_gradings(sitting, graded).await
    }

    /// Has the configured model read what the rules cannot grade, all at once. What it does not read in time, or says in a way
    /// that cannot be held against the essay, stays not graded.
    async fn read_essays(&self, sitting: &Sitting, graded: &mut [Marked]) {
        let Some(calls) = self.calls(&sitting.attempt.user_id, None).map(Arc::new) else { return };
        let mut readings = JoinSet::new();
        for (at, marked) in graded.iter().enumerate().filter(|(_, marked)| marked.grading.is_none()) {
            let Some(question) = sitting.attempt.question(marked.question_id).cloned() else { continue };
            let (calls, essay) = (calls.clone(), marked.answer.clone());
            let reading = async move { read_essay(&calls, &question, &essay).await };
            readings.spawn(async move { (at, tokio::time::timeout(READING, reading).await.ok().flatten()) });
        }
        while let Some(read) = readings.join_next().await {
            if let Ok((at, grading)) = read {
                graded[at].grading = grading;
            }
        }
    }

    async fn keep_gradings(&self, sitting: Sitting, graded: Vec<Marked>) -> Result<Sitting, Problem> {
        let (user, id) = (sitting.attempt.user_id, sitting.attempt.id);
        let marked = self.store.mark_answers(user.clone(), id, graded, self.moment()).await;
        let marked = marked.map_err(missing)?;
        self.count_answers(&marked).await?;
        Ok(marked)
    }

    /// Counts graded answers as reviews of the studied cards that stand on their passages: Good where one was worth all, Again
    /// where it earned nothing or a part. The reviews have names that follow from what they are, so that counting goes on
    /// where it broke off, and none counts twice.
    async fn count_answers(&self, sitting: &Sitting) -> Result<(), Problem> {
        let (user, id) = (&sitting.attempt.user_id, sitting.attempt.id);
        let all = self.store.uncounted_answers(user.clone(), id).await.map_err(problem_of)?;
        if all.is_empty() {
            return Ok(());
        }
        let kind = match sitting.attempt.paper {
            Paper::Exam => ReviewKind::Exam,
            Paper::Quiz => ReviewKind::Quiz,
        };
        for one in &all {
            let grade = if one.full { Grade::Good } else { Grade::Again };
            for card in &one.cards {
                let review = review_name(id, one.question, *card);
                let new = study::Grading {
                    id: review,
                    card: *card,
                    study: None,
                    grade,
                    at: one.at,
                    took_ms: 0,
                    kind,
                    seen: None,
                };
                match self.grade(user, new).await {
                    // It was deleted meanwhile.
                    Err(StoreError::NotFound) => {}
                    graded => drop(graded.map_err(problem_of)?),
                }
            }
        }
        let counted = all.into_iter().map(|one| one.question).collect();
        self.store.answers_counted(user.clone(), id, counted, self.moment()).await.map_err(problem_of)
    }

    /// "I was right": keeps what the student says; it waits for a person.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it is not graded yet, is worth all, or was appealed against already.
    pub async fn appeal(
        &self,
        user: &UserId,
        place: (AttemptId, QuestionId),
        text: String,
    ) -> Result<Sitting, Problem> {
        let sitting = self.sitting(user, place.0).await?;
        question_of(&sitting, place.1)?;
        let appealed = self.store.appeal(user.clone(), place, text, Ruling::Waits, self.moment()).await;
        appealed.map_err(missing)
    }
}

/// The name of the review of a card that an answer is: the same for the same three.
fn review_name(attempt: AttemptId, question: QuestionId, card: CardId) -> Uuid {
    let name = Sha256::digest(format!("{attempt} {question} {card}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&name[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The questions whose answers are so, with their answers.
fn pairs(sitting: &Sitting, which: impl Fn(&&Answered) -> bool) -> Vec<Pair> {
    let pair = |answer: &Answered| {
        let question = sitting.attempt.question(answer.question_id)?;
        Some((question.clone(), answer.answer.clone()))
    };
    sitting.answers.iter().filter(which).filter_map(pair).collect()
}

/// An answer with its grading by the key and the rules, which know the words of the question and its quote. An essay with
/// words in it is not graded by them.
fn by_rules((question, answer): Pair) -> Marked {
    let grading = grade::answer(&question, &answer);
    Marked { question_id: question.id, answer, grading }
}
