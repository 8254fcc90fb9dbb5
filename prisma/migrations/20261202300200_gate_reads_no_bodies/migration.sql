-- Whose an event is, so that those of one person are processed one after the other, is a column: the gate, which sees
-- all merchants at once, needs no event's body for it, nor what an error said of one.
ALTER TABLE event ADD COLUMN lane TEXT NOT NULL GENERATED ALWAYS AS (
  COALESCE(body->'customer'->>'id', body->'customer'->>'email', visitor_id, id)
) STORED;
REVOKE SELECT ON event, event_inbox FROM goodword_gate;
GRANT SELECT (merchant_id, id, dedupe_key, body_hash, lane, recorded_at, program_id) ON event TO goodword_gate;
GRANT SELECT (merchant_id, event_id, queued_at, attempts, next_try_at, set_aside_at) ON event_inbox TO goodword_gate;
