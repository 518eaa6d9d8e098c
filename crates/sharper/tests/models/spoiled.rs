//! A model that gets one item in five wrong, in twenty ways: nothing wrong is delivered, hardly anything good is lost,
//! and asking again costs less than half of what asking for the whole batch again would.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use sharper_domain::{Draft, TaskKind};
use sharper_llm::TokenEstimate;
use sharper_study::judge::Source;
use sharper_study::testing::faults::{FaultClass, Spoiler};

use crate::house::{House, Setup, end, in_parallel, make, told};
use crate::wire::{Asked, answer, passes};
use crate::writer::{Writer, written};

const NOTES: [&str; 10] = [
    include_str!("../../../../samples/common-sense.md"),
    include_str!("../../../../samples/immune-disruptions.md"),
    include_str!("../../../../samples/measuring-money.md"),
    include_str!("../../../sharper-study/tests/notes/cells.md"),
    include_str!("../../../sharper-study/tests/notes/climate.md"),
    include_str!("../../../sharper-study/tests/notes/industry.md"),
    include_str!("../../../sharper-study/tests/notes/psychology.md"),
    include_str!("../../../sharper-study/tests/notes/chemistry.md"),
    include_str!("../../../sharper-study/tests/notes/ecology.md"),
    include_str!("../../../sharper-study/tests/notes/body.md"),
];

/// Items of a set.
const ITEMS: usize = 10;
/// One item in so many is spoiled.
const ONE_IN: usize = 5;
/// Items that the first student of each has already.
const OWNED: usize = 2;

/// An item as the model writes it.
#[derive(Clone)]
struct Written {
    value: Value,
    class: Option<FaultClass>,
}

/// One set that is asked for.
#[derive(Clone)]
struct Case {
    number: usize,
    kind: TaskKind,
    notes: usize,
    /// The first answer of the model.
    batch: Vec<Written>,
    /// What a model that is asked for the whole again would have written the second and third time.
    again: Vec<Vec<Written>>,
    /// Whether the student has the first items of the pool already.
    owns: bool,
}

/// Chance from a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % limit as u64) as usize
    }
}

/// Writes batches; the classes come as evenly as what they can befall allows.
struct Bench<'n> {
    writers: &'n [Writer],
    seeded: BTreeMap<FaultClass, usize>,
    chance: Chance,
}

impl Bench<'_> {
    fn pool(&self, notes: usize, kind: TaskKind) -> &[Draft] {
        let writer = &self.writers[notes];
        if kind == TaskKind::QuizGeneration { &writer.questions } else { &writer.cards }
    }

    fn batch(&mut self, notes: usize, kind: TaskKind, owns: bool) -> Vec<Written> {
        let text = self.writers[notes].notes.clone();
        let source = Source::new(&[&text]);
        let mut spoiler = Spoiler::new(&[&text], self.chance.0);
        let pool: Vec<Draft> = self.pool(notes, kind).to_vec();
        let (owned, pool) = pool.split_at(OWNED);
        let mut batch: Vec<Written> = Vec::new();
        let mut good: Vec<Draft> = Vec::new();
        for draft in pool.iter().take(ITEMS) {
            let bad = (self.chance.below(ONE_IN) == 0)
                .then(|| self.spoil(&mut spoiler, (draft, &good, owns.then_some(owned)), (&text, &source)))
                .flatten();
            if bad.is_none() {
                good.push(draft.clone());
            }
            batch.push(bad.unwrap_or_else(|| Written { value: written(draft, &text), class: None }));
        }
        batch
    }

    /// The item spoiled in the way that was used least so far.
    fn spoil(
        &mut self,
        spoiler: &mut Spoiler,
        (draft, good, owned): (&Draft, &[Draft], Option<&[Draft]>),
        (text, source): (&str, &Source),
    ) -> Option<Written> {
        let mut rarest = FaultClass::ALL;
        rarest.sort_by_key(|class| self.seeded.get(class).copied().unwrap_or(0));
        let (class, value) = rarest.into_iter().find_map(|class| {
            let from = match class {
                FaultClass::NearDuplicate => good.last()?,
                FaultClass::AlreadyKnown => &owned?[0],
                _ => draft,
            };
            let spoiled = spoiler.spoil(from, class)?;
            let mut value = written(&spoiled.draft, text);
            if let Some(quote) = spoiled.quote {
                if source.locate_loosely(&quote).is_some() {
                    return None;
                }
                value["quote"] = json!(quote);
            }
            (!is_mended(&value, class)).then_some((class, value))
        })?;
        *self.seeded.entry(class).or_default() += 1;
        Some(Written { value, class: Some(class) })
    }
}

