-- What is left of an order is worked out from all that the shop said: its newest statement and the set of its refunds.
ALTER TABLE shop_order NO FORCE ROW LEVEL SECURITY;
ALTER TABLE order_line NO FORCE ROW LEVEL SECURITY;
ALTER TABLE refund NO FORCE ROW LEVEL SECURITY;
ALTER TABLE event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE customer NO FORCE ROW LEVEL SECURITY;
-- Nothing is worked out anew for leaderboards and tiers by what follows.
ALTER TABLE shop_order DISABLE TRIGGER USER;
ALTER TABLE refund DISABLE TRIGGER USER;

-- What is sold by weight or length has a part of a piece; a discount has none.
ALTER TABLE order_line DROP CONSTRAINT refunded_at_most_whole;
ALTER TABLE order_line
  ALTER COLUMN quantity TYPE DECIMAL(20, 6),
  ALTER COLUMN refunded_quantity TYPE DECIMAL(20, 6),
  ADD COLUMN came_back BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT refunded_at_most_whole CHECK (
    refunded_minor >= 0 AND refunded_minor <= total_minor AND refunded_quantity <= GREATEST(quantity, 0));
UPDATE order_line SET came_back = true
WHERE refunded_quantity >= quantity OR (total_minor > 0 AND refunded_minor >= total_minor);

ALTER TABLE shop_order
  ADD COLUMN stands BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN stated_event_id TEXT,
  ADD COLUMN stated_at TIMESTAMPTZ(3);
UPDATE shop_order o SET stands = false
WHERE total_minor <= refunded_minor OR (refunded_minor > 0 AND (
  SELECT bool_and(l.came_back OR l.total_minor = 0) FROM order_line l
  WHERE l.merchant_id = o.merchant_id AND l.order_id = o.id));

UPDATE customer c SET first_order_at = (
  SELECT min(o.occurred_at) FROM shop_order o
  WHERE o.merchant_id = c.merchant_id AND o.customer_id = c.id AND o.stands)
WHERE EXISTS (
  SELECT FROM shop_order o WHERE o.merchant_id = c.merchant_id AND o.customer_id = c.id AND NOT o.stands);

ALTER TABLE refund ADD COLUMN said JSONB;
UPDATE refund r SET said = COALESCE(
  (SELECT (e.body->'refund') - 'orderId' - 'currency' FROM event e
   WHERE e.merchant_id = r.merchant_id AND e.id = r.event_id),
  '{}');
ALTER TABLE refund ALTER COLUMN said SET NOT NULL, DROP COLUMN lines;
-- A refund is a fact; what it counts follows from all refunds of its order.
DROP TRIGGER append_only ON refund;
CREATE TRIGGER append_only
  BEFORE DELETE OR UPDATE OF merchant_id, event_id, order_id, occurred_at, recorded_at, said ON refund
  FOR EACH ROW EXECUTE FUNCTION goodword_refuse_change();
GRANT UPDATE (amount_minor) ON refund TO goodword_app;

ALTER TABLE merchant ADD COLUMN coupon_reuse BOOLEAN NOT NULL DEFAULT true;

ALTER TABLE shop_order ENABLE TRIGGER USER;
ALTER TABLE refund ENABLE TRIGGER USER;
ALTER TABLE shop_order FORCE ROW LEVEL SECURITY;
ALTER TABLE order_line FORCE ROW LEVEL SECURITY;
ALTER TABLE refund FORCE ROW LEVEL SECURITY;
ALTER TABLE event FORCE ROW LEVEL SECURITY;
ALTER TABLE customer FORCE ROW LEVEL SECURITY;
