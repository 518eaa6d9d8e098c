//! `study-sharper make flashcards NOTES.md`: cards on standard output, progress on standard error.
//!
//! The same house as the server's, over a store that lasts as long as the command.

use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use sharper_agents::Asked;
use sharper_domain::request::COUNT_MAX;
use sharper_domain::{DifficultyChoice, Flashcard, FlashcardOptions, Request, TaskKind};

use crate::assemble::House;
use crate::config::{Configuration, Settings};
use crate::telemetry;

/// What to make.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The notes: a text or Markdown file, or - for standard input.
    notes: PathBuf,
    /// How many cards at most.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=i64::from(COUNT_MAX)))]
    count: u32,
    /// easy, medium, hard or adaptive.
    #[arg(long, default_value = "adaptive", value_parser = difficulty)]
    difficulty: DifficultyChoice,
    /// Only about this.
    #[arg(long)]
    topic: Option<String>,
    /// The form of the output.
    #[arg(long, default_value = "md")]
    format: Format,
}

/// A form of output.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// An array of cards, as the API gives them.
    Json,
    /// A row a card: question, answer, topic, difficulty, quote.
    Csv,
    /// A list to read.
    Md,
}

fn difficulty(word: &str) -> Result<DifficultyChoice, String> {
    word.parse().map_err(|()| "must be easy, medium, hard or adaptive".to_owned())
}

/// Makes the cards and writes them.
pub(crate) fn run(configuration: Configuration, what: &Arguments) -> anyhow::Result<()> {
    telemetry::log_only(&configuration)?;
    let mut settings = configuration.settings;
    let text = read(&what.notes)?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    settings.store.data_dir = folder.path().to_owned();
    settings.store.database_url = None;
    // Its store goes with it, so nobody could count what came of them.
    settings.experiments.clear();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let cards = runtime.block_on(make(&settings, what, text))?;
    write(&cards, what.format).context("cannot write to standard output")
}

fn read(path: &PathBuf) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", path.display()))
}

async fn make(settings: &Settings, what: &Arguments, text: String) -> anyhow::Result<Vec<Flashcard>> {
    let house = House::open(settings).await?;
    let cards = ask(&house, settings, what, text).await;
    house.close().await;
    cards
}

async fn ask(
    house: &House,
    settings: &Settings,
    what: &Arguments,
    text: String,
) -> anyhow::Result<Vec<Flashcard>> {
    let options =
        FlashcardOptions { count: what.count, difficulty: what.difficulty, topic: what.topic.clone() };
    let request =
        Request { flashcards: options, content: Some(text), ..Request::new(TaskKind::FlashcardGeneration) };
    let user_id = settings.server.local_user.clone();
    let accepted = house
        .intake
        .accept(Asked { request, user_id, title: None, idempotency_key: None })
        .await
        .map_err(told)?;
    let live = house.store.streams().opened(&accepted.session_id).await;
    let mut seen = 0;
    loop {
        live.changed(seen).await;
        let (events, ended) = live.after(seen);
        for event in &events {
            seen = event.seq;
            let value: serde_json::Value = serde_json::from_str(&event.body)?;
            match event.kind.as_str() {
                "progress" => note(value["data"]["message"].as_str().unwrap_or_default()),
                "complete" => return Ok(serde_json::from_value(value["data"]["flashcards"].clone())?),
                "error" => bail!("{}", value["error"].as_str().unwrap_or("it could not be done")),
                _ => {}
            }
        }
        if ended && events.is_empty() {
            bail!("the work broke off before its end");
        }
    }
}

/// A problem with every wrong field, as one error.
fn told(problem: sharper_domain::Problem) -> anyhow::Error {
    anyhow::anyhow!("{problem}")
}

#[allow(clippy::print_stderr, reason = "progress is for the person at the terminal")]
fn note(message: &str) {
    eprintln!("{message}");
}

fn write(cards: &[Flashcard], format: Format) -> anyhow::Result<()> {
    let out = std::io::stdout().lock();
    match format {
        Format::Json => write_json(cards, out),
        Format::Csv => write_csv(cards, out),
        Format::Md => write_markdown(cards, out),
    }
}

fn write_json(cards: &[Flashcard], mut out: impl Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut out, cards)?;
    Ok(writeln!(out)?)
}

fn write_csv(cards: &[Flashcard], out: impl Write) -> anyhow::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["question", "answer", "topic", "difficulty", "quote"])?;
    for card in cards {
        let cells = [&card.question, &card.answer, &card.topic, card.difficulty.as_str(), quote(card)];
        rows.write_record(cells.map(neutral))?;
    }
    Ok(rows.flush()?)
}

/// A cell that a spreadsheet would run is marked as text (OWASP, CSV injection).
fn neutral(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if runs { format!("'{cell}") } else { cell.to_owned() }
}

fn write_markdown(cards: &[Flashcard], mut out: impl Write) -> anyhow::Result<()> {
    for (number, card) in cards.iter().enumerate() {
        writeln!(out, "{}. **{}**", number + 1, card.question)?;
        writeln!(out, "\n   {}\n", card.answer)?;
        writeln!(out, "   > {}\n", quote(card).replace('\n', "\n   > "))?;
    }
    Ok(())
}

fn quote(card: &Flashcard) -> &str {
    card.source.as_ref().map_or("", |source| &source.quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_marked_as_text() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(neutral(cell), format!("'{cell}"));
        }
        assert_eq!(neutral("What is -1?"), "What is -1?");
    }
}
