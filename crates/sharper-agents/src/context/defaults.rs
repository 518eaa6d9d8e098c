//! Smart defaults: what a request leaves open is filled in from the message, the notes, and what is known of the student.
//! A pure function; each thing that it fills in says how likely it is meant, where it is from, and why.
//!
//! The contract's own defaults stand where nothing says otherwise: a client that names a kind and no number gets ten. Only
//! where the kind itself was understood from a message in a chat does the length of the notes decide how many, and are
//! unlike notes a reason to ask.

use serde_json::{Value, json};
use sharper_domain::{
    Choice, Clarification, Detail, DifficultyChoice, Inferred, Request, SummaryLength, TaskKind,
};
use sharper_study::text::{Language, guess};

use super::profile::Profile;
use super::progress::Progress;
use super::{NoteText, subjects};
use message::Said;

mod message;

/// From how much certainty on something is filled in; below, what matters is asked for.
const SURE: f64 = 0.5;
/// Notes up to which all are taken, however unlike each other they are.
const MANY_NOTES: usize = 8;
/// Subjects that are offered.
const OFFERED: usize = 5;
/// Bytes of notes for each item, and how many there are at least and at most.
const BYTES_PER_ITEM: usize = 250;
const LEAST: u32 = 5;
const MOST: u32 = 20;
/// Reviews from which the share remembered says how hard things should be, and the shares.
const ENOUGH_REVIEWS: u64 = 20;
const REMEMBERS_MOST: f64 = 0.92;
const REMEMBERS_LITTLE: f64 = 0.6;

/// What is known when a request is looked at.
pub(crate) struct Situation<'a> {
    pub(crate) request: &'a Request,
    /// What was understood.
    pub(crate) kind: TaskKind,
    /// The request named its notes, or brought its text.
    pub(crate) sources_given: bool,
    pub(crate) texts: &'a [NoteText],
    pub(crate) profile: &'a Profile,
    pub(crate) progress: &'a Progress,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision {
    /// The request with what was filled in.
    pub(crate) request: Request,
    /// What that was.
    pub(crate) inferred: Vec<Inferred>,
    /// The places in `texts` of the notes to work from; `None` for all of them.
    pub(crate) only: Option<Vec<usize>>,
    /// What must be asked first.
    pub(crate) unclear: Option<Clarification>,
}

/// Fills in what the request leaves open.
pub(crate) fn infer(situation: &Situation<'_>) -> Decision {
    let mut decision =
        Decision { request: situation.request.clone(), inferred: Vec::new(), only: None, unclear: None };
    if situation.kind == TaskKind::Chat {
        return decision;
    }
    let said = Said::read(&situation.request.message);
    topic(situation, &said, &mut decision);
    if situation.is_vague() && decision.only.is_none() && !situation.request.given.topic {
        decision.unclear = unlike(situation);
        if decision.unclear.is_some() {
            return decision;
        }
    }
    count(situation, &said, &mut decision);
    difficulty(situation, &said, &mut decision);
    forms(situation, &mut decision);
    language(situation, &mut decision);
    decision
}

impl Situation<'_> {
    /// Whether both the kind and the notes are left to us.
    fn is_vague(&self) -> bool {
        self.request.kind == TaskKind::Chat && !self.sources_given
    }
}

fn filled(field: &str, value: Value, confidence: f64, from: &str, reason: impl Into<String>) -> Inferred {
    Inferred { field: field.into(), value, confidence, from: from.into(), reason: reason.into() }
}

/// A topic of the message counts where the notes hold it: a wrong one would leave nothing to work from.
fn topic(situation: &Situation<'_>, said: &Said, decision: &mut Decision) {
    let request = &mut decision.request;
    let Some(topic) = said.topic.clone().filter(|_| situation.is_vague() && !request.given.topic) else {
        return;
    };
    let holding = subjects::holding(situation.texts, &topic);
    if holding.is_empty() {
        return;
    }
    match situation.kind {
        TaskKind::FlashcardGeneration => request.flashcards.topic = Some(topic.clone()),
        TaskKind::QuizGeneration => request.quiz.topic = Some(topic.clone()),
        TaskKind::ExamGeneration => request.exam.topic = Some(topic.clone()),
        TaskKind::StudyPlan => request.plan.topic = Some(topic.clone()),
        TaskKind::SummaryGeneration => request.summary.focus_areas = vec![topic.clone()],
        TaskKind::NoteAnalysis | TaskKind::Chat => {}
    }
    let reason = format!("Your message names it, and {} of your notes hold it.", holding.len());
    decision.inferred.push(filled("topic", json!(topic), 0.85, "message", reason));
    decision.only = Some(holding);
}

