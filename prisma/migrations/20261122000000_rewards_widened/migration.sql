-- AlterTable
ALTER TABLE "advocate" ADD COLUMN     "arm" TEXT,
ADD COLUMN     "experiment" TEXT;

-- AlterTable
ALTER TABLE "ledger_transfer" ADD COLUMN     "actor" TEXT NOT NULL DEFAULT 'system';

-- AlterTable
ALTER TABLE "merchant" ADD COLUMN     "clawback_policy" TEXT NOT NULL DEFAULT 'clamp';

-- AlterTable
ALTER TABLE "referral" ADD COLUMN     "arm" TEXT;

-- AlterTable
ALTER TABLE "reward" ADD COLUMN     "arm" TEXT,
ADD COLUMN     "earned_at" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "payout_batch_id" TEXT,
ADD COLUMN     "reminded_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "review_request" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reward_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "outcome" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,

    CONSTRAINT "review_request_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "nomination" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "friend_id" TEXT NOT NULL,
    "order_id" TEXT,
    "said" TEXT NOT NULL,
    "advocate_id" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,

    CONSTRAINT "nomination_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "leaderboard" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "cadence" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "prizes" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leaderboard_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "season" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "leaderboard_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "prizes" JSONB,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "season_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "season_score" (
    "merchant_id" TEXT NOT NULL,
    "season_id" TEXT NOT NULL,
    "advocate_id" TEXT NOT NULL,
    "score" BIGINT NOT NULL,
    "listed" BOOLEAN NOT NULL,

    CONSTRAINT "season_score_pkey" PRIMARY KEY ("merchant_id","season_id","advocate_id")
);

-- CreateTable
CREATE TABLE "season_tally" (
    "merchant_id" TEXT NOT NULL,
    "season_id" TEXT NOT NULL,
    "level" INTEGER NOT NULL,
    "bucket" BIGINT NOT NULL,
    "people" BIGINT NOT NULL,

    CONSTRAINT "season_tally_pkey" PRIMARY KEY ("merchant_id","season_id","level","bucket")
);

-- CreateTable
CREATE TABLE "ledger_lot" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "reward_id" TEXT,
    "amount_minor" BIGINT NOT NULL,
    "remaining_minor" BIGINT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_lot_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "lot_move" (
    "merchant_id" TEXT NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "lot_id" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "lot_move_pkey" PRIMARY KEY ("merchant_id","transfer_id","lot_id")
);

-- CreateTable
CREATE TABLE "points_campaign" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "multiplier_bp" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "program_id" TEXT,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "points_campaign_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "tier_plan" (
    "merchant_id" TEXT NOT NULL,
    "metric" TEXT NOT NULL,
    "window" TEXT NOT NULL,
    "window_days" INTEGER NOT NULL,
    "grace_days" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tier_plan_pkey" PRIMARY KEY ("merchant_id")
);

-- CreateTable
CREATE TABLE "tier" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "threshold" BIGINT NOT NULL,
    "benefits" JSONB NOT NULL,
    "color" TEXT NOT NULL,
    "icon" TEXT NOT NULL,
    "points_multiplier_bp" INTEGER NOT NULL DEFAULT 10000,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tier_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "tier_standing" (
    "merchant_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "tier_id" TEXT NOT NULL,
    "reached_at" TIMESTAMPTZ(3) NOT NULL,
    "earned_at" TIMESTAMPTZ(3) NOT NULL,
    "keep_until" TIMESTAMPTZ(3) NOT NULL,
    "grace_until" TIMESTAMPTZ(3) NOT NULL,
    "review_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tier_standing_pkey" PRIMARY KEY ("merchant_id","customer_id")
);

-- CreateTable
CREATE TABLE "tier_step" (
    "merchant_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "from_tier_id" TEXT,
    "to_tier_id" TEXT,
    "from_name" TEXT,
    "to_name" TEXT,
    "reason" TEXT NOT NULL,
    "value" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "tier_step_pkey" PRIMARY KEY ("merchant_id","customer_id","id")
);

