//! An exam date is worth something: simulated learners recall most when the scheduler knows of it.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

mod world;

use world::{Course, Policy, Spare, World, study};

fn courses(world: World, policy: Policy, days: u32, spare: Spare) -> Vec<Course> {
    (0..10).map(|seed| study(world, policy, seed, days, spare)).collect()
}

fn mean(courses: &[Course], of: impl Fn(&Course) -> f64) -> f64 {
    courses.iter().map(of).sum::<f64>() / courses.len() as f64
}

#[test]
fn with_an_exam_date_more_is_recalled_than_without_and_without_more_than_by_a_table() {
    let check = |world, days, ours_ahead, plain_ahead| {
        let [ours, plain, table] = [Policy::Exam, Policy::Plain, Policy::Table]
            .map(|policy| courses(world, policy, days, Spare::Ahead));
        for (one, other) in ours.iter().zip(&plain).chain(ours.iter().zip(&table)) {
            assert_eq!(one.reviews, other.reviews, "each policy spends the same");
        }
        let [ours, plain, table] = [ours, plain, table].map(|courses| mean(&courses, |course| course.recall));
        assert!(ours > plain + ours_ahead, "{world:?} {days}: {ours} {plain} {table}");
        assert!(plain > table + plain_ahead, "{world:?} {days}: {ours} {plain} {table}");
    };
    check(World::Fsrs, 14, 0.015, 0.08);
    check(World::HalfLife, 14, 0.01, 0.06);
}

#[test]
fn who_studies_only_what_is_due_recalls_more_for_fewer_reviews() {
    let [ours, plain] =
        [Policy::Exam, Policy::Plain].map(|policy| courses(World::Fsrs, policy, 30, Spare::Unused));
    let recall = |courses: &[Course]| mean(courses, |course| course.recall);
    let reviews = |courses: &[Course]| mean(courses, |course| f64::from(course.reviews));
    assert!(recall(&ours) > recall(&plain) + 0.02, "{} {}", recall(&ours), recall(&plain));
    assert!(reviews(&ours) < reviews(&plain) * 0.95, "{} {}", reviews(&ours), reviews(&plain));
}

#[test]
fn readiness_foretells_the_score() {
    let courses = courses(World::Fsrs, Policy::Exam, 14, Spare::Ahead);
    for of in [|course: &Course| course.eve, |course: &Course| course.half_way] {
        let error = |course: &Course| of(course).0.recall - of(course).1;
        let (bias, off) = (mean(&courses, error), mean(&courses, |course| error(course).abs()));
        assert!(bias.abs() < 0.03 && off < 0.06, "bias {bias}, off by {off}");
    }
    for course in &courses {
        let (foretold, _) = course.eve;
        assert!(
            (0.0..=foretold.recall).contains(&foretold.low)
                && (foretold.recall..=1.0).contains(&foretold.high)
        );
    }
}
