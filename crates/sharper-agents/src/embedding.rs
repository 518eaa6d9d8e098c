//! Embedding: vectors of questions and of notes' passages, asked of the embedding model through the ledger.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sharper_domain::{Problem, UserId};
use sharper_llm::{CallBudget, Usage, estimate_tokens};
use sharper_store::spending::{CallId, NewCall, Settled};
use sharper_store::vectors::{ChunkVector, NoteVectors, Waiting};
use sharper_store::{Store, StoreError};
use sharper_study::retrieve::passages;

use crate::away::Away;
use crate::calls::ModelDesk;
use crate::{Agents, problem_of};

/// The task of the ledger.
const TASK: &str = "embedding";
/// Longest that a search waits for the vector of its question; after it, it goes by words alone.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// Questions whose vectors are kept.
const QUESTIONS: usize = 1_024;
/// Calls that the vectors of one note may take, tries included.
const CALLS: u32 = 1_000;

/// Vectors of the questions that were asked last. Who asked is a part of the key: nobody learns from how fast an answer
/// comes what another has asked.
#[derive(Default)]
pub(crate) struct Questions(Mutex<Asked>);

#[derive(Default)]
struct Asked {
    vectors: HashMap<String, Arc<[f32]>>,
    order: VecDeque<String>,
}

impl Questions {
    fn get(&self, key: &str) -> Option<Arc<[f32]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).vectors.get(key).cloned()
    }

    fn put(&self, key: String, vector: Arc<[f32]>) {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.vectors.insert(key.clone(), vector).is_none() {
            asked.order.push_back(key);
        }
        if asked.order.len() > QUESTIONS
            && let Some(oldest) = asked.order.pop_front()
        {
            asked.vectors.remove(&oldest);
        }
    }
}

/// Why a note has no vectors yet.
#[derive(Debug, Clone)]
pub enum NotEmbedded {
    /// The day's budget does not allow it.
    Budget,
    /// The model did not answer, and why.
    Away(String),
    /// Something of the house failed.
    Broken(Problem),
}

impl From<Away> for NotEmbedded {
    fn from(away: Away) -> Self {
        match away {
            Away::Budget(_) => NotEmbedded::Budget,
            Away::Store(error) => NotEmbedded::Broken(problem_of(error)),
            away @ Away::Model(_) => NotEmbedded::Away(away.reason()),
        }
    }
}

impl Agents {
    /// What the embedding model is called; `None` where there is none.
    pub fn embedding_model(&self) -> Option<String> {
        self.model.as_ref()?.settings.embedding.model.clone().filter(|name| !name.is_empty())
    }

    /// The vector of a question; `None` where no model answered in time. What comes late is there for the next time.
    pub(crate) async fn question_vector(&self, user: &UserId, text: &str) -> Option<Arc<[f32]>> {
        let (desk, model) = (self.model.clone()?, self.embedding_model()?);
        let key = sharper_store::fingerprint(&serde_json::json!([user, model, text]).to_string());
        if let Some(vector) = self.questions.get(&key) {
            return Some(vector);
        }
        let (questions, agents, user, texts) =
            (self.questions.clone(), self.clone(), user.clone(), vec![text.to_owned()]);
        let tracker = desk.settling.clone();
        let asking = tracker.spawn(async move {
            let vector: Arc<[f32]> = agents.embed(&desk, &user, texts).await.ok()?.pop()?.into();
            questions.put(key, vector.clone());
            Some(vector)
        });
        match tokio::time::timeout(PATIENCE, asking).await {
            Ok(Ok(vector)) => vector,
            _ => None,
        }
    }

