//! Files on their way in: a multipart form is read off the socket part by part, one file at a time in memory, each taken
//! in before the next is read.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use bytes::{Bytes, BytesMut};
use sharper_agents::exchange::ImportedDeck;
use sharper_agents::{FilePlace, NewFile, RefusedFile, TakenFile};
use sharper_domain::{FieldError, FolderId, Problem, ProblemCode, visible_line};

use super::problem::not_found;
use crate::App;
use crate::routes::who::Me;

/// Most files of one form.
const FILES: usize = 50;
/// Most that a whole form may hold, in files of the largest size.
const WHOLE_FORM: usize = 5;
/// The fields that say something beside the files.
const FIELDS: [&str; 3] = ["user_id", "folder_id", "title"];
/// Longest field beside the files, in bytes.
const FIELD_BYTES: usize = 4 * 1024;
/// Longest name of a file that is kept, in characters; the end of a longer one, which says its kind.
const NAME_CHARS: usize = 255;
/// Longest title, in characters.
const TITLE_CHARS: usize = 200;
/// Bytes that are read of a file that is too large, so that its sender gets to the answer.
const DRAINED: usize = 64 * 1024 * 1024;

/// What became of one file of a form.
pub(crate) struct Received {
    /// Its name.
    pub(crate) name: String,
    /// Its note, or why there is none.
    pub(crate) became: Result<TakenFile, Box<RefusedFile>>,
}

/// Takes in every file of a form. Fields count for the files after them, and for the last one before them.
///
/// # Errors
/// What is wrong with the form as a whole. Files before that are taken in all the same.
pub(crate) async fn receive(app: &App, me: &Me, request: Request) -> Result<Vec<Received>, Problem> {
    let Some((most, within)) = app.intake.file_limits() else {
        return Err(Problem::new(ProblemCode::NotAvailable, "No files are taken in here."));
    };
    let mut form = Form {
        app,
        me,
        place: app.intake.place_for_files(me.user())?,
        most,
        announced: announced(&request).min(most),
        within,
        fields: BTreeMap::new(),
        waiting: None,
        received: Vec::new(),
    };
    let mut parts = parts(app, request, most).await?;
    loop {
        let part = tokio::time::timeout(within, parts.next_field()).await.map_err(|_| late(within))?;
        let Some(part) = part.map_err(|error| broken(&error))? else { break };
        form.part(part).await?;
    }
    form.take().await?;
    match form.received {
        none if none.is_empty() => Err(Problem::invalid(vec![FieldError::new(
            "/file",
            "is required: the file, as a part of the form",
        )])),
        received => Ok(received),
    }
}

/// Takes in the deck of a form: its one part `file`.
///
/// # Errors
/// What is wrong with the form, or with the file.
pub(crate) async fn receive_deck(
    app: &App,
    me: &Me,
    request: Request,
) -> Result<Vec<ImportedDeck>, RefusedFile> {
    let Some((most, within)) = app.intake.file_limits() else {
        return Err(Problem::new(ProblemCode::NotAvailable, "No files are taken in here.").into());
    };
    let place = app.intake.place_for_files(me.user())?;
    let expected = announced(&request).min(most);
    let mut parts = parts(app, request, most).await?;
    let mut user = me.user().clone();
    let mut file = None;
    loop {
        let part = tokio::time::timeout(within, parts.next_field()).await.map_err(|_| late(within))?;
        let Some(part) = part.map_err(|error| broken(&error))? else { break };
        match (part.name(), part.file_name().map(last_part)) {
            (Some("file"), Some(name)) if file.is_none() => {
                let bytes = tokio::time::timeout(within, whole(part, most, expected));
                let bytes = bytes.await.map_err(|_| late(within))??.ok_or_else(|| too_large(most))?;
                file = Some((name, bytes)).filter(|(name, bytes)| !name.is_empty() || !bytes.is_empty());
            }
            (Some("user_id"), None) => {
                let text =
                    whole(part, FIELD_BYTES, 0).await?.ok_or_else(|| wrong("user_id", "is too long"))?;
                let text = std::str::from_utf8(&text).map_err(|_| wrong("user_id", "must be UTF-8 text"))?;
                user = me.acting_for(Some(text), "/user_id")?;
            }
            (_, Some(_)) => return Err(wrong("file", "must be one file: send decks one by one").into()),
            _ => {}
        }
    }
    let (name, bytes) = file.ok_or_else(|| wrong("file", "is required: the deck, as a part of the form"))?;
    app.intake.import_decks(&user, &place, name, bytes).await
}

async fn parts(app: &App, mut request: Request, most: usize) -> Result<Multipart, Problem> {
    let no_form =
        |_| Problem::new(ProblemCode::UnsupportedMediaType, "Send the files as multipart/form-data.");
    // Each file is held to its own size; this holds everything else, such as the head of a part, which is kept until it ends.
    DefaultBodyLimit::max(WHOLE_FORM * most).apply(&mut request);
    Multipart::from_request(request, app).await.map_err(no_form)
}

/// A form that is being read.
struct Form<'a> {
    app: &'a App,
    me: &'a Me,
    place: FilePlace,
    most: usize,
    /// How many bytes a file of it may have by what the form says of its own length.
    announced: usize,
    within: Duration,
    fields: BTreeMap<String, String>,
    /// The file that came last, until it is known that no field follows it.
    waiting: Option<(String, Bytes)>,
    received: Vec<Received>,
}

