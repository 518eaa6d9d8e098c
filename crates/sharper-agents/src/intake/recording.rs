//! Recordings: a model writes down what is said, paid from the day's budget, and each paragraph knows its moment.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use sharper_domain::{Anchor, AnchorKind, Clock, Document, FileFault, FileKind, Problem, UserId};
use sharper_llm::{Audio, CallBudget, Error, Transcript};
use sharper_store::spending::{CallId, NewCall, Settled};
use sharper_store::{Store, StoreError};

use crate::calls::ModelDesk;
use crate::problem_of;

/// Bytes of a second of speech in the tightest of the usual encodings: a recording is at most so long.
const BYTES_A_SECOND: f64 = 4_000.0;
/// Tokens of a second of quick speech.
const TOKENS_A_SECOND: f64 = 5.0;
/// The task in the ledger.
const TASK: &str = "transcription";
/// Characters after which a paragraph ends with its sentence.
const PARAGRAPH_CHARS: usize = 500;
/// What the reader of such a note should know.
const BY_MODEL: &str = "A model wrote this recording down; it may have misheard.";

/// Why a recording is no text: the verdict on it, or what is wrong with us.
pub(super) enum Unheard {
    Fault(FileFault),
    Problem(Problem),
}

impl From<StoreError> for Unheard {
    fn from(error: StoreError) -> Self {
        Unheard::Problem(problem_of(error))
    }
}

/// What is said in a recording, within the user's budget: reserved before, settled after.
pub(super) async fn written_down(
    desk: &ModelDesk,
    store: &Store,
    clock: &Arc<dyn Clock>,
    user: &UserId,
    bytes: Bytes,
) -> Result<Document, Unheard> {
    let settings = &desk.settings;
    let model = settings.transcription.model.clone().ok_or(Unheard::Fault(FileFault::NoTranscription))?;
    let seconds = bytes.len() as f64 / BYTES_A_SECOND;
    let id = CallId::new(clock.now());
    let new = NewCall {
        id,
        user: user.clone(),
        job: None,
        task: TASK.to_owned(),
        model: model.clone(),
        reserve_tokens: (seconds * TOKENS_A_SECOND) as u64,
        reserve_nano_usd: settings.transcription.cost(seconds).map_or(0, |cost| cost.nano_usd),
        now: clock.now(),
    };
    store.reserve_call(new, desk.limits).await?;
    let began = Instant::now();
    let (name, media_type) = kind(&bytes);
    let audio = Audio { bytes, name, media_type };
    let heard = desk.model.transcribe(&audio, &CallBudget::new(settings.retry.tries)).await;
    let settled = settled(&heard, model, began);
    if let Err(error) = store.settle_call(id, settled, clock.now()).await {
        // It stays reserved, and counts as spent in full: the budget errs on the safe side.
        tracing::warn!(call = %id, %error, "a transcription could not be settled");
    }
    document(&heard.map_err(unheard)?).map_err(Unheard::Fault)
}

fn settled(heard: &Result<Transcript, Error>, model: String, began: Instant) -> Settled {
    let (usage, cost, outcome) = match heard {
        Ok(transcript) => (transcript.usage, transcript.cost, "ok"),
        Err(error) => (Default::default(), None, error.class().as_str()),
    };
    let nothing = heard.is_err().then_some(0);
    Settled {
        prompt_tokens: u64::from(usage.prompt_tokens),
        completion_tokens: u64::from(usage.completion_tokens),
        estimated: usage.estimated,
        nano_usd: cost.map(|cost| cost.nano_usd).or(nothing),
        cost_reported: cost.is_some_and(|cost| cost.reported),
        cached: false,
        outcome,
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        model,
        accepted_items: 0,
    }
}