    /// The vectors of a note, as it stands now. Those of `before` whose words are the same are not asked for again.
    ///
    /// # Errors
    /// Why there are none.
    pub async fn embed_note(
        &self,
        note: &Waiting,
        before: Option<NoteVectors>,
    ) -> Result<NoteVectors, NotEmbedded> {
        let gone = || NotEmbedded::Away("no embedding model is configured".to_owned());
        let (desk, model) = self.model.clone().zip(self.embedding_model()).ok_or_else(gone)?;
        let content = note.content.clone();
        let cut = self.desk(move || words_of(&content)).await.map_err(NotEmbedded::Broken)?;
        let mut known: HashMap<String, Vec<f32>> = before
            .into_iter()
            .flat_map(|before| before.chunks)
            .map(|chunk| (chunk.hash, chunk.embedding))
            .collect();
        let missing: Vec<_> = cut.iter().filter(|(chunk, _)| !known.contains_key(&chunk.hash)).collect();
        for batch in missing.chunks(desk.settings.embedding.batch.max(1)) {
            let texts = batch.iter().map(|(_, words)| words.clone()).collect();
            let vectors = self.embed(&desk, &note.user, texts).await?;
            known.extend(batch.iter().zip(vectors).map(|((chunk, _), vector)| (chunk.hash.clone(), vector)));
        }
        let with_vector = |(chunk, _): (ChunkVector, String)| {
            let embedding = known.get(&chunk.hash).cloned().unwrap_or_default();
            ChunkVector { embedding, ..chunk }
        };
        Ok(NoteVectors { version: note.version, model, chunks: cut.into_iter().map(with_vector).collect() })
    }

    /// Vectors of length 1, one for each text. Set aside before and settled after, like every call to a model.
    async fn embed(
        &self,
        desk: &ModelDesk,
        user: &UserId,
        texts: Vec<String>,
    ) -> Result<Vec<Vec<f32>>, Away> {
        let model = self.embedding_model().unwrap_or_default();
        let prompt_tokens = texts.iter().map(|text| estimate_tokens(text)).fold(0, u32::saturating_add);
        let usage = Usage { prompt_tokens, completion_tokens: 0, estimated: true };
        let now = self.clock.now();
        let id = CallId::new(now);
        let new = NewCall {
            id,
            user: user.clone(),
            job: None,
            task: TASK.to_owned(),
            model: model.clone(),
            reserve_tokens: usage.total(),
            reserve_nano_usd: desk.settings.cost(&model, &usage).map_or(0, |cost| cost.nano_usd),
            now,
        };
        match self.store.reserve_call(new, desk.limits).await {
            Ok(_) => {}
            Err(error @ StoreError::OverBudget { .. }) => return Err(Away::Budget(error.problem())),
            Err(error) => return Err(Away::Store(error)),
        }
        let began = Instant::now();
        let answer = desk.model.embed(&texts, &CallBudget::new(CALLS)).await;
        let spent = answer.as_ref().map(|answer| (answer.usage, answer.cost)).unwrap_or_default();
        let outcome = answer.as_ref().map_or_else(|error| error.class().as_str(), |_| "ok");
        let cost = spent.1.or_else(|| desk.settings.cost(&model, &spent.0));
        let settled = Settled {
            prompt_tokens: u64::from(spent.0.prompt_tokens),
            completion_tokens: 0,
            estimated: spent.0.estimated,
            nano_usd: cost.map(|cost| cost.nano_usd).or((spent.0.total() == 0).then_some(0)),
            cost_reported: cost.is_some_and(|cost| cost.reported),
            cached: false,
            outcome,
            took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            model,
            accepted_items: 0,
        };
        metrics::counter!("study_sharper_model_calls_total", "task" => TASK, "outcome" => outcome)
            .increment(1);
        settle(&self.store, id, settled, self.clock.now()).await;
        let mut vectors = answer.map_err(Away::Model)?.vectors;
        vectors.iter_mut().for_each(|vector| to_length_one(vector));
        Ok(vectors)
    }
}

async fn settle(store: &Store, id: CallId, settled: Settled, now: sharper_domain::Timestamp) {
    if let Err(error) = store.settle_call(id, settled, now).await {
        // It stays reserved, and counts as spent in full: the budget errs on the safe side.
        tracing::warn!(call = %id, %error, "a call to the embedding model could not be settled");
    }
}

/// The passages of a text, without vectors yet, and the words to embed of each: the headings above it, and itself. The
/// title is left out, so that a note is embedded anew only when its text changes.
fn words_of(content: &str) -> Vec<(ChunkVector, String)> {
    let words = |cut: sharper_study::retrieve::Cut| {
        let text = cut.span.of(content).unwrap_or_default();
        let words = if cut.path.is_empty() { text.to_owned() } else { cut.path.join(" / ") + "\n" + text };
        let hash = sharper_store::fingerprint(&words);
        (ChunkVector { span: cut.span, hash, embedding: Vec::new() }, words)
    };
    passages(content).into_iter().map(words).collect()
}

fn to_length_one(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}
