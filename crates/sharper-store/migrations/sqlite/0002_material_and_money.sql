-- Material of every kind, conversations that say what they stand on, money, and answers worth keeping. SQLite.

-- model_used: the author of the whole, a model's name or 'offline'. Until now there was no other than the offline one.
ALTER TABLE flashcard_sets ADD COLUMN model_used TEXT NOT NULL DEFAULT 'offline';
DROP INDEX flashcard_sets_by_request;
CREATE INDEX flashcard_sets_by_request ON flashcard_sets (user_id, fingerprint, created_at DESC, id DESC) WHERE fingerprint IS NOT NULL;

ALTER TABLE quizzes ADD COLUMN model_used TEXT NOT NULL DEFAULT 'offline';
ALTER TABLE quizzes ADD COLUMN fingerprint TEXT;
CREATE INDEX quizzes_by_request ON quizzes (user_id, fingerprint, created_at DESC, id DESC) WHERE fingerprint IS NOT NULL;

-- source_note_id repeats what stands in source, so that the questions on a note are found.
ALTER TABLE quiz_questions ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE quiz_questions ADD COLUMN difficulty TEXT NOT NULL DEFAULT 'medium' CHECK (difficulty = 'easy' OR difficulty = 'medium' OR difficulty = 'hard');
ALTER TABLE quiz_questions ADD COLUMN rubric TEXT;
ALTER TABLE quiz_questions ADD COLUMN section TEXT;
ALTER TABLE quiz_questions ADD COLUMN author TEXT NOT NULL DEFAULT 'offline' CHECK (author = 'offline' OR author = 'model' OR author = 'person');
ALTER TABLE quiz_questions ADD COLUMN source_note_id TEXT;
UPDATE quiz_questions SET source_note_id = json_extract(source, '$.note_id') WHERE source IS NOT NULL;
CREATE INDEX quiz_questions_newest ON quiz_questions (user_id, created_at DESC, id DESC);
CREATE INDEX quiz_questions_from_note ON quiz_questions (user_id, source_note_id);

ALTER TABLE exams ADD COLUMN model_used TEXT NOT NULL DEFAULT 'offline';
ALTER TABLE exams ADD COLUMN fingerprint TEXT;
CREATE INDEX exams_by_request ON exams (user_id, fingerprint, created_at DESC, id DESC) WHERE fingerprint IS NOT NULL;

ALTER TABLE summaries ADD COLUMN model_used TEXT NOT NULL DEFAULT 'offline';
ALTER TABLE summaries ADD COLUMN fingerprint TEXT;
CREATE INDEX summaries_by_request ON summaries (user_id, fingerprint, created_at DESC, id DESC) WHERE fingerprint IS NOT NULL;

CREATE TABLE note_analyses (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    note_id TEXT REFERENCES notes (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    model_used TEXT NOT NULL,
    fingerprint TEXT,
    findings TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_analyses_newest ON note_analyses (user_id, created_at DESC, id DESC);
CREATE INDEX note_analyses_by_request ON note_analyses (user_id, fingerprint, created_at DESC, id DESC) WHERE fingerprint IS NOT NULL;
CREATE INDEX note_analyses_of_note ON note_analyses (note_id);

CREATE TABLE study_plans (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    note_id TEXT REFERENCES notes (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    model_used TEXT NOT NULL,
    fingerprint TEXT,
    topics TEXT NOT NULL,
    days TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX study_plans_newest ON study_plans (user_id, created_at DESC, id DESC);
CREATE INDEX study_plans_by_request ON study_plans (user_id, fingerprint, created_at DESC, id DESC) WHERE fingerprint IS NOT NULL;
CREATE INDEX study_plans_of_note ON study_plans (note_id);

-- position: the place in the conversation, from 1, whatever the clock says. The others are the tutor's messages' own:
-- detail holds the question, the statements with their sources, the titles cited and what the reply had to go by.
ALTER TABLE conversation_messages ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation_messages ADD COLUMN note_id TEXT REFERENCES notes (id) ON DELETE SET NULL;
ALTER TABLE conversation_messages ADD COLUMN title TEXT;
ALTER TABLE conversation_messages ADD COLUMN model_used TEXT;
ALTER TABLE conversation_messages ADD COLUMN detail TEXT;
UPDATE conversation_messages SET position = (
    SELECT count(*) FROM conversation_messages earlier
    WHERE earlier.user_id = conversation_messages.user_id AND earlier.session_id = conversation_messages.session_id
        AND (earlier.created_at, earlier.id) <= (conversation_messages.created_at, conversation_messages.id)
);
DROP INDEX conversation_messages_newest;
CREATE UNIQUE INDEX conversation_messages_in_order ON conversation_messages (user_id, session_id, position);
CREATE INDEX conversation_messages_replies ON conversation_messages (user_id, created_at DESC, id DESC) WHERE detail IS NOT NULL;
CREATE INDEX conversation_messages_of_note ON conversation_messages (note_id);

-- The ledger: one row for each call to a model, open until it is settled. day: days since 1970 UTC, of the budget that
-- it was reserved from. job_id refers to no row on purpose: what was spent stays when the job goes.
-- Tokens and billionths of a US dollar; nano_usd is NULL where nobody can tell.
CREATE TABLE model_calls (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    job_id TEXT,
    task TEXT NOT NULL,
    model TEXT NOT NULL,
    day INTEGER NOT NULL,
    reserved_tokens INTEGER NOT NULL CHECK (reserved_tokens >= 0),
    reserved_nano_usd INTEGER NOT NULL CHECK (reserved_nano_usd >= 0),
    outcome TEXT,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    estimated INTEGER,
    nano_usd INTEGER,
    cost_reported INTEGER,
    cached INTEGER,
    took_ms INTEGER,
    accepted_items INTEGER,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    CHECK ((settled_at IS NULL) = (outcome IS NULL)),
    CHECK ((settled_at IS NULL) = (prompt_tokens IS NULL)),
    CHECK ((settled_at IS NULL) = (completion_tokens IS NULL))
) STRICT;
CREATE INDEX model_calls_open ON model_calls (created_at) WHERE settled_at IS NULL;
CREATE INDEX model_calls_by_time ON model_calls (created_at);
CREATE INDEX model_calls_of_user ON model_calls (user_id, created_at DESC);
CREATE INDEX model_calls_of_job ON model_calls (job_id, user_id) WHERE job_id IS NOT NULL;

-- The sums that budgets are held against. user_id is '' in the row of everyone together: no user has that name.
CREATE TABLE spending (
    day INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    reserved_tokens INTEGER NOT NULL CHECK (reserved_tokens >= 0),
    reserved_nano_usd INTEGER NOT NULL CHECK (reserved_nano_usd >= 0),
    spent_tokens INTEGER NOT NULL CHECK (spent_tokens >= 0),
    spent_nano_usd INTEGER NOT NULL CHECK (spent_nano_usd >= 0),
    calls INTEGER NOT NULL CHECK (calls >= 0),
    PRIMARY KEY (user_id, day)
) STRICT;

-- key: SHA-256 of everything that the answer depends on, the user included.
CREATE TABLE response_cache (
    user_id TEXT NOT NULL,
    key TEXT NOT NULL,
    model TEXT NOT NULL,
    text TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT;
CREATE INDEX response_cache_oldest ON response_cache (expires_at);
