-- SQLite has no row security: the file belongs to one process, and there the statements' own words are the only net.

-- Jobs that were at work when their user was erased: what they may still write is erased when they are surely over.
CREATE TABLE erasures (
    job_id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX erasures_due ON erasures (due_at);
