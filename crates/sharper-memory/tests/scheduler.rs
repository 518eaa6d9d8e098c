//! What the scheduler does to cards: steps, days, leeches; and what holds whatever comes in.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

#[path = "world/chance.rs"]
mod chance;

use chance::Chance;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sharper_domain::{CardId, Grade, Memory, MemoryState, StudyRules};
use sharper_memory::{Days, Scheduler, Sitting, Weights, leech, readiness, replay, retrievability};

const CARD: CardId = CardId(uuid::Uuid::from_u128(0x5eed));

fn berlin() -> Days {
    Days { zone: TimeZone::get("Europe/Berlin").unwrap(), starts: 4 }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Grades a card on and on, each time at the moment it comes back, and gives what it became.
#[track_caller]
fn check(rules: &StudyRules, grades: &[Grade], state: MemoryState, step: u32, wait: &str) {
    let days = berlin();
    let scheduler = Scheduler::new(&Weights::default(), rules.clone());
    let mut memory: Option<Memory> = None;
    let mut now = at("2026-11-24T10:00:00Z");
    for grade in grades {
        now = memory.map_or(now, |memory| memory.due_at);
        let sitting = Sitting { at: now, days: &days, load: &|_| 0, exam: None };
        memory = Some(scheduler.next(CARD, memory.as_ref(), *grade, &sitting));
    }
    let memory = memory.unwrap();
    let waits = match (days.date(memory.due_at) - days.date(now)).get_days() {
        0 => format!("{} s", memory.due_at.duration_since(now).as_secs()),
        whole => format!("{whole} d"),
    };
    assert_eq!((memory.state, memory.step, waits.as_str()), (state, step, wait), "{grades:?}");
    assert_eq!(memory.reviews as usize, grades.len());
}

#[test]
fn a_card_goes_through_its_steps_and_then_through_days() {
    use Grade::{Again, Easy, Good, Hard};
    use MemoryState::{Learning, Relearning, Review};
    let rules = StudyRules::default();
    check(&rules, &[Again], Learning, 0, "60 s");
    check(&rules, &[Hard], Learning, 0, "330 s");
    check(&rules, &[Good], Learning, 1, "600 s");
    check(&rules, &[Good, Hard], Learning, 1, "600 s");
    check(&rules, &[Good, Again], Learning, 0, "60 s");
    check(&rules, &[Good, Good], Review, 0, "2 d");
    check(&rules, &[Easy], Review, 0, "9 d");
    check(&rules, &[Good, Good, Again], Relearning, 0, "600 s");
    check(&rules, &[Good, Good, Again, Hard], Relearning, 0, "900 s");
    check(&rules, &[Good, Good, Again, Good], Review, 0, "1 d");
    let none = StudyRules { learning_steps: vec![], relearning_steps: vec![], ..rules };
    check(&none, &[Again], Review, 0, "1 d");
    check(&none, &[Good], Review, 0, "2 d");
    check(&none, &[Good, Again], Review, 0, "1 d");
    // A step of a day or more waits for the day.
    check(&StudyRules { learning_steps: vec![60, 86_400], ..none.clone() }, &[Good], Learning, 1, "1 d");
    check(&StudyRules { maximum_interval_days: 5, ..none }, &[Easy], Review, 0, "5 d");
}

#[test]
fn a_leech_is_told_at_the_threshold_and_at_every_half_of_it_after() {
    let check = |leech_lapses, expected: &[u32]| {
        let rules = StudyRules { leech_lapses, ..StudyRules::default() };
        let mut memory = replay(
            &Weights::default(),
            &rules,
            &berlin(),
            CARD,
            &[(Grade::Good, at("2026-01-01T10:00:00Z"))],
        )
        .unwrap();
        let told: Vec<u32> = (0..18)
            .filter(|lapses| {
                memory.lapses = *lapses;
                leech(&memory, &rules)
            })
            .collect();
        assert_eq!(told, expected, "{leech_lapses}");
    };
    check(8, &[8, 12, 16]);
    check(5, &[5, 8, 11, 14, 17]);
    check(0, &[]);
    check(20, &[]);
}

#[test]
fn only_forgetting_what_was_known_is_a_lapse() {
    use Grade::{Again, Good};
    let lapses = |grades: &[Grade]| {
        let history: Vec<_> = grades
            .iter()
            .zip(0..)
            .map(|(grade, day)| (*grade, at("2026-01-01T10:00:00Z") + SignedDuration::from_hours(24 * day)))
            .collect();
        replay(&Weights::default(), &StudyRules::default(), &berlin(), CARD, &history).unwrap().lapses
    };
    assert_eq!(lapses(&[Again, Again, Again]), 0);
    assert_eq!(lapses(&[Good, Good, Again]), 1);
    assert_eq!(lapses(&[Good, Good, Again, Again]), 1);
    assert_eq!(lapses(&[Good, Good, Again, Good, Again]), 2);
    assert!(replay(&Weights::default(), &StudyRules::default(), &berlin(), CARD, &[]).is_none());
}

#[test]
fn before_an_exam_a_card_comes_back_in_time_and_after_it_as_ever() {
    let days = berlin();
    let scheduler = Scheduler::new(&Weights::default(), StudyRules::default());
    let exam = at("2026-11-24T09:00:00Z");
    let due = |now: &str, stability: f64, exam: Option<Timestamp>, load: &dyn Fn(Date) -> u32| {
        let now = at(now);
        let last_review_at = now - SignedDuration::from_hours(24 * 10);
        let memory = Memory {
            state: MemoryState::Review,
            step: 0,
            stability,
            difficulty: 5.0,
            due_at: now,
            last_review_at,
            reviews: 4,
            lapses: 0,
        };
        let sitting = Sitting { at: now, days: &days, load, exam };
        days.date(scheduler.next(CARD, Some(&memory), Grade::Good, &sitting).due_at)
    };
    let exam_day = days.date(exam);
    for now in
        ["2026-11-01T18:00:00Z", "2026-11-10T18:00:00Z", "2026-11-20T18:00:00Z", "2026-11-22T18:00:00Z"]
    {
        // What will be known anyway comes back when it ever would.
        assert_eq!(due(now, 3000.0, Some(exam), &|_| 0), due(now, 3000.0, None, &|_| 0));
    }
    // While there is time for what is weak to be forgotten again.
    for now in ["2026-11-01T18:00:00Z", "2026-11-10T18:00:00Z"] {
        for stability in [0.1, 0.5, 1.0] {
            assert!(due(now, stability, Some(exam), &|_| 0) <= exam_day, "{now} {stability}");
        }
    }
    assert_eq!(
        due("2026-11-24T18:00:00Z", 1.0, Some(exam), &|_| 0),
        due("2026-11-24T18:00:00Z", 1.0, None, &|_| 0)
    );
    // A day that is full is not chosen while another is free.
    let chosen = due("2026-11-10T18:00:00Z", 0.5, Some(exam), &|_| 0);
    let elsewhere = due("2026-11-10T18:00:00Z", 0.5, Some(exam), &|day| if day == chosen { 200 } else { 0 });
    assert!(elsewhere != chosen && elsewhere <= exam_day, "{chosen} {elsewhere}");
}

/// Any memory, any time, any rules: what must hold of the four choices.
#[test]
fn whatever_comes_in_better_grades_come_back_no_earlier_and_nothing_is_due_before_now() {
    let mut chance = Chance::new(7);
    let zones = ["Europe/Berlin", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia"];
    for round in 0..600 {
        let days =
            Days { zone: TimeZone::get(zones[round % 4]).unwrap(), starts: (chance.next() % 24) as i8 };
        let rules = any_rules(&mut chance);
        let scheduler = Scheduler::new(&Weights::default(), rules.clone());
        let now = at("2011-12-20T00:00:00Z") + SignedDuration::from_secs((chance.share() * 6e8) as i64);
        let before = (chance.share() < 0.8).then(|| any_memory(&mut chance, now));
        let exam = (chance.share() < 0.5)
            .then(|| now + SignedDuration::from_hours((chance.share().powi(2) * 3000.0) as i64 - 24));
        let busy = chance.next();
        let load = |day: Date| (u64::from(day.day().unsigned_abs()).wrapping_mul(busy) % 40) as u32;
        let sitting = Sitting { at: now, days: &days, load: &load, exam };
        let choices = scheduler.choices(CARD, before.as_ref(), &sitting);
        let told = format!("{round}: {rules:?} {before:?} {now} {exam:?} {choices:?}");
        for (choice, grade) in choices.iter().zip(Grade::ALL) {
            assert_eq!(*choice, scheduler.next(CARD, before.as_ref(), grade, &sitting), "{told}");
            assert!(choice.due_at > now, "{told}");
            assert!(choice.stability.is_finite() && choice.stability > 0.0, "{told}");
            assert!((1.0..=10.0).contains(&choice.difficulty), "{told}");
            let whole = days.start_of(days.date(choice.due_at)) == choice.due_at;
            assert!(
                choice.state != MemoryState::Review || whole,
                "a day begins when the student's does: {told}"
            );
        }
        assert!(choices.windows(2).all(|pair| pair[0].due_at <= pair[1].due_at), "{told}");
        assert!(choices.windows(2).all(|pair| pair[0].stability <= pair[1].stability), "{told}");
    }
}

fn any_rules(chance: &mut Chance) -> StudyRules {
    let steps = |chance: &mut Chance| {
        (0..chance.next() % 4).map(|_| chance.between(0.5, 14.0).exp() as u32).collect()
    };
    StudyRules {
        desired_retention: chance.between(0.6, 1.0),
        learning_steps: steps(chance),
        relearning_steps: steps(chance),
        maximum_interval_days: chance.between(0.0, 12.0).exp() as u32,
        reviews_per_day: (chance.next() % 60) as u32,
        ..StudyRules::default()
    }
}

/// Also one that was last reviewed tomorrow, and one of a hundred years ago.
fn any_memory(chance: &mut Chance, now: Timestamp) -> Memory {
    let state = MemoryState::ALL[(chance.next() % 3) as usize];
    let hours =
        if chance.share() < 0.1 { chance.between(-48.0, 880_000.0) } else { chance.between(0.0, 9.0).exp() };
    let last_review_at = now - SignedDuration::from_hours(hours as i64);
    Memory {
        state,
        step: (chance.next() % 4) as u32,
        stability: chance.between(-7.0, 12.0).exp(),
        difficulty: chance.between(1.0, 10.0),
        due_at: last_review_at + SignedDuration::from_hours(chance.between(0.0, 9.0).exp() as i64),
        last_review_at,
        reviews: (chance.next() % 50) as u32,
        lapses: (chance.next() % 10) as u32,
    }
}

#[test]
fn a_stored_memory_that_makes_no_sense_is_scheduled_all_the_same() {
    let days = berlin();
    let scheduler = Scheduler::new(&Weights::default(), StudyRules::default());
    let now = at("2026-11-24T10:00:00Z");
    for stability in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300] {
        for last_review_at in [Timestamp::MIN, now, Timestamp::MAX] {
            let memory = Memory {
                state: MemoryState::Review,
                step: 9,
                stability,
                difficulty: -stability,
                due_at: last_review_at,
                last_review_at,
                reviews: u32::MAX,
                lapses: u32::MAX,
            };
            let sitting = Sitting { at: now, days: &days, load: &|_| u32::MAX, exam: Some(Timestamp::MAX) };
            for choice in scheduler.choices(CARD, Some(&memory), &sitting) {
                assert!(choice.stability.is_finite() && choice.difficulty.is_finite() && choice.due_at > now);
            }
            let recalled = retrievability(&Weights::default(), &memory, now);
            assert!((0.0..=1.0).contains(&recalled), "{stability} {last_review_at}: {recalled}");
        }
    }
}

#[test]
fn retrievability_fades_and_readiness_counts_what_was_never_studied() {
    let days = berlin();
    let now = at("2026-11-24T10:00:00Z");
    let memory =
        replay(&Weights::default(), &StudyRules::default(), &days, CARD, &[(Grade::Good, now)]).unwrap();
    let recalled =
        |hours| retrievability(&Weights::default(), &memory, now + SignedDuration::from_hours(hours));
    assert_eq!((recalled(-5), recalled(0)), (1.0, 1.0));
    assert!(
        (recalled(55) - 0.9).abs() < 0.002,
        "nine in ten after as many days as the stability: {}",
        recalled(55)
    );
    assert!(recalled(24) > recalled(48) && recalled(100_000) > 0.0);
    let exam = now + SignedDuration::from_hours(55);
    let half = readiness(&Weights::default(), &[Some(memory), None], exam);
    assert_eq!((half.studied, half.new), (1, 1));
    assert!((half.recall - 0.45).abs() < 0.001 && half.high <= 0.5 && half.low >= 0.0, "{half:?}");
    let nothing = readiness(&Weights::default(), &[], exam);
    assert_eq!((nothing.recall, nothing.low, nothing.high), (0.0, 0.0, 0.0));
    // Of many cards one can be surer than of few.
    let width = |cards: usize| {
        let all = readiness(&Weights::default(), &vec![Some(memory); cards], exam);
        all.high - all.low
    };
    assert!(width(10) > width(100) && width(100) > width(1000));
}
