-- Takes events out of line: they stay in the inbox, locked, until the transaction that asks ends
-- with their outcome. It enters the shop first, so that a transaction begins with its work.
-- Events that are not in the inbox, or with which somebody else is at work, are left out.
CREATE FUNCTION goodword_take_events(shop text, events text[]) RETURNS TABLE (
  id text, type text, source text, occurred_at timestamptz, recorded_at timestamptz,
  visitor_id text, advocate_id text, channel text, body jsonb
) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.merchant_id', shop, true);
  RETURN QUERY
    SELECT e.id, e.type, e.source, e.occurred_at, e.recorded_at, e.visitor_id, e.advocate_id,
      e.channel, e.body
    FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
    WHERE i.merchant_id = shop AND i.event_id = ANY(events)
    ORDER BY e.occurred_at, e.id
    FOR NO KEY UPDATE OF i SKIP LOCKED;
END $$;