/// The question which notes are meant, where there are many and no subject has half of them.
fn unlike(situation: &Situation<'_>) -> Option<Clarification> {
    let texts = situation.texts;
    if texts.len() <= MANY_NOTES {
        return None;
    }
    let subjects = subjects::of(texts);
    let largest = subjects.first().map_or(0, Vec::len);
    if largest as f64 / texts.len() as f64 >= SURE {
        return None;
    }
    let choice = |places: &[usize], label: String| Choice {
        label,
        notes: u32::try_from(places.len()).unwrap_or(u32::MAX),
        request: completed(situation, places),
    };
    let newest = |places: &Vec<usize>| texts[places[0]].title.clone();
    let mut options: Vec<Choice> =
        subjects.iter().take(OFFERED).map(|places| choice(places, newest(places))).collect();
    let all: Vec<usize> = (0..texts.len()).collect();
    options.push(choice(&all, String::new()));
    let question = format!(
        "Your {} newest notes are on different subjects. Which of them is this to be about?",
        texts.len()
    );
    Some(Clarification { asks: "notes".to_owned(), question, options })
}

/// The request as it would be with these notes named, so that sending it needs no guess.
fn completed(situation: &Situation<'_>, places: &[usize]) -> Value {
    let (request, given) = (situation.request, situation.request.given);
    let mut options = json!({});
    let (count, difficulty) = match situation.kind {
        TaskKind::QuizGeneration => {
            (("question_count", request.quiz.question_count), request.quiz.difficulty)
        }
        TaskKind::ExamGeneration => {
            (("duration_minutes", request.exam.duration_minutes), request.exam.difficulty)
        }
        _ => (("count", request.flashcards.count), request.flashcards.difficulty),
    };
    if given.count || situation.kind == TaskKind::ExamGeneration {
        options[count.0] = json!(count.1);
    }
    if given.difficulty {
        options["difficulty"] = json!(difficulty);
    }
    if given.question_types {
        options["question_types"] = json!(request.quiz.question_types);
    }
    if given.length {
        options["length"] = json!(request.summary.length);
    }
    if given.style {
        options["style"] = json!(request.summary.style);
    }
    let notes: Vec<_> =
        places.iter().take(sharper_domain::request::NOTES_MAX).map(|at| situation.texts[*at].id).collect();
    json!({
        "type": situation.kind,
        "message": request.message,
        "options": options,
        "explicit_note_ids": notes,
    })
}

fn count(situation: &Situation<'_>, said: &Said, decision: &mut Decision) {
    let request = &mut decision.request;
    let place = match situation.kind {
        TaskKind::FlashcardGeneration => &mut request.flashcards.count,
        TaskKind::QuizGeneration => &mut request.quiz.question_count,
        _ => return,
    };
    if situation.request.given.count {
        return;
    }
    let wishes = &situation.profile.effective;
    let learned =
        situation.profile.learned.count.as_ref().filter(|_| situation.profile.chosen.count.is_none());
    let most = wishes.daily_cards.filter(|_| situation.kind == TaskKind::FlashcardGeneration);
    let (wanted, confidence, from, reason) = if let Some((count, sure)) = said.count {
        (count, sure, "message", "Your message says how many.".to_owned())
    } else if let (Some(count), Some(learned)) = (wishes.count, learned) {
        (
            count,
            learned.confidence,
            "feedback",
            "You often said that there were too many or too few.".to_owned(),
        )
    } else if let Some(count) = wishes.count {
        (count, 1.0, "settings", "You chose it in your settings.".to_owned())
    } else if situation.is_vague() {
        let chosen = decision.only.as_ref();
        let taken = |(place, note): (usize, &NoteText)| {
            chosen.is_none_or(|only| only.contains(&place)).then_some(note.content.len())
        };
        let bytes: usize = situation.texts.iter().enumerate().filter_map(taken).sum();
        let count = u32::try_from(bytes / BYTES_PER_ITEM).unwrap_or(MOST).clamp(LEAST, MOST);
        (count, 0.6, "notes", format!("Your notes on this have {bytes} bytes."))
    } else {
        return;
    };
    let wanted = if from == "message" { wanted } else { most.map_or(wanted, |most| wanted.min(most)) };
    *place = wanted.clamp(1, sharper_domain::request::COUNT_MAX);
    decision.inferred.push(filled("count", json!(*place), confidence, from, reason));
}

