-- Who said each fact. What is on record is told by the door through which it came; a generated
-- column fills itself in without changing a fact, and is an ordinary one afterwards.
ALTER TABLE "event" ADD COLUMN "provenance" TEXT NOT NULL GENERATED ALWAYS AS (
  CASE source
    WHEN 'api' THEN 'server'
    WHEN 'dashboard' THEN 'staff'
    WHEN 'refer' THEN CASE WHEN advocate_id IS NULL THEN 'browser' ELSE 'email' END
    ELSE 'browser'
  END
) STORED;
ALTER TABLE "event" ALTER COLUMN "provenance" DROP EXPRESSION;

-- Whether an event counts as what it says, by who said it. What was decided before stands.
ALTER TABLE "event_outcome" ADD COLUMN "counts" BOOLEAN NOT NULL DEFAULT true;

DROP FUNCTION goodword_take_events(text, text[]);

CREATE FUNCTION goodword_take_events(shop text, events text[]) RETURNS TABLE (
  id text, type text, source text, provenance text, occurred_at timestamptz,
  recorded_at timestamptz, visitor_id text, advocate_id text, channel text, body jsonb
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.merchant_id', shop, true);
  RETURN QUERY
    SELECT e.id, e.type, e.source, e.provenance, e.occurred_at, e.recorded_at, e.visitor_id,
      e.advocate_id, e.channel, e.body
    FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
    WHERE i.merchant_id = shop AND i.event_id = ANY(events)
    ORDER BY e.occurred_at, e.id
    FOR NO KEY UPDATE OF i SKIP LOCKED;
END $$;
