-- Whom the things that events name lead to, and by what; a record that was merged leads on to the
-- one that it was merged into. `asked` is a list of what each event names (see
-- lib/customers/rules/asked.ts), by its place. Each look is limited to what its key leads to, so
-- that it goes by the key whatever the planner believes of the tables.
CREATE FUNCTION goodword_people_meant(shop text, asked jsonb)
RETURNS TABLE (place int, how text, customer_id text) LANGUAGE sql STABLE AS $$
  WITH a AS (
    SELECT * FROM jsonb_to_recordset(asked) AS a (place int, "externalId" text, email text,
      "advocateId" text, "lastSeenIn" text, coupon text, "orderId" text)
  )
  SELECT a.place, 'id', COALESCE(c.merged_into_id, c.id) FROM a CROSS JOIN LATERAL (
    SELECT c.id, c.merged_into_id FROM customer c
    WHERE c.merchant_id = shop AND c.external_id = a."externalId" LIMIT 1
  ) c
  UNION ALL
  SELECT a.place, 'email', COALESCE(c.merged_into_id, c.id) FROM a CROSS JOIN LATERAL (
    SELECT c.id, c.merged_into_id FROM customer c
    WHERE c.merchant_id = shop AND c.email = a.email LIMIT 1
  ) c
  UNION ALL
  SELECT a.place, 'advocate', COALESCE(c.merged_into_id, c.id) FROM a CROSS JOIN LATERAL (
    SELECT v.customer_id FROM advocate v
    WHERE v.merchant_id = shop AND v.id = a."advocateId" LIMIT 1
  ) v
  CROSS JOIN LATERAL (
    SELECT c.id, c.merged_into_id FROM customer c
    WHERE c.merchant_id = shop AND c.id = v.customer_id LIMIT 1
  ) c
  UNION ALL
  SELECT a.place, 'browser', v.customer_id FROM a CROSS JOIN LATERAL (
    SELECT v.customer_id FROM customer_visitor v
    WHERE v.merchant_id = shop AND v.visitor_id = a."lastSeenIn"
    ORDER BY v.linked_at DESC, v.customer_id DESC LIMIT 1
  ) v
  UNION ALL
  SELECT a.place, 'coupon', c.customer_id FROM a CROSS JOIN LATERAL (
    SELECT c.customer_id FROM coupon c WHERE c.merchant_id = shop AND c.code = a.coupon LIMIT 1
  ) c
  UNION ALL
  SELECT a.place, 'order', o.customer_id FROM a CROSS JOIN LATERAL (
    SELECT o.customer_id FROM shop_order o WHERE o.merchant_id = shop AND o.id = a."orderId" LIMIT 1
  ) o
$$;

-- The names of what these events say that several people may share; and of all by which somebody is
-- known who learns something of it, or may be tied to others.
CREATE FUNCTION goodword_people_share(shop text, asked jsonb) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  WITH a AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(asked)
      AS a (place int, names jsonb, keys jsonb, browser text, "isProven" bool, "mayTie" bool)
  ), meant AS MATERIALIZED (
    SELECT DISTINCT place, customer_id FROM goodword_people_meant(shop, asked)
  ), open AS MATERIALIZED (
    SELECT DISTINCT m.customer_id FROM a
    JOIN (SELECT *, count(*) OVER (PARTITION BY place) AS people FROM meant) m USING (place)
    WHERE a."mayTie" OR m.people > 1
      OR EXISTS (
        SELECT FROM jsonb_to_recordset(a.keys) AS k (kind text, value text)
        LEFT JOIN LATERAL (
          SELECT c.proven FROM customer_key c WHERE c.merchant_id = shop AND c.kind = k.kind
            AND c.value = k.value AND c.customer_id = m.customer_id LIMIT 1
        ) c ON true
        WHERE c.proven IS NULL OR a."isProven" AND NOT c.proven)
      OR a.browser IS NOT NULL AND NOT EXISTS (
        SELECT FROM customer_visitor v WHERE v.merchant_id = shop AND v.visitor_id = a.browser
          AND v.customer_id = m.customer_id)
  )
  SELECT n.name FROM a CROSS JOIN LATERAL jsonb_array_elements_text(a.names) AS n (name)
  UNION
  SELECT n.name FROM open o CROSS JOIN LATERAL (
    SELECT shop || ' ' || k.kind || ' ' || k.value AS name FROM customer_key k
    WHERE k.merchant_id = shop AND k.customer_id = o.customer_id
    UNION ALL
    SELECT shop || ' browser ' || v.visitor_id FROM customer_visitor v
    WHERE v.merchant_id = shop AND v.customer_id = o.customer_id
    UNION ALL
    SELECT shop || ' id ' || c.external_id FROM customer c
    WHERE c.merchant_id = shop AND c.id = o.customer_id AND c.external_id IS NOT NULL
    OFFSET 0
  ) n
$$;

-- Locks names that several people may share, in one order for everyone.
CREATE FUNCTION goodword_lock_shared(names text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(n.key) FROM (
    SELECT DISTINCT hashtextextended(name, 0) AS key FROM unnest(names) AS name ORDER BY key
  ) n;
END $$;

-- Locks whatever processing these events may change of people, until the transaction ends, in the
-- order in which everyone locks: what they share with others, then their rows, the orders that are
-- named, and their referrals as friends. Each step sees what those committed for whom the one
-- before it waited, which one plain statement would not; names that came up meanwhile are locked as
-- well.
CREATE FUNCTION goodword_lock_people(shop text, asked jsonb, OUT shared text[], OUT customers text[],
  OUT orders text[], OUT referrals text[]) LANGUAGE plpgsql AS $$
DECLARE missing text[];
BEGIN
  shared := '{}';
  LOOP
    missing := ARRAY(
      SELECT name FROM goodword_people_share(shop, asked) AS name EXCEPT SELECT unnest(shared));
    EXIT WHEN missing = '{}';
    PERFORM goodword_lock_shared(missing);
    shared := shared || missing;
  END LOOP;
  customers := ARRAY(
    SELECT c.id FROM customer c WHERE c.merchant_id = shop
      AND c.id = ANY(ARRAY(SELECT m.customer_id FROM goodword_people_meant(shop, asked) m))
    ORDER BY c.id FOR NO KEY UPDATE);
  orders := ARRAY(
    SELECT o.id FROM shop_order o WHERE o.merchant_id = shop
      AND o.id = ANY(ARRAY(SELECT a."orderId" FROM jsonb_to_recordset(asked) AS a ("orderId" text)))
    ORDER BY o.id FOR NO KEY UPDATE);
  referrals := ARRAY(
    SELECT r.id FROM referral r WHERE r.merchant_id = shop AND r.friend_id = ANY(customers)
    ORDER BY r.program_id, r.id FOR NO KEY UPDATE);
END $$;
