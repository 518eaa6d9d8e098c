//! Attempts: one sitting of a quiz or an exam, what was answered in it, and what the student says to a grading.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    AttemptId, Grading, MaterialId, Question, QuestionId, QuestionKind, TaskKind, Timestamp, UserId,
};

/// What is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// A quiz: without a clock, and each answer may be checked as soon as it is given.
    Quiz,
    /// An exam: against the clock, graded at its end.
    Exam,
}

/// What ended an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EndedBy {
    /// The student handed it in.
    Student,
    /// Its time ran out.
    Clock,
}

/// What became of an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AppealOutcome {
    /// The student was right.
    Granted,
    /// The grading stays.
    Refused,
}

macro_rules! words {
    ($($type:ident { $($variant:ident = $word:literal),* }),* $(,)?) => {$(
        impl $type {
            /// The word of the wire.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($type::$variant => $word),*
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = ();
            fn from_str(word: &str) -> Result<Self, ()> {
                [$($type::$variant),*].into_iter().find(|one| one.as_str() == word).ok_or(())
            }
        }
    )*};
}

words! {
    Paper { Quiz = "quiz", Exam = "exam" },
    EndedBy { Student = "student", Clock = "clock" },
    AppealOutcome { Granted = "granted", Refused = "refused" },
}

impl Paper {
    /// The task that makes such a paper.
    pub fn task(self) -> TaskKind {
        match self {
            Paper::Quiz => TaskKind::QuizGeneration,
            Paper::Exam => TaskKind::ExamGeneration,
        }
    }
}

/// One sitting of a quiz or an exam.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// Whose it is.
    pub user_id: UserId,
    /// What is taken.
    pub paper: Paper,
    /// Which. It may be gone by now: what was asked stands in `asked`.
    pub material_id: MaterialId,
    /// Its title when the attempt began.
    pub title: String,
    /// The questions as they were when the attempt began, in their order.
    pub asked: Vec<Question>,
    /// The attempt whose misses it repeats.
    pub retake_of: Option<AttemptId>,
    /// When it began.
    pub started_at: Timestamp,
    /// When its time runs out; `None` where there is no clock.
    pub deadline_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What ended it.
    pub ended_by: Option<EndedBy>,
    /// What it earned, in hundredths of a point; `None` while something in it is not graded.
    pub points: Option<u32>,
    /// What could be earned, in hundredths of a point.
    pub of_points: u32,
}

impl Attempt {
    /// The question with this id, if it was asked.
    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.asked.iter().find(|question| question.id == id)
    }

    /// Whether its time is over at this moment, a grace for the network (in seconds) included.
    pub fn is_over(&self, now: Timestamp, grace: i64) -> bool {
        let over = |deadline: Timestamp| now.as_microsecond() > deadline.as_microsecond() + grace * 1_000_000;
        self.deadline_at.is_some_and(over)
    }
}

/// An answer as it was last saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// To which question.
    pub question_id: QuestionId,
    /// The option that was chosen, or what was written; empty where nothing was.
    pub answer: String,
    /// Whether the student means to come back to it.
    pub flagged: bool,
    /// Raised by each save; 0 where nothing was ever saved.
    pub revision: u32,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// What it earned, in hundredths of a point; `None` where it is not graded.
    pub points: Option<u32>,
    /// What could be earned, in hundredths of a point.
    pub of_points: u32,
    /// What the grader found.
    pub grading: Option<Grading>,
    /// When grading was last tried. From then on the answer is not changed any more.
    pub graded_at: Option<Timestamp>,
    /// What the student says to the grading.
    pub appeal: Option<Appeal>,
}

impl Answered {
    /// Whether everything was earned.
    pub fn full(&self) -> bool {
        self.points == Some(self.of_points)
    }

    /// Whether it was missed: graded, and not worth all.
    pub fn missed(&self) -> bool {
        self.points.is_some_and(|points| points < self.of_points)
    }
}

/// "I was right": what the student says to a grading, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Appeal {
    /// In the student's words.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// What became of it; `None` while it waits.
    pub outcome: Option<AppealOutcome>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
}

/// Hundredths of a point that a question counts.
pub fn worth(question: &Question) -> u32 {
    question.points.saturating_mul(100)
}

/// An answer to a question as it is kept: of a choice the option's own letters, whichever way they were sent.
///
/// # Errors
/// What is wrong with it, for the student.
pub fn as_kept(question: &Question, answer: &str) -> Result<String, &'static str> {
    let trimmed = answer.trim();
    match question.kind {
        _ if trimmed.is_empty() => Ok(String::new()),
        QuestionKind::MultipleChoice | QuestionKind::TrueFalse => {
            let same = |option: &&String| option.trim() == trimmed;
            let alike = |option: &&String| option.trim().eq_ignore_ascii_case(trimmed);
            let options = &question.options;
            let option = options.iter().find(same).or_else(|| options.iter().find(alike));
            option.cloned().ok_or("must be one of the question's options")
        }
        QuestionKind::ShortAnswer if answer.chars().count() > SHORT_CHARS => {
            Err("must be at most 1000 characters long")
        }
        QuestionKind::Essay if answer.chars().count() > ESSAY_CHARS => {
            Err("must be at most 20000 characters long")
        }
        QuestionKind::ShortAnswer | QuestionKind::Essay => Ok(answer.to_owned()),
    }
}

/// Longest short answer, in characters.
pub const SHORT_CHARS: usize = 1_000;
/// Longest essay, in characters.
pub const ESSAY_CHARS: usize = 20_000;

/// How a topic went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicScore {
    /// The topic.
    pub topic: String,
    /// Questions on it.
    pub questions: u32,
    /// What they earned, in hundredths of a point.
    pub points: u32,
    /// What could be earned of those that are graded, in hundredths of a point.
    pub of_points: u32,
    /// Questions that are not graded.
    pub not_graded: u32,
}

/// How an attempt went by topic, the weakest first.
pub fn by_topic(attempt: &Attempt, answers: &[Answered]) -> Vec<TopicScore> {
    let mut topics: Vec<TopicScore> = Vec::new();
    for question in &attempt.asked {
        let place = topics.iter().position(|one| one.topic == question.topic).unwrap_or_else(|| {
            let topic = question.topic.clone();
            topics.push(TopicScore { topic, questions: 0, points: 0, of_points: 0, not_graded: 0 });
            topics.len() - 1
        });
        let score = &mut topics[place];
        score.questions += 1;
        let answer = answers.iter().find(|answer| answer.question_id == question.id);
        match answer.and_then(|answer| answer.points) {
            Some(points) => {
                score.points += points;
                score.of_points += worth(question);
            }
            None => score.not_graded += 1,
        }
    }
    let share = |one: &TopicScore| match one.of_points {
        0 => u64::MAX,
        of => u64::from(one.points) * 10_000 / u64::from(of),
    };
    topics.sort_by_key(share);
    topics
}
