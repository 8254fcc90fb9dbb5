-- What identifies a customer is kept key by key, the shop's own id too: proven by whom and when, or only claimed.
ALTER TABLE "customer_key" ADD COLUMN "proven_by" TEXT,
ADD COLUMN "proven_at" TIMESTAMPTZ(3),
ADD COLUMN "doubted_at" TIMESTAMPTZ(3);

INSERT INTO customer_key (merchant_id, kind, value, customer_id, said, proven, first_seen_at)
SELECT merchant_id, 'id', external_id, id, external_id, true, first_seen_at FROM customer
WHERE external_id IS NOT NULL
ON CONFLICT DO NOTHING;

-- What events said of whom, by who said it.
CREATE TEMPORARY TABLE said AS
SELECT o.merchant_id, o.customer_id, e.occurred_at, e.provenance, e.type,
  NULLIF(btrim(e.body->'customer'->>'id'), '') AS id,
  NULLIF(lower(btrim(e.body->'customer'->>'email')), '') AS email
FROM event_outcome o
JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id
WHERE o.customer_id IS NOT NULL
  AND (e.body->'customer'->>'id' IS NOT NULL OR e.body->'customer'->>'email' IS NOT NULL);
CREATE INDEX ON said (merchant_id, customer_id);
ANALYZE said;

-- Each key by the first who vouched for it: the shop's server or staff, a friend who answered our email, a session. One
-- that only a browser ever named is claimed; of all others nothing is known, and they stay believed.
UPDATE customer_key k SET
  proven = f.by IS DISTINCT FROM 'browser' AND k.proven,
  proven_by = CASE WHEN k.proven THEN NULLIF(COALESCE(f.by, 'before'), 'browser') END,
  proven_at = CASE WHEN k.proven AND f.by IS DISTINCT FROM 'browser'
    THEN COALESCE(f.at, k.first_seen_at) END
FROM customer_key t
LEFT JOIN LATERAL (
  SELECT v.by, v.at FROM (
    SELECT CASE WHEN s.provenance IN ('server', 'staff') OR s.type = 'invite_answer'
        THEN s.provenance ELSE 'browser' END AS by, s.occurred_at AS at
    FROM said s
    WHERE s.merchant_id = t.merchant_id AND s.customer_id = t.customer_id
      AND CASE t.kind WHEN 'id' THEN s.id = t.value WHEN 'email' THEN s.email = lower(t.said) END
    UNION ALL
    SELECT CASE WHEN n.key_id IS NULL THEN 'email' ELSE 'handover' END, n.created_at
    FROM customer_session n
    JOIN customer c ON c.merchant_id = n.merchant_id AND c.id = n.customer_id
    WHERE n.merchant_id = t.merchant_id AND n.customer_id = t.customer_id
      AND (t.kind = 'email' AND n.email = lower(t.said)
        OR n.key_id IS NOT NULL AND (t.kind = 'id' OR c.email = lower(t.said)))
  ) v ORDER BY v.by = 'browser', v.at LIMIT 1
) f ON true
WHERE k.merchant_id = t.merchant_id AND k.kind = t.kind AND k.value = t.value
  AND k.customer_id = t.customer_id;

-- An id and an address that only a browser named together, on a record with a session, a referral or money: whoever
-- sent the pair first may have taken an account over, or entered one. Staff say which of its keys are theirs.
UPDATE customer_key k SET doubted_at = now()
FROM said p
WHERE p.provenance = 'browser' AND p.id IS NOT NULL AND p.email IS NOT NULL
  AND k.merchant_id = p.merchant_id AND k.customer_id = p.customer_id
  AND (k.kind = 'id' AND k.value = p.id OR k.kind = 'email' AND lower(k.said) = p.email)
  AND NOT EXISTS (
    SELECT FROM said v WHERE v.merchant_id = p.merchant_id AND v.customer_id = p.customer_id
      AND v.provenance IN ('server', 'staff') AND v.id = p.id AND v.email = p.email)
  AND (EXISTS (SELECT FROM customer_session x
      WHERE x.merchant_id = k.merchant_id AND x.customer_id = k.customer_id)
    OR EXISTS (SELECT FROM referral x
      WHERE x.merchant_id = k.merchant_id AND x.friend_id = k.customer_id)
    OR EXISTS (SELECT FROM advocate x
      WHERE x.merchant_id = k.merchant_id AND x.customer_id = k.customer_id)
    OR EXISTS (SELECT FROM reward x
      WHERE x.merchant_id = k.merchant_id AND x.customer_id = k.customer_id)
    OR EXISTS (SELECT FROM shop_order x
      WHERE x.merchant_id = k.merchant_id AND x.customer_id = k.customer_id));

DROP TABLE said;

ALTER TABLE "customer_key" ADD CONSTRAINT "customer_key_proven_by_whom"
  CHECK (proven = (proven_by IS NOT NULL) AND proven = (proven_at IS NOT NULL));
CREATE INDEX "customer_key_doubted" ON "customer_key"("merchant_id", "doubted_at") WHERE doubted_at IS NOT NULL;