impl Form<'_> {
    async fn part(&mut self, part: Field<'_>) -> Result<(), Problem> {
        let field = part.name().unwrap_or_default().to_owned();
        let Some(name) = part.file_name().map(last_part).filter(|_| field == "file") else {
            let text = tokio::time::timeout(self.within, whole(part, FIELD_BYTES, 0));
            let text = text.await.map_err(|_| late(self.within))??;
            let text = text.ok_or_else(|| wrong(&field, "is too long"))?;
            let text = String::from_utf8(text.into()).map_err(|_| wrong(&field, "must be UTF-8 text"))?;
            // Fields of other names say nothing here, and are not kept.
            if FIELDS.contains(&field.as_str()) {
                self.fields.insert(field, text);
            }
            return Ok(());
        };
        self.take().await?;
        if self.received.len() >= FILES {
            return Err(wrong("file", &format!("at most {FILES} files at once")));
        }
        let bytes = tokio::time::timeout(self.within, whole(part, self.most, self.announced));
        match bytes.await.map_err(|_| late(self.within))?? {
            // A browser sends a field in which no file was chosen as one without name and content.
            Some(bytes) if bytes.is_empty() && name.is_empty() => {}
            Some(bytes) => self.waiting = Some((name, bytes)),
            None => {
                let became = Err(Box::new(too_large(self.most).into()));
                self.received.push(Received { name, became });
            }
        }
        Ok(())
    }

    /// Takes in the file that waits.
    async fn take(&mut self) -> Result<(), Problem> {
        let Some((name, bytes)) = self.waiting.take() else { return Ok(()) };
        let user = self.me.acting_for(self.fields.get("user_id").map(String::as_str), "/user_id")?;
        let given =
            |field: &str| self.fields.get(field).map(|text| text.trim()).filter(|text| !text.is_empty());
        let folder_id: Option<FolderId> = given("folder_id")
            .map(str::parse)
            .transpose()
            .map_err(|_| wrong("folder_id", "must be the id of a folder (a UUID)"))?;
        let title = given("title").map(str::to_owned);
        if title.as_ref().is_some_and(|title| title.chars().count() > TITLE_CHARS) {
            return Err(wrong("title", &format!("must be at most {TITLE_CHARS} characters long")));
        }
        let file = NewFile { name: name.clone(), bytes, folder_id, title };
        let became = self.app.intake.take_file(&user, &self.place, file).await.map_err(|mut refused| {
            if refused.problem.code == ProblemCode::NotFound {
                refused.problem = not_found("folder");
            }
            Box::new(refused)
        });
        self.received.push(Received { name, became });
        Ok(())
    }
}

/// The length that a request says it has; 0 where it says none.
fn announced(request: &Request) -> usize {
    let length = request.headers().get(header::CONTENT_LENGTH);
    length.and_then(|length| length.to_str().ok()?.parse().ok()).unwrap_or_default()
}

/// All bytes of a part, or `None` where there are more than `most`: the rest is read and thrown away, within bounds. Room for
/// `expected` bytes is set aside at once, which takes no memory until they come; growing step by step would hold the
/// file twice at each step.
async fn whole(mut part: Field<'_>, most: usize, expected: usize) -> Result<Option<Bytes>, Problem> {
    let mut bytes = BytesMut::with_capacity(expected);
    let mut length = 0;
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
        length += chunk.len();
        if length <= most {
            bytes.extend_from_slice(&chunk);
        } else if length > most + DRAINED {
            return Err(too_large(most));
        } else {
            bytes = BytesMut::new();
        }
    }
    Ok((length <= most).then(|| bytes.freeze()))
}

/// The last part of a name that may hold folders, as it is seen.
fn last_part(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let shown: Vec<char> = visible_line(last).chars().collect();
    shown[shown.len().saturating_sub(NAME_CHARS)..].iter().collect()
}

fn too_large(most: usize) -> Problem {
    let detail = format!("A file may have at most {} MiB. Send it in parts.", most >> 20);
    Problem::new(ProblemCode::PayloadTooLarge, detail)
}

fn late(within: Duration) -> Problem {
    let detail = format!("A file must arrive within {} seconds.", within.as_secs());
    Problem::new(ProblemCode::RequestTimeout, detail)
}

fn broken(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let detail = "These files are too much for one form. Send them one by one, or fewer at a time.";
        return Problem::new(ProblemCode::PayloadTooLarge, detail);
    }
    Problem::new(
        ProblemCode::InvalidRequest,
        "The form broke off before its end, or is not one. Send it again.",
    )
}

fn wrong(field: &str, detail: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(format!("/{field}"), detail)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(last_part(name), expected);
    }

    #[test]
    fn a_name_is_a_line_and_no_path() {
        check("../../etc/passwd", "passwd");
        check("C:\\notes\\a.pdf", "a.pdf");
        check("a\u{0}\nb.pdf", "a b.pdf");
        check("notes\u{202e}fdp.\u{2066}exe", "notesfdp.exe");
        assert_eq!(last_part(&"é".repeat(300)).chars().count(), 255);
    }
}
