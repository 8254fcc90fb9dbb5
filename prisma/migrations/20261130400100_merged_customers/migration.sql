-- Two records of one person become one; what was moved is kept, so that it can be undone.
ALTER TABLE "customer" ADD COLUMN "merged_into_id" TEXT;
ALTER TABLE "advocate" ADD COLUMN "merged_into_id" TEXT;
CREATE INDEX "customer_merchant_id_merged_into_id_idx" ON "customer"("merchant_id", "merged_into_id");

CREATE TABLE "customer_merge" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "from_id" TEXT NOT NULL,
    "into_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "moved" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,
    "stayed" JSONB,

    CONSTRAINT "customer_merge_pkey" PRIMARY KEY ("merchant_id","id")
);
CREATE INDEX "customer_merge_merchant_id_into_id_at_idx" ON "customer_merge"("merchant_id", "into_id", "at");
CREATE INDEX "customer_merge_merchant_id_from_id_at_idx" ON "customer_merge"("merchant_id", "from_id", "at");

-- Of two referrals of one person the first stands with the record that remains; to change places, one of them names
-- nobody for a moment.
ALTER TABLE "referral" ALTER CONSTRAINT "referral_merchant_id_friend_id_fkey" DEFERRABLE INITIALLY IMMEDIATE;

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;
