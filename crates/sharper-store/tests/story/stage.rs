//! The stage: a fresh store on either database, and the things and people of the story.

use std::env;

use postgres::{Client, Config, NoTls};
use sharper_domain::{
    Author, Body, CardForm, CardId, Difficulty, Event, Flashcard, FlashcardSet, JobId, Material, MaterialId,
    NoteId, ProblemCode, Scores, SessionId, SetId, Source, TaskKind, Timestamp, UserId, Verdict,
};
use sharper_store::events::StoredEvent;
use sharper_store::jobs::{End, Ending, Lease, NewJob, NewLease, WorkerId};
use sharper_store::material::NewMaterial;
use sharper_store::notes::NewNote;
use sharper_store::{Store, StoreSettings};
use tempfile::TempDir;
use uuid::Uuid;

/// Tells each story to SQLite and to PostgreSQL: `async fn name(stage: Stage)` becomes two tests.
macro_rules! told_to_both {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name($crate::stage::Stage::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name($crate::stage::Stage::postgres().await).await;
            }
        }
    )*};
}
pub(crate) use told_to_both;

/// A fresh store, and the place that goes when the test does.
pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) settings: StoreSettings,
    place: Place,
}

enum Place {
    Folder { _folder: TempDir },
    Database { server: Box<Config>, url: String, name: String },
}

impl Stage {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = StoreSettings { data_dir: folder.path().join("data"), ..StoreSettings::default() };
        Self::open(settings, Place::Folder { _folder: folder }).await
    }

    pub(crate) async fn postgres() -> Self {
        let url = env::var("SHARPER_TEST_POSTGRES_URL").expect(
            "these tests need a throw-away PostgreSQL server: run ./test, which starts one, or name one \
             in SHARPER_TEST_POSTGRES_URL (postgres://user@host:port/postgres)",
        );
        let name = format!("sharper_test_{}", Uuid::new_v4().simple());
        let server: Config = url.parse().unwrap();
        administer(&server, OWNER_IS_THERE.to_owned());
        administer(&server, format!("CREATE DATABASE {name} OWNER sharper_owner"));
        let settings = StoreSettings {
            database_url: Some(as_owner(&url, &name)),
            postgres_connections: 4,
            ..StoreSettings::default()
        };
        Self::open(settings, Place::Database { server: Box::new(server), url, name }).await
    }

    async fn open(settings: StoreSettings, place: Place) -> Self {
        let store = Store::open(&settings).await.unwrap();
        Self { store, settings, place }
    }

    /// The same store with other settings.
    pub(crate) async fn reopened(&mut self, change: impl FnOnce(&mut StoreSettings)) {
        self.store.close().await;
        change(&mut self.settings);
        self.store = Store::open(&self.settings).await.unwrap();
    }
}

impl Stage {
    /// The same store, after an administrator has made pgvector in its database.
    pub(crate) async fn with_pgvector(&mut self) {
        let Place::Database { server, name, .. } = &self.place else { panic!("SQLite has no extensions") };
        let mut own = (**server).clone();
        administer(own.dbname(name), "CREATE EXTENSION vector".to_owned());
        self.reopened(|_| ()).await;
        assert!(self.store.finds_nearest());
    }

    /// The URL of the same database for the server's own role.
    pub(crate) fn url_of_superuser(&self) -> String {
        let Place::Database { url, name, .. } = &self.place else { panic!("SQLite has no roles") };
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        format!("{}/{name}?{query}", base.rsplit_once('/').unwrap().0)
    }

