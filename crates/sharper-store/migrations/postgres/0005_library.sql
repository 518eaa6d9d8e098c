-- The student's library: a bin, where notes came from, where items stand in notes, vectors, sessions of the tutor. PostgreSQL.

-- deleted_at: since when it lies in the bin. deleted_with: the folder that was deleted with it inside, to come back with it.
-- copy_of: the note that this one was duplicated from; a copy may have the same text.
-- origin: the file that it was read from, JSON. anchors: pages, slides, chapters or times and the bytes they begin at, JSON.
ALTER TABLE notes ADD COLUMN deleted_at BIGINT;
ALTER TABLE notes ADD COLUMN deleted_with UUID;
ALTER TABLE notes ADD COLUMN copy_of UUID;
ALTER TABLE notes ADD COLUMN origin JSON;
ALTER TABLE notes ADD COLUMN anchors JSON NOT NULL DEFAULT '[]';
ALTER TABLE note_versions ADD COLUMN anchors JSON NOT NULL DEFAULT '[]';
DROP INDEX notes_once_per_user;
CREATE UNIQUE INDEX notes_once_per_user ON notes (user_id, content_hash) WHERE deleted_at IS NULL AND copy_of IS NULL;
CREATE INDEX notes_in_bin ON notes (deleted_at) WHERE deleted_at IS NOT NULL;
DROP INDEX notes_newest;
CREATE INDEX notes_newest ON notes (user_id, updated_at DESC, id DESC) WHERE deleted_at IS NULL;

ALTER TABLE folders ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE folders ADD COLUMN deleted_at BIGINT;
ALTER TABLE folders ADD COLUMN deleted_with UUID;
UPDATE folders SET updated_at = created_at;
CREATE INDEX folders_in_bin ON folders (deleted_at) WHERE deleted_at IS NOT NULL;