-- CreateTable
CREATE TABLE "badge" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "about" JSONB NOT NULL,
    "icon" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "badge_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "badge_award" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "badge_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "awarded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "cause" JSONB NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "badge_award_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "catalogue_item" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "about" JSONB NOT NULL,
    "icon" TEXT NOT NULL,
    "color" TEXT NOT NULL,
    "price_points" BIGINT NOT NULL,
    "benefit" JSONB NOT NULL,
    "stock" INTEGER,
    "redeemed" INTEGER NOT NULL DEFAULT 0,
    "per_person" INTEGER,
    "tier_id" TEXT,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "catalogue_item_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "reward_id" TEXT NOT NULL,
    "request_key" TEXT NOT NULL,
    "points" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "cancelled_by" TEXT,
    "reason" TEXT,

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "replay_run" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "summary" JSONB,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "replay_run_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "replay_difference" (
    "merchant_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "customer_id" TEXT NOT NULL,
    "rewards_before" INTEGER NOT NULL,
    "rewards_after" INTEGER NOT NULL,
    "cost_before_minor" BIGINT NOT NULL,
    "cost_after_minor" BIGINT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "replay_difference_pkey" PRIMARY KEY ("merchant_id","run_id","place")
);

-- CreateTable
CREATE TABLE "coupon_pool" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "low_at" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coupon_pool_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateTable
CREATE TABLE "coupon_pool_code" (
    "merchant_id" TEXT NOT NULL,
    "pool_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "reward_id" TEXT,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "coupon_pool_code_pkey" PRIMARY KEY ("merchant_id","code")
);

-- CreateTable
CREATE TABLE "payout_batch" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "rewards" INTEGER NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "exported_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "paid_by" TEXT,
    "reference" TEXT,

    CONSTRAINT "payout_batch_pkey" PRIMARY KEY ("merchant_id","id")
);

-- CreateIndex
CREATE INDEX "review_request_merchant_id_state_created_at_idx" ON "review_request"("merchant_id", "state", "created_at");

-- CreateIndex
CREATE INDEX "review_request_merchant_id_reward_id_idx" ON "review_request"("merchant_id", "reward_id");

-- CreateIndex
CREATE INDEX "nomination_merchant_id_state_at_idx" ON "nomination"("merchant_id", "state", "at");

-- CreateIndex
CREATE UNIQUE INDEX "nomination_merchant_id_program_id_friend_id_key" ON "nomination"("merchant_id", "program_id", "friend_id");

-- CreateIndex
CREATE INDEX "leaderboard_merchant_id_program_id_idx" ON "leaderboard"("merchant_id", "program_id");

