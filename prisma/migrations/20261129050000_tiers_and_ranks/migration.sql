-- A customer's tier is a tier, and who leads a season has a rank: the names of tables and columns say so.
ALTER TABLE tier_standing RENAME TO customer_tier;
ALTER TABLE standing_due RENAME TO loyalty_due;
ALTER TABLE standing_sweep RENAME TO loyalty_sweep;
ALTER TABLE standing_seen RENAME TO loyalty_seen;
ALTER TABLE season_winner RENAME COLUMN place TO rank;

-- Constraints and indexes are named after their tables.
DO $$
DECLARE
  renamed text[][] := ARRAY[['tier_standing', 'customer_tier'], ['standing_', 'loyalty_']];
  pair text[];
  found record;
BEGIN
  FOREACH pair SLICE 1 IN ARRAY renamed LOOP
    FOR found IN
      SELECT conrelid::regclass AS table_name, conname AS name FROM pg_constraint
      WHERE starts_with(conname, pair[1]) AND connamespace = current_schema()::regnamespace
    LOOP
      EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I',
        found.table_name, found.name, replace(found.name, pair[1], pair[2]));
    END LOOP;
    FOR found IN
      SELECT indexname AS name FROM pg_indexes
      WHERE starts_with(indexname, pair[1]) AND schemaname = current_schema()
    LOOP
      EXECUTE format('ALTER INDEX %I RENAME TO %I', found.name, replace(found.name, pair[1], pair[2]));
    END LOOP;
  END LOOP;
END $$;

ALTER FUNCTION goodword_standing_counts(text, text) RENAME TO goodword_loyalty_counts;
ALTER TRIGGER note_standing ON reward RENAME TO note_loyalty;
ALTER TRIGGER note_standing_new ON reward RENAME TO note_loyalty_new;
ALTER TRIGGER note_standing ON referral RENAME TO note_loyalty;
ALTER TRIGGER note_standing_new ON referral RENAME TO note_loyalty_new;
ALTER TRIGGER note_standing ON shop_order RENAME TO note_loyalty;
ALTER TRIGGER note_standing_new ON shop_order RENAME TO note_loyalty_new;

-- Points that were released, reversed or granted again.
CREATE OR REPLACE FUNCTION goodword_note_rewards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO loyalty_due (merchant_id, customer_id, noted_in, why)
  SELECT DISTINCT n.merchant_id, n.customer_id, pg_current_xact_id()::text::bigint, 'facts' FROM new_rows n
  WHERE n.asset = 'PTS/0' AND n.state <> 'held' AND goodword_loyalty_counts(n.merchant_id, 'points')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- Friends who qualified or no longer do: for their advocate, and for whoever invited that advocate.
CREATE OR REPLACE FUNCTION goodword_note_referrals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO loyalty_due (merchant_id, customer_id, noted_in, why)
  WITH changed AS (
    SELECT DISTINCT n.merchant_id, a.customer_id FROM new_rows n
    JOIN advocate a ON a.merchant_id = n.merchant_id AND a.id = n.advocate_id
    WHERE n.state IN ('qualified', 'rewarded', 'rejected', 'reversed')
      AND goodword_loyalty_counts(n.merchant_id, 'referrals')
  )
  SELECT merchant_id, customer_id, pg_current_xact_id()::text::bigint, 'facts' FROM changed
  UNION
  SELECT c.merchant_id, a.customer_id, pg_current_xact_id()::text::bigint, 'facts' FROM changed c
  JOIN referral r ON r.merchant_id = c.merchant_id AND r.friend_id = c.customer_id
  JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
  WHERE EXISTS (SELECT FROM badge b
    WHERE b.merchant_id = c.merchant_id AND b.state = 'active' AND b.rule->>'kind' = 'second_level')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- Orders and their refunds: for who bought, and for who referred them.
CREATE OR REPLACE FUNCTION goodword_note_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO loyalty_due (merchant_id, customer_id, noted_in, why)
  SELECT n.merchant_id, n.customer_id, pg_current_xact_id()::text::bigint, 'facts' FROM new_rows n
  WHERE goodword_loyalty_counts(n.merchant_id, 'purchases')
  UNION
  SELECT n.merchant_id, a.customer_id, pg_current_xact_id()::text::bigint, 'facts' FROM new_rows n
  JOIN referral r ON r.merchant_id = n.merchant_id AND r.friend_id = n.customer_id
    AND r.state IN ('qualified', 'rewarded')
  JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
  WHERE goodword_loyalty_counts(n.merchant_id, 'revenue')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
