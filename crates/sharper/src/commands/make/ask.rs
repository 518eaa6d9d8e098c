//! Asking the house: the files go in, the work is done, and what was kept is read back.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sharper_agents::{Asked, NewFile};
use sharper_domain::{Material, Problem, Request, UserId};

use crate::assemble::House;
use crate::config::Settings;

/// Makes what `request` asks for of these notes.
pub(super) async fn make(
    settings: &Settings,
    notes: &[PathBuf],
    request: Request,
) -> anyhow::Result<Material> {
    let house = House::open(settings).await?;
    let made = ask(&house, settings.server.local_user.clone(), notes, request).await;
    house.close().await;
    made
}

async fn ask(
    house: &House,
    user: UserId,
    notes: &[PathBuf],
    mut request: Request,
) -> anyhow::Result<Material> {
    let kind = request.kind;
    for path in notes {
        if path.as_os_str() == "-" {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("cannot read text from standard input")?;
            request.content = Some(text);
        } else {
            request.explicit_note_ids.push(take(house, &user, path).await?);
        }
    }
    if request.content.is_some() && !request.explicit_note_ids.is_empty() {
        bail!("files or standard input, not both");
    }
    let asked = Asked { request, user_id: user.clone(), title: None, idempotency_key: None };
    let accepted = house.intake.accept(asked).await.map_err(told)?;
    follow(house, &accepted.session_id).await?;
    let made = house.store.recent_material(user, kind, 1).await?;
    made.into_iter().next().context("what was made is not there any more")
}

/// A file becomes a note.
async fn take(house: &House, user: &UserId, path: &Path) -> anyhow::Result<sharper_domain::NoteId> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let place = house.intake.place_for_files(user).map_err(told)?;
    let file = NewFile { name, bytes: bytes.into(), folder_id: None, title: None };
    let taken = house.intake.take_file(user, &place, file).await;
    let taken = taken.map_err(|refused| anyhow::anyhow!("{}: {}", path.display(), refused.problem))?;
    for warning in &taken.warnings {
        say(&format!("{}: {warning}", path.display()));
    }
    Ok(taken.note.id)
}

/// Follows the work to its end, and tells how it goes.
async fn follow(house: &House, session: &sharper_domain::SessionId) -> anyhow::Result<()> {
    let live = house.store.streams().opened(session).await;
    let mut seen = 0;
    loop {
        live.changed(seen).await;
        let (events, ended) = live.after(seen);
        for event in &events {
            seen = event.seq;
            let value: serde_json::Value = serde_json::from_str(&event.body)?;
            match event.kind.as_str() {
                "progress" => say(value["data"]["message"].as_str().unwrap_or_default()),
                "complete" => return Ok(()),
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
fn told(problem: Problem) -> anyhow::Error {
    anyhow::anyhow!("{problem}")
}

#[allow(clippy::print_stderr, reason = "progress is for the person at the terminal")]
fn say(message: &str) {
    eprintln!("{message}");
}