/// Whether what is wrong is undone by reading alone: white space around a key, an explanation that the quote stands in
/// for.
fn is_mended(value: &Value, class: FaultClass) -> bool {
    let key = value["correct_answer"].as_str().unwrap_or_default().trim();
    let among = |options: &Value| {
        options.as_array().is_some_and(|all| all.iter().any(|one| one.as_str().unwrap_or_default() == key))
    };
    match class {
        FaultClass::KeyNotAmongOptions => among(&value["options"]),
        FaultClass::MissingField => {
            let blank = |name: &str| value[name].as_str().is_some_and(|text| text.trim().is_empty());
            !blank("question") && !blank("answer") && !blank("correct_answer")
        }
        _ => false,
    }
}

/// What tells an item from all others, whether it is being written or was delivered.
fn identity(value: &Value) -> String {
    let text = |name: &str| value[name].as_str().unwrap_or_default().trim().to_owned();
    let key = match &value["correct_answer"] {
        Value::Bool(truth) => truth.to_string(),
        _ => format!("{}{}", text("answer"), text("correct_answer")),
    };
    let list = |name: &str| value[name].as_array().cloned().unwrap_or_default();
    let mut options: Vec<String> = [list("options"), list("distractors")]
        .concat()
        .iter()
        .filter_map(|option| Some(option.as_str()?.trim().to_owned()))
        .filter(|option| *option != key && value["type"] != "true_false")
        .collect();
    options.sort();
    format!("{} | {key} | {} | {options:?}", text("question"), text("explanation"))
}

fn cases(writers: &[Writer]) -> Vec<Case> {
    let mut bench = Bench { writers, seeded: BTreeMap::new(), chance: Chance(20_261_123) };
    let mut cases = Vec::new();
    // The samples are too short of facts for a quiz of which some are turned away.
    let sets =
        [(TaskKind::FlashcardGeneration, 0..NOTES.len(), 5), (TaskKind::QuizGeneration, 3..NOTES.len(), 8)];
    for (kind, all, students) in sets {
        for (student, notes) in
            (0..students).flat_map(|student| all.clone().map(move |notes| (student, notes)))
        {
            let owns = student == 0;
            let batch = bench.batch(notes, kind, owns);
            assert_eq!(batch.len(), ITEMS);
            cases.push(Case { number: cases.len(), kind, notes, batch, again: Vec::new(), owns });
        }
    }
    // Drawn after all first ones, so that those are the same whatever the comparison needs.
    for case in &mut cases {
        case.again = (0..2).map(|_| bench.batch(case.notes, case.kind, case.owns)).collect();
    }
    cases
}

impl Case {
    fn request(&self, count: usize, mark: &str) -> Value {
        json!({
            "type": self.kind, "user_id": format!("student-{}", self.number),
            "message": format!("From my notes, please. {mark} {} of the room.", self.number),
            "options": {"content": NOTES[self.notes], "count": count, "question_count": count, "fresh": true},
        })
    }

    /// Whether it holds something that our own checks may let through.
    fn is_subtle(&self) -> bool {
        self.batch.iter().any(|item| item.class.is_some_and(|class| SUBTLE.contains(&class)))
    }

    fn shaped(&self, items: &[Value]) -> String {
        match self.kind {
            TaskKind::QuizGeneration => json!({"quiz": {"questions": items}}).to_string(),
            _ => json!({"flashcards": items}).to_string(),
        }
    }
}

