//! Good items from many notes, one in five spoiled on purpose: nothing spoiled passes, nearly everything good does.

use std::collections::BTreeMap;

use sharper_domain::{
    Draft, FlashcardOptions, Passage, QuestionDraft, QuestionKind, QuizOptions, Span, Statement, StudyTopic,
    SummaryLength, SummaryOptions, TaskKind,
};
use sharper_study::compose::{flashcards, quiz, summary::summary};
use sharper_study::judge::{ItemJudge, Source};
use sharper_study::read::Document;
use sharper_study::testing::faults::{FaultClass, SpoiledDraft, Spoiler};

const NOTES: &[&str] = &[
    include_str!("../../../samples/common-sense.md"),
    include_str!("../../../samples/immune-disruptions.md"),
    include_str!("../../../samples/measuring-money.md"),
    include_str!("notes/cells.md"),
    include_str!("notes/climate.md"),
    include_str!("notes/industry.md"),
    include_str!("notes/psychology.md"),
    include_str!("notes/chemistry.md"),
    include_str!("notes/ecology.md"),
    include_str!("notes/body.md"),
];

/// What the offline author makes of some notes, task by task.
fn good(notes: &str) -> Vec<(TaskKind, Vec<Draft>)> {
    let docs = [Document::parse(notes)];
    let cards = flashcards(&docs, &FlashcardOptions::default()).take(100).map(Draft::Card).collect();
    let mut made = vec![(TaskKind::FlashcardGeneration, cards)];
    for kind in QuestionKind::QUIZ {
        let options = QuizOptions { question_types: vec![kind], ..QuizOptions::default() };
        let questions: Vec<QuestionDraft> = quiz(&docs, &options).take(100).collect();
        made.push((TaskKind::QuizGeneration, questions.into_iter().map(Draft::Question).collect()));
    }
    let options = SummaryOptions { length: SummaryLength::Long, ..SummaryOptions::default() };
    let parts = summary(&docs, &options).summary;
    let statement = |point: &sharper_domain::MainPoint<Passage>| {
        let sources = point.sources.clone();
        Draft::Statement(Statement {
            text: format!("{} {}", point.point, point.details).trim().to_owned(),
            sources,
            verdict: None,
        })
    };
    made.push((TaskKind::Chat, parts.main_points.iter().map(statement).collect()));
    let points = parts.main_points.into_iter().map(Draft::Point);
    made.push((TaskKind::SummaryGeneration, points.chain(parts.key_terms.into_iter().map(Draft::Term)).collect()));
    made.push((TaskKind::StudyPlan, topics(notes)));
    made
}

/// The headings of some notes as topics of a plan.
fn topics(notes: &str) -> Vec<Draft> {
    let topic = |line: &str| {
        let title = line.trim_start_matches('#').trim();
        let start = notes.find(title).expect("the heading stands in the notes");
        Draft::Topic(StudyTopic {
            topic: title.to_owned(),
            why: "The notes give it much room.".to_owned(),
            weight: 0.2,
            words: 100,
            mastery: None,
            source: Passage { text: 0, span: Span { start, end: start + title.len() } },
            verdict: None,
        })
    };
    notes.lines().filter(|line| line.starts_with('#')).map(topic).collect()
}

/// What became of the items.
#[derive(Default)]
struct Tally {
    good: usize,
    dropped: Vec<String>,
    /// Seeded and delivered, by class.
    seeded: BTreeMap<FaultClass, (usize, Vec<String>)>,
}

impl Tally {
    fn table(&self) -> String {
        let rows = self.seeded.iter().map(|(class, (seeded, through))| {
            format!("{class:?}: {}/{seeded} {:#?}", through.len(), &through[..through.len().min(LISTED)])
        });
        let rows: Vec<String> = rows.collect();
        let dropped = &self.dropped[..self.dropped.len().min(LISTED)];
        format!("{}\ngood: {} of {} dropped {dropped:#?}", rows.join("\n"), self.dropped.len(), self.good)
    }
}

/// How many of what went wrong are listed.
const LISTED: usize = 70;

/// The draft as it would arrive: a quote that a model made up stands nowhere, or where it stands it is no fault.
fn arrived(spoiled: &SpoiledDraft, source: &Source) -> Option<Draft> {
    match &spoiled.quote {
        Some(quote) if source.locate_loosely(quote).is_some() => None,
        _ => Some(spoiled.draft.clone()),
    }
}

