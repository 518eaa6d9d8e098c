//! Safety: what must not reach a student, and that the mature topics of real textbooks may. Fails closed:
//! a text that cannot be read is not safe.

mod features;
mod lexicon;
mod rules;
mod weights;

pub use features::BUCKETS;
use features::{Reading, classes, features};
use lexicon::{Classes, lexicon};

use super::quality::Severity;

/// For whom a text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Age {
    /// Under thirteen.
    Child,
    /// Thirteen to seventeen, or unknown.
    #[default]
    Teen,
    /// Eighteen and over.
    Adult,
}

/// What a concern is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Sexual content that involves minors.
    SexualMinors,
    /// Sexual content.
    Sexual,
    /// Suicide or self-harm, encouraged or explained.
    SelfHarm,
    /// How weapons, explosives, poisons or drugs are made.
    Weapons,
    /// Hate against a group.
    Hate,
    /// Insult or threat against a person.
    Harassment,
    /// Violence, graphic or glorified.
    Violence,
    /// Help with a crime.
    Crime,
    /// Instructions to the machine in place of content.
    Injection,
    /// It cannot be read, so it cannot be called safe.
    Unreadable,
    /// Unsafe as a whole; no one thing to name.
    Other,
}

impl Category {
    /// One word for a log or an answer.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::SexualMinors => "sexual_minors",
            Category::Sexual => "sexual",
            Category::SelfHarm => "self_harm",
            Category::Weapons => "weapons",
            Category::Hate => "hate",
            Category::Harassment => "harassment",
            Category::Violence => "violence",
            Category::Crime => "crime",
            Category::Injection => "injection",
            Category::Unreadable => "unreadable",
            Category::Other => "other",
        }
    }

    /// What to do about it.
    pub fn recommendation(self) -> &'static str {
        match self {
            Category::SexualMinors | Category::Sexual => "leave out the sexual content",
            Category::SelfHarm => {
                "leave this out; if it is about you, talk to someone you trust or a helpline today"
            }
            Category::Weapons => "leave out how it is made",
            Category::Hate => "leave out what degrades people",
            Category::Harassment => "leave out the insults and threats",
            Category::Violence => "leave out the graphic details",
            Category::Crime => "leave out how the crime is done",
            Category::Injection => "leave out the instructions to the machine",
            Category::Unreadable => "give it as plain text",
            Category::Other => "rewrite it for a classroom",
        }
    }
}

/// One reason why a text is not safe.
#[derive(Debug, Clone, PartialEq)]
pub struct Concern {
    /// What it is about.
    pub category: Category,
    /// How grave it is.
    pub severity: Severity,
    /// The place, in normal form and lower case, cut short.
    pub excerpt: String,
}

/// Whether a text is safe, how surely, and why not.
#[derive(Debug, Clone, PartialEq)]
pub struct Safety {
    /// Whether it may reach a student.
    pub is_safe: bool,
    /// From 0 (harmful) to 1 (harmless); safe from 0.5.
    pub score: f64,
    /// Why not, the gravest first; empty when it is safe.
    pub concerns: Vec<Concern>,
}

/// Words that are judged at once; a longer text is judged in stretches, so that nothing hides in length.
const STRETCH: usize = 160;
/// How far the next stretch begins after the last.
const STEP: usize = 80;
/// Longest excerpt, in characters.
const EXCERPT: usize = 120;
/// Most words and marks of a short question.
const QUESTION_WORDS: usize = 30;
/// Longest text that is judged, in bytes: what is longer is not one item.
const LONGEST: usize = 8_000_000;

/// Judges a text.
pub fn assess(text: &str, age: Age) -> Safety {
    if text.len() > LONGEST || unreadable(text) {
        let concern =
            Concern { category: Category::Unreadable, severity: Severity::High, excerpt: String::new() };
        return Safety { is_safe: false, score: 0.0, concerns: vec![concern] };
    }
    let reading = Reading::of(text);
    let mut worst = 0.0f64;
    let mut concerns: Vec<Concern> = rules::of_text(text, &reading);
    let mut start = 0;
    loop {
        let end = (start + STRETCH).min(reading.len());
        worst = worst.max(judge_stretch(&reading, start..end, age, &mut concerns));
        if end == reading.len() {
            break;
        }
        start += STEP;
    }
    if !concerns.is_empty() {
        worst = worst.max(0.95);
    }
    concerns.sort_by_key(|concern| (std::cmp::Reverse(concern.severity), concern.category));
    concerns.dedup_by_key(|concern| concern.category);
    Safety { is_safe: concerns.is_empty(), score: 1.0 - worst, concerns }
}

