//! Everything that goes wrong with model servers, for every task: each job ends in time, and what it shows is what it
//! keeps.

use std::time::{Duration, Instant};

use serde_json::Value;
use sharper_domain::{Item, TaskKind};
use sharper_llm::testing::{Act, Fault};

use crate::house::{
    House, IMPATIENT, Kept, Setup, beginning, end, in_parallel, make, message, request, short, standing, told,
};
use crate::wire::{Asked, answer, passes, pieces};
use crate::writer::{TASKS, Writer};

/// Tasks in which the student says how many items there are to be.
const COUNTED: [TaskKind; 3] =
    [TaskKind::FlashcardGeneration, TaskKind::QuizGeneration, TaskKind::ExamGeneration];

/// Jobs that are asked for at the same time.
const AT_ONCE: usize = 24;

/// The longest that any job may take here: three rounds, each to its time limit, and the offline author after them.
const IN_TIME: Duration = Duration::from_secs(30);

/// A job and the fault that befalls it. The fault is known to the model by a word of the request.
struct Case {
    fault: Fault,
    kind: TaskKind,
    user: String,
}

fn cases() -> Vec<Case> {
    let each = Fault::ALL.iter().enumerate().flat_map(|(place, fault)| {
        TASKS.into_iter().map(move |kind| Case { fault: *fault, kind, user: format!("user-{place}-{kind}") })
    });
    each.collect()
}

impl Case {
    fn request(&self, notes: &str) -> Value {
        let place = Fault::ALL.iter().position(|fault| *fault == self.fault).unwrap();
        // In the text too: what the judge is asked holds passages of the notes, and not what the student said.
        let text = format!("{notes}\n\n{}", mark(place));
        request(self.kind, &self.user, &format!("{} {}", message(self.kind), mark(place)), &text)
    }
}

/// A word that names a fault.
fn mark(place: usize) -> String {
    format!("Bench {place} of the room.")
}

/// The fault that the words of a question name.
fn named(asked: &Asked) -> Option<Fault> {
    let whole = asked.whole();
    let at = whole.find("Bench ")? + "Bench ".len();
    let place: usize = whole[at..].split(' ').next()?.parse().ok()?;
    Fault::ALL.get(place).copied()
}

/// What became of a case.
struct Ended {
    name: String,
    kind: TaskKind,
    user: String,
    end: Value,
    standing: Vec<(u64, Value)>,
    took: Duration,
}

/// Runs all cases against a house, asks `check` of each end, and then compares what was shown with what was kept.
fn run(house: &mut House, cases: &[Case], notes: &str, check: impl Fn(&Case, &Ended)) -> Vec<Ended> {
    let ended = in_parallel(AT_ONCE, cases, |case| {
        let begun = Instant::now();
        let log = make(&house.client(), &case.request(notes));
        crate::house::assert_whole(&log);
        Ended {
            name: format!("{:?} {}", case.fault, case.kind),
            kind: case.kind,
            user: case.user.clone(),
            end: end(&log),
            standing: standing(&log),
            took: begun.elapsed(),
        }
    });
    let kept = house.closed();
    for (case, ended) in cases.iter().zip(&ended) {
        assert!(ended.took < IN_TIME, "{} took {:?}", ended.name, ended.took);
        assert_eq!(kept.jobs(&ended.user), (1, 1), "{}", ended.name);
        ended.is_kept_as_shown(&kept);
        check(case, ended);
    }
    ended
}

impl Ended {
    /// What was kept is what stood on the stream at its end; of a job that failed, nothing is.
    fn is_kept_as_shown(&self, kept: &Kept) {
        let all = kept.items(&self.user, self.kind);
        if self.end["type"] == "error" {
            assert!(all.is_empty(), "{} failed and kept {all:?}", self.name);
            return;
        }
        assert_eq!(all.len(), 1, "{}: one thing is kept", self.name);
        let key = |item: &Item| {
            assert!(item.may_leave(), "{}: kept without a pass: {item:?}", self.name);
            let (front, back) = item.sides();
            format!("{front}\n{back}")
        };
        let mut kept: Vec<String> = all[0].iter().map(key).collect();
        let mut shown: Vec<String> = self.standing.iter().map(|(_, data)| sides(data)).collect();
        kept.sort();
        shown.sort();
        assert_eq!(kept, shown, "{}", self.name);
    }
}

