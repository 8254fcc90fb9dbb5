-- What a signal counts for, and what those of a referral add up to.
ALTER TABLE "fraud_signal" ADD COLUMN "weight" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "referral"
  ADD COLUMN "score" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "reminded_at" TIMESTAMPTZ(3);
UPDATE "fraud_signal" SET "weight" = CASE
  WHEN "severity" = 'block' THEN 100
  WHEN "kind" IN ('existing_customer', 'shared_browser') THEN 50
  ELSE 60
END;
UPDATE "referral" r SET "score" = s.score FROM (
  SELECT merchant_id, referral_id, LEAST(100, sum(weight))::int AS score
  FROM fraud_signal GROUP BY 1, 2
) s WHERE r.merchant_id = s.merchant_id AND r.id = s.referral_id;

-- The list of what waits for a decision: the highest score first.
DROP INDEX referral_in_review;
CREATE INDEX referral_in_review ON referral (merchant_id, score DESC, review_at, id)
  WHERE review_at IS NOT NULL;
-- How many friends an advocate brought within a day.
CREATE INDEX "referral_merchant_id_advocate_id_joined_at_idx"
  ON "referral"("merchant_id", "advocate_id", "joined_at");

-- From which network somebody came, for some days.
CREATE TABLE "network_sighting" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "network_before" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "network_sighting_pkey" PRIMARY KEY ("merchant_id","id")
);
CREATE INDEX "network_sighting_merchant_id_network_at_idx"
  ON "network_sighting"("merchant_id", "network", "at");
CREATE INDEX "network_sighting_merchant_id_network_before_at_idx"
  ON "network_sighting"("merchant_id", "network_before", "at");
CREATE INDEX "network_sighting_merchant_id_at_idx" ON "network_sighting"("merchant_id", "at");

-- Whose bursts are to be counted again: a referral began, and what began at the same moment, or
-- turns out to have begun before it, did not see it.
CREATE TABLE "burst_due" (
    "merchant_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "noted_in" BIGINT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "burst_due_pkey" PRIMARY KEY ("merchant_id","kind","ref","since","noted_in")
);
GRANT SELECT ON burst_due TO goodword_gate;
CREATE POLICY gate_look_up ON burst_due FOR SELECT TO goodword_gate USING (true);

-- What becomes of a referral that nobody decides about.
ALTER TABLE "merchant"
  ADD COLUMN "review_remind_days" INTEGER NOT NULL DEFAULT 3,
  ADD COLUMN "review_decide_days" INTEGER NOT NULL DEFAULT 14,
  ADD COLUMN "review_decision" TEXT NOT NULL DEFAULT 'wait';
GRANT SELECT (reminded_at) ON referral TO goodword_gate;

SELECT goodword_protect_tenants();
