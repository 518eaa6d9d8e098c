//! The schema: brought up to date at the start, and never touched when it is not ours to touch.

use sharper_domain::{Body, TaskKind, Timestamp};
use sharper_store::{Dialect, Durability, OpenError, Store, StoreSettings};
use tokio::task::JoinSet;

use crate::made::made;
use crate::stage::{Stage, at, session, told_to_both, user};

told_to_both!(
    a_newer_schema_is_refused_with_a_clear_message,
    another_programs_schema_is_refused,
    programs_that_start_together_do_not_collide,
    a_database_of_the_first_version_keeps_its_rows,
);

/// The first version's schema, as it was released.
fn first_version(dialect: Dialect) -> String {
    let schema = match dialect {
        Dialect::Sqlite => include_str!("../../migrations/sqlite/0001_start.sql"),
        Dialect::Postgres => include_str!("../../migrations/postgres/0001_start.sql"),
    };
    format!(
        "CREATE TABLE schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, \
         applied_at BIGINT NOT NULL); \
         INSERT INTO schema_migrations VALUES (1, 'start', '{}', 0); {schema}",
        sharper_store::fingerprint(schema)
    )
}

/// Rows as the first version kept them, or might have.
const ROWS: &str = r#"
    INSERT INTO notes (id, user_id, title, content, content_hash, version, created_at, updated_at)
        VALUES ('00000000-0000-7000-8000-000000000001', 'ada', 'Light', 'Chlorophyll absorbs light.', 'h', 1, 1, 1);
    INSERT INTO note_versions (note_id, version, title, content, created_at)
        VALUES ('00000000-0000-7000-8000-000000000001', 0, 'Light', 'Licht…', 1);
    INSERT INTO flashcard_sets (id, user_id, note_id, title, fingerprint, created_at) VALUES
        ('00000000-0000-7000-8000-000000000002', 'ada', '00000000-0000-7000-8000-000000000001', 'Light', 'print', 2);
    INSERT INTO flashcards (id, set_id, user_id, position, question, answer, topic, difficulty, form, author, source_note_id,
            source_note_version, source_start, source_end, source_quote, verdict, created_at) VALUES
        ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000002', 'ada', 0, 'What?', 'Light',
            'Light', 'easy', 'fact', 'offline', '00000000-0000-7000-8000-000000000001', 1, 0, 11, 'Chlorophyll',
            '{"scores":{"safety":1,"quality":1,"accuracy":1},"faults":[]}', 2);
    INSERT INTO quizzes (id, user_id, title, difficulty, total_points, estimated_time_minutes, created_at)
        VALUES ('00000000-0000-7000-8000-000000000004', 'ada', 'Quiz', 'easy', 2, 1, 3);
    INSERT INTO quiz_questions (id, quiz_id, user_id, position, type, question, options, correct_answer, explanation, points,
            source, verdict, created_at) VALUES
        ('00000000-0000-7000-8000-000000000005', '00000000-0000-7000-8000-000000000004', 'ada', 0, 'true_false', 'So?',
            '["True","False"]', 'true', 'It is so.', 1,
            '{"note_id":"00000000-0000-7000-8000-000000000001","note_version":1,"start":0,"end":11,"quote":"Chlorophyll"}',
            '{"scores":{"safety":1,"quality":1,"accuracy":1},"faults":[]}', 3),
        ('00000000-0000-7000-8000-000000000006', '00000000-0000-7000-8000-000000000004', 'ada', 1, 'true_false',
            'Never checked?', '["True","False"]', 'true', 'Nobody knows.', 1, NULL, NULL, 3);
    INSERT INTO exams (id, user_id, title, duration_minutes, total_points, sections, created_at)
        VALUES ('00000000-0000-7000-8000-000000000007', 'ada', 'Exam', 60, 0, '[]', 4);
    INSERT INTO summaries (id, user_id, title, summary, word_count, created_at)
        VALUES ('00000000-0000-7000-8000-000000000008', 'ada', 'Summary', '{}', 0, 5);
    INSERT INTO conversation_sessions (user_id, session_id, title, created_at, updated_at) VALUES ('ada', 'talk', 'Why?', 6, 8);
    INSERT INTO conversation_messages (id, user_id, session_id, role, content, created_at) VALUES
        ('00000000-0000-7000-8000-000000000012', 'ada', 'talk', 'assistant', 'Because.', 7),
        ('00000000-0000-7000-8000-000000000011', 'ada', 'talk', 'user', 'Why?', 7),
        ('00000000-0000-7000-8000-000000000010', 'ada', 'talk', 'user', 'Hello', 6);
    INSERT INTO agent_executions (id, user_id, agent_name, execution_time_ms, tokens_used, status, created_at) VALUES
        ('00000000-0000-7000-8000-000000000020', 'ada', 'main_orchestrator', 30, 5, 'success', 59999999),
        ('00000000-0000-7000-8000-000000000021', 'ada', 'main_orchestrator', 50, 6, 'timeout', 60000000),
        ('00000000-0000-7000-8000-000000000022', 'ada', 'quiz_agent', 20, 7, 'failure', 60000001);
"#;

