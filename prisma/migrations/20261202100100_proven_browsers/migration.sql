-- Whose browser it is, is proven where the shop's server or its staff named its customer in it. What
-- was only typed into a browser is remembered, to notice one person under two names; it gives
-- nobody what else came from there.
ALTER TABLE "customer_visitor" ADD COLUMN "proven" BOOLEAN NOT NULL DEFAULT true;

ALTER TABLE customer_visitor NO FORCE ROW LEVEL SECURITY;
ALTER TABLE event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE event_outcome NO FORCE ROW LEVEL SECURITY;
UPDATE customer_visitor v SET proven = false
WHERE NOT EXISTS (
  SELECT FROM event e
  JOIN event_outcome o ON o.merchant_id = e.merchant_id AND o.event_id = e.id
  WHERE e.merchant_id = v.merchant_id AND e.visitor_id = v.visitor_id
    AND e.provenance IN ('server', 'staff') AND o.customer_id = v.customer_id
    AND (e.body->'customer'->>'id' IS NOT NULL OR e.body->'customer'->>'email' IS NOT NULL)
);
SELECT goodword_protect_tenants();

-- As before (20261201120000_lock_people), but that a browser leads only to whose it is for sure.
CREATE OR REPLACE FUNCTION goodword_people_meant(shop text, asked jsonb)
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
    WHERE v.merchant_id = shop AND v.visitor_id = a."lastSeenIn" AND v.proven
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