/// The front and the back of an item as it is told.
fn sides(data: &Value) -> String {
    let text = |name: &str| data[name].as_str().map(str::to_owned);
    let front = ["question", "point", "term", "text", "topic"].into_iter().find_map(text);
    let back = match &data["correct_answer"] {
        Value::Bool(true) => Some("True".to_owned()),
        Value::Bool(false) => Some("False".to_owned()),
        Value::String(words) => Some(words.clone()),
        _ => ["answer", "definition", "why", "details"].into_iter().find_map(text),
    };
    format!("{}\n{}", front.unwrap_or_default(), back.unwrap_or_default())
}

fn degraded(ended: &Ended) -> bool {
    ended.end["metadata"]["degraded"].is_string()
}

#[track_caller]
fn tell(title: &str, all: &[Ended]) {
    let count = |what: &dyn Fn(&Ended) -> bool| all.iter().filter(|ended| what(ended)).count();
    let slowest = all.iter().max_by_key(|ended| ended.took).unwrap();
    println!(
        "{title}: {} jobs, {} complete by the model, {} complete and degraded, {} errors; slowest {:?} ({})",
        all.len(),
        count(&|ended| ended.end["type"] == "complete" && !degraded(ended)),
        count(&degraded),
        count(&|ended| ended.end["type"] == "error"),
        slowest.took,
        slowest.name,
    );
    let mut errors: Vec<String> = all
        .iter()
        .filter(|ended| ended.end["type"] == "error")
        .map(|ended| format!("{}: {}", ended.name, ended.end["code"]))
        .collect();
    errors.dedup();
    println!("  errors: {errors:?}");
}

/// The offline author has taken over and says why. It does not analyse notes: there the error says so.
#[track_caller]
fn taken_over(ended: &Ended) {
    if ended.end["type"] == "error" {
        assert_eq!(ended.kind, TaskKind::NoteAnalysis, "{}: {}", ended.name, ended.end);
        return;
    }
    assert!(degraded(ended), "{}: {}", ended.name, ended.end["metadata"]);
    assert!(
        ended.kind == TaskKind::Chat || !ended.standing.is_empty(),
        "{}: the offline author writes something",
        ended.name
    );
}

#[test]
fn whatever_is_wrong_with_the_model_s_server_each_job_ends_and_says_that_the_offline_author_wrote() {
    let mut house = House::with(&Setup { settings: IMPATIENT, ..Setup::default() }, |asked| {
        named(asked).map_or(Act::error(500, "?"), Fault::act)
    });
    let all = run(&mut house, &cases(), beginning(1_000), |_, ended| taken_over(ended));
    tell("every call fails", &all);
}

#[test]
fn a_fault_of_the_judge_alone_lets_no_unjudged_item_of_the_model_through() {
    let writer = Writer::of(short());
    let mut house = House::with(&Setup::default(), move |asked| match named(asked) {
        Some(fault) if asked.is_judging() => fault.act(),
        _ if asked.is_judging() => Act::error(500, "the passages do not name the fault"),
        _ => answer(asked, &writer.write(asked)),
    });
    let all = run(&mut house, &few(), short(), |_, ended| {
        taken_over(ended);
        let by_model = |(_, data): &&(u64, Value)| data["author"] == "model";
        assert_eq!(ended.standing.iter().find(by_model), None, "{}", ended.name);
    });
    tell("the judge's calls fail", &all);
}

