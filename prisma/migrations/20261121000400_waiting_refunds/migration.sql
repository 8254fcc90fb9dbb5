-- Each order asks for refunds that came before it. The schema language knows no index over a part of the rows.
CREATE INDEX event_refund_of_order ON event (merchant_id, (body->'refund'->>'orderId')) WHERE type = 'refund';
