-- Before an email goes, it is sorted once, under the limits of its reader and its shop: it goes, waits for a digest,
-- went into one, or is held back with its reason until staff release it.
ALTER TABLE message
  ADD COLUMN sorted_at TIMESTAMPTZ(3),
  ADD COLUMN held_reason TEXT,
  ADD COLUMN digest_id TEXT,
  ADD CONSTRAINT message_held_for_a_reason CHECK ((state = 'held') = (held_reason IS NOT NULL)),
  ADD CONSTRAINT message_gathered_in_a_digest CHECK ((state = 'gathered') = (digest_id IS NOT NULL));
UPDATE message SET sorted_at = created_at WHERE state <> 'queued' OR attempts > 0;
-- Only what was sorted is counted, so writing an email with its fact costs no index more.
CREATE INDEX message_sorted ON message (merchant_id, sorted_at) WHERE sorted_at IS NOT NULL;
CREATE INDEX message_sorted_of_reader ON message (merchant_id, recipient, sorted_at) WHERE sorted_at IS NOT NULL;
