-- AlterTable
ALTER TABLE "coupon_pool" ADD COLUMN     "warned_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "payout_batch" ADD COLUMN     "cancelled_at" TIMESTAMPTZ(3),
ADD COLUMN     "changed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "reward" ADD COLUMN     "available_at" TIMESTAMPTZ(3),
ADD COLUMN     "remind_at" TIMESTAMPTZ(3),
ADD COLUMN     "waiting_pool_id" TEXT,
ALTER COLUMN "event_id" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "reward_state_remind_at_idx" ON "reward"("state", "remind_at");

-- Rewards released so far wait since their first step out of the hold. The owner of the tables is under row-level
-- security as well, so it is lifted for this statement; goodword_protect_tenants() below puts it back.
ALTER TABLE reward NO FORCE ROW LEVEL SECURITY;
ALTER TABLE reward_step NO FORCE ROW LEVEL SECURITY;
UPDATE reward r SET available_at =
  (SELECT min(s.at) FROM reward_step s WHERE s.merchant_id = r.merchant_id AND s.reward_id = r.id AND s.state = 'available')
WHERE r.state <> 'held';

-- What waits for staff, a pay-out or a code; the schema language knows no index over a part of the rows.
CREATE INDEX reward_waiting ON reward (merchant_id, available_at, id) WHERE state = 'available';
CREATE INDEX reward_waiting_for_code ON reward (merchant_id, waiting_pool_id, available_at, id) WHERE waiting_pool_id IS NOT NULL;

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;

-- What the gate lists as due.
GRANT SELECT (remind_at, waiting_pool_id) ON reward TO goodword_gate;
GRANT SELECT (merchant_id, pool_id, taken_at) ON coupon_pool_code TO goodword_gate;
CREATE POLICY gate_look_up ON coupon_pool_code FOR SELECT TO goodword_gate USING (true);
