-- Ids and email addresses are read by one rule now: no blanks or invisible characters around an id, no invisible
-- characters in an address. Rows whose keys were stored with them would not be found any more, so they get the spelling
-- that a look-up asks for. Where another row has that already, both stay as they are: which of them is meant is for the
-- merchant to say.
ALTER TABLE customer NO FORCE ROW LEVEL SECURITY;
ALTER TABLE shop_order NO FORCE ROW LEVEL SECURITY;
ALTER TABLE order_line NO FORCE ROW LEVEL SECURITY;
ALTER TABLE refund NO FORCE ROW LEVEL SECURITY;
ALTER TABLE reward NO FORCE ROW LEVEL SECURITY;
ALTER TABLE coupon NO FORCE ROW LEVEL SECURITY;
ALTER TABLE nomination NO FORCE ROW LEVEL SECURITY;
-- Nothing about an order changes but how its id is spelt: nothing is to be worked out anew.
ALTER TABLE shop_order DISABLE TRIGGER USER;
ALTER TABLE refund DISABLE TRIGGER USER;
ALTER TABLE reward DISABLE TRIGGER USER;

DO $$
DECLARE
  -- What lib/core/values/invisible.ts takes for unseen.
  ignorable CONSTANT text := '\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e'
    || '\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8';
  blank CONSTANT text := '\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000';
  around CONSTANT text := '^[' || blank || ignorable || ']+|[' || blank || ignorable || ']+$';
BEGIN
  WITH respelt AS (
    SELECT DISTINCT ON (merchant_id, key) merchant_id, id, key
    FROM (SELECT merchant_id, id, regexp_replace(external_id, around, '', 'g') AS key
          FROM customer WHERE external_id ~ around) c
    WHERE key <> '' AND NOT EXISTS (
      SELECT FROM customer o WHERE o.merchant_id = c.merchant_id AND o.external_id = c.key)
    ORDER BY merchant_id, key, id
  )
  UPDATE customer c SET external_id = r.key FROM respelt r WHERE c.merchant_id = r.merchant_id AND c.id = r.id;

  WITH respelt AS (
    SELECT DISTINCT ON (merchant_id, key) merchant_id, id, key
    FROM (SELECT merchant_id, id, regexp_replace(email, '[' || ignorable || ']', '', 'g') AS key
          FROM customer WHERE email ~ ('[' || ignorable || ']')) c
    WHERE NOT EXISTS (SELECT FROM customer o WHERE o.merchant_id = c.merchant_id AND o.email = c.key)
    ORDER BY merchant_id, key, id
  )
  UPDATE customer c SET email = r.key,
    email_identity = regexp_replace(c.email_identity, '[' || ignorable || ']', '', 'g')
  FROM respelt r WHERE c.merchant_id = r.merchant_id AND c.id = r.id;

  CREATE TEMP TABLE respelt_order ON COMMIT DROP AS
    SELECT DISTINCT ON (merchant_id, key) merchant_id, id, key
    FROM (SELECT merchant_id, id, regexp_replace(id, around, '', 'g') AS key FROM shop_order WHERE id ~ around) s
    WHERE key <> '' AND NOT EXISTS (SELECT FROM shop_order o WHERE o.merchant_id = s.merchant_id AND o.id = s.key)
    ORDER BY merchant_id, key, id;
  -- Lines and refunds follow by their foreign keys.
  UPDATE shop_order s SET id = r.key FROM respelt_order r WHERE s.merchant_id = r.merchant_id AND s.id = r.id;
  -- What a reward was granted for carries the id: under another spelling it would be granted again.
  UPDATE reward w SET order_id = r.key, cause_key = replace(w.cause_key, 'order:' || r.id, 'order:' || r.key)
  FROM respelt_order r WHERE w.merchant_id = r.merchant_id AND w.order_id = r.id;
  UPDATE coupon c SET order_id = r.key FROM respelt_order r WHERE c.merchant_id = r.merchant_id AND c.order_id = r.id;
  UPDATE nomination n SET order_id = r.key
  FROM respelt_order r WHERE n.merchant_id = r.merchant_id AND n.order_id = r.id;
  DROP TABLE respelt_order;
END $$;

ALTER TABLE shop_order ENABLE TRIGGER USER;
ALTER TABLE refund ENABLE TRIGGER USER;
ALTER TABLE reward ENABLE TRIGGER USER;
ALTER TABLE customer FORCE ROW LEVEL SECURITY;
ALTER TABLE shop_order FORCE ROW LEVEL SECURITY;
ALTER TABLE order_line FORCE ROW LEVEL SECURITY;
ALTER TABLE refund FORCE ROW LEVEL SECURITY;
ALTER TABLE reward FORCE ROW LEVEL SECURITY;
ALTER TABLE coupon FORCE ROW LEVEL SECURITY;
ALTER TABLE nomination FORCE ROW LEVEL SECURITY;