#[test]
fn a_fault_of_the_repair_keeps_what_had_passed() {
    let writer = Writer::of(short());
    let mut house = House::with(&Setup::default(), move |asked| {
        if asked.is_judging() {
            return answer(asked, &passes(asked));
        }
        if asked.is_repair() {
            return named(asked).map_or(Act::error(500, "?"), Fault::act);
        }
        let mut written: Value = serde_json::from_str(&writer.write(asked)).unwrap();
        spoil_second(&mut written);
        answer(asked, &written.to_string())
    });
    let all = run(&mut house, &few(), short(), |_, ended| {
        assert_eq!(ended.end["type"], "complete", "{}: {}", ended.name, ended.end);
        assert!(!ended.standing.is_empty(), "{}", ended.name);
    });
    tell("the repair's calls fail", &all);
}

#[test]
fn what_breaks_off_after_three_items_keeps_what_was_written_and_judges_it() {
    let writer = Writer::of(short());
    let mut house = House::with(&Setup::default(), move |asked| {
        if asked.is_judging() {
            return answer(asked, &passes(asked));
        }
        let text = writer.write(asked);
        let half = pieces(&text).into_iter().scan(0, |braces, piece| {
            *braces += piece.matches("},{").count();
            (*braces < 3).then_some(piece)
        });
        half.fold(Act::stream_head(), |act, piece| act.delta(&piece)).reset()
    });
    let client = house.client();
    let mut ended = Vec::new();
    for kind in TASKS {
        let log = make(&client, &request(kind, &format!("user-{kind}"), message(kind), short()));
        ended.push((kind, end(&log), standing(&log), told(&log, "withdrawn").len()));
    }
    let kept = house.closed();
    for (kind, end, standing, withdrawn) in ended {
        println!(
            "{kind}: {} stand, {withdrawn} withdrawn, degraded {}",
            standing.len(),
            end["metadata"]["degraded"]
        );
        assert_eq!(end["type"], "complete", "{kind}: {end}");
        let whole = standing.len() as u64 == end["validation"]["requested"] && COUNTED.contains(&kind);
        let said = end["metadata"]["degraded"].is_string();
        assert!(whole || said, "{kind}: it says that the model broke off: {end}");
        assert_eq!(withdrawn, 0, "{kind}");
        assert_eq!(kept.items(&format!("user-{kind}"), kind)[0].len(), standing.len());
    }
}

#[test]
fn where_the_model_has_nothing_to_say_the_offline_author_is_asked() {
    let mut house = House::with(&Setup::default(), |asked| {
        let empty = serde_json::json!({"flashcards": [], "questions": [], "main_points": [], "topics": []});
        answer(asked, &empty.to_string())
    });
    let tasks = TASKS.into_iter().filter(|kind| !matches!(kind, TaskKind::Chat | TaskKind::NoteAnalysis));
    let tasks: Vec<TaskKind> = tasks.collect();
    let ends = in_parallel(AT_ONCE, &tasks, |kind| {
        end(&make(&house.client(), &request(*kind, &format!("user-{kind}"), message(*kind), short())))
    });
    for (kind, end) in tasks.iter().zip(&ends) {
        assert_eq!(end["type"], "complete", "{kind}: {end}");
        assert!(end["metadata"]["degraded"].is_string(), "{kind}: {end}");
    }
    drop(house.closed());
}

/// One fault of each way to go wrong, for every task.
fn few() -> Vec<Case> {
    const FEW: [Fault; 10] = [
        Fault::WrongKey,
        Fault::LongPrompt,
        Fault::RateLimit,
        Fault::Status503,
        Fault::Reset,
        Fault::NotJson,
        Fault::CutInChunk,
        Fault::EndsEarly,
        Fault::ErrorInStream,
        Fault::EmptyAnswer,
    ];
    cases().into_iter().filter(|case| FEW.contains(&case.fault)).collect()
}

/// Takes the quote away from the second item of each list.
fn spoil_second(value: &mut Value) {
    match value {
        Value::Array(items) if items.first().is_some_and(Value::is_object) => {
            if let Some(item) = items.get_mut(1) {
                item["quote"] = "The moon is made of a green cheese from Gruyère.".into();
                item["quotes"] = serde_json::json!(["The moon is made of a green cheese from Gruyère."]);
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(spoil_second),
        _ => {}
    }
}
