//! What one call costs us: CPU time and delay of a streamed completion of ten cards from a server on this machine.
//!
//! `cargo run --release -p sharper-llm --example overhead -- [BASE_URL] [CALLS]`; without an address it starts its own
//! scripted upstream, whose work is then part of the CPU time.
#![allow(clippy::print_stdout, reason = "the figures are what this program is for")]

use std::time::{Duration, Instant};

use serde_json::json;
use sharper_llm::testing::{Act, SystemClock, Upstream, cards, prompt_for_cards, settings_for};
use sharper_llm::{CallBudget, Found, ItemParser, Model, Piece, Remote};

/// CPU time of this process so far (Linux: utime + stime of /proc/self/stat, in ticks of 10 ms).
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |n: usize| fields.get(n).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis(10 * (ticks(11) + ticks(12)))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let given = arguments.next().filter(|url| url.starts_with("http"));
    let calls: u32 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(2000);
    let own = match &given {
        Some(_) => None,
        None => Some(Upstream::start(|_| Act::stream(&cards(10))).await?),
    };
    let base = given.or_else(|| own.as_ref().map(Upstream::base_url)).unwrap_or_default();
    let model = Remote::new(settings_for(&base), SystemClock, 1).map_err(|wrong| wrong.join("; "))?;

    let (mut items, mut pieces) = (0, 0);
    let mut delays = Vec::new();
    let before = cpu();
    for _ in 0..calls {
        let begun = Instant::now();
        let mut parser = ItemParser::new("flashcards");
        let mut reply = model.ask(prompt_for_cards(10), &CallBudget::default()).await?;
        while let Some(piece) = reply.next().await {
            if let Piece::Delta { text } = piece? {
                pieces += 1;
                items +=
                    parser.push(&text).iter().filter(|found| matches!(found, Found::Item { .. })).count();
            }
        }
        delays.push(begun.elapsed());
    }
    let spent = cpu() - before;
    delays.sort_unstable();
    let at = |share: f64| delays[((delays.len() - 1) as f64 * share) as usize].as_micros();
    println!(
        "{}",
        json!({
            "calls": calls,
            "items_per_call": items as f64 / f64::from(calls),
            "pieces_per_call": f64::from(pieces) / f64::from(calls),
            "cpu_us_per_call": spent.as_micros() as f64 / f64::from(calls),
            "delay_us": {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99)},
        })
    );
    Ok(())
}
