-- AlterTable
ALTER TABLE "tier_standing" ADD COLUMN     "earned_under" JSONB NOT NULL;

-- CreateTable
CREATE TABLE "standing_due" (
    "merchant_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "noted_in" BIGINT NOT NULL,
    "why" TEXT NOT NULL,

    CONSTRAINT "standing_due_pkey" PRIMARY KEY ("merchant_id","customer_id","noted_in")
);

-- CreateTable
CREATE TABLE "standing_sweep" (
    "merchant_id" TEXT NOT NULL,
    "recount_after" TEXT,
    "anniversaries_done" DATE,
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "standing_sweep_pkey" PRIMARY KEY ("merchant_id")
);

-- CreateTable
CREATE TABLE "standing_seen" (
    "merchant_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "seen_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "standing_seen_pkey" PRIMARY KEY ("merchant_id","customer_id")
);

-- CreateIndex
CREATE INDEX "standing_due_noted_in_idx" ON "standing_due"("noted_in");

ALTER TABLE standing_due ADD CONSTRAINT known_why CHECK (why IN ('facts', 'rules'));

-- Whether a merchant has anything that looks at such facts. Without it, changes of them are not noted.
CREATE FUNCTION goodword_standing_counts(merchant text, what text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM tier_plan p WHERE p.merchant_id = merchant AND p.state = 'active'
      AND (p.metric = what OR p.metric = 'revenue' AND what = 'referrals'))
    OR EXISTS (SELECT FROM badge b WHERE b.merchant_id = merchant AND b.state = 'active'
      AND CASE b.rule->>'kind' WHEN 'points_earned' THEN 'points' WHEN 'purchases' THEN 'purchases' ELSE 'referrals' END = what)
$$;

-- Points that were released, called back or given again.
CREATE FUNCTION goodword_note_rewards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO standing_due (merchant_id, customer_id, noted_in, why)
  SELECT DISTINCT n.merchant_id, n.customer_id, pg_current_xact_id()::text::bigint, 'facts' FROM new_rows n
  WHERE n.asset = 'PTS/0' AND n.state <> 'held' AND goodword_standing_counts(n.merchant_id, 'points')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER note_standing_new AFTER INSERT ON reward
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION goodword_note_rewards();
CREATE TRIGGER note_standing AFTER UPDATE ON reward
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION goodword_note_rewards();

-- Friends who were confirmed or are so no more: for their advocate, and for whoever invited that advocate.
CREATE FUNCTION goodword_note_referrals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO standing_due (merchant_id, customer_id, noted_in, why)
  WITH changed AS (
    SELECT DISTINCT n.merchant_id, a.customer_id FROM new_rows n
    JOIN advocate a ON a.merchant_id = n.merchant_id AND a.id = n.advocate_id
    WHERE n.state IN ('qualified', 'rewarded', 'rejected', 'reversed') AND goodword_standing_counts(n.merchant_id, 'referrals')
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
CREATE TRIGGER note_standing_new AFTER INSERT ON referral
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION goodword_note_referrals();
CREATE TRIGGER note_standing AFTER UPDATE ON referral
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION goodword_note_referrals();

-- Orders and their refunds: for who bought, and for who brought them.
CREATE FUNCTION goodword_note_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO standing_due (merchant_id, customer_id, noted_in, why)
  SELECT n.merchant_id, n.customer_id, pg_current_xact_id()::text::bigint, 'facts' FROM new_rows n
  WHERE goodword_standing_counts(n.merchant_id, 'purchases')
  UNION
  SELECT n.merchant_id, a.customer_id, pg_current_xact_id()::text::bigint, 'facts' FROM new_rows n
  JOIN referral r ON r.merchant_id = n.merchant_id AND r.friend_id = n.customer_id AND r.state IN ('qualified', 'rewarded')
  JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
  WHERE goodword_standing_counts(n.merchant_id, 'revenue')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER note_standing_new AFTER INSERT ON shop_order
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION goodword_note_orders();
CREATE TRIGGER note_standing AFTER UPDATE ON shop_order
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION goodword_note_orders();

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;

-- What the gate lists as due.
GRANT SELECT ON standing_due, standing_sweep TO goodword_gate;
CREATE POLICY gate_look_up ON standing_due FOR SELECT TO goodword_gate USING (true);
CREATE POLICY gate_look_up ON standing_sweep FOR SELECT TO goodword_gate USING (true);