async fn a_database_of_the_first_version_keeps_its_rows(stage: Stage) {
    let (ada, dialect) = (user("ada"), stage.store.dialect());
    stage.store.close().await;
    stage.replaced_by(&format!("{} {ROWS}", first_version(dialect)));
    let store = Store::open(&stage.settings).await.unwrap();
    store.ready().await.unwrap();

    let note = store.recent_notes(ada.clone(), 9).await.unwrap().remove(0);
    let (cards, print) = (TaskKind::FlashcardGeneration, "print".to_owned());
    let set = store.material_answering(ada.clone(), cards, print).await.unwrap().unwrap();
    assert_eq!((set.items().len(), set.model_used.as_str(), set.note_id), (1, "offline", Some(note.id)));
    let quiz = store.recent_material(ada.clone(), TaskKind::QuizGeneration, 9).await.unwrap().remove(0);
    assert_eq!((quiz.title.as_str(), quiz.model_used.as_str()), ("Quiz", "offline"));
    // The one that was never checked is there and not shown.
    assert_eq!(quiz.items().iter().map(|item| item.sides().0.to_owned()).collect::<Vec<_>>(), ["So?"]);
    assert_eq!(store.known_questions(ada.clone(), vec![note.id], 9).await.unwrap().len(), 1);
    let exam = store.recent_material(ada.clone(), TaskKind::ExamGeneration, 9).await.unwrap().remove(0);
    assert_eq!(exam.body, Body::Exam { duration_minutes: 60, sections: vec![] });
    let summary = store.recent_material(ada.clone(), TaskKind::SummaryGeneration, 9).await.unwrap().remove(0);
    assert_eq!(summary.body, Body::Summary { points: vec![], terms: vec![] });
    let talk = store.conversation(ada.clone(), session("talk"), 9).await.unwrap();
    let said: Vec<_> = talk.iter().map(|message| message.content.as_str()).collect();
    assert_eq!(said, ["Hello", "Why?", "Because."]);

    // Runs of before there were roll-ups are in them.
    for (now, requests, failed, tokens) in
        [(59_999_999, 1, 0, 0), (60_000_000, 2, 1, 0), (7_200_000_000, 0, 0, 0)]
    {
        let now = Timestamp::from_microsecond(now).unwrap();
        let told = store.metrics(now, 1).await.unwrap();
        assert_eq!(
            (told.total_requests, told.failed, told.total_tokens_used),
            (requests, failed, tokens),
            "{now}"
        );
    }
    let told = store.metrics(Timestamp::from_second(3_000).unwrap(), 1).await.unwrap();
    assert_eq!((told.avg_execution_time_ms, told.total_tokens_used), (40.0, 7));

    let next = made(TaskKind::Chat, "ada", 9, Some(note.id));
    store.add_material(next.clone()).await.unwrap();
    assert_eq!(store.conversation(ada.clone(), session("talk"), 9).await.unwrap().len(), 5);
    assert_eq!(store.usage(ada.clone(), at(0)).await.unwrap().storage_bytes, 26 + 8, "of both versions");
    assert_eq!(store.recent_material(ada, TaskKind::Chat, 9).await.unwrap(), [next.material]);
    store.close().await;
}

async fn changed(stage: &Stage, statement: &'static str) -> String {
    stage.store.house().write(Durability::Synced, move |conn| conn.execute(statement, &[])).await.unwrap();
    stage.store.close().await;
    Store::open(&stage.settings).await.err().expect("it must not open").to_string()
}

async fn a_newer_schema_is_refused_with_a_clear_message(stage: Stage) {
    let add =
        "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (9000, 'later', '', 0)";
    let message = changed(&stage, add).await;
    assert!(message.contains("schema version 9000") && message.contains("newer program"), "{message}");
}

async fn another_programs_schema_is_refused(stage: Stage) {
    let message = changed(&stage, "UPDATE schema_migrations SET checksum = 'other' WHERE version = 1").await;
    assert!(message.contains("migration 1 (start)") && message.contains("differs"), "{message}");
}

async fn programs_that_start_together_do_not_collide(stage: Stage) {
    stage.store.close().await;
    let mut starting = JoinSet::new();
    for _ in 0..4 {
        let settings = stage.settings.clone();
        starting.spawn(async move { Store::open(&settings).await });
    }
    let opened = starting.join_all().await;
    let (works, refused): (Vec<_>, Vec<_>) = opened.into_iter().partition(Result::is_ok);
    if stage.store.is_shared() {
        assert!(refused.is_empty());
    } else {
        // A folder belongs to one program: the first that came has it, and the others are told.
        assert_eq!((works.len(), refused.len()), (1, 3));
        let told = |refused: &OpenError| refused.to_string().contains("another study-sharper works in");
        assert!(refused.iter().all(|answer| answer.as_ref().err().is_some_and(told)));
    }
    for store in works {
        store.unwrap().ready().await.unwrap();
    }
}

#[tokio::test]
async fn wrong_settings_say_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let right = StoreSettings { data_dir: folder.path().to_owned(), ..StoreSettings::default() };
    let mysql = StoreSettings { database_url: Some("mysql://u:secret@h/d".into()), ..right.clone() };
    let none = StoreSettings { sqlite_readers: 0, ..right.clone() };
    let file = StoreSettings { data_dir: folder.path().join("file"), ..right };
    std::fs::write(&file.data_dir, "not a folder").unwrap();
    for (settings, part) in [(mysql, "postgres://"), (none, "1 to 16"), (file, "data_dir")] {
        match Store::open(&settings).await {
            Err(error @ OpenError::Settings(_)) => {
                assert!(error.to_string().contains(part) && !error.to_string().contains("secret"), "{error}");
            }
            other => panic!("{:?}", other.err()),
        }
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("study-sharper.sqlite3"), "This is a letter. ".repeat(100)).unwrap();
    let settings = StoreSettings { data_dir: folder.path().to_owned(), ..StoreSettings::default() };
    let message = Store::open(&settings).await.err().unwrap().to_string();
    assert!(message.contains("not a database"), "{message}");
}
