-- Studying: what a card is beside question and answer, its memory, attempts at quizzes and exams, media, feeds. PostgreSQL.

-- group_id: shared by the cards of one note (a reversed pair, several gaps of one sentence); ordinal: which of them, from 0.
-- cloze: the sentence with its gaps marked {{c1::…}}. tags: a list. flag: 0 none, 1 to 7. buried_until: out of the queue
-- until then. hidden_at: turned down by its student; kept so that the like of it is not made again. leech_at: since when
-- it is forgotten again and again. anki: what an imported note was, for a faithful way out.
ALTER TABLE flashcards ADD COLUMN style TEXT NOT NULL DEFAULT 'basic' CHECK (style = 'basic' OR style = 'reversed' OR style = 'cloze');
ALTER TABLE flashcards ADD COLUMN group_id UUID;
ALTER TABLE flashcards ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE flashcards ADD COLUMN cloze TEXT;
ALTER TABLE flashcards ADD COLUMN tags JSON NOT NULL DEFAULT '[]';
ALTER TABLE flashcards ADD COLUMN flag INTEGER NOT NULL DEFAULT 0 CHECK (flag BETWEEN 0 AND 7);
ALTER TABLE flashcards ADD COLUMN suspended_at BIGINT;
ALTER TABLE flashcards ADD COLUMN buried_until BIGINT;
ALTER TABLE flashcards ADD COLUMN hidden_at BIGINT;
ALTER TABLE flashcards ADD COLUMN leech_at BIGINT;
ALTER TABLE flashcards ADD COLUMN edited_at BIGINT;
ALTER TABLE flashcards ADD COLUMN anki JSON;
UPDATE flashcards SET group_id = id;
CREATE INDEX flashcards_of_group ON flashcards (user_id, group_id);

-- exam_at: when the set must be known. desired_retention, new_per_day, reviews_per_day: of this set; NULL: the student's.
-- guid: the deck that it was imported from, so that the same deck again updates and never doubles. anki: what the notes of an
-- imported deck share, for a faithful way out.
ALTER TABLE flashcard_sets ADD COLUMN exam_at BIGINT;
ALTER TABLE flashcard_sets ADD COLUMN desired_retention DOUBLE PRECISION;
ALTER TABLE flashcard_sets ADD COLUMN new_per_day INTEGER;
ALTER TABLE flashcard_sets ADD COLUMN reviews_per_day INTEGER;
ALTER TABLE flashcard_sets ADD COLUMN guid TEXT;
ALTER TABLE flashcard_sets ADD COLUMN anki JSON;
CREATE UNIQUE INDEX flashcard_sets_by_guid ON flashcard_sets (user_id, guid) WHERE guid IS NOT NULL;

-- What is remembered of a card that was ever graded. state: of FSRS. step: of learning or relearning, from 0.
-- stability in days, difficulty from 1 to 10.
CREATE TABLE card_memory (
    card_id UUID PRIMARY KEY REFERENCES flashcards (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    set_id UUID NOT NULL REFERENCES flashcard_sets (id) ON DELETE CASCADE,
    state TEXT NOT NULL CHECK (state = 'learning' OR state = 'review' OR state = 'relearning'),
    step INTEGER NOT NULL DEFAULT 0,
    stability DOUBLE PRECISION NOT NULL,
    difficulty DOUBLE PRECISION NOT NULL,
    due_at BIGINT NOT NULL,
    last_review_at BIGINT NOT NULL,
    reviews INTEGER NOT NULL,
    lapses INTEGER NOT NULL
);
CREATE INDEX card_memory_due ON card_memory (user_id, due_at);
CREATE INDEX card_memory_of_set ON card_memory (set_id, due_at);

-- state: of the card when it was graded ('new' too). interval_s: until it comes back, in seconds. before: its memory before, JSON, for
-- undo; NULL where it had none. kind: 'card', or the quiz or exam whose answer counted as a review.
ALTER TABLE flashcard_reviews ADD COLUMN state TEXT;
ALTER TABLE flashcard_reviews ADD COLUMN interval_s BIGINT;
ALTER TABLE flashcard_reviews ADD COLUMN before JSON;
ALTER TABLE flashcard_reviews ADD COLUMN kind TEXT NOT NULL DEFAULT 'card' CHECK (kind = 'card' OR kind = 'quiz' OR kind = 'exam' OR kind = 'import');
CREATE INDEX flashcard_reviews_of_user ON flashcard_reviews (user_id, reviewed_at);

-- settings: time zone, hour at which a day begins, steps, limits, desired retention. parameters: the weights of FSRS fitted to this
-- student's own reviews, JSON; fitted_reviews: to how many.
CREATE TABLE study_settings (
    user_id TEXT PRIMARY KEY,
    settings JSON NOT NULL,
    parameters JSON,
    fitted_at BIGINT,
    fitted_reviews INTEGER NOT NULL DEFAULT 0,
    updated_at BIGINT NOT NULL
);

-- One sitting of a quiz or an exam. deadline_at: by the server's clock; NULL where there is none. asked: ids of the questions asked, in order.
-- retake_of: the attempt whose misses it repeats. ended_by: 'student' or 'clock'. points and of_points in hundredths; points is NULL while
-- something is not graded.
CREATE TABLE attempts (
    id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'quiz' OR kind = 'exam'),
    material_id UUID NOT NULL,
    title TEXT NOT NULL,
    asked JSON NOT NULL,
    retake_of UUID,
    started_at BIGINT NOT NULL,
    deadline_at BIGINT,
    finished_at BIGINT,
    ended_by TEXT CHECK (ended_by IS NULL OR ended_by = 'student' OR ended_by = 'clock'),
    points INTEGER,
    of_points INTEGER NOT NULL
);
CREATE INDEX attempts_of_material ON attempts (user_id, material_id, started_at DESC);
CREATE INDEX attempts_newest ON attempts (user_id, started_at DESC);
CREATE INDEX attempts_open ON attempts (deadline_at) WHERE finished_at IS NULL AND deadline_at IS NOT NULL;

