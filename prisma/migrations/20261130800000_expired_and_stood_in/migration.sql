-- AlterTable
ALTER TABLE "reward" ADD COLUMN     "borrowed_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "claimed_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "expired_minor" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE reward
  ADD CONSTRAINT expired_of_what_was_granted
    CHECK (expired_minor >= 0 AND expired_minor + reversed_minor <= COALESCE(amount_minor, 0)),
  ADD CONSTRAINT stood_in_for_what_was_recovered
    CHECK (borrowed_minor >= 0 AND claimed_minor >= 0
      AND borrowed_minor + claimed_minor <= recovered_minor);

-- The owner of the tables is under row-level security as well, so it is lifted for these statements.
ALTER TABLE reward NO FORCE ROW LEVEL SECURITY;
ALTER TABLE reward_step NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_transfer NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_lot NO FORCE ROW LEVEL SECURITY;
ALTER TABLE lot_move NO FORCE ROW LEVEL SECURITY;

-- What expired so far is on the steps. Of a coupon that turned out to have been used in time, none.
UPDATE reward r SET expired_minor = LEAST(s.minor, r.amount_minor - r.reversed_minor)
FROM (
  SELECT merchant_id, reward_id, sum(amount_minor) AS minor FROM reward_step
  WHERE reason IN ('expired', 'expired_unissued') GROUP BY merchant_id, reward_id
) s
WHERE s.merchant_id = r.merchant_id AND s.reward_id = r.id AND s.minor > 0 AND r.state <> 'used'
  AND r.amount_minor IS NOT NULL;

-- What reversals claimed, less what came back into the reward's own lots and paid it since.
UPDATE reward r SET claimed_minor = LEAST(c.minor, r.recovered_minor)
FROM (
  SELECT t.merchant_id, t.reward_id, sum(t.amount_minor) - COALESCE((
    SELECT -sum(m.amount_minor) FROM ledger_lot l
    JOIN lot_move m ON m.merchant_id = l.merchant_id AND m.lot_id = l.id AND m.amount_minor < 0
    JOIN ledger_transfer p ON p.merchant_id = m.merchant_id AND p.id = m.transfer_id
      AND starts_with(p.credit_account_id, 'owed:')
    WHERE l.merchant_id = t.merchant_id AND l.reward_id = t.reward_id
      AND p.id > min(t.id)), 0) AS minor
  FROM ledger_transfer t
  WHERE t.reward_id IS NOT NULL AND starts_with(t.debit_account_id, 'owed:')
    AND starts_with(t.credit_account_id, 'funding:')
  GROUP BY t.merchant_id, t.reward_id
) c
WHERE c.merchant_id = r.merchant_id AND c.reward_id = r.id AND c.minor > 0;

-- What they took out of lots of others.
UPDATE reward r SET borrowed_minor = LEAST(b.minor, r.recovered_minor - r.claimed_minor)
FROM (
  SELECT t.merchant_id, t.reward_id, -sum(m.amount_minor) AS minor
  FROM ledger_transfer t
  JOIN lot_move m ON m.merchant_id = t.merchant_id AND m.transfer_id = t.id AND m.amount_minor < 0
  JOIN ledger_lot l ON l.merchant_id = m.merchant_id AND l.id = m.lot_id
  WHERE t.reward_id IS NOT NULL AND starts_with(t.credit_account_id, 'funding:')
    AND t.cause_key ~ '^reward:[^:]+:reverse:' AND l.reward_id IS DISTINCT FROM t.reward_id
  GROUP BY t.merchant_id, t.reward_id
) b
WHERE b.merchant_id = r.merchant_id AND b.reward_id = r.id AND b.minor > 0;

ALTER TABLE reward FORCE ROW LEVEL SECURITY;
ALTER TABLE reward_step FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_transfer FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_lot FORCE ROW LEVEL SECURITY;
ALTER TABLE lot_move FORCE ROW LEVEL SECURITY;