/// What a failure says: a server that refuses this recording cannot read it; any other may do so later.
fn unheard(error: Error) -> Unheard {
    use sharper_domain::ProblemCode::Unavailable;
    tracing::warn!(%error, "a recording could not be written down");
    match error {
        Error::Refused(_) | Error::TooLong(_) => Unheard::Fault(FileFault::Damaged),
        error => {
            let detail = "The model that writes recordings down does not answer. Send it again in a while.";
            let wait = match error {
                Error::Busy { retry_after, .. } => retry_after,
                _ => None,
            };
            let problem = Problem::new(Unavailable, detail);
            Unheard::Problem(problem.retry_after(wait.unwrap_or(std::time::Duration::from_secs(60))))
        }
    }
}

/// Paragraphs of whole sentences, each with the moment at which it begins.
fn document(transcript: &Transcript) -> Result<Document, FileFault> {
    let mut document = Document::new(FileKind::Audio, String::new());
    document.warnings.push(BY_MODEL.to_owned());
    let mut begun = false;
    for segment in &transcript.segments {
        if !begun {
            if !document.text.is_empty() {
                document.text.push_str("\n\n");
            }
            let at = document.text.len();
            document.anchors.push(Anchor { at, kind: AnchorKind::Time, label: moment(segment.start) });
        } else {
            document.text.push(' ');
        }
        document.text.push_str(&segment.text);
        let from = document.anchors.last().map_or(0, |anchor| anchor.at);
        let long = document.text[from..].chars().count() >= PARAGRAPH_CHARS;
        begun = !(long && ends_a_sentence(&segment.text));
    }
    if transcript.segments.is_empty() {
        document.text.clone_from(&transcript.text);
    }
    if document.text.trim().is_empty() {
        return Err(FileFault::NoText);
    }
    document.text.push('\n');
    Ok(document)
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '»', ')']).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟'])
}

/// `h:mm:ss`.
fn moment(seconds: f64) -> String {
    let seconds = seconds.max(0.0) as u64;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The name and media type by which servers tell the kind of a recording, from its first bytes.
fn kind(bytes: &[u8]) -> (&'static str, &'static str) {
    match bytes {
        [b'R', b'I', b'F', b'F', ..] => ("recording.wav", "audio/wav"),
        [b'O', b'g', b'g', b'S', ..] => ("recording.ogg", "audio/ogg"),
        [b'f', b'L', b'a', b'C', ..] => ("recording.flac", "audio/flac"),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => ("recording.webm", "audio/webm"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => ("recording.m4a", "audio/mp4"),
        _ => ("recording.mp3", "audio/mpeg"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_llm::{Segment, Usage};

    fn said(segments: &[(f64, &str)], text: &str) -> Result<Document, FileFault> {
        let segment = |(start, text): &(f64, &str)| Segment { start: *start, text: (*text).to_owned() };
        document(&Transcript {
            text: text.to_owned(),
            segments: segments.iter().map(segment).collect(),
            seconds: None,
            usage: Usage::default(),
            cost: None,
            model: "m".to_owned(),
        })
    }

    #[test]
    fn each_paragraph_of_a_recording_knows_its_moment() {
        let long = format!("{} end.", "word ".repeat(120));
        let document = said(&[(0.0, "Today:"), (2.0, &long), (3725.5, "Then cells.")], "").unwrap();
        let labels: Vec<&str> = document.anchors.iter().map(|anchor| anchor.label.as_str()).collect();
        assert_eq!(labels, ["0:00:00", "1:02:05"]);
        assert_eq!(&document.text[document.anchors[1].at..], "Then cells.\n");
    }

    #[test]
    fn a_transcript_without_times_is_its_text_and_silence_is_no_text() {
        assert_eq!(said(&[], "Cells divide.").unwrap().text, "Cells divide.\n");
        assert_eq!(said(&[], " "), Err(FileFault::NoText));
    }

    #[test]
    fn a_recording_is_named_by_its_first_bytes() {
        assert_eq!(kind(b"RIFF....WAVE").0, "recording.wav");
        assert_eq!(kind(b"\0\0\0\x20ftypM4A ").0, "recording.m4a");
        assert_eq!(kind(b"ID3").0, "recording.mp3");
        assert_eq!(kind(b"").0, "recording.mp3");
    }
}
