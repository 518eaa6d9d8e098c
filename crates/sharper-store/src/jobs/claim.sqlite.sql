WITH next AS MATERIALIZED (
    SELECT id FROM jobs
    WHERE state = 'queued' AND run_after <= $2
    ORDER BY turn, created_at, id
    LIMIT $4
)
UPDATE jobs
SET state = 'running', worker = $1, lease_until = $3, fence = fence + 1, attempts = attempts + 1,
    started_at = coalesce(started_at, $2)
WHERE id IN (SELECT id FROM next)
RETURNING id, fence, user_id, session_id, kind, request, note_id, attempts, first_seq, created_at, turn