/// The number after a word of the student's message.
fn number_after(asked: &Asked, mark: &str) -> Option<usize> {
    let at = asked.user().find(mark)? + mark.len();
    asked.user()[at..].trim_start().split(' ').next()?.parse().ok()
}

/// Tokens by kind of call: calls, tokens.
#[derive(Debug, Default, Clone, Copy)]
struct Tokens {
    first: (u32, u32),
    repair: (u32, u32),
    judge: (u32, u32),
    /// Items that were judged, and tokens of what the judge was asked and answered for each.
    judged: (u32, u32),
}

impl Tokens {
    fn count(&mut self, asked: &Asked, text: &str, is_first: bool) {
        let tokens = asked.tokens() + TokenEstimate::of(text);
        let add = |to: &mut (u32, u32)| *to = (to.0 + 1, to.1 + tokens);
        if asked.is_judging() {
            add(&mut self.judge);
            let items = TokenEstimate::of(asked.user()) + TokenEstimate::of(text);
            self.judged = (self.judged.0 + asked.names().len() as u32, self.judged.1 + items);
        } else if is_first {
            add(&mut self.first);
        } else {
            add(&mut self.repair);
        }
    }

    fn sum(&self) -> u32 {
        self.first.1 + self.repair.1 + self.judge.1
    }
}

/// What asking for the whole batch again would take: until nothing in it is wrong, three times at most.
fn whole_batch(cases: &[Case], asking: &HashMap<usize, u32>, tokens: &Tokens) -> u32 {
    let each = f64::from(tokens.judged.1) / f64::from(tokens.judged.0);
    let rules = f64::from(tokens.judge.1 - tokens.judged.1) / f64::from(tokens.judge.0);
    let judging = (rules + each * ITEMS as f64) as u32;
    let mut sum = 0;
    for case in cases {
        for batch in std::iter::once(&case.batch).chain(&case.again) {
            let values: Vec<Value> = batch.iter().map(|item| item.value.clone()).collect();
            sum += asking[&case.number] + TokenEstimate::of(&case.shaped(&values)) + judging;
            if batch.iter().all(|item| item.class.is_none()) {
                break;
            }
        }
    }
    sum
}

/// What became of one set.
struct Ended {
    delivered: Vec<String>,
    rejected: Value,
}

/// A judge that sees what is wrong where it is wrong.
fn honest(asked: &Asked, cases: &[Case]) -> String {
    let spoiled = |item: &str| {
        let in_it = |one: &&Written| {
            let text = |name: &str| one.value[name].as_str().unwrap_or_default().trim();
            let key = if text("correct_answer").is_empty() { text("answer") } else { text("correct_answer") };
            let answered = item.lines().find_map(|line| {
                let (label, said) = line.split_once(": ")?;
                matches!(label, "Right answer" | "Answer" | "The statement is said to be").then_some(said)
            });
            item.contains(text("question")) && answered.is_some_and(|said| said.eq_ignore_ascii_case(key))
        };
        let all = cases.iter().flat_map(|case| &case.batch);
        // Only these are seen in the item alone; a repetition, for one, is wrong only beside the first.
        let told = all.filter(|one| one.class.is_some_and(|class| SUBTLE.contains(&class)));
        told.filter(in_it).count() > 0
    };
    let verdict = |item: &str| {
        let name = item.lines().find_map(|line| line.strip_prefix("Name: ")).unwrap_or_default();
        let score = if spoiled(item) { 0.1 } else { 0.95 };
        json!({"item": name, "reason": "", "is_safe": true, "accuracy_score": score, "quality_score": 0.95})
    };
    let items: Vec<Value> = asked.user().split("<item>").skip(1).map(verdict).collect();
    json!({ "items": items }).to_string()
}

/// What a run gave.
struct Outcome {
    ended: Vec<Ended>,
    repaired: HashMap<usize, Vec<Value>>,
    tokens: Tokens,
    /// Tokens of the first question of each case.
    asking: HashMap<usize, u32>,
}