fn difficulty(situation: &Situation<'_>, said: &Said, decision: &mut Decision) {
    let request = &mut decision.request;
    let place = match situation.kind {
        TaskKind::FlashcardGeneration => &mut request.flashcards.difficulty,
        TaskKind::QuizGeneration => &mut request.quiz.difficulty,
        TaskKind::ExamGeneration => &mut request.exam.difficulty,
        _ => return,
    };
    if situation.request.given.difficulty {
        return;
    }
    let profile = situation.profile;
    let learned = profile.learned.difficulty.as_ref().filter(|_| profile.chosen.difficulty.is_none());
    let accuracy = situation.progress.accuracy.filter(|_| situation.progress.reviews_total >= ENOUGH_REVIEWS);
    let (level, confidence, from, reason) =
        match (said.difficulty, profile.effective.difficulty, learned, accuracy) {
            (Some(level), ..) => (level, 0.9, "message", "Your message says how hard.".to_owned()),
            (_, Some(level), Some(learned), _) => {
                let reason =
                    format!("You said so of {} things that were made for you.", learned.observations);
                (level, learned.confidence, "feedback", reason)
            }
            (_, Some(level), None, _) => {
                (level, 1.0, "settings", "You chose it in your settings.".to_owned())
            }
            (.., Some(share)) if share >= REMEMBERS_MOST => {
                let reason = format!("You remember {:.0} of 100 cards.", share * 100.0);
                (DifficultyChoice::Hard, 0.6, "progress", reason)
            }
            (.., Some(share)) if share <= REMEMBERS_LITTLE => {
                let reason = format!("You remember {:.0} of 100 cards.", share * 100.0);
                (DifficultyChoice::Easy, 0.6, "progress", reason)
            }
            _ => return,
        };
    *place = level;
    decision.inferred.push(filled("difficulty", json!(level), confidence, from, reason));
}

/// The types of questions, and the length and shape of a summary, as the student likes them.
fn forms(situation: &Situation<'_>, decision: &mut Decision) {
    let (given, profile) = (situation.request.given, situation.profile);
    let (wishes, request) = (&profile.effective, &mut decision.request);
    let from = |chosen: bool| if chosen { "settings" } else { "feedback" };
    let why = |chosen: bool| {
        if chosen {
            "You chose it in your settings."
        } else {
            "What you said of earlier material asks for it."
        }
    };
    let sure = |learned: Option<f64>| learned.unwrap_or(1.0);
    match situation.kind {
        TaskKind::QuizGeneration if !given.question_types => {
            let Some(kinds) = wishes.question_types.clone().filter(|kinds| !kinds.is_empty()) else { return };
            let chosen = profile.chosen.question_types.is_some();
            let learned = profile.learned.question_types.as_ref().filter(|_| !chosen);
            let confidence = sure(learned.map(|learned| learned.confidence));
            decision.inferred.push(filled(
                "question_types",
                json!(kinds),
                confidence,
                from(chosen),
                why(chosen),
            ));
            request.quiz.question_types = kinds;
        }
        TaskKind::SummaryGeneration => {
            let by_detail = wishes.detail.and_then(|detail| match detail {
                Detail::Brief => Some(SummaryLength::Short),
                Detail::Normal => None,
                Detail::Thorough => Some(SummaryLength::Long),
            });
            if let Some(length) = wishes.summary_length.or(by_detail).filter(|_| !given.length) {
                let chosen = profile.chosen.summary_length.is_some() || profile.chosen.detail.is_some();
                let learned = profile.learned.summary_length.as_ref().map(|learned| learned.confidence);
                let confidence = sure(learned.filter(|_| !chosen));
                decision.inferred.push(filled(
                    "length",
                    json!(length),
                    confidence,
                    from(chosen),
                    why(chosen),
                ));
                request.summary.length = length;
            }
            if let Some(style) = wishes.summary_style.filter(|_| !given.style) {
                decision.inferred.push(filled("style", json!(style), 1.0, "settings", why(true)));
                request.summary.style = style;
            }
        }
        _ => {}
    }
}

/// The language is that of the notes, since everything is proven from their words. It is told where it is one that is
/// known; where the notes are in several, the one that the student chose.
fn language(situation: &Situation<'_>, decision: &mut Decision) {
    let sample = |note: &NoteText| note.content.chars().take(2_000).collect::<String>();
    let tag = |note: &NoteText| match guess(&sample(note)) {
        Language::English => Some("en"),
        Language::German => Some("de"),
        Language::Spanish => Some("es"),
        Language::French => Some("fr"),
        Language::Other => None,
    };
    let taken = |(place, note): (usize, &NoteText)| {
        decision.only.as_ref().is_none_or(|only| only.contains(&place)).then(|| tag(note))
    };
    let tags: Vec<Option<&str>> = situation.texts.iter().enumerate().filter_map(taken).collect();
    let chosen = situation.profile.chosen.language.as_ref().map(|tag| tag.language().to_owned());
    let told = match tags.as_slice() {
        [] => return,
        [Some(first), rest @ ..] if rest.iter().all(|tag| *tag == Some(*first)) => {
            filled("language", json!(first), 0.9, "notes", "Your notes are in it.")
        }
        all => {
            let held = chosen.filter(|chosen| all.contains(&Some(chosen.as_str())));
            let Some(chosen) = held else { return };
            filled(
                "language",
                json!(chosen),
                0.9,
                "settings",
                "You chose it, and some of these notes are in it.",
            )
        }
    };
    decision.inferred.push(told);
}

#[cfg(test)]
mod tests;
