//! The stage: a store on either database, instances that embed and search over it, and a model that knows a few synonyms.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sharper_agents::{
    Agents, AuthorSettings, ContextSettings, Findings, KeepData, ModelDesk, MonitoringSettings, Recorder,
    RetrievalSettings, Search,
};
use sharper_domain::{Clock, Note, NoteId, Secret, Timestamp, UserId};
use sharper_jobs::Embedder;
use sharper_llm::{Asked, CallBudget, Cause, Embeddings, Error, Model, Prompt, Reply, Settings, Usage};
use sharper_store::notes::{NewNote, NoteChange};
use sharper_store::spending::SpendLimits;
use sharper_store::{Store, StoreSettings};
use sharper_testkit::{Postgres, TestDatabase};

/// A clock that a test sets.
pub(crate) struct Hand(Mutex<Timestamp>);

impl Hand {
    pub(crate) fn go(&self, time: Duration) {
        let mut now = self.0.lock().unwrap();
        *now += time;
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Words that mean the same.
const SYNONYMS: [(&str, &str); 3] = [("vehicle", "car"), ("engine", "motor"), ("repaired", "mended")];

/// A model whose vectors have a place for each word (or its synonym), and nothing between yes and no: so a byte holds
/// each number exactly.
#[derive(Default)]
pub(crate) struct Words {
    known: Mutex<Vec<String>>,
    seen: Mutex<Vec<String>>,
    pub(crate) away: AtomicBool,
}

impl Words {
    /// The texts that it was sent since this was asked last.
    pub(crate) fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    fn vector(&self, text: &str) -> Vec<f32> {
        let mut vector = vec![0.0; 512];
        let mut known = self.known.lock().unwrap();
        for word in text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.len() > 2) {
            let word = word.to_lowercase();
            let synonym = SYNONYMS.iter().find(|(one, _)| *one == word).map_or(word.as_str(), |pair| pair.1);
            let place = known.iter().position(|known| known == synonym).unwrap_or(known.len());
            if place == known.len() {
                known.push(synonym.to_owned());
            }
            vector[place] = 1.0;
        }
        vector
    }
}

impl Model for Words {
    fn ask<'a>(&'a self, _: Prompt, _: &'a CallBudget) -> Asked<'a, Reply> {
        Box::pin(async { Err(Error::Refused(Cause::new("it only embeds"))) })
    }

    fn embed<'a>(&'a self, texts: &'a [String], budget: &'a CallBudget) -> Asked<'a, Embeddings> {
        Box::pin(async move {
            budget.take()?;
            // Whoever is beside gets a turn in the middle of a call.
            tokio::task::yield_now().await;
            if self.away.load(Ordering::SeqCst) {
                return Err(Error::Refused(Cause::new("nobody is there")));
            }
            self.seen.lock().unwrap().extend(texts.iter().cloned());
            let vectors = texts.iter().map(|text| self.vector(text)).collect();
            let usage = Usage { prompt_tokens: 7, completion_tokens: 0, estimated: false };
            Ok(Embeddings { vectors, usage, cost: None, model: "words".into() })
        })
    }
}

/// A place that goes when the test does.
enum Place {
    Folder(tempfile::TempDir),
    Database(TestDatabase),
}

/// A store, a model, and a clock.
pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) model: Arc<Words>,
    pub(crate) clock: Arc<Hand>,
    place: Place,
}

impl Stage {
    pub(crate) async fn sqlite() -> Self {
        Self::at(Place::Folder(tempfile::tempdir().unwrap())).await
    }

    /// With pgvector, which an administrator has made there.
    pub(crate) async fn pgvector() -> Self {
        let database = Postgres::database();
        database.execute("CREATE EXTENSION vector");
        let stage = Self::at(Place::Database(database)).await;
        assert!(stage.store.finds_nearest());
        stage
    }

    /// Without it, and without the right to make it.
    pub(crate) async fn postgres() -> Self {
        let stage = Self::at(Place::Database(Postgres::database())).await;
        assert!(!stage.store.finds_nearest());
        stage
    }