/// All cases through the program with a judge that passes all; or those that need a judge with an honest one.
fn run(writers: &Arc<Vec<Writer>>, cases: &Arc<Vec<Case>>, is_honest: bool) -> Outcome {
    let asked_for: Vec<&Case> = cases.iter().filter(|case| !is_honest || case.is_subtle()).collect();
    let tokens: Arc<Mutex<(Tokens, HashMap<usize, u32>)>> = Arc::default();
    let repaired: Arc<Mutex<HashMap<usize, Vec<Value>>>> = Arc::default();
    let script = {
        let (writers, cases, tokens, repaired) =
            (writers.clone(), cases.clone(), tokens.clone(), repaired.clone());
        move |asked: &Asked| {
            if let Some(number) = number_after(asked, "Shelf") {
                let case = &cases[number];
                let pool = if case.kind == TaskKind::QuizGeneration {
                    &writers[case.notes].questions
                } else {
                    &writers[case.notes].cards
                };
                let owned: Vec<Value> =
                    pool.iter().take(OWNED).map(|one| written(one, NOTES[case.notes])).collect();
                return answer(asked, &case.shaped(&owned));
            }
            let case = number_after(asked, "Bench").map(|number| &cases[number]);
            let is_first = case.is_some_and(|case| !tokens.lock().unwrap().1.contains_key(&case.number));
            let text = match case {
                None if is_honest => honest(asked, &cases),
                None => passes(asked),
                // Whatever is asked after the first batch is asked again.
                Some(case) if !is_first => {
                    let text = writers[case.notes].write(asked);
                    let items = items_of(&text);
                    repaired.lock().unwrap().entry(case.number).or_default().extend(items);
                    text
                }
                Some(case) => {
                    tokens.lock().unwrap().1.insert(case.number, asked.tokens());
                    let values: Vec<Value> = case.batch.iter().map(|item| item.value.clone()).collect();
                    case.shaped(&values)
                }
            };
            tokens.lock().unwrap().0.count(asked, &text, is_first);
            answer(asked, &text)
        }
    };
    let mut house = House::with(&Setup::default(), script);
    let owners: Vec<&&Case> = asked_for.iter().filter(|case| case.owns).collect();
    in_parallel(8, &owners, |case| {
        let log = make(&house.client(), &case.request(OWNED, "Shelf"));
        assert_eq!(told(&log, "item").len(), OWNED, "{}", end(&log));
    });
    *tokens.lock().unwrap() = Default::default();
    let ended = in_parallel(8, &asked_for, |case| {
        let log = make(&house.client(), &case.request(ITEMS, "Bench"));
        let end = end(&log);
        assert_eq!(end["type"], "complete", "{end}");
        let list = if case.kind == TaskKind::QuizGeneration {
            &end["data"]["quiz"]["questions"]
        } else {
            &end["data"]["flashcards"]
        };
        Ended {
            delivered: list.as_array().unwrap().iter().map(identity).collect(),
            rejected: end["validation"]["rejected"].clone(),
        }
    });
    drop(house.closed());
    let repaired = std::mem::take(&mut *repaired.lock().unwrap());
    let (tokens, asking) = std::mem::take(&mut *tokens.lock().unwrap());
    Outcome { ended, repaired, tokens, asking }
}

/// What came of the spoiled items and of the good ones.
struct Counted {
    /// Seeded, and those that were delivered, by class.
    classes: BTreeMap<FaultClass, (usize, Vec<String>)>,
    good: usize,
    dropped: Vec<String>,
}

impl Counted {
    fn seeded(&self) -> usize {
        self.classes.values().map(|(seeded, _)| seeded).sum()
    }

    fn through(&self) -> usize {
        self.classes.values().map(|(_, through)| through.len()).sum()
    }

    fn print(&self) {
        for (class, (seeded, through)) in &self.classes {
            println!("  {class:?}: {} of {seeded} delivered {through:?}", through.len());
        }
        println!("  all: {} of {}", self.through(), self.seeded());
        println!("good items dropped: {} of {} {:#?}", self.dropped.len(), self.good, self.dropped);
    }
}

