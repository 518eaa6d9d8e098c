-- The second net: whoever a transaction works for (setting sharper.user, said at its begin) sees and writes that user's
-- rows and no other's, whatever its statements say. '*' is the house: claiming jobs, sign-in, sums, housekeeping. A
-- transaction that did not say for whom it works finds nothing. FORCE: the tables' owner is held to it too; a superuser
-- and a role with BYPASSRLS are not, and must not be what the server runs as. PostgreSQL.

-- Jobs that were at work when their user was erased: what they may still write is erased when they are surely over.
CREATE TABLE erasures (
    job_id UUID PRIMARY KEY,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX erasures_due ON erasures (due_at);

DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'folders', 'notes', 'flashcard_sets', 'flashcards', 'flashcard_sessions', 'flashcard_reviews', 'quizzes',
        'quiz_questions', 'quiz_attempts', 'exams', 'exam_attempts', 'summaries', 'note_analyses', 'study_plans',
        'conversation_sessions', 'conversation_messages', 'user_agent_preferences', 'content_feedback',
        'agent_executions', 'jobs', 'model_calls', 'spending', 'response_cache', 'accounts', 'sign_ins', 'api_tokens',
        'password_resets', 'consents', 'usage_days', 'experiment_runs', 'erasures'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        -- After a transaction the setting is '' and not NULL: that is nobody, though one row of spending has that name.
        EXECUTE format(
            'CREATE POLICY one_user ON %I USING (nullif(current_setting(''sharper.user'', true), '''') IN (''*'', user_id))',
            name
        );
    END LOOP;

    -- What the house keeps for itself.
    FOREACH name IN ARRAY ARRAY['secrets', 'admin_log'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY the_house ON %I USING (current_setting(''sharper.user'', true) = ''*'')', name);
    END LOOP;
END
$$;

-- Rows without a user of their own belong to whom their parent belongs to.
ALTER TABLE note_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE note_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY one_user ON note_versions USING (
    current_setting('sharper.user', true) = '*' OR EXISTS (SELECT 1 FROM notes WHERE notes.id = note_versions.note_id)
);
ALTER TABLE job_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_events FORCE ROW LEVEL SECURITY;
CREATE POLICY one_user ON job_events USING (
    current_setting('sharper.user', true) = '*' OR EXISTS (SELECT 1 FROM jobs WHERE jobs.id = job_events.job_id)
);
