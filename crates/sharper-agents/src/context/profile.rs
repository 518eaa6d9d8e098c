//! The profile agent: how a student wants things made, from what they chose and from what they said of what was made.
//! What they chose counts always; what was learned only where they chose nothing.

use serde::Serialize;
use sharper_domain::{Detail, Difficulty, DifficultyChoice, Preferences, QuestionKind, SummaryLength};
use sharper_store::preferences::Opinion;

/// Opinions that are looked at, the newest.
pub(super) const OPINIONS: u32 = 500;
/// From how much certainty on what was learned is acted on.
pub(crate) const SURE: f64 = 0.5;
/// How many items are made where a student finds the usual too many, and too few.
const FEW: u32 = 5;
const MANY: u32 = 20;

/// Something that was learned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Learned<T> {
    /// What.
    pub value: T,
    /// How likely it is so, 0 to 1.
    pub confidence: f64,
    /// From how many opinions.
    pub observations: u32,
}

/// What was learned of a student.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Habits {
    /// How hard.
    pub difficulty: Option<Learned<DifficultyChoice>>,
    /// How many.
    pub count: Option<Learned<u32>>,
    /// Which questions.
    pub question_types: Option<Learned<Vec<QuestionKind>>>,
    /// How long a summary.
    pub summary_length: Option<Learned<SummaryLength>>,
    /// How much on each thing.
    pub detail: Option<Learned<Detail>>,
}

/// How a student wants things made.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Profile {
    /// What they chose.
    #[serde(rename = "preferences")]
    pub chosen: Preferences,
    /// What was learned.
    pub learned: Habits,
    /// What counts: what they chose, else what was learned with enough certainty.
    pub effective: Preferences,
}

impl Profile {
    /// Of what was chosen and said.
    pub(crate) fn of(chosen: Preferences, opinions: &[Opinion]) -> Self {
        let learned = Habits::of(opinions);
        let mut effective = chosen.clone();
        effective.difficulty = effective.difficulty.or_else(|| sure(&learned.difficulty));
        effective.count = effective.count.or_else(|| sure(&learned.count));
        effective.question_types = effective.question_types.or_else(|| sure(&learned.question_types));
        effective.summary_length = effective.summary_length.or_else(|| sure(&learned.summary_length));
        effective.detail = effective.detail.or_else(|| sure(&learned.detail));
        Self { chosen, learned, effective }
    }
}

fn sure<T: Clone>(learned: &Option<Learned<T>>) -> Option<T> {
    learned.as_ref().filter(|learned| learned.confidence >= SURE).map(|learned| learned.value.clone())
}

/// Votes for one of two sides.
#[derive(Default)]
struct Votes {
    less: u32,
    more: u32,
}

impl Votes {
    fn count(&mut self, issues: &[String], less: &[&str], more: &[&str]) {
        self.less += u32::from(issues.iter().any(|issue| less.contains(&issue.as_str())));
        self.more += u32::from(issues.iter().any(|issue| more.contains(&issue.as_str())));
    }

