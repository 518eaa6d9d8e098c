//! The blueprint: which sections, how many questions of which kind, and how many of each difficulty.

use sharper_domain::exam::minutes_of;
use sharper_domain::{Difficulty, DifficultyChoice, ExamOptions, QuestionKind, SectionSpec};

/// Shares of the time, in percent, that each kind of question gets where no sections are asked for.
const SHARES: [(QuestionKind, u32); 4] = [
    (QuestionKind::MultipleChoice, 40),
    (QuestionKind::TrueFalse, 10),
    (QuestionKind::ShortAnswer, 25),
    (QuestionKind::Essay, 25),
];
/// Minutes below which an exam has no essay: it would take half the time.
const ESSAY_FROM: u32 = 25;
/// Most questions of a section.
const MOST: usize = 60;

/// A section before its questions are known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    pub(super) name: String,
    /// What it is about, if that is asked for.
    pub(super) topic: Option<String>,
    /// The kind of each question wanted.
    pub(super) wanted: Vec<QuestionKind>,
}

/// The sections of an exam. `known` says whether words are a heading or term of the notes.
pub(super) fn sections(options: &ExamOptions, known: impl Fn(&str) -> bool) -> Vec<Plan> {
    if options.sections.is_empty() { default_sections(options) } else { asked_sections(options, known) }
}

/// What a section of one kind is called.
fn name_of(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::MultipleChoice => "Multiple Choice",
        QuestionKind::TrueFalse => "True or False",
        QuestionKind::ShortAnswer => "Short Answer",
        QuestionKind::Essay => "Essay",
    }
}

fn default_sections(options: &ExamOptions) -> Vec<Plan> {
    let minutes = options.duration_minutes;
    let essay = minutes >= ESSAY_FROM;
    let kinds: Vec<(QuestionKind, u32)> =
        SHARES.into_iter().filter(|(kind, _)| essay || *kind != QuestionKind::Essay).collect();
    let all: u32 = kinds.iter().map(|(_, share)| share).sum();
    let mut plans: Vec<Plan> = Vec::new();
    // Essays come in large pieces: what they do not fill goes to the others.
    let essays = (f64::from(minutes) * 0.25 / minutes_of(QuestionKind::Essay)).round().max(1.0);
    let taken = if essay { essays * minutes_of(QuestionKind::Essay) } else { 0.0 };
    let left = f64::from(minutes) - taken;
    let rest = if essay { all - 25 } else { all };
    for (kind, share) in kinds {
        let count = match kind {
            QuestionKind::Essay => essays,
            _ => (left * f64::from(share) / f64::from(rest) / minutes_of(kind)).round().max(1.0),
        };
        let wanted = vec![kind; (count as usize).min(MOST)];
        plans.push(Plan { name: name_of(kind).to_owned(), topic: None, wanted });
    }
    plans
}

fn asked_sections(options: &ExamOptions, known: impl Fn(&str) -> bool) -> Vec<Plan> {
    let kinds: Vec<Vec<QuestionKind>> = options.sections.iter().map(kinds_of).collect();
    let mean = |kinds: &[QuestionKind]| {
        kinds.iter().map(|kind| minutes_of(*kind)).sum::<f64>() / kinds.len().max(1) as f64
    };
    let counted: f64 = options
        .sections
        .iter()
        .zip(&kinds)
        .filter_map(|(section, kinds)| Some(f64::from(section.question_count?) * mean(kinds)))
        .sum();
    let open = options.sections.iter().filter(|section| section.question_count.is_none()).count();
    let each = (f64::from(options.duration_minutes) - counted).max(0.0) / open.max(1) as f64;
    let mut plans = Vec::new();
    for (section, kinds) in options.sections.iter().zip(kinds) {
        let count = match section.question_count {
            Some(count) => count as usize,
            None => (each / mean(&kinds)).round().max(1.0) as usize,
        };
        let wanted = (0..count.min(MOST)).map(|at| kinds[at % kinds.len()]).collect();
        let topic = Some(section.name.clone()).filter(|name| kind_named(name).is_none() && known(name));
        plans.push(Plan { name: section.name.clone(), topic, wanted });
    }
    plans
}

