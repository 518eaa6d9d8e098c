-- Everything that is remembered, first version. PostgreSQL: times are microseconds since 1970 UTC, as in SQLite; json, not jsonb, keeps the bytes.
-- Words are checked with OR, not IN: SQLite fills a table of its own for a longer IN list at each insert.

CREATE TABLE folders (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    parent_id UUID REFERENCES folders (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX folders_of_user ON folders (user_id, name);

CREATE TABLE notes (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    folder_id UUID REFERENCES folders (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX notes_once_per_user ON notes (user_id, content_hash);
CREATE INDEX notes_newest ON notes (user_id, updated_at DESC, id DESC);
CREATE INDEX notes_in_folder ON notes (folder_id);

CREATE TABLE note_versions (
    note_id UUID NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (note_id, version)
);

-- fingerprint: of the request that the set answers, so that the same request finds it again.
CREATE TABLE flashcard_sets (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    note_id UUID REFERENCES notes (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    fingerprint TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX flashcard_sets_newest ON flashcard_sets (user_id, created_at DESC, id DESC);
CREATE INDEX flashcard_sets_by_request ON flashcard_sets (user_id, fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX flashcard_sets_of_note ON flashcard_sets (note_id);

-- source_note_id refers to no row on purpose: a quote stays when its note goes.
CREATE TABLE flashcards (
    id UUID PRIMARY KEY,
    set_id UUID NOT NULL REFERENCES flashcard_sets (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    explanation TEXT,
    topic TEXT NOT NULL,
    difficulty TEXT NOT NULL CHECK (difficulty = 'easy' OR difficulty = 'medium' OR difficulty = 'hard'),
    form TEXT NOT NULL,
    author TEXT NOT NULL CHECK (author = 'offline' OR author = 'model' OR author = 'person'),
    source_note_id UUID,
    source_note_version INTEGER,
    source_start BIGINT,
    source_end BIGINT,
    source_quote TEXT,
    verdict JSON,
    created_at BIGINT NOT NULL,
    CHECK (author = 'person' OR (source_note_id IS NOT NULL AND source_quote IS NOT NULL AND verdict IS NOT NULL))
);
CREATE INDEX flashcards_of_set ON flashcards (set_id, position);
CREATE INDEX flashcards_newest ON flashcards (user_id, created_at DESC, id DESC);
CREATE INDEX flashcards_from_note ON flashcards (user_id, source_note_id);

CREATE TABLE flashcard_sessions (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    set_id UUID NOT NULL REFERENCES flashcard_sets (id) ON DELETE CASCADE,
    started_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX flashcard_sessions_newest ON flashcard_sessions (user_id, started_at DESC);
CREATE INDEX flashcard_sessions_of_set ON flashcard_sessions (set_id);

CREATE TABLE flashcard_reviews (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    card_id UUID NOT NULL REFERENCES flashcards (id) ON DELETE CASCADE,
    session_id UUID REFERENCES flashcard_sessions (id) ON DELETE CASCADE,
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),
    took_ms BIGINT NOT NULL CHECK (took_ms >= 0),
    reviewed_at BIGINT NOT NULL
);
CREATE INDEX flashcard_reviews_of_card ON flashcard_reviews (user_id, card_id, reviewed_at DESC);
CREATE INDEX flashcard_reviews_by_card ON flashcard_reviews (card_id);
CREATE INDEX flashcard_reviews_of_session ON flashcard_reviews (session_id, reviewed_at DESC, id DESC);

CREATE TABLE quizzes (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    note_id UUID REFERENCES notes (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    difficulty TEXT NOT NULL,
    total_points INTEGER NOT NULL,
    estimated_time_minutes INTEGER NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX quizzes_newest ON quizzes (user_id, created_at DESC, id DESC);
CREATE INDEX quizzes_of_note ON quizzes (note_id);

CREATE TABLE quiz_questions (
    id UUID PRIMARY KEY,
    quiz_id UUID NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL CHECK (type = 'multiple_choice' OR type = 'true_false' OR type = 'short_answer'),
    question TEXT NOT NULL,
    options JSON NOT NULL,
    correct_answer JSON NOT NULL,
    acceptable_answers JSON,
    explanation TEXT NOT NULL,
    points INTEGER NOT NULL,
    source JSON,
    verdict JSON,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX quiz_questions_of_quiz ON quiz_questions (quiz_id, position);

CREATE TABLE quiz_attempts (
    id UUID PRIMARY KEY,
    quiz_id UUID NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    answers JSON NOT NULL,
    points INTEGER,
    started_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX quiz_attempts_of_quiz ON quiz_attempts (quiz_id, user_id, started_at DESC);

CREATE TABLE exams (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    note_id UUID REFERENCES notes (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    duration_minutes INTEGER NOT NULL,
    total_points INTEGER NOT NULL,
    sections JSON NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX exams_newest ON exams (user_id, created_at DESC, id DESC);
CREATE INDEX exams_of_note ON exams (note_id);

CREATE TABLE exam_attempts (
    id UUID PRIMARY KEY,
    exam_id UUID NOT NULL REFERENCES exams (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    answers JSON NOT NULL,
    points INTEGER,
    started_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX exam_attempts_of_exam ON exam_attempts (exam_id, user_id, started_at DESC);

CREATE TABLE summaries (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    note_id UUID REFERENCES notes (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    summary JSON NOT NULL,
    word_count INTEGER NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX summaries_newest ON summaries (user_id, created_at DESC, id DESC);
CREATE INDEX summaries_of_note ON summaries (note_id);

CREATE TABLE conversation_sessions (
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    title TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, session_id)
);
CREATE INDEX conversation_sessions_newest ON conversation_sessions (user_id, updated_at DESC);

CREATE TABLE conversation_messages (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    FOREIGN KEY (user_id, session_id) REFERENCES conversation_sessions (user_id, session_id) ON DELETE CASCADE
);
CREATE INDEX conversation_messages_newest ON conversation_messages (user_id, session_id, created_at DESC, id DESC);

CREATE TABLE user_agent_preferences (
    user_id TEXT PRIMARY KEY,
    preferences JSON NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE content_feedback (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content_id TEXT NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    feedback_text TEXT,
    issues JSON NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX content_feedback_of_content ON content_feedback (user_id, content_type, content_id);

CREATE TABLE agent_executions (
    id UUID PRIMARY KEY,
    user_id TEXT,
    session_id TEXT,
    request_id TEXT,
    agent_name TEXT NOT NULL,
    input_data JSON,
    output_data JSON,
    execution_time_ms BIGINT NOT NULL,
    tokens_used BIGINT NOT NULL,
    model_used TEXT,
    status TEXT NOT NULL CHECK (status = 'success' OR status = 'failure' OR status = 'timeout'),
    error_message TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX agent_executions_newest ON agent_executions (created_at DESC);
CREATE INDEX agent_executions_of_user ON agent_executions (user_id, created_at DESC);

-- turn is the place in the fair order: see jobs/accept.rs. last_seq is set when the job ends.
CREATE TABLE jobs (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state = 'queued' OR state = 'running' OR state = 'complete' OR state = 'failed' OR state = 'cancelled'),
    note_id UUID REFERENCES notes (id) ON DELETE SET NULL,
    attempts INTEGER NOT NULL,
    crashes INTEGER NOT NULL,
    fence BIGINT NOT NULL,
    worker TEXT,
    lease_until BIGINT,
    run_after BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    first_seq BIGINT NOT NULL CHECK (first_seq >= 1),
    last_seq BIGINT,
    cancel_requested BOOLEAN NOT NULL,
    idempotency_key TEXT,
    fingerprint TEXT,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    request JSON NOT NULL,
    problem JSON,
    result JSON,
    CHECK ((state = 'running') = (worker IS NOT NULL)),
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('queued', 'running')) = (last_seq IS NULL)),
    CHECK ((state IN ('queued', 'running')) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX jobs_one_at_work_per_stream ON jobs (user_id, session_id) WHERE state IN ('queued', 'running');
CREATE UNIQUE INDEX jobs_once_per_key ON jobs (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX jobs_waiting ON jobs (turn, created_at, id) WHERE state = 'queued';
CREATE INDEX jobs_waiting_of_user ON jobs (user_id, turn) WHERE state = 'queued';
CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_of_stream ON jobs (session_id, user_id, first_seq DESC);
CREATE INDEX jobs_newest ON jobs (user_id, created_at DESC, id DESC);
CREATE INDEX jobs_of_note ON jobs (note_id);

CREATE TABLE job_events (
    job_id UUID NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (job_id, seq)
);

-- One row that is written to see whether writing works.
CREATE TABLE store_pulse (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at BIGINT NOT NULL
);