    async fn at(place: Place) -> Self {
        let clock = Arc::new(Hand(Mutex::new(Timestamp::from_second(1_790_000_000).unwrap())));
        Self { store: opened(&place).await, model: Arc::default(), clock, place }
    }

    /// One more way to the same database, as another instance has it. (With SQLite there is only one.)
    pub(crate) async fn other(&self) -> Store {
        match &self.place {
            Place::Folder(_) => self.store.clone(),
            Place::Database(_) => opened(&self.place).await,
        }
    }

    /// An instance over this store.
    pub(crate) fn instance(&self, store: &Store, limits: SpendLimits) -> Instance {
        let retrieval = RetrievalSettings { index_bytes: 64 << 20, user_bytes: 64 << 20 };
        let record =
            MonitoringSettings { record: false, keep_data: KeepData::None, metrics_token: Secret::new("") };
        let (recorder, _) = Recorder::new(store.clone(), record);
        let mut settings = Settings::default();
        (settings.embedding.model, settings.embedding.batch) = (Some("words".into()), 2);
        let desk = ModelDesk::new(self.model.clone(), settings, limits, Duration::from_secs(60));
        let agents =
            Agents::new(store.clone(), self.clock.clone(), recorder, authors(), retrieval, Some(desk));
        let embedder = Embedder::new(store.clone(), agents.clone(), self.clock.clone());
        Instance { agents, embedder }
    }

    /// The one instance that most tests need.
    pub(crate) fn only(&self) -> Instance {
        self.instance(&self.store, SpendLimits::default())
    }

    pub(crate) async fn note(&self, whose: &str, content: &str) -> Note {
        // One after the other, so that their order is the same wherever they are kept.
        self.clock.go(Duration::from_secs(1));
        let id = NoteId::new(self.clock.now());
        let new = NewNote {
            id,
            folder_id: None,
            title: "A note".into(),
            content: content.into(),
            origin: None,
            anchors: Vec::new(),
        };
        self.store.add_note(user(whose), new, self.clock.now()).await.unwrap()
    }

    pub(crate) async fn edit(&self, store: &Store, note: NoteId, content: &str) {
        let change = NoteChange { content: Some(content.into()), ..NoteChange::default() };
        store.update_note(user("ada"), note, change, self.clock.now()).await.unwrap();
    }
}

async fn opened(place: &Place) -> Store {
    let settings = match place {
        Place::Folder(folder) => {
            StoreSettings { data_dir: folder.path().to_owned(), ..StoreSettings::default() }
        }
        Place::Database(database) => StoreSettings {
            database_url: Some(database.url.clone()),
            postgres_connections: 2,
            ..StoreSettings::default()
        },
    };
    Store::open(&settings).await.unwrap()
}

fn authors() -> AuthorSettings {
    let context = ContextSettings {
        window_tokens: 300,
        summary_tokens: 100,
        summarise_tokens: 100,
        cache_seconds: 60,
        cached_users: 9,
    };
    AuthorSettings {
        threads: 2,
        context_ms: 5_000,
        known_cards: 9,
        note_bytes: 9_000,
        hold_for_judge: false,
        context,
    }
}

/// What embeds and searches in one process.
pub(crate) struct Instance {
    pub(crate) agents: Agents,
    pub(crate) embedder: Embedder,
}

impl Instance {
    /// Embeds until nothing waits.
    pub(crate) async fn embed(&self) {
        while self.embedder.once().await.unwrap() {}
    }

    pub(crate) async fn find(&self, whose: &str, search: &Search) -> Findings {
        self.agents.find(&user(whose), search).await.unwrap()
    }

    /// The texts of the notes that are found, in the order of their passages.
    pub(crate) async fn texts(&self, whose: &str, search: &Search) -> Vec<String> {
        let found = self.find(whose, search).await;
        found.passages.iter().map(|passage| found.notes[passage.note].content.clone()).collect()
    }
}

pub(crate) fn user(name: &str) -> UserId {
    name.parse().unwrap()
}
