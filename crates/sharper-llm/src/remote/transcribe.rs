//! Transcription: `POST /audio/transcriptions`, a form with the recording, its text with or without times.

use serde::Deserialize;
use serde_json::Value;
use tokio::time::Instant;

use super::Remote;
use super::http::Failed;
use crate::settings::TranscriptionSettings;
use crate::{Audio, CallBudget, Cause, Cost, Error, Segment, TokenEstimate, Transcript, Usage};

#[derive(Deserialize)]
struct Answer {
    text: String,
    #[serde(default)]
    duration: Option<Seconds>,
    #[serde(default)]
    segments: Vec<Part>,
    #[serde(default)]
    usage: Value,
}

/// Servers write it as a number or as a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(f64),
    Text(String),
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    start: f64,
    #[serde(default)]
    end: f64,
    #[serde(default)]
    text: String,
}

impl Remote {
    pub(crate) async fn written_down(&self, audio: &Audio, budget: &CallBudget) -> Result<Transcript, Error> {
        let settings = &self.settings.transcription;
        let none = || Error::Refused(Cause::new("no model for transcription is configured"));
        let model = settings.model.clone().ok_or_else(none)?;
        let lane = self.lane(&model);
        let deadline = Instant::now() + settings.seconds;
        let form = Form::of(&model, audio, settings);
        let once = |_place| self.transcribe_once(&model, &form, budget, deadline);
        self.attempts(&lane, budget, deadline, once).await
    }

    async fn transcribe_once(
        &self,
        model: &str,
        form: &Form,
        budget: &CallBudget,
        deadline: Instant,
    ) -> Result<Transcript, Failed> {
        budget.take().map_err(Failed::reached)?;
        let http = self.recordings.as_ref().unwrap_or(&self.http);
        let response =
            http.post_form("/audio/transcriptions", &form.kind, form.body.clone(), deadline).await?;
        if !response.status.is_success() {
            return Err(Failed::reached(self.refusal(response).await.error()));
        }
        let body = response.body.whole().await.map_err(Failed::reached)?;
        self.read_transcript(model, &body).map_err(Failed::reached)
    }

    fn read_transcript(&self, model: &str, body: &[u8]) -> Result<Transcript, Error> {
        let body =
            std::str::from_utf8(body).map_err(|_| Error::malformed("the transcript is not UTF-8"))?.trim();
        let answer = match body.starts_with('{') {
            true => serde_json::from_str(body).map_err(|_| Error::malformed("this is no transcript"))?,
            false => {
                Answer { text: body.to_owned(), duration: None, segments: Vec::new(), usage: Value::Null }
            }
        };
        let duration = match answer.duration {
            Some(Seconds::Number(seconds)) => Some(seconds),
            Some(Seconds::Text(text)) => text.parse().ok(),
            None => answer.usage.get("seconds").and_then(Value::as_f64),
        };
        let last = answer.segments.last().map(|part| part.end);
        let seconds = duration.or(last).filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
        let count = |name: &str| answer.usage.get(name)?.as_u64()?.try_into().ok();
        let usage = match (count("input_tokens"), count("output_tokens")) {
            (Some(prompt_tokens), Some(completion_tokens)) => {
                Usage { prompt_tokens, completion_tokens, estimated: false }
            }
            _ => Usage {
                prompt_tokens: 0,
                completion_tokens: TokenEstimate::of(&answer.text),
                estimated: true,
            },
        };
        let cost = answer.usage.get("cost").and_then(Value::as_f64).and_then(Cost::reported);
        let by_minute = || seconds.and_then(|seconds| self.settings.transcription.cost(seconds));
        let segments = answer.segments.into_iter().filter(|part| part.start.is_finite());
        Ok(Transcript {
            text: answer.text.trim().to_owned(),
            segments: segments
                .map(|part| Segment { start: part.start.max(0.0), text: part.text.trim().to_owned() })
                .filter(|segment| !segment.text.is_empty())
                .collect(),
            seconds,
            cost: cost.or_else(by_minute).or_else(|| self.settings.cost(model, &usage)),
            usage,
            model: model.to_owned(),
        })
    }
}

/// A form of `multipart/form-data` (RFC 7578), ready to be sent.
struct Form {
    kind: String,
    body: bytes::Bytes,
}

impl Form {
    fn of(model: &str, audio: &Audio, settings: &TranscriptionSettings) -> Self {
        let between = between(&audio.bytes);
        let format = if settings.timestamps { "verbose_json" } else { "json" };
        let mut body = Vec::with_capacity(audio.bytes.len() + 1024);
        for (name, value) in [("model", model), ("response_format", format)] {
            let part =
                format!("--{between}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{between}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
             Content-Type: {}\r\n\r\n",
            audio.name, audio.media_type
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&audio.bytes);
        body.extend_from_slice(format!("\r\n--{between}--\r\n").as_bytes());
        Self { kind: format!("multipart/form-data; boundary={between}"), body: body.into() }
    }
}

/// A line that the recording does not hold.
fn between(bytes: &[u8]) -> String {
    let lines = (0_u32..).map(|number| format!("study-sharper-recording-{number:08x}"));
    let holds = |line: &String| bytes.windows(line.len()).any(|part| part == line.as_bytes());
    lines.into_iter().find(|line| !holds(line)).unwrap_or_default()
}