    /// Puts what a script makes in the place of the closed store's database.
    pub(crate) fn replaced_by(&self, script: &str) {
        match &self.place {
            Place::Folder { .. } => {
                let file = self.settings.data_dir.join("study-sharper.sqlite3");
                for end in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{end}", file.display()));
                }
                rusqlite::Connection::open(file).unwrap().execute_batch(script).unwrap();
            }
            Place::Database { server, name, .. } => {
                let mut own = (**server).clone();
                own.dbname(name).user("sharper_owner").password("sharper");
                administer(&own, format!("DROP SCHEMA public CASCADE; CREATE SCHEMA public; {script}"));
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Place::Database { server, name, .. } = self {
            administer(server, format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// The role that a server should run as: it owns its database and is nobody else. A superuser passes every policy, so
/// the story is told to a server that is none. Tests begin together: whoever comes second finds it made.
const OWNER_IS_THERE: &str = "DO $$ BEGIN \
    CREATE ROLE sharper_owner LOGIN PASSWORD 'sharper' NOSUPERUSER NOBYPASSRLS; \
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";

/// The URL of a database on the server of `url`, for the role that owns it.
fn as_owner(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, place) = base.split_once("://").unwrap();
    let (authority, _) = place.rsplit_once('/').unwrap();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://sharper_owner:sharper@{host}/{name}?{query}")
}

/// The blocking client must not run on a thread of the async runtime.
fn administer(server: &Config, statement: String) {
    let server = server.clone();
    let done = std::thread::spawn(move || -> Result<(), postgres::Error> {
        let mut client: Client = server.connect(NoTls)?;
        client.batch_execute(&statement)
    });
    done.join().unwrap().unwrap();
}

/// `seconds` after the story begins.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + seconds).unwrap()
}

pub(crate) fn user(name: &str) -> UserId {
    name.parse().unwrap()
}

pub(crate) fn session(name: &str) -> SessionId {
    name.parse().unwrap()
}

pub(crate) fn worker(name: &str) -> WorkerId {
    WorkerId(name.to_owned())
}

pub(crate) fn note(text: &str) -> NewNote {
    NewNote {
        id: NoteId::new(at(0)),
        folder_id: None,
        title: "Photosynthesis".into(),
        content: text.into(),
        origin: None,
        anchors: Vec::new(),
    }
}

/// A job of this user in a stream of its own, for the queue.
pub(crate) fn job(owner: &str, moment: i64) -> NewJob {
    NewJob {
        id: JobId::new(at(moment)),
        user_id: user(owner),
        session_id: SessionId::new(at(moment)),
        kind: TaskKind::FlashcardGeneration,
        request: serde_json::json!({"type": "flashcard_generation", "options": {"count": 10}}),
        note: None,
        idempotency_key: None,
        now: at(moment),
        lease: None,
    }
}

/// As `job`, leased to a worker at once for a minute.
pub(crate) fn leased_job(owner: &str, moment: i64, to: &str) -> NewJob {
    let lease = NewLease { worker: worker(to), until: at(moment + 60) };
    NewJob { lease: Some(lease), ..job(owner, moment) }
}

pub(crate) fn event(seq: i64, moment: i64) -> StoredEvent {
    let event = Event::Start { session_id: session("s") };
    StoredEvent::new(seq, &event, at(moment))
}

pub(crate) fn last_event(seq: i64, moment: i64) -> StoredEvent {
    let event =
        Event::Error { code: ProblemCode::NothingToMake, message: "There is nothing to ask about.".into() };
    StoredEvent::new(seq, &event, at(moment))
}

/// A set that a job made, with its cards.
#[derive(Clone)]
pub(crate) struct MadeSet {
    pub(crate) set: FlashcardSet,
    pub(crate) cards: Vec<Flashcard>,
}

impl MadeSet {
    pub(crate) fn into_material(self) -> NewMaterial {
        let FlashcardSet { id, user_id, title, note_id, created_at, .. } = self.set;
        let body = Body::Flashcards(self.cards);
        let (id, model_used) = (MaterialId(id.0), "offline".to_owned());
        let material = Material { id, user_id, note_id, title, created_at, model_used, body };
        NewMaterial { material, fingerprint: None, session_id: session("s") }
    }
}

/// A set of two cards quoted from a note.
pub(crate) fn set(owner: &str, moment: i64, note_id: Option<NoteId>) -> MadeSet {
    let set = FlashcardSet {
        id: SetId::new(at(moment)),
        user_id: user(owner),
        title: "Photosynthesis".into(),
        note_id,
        card_count: 2,
        created_at: at(moment),
    };
    let cards = (0..2).map(|position| card(set.id, position, moment, note_id)).collect();
    MadeSet { set, cards }
}

fn card(set_id: SetId, position: i32, moment: i64, note_id: Option<NoteId>) -> Flashcard {
    let scores = Scores { safety: 1.0, quality: 0.9, accuracy: 0.95 };
    Flashcard {
        id: CardId::new(at(moment)),
        set_id,
        position,
        question: format!("What does chlorophyll absorb? ({position})"),
        answer: "Light".into(),
        explanation: None,
        topic: "Chlorophyll".into(),
        difficulty: Difficulty::Easy,
        form: CardForm::Fact,
        source: Some(Source {
            note_id: note_id.unwrap_or_else(|| NoteId::new(at(0))),
            note_version: 1,
            start: 0,
            end: 25,
            quote: "Chlorophyll absorbs light".into(),
        }),
        verdict: Some(Verdict { scores, faults: vec![] }),
        author: Author::Offline,
        created_at: at(moment),
    }
}

/// The end of a job that made a set.
pub(crate) fn complete(seq: i64, moment: i64, made: MadeSet) -> Ending {
    complete_with(seq, moment, made.into_material())
}

/// The end of a job that made this.
pub(crate) fn complete_with(seq: i64, moment: i64, made: NewMaterial) -> Ending {
    let result = serde_json::json!({"success": true, "data": {"total_count": made.material.items().len()}});
    let event = StoredEvent { kind: "complete".into(), ..last_event(seq, moment) };
    Ending {
        events: vec![event],
        end: End::Complete { result, made: Some(Box::new(made)), remade: Vec::new() },
        trial: None,
        now: at(moment),
    }
}

/// The end of a job that its user cancelled.
pub(crate) fn cancelled(seq: i64, moment: i64) -> Ending {
    Ending { events: vec![last_event(seq, moment)], end: End::Cancelled, trial: None, now: at(moment) }
}

/// A leased job with its first event.
pub(crate) async fn begun(store: &Store, owner: &str, moment: i64) -> (NewJob, Lease) {
    let new = leased_job(owner, moment, "w1");
    let lease = store.accept_job(new.clone()).await.unwrap().lease.unwrap();
    store.append_events(lease, vec![event(1, moment)]).await.unwrap();
    (new, lease)
}
