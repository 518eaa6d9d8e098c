-- Who uses it, how much, and how it runs: accounts, limits, monitoring, alerts, experiments. SQLite.
-- Of every secret that a caller holds (session, API token, reset link) only the SHA-256 is kept, in hexadecimal.

-- What the house made up for itself and every instance must know, such as the key that signs stream tickets.
CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- email_key: the address as sign-in looks for it. password_hash: a PHC string. state: waiting until a guardian consents.
CREATE TABLE accounts (
    user_id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role = 'student' OR role = 'admin'),
    state TEXT NOT NULL CHECK (state = 'active' OR state = 'waiting' OR state = 'closed'),
    under_13 INTEGER NOT NULL,
    failed_sign_ins INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    password_changed_at INTEGER NOT NULL,
    signed_in_at INTEGER
) STRICT;
CREATE UNIQUE INDEX accounts_by_email ON accounts (email_key);

-- user_id is NULL in the session of an operator who came with the admin token.
CREATE TABLE sign_ins (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT REFERENCES accounts (user_id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_ins_of_user ON sign_ins (user_id, seen_at DESC);
CREATE INDEX sign_ins_oldest ON sign_ins (expires_at);

-- hint: the first characters of the token, so that its owner knows which one it is.
CREATE TABLE api_tokens (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    hint TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    expires_at INTEGER
) STRICT;
CREATE UNIQUE INDEX api_tokens_by_hash ON api_tokens (token_hash);
CREATE INDEX api_tokens_of_user ON api_tokens (user_id, created_at DESC);

CREATE TABLE password_resets (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES accounts (user_id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX password_resets_of_user ON password_resets (user_id);

-- Who allowed what for a user: given_by is a guardian's e-mail address, token_hash the link that they were sent.
CREATE TABLE consents (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    given_by TEXT NOT NULL,
    token_hash TEXT,
    asked_at INTEGER NOT NULL,
    given_at INTEGER,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX consents_of_user ON consents (user_id, asked_at DESC);
CREATE UNIQUE INDEX consents_by_link ON consents (token_hash) WHERE token_hash IS NOT NULL;

-- What was done with an administrator's rights. actor: an account, or the first characters of a token's SHA-256.
CREATE TABLE admin_log (
    id TEXT PRIMARY KEY,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT,
    request_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX admin_log_newest ON admin_log (at DESC);

-- day: days since 1970 UTC.
CREATE TABLE usage_days (
    user_id TEXT NOT NULL,
    day INTEGER NOT NULL,
    generations INTEGER NOT NULL CHECK (generations >= 0),
    PRIMARY KEY (user_id, day)
) STRICT;

-- bytes: of the text in UTF-8 with its older versions, for the storage quota.
ALTER TABLE notes ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE notes SET bytes = length(CAST(content AS BLOB))
    + coalesce((SELECT sum(length(CAST(v.content AS BLOB))) FROM note_versions v WHERE v.note_id = notes.id), 0);
CREATE INDEX notes_storage ON notes (user_id, bytes);

-- Sums over agent_executions, kept in the transaction that writes them. grain: 'minute' or 'hour'; start: when it begins.
-- times: how many runs took how long (executions/times.rs); rows of before this table are in the sums and not in here.
CREATE TABLE execution_rollups (
    grain TEXT NOT NULL CHECK (grain = 'minute' OR grain = 'hour'),
    start INTEGER NOT NULL,
    agent_name TEXT NOT NULL,
    runs INTEGER NOT NULL,
    succeeded INTEGER NOT NULL,
    timed_out INTEGER NOT NULL,
    total_ms INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    times BLOB NOT NULL,
    PRIMARY KEY (grain, start, agent_name)
) STRICT, WITHOUT ROWID;
INSERT INTO execution_rollups
    SELECT 'minute', created_at / 60000000 * 60000000, agent_name, count(*), count(CASE WHEN status = 'success' THEN 1 END),
        count(CASE WHEN status = 'timeout' THEN 1 END), CAST(sum(execution_time_ms) AS BIGINT), CAST(sum(tokens_used) AS BIGINT), x''
    FROM agent_executions GROUP BY 2, 3;
INSERT INTO execution_rollups
    SELECT 'hour', created_at / 3600000000 * 3600000000, agent_name, count(*), count(CASE WHEN status = 'success' THEN 1 END),
        count(CASE WHEN status = 'timeout' THEN 1 END), CAST(sum(execution_time_ms) AS BIGINT), CAST(sum(tokens_used) AS BIGINT), x''
    FROM agent_executions GROUP BY 2, 3;
-- Everything that a count over a part of a minute reads, so that it reads nothing else.
DROP INDEX agent_executions_newest;
CREATE INDEX agent_executions_by_time ON agent_executions (created_at, agent_name, status, execution_time_ms, tokens_used);

-- The same for settled calls to models, by when they were reserved. nano_usd: as charged; cost_unknown: calls of unknown cost.
CREATE TABLE model_call_rollups (
    grain TEXT NOT NULL CHECK (grain = 'minute' OR grain = 'hour'),
    start INTEGER NOT NULL,
    task TEXT NOT NULL,
    model TEXT NOT NULL,
    calls INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    nano_usd INTEGER NOT NULL,
    cost_unknown INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    PRIMARY KEY (grain, start, task, model)
) STRICT, WITHOUT ROWID;
INSERT INTO model_call_rollups
    SELECT 'minute', created_at / 60000000 * 60000000, task, model, count(*), count(CASE WHEN outcome <> 'ok' THEN 1 END),
        count(CASE WHEN cached = 1 THEN 1 END), CAST(sum(prompt_tokens) AS BIGINT),
        CAST(sum(completion_tokens) AS BIGINT), CAST(sum(coalesce(nano_usd, reserved_nano_usd)) AS BIGINT),
        count(*) - count(nano_usd), CAST(coalesce(sum(took_ms), 0) AS BIGINT)
    FROM model_calls WHERE settled_at IS NOT NULL GROUP BY 2, 3, 4;
INSERT INTO model_call_rollups
    SELECT 'hour', created_at / 3600000000 * 3600000000, task, model, count(*), count(CASE WHEN outcome <> 'ok' THEN 1 END),
        count(CASE WHEN cached = 1 THEN 1 END), CAST(sum(prompt_tokens) AS BIGINT),
        CAST(sum(completion_tokens) AS BIGINT), CAST(sum(coalesce(nano_usd, reserved_nano_usd)) AS BIGINT),
        count(*) - count(nano_usd), CAST(coalesce(sum(took_ms), 0) AS BIGINT)
    FROM model_calls WHERE settled_at IS NOT NULL GROUP BY 2, 3, 4;

-- What became of items, an hour a row. outcome: 'accepted', 'withdrawn' (shown and taken back) or 'rejected'; fault: why, else ''.
CREATE TABLE item_rollups (
    start INTEGER NOT NULL,
    task TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome = 'accepted' OR outcome = 'withdrawn' OR outcome = 'rejected'),
    fault TEXT NOT NULL,
    items INTEGER NOT NULL,
    PRIMARY KEY (start, task, outcome, fault)
) STRICT, WITHOUT ROWID;
CREATE INDEX content_feedback_newest ON content_feedback (created_at);
CREATE INDEX agent_executions_failed ON agent_executions (created_at DESC, id DESC) WHERE status <> 'success';
CREATE INDEX agent_executions_of_request ON agent_executions (request_id, created_at);

-- streak: looks in a row that said otherwise than the state.
CREATE TABLE alert_states (
    rule TEXT PRIMARY KEY,
    firing INTEGER NOT NULL,
    value REAL,
    since INTEGER NOT NULL,
    checked_at INTEGER NOT NULL,
    told_at INTEGER,
    streak INTEGER NOT NULL
) STRICT;

CREATE TABLE alert_history (
    id TEXT PRIMARY KEY,
    rule TEXT NOT NULL,
    firing INTEGER NOT NULL,
    value REAL,
    detail TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_history_newest ON alert_history (at DESC);

-- One row for each job that ran under a variant of an experiment. control: whether that is the one without a change.
-- material_id: what was made, where a model wrote some of it. accepted, rejected: items of the model. degraded: the offline
-- author had to step in.
CREATE TABLE experiment_runs (
    job_id TEXT NOT NULL,
    experiment TEXT NOT NULL,
    variant TEXT NOT NULL,
    control INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    task TEXT NOT NULL,
    material_id TEXT,
    accepted INTEGER NOT NULL CHECK (accepted >= 0),
    rejected INTEGER NOT NULL CHECK (rejected >= 0),
    degraded INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (job_id, experiment)
) STRICT;
CREATE INDEX experiment_runs_newest ON experiment_runs (experiment, created_at DESC);
CREATE INDEX experiment_runs_of_user ON experiment_runs (user_id);