    /// The side with more votes. Its certainty is its share with one vote on each side added, so that one opinion alone
    /// says little (rule of succession), on a scale where even is 0.
    fn decide<T>(&self, less: T, more: T) -> Option<Learned<T>> {
        let observations = self.less + self.more;
        let ahead = self.less.max(self.more);
        if observations == 0 || self.less == self.more {
            return None;
        }
        let share = f64::from(ahead + 1) / f64::from(observations + 2);
        let value = if self.less > self.more { less } else { more };
        Some(Learned { value, confidence: rounded(2.0 * share - 1.0), observations })
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

impl Habits {
    fn of(opinions: &[Opinion]) -> Self {
        let (mut level, mut number, mut length, mut detail) =
            (Votes::default(), Votes::default(), Votes::default(), Votes::default());
        for opinion in opinions {
            let issues: Vec<String> = opinion.issues.iter().map(|issue| word(issue)).collect();
            // "Too easy" asks for harder things.
            level.count(&issues, &["too_hard", "too_difficult", "hard"], &["too_easy", "easy"]);
            if opinion.rating >= 4 {
                match opinion.difficulty {
                    Some(Difficulty::Easy) => level.less += 1,
                    Some(Difficulty::Hard) => level.more += 1,
                    _ => {}
                }
            }
            number.count(&issues, &["too_many"], &["too_few", "not_enough"]);
            if word(&opinion.content_type).starts_with("summar") {
                length.count(&issues, &["too_long", "long"], &["too_short", "short"]);
            }
            detail.count(
                &issues,
                &["too_long", "too_detailed", "long"],
                &["too_short", "too_shallow", "more_detail", "not_enough_detail", "short"],
            );
        }
        Self {
            difficulty: level.decide(DifficultyChoice::Easy, DifficultyChoice::Hard),
            count: number.decide(FEW, MANY),
            question_types: question_types(opinions),
            summary_length: length.decide(SummaryLength::Short, SummaryLength::Long),
            detail: detail.decide(Detail::Brief, Detail::Thorough),
        }
    }
}

/// The types of questions without those that were mostly thumbed down (1 or 2 of 5); nothing while all are liked, or none.
fn question_types(opinions: &[Opinion]) -> Option<Learned<Vec<QuestionKind>>> {
    let of =
        |kind: QuestionKind| opinions.iter().filter(move |one| one.form.as_deref() == Some(kind.as_str()));
    let mut liked = QuestionKind::QUIZ.to_vec();
    let (mut observations, mut least_sure) = (0_u32, 1.0_f64);
    for kind in QuestionKind::QUIZ {
        let all = of(kind).count();
        let bad = of(kind).filter(|opinion| opinion.rating <= 2).count();
        if bad * 2 > all {
            let share = (bad + 1) as f64 / (all + 2) as f64;
            least_sure = least_sure.min(2.0 * share - 1.0);
            observations += u32::try_from(all).unwrap_or(u32::MAX);
            liked.retain(|other| *other != kind);
        }
    }
    let some = !liked.is_empty() && liked.len() < QuestionKind::QUIZ.len();
    some.then(|| Learned { value: liked, confidence: rounded(least_sure), observations })
}

/// A client's word for an issue, as it is compared: "Too easy!" is `too_easy`.
fn word(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: &str, rating: u8, issue: &str) -> Opinion {
        let issues = if issue.is_empty() { vec![] } else { vec![issue.to_owned()] };
        Opinion { content_type: kind.into(), rating, issues, difficulty: None, form: None }
    }

    fn on(form: &str, rating: u8) -> Opinion {
        Opinion { form: Some(form.into()), ..said("quiz", rating, "") }
    }

    #[track_caller]
    fn check(opinions: &[Opinion], expected: Preferences) {
        assert_eq!(Profile::of(Preferences::default(), opinions).effective, expected);
    }

    #[test]
    fn what_is_said_often_enough_is_learned() {
        let none = Preferences::default();
        check(&[], none.clone());
        check(&[said("flashcard", 2, "too easy")], none.clone());
        let hard = Preferences { difficulty: Some(DifficultyChoice::Hard), ..none.clone() };
        check(&[said("flashcard", 2, "Too easy!"), said("quiz", 3, "too_easy")], hard.clone());
        let easy = Preferences { difficulty: Some(DifficultyChoice::Easy), ..none.clone() };
        check(&vec![said("exam", 1, "too-hard"); 3], easy);
        check(&[said("a", 1, "too_hard"), said("a", 1, "too_easy")], none.clone());
        let liked = Opinion { difficulty: Some(Difficulty::Hard), ..said("flashcard", 5, "") };
        check(&vec![liked; 2], hard);
        check(&vec![said("quiz", 2, "too_many"); 2], Preferences { count: Some(FEW), ..none.clone() });
        let brief = Preferences {
            summary_length: Some(SummaryLength::Short),
            detail: Some(Detail::Brief),
            ..none.clone()
        };
        check(&vec![said("summaries", 2, "too_long"); 2], brief);
        check(
            &vec![said("chat", 2, "more detail"); 2],
            Preferences { detail: Some(Detail::Thorough), ..none },
        );
    }

    #[test]
    fn types_of_questions_that_are_thumbed_down_are_left_out_while_any_is_left() {
        let down = |form: &str| vec![on(form, 1); 3];
        let kinds =
            |opinions: &[Opinion]| Profile::of(Preferences::default(), opinions).effective.question_types;
        assert_eq!(
            kinds(&down("true_false")),
            Some(vec![QuestionKind::MultipleChoice, QuestionKind::ShortAnswer])
        );
        assert_eq!(kinds(&[on("true_false", 1)]), None);
        assert_eq!(kinds(&[down("true_false"), vec![on("true_false", 5); 4]].concat()), None);
        let all = [down("true_false"), down("multiple_choice"), down("short_answer")].concat();
        assert_eq!(kinds(&all), None);
    }

    #[test]
    fn what_was_chosen_counts_before_what_was_learned() {
        let chosen = Preferences { difficulty: Some(DifficultyChoice::Medium), ..Preferences::default() };
        let profile = Profile::of(chosen.clone(), &vec![said("quiz", 1, "too_easy"); 9]);
        assert_eq!(profile.effective, chosen);
        let learned = profile.learned.difficulty.unwrap();
        assert_eq!((learned.value, learned.observations), (DifficultyChoice::Hard, 9));
        assert!(learned.confidence > 0.8, "{}", learned.confidence);
    }
}
