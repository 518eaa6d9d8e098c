//! Everything of a user's: a row of theirs in every table, each with a word that is nobody else's.

use sharper_store::{Durability, Store};

/// The tables that hold nothing of any user.
pub(crate) const OF_NOBODY: [&str; 9] = [
    "schema_migrations",
    "store_pulse",
    "secrets",
    "admin_log",
    "execution_rollups",
    "model_call_rollups",
    "item_rollups",
    "alert_states",
    "alert_history",
];

/// Keeps a row of this user's in every table. `number` makes their ids; `word` stands wherever text can stand.
pub(crate) async fn fill(store: &Store, user: &str, number: u32, word: &str) {
    let rows = rows(user, number, word);
    let work = move |conn: &mut sharper_store::Conn<'_>| {
        for row in rows {
            conn.execute(&*row.leak(), &[])?;
        }
        Ok(())
    };
    store.house().write(Durability::Synced, work).await.unwrap();
}

/// What stands in the rows, as literals.
struct Words {
    number: u32,
    user: String,
    word: String,
    json: String,
    list: String,
    print: String,
    talk: String,
}

impl Words {
    fn id(&self, n: u32) -> String {
        format!("'{:08x}-0000-7000-8000-{n:012x}'", self.number)
    }
}

fn rows(user: &str, number: u32, word: &str) -> Vec<String> {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let words = Words {
        number,
        user: quoted(user),
        word: quoted(word),
        json: quoted(&serde_json::json!({ "said": word }).to_string()),
        list: quoted(&serde_json::json!([{ "said": word }]).to_string()),
        print: format!("'print-{number}'"),
        talk: format!("'talk-{user}-{number}'"),
    };
    let rows = [library(&words), work(&words)].concat();
    rows.into_iter().map(|row| format!("INSERT INTO {row}")).collect()
}

/// What a user put in, and what was made of it.
fn library(words: &Words) -> Vec<String> {
    let id = |n| words.id(n);
    let Words { user, word, json, list, print, .. } = words;
    let (folder, note, set, card) = (id(1), id(2), id(3), id(4));
    let (sitting, quiz, exam) = (id(5), id(6), id(7));
    vec![
        format!(
            "folders (id, user_id, parent_id, name, created_at) VALUES ({folder}, {user}, NULL, {word}, 1)"
        ),
        format!(
            "notes (id, user_id, folder_id, title, content, content_hash, version, created_at, updated_at, bytes) \
             VALUES ({note}, {user}, {folder}, {word}, {word}, {print}, 2, 1, 2, 7)"
        ),
        format!(
            "note_versions (note_id, version, title, content, created_at) VALUES ({note}, 1, {word}, {word}, 1)"
        ),
        format!(
            "uploads (id, user_id, note_id, name, bytes, sha256, outcome, took_ms, created_at) \
             VALUES ({}, {user}, {note}, {word}, 7, {print}, 'read', 1, 1)",
            id(15)
        ),
        // Whoever has notes has such a row already.
        format!(
            "user_revisions (user_id, library, learning) VALUES ({user}, 1, 1) ON CONFLICT (user_id) DO NOTHING"
        ),
        format!(
            "passages (user_id, kind, material_id, number, place, item_id, note_id, note_version, span_start, span_end) \
             VALUES ({user}, 'flashcard_generation', {set}, 1, 1, {card}, {note}, 1, 0, 4)"
        ),
        format!(
            "chunk_vectors (user_id, note_id, model, position, note_version, span_start, span_end, hash) \
             VALUES ({user}, {note}, {word}, 0, 1, 0, 4, {print})"
        ),
        format!(
            "flashcard_sets (id, user_id, note_id, title, fingerprint, created_at) \
             VALUES ({set}, {user}, {note}, {word}, {print}, 1)"
        ),
        format!(
            "flashcards (id, set_id, user_id, position, question, answer, topic, difficulty, form, author, created_at) \
             VALUES ({card}, {set}, {user}, 0, {word}, {word}, {word}, 'easy', 'fact', 'person', 1)"
        ),
        format!(
            "card_memory (card_id, user_id, set_id, state, stability, difficulty, due_at, last_review_at, reviews, lapses) \
             VALUES ({card}, {user}, {set}, 'review', 3.5, 5.0, 2, 1, 1, 0)"
        ),
        format!("study_settings (user_id, settings, updated_at) VALUES ({user}, {json}, 1)"),
        format!("flashcard_sessions (id, user_id, set_id, started_at) VALUES ({sitting}, {user}, {set}, 1)"),
        format!(
            "flashcard_reviews (id, user_id, card_id, session_id, grade, took_ms, reviewed_at) \
             VALUES ({}, {user}, {card}, {sitting}, 3, 900, 1)",
            id(9)
        ),
        format!(
            "quizzes (id, user_id, note_id, title, difficulty, total_points, estimated_time_minutes, created_at) \
             VALUES ({quiz}, {user}, {note}, {word}, 'easy', 1, 1, 1)"
        ),
        format!(
            "quiz_questions (id, quiz_id, user_id, position, type, question, options, correct_answer, explanation, points, \
             created_at) VALUES ({}, {quiz}, {user}, 0, 'true_false', {word}, {json}, {json}, {word}, 1, 1)",
            id(10)
        ),
        format!(
            "exams (id, user_id, note_id, title, duration_minutes, total_points, sections, created_at) \
             VALUES ({exam}, {user}, {note}, {word}, 60, 1, {list}, 1)"
        ),
        format!(
            "attempts (id, user_id, kind, material_id, title, asked, started_at, of_points) \
             VALUES ({}, {user}, 'exam', {exam}, {word}, {list}, 1, 100)",
            id(12)
        ),
        format!(
            "attempt_answers (attempt_id, question_id, user_id, answer, revision, saved_at, of_points, appeal) \
             VALUES ({}, {}, {user}, {word}, 1, 1, 100, {word})",
            id(12),
            id(10)
        ),
        format!(
            "summaries (id, user_id, note_id, title, summary, word_count, created_at) \
             VALUES ({}, {user}, {note}, {word}, {json}, 1, 1)",
            id(13)
        ),
        format!(
            "note_analyses (id, user_id, note_id, title, model_used, findings, created_at) \
             VALUES ({}, {user}, {note}, {word}, 'offline', {list}, 1)",
            id(14)
        ),
        format!(
            "study_plans (id, user_id, note_id, title, model_used, topics, days, created_at) \
             VALUES ({}, {user}, {note}, {word}, 'offline', {list}, {list}, 1)",
            id(15)
        ),
        format!(
            "media (user_id, hash, name, kind, created_at) VALUES ({user}, {print}, {word}, 'image/png', 1)"
        ),
        format!(
            "calendar_feeds (token_hash, user_id, plan_id, created_at) VALUES ({print}, {user}, {}, 1)",
            id(15)
        ),
    ]
}

