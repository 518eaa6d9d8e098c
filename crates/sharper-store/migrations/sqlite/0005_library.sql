-- The student's library: a bin, where notes came from, where items stand in notes, vectors, sessions of the tutor. SQLite.

-- deleted_at: since when it lies in the bin. deleted_with: the folder that was deleted with it inside, to come back with it.
-- copy_of: the note that this one was duplicated from; a copy may have the same text.
-- origin: the file that it was read from, JSON. anchors: pages, slides, chapters or times and the bytes they begin at, JSON.
ALTER TABLE notes ADD COLUMN deleted_at INTEGER;
ALTER TABLE notes ADD COLUMN deleted_with TEXT;
ALTER TABLE notes ADD COLUMN copy_of TEXT;
ALTER TABLE notes ADD COLUMN origin TEXT;
ALTER TABLE notes ADD COLUMN anchors TEXT NOT NULL DEFAULT '[]';
ALTER TABLE note_versions ADD COLUMN anchors TEXT NOT NULL DEFAULT '[]';
DROP INDEX notes_once_per_user;
CREATE UNIQUE INDEX notes_once_per_user ON notes (user_id, content_hash) WHERE deleted_at IS NULL AND copy_of IS NULL;
CREATE INDEX notes_in_bin ON notes (deleted_at) WHERE deleted_at IS NOT NULL;
-- Lists without texts are read from the index alone: what a row holds after its text is far to reach.
DROP INDEX notes_newest;
CREATE INDEX notes_newest ON notes
    (user_id, deleted_at, updated_at DESC, id DESC, folder_id, title, version, created_at, copy_of, origin);

ALTER TABLE folders ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE folders ADD COLUMN deleted_at INTEGER;
ALTER TABLE folders ADD COLUMN deleted_with TEXT;
UPDATE folders SET updated_at = created_at;
CREATE INDEX folders_in_bin ON folders (deleted_at) WHERE deleted_at IS NOT NULL;

-- One row for each file that was sent, with what became of it. outcome: 'read', 'known' (the same file again) or the fault.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    note_id TEXT REFERENCES notes (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    kind TEXT,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    outcome TEXT NOT NULL,
    took_ms INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_newest ON uploads (user_id, created_at DESC);
CREATE INDEX uploads_oldest ON uploads (created_at);
CREATE INDEX uploads_same_file ON uploads (user_id, sha256);
CREATE INDEX uploads_of_note ON uploads (note_id);

-- What caches are held against. library: raised by every change of notes and folders. learning: by reviews, feedback,
-- preferences and new material.
CREATE TABLE user_revisions (
    user_id TEXT PRIMARY KEY,
    library INTEGER NOT NULL,
    learning INTEGER NOT NULL
) STRICT;

-- Where the passage of an item stands in its note now. The item itself keeps the passage as it was when it was made.
-- number: the item's place in its material, from 1; place: which of its sources, from 1. item_id: of a card or a question.
-- note_id refers to no row on purpose, as in flashcards. stale_since: since when the passage is not there any more.
CREATE TABLE passages (
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    material_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    item_id TEXT,
    note_id TEXT NOT NULL,
    note_version INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    stale_since INTEGER,
    PRIMARY KEY (material_id, number, place)
) STRICT;
CREATE INDEX passages_of_note ON passages (user_id, note_id, span_start);
CREATE INDEX passages_of_item ON passages (item_id) WHERE item_id IS NOT NULL;
INSERT INTO passages
    SELECT user_id, 'flashcard_generation', set_id, position + 1, 1, id, source_note_id, source_note_version, source_start, source_end, NULL
    FROM flashcards WHERE source_note_id IS NOT NULL;
INSERT INTO passages
    SELECT user_id, 'quiz_generation', quiz_id, position + 1, 1, id, source_note_id, json_extract(source, '$.note_version'),
        json_extract(source, '$.start'), json_extract(source, '$.end'), NULL
    FROM quiz_questions WHERE source_note_id IS NOT NULL;
-- What is kept as JSON: its items are numbered through, as they are told.
INSERT INTO passages
    SELECT e.user_id, 'exam_generation', e.id, row_number() OVER (PARTITION BY e.id ORDER BY s.key, q.key), 1,
        q.value->>'$.id', q.value->>'$.source.note_id', q.value->>'$.source.note_version',
        q.value->>'$.source.start', q.value->>'$.source.end', NULL
    FROM exams e, json_each(e.sections) s, json_each(s.value, '$.questions') q;
INSERT INTO passages
    SELECT m.user_id, 'summary_generation', m.id, p.key + 1, c.key + 1, NULL, c.value->>'$.note_id',
        c.value->>'$.note_version', c.value->>'$.start', c.value->>'$.end', NULL
    FROM summaries m, json_each(m.summary, '$.main_points') p, json_each(p.value, '$.sources') c;
INSERT INTO passages
    SELECT m.user_id, 'summary_generation', m.id, json_array_length(m.summary, '$.main_points') + t.key + 1, 1, NULL,
        t.value->>'$.source.note_id', t.value->>'$.source.note_version',
        t.value->>'$.source.start', t.value->>'$.source.end', NULL
    FROM summaries m, json_each(m.summary, '$.key_terms') t;
INSERT INTO passages
    SELECT a.user_id, 'note_analysis', a.id, f.key + 1, c.key + 1, NULL, c.value->>'$.note_id',
        c.value->>'$.note_version', c.value->>'$.start', c.value->>'$.end', NULL
    FROM note_analyses a, json_each(a.findings) f, json_each(f.value, '$.sources') c;
INSERT INTO passages
    SELECT p.user_id, 'study_plan', p.id, t.key + 1, 1, NULL, t.value->>'$.source.note_id',
        t.value->>'$.source.note_version', t.value->>'$.source.start', t.value->>'$.source.end', NULL
    FROM study_plans p, json_each(p.topics) t WHERE t.value->>'$.source.note_id' IS NOT NULL;
INSERT INTO passages
    SELECT r.user_id, 'chat', r.id, s.key + 1, c.key + 1, NULL, c.value->>'$.note_id',
        c.value->>'$.note_version', c.value->>'$.start', c.value->>'$.end', NULL
    FROM conversation_messages r, json_each(r.detail, '$.statements') s, json_each(s.value, '$.sources') c
    WHERE r.detail IS NOT NULL;

-- Vectors of chunks. hash: SHA-256 of the words that were embedded. embedding: 32-bit floats of length 1, little-endian.
CREATE TABLE chunk_vectors (
    user_id TEXT NOT NULL,
    note_id TEXT NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    position INTEGER NOT NULL,
    note_version INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    hash TEXT NOT NULL,
    embedding BLOB,
    PRIMARY KEY (note_id, model, position)
) STRICT;
CREATE INDEX chunk_vectors_of_user ON chunk_vectors (user_id, model);
-- Up to which version a note has vectors.
ALTER TABLE notes ADD COLUMN embedded_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN embedded_with TEXT;
-- Until when an instance is at work on them.
ALTER TABLE notes ADD COLUMN embedding_until INTEGER;
CREATE INDEX notes_to_embed ON notes (updated_at) WHERE deleted_at IS NULL AND embedded_version < version;

-- named: the student gave it its name. summary: of the messages up to and with position summary_to.
ALTER TABLE conversation_sessions ADD COLUMN named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1));
ALTER TABLE conversation_sessions ADD COLUMN ended_at INTEGER;
ALTER TABLE conversation_sessions ADD COLUMN summary TEXT;
ALTER TABLE conversation_sessions ADD COLUMN summary_to INTEGER NOT NULL DEFAULT 0;
