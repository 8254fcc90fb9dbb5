-- What identifies a person is kept as it was said of each customer, so that one person under two ids is noticed
-- whenever it becomes known.
CREATE TABLE "customer_key" (
    "merchant_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "said" TEXT NOT NULL,
    "proven" BOOLEAN NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_key_pkey" PRIMARY KEY ("merchant_id","kind","value","customer_id")
);
CREATE TABLE "identity_due" (
    "merchant_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_due_pkey" PRIMARY KEY ("merchant_id","customer_id","id")
);
CREATE TABLE "customer_apart" (
    "merchant_id" TEXT NOT NULL,
    "one_id" TEXT NOT NULL,
    "other_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "customer_apart_pkey" PRIMARY KEY ("merchant_id","one_id","other_id")
);
CREATE INDEX "customer_key_merchant_id_customer_id_idx" ON "customer_key"("merchant_id", "customer_id");
ALTER TABLE "customer_key" ADD CONSTRAINT "customer_key_merchant_id_customer_id_fkey"
  FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id")
  ON DELETE RESTRICT ON UPDATE NO ACTION;

ALTER TABLE "fraud_signal"
  ADD COLUMN "evidence" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "reached" TEXT NOT NULL DEFAULT 'nothing';

ALTER TABLE customer NO FORCE ROW LEVEL SECURITY;
INSERT INTO customer_key (merchant_id, kind, value, customer_id, said, proven, first_seen_at)
SELECT merchant_id, 'email', email_identity, id, email, true, first_seen_at FROM customer
WHERE email IS NOT NULL AND email_identity IS NOT NULL;
ALTER TABLE customer FORCE ROW LEVEL SECURITY;

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;
GRANT SELECT ON identity_due TO goodword_gate;
CREATE POLICY gate_look_up ON identity_due FOR SELECT TO goodword_gate USING (true);