-- CreateIndex
CREATE INDEX "season_state_ends_at_idx" ON "season"("state", "ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "season_merchant_id_leaderboard_id_starts_at_key" ON "season"("merchant_id", "leaderboard_id", "starts_at");

-- CreateIndex
CREATE INDEX "season_score_merchant_id_advocate_id_idx" ON "season_score"("merchant_id", "advocate_id");

-- CreateIndex
CREATE INDEX "ledger_lot_merchant_id_account_id_idx" ON "ledger_lot"("merchant_id", "account_id");

-- CreateIndex
CREATE INDEX "ledger_lot_merchant_id_transfer_id_idx" ON "ledger_lot"("merchant_id", "transfer_id");

-- CreateIndex
CREATE INDEX "ledger_lot_merchant_id_reward_id_idx" ON "ledger_lot"("merchant_id", "reward_id");

-- CreateIndex
CREATE INDEX "lot_move_merchant_id_lot_id_idx" ON "lot_move"("merchant_id", "lot_id");

-- CreateIndex
CREATE INDEX "points_campaign_merchant_id_starts_at_idx" ON "points_campaign"("merchant_id", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "tier_merchant_id_rank_key" ON "tier"("merchant_id", "rank");

-- CreateIndex
CREATE INDEX "tier_standing_merchant_id_tier_id_idx" ON "tier_standing"("merchant_id", "tier_id");

-- CreateIndex
CREATE INDEX "tier_standing_review_at_idx" ON "tier_standing"("review_at");

-- CreateIndex
CREATE INDEX "badge_award_merchant_id_customer_id_idx" ON "badge_award"("merchant_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "badge_award_merchant_id_badge_id_customer_id_key" ON "badge_award"("merchant_id", "badge_id", "customer_id");

-- CreateIndex
CREATE INDEX "redemption_merchant_id_item_id_at_idx" ON "redemption"("merchant_id", "item_id", "at" DESC);

-- CreateIndex
CREATE INDEX "redemption_merchant_id_customer_id_at_idx" ON "redemption"("merchant_id", "customer_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "redemption_merchant_id_reward_id_key" ON "redemption"("merchant_id", "reward_id");

-- CreateIndex
CREATE UNIQUE INDEX "redemption_merchant_id_customer_id_request_key_key" ON "redemption"("merchant_id", "customer_id", "request_key");

-- CreateIndex
CREATE INDEX "replay_run_merchant_id_program_id_created_at_idx" ON "replay_run"("merchant_id", "program_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "replay_run_state_created_at_idx" ON "replay_run"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_pool_merchant_id_name_key" ON "coupon_pool"("merchant_id", "name");

-- CreateIndex
CREATE INDEX "coupon_pool_code_merchant_id_pool_id_taken_at_idx" ON "coupon_pool_code"("merchant_id", "pool_id", "taken_at");

-- CreateIndex
CREATE INDEX "payout_batch_merchant_id_state_created_at_idx" ON "payout_batch"("merchant_id", "state", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payout_batch_merchant_id_number_key" ON "payout_batch"("merchant_id", "number");

-- CreateIndex
CREATE INDEX "reward_merchant_id_payout_batch_id_idx" ON "reward"("merchant_id", "payout_batch_id");

-- CreateIndex
CREATE INDEX "reward_merchant_id_program_id_rule_id_earned_at_idx" ON "reward"("merchant_id", "program_id", "rule_id", "earned_at");

-- CreateIndex
CREATE INDEX "reward_merchant_id_advocate_id_earned_at_idx" ON "reward"("merchant_id", "advocate_id", "earned_at");

-- CreateIndex
CREATE INDEX "reward_state_expires_at_idx" ON "reward"("state", "expires_at");

-- AddForeignKey
ALTER TABLE "review_request" ADD CONSTRAINT "review_request_merchant_id_reward_id_fkey" FOREIGN KEY ("merchant_id", "reward_id") REFERENCES "reward"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_request" ADD CONSTRAINT "review_request_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nomination" ADD CONSTRAINT "nomination_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nomination" ADD CONSTRAINT "nomination_merchant_id_friend_id_fkey" FOREIGN KEY ("merchant_id", "friend_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nomination" ADD CONSTRAINT "nomination_merchant_id_advocate_id_fkey" FOREIGN KEY ("merchant_id", "advocate_id") REFERENCES "advocate"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaderboard" ADD CONSTRAINT "leaderboard_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "season" ADD CONSTRAINT "season_merchant_id_leaderboard_id_fkey" FOREIGN KEY ("merchant_id", "leaderboard_id") REFERENCES "leaderboard"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "season_score" ADD CONSTRAINT "season_score_merchant_id_season_id_fkey" FOREIGN KEY ("merchant_id", "season_id") REFERENCES "season"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "season_score" ADD CONSTRAINT "season_score_merchant_id_advocate_id_fkey" FOREIGN KEY ("merchant_id", "advocate_id") REFERENCES "advocate"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "season_tally" ADD CONSTRAINT "season_tally_merchant_id_season_id_fkey" FOREIGN KEY ("merchant_id", "season_id") REFERENCES "season"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_lot" ADD CONSTRAINT "ledger_lot_merchant_id_account_id_fkey" FOREIGN KEY ("merchant_id", "account_id") REFERENCES "ledger_account"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_lot" ADD CONSTRAINT "ledger_lot_merchant_id_transfer_id_fkey" FOREIGN KEY ("merchant_id", "transfer_id") REFERENCES "ledger_transfer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lot_move" ADD CONSTRAINT "lot_move_merchant_id_transfer_id_fkey" FOREIGN KEY ("merchant_id", "transfer_id") REFERENCES "ledger_transfer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lot_move" ADD CONSTRAINT "lot_move_merchant_id_lot_id_fkey" FOREIGN KEY ("merchant_id", "lot_id") REFERENCES "ledger_lot"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tier_standing" ADD CONSTRAINT "tier_standing_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tier_standing" ADD CONSTRAINT "tier_standing_merchant_id_tier_id_fkey" FOREIGN KEY ("merchant_id", "tier_id") REFERENCES "tier"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tier_step" ADD CONSTRAINT "tier_step_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "badge_award" ADD CONSTRAINT "badge_award_merchant_id_badge_id_fkey" FOREIGN KEY ("merchant_id", "badge_id") REFERENCES "badge"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "badge_award" ADD CONSTRAINT "badge_award_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_merchant_id_item_id_fkey" FOREIGN KEY ("merchant_id", "item_id") REFERENCES "catalogue_item"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_merchant_id_customer_id_fkey" FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_merchant_id_reward_id_fkey" FOREIGN KEY ("merchant_id", "reward_id") REFERENCES "reward"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replay_run" ADD CONSTRAINT "replay_run_merchant_id_program_id_fkey" FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replay_difference" ADD CONSTRAINT "replay_difference_merchant_id_run_id_fkey" FOREIGN KEY ("merchant_id", "run_id") REFERENCES "replay_run"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reward" ADD CONSTRAINT "reward_merchant_id_payout_batch_id_fkey" FOREIGN KEY ("merchant_id", "payout_batch_id") REFERENCES "payout_batch"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_pool_code" ADD CONSTRAINT "coupon_pool_code_merchant_id_pool_id_fkey" FOREIGN KEY ("merchant_id", "pool_id") REFERENCES "coupon_pool"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Rewards granted so far were earned when their first step says. The owner of the tables is under row-level security as
-- well, so it is lifted for this statement; goodword_protect_tenants() below puts it back.
ALTER TABLE reward NO FORCE ROW LEVEL SECURITY;
ALTER TABLE reward_step NO FORCE ROW LEVEL SECURITY;
UPDATE reward r SET earned_at = COALESCE(
  (SELECT min(s.at) FROM reward_step s WHERE s.merchant_id = r.merchant_id AND s.reward_id = r.id), r.granted_at);
ALTER TABLE reward ALTER COLUMN earned_at SET NOT NULL;

-- States and sums that no code path may break.
ALTER TABLE merchant ADD CONSTRAINT known_clawback CHECK (clawback_policy IN ('clamp', 'negative'));
ALTER TABLE ledger_lot
  ADD CONSTRAINT between_nothing_and_whole CHECK (amount_minor > 0 AND remaining_minor BETWEEN 0 AND amount_minor);
ALTER TABLE lot_move ADD CONSTRAINT moves_something CHECK (amount_minor <> 0);
ALTER TABLE payout_batch ADD CONSTRAINT known_state CHECK (state IN ('open', 'paid', 'cancelled'));
ALTER TABLE coupon_pool_code ADD CONSTRAINT taken_by_a_reward CHECK ((reward_id IS NULL) = (taken_at IS NULL));
ALTER TABLE replay_run ADD CONSTRAINT known_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'discarded'));
ALTER TABLE points_campaign
  ADD CONSTRAINT known_state CHECK (state IN ('active', 'disabled')),
  ADD CONSTRAINT ends_after_its_start CHECK (starts_at < ends_at),
  ADD CONSTRAINT multiplies CHECK (multiplier_bp BETWEEN 1 AND 1000000);
ALTER TABLE tier_plan
  ADD CONSTRAINT known_state CHECK (state IN ('active', 'disabled')),
  ADD CONSTRAINT known_metric CHECK (metric IN ('points', 'referrals', 'revenue')),
  ADD CONSTRAINT known_window CHECK ("window" IN ('rolling', 'calendar_year'));
ALTER TABLE tier ADD CONSTRAINT ranks_from_one CHECK (rank >= 1 AND threshold >= 0);
ALTER TABLE badge ADD CONSTRAINT known_state CHECK (state IN ('active', 'disabled'));
ALTER TABLE catalogue_item
  ADD CONSTRAINT known_state CHECK (state IN ('active', 'disabled')),
  ADD CONSTRAINT costs_something CHECK (price_points > 0),
  ADD CONSTRAINT never_oversold CHECK (redeemed >= 0 AND (stock IS NULL OR redeemed <= stock));
ALTER TABLE redemption ADD CONSTRAINT known_state CHECK (state IN ('done', 'cancelled'));
ALTER TABLE leaderboard
  ADD CONSTRAINT known_state CHECK (state IN ('active', 'disabled')),
  ADD CONSTRAINT known_metric CHECK (metric IN ('referrals', 'revenue', 'points')),
  ADD CONSTRAINT known_cadence CHECK (cadence IN ('week', 'month', 'custom', 'ever'));
ALTER TABLE season ADD CONSTRAINT known_state CHECK (state IN ('running', 'closed'));
ALTER TABLE season_tally ADD CONSTRAINT counts_people CHECK (people >= 0);
ALTER TABLE review_request ADD CONSTRAINT known_state CHECK (state IN ('open', 'answered'));
-- One question at a time about a reward.
CREATE UNIQUE INDEX review_request_open ON review_request (merchant_id, reward_id) WHERE state = 'open';
ALTER TABLE nomination
  ADD CONSTRAINT known_state CHECK (state IN ('asked', 'waiting', 'accepted', 'declined', 'rejected', 'unmatched'));

-- The best of a season, read off this index; the schema language knows no index over a part of the rows.
CREATE INDEX season_score_board ON season_score (merchant_id, season_id, score DESC, advocate_id) WHERE listed AND score > 0;
CREATE INDEX ledger_lot_open ON ledger_lot (merchant_id, account_id, expires_at, id) WHERE remaining_minor > 0;
CREATE INDEX ledger_lot_due ON ledger_lot (expires_at) WHERE remaining_minor > 0 AND expires_at IS NOT NULL;
CREATE INDEX coupon_pool_code_free ON coupon_pool_code (merchant_id, pool_id, code) WHERE taken_at IS NULL;
CREATE INDEX referral_in_review ON referral (merchant_id, created_at DESC) WHERE review_at IS NOT NULL;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tier_step', 'lot_move'] LOOP
    EXECUTE format(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION goodword_refuse_change()',
      name);
    EXECUTE format(
      'CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION goodword_refuse_change()',
      name);
  END LOOP;
END $$;

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;

-- What the gate lists as due.
GRANT SELECT (expires_at, reminded_at) ON reward TO goodword_gate;
GRANT SELECT (merchant_id, id, account_id, expires_at, remaining_minor, reminded_at) ON ledger_lot TO goodword_gate;
GRANT SELECT (merchant_id, customer_id, review_at) ON tier_standing TO goodword_gate;
GRANT SELECT (merchant_id, id, leaderboard_id, starts_at, ends_at, state) ON season TO goodword_gate;
GRANT SELECT (merchant_id, id, program_id, state, created_at) ON replay_run TO goodword_gate;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ledger_lot', 'tier_standing', 'season', 'replay_run'] LOOP
    EXECUTE format('CREATE POLICY gate_look_up ON %I FOR SELECT TO goodword_gate USING (true)', name);
  END LOOP;
END $$;