fn count(cases: &[Case], outcome: &Outcome) -> Counted {
    let Outcome { ended, repaired, .. } = outcome;
    let mut classes: BTreeMap<FaultClass, (usize, Vec<String>)> = BTreeMap::new();
    let (mut good, mut dropped) = (0, Vec::new());
    for (case, ended) in cases.iter().zip(ended) {
        for item in &case.batch {
            let told = identity(&item.value);
            match item.class {
                Some(class) => {
                    let entry = classes.entry(class).or_default();
                    entry.0 += 1;
                    // Of an item that is repeated letter for letter, the first is good; and one may be mended by its quote alone.
                    let fair = case.batch.iter().filter(|one| one.class.is_none()).map(|one| &one.value);
                    let again = repaired.get(&case.number).into_iter().flatten();
                    let fair = fair.chain(again).filter(|value| identity(value) == told).count();
                    let times = |all: &[String]| all.iter().filter(|one| **one == told).count();
                    if times(&ended.delivered) > fair {
                        entry.1.push(told);
                    }
                }
                None => {
                    good += 1;
                    if !ended.delivered.contains(&told) {
                        dropped.push(format!("{told} ({})", ended.rejected));
                    }
                }
            }
        }
        for value in repaired.get(&case.number).into_iter().flatten() {
            good += 1;
            if !ended.delivered.contains(&identity(value)) {
                dropped.push(format!("repaired: {} ({})", identity(value), ended.rejected));
            }
        }
    }
    Counted { classes, good, dropped }
}

/// Ways to be wrong of which our own checks still let one in a hundred through: a term in the place of another that
/// stands elsewhere in the notes. The judge's call is there for them.
const SUBTLE: [FaultClass; 2] = [FaultClass::ChangedName, FaultClass::WrongTruth];

#[test]
fn of_a_thousand_items_one_in_five_is_wrong_and_none_of_those_is_delivered() {
    let writers: Arc<Vec<Writer>> = Arc::new(NOTES.iter().map(|notes| Writer::of(notes)).collect());
    let cases = Arc::new(cases(&writers));
    let outcome = run(&writers, &cases, false);
    let counted = count(&cases, &outcome);
    println!("{} sets of {ITEMS}, a judge that passes all:", cases.len());
    counted.print();
    assert_eq!(counted.classes.len(), FaultClass::ALL.len(), "every class is among them");
    assert!(counted.seeded() * 100 >= cases.len() * ITEMS * 18, "too few are spoiled");
    for (class, (_, through)) in counted.classes.iter().filter(|(class, _)| !SUBTLE.contains(class)) {
        assert!(through.is_empty(), "{class:?}: {through:?}");
    }
    assert!(counted.through() * 100 <= counted.seeded(), "our own checks let hardly anything through");
    assert!(counted.dropped.len() * 100 <= counted.good, "hardly anything good is dropped");

    let tokens = &outcome.tokens;
    let whole = whole_batch(&cases, &outcome.asking, tokens);
    println!("calls and tokens: {tokens:?}");
    let share = f64::from(tokens.sum()) / f64::from(whole);
    println!("tokens: {} here, {whole} if the whole is asked for again: {share:.2}", tokens.sum());
    assert!(tokens.sum() * 2 <= whole, "mending takes at most half of the tokens");

    let subtle: Vec<Case> = cases.iter().filter(|case| case.is_subtle()).cloned().collect();
    let counted = count(&subtle, &run(&writers, &cases, true));
    println!("{} of the sets, an honest judge:", subtle.len());
    counted.print();
    assert_eq!(counted.through(), 0, "an honest judge lets nothing through");
}

/// The items in an answer of the good writer.
fn items_of(text: &str) -> Vec<Value> {
    let value: Value = serde_json::from_str(text).unwrap();
    let list = if value["quiz"].is_object() { &value["quiz"]["questions"] } else { &value["flashcards"] };
    list.as_array().unwrap().clone()
}