-- One row for each file that was sent, with what became of it. outcome: 'read', 'known' (the same file again) or the fault.
CREATE TABLE uploads (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    note_id UUID REFERENCES notes (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    kind TEXT,
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    outcome TEXT NOT NULL,
    took_ms BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX uploads_newest ON uploads (user_id, created_at DESC);
CREATE INDEX uploads_oldest ON uploads (created_at);
CREATE INDEX uploads_same_file ON uploads (user_id, sha256);
CREATE INDEX uploads_of_note ON uploads (note_id);

-- What caches are held against. library: raised by every change of notes and folders. learning: by reviews, feedback,
-- preferences and new material.
CREATE TABLE user_revisions (
    user_id TEXT PRIMARY KEY,
    library BIGINT NOT NULL,
    learning BIGINT NOT NULL
);

-- Where the passage of an item stands in its note now. The item itself keeps the passage as it was when it was made.
-- number: the item's place in its material, from 1; place: which of its sources, from 1. item_id: of a card or a question.
-- note_id refers to no row on purpose, as in flashcards. stale_since: since when the passage is not there any more.
CREATE TABLE passages (
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    material_id UUID NOT NULL,
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    item_id UUID,
    note_id UUID NOT NULL,
    note_version INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    stale_since BIGINT,
    PRIMARY KEY (material_id, number, place)
);
CREATE INDEX passages_of_note ON passages (user_id, note_id, span_start);
CREATE INDEX passages_of_item ON passages (item_id) WHERE item_id IS NOT NULL;
INSERT INTO passages
    SELECT user_id, 'flashcard_generation', set_id, position + 1, 1, id, source_note_id, source_note_version, source_start, source_end, NULL
    FROM flashcards WHERE source_note_id IS NOT NULL;
INSERT INTO passages
    SELECT user_id, 'quiz_generation', quiz_id, position + 1, 1, id, source_note_id, CAST(source->>'note_version' AS INTEGER),
        CAST(source->>'start' AS INTEGER), CAST(source->>'end' AS INTEGER), NULL
    FROM quiz_questions WHERE source_note_id IS NOT NULL;
-- What is kept as JSON: its items are numbered through, as they are told.
INSERT INTO passages
    SELECT e.user_id, 'exam_generation', e.id, row_number() OVER (PARTITION BY e.id ORDER BY s.place, q.place), 1,
        CAST(q.one->>'id' AS UUID), CAST(q.one->'source'->>'note_id' AS UUID), CAST(q.one->'source'->>'note_version' AS INTEGER),
        CAST(q.one->'source'->>'start' AS INTEGER), CAST(q.one->'source'->>'end' AS INTEGER), NULL
    FROM exams e, json_array_elements(e.sections) WITH ORDINALITY AS s(one, place),
        json_array_elements(s.one->'questions') WITH ORDINALITY AS q(one, place);
INSERT INTO passages
    SELECT m.user_id, 'summary_generation', m.id, p.place, c.place, NULL, CAST(c.one->>'note_id' AS UUID),
        CAST(c.one->>'note_version' AS INTEGER), CAST(c.one->>'start' AS INTEGER), CAST(c.one->>'end' AS INTEGER), NULL
    FROM summaries m, json_array_elements(m.summary->'main_points') WITH ORDINALITY AS p(one, place),
        json_array_elements(p.one->'sources') WITH ORDINALITY AS c(one, place);
INSERT INTO passages
    SELECT m.user_id, 'summary_generation', m.id, json_array_length(m.summary->'main_points') + t.place, 1, NULL,
        CAST(t.one->'source'->>'note_id' AS UUID), CAST(t.one->'source'->>'note_version' AS INTEGER),
        CAST(t.one->'source'->>'start' AS INTEGER), CAST(t.one->'source'->>'end' AS INTEGER), NULL
    FROM summaries m, json_array_elements(m.summary->'key_terms') WITH ORDINALITY AS t(one, place);
INSERT INTO passages
    SELECT a.user_id, 'note_analysis', a.id, f.place, c.place, NULL, CAST(c.one->>'note_id' AS UUID),
        CAST(c.one->>'note_version' AS INTEGER), CAST(c.one->>'start' AS INTEGER), CAST(c.one->>'end' AS INTEGER), NULL
    FROM note_analyses a, json_array_elements(a.findings) WITH ORDINALITY AS f(one, place),
        json_array_elements(f.one->'sources') WITH ORDINALITY AS c(one, place);
INSERT INTO passages
    SELECT p.user_id, 'study_plan', p.id, t.place, 1, NULL, CAST(t.one->'source'->>'note_id' AS UUID),
        CAST(t.one->'source'->>'note_version' AS INTEGER), CAST(t.one->'source'->>'start' AS INTEGER),
        CAST(t.one->'source'->>'end' AS INTEGER), NULL
    FROM study_plans p, json_array_elements(p.topics) WITH ORDINALITY AS t(one, place)
    WHERE t.one->'source'->>'note_id' IS NOT NULL;
INSERT INTO passages
    SELECT r.user_id, 'chat', r.id, s.place, c.place, NULL, CAST(c.one->>'note_id' AS UUID),
        CAST(c.one->>'note_version' AS INTEGER), CAST(c.one->>'start' AS INTEGER), CAST(c.one->>'end' AS INTEGER), NULL
    FROM conversation_messages r, json_array_elements(r.detail->'statements') WITH ORDINALITY AS s(one, place),
        json_array_elements(s.one->'sources') WITH ORDINALITY AS c(one, place)
    WHERE r.detail IS NOT NULL;

-- Vectors of chunks. hash: SHA-256 of the words that were embedded. embedding: 32-bit floats of length 1, little-endian.
CREATE TABLE chunk_vectors (
    user_id TEXT NOT NULL,
    note_id UUID NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    position INTEGER NOT NULL,
    note_version INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    hash TEXT NOT NULL,
    embedding BYTEA,
    PRIMARY KEY (note_id, model, position)
);
CREATE INDEX chunk_vectors_of_user ON chunk_vectors (user_id, model);
-- Up to which version a note has vectors.
ALTER TABLE notes ADD COLUMN embedded_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN embedded_with TEXT;
-- Until when an instance is at work on them.
ALTER TABLE notes ADD COLUMN embedding_until BIGINT;
CREATE INDEX notes_to_embed ON notes (updated_at) WHERE deleted_at IS NULL AND embedded_version < version;

-- named: the student gave it its name. summary: of the messages up to and with position summary_to.
ALTER TABLE conversation_sessions ADD COLUMN named BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE conversation_sessions ADD COLUMN ended_at BIGINT;
ALTER TABLE conversation_sessions ADD COLUMN summary TEXT;
ALTER TABLE conversation_sessions ADD COLUMN summary_to INTEGER NOT NULL DEFAULT 0;

DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['uploads', 'user_revisions', 'passages', 'chunk_vectors'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY one_user ON %I USING (nullif(current_setting(''sharper.user'', true), '''') IN (''*'', user_id))',
            name
        );
    END LOOP;
END
$$;