fn front_and_back(draft: &Draft) -> (String, String) {
    let (one, two) = match draft {
        Draft::Card(card) => (card.question.as_str(), card.answer.as_str()),
        Draft::Question(question) => (question.question.as_str(), question.correct_answer.as_str()),
        Draft::Point(point) => (point.point.as_str(), ""),
        Draft::Term(term) => (term.term.as_str(), term.definition.as_str()),
        Draft::Statement(statement) => (statement.text.as_str(), ""),
        Draft::Finding(finding) => (finding.point.as_str(), ""),
        Draft::Topic(topic) => (topic.topic.as_str(), ""),
    };
    (one.to_owned(), two.to_owned())
}

/// Seeds one class into one draft, and counts whether it is delivered.
fn seed(
    tally: &mut Tally,
    (source, task): (&Source, TaskKind),
    judge: &mut ItemJudge<'_>,
    spoiler: &mut Spoiler,
    (draft, class): (&Draft, FaultClass),
) {
    let Some(spoiled) = spoiler.spoil(draft, class) else { return };
    let Some(bad) = arrived(&spoiled, source) else { return };
    let (front, back) = front_and_back(draft);
    let passed = match class {
        FaultClass::AlreadyKnown => {
            let known = std::iter::once((front.as_str(), back.as_str()));
            ItemJudge::new(source, task, known).check(&bad).passed()
        }
        FaultClass::NearDuplicate => {
            judge.accept(draft);
            judge.check(&bad).passed()
        }
        _ => judge.check(&bad).passed(),
    };
    let entry = tally.seeded.entry(class).or_default();
    entry.0 += 1;
    if passed {
        entry.1.push(format!("{:?}", bad));
    }
}

#[test]
fn one_in_five_is_spoiled_and_none_of_those_is_delivered() {
    let mut tally = Tally::default();
    let mut turn = 0;
    for notes in NOTES {
        let source = Source::new(&[notes]);
        let mut spoiler = Spoiler::new(&[notes], 7);
        for (task, drafts) in good(notes) {
            let mut judge = ItemJudge::new(&source, task, std::iter::empty());
            for draft in drafts {
                turn += 1;
                if turn % 5 == 0 {
                    let seeded = |class: &FaultClass| tally.seeded.get(class).map_or(0, |(seeded, _)| *seeded);
                    let mut rarest = FaultClass::ALL;
                    rarest.sort_by_key(seeded);
                    let class = rarest.into_iter().find(|&class| spoiler.spoil(&draft, class).is_some());
                    let class = class.expect("any draft can have a field missing");
                    seed(&mut tally, (&source, task), &mut judge, &mut spoiler, (&draft, class));
                    continue;
                }
                tally.good += 1;
                let verdict = judge.check(&draft);
                if verdict.passed() {
                    judge.accept(&draft);
                } else {
                    tally.dropped.push(format!("{:?} {:?} {draft:?}", verdict.faults, verdict.scores));
                }
            }
        }
    }
    let through: usize = tally.seeded.values().map(|(_, through)| through.len()).sum();
    assert!(turn >= 1000, "{turn} items");
    assert_eq!(tally.seeded.len(), FaultClass::ALL.len(), "{}", tally.table());
    assert_eq!(through, 0, "{}", tally.table());
    assert!(tally.dropped.len() * 100 <= tally.good, "{}", tally.table());
}

#[test]
fn each_class_is_caught_in_each_item_that_can_have_it() {
    let mut tally = Tally::default();
    for notes in NOTES {
        let source = Source::new(&[notes]);
        let mut spoiler = Spoiler::new(&[notes], 11);
        for (task, drafts) in good(notes) {
            let judge = ItemJudge::new(&source, task, std::iter::empty());
            let fair: Vec<Draft> = drafts.into_iter().filter(|draft| judge.check(draft).passed()).collect();
            for draft in &fair {
                for class in FaultClass::ALL {
                    let mut fresh = ItemJudge::new(&source, task, std::iter::empty());
                    seed(&mut tally, (&source, task), &mut fresh, &mut spoiler, (draft, class));
                }
            }
        }
    }
    let through: usize = tally.seeded.values().map(|(_, through)| through.len()).sum();
    assert_eq!(through, 0, "{}", tally.table());
}
