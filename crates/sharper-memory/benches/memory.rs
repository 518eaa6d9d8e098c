//! What an exam date is worth: `cargo xtask bench memory` prints the tables of docs/benchmarks.md. With a file of
//! `tools/memory/reference.py` as its argument, it is held against the reference implementation instead.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where something is not as it must be"
)]

#[path = "../tests/reference/mod.rs"]
mod reference;
#[path = "../tests/world/mod.rs"]
mod world;

use sharper_memory::Readiness;
use world::{Course, Policy, Spare, World, study};

/// Learners of each world, time and policy.
const LEARNERS: u64 = 1000;

fn main() {
    if let Some(file) = std::env::args().find(|word| word.ends_with(".json")) {
        let (histories, difference) = reference::largest_difference(&std::fs::read_to_string(file).unwrap());
        println!("{histories} histories, largest relative difference {difference:.1e}");
        return;
    }
    for (spare, title) in
        [(Spare::Ahead, "all of the budget is used"), (Spare::Unused, "only what is due is studied")]
    {
        println!("\n{title}\n");
        println!(
            "| world | days | policy | recall | reviews | foretold | scored | off by | in range | half-way: off by |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|");
        for world in [World::Fsrs, World::HalfLife] {
            for days in [7, 14, 30] {
                for policy in [Policy::Exam, Policy::Plain, Policy::Table] {
                    println!(
                        "| {world:?} | {days} | {policy:?} | {} |",
                        row(&all(world, policy, days, spare))
                    );
                }
            }
        }
    }
}

fn row(courses: &[Course]) -> String {
    let mean = |of: &dyn Fn(&Course) -> f64| courses.iter().map(of).sum::<f64>() / courses.len() as f64;
    let off = |(foretold, scored): (Readiness, f64)| (foretold.recall - scored).abs();
    let within = |course: &Course| (course.eve.0.low..=course.eve.0.high).contains(&course.eve.1);
    format!(
        "{:.3} | {:.0} | {:.3} | {:.3} | {:.3} | {:.2} | {:.3}",
        mean(&|course| course.recall),
        mean(&|course| f64::from(course.reviews)),
        mean(&|course| course.eve.0.recall),
        mean(&|course| course.eve.1),
        mean(&|course| off(course.eve)),
        mean(&|course| f64::from(u8::from(within(course)))),
        mean(&|course| off(course.half_way)),
    )
}

/// The learners of one line, on two threads.
fn all(world: World, policy: Policy, days: u32, spare: Spare) -> Vec<Course> {
    let half = |first: u64| -> Vec<Course> {
        (first..LEARNERS).step_by(2).map(|seed| study(world, policy, seed, days, spare)).collect()
    };
    std::thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        let mut courses = half(0);
        courses.extend(odd.join().unwrap());
        courses
    })
}
