//! `study-sharper import FILE…` and `study-sharper export [ID]`: decks in, sets, quizzes, exams and plans out, beside the pages and
//! the API and by the same code.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use sharper_agents::exchange::{DeckForm, PaperForm, Parcel};
use sharper_domain::{MaterialId, Paper, SetId, TaskKind, UserId};

use super::{erase_user, say};
use crate::assemble::House;
use crate::config::Configuration;
use crate::telemetry;

/// Most of each kind that are listed.
const LISTED: u32 = 100;

/// Which decks.
#[derive(clap::Args)]
pub(crate) struct Import {
    /// Decks: .apkg, or cards as .csv, .tsv, .txt, .md or .json.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Whose they become: an e-mail address or a user's id. Left out: who works on this machine.
    #[arg(long, value_name = "EMAIL|ID")]
    user: Option<String>,
}

/// What, and how.
#[derive(clap::Args)]
pub(crate) struct Export {
    /// The id of a set, a quiz, an exam or a plan. Left out: what there is, with its id.
    id: Option<uuid::Uuid>,
    /// apkg, csv, tsv, md or json of a set; gift, moodle or qti of a quiz or an exam; ics of a plan. Left out: the first of them.
    #[arg(long)]
    format: Option<String>,
    /// Whose it is: an e-mail address or a user's id. Left out: who works on this machine.
    #[arg(long, value_name = "EMAIL|ID")]
    user: Option<String>,
    /// Where to write; standard output where it is left out.
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// Takes decks in.
pub(crate) fn import(configuration: &Configuration, what: &Import) -> anyhow::Result<()> {
    in_house(configuration, async |house| {
        let user = whose(house, configuration, what.user.as_deref()).await?;
        for path in &what.files {
            let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            let place =
                house.intake.place_for_files(&user).map_err(|problem| anyhow::anyhow!("{problem}"))?;
            let decks = house.intake.import_decks(&user, &place, name, bytes.into()).await;
            let decks =
                decks.map_err(|refused| anyhow::anyhow!("{}: {}", path.display(), refused.problem))?;
            for deck in decks {
                let done = deck.done;
                say(format_args!(
                    "{}  {}: {} new, {} updated",
                    done.set, deck.title, done.added, done.updated
                ));
                deck.warnings.iter().for_each(|warning| say(format_args!("  {warning}")));
            }
        }
        Ok(())
    })
}

/// Writes something as a file, or lists what there is.
pub(crate) fn export(configuration: &Configuration, what: &Export) -> anyhow::Result<()> {
    in_house(configuration, async |house| {
        let user = whose(house, configuration, what.user.as_deref()).await?;
        let Some(id) = what.id else { return list(house, &user).await };
        let parcel = parcel(house, &user, id, what.format.as_deref()).await?;
        match &what.output {
            None => {
                std::io::stdout().lock().write_all(&parcel.bytes).context("cannot write to standard output")
            }
            Some(path) => std::fs::write(path, &parcel.bytes)
                .with_context(|| format!("cannot write {}", path.display())),
        }
    })
}

fn in_house(
    configuration: &Configuration,
    work: impl AsyncFnOnce(&House) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    telemetry::log_only(configuration)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let settings = &configuration.settings;
        let house = House::open(settings).await.context(match settings.store.database_url {
            None => "with SQLite, stop the server for it, or use its page and its API",
            Some(_) => "nothing was done",
        })?;
        let done = work(&house).await;
        house.close().await;
        done
    })
}

async fn whose(house: &House, configuration: &Configuration, who: Option<&str>) -> anyhow::Result<UserId> {
    match who {
        Some(who) => erase_user::find(&house.store, who).await,
        None => Ok(configuration.settings.server.local_user.clone()),
    }
}

async fn list(house: &House, user: &UserId) -> anyhow::Result<()> {
    for set in house.store.study_sets(user.clone(), LISTED).await? {
        say(format_args!("{}  set   {}", set.set.id, set.set.title));
    }
    for (kind, word) in [
        (TaskKind::QuizGeneration, "quiz"),
        (TaskKind::ExamGeneration, "exam"),
        (TaskKind::StudyPlan, "plan"),
    ] {
        for made in house.store.recent_material(user.clone(), kind, LISTED).await? {
            say(format_args!("{}  {word}  {}", made.id, made.title));
        }
    }
    Ok(())
}

/// What has this id, in the form that is wanted, or in the first that there is for it.
async fn parcel(house: &House, user: &UserId, id: uuid::Uuid, form: Option<&str>) -> anyhow::Result<Parcel> {
    let told = |problem: sharper_domain::Problem| anyhow::anyhow!("{problem}");
    let (store, agents) = (&house.store, &house.agents);
    let material = MaterialId(id);
    if store.study_set(user.clone(), SetId(id)).await.is_ok() {
        let form: DeckForm = form.unwrap_or("apkg").parse().map_err(told)?;
        return agents.parcel_of_set(user, SetId(id), form).await.map_err(told);
    }
    for paper in [Paper::Quiz, Paper::Exam] {
        if store.material(user.clone(), paper.task(), material).await.is_ok() {
            let form: PaperForm = form.unwrap_or("gift").parse().map_err(told)?;
            return agents.parcel_of_paper(user, paper, material, form).await.map_err(told);
        }
    }
    if store.material(user.clone(), TaskKind::StudyPlan, material).await.is_err() {
        bail!("there is no set, quiz, exam or plan {id}; without an id everything that there is is listed");
    }
    anyhow::ensure!(form.is_none_or(|form| form == "ics"), "a plan goes out as ics");
    agents.parcel_of_plan(user, material).await.map_err(told)
}