/// What a user did, and who they are.
fn work(words: &Words) -> Vec<String> {
    let id = |n| words.id(n);
    let Words { number, user, word, json, print, talk, .. } = words;
    let (note, card, job) = (id(2), id(4), id(8));
    vec![
        format!(
            "conversation_sessions (user_id, session_id, title, created_at, updated_at) \
             VALUES ({user}, {talk}, {word}, 1, 1)"
        ),
        format!(
            "conversation_messages (id, user_id, session_id, role, content, created_at, position, note_id, detail) \
             VALUES ({}, {user}, {talk}, 'user', {word}, 1, 1, {note}, {json})",
            id(16)
        ),
        format!("user_agent_preferences (user_id, preferences, updated_at) VALUES ({user}, {json}, 1)"),
        format!(
            "content_feedback (id, user_id, content_type, content_id, rating, feedback_text, issues, created_at) \
             VALUES ({}, {user}, 'flashcard', {card}, 5, {word}, {json}, 1)",
            id(17)
        ),
        format!(
            "agent_executions (id, user_id, session_id, request_id, agent_name, input_data, output_data, \
             execution_time_ms, tokens_used, model_used, status, error_message, created_at) \
             VALUES ({}, {user}, {talk}, {word}, 'main_orchestrator', {json}, {json}, 5, 7, 'offline', 'failure', {word}, 1)",
            id(18)
        ),
        format!(
            "jobs (id, user_id, session_id, kind, state, note_id, attempts, crashes, fence, run_after, turn, first_seq, \
             last_seq, cancel_requested, created_at, ended_at, request, result) \
             VALUES ({job}, {user}, {talk}, 'chat', 'complete', {note}, 1, 0, 1, 1, 0, 1, 1, FALSE, 1, 2, {json}, {json})"
        ),
        format!("job_events (job_id, seq, kind, body, at) VALUES ({job}, 1, 'complete', {word}, 1)"),
        format!(
            "model_calls (id, user_id, job_id, task, model, day, reserved_tokens, reserved_nano_usd, outcome, \
             prompt_tokens, completion_tokens, cached, created_at, settled_at) \
             VALUES ({}, {user}, {job}, 'chat', 'm', {number}, 9, 9, 'ok', 5, 4, FALSE, 1, 2)",
            id(19)
        ),
        format!(
            "spending (day, user_id, reserved_tokens, reserved_nano_usd, spent_tokens, spent_nano_usd, calls) \
             VALUES ({number}, {user}, 0, 0, 9, 9, 1)"
        ),
        format!(
            "response_cache (user_id, key, model, text, prompt_tokens, completion_tokens, expires_at) \
             VALUES ({user}, {print}, 'm', {word}, 5, 4, 9)"
        ),
        format!(
            "accounts (user_id, email, email_key, password_hash, role, state, under_13, failed_sign_ins, created_at, \
             password_changed_at) VALUES ({user}, {word}, {word}, {word}, 'student', 'active', TRUE, 0, 1, 1)"
        ),
        format!(
            "sign_ins (token_hash, user_id, device, created_at, seen_at, expires_at) \
             VALUES ({print}, {user}, {word}, 1, 1, 9)"
        ),
        format!(
            "api_tokens (id, user_id, name, token_hash, hint, created_at) VALUES ({}, {user}, {word}, {print}, 'ssk_', 1)",
            id(20)
        ),
        format!(
            "password_resets (token_hash, user_id, created_at, expires_at) VALUES ({print}, {user}, 1, 9)"
        ),
        format!(
            "consents (id, user_id, kind, given_by, token_hash, asked_at) \
             VALUES ({}, {user}, 'guardian', {word}, {print}, 1)",
            id(21)
        ),
        format!("usage_days (user_id, day, generations) VALUES ({user}, {number}, 3)"),
        format!(
            "experiment_runs (job_id, experiment, variant, control, user_id, task, accepted, rejected, degraded, created_at) \
             VALUES ({job}, 'e', 'a', TRUE, {user}, 'chat', 1, 0, FALSE, 1)"
        ),
        format!(
            "erasures (job_id, user_id, session_id, due_at) VALUES ({job}, {user}, {talk}, 9000000000000000)"
        ),
    ]
}