/// The kinds that a section asks for, by list or by name; else those that a quiz has.
fn kinds_of(section: &SectionSpec) -> Vec<QuestionKind> {
    if !section.question_types.is_empty() {
        return section.question_types.clone();
    }
    match kind_named(&section.name) {
        Some(kind) => vec![kind],
        None => vec![QuestionKind::MultipleChoice, QuestionKind::ShortAnswer, QuestionKind::TrueFalse],
    }
}

/// The kind that a section's name names.
fn kind_named(name: &str) -> Option<QuestionKind> {
    let lower = name.to_lowercase().replace(['-', '_', '/'], " ");
    let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    if has(&["multiple choice", "mcq"]) {
        Some(QuestionKind::MultipleChoice)
    } else if has(&["true or false", "true false", "true and false"]) {
        Some(QuestionKind::TrueFalse)
    } else if has(&["short answer", "short question"]) {
        Some(QuestionKind::ShortAnswer)
    } else if has(&["essay", "long answer", "free response"]) {
        Some(QuestionKind::Essay)
    } else {
        None
    }
}

/// The share of questions of each difficulty that is aimed at.
pub(super) fn mix(choice: DifficultyChoice) -> [(Difficulty, f32); 3] {
    let shares = match choice.level() {
        Some(Difficulty::Easy) => [0.7, 0.25, 0.05],
        Some(Difficulty::Medium) => [0.2, 0.6, 0.2],
        Some(Difficulty::Hard) => [0.05, 0.25, 0.7],
        None => [0.35, 0.4, 0.25],
    };
    [(Difficulty::Easy, shares[0]), (Difficulty::Medium, shares[1]), (Difficulty::Hard, shares[2])]
}

/// What a question counts, by its kind and difficulty; an essay counts what its criteria add up to.
pub(super) fn points(kind: QuestionKind, difficulty: Difficulty) -> u32 {
    let harder = match difficulty {
        Difficulty::Easy => 0,
        Difficulty::Medium => 1,
        Difficulty::Hard => 2,
    };
    match kind {
        QuestionKind::TrueFalse => 1,
        QuestionKind::MultipleChoice => 1 + harder,
        QuestionKind::ShortAnswer | QuestionKind::Essay => 2 + harder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(minutes: u32) -> Vec<Plan> {
        let options = ExamOptions { duration_minutes: minutes, ..ExamOptions::default() };
        let plans = sections(&options, |_| false);
        let filled: f64 = plans.iter().flat_map(|plan| &plan.wanted).map(|kind| minutes_of(*kind)).sum();
        assert!((filled - f64::from(minutes)).abs() <= 3.0, "{minutes}: {filled}");
        plans
    }

    #[test]
    fn the_sections_fill_the_time() {
        for minutes in [5, 10, 20, 25, 30, 45, 60, 90, 120] {
            check(minutes);
        }
        let names: Vec<String> = check(60).into_iter().map(|plan| plan.name).collect();
        assert_eq!(names, ["Multiple Choice", "True or False", "Short Answer", "Essay"]);
        assert_eq!(check(20).len(), 3);
    }

    #[test]
    fn a_section_is_of_the_kind_or_the_topic_that_its_name_names() {
        let section = |name: &str, count| SectionSpec {
            name: name.to_owned(),
            question_types: Vec::new(),
            question_count: count,
        };
        let options = ExamOptions {
            sections: vec![section("Part A: true/false", Some(3)), section("Cells", None)],
            ..ExamOptions::default()
        };
        let plans = sections(&options, |name| name == "Cells");
        assert_eq!(plans[0].wanted, [QuestionKind::TrueFalse; 3]);
        assert_eq!((plans[0].topic.as_deref(), plans[1].topic.as_deref()), (None, Some("Cells")));
        assert!(plans[1].wanted.len() > 20);
    }
}