/// The chance that a stretch is harmful, 0.5 being the border; adds what is wrong with it.
fn judge_stretch(
    reading: &Reading,
    range: std::ops::Range<usize>,
    age: Age,
    concerns: &mut Vec<Concern>,
) -> f64 {
    let words = reading.words(range.clone());
    let sets = classes(&words);
    let excerpt = || reading.stretch(range.clone()).chars().take(EXCERPT).collect::<String>();
    for category in rules::of_words(&words, &sets) {
        concerns.push(Concern { category, severity: Severity::High, excerpt: excerpt() });
    }
    let found = features(&words, &sets);
    let margin = match age {
        Age::Child => 0.25,
        Age::Teen => 0.0,
        Age::Adult => -0.25,
    };
    let margin = if asks_words(&words) { margin - f64::from(weights::QUESTION_MARGIN) } else { margin };
    let harm = logistic(weigh(&found, weights::HARM, weights::HARM_SCALE, weights::HARM_BIAS) + margin);
    let injection =
        logistic(weigh(&found, weights::INJECTION, weights::INJECTION_SCALE, weights::INJECTION_BIAS));
    if harm >= 0.5 {
        let severity = if harm > 0.8 { Severity::High } else { Severity::Medium };
        concerns.push(Concern { category: category_of(&sets), severity, excerpt: excerpt() });
    }
    if injection >= 0.5 {
        concerns.push(Concern {
            category: Category::Injection,
            severity: Severity::Medium,
            excerpt: excerpt(),
        });
    }
    harm.max(injection)
}

/// Whether a text is a short question and nothing else: many that sound harmful are not.
pub fn asks(text: &str) -> bool {
    let reading = Reading::of(text);
    asks_words(&reading.words(0..reading.len()))
}

fn asks_words(words: &[&str]) -> bool {
    const OPENERS: &[&str] = &[
        "how", "what", "where", "why", "when", "who", "which", "can", "could", "is", "are", "does", "do",
        "did", "tell", "explain",
    ];
    let opens = words.first().is_some_and(|word| OPENERS.contains(word));
    let ends = words.last() == Some(&"?");
    words.len() <= QUESTION_WORDS && (ends || opens && !words.contains(&"?"))
}

fn unreadable(text: &str) -> bool {
    let total = text.chars().count();
    let broken = text.chars().filter(|&c| c == '\u{FFFD}' || c.is_control() && !c.is_whitespace()).count();
    broken * 10 > total
}

fn weigh(found: &[(u16, f32)], weights: &[u8; BUCKETS], scale: f32, bias: f32) -> f64 {
    let sum: f32 = found.iter().map(|&(place, value)| f32::from(weights[place as usize] as i8) * value).sum();
    f64::from(sum * scale + bias)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The category whose words stand in the text most often.
fn category_of(sets: &[Classes]) -> Category {
    let lexicon = lexicon();
    let count = |names: &[&str]| {
        let wanted = names.iter().fold(0, |all, name| all | lexicon.class(name));
        sets.iter().filter(|&&set| set & wanted != 0).count()
    };
    let contempt = count(&["contempt"]).min(count(&["group"]));
    let found = [
        (Category::Sexual, count(&["porn", "explicit"])),
        (Category::SelfHarm, 2 * count(&["selfharm", "methodask"])),
        (Category::Hate, 3 * count(&["slur"]) + 2 * contempt),
        (Category::Harassment, count(&["insult", "profane"])),
        (Category::Violence, count(&["threat", "gore"])),
        (Category::Weapons, count(&["weapon", "drug"])),
        (Category::Crime, count(&["crime"])),
    ];
    let best = found.iter().rev().max_by_key(|(_, count)| *count);
    best.filter(|(_, count)| *count > 0).map_or(Category::Other, |&(category, _)| category)
}

/// The places and values that the fitted weights see of a text's first stretch: what they are fitted on.
pub fn measures(text: &str) -> Vec<(u16, f32)> {
    let reading = Reading::of(text);
    let words = reading.words(0..reading.len());
    features(&words, &classes(&words))
}

/// Whether the rules alone turn a text away, whatever the weights say.
pub fn breaks_a_rule(text: &str) -> bool {
    let reading = Reading::of(text);
    let words = reading.words(0..reading.len());
    !rules::of_text(text, &reading).is_empty() || !rules::of_words(&words, &classes(&words)).is_empty()
}
