//! `cargo xtask ci`: everything a change must pass, step by step, with the time of each.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::run::{self, Running, Stop};
use crate::servers::Servers;
use crate::tidy;

/// How many tests passed, failed and were set aside, over all test binaries.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Count {
    passed: u64,
    failed: u64,
    ignored: u64,
}

/// One step: its name and what it does.
type Step<'a> = (&'static str, Box<dyn FnMut(&mut Count) -> Result<bool, String> + 'a>);

/// Runs the steps in order and stops at the first that fails.
///
/// # Errors
/// When a step cannot be run at all.
pub(crate) fn command(root: &Path) -> Result<ExitCode, String> {
    let stop = Stop::listen()?;
    let cargo = |words: &[&str]| {
        let mut command = run::tethered(env!("CARGO"), "TERM", Vec::new());
        command.args(words).current_dir(root);
        command
    };
    let succeeds = |mut command: Command| Ok(run::run(&mut command, &stop)?.success());
    let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let steps: [Step<'_>; 5] = [
        ("fmt", Box::new(|_| succeeds(cargo(&["fmt", "--all", "--check"])))),
        ("clippy", Box::new(|_| succeeds(cargo(&clippy)))),
        ("tidy", Box::new(|_| Ok(tidy::command(root)? == ExitCode::SUCCESS))),
        ("test", Box::new(|count| test(cargo(&["test", "--workspace", "--no-fail-fast"]), &stop, count))),
        (
            "doc",
            Box::new(|_| {
                let mut doc = cargo(&["doc", "--workspace", "--no-deps"]);
                doc.env("RUSTDOCFLAGS", "-D warnings");
                succeeds(doc)
            }),
        ),
    ];
    let mut count = Count::default();
    let failed = run_steps(steps, &mut count);
    if let Some(why) = &failed {
        println!("\nci: FAILED at {why}");
    }
    println!("\n{} passed, {} failed", count.passed, count.failed);
    Ok(if failed.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The name of the step that failed and its reason, if one did.
fn run_steps<const N: usize>(steps: [Step<'_>; N], count: &mut Count) -> Option<String> {
    let mut times: Vec<(&str, Duration)> = Vec::new();
    let mut failed = None;
    for (name, mut step) in steps {
        println!("\n== {name}");
        let started = Instant::now();
        let outcome = step(count);
        times.push((name, started.elapsed()));
        failed = match outcome {
            Ok(true) => continue,
            Ok(false) => Some(format!("`{name}`: see above")),
            Err(reason) => Some(format!("`{name}`: {reason}")),
        };
        break;
    }
    println!();
    for (name, time) in times {
        println!("ci: {name:<7}{:>7.1} s", time.as_secs_f64());
    }
    failed
}

/// Runs the tests with the private servers up, passes their output on and counts.
fn test(mut command: Command, stop: &Stop, count: &mut Count) -> Result<bool, String> {
    let servers = Servers::start(stop)?;
    servers.export(&mut command);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("cargo test could not be started: {error}"))?;
    let output = child.stdout.take().expect("the output was asked to be piped");
    let reader = std::thread::spawn(move || count_lines(BufReader::new(output)));
    let status = run::wait(Running(child), stop)?;
    *count = reader.join().map_err(|_| "reading the output of cargo test failed".to_owned())?;
    if count.ignored > 0 {
        return Err(format!("{} tests were ignored: mend them or delete them", count.ignored));
    }
    if count.passed == 0 {
        return Err("no test ran".to_owned());
    }
    Ok(status.success() && count.failed == 0)
}

fn count_lines(output: impl BufRead) -> Count {
    let mut total = Count::default();
    for line in output.split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        println!("{line}");
        if let Some(count) = parse_result(&line) {
            total.passed += count.passed;
            total.failed += count.failed;
            total.ignored += count.ignored;
        }
    }
    total
}

/// Reads `test result: ok. 3 passed; 0 failed; 0 ignored; …`.
fn parse_result(line: &str) -> Option<Count> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut count = Count::default();
    for part in counts.split(';') {
        let (number, what) = part.trim().split_once(' ')?;
        match what {
            "passed" => count.passed = number.parse().ok()?,
            "failed" => count.failed = number.parse().ok()?,
            "ignored" => count.ignored = number.parse().ok()?,
            _ => {}
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_binaries_are_summed() {
        let output = "running 3 tests\ntest a ... ok\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 1 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
        assert_eq!(count_lines(output.as_bytes()), Count { passed: 4, failed: 2, ignored: 1 });
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(parse_result("test result_is_counted ... ok"), None);
        assert_eq!(parse_result("3 passed; 0 failed"), None);
    }

    #[test]
    fn the_first_failing_step_ends_the_run() {
        let mut ran = Vec::new();
        let steps: [Step<'_>; 2] = [
            ("first", Box::new(|_| Ok(false))),
            (
                "second",
                Box::new(|_| {
                    ran.push("second");
                    Ok(true)
                }),
            ),
        ];
        assert_eq!(run_steps(steps, &mut Count::default()), Some("`first`: see above".to_owned()));
        assert!(ran.is_empty());
    }

    #[test]
    fn a_step_that_cannot_run_says_why() {
        let steps: [Step<'_>; 1] = [("first", Box::new(|_| Err("no disk".to_owned())))];
        assert_eq!(run_steps(steps, &mut Count::default()), Some("`first`: no disk".to_owned()));
    }
}