-- An answer as it was last saved. revision: raised by each save, so that an older tab does not undo a newer one. grading: JSON, what the grader
-- found. points in hundredths, NULL: not graded. appeal: what the student says to it; appeal_outcome: 'granted' or 'refused'.
CREATE TABLE attempt_answers (
    attempt_id UUID NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    question_id UUID NOT NULL,
    user_id TEXT NOT NULL,
    answer TEXT NOT NULL,
    flagged BOOLEAN NOT NULL DEFAULT FALSE,
    revision INTEGER NOT NULL,
    saved_at BIGINT NOT NULL,
    topic TEXT NOT NULL DEFAULT '',
    points INTEGER,
    of_points INTEGER NOT NULL,
    grading JSON,
    graded_by TEXT,
    graded_at BIGINT,
    appeal TEXT,
    appealed_at BIGINT,
    appeal_outcome TEXT CHECK (appeal_outcome IS NULL OR appeal_outcome = 'granted' OR appeal_outcome = 'refused'),
    appeal_answered_at BIGINT,
    PRIMARY KEY (attempt_id, question_id)
);
CREATE INDEX attempt_answers_of_question ON attempt_answers (user_id, question_id);
CREATE INDEX attempt_answers_appealed ON attempt_answers (appealed_at) WHERE appeal IS NOT NULL AND appeal_outcome IS NULL;

-- Nothing ever wrote to these.
DROP TABLE quiz_attempts;
DROP TABLE exam_attempts;

-- hidden_at: as of cards. hidden: ids of the questions of an exam that its student turned down.
ALTER TABLE quiz_questions ADD COLUMN hidden_at BIGINT;
ALTER TABLE exams ADD COLUMN hidden JSON NOT NULL DEFAULT '[]';
CREATE INDEX flashcards_hidden ON flashcards (user_id, hidden_at) WHERE hidden_at IS NOT NULL;
CREATE INDEX quiz_questions_hidden ON quiz_questions (user_id, hidden_at) WHERE hidden_at IS NOT NULL;

-- What was done about a piece of feedback: 'hidden', 'remade', 'kept'.
ALTER TABLE content_feedback ADD COLUMN effect TEXT;

-- Images and sounds of imported cards. hash: SHA-256 of the bytes, in hexadecimal.
CREATE TABLE media (
    user_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes BYTEA NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- Secret addresses of calendar feeds: whoever knows the token reads the plan, so only its SHA-256 is kept.
CREATE TABLE calendar_feeds (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    plan_id UUID REFERENCES study_plans (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL
);
CREATE INDEX calendar_feeds_of_user ON calendar_feeds (user_id);
CREATE INDEX calendar_feeds_of_plan ON calendar_feeds (plan_id);

-- exam_at: the day that a plan leads to. done: numbers of its days that are ticked off.
ALTER TABLE study_plans ADD COLUMN exam_at BIGINT;
ALTER TABLE study_plans ADD COLUMN done JSON NOT NULL DEFAULT '[]';

DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['card_memory', 'study_settings', 'attempts', 'attempt_answers', 'media', 'calendar_feeds'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY one_user ON %I USING (nullif(current_setting(''sharper.user'', true), '''') IN (''*'', user_id))',
            name
        );
    END LOOP;
END
$$;
