-- DropIndex
DROP INDEX "advocate_merchant_id_program_id_confirmed_count_id_idx";

-- AlterTable
ALTER TABLE "leaderboard" ALTER COLUMN "name" TYPE JSONB USING jsonb_build_object('en', "name", 'sq', '', 'zh', '');
ALTER TABLE "leaderboard" ADD COLUMN     "grace_hours" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "season" ADD COLUMN     "closes_at" TIMESTAMPTZ(3),
ADD COLUMN     "counted_at" TIMESTAMPTZ(3),
ADD COLUMN     "turned_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "season_change" (
    "merchant_id" TEXT NOT NULL,
    "season_id" TEXT NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "was" BIGINT NOT NULL,
    "now" BIGINT NOT NULL,

    CONSTRAINT "season_change_pkey" PRIMARY KEY ("merchant_id","season_id","id")
);

-- CreateTable
CREATE TABLE "season_winner" (
    "merchant_id" TEXT NOT NULL,
    "season_id" TEXT NOT NULL,
    "advocate_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "score" BIGINT NOT NULL,
    "prize" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "reward_id" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "season_winner_pkey" PRIMARY KEY ("merchant_id","season_id","advocate_id")
);

-- CreateIndex
CREATE INDEX "season_state_closes_at_idx" ON "season"("state", "closes_at");

-- CreateIndex
CREATE INDEX "season_winner_merchant_id_advocate_id_idx" ON "season_winner"("merchant_id", "advocate_id");

-- CreateIndex
CREATE INDEX "season_winner_state_next_try_at_idx" ON "season_winner"("state", "next_try_at");

-- AddForeignKey
ALTER TABLE "season_change" ADD CONSTRAINT "season_change_merchant_id_season_id_fkey" FOREIGN KEY ("merchant_id", "season_id") REFERENCES "season"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "season_winner" ADD CONSTRAINT "season_winner_merchant_id_season_id_fkey" FOREIGN KEY ("merchant_id", "season_id") REFERENCES "season"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "season_winner" ADD CONSTRAINT "season_winner_merchant_id_advocate_id_fkey" FOREIGN KEY ("merchant_id", "advocate_id") REFERENCES "advocate"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE leaderboard ADD CONSTRAINT grace_is_a_time CHECK (grace_hours >= 0);
ALTER TABLE season ADD CONSTRAINT closes_after_its_end
  CHECK ((ends_at IS NULL) = (closes_at IS NULL) AND (ends_at IS NULL OR starts_at < ends_at AND ends_at <= closes_at));
ALTER TABLE season_score ADD CONSTRAINT nothing_or_more CHECK (score >= 0);
ALTER TABLE season_change ADD CONSTRAINT changes_something CHECK (was <> now AND was >= 0 AND now >= 0);
ALTER TABLE season_winner
  ADD CONSTRAINT known_state CHECK (state IN ('due', 'given', 'withheld')),
  ADD CONSTRAINT given_is_a_reward CHECK ((state = 'given') = (reward_id IS NOT NULL));

-- What somebody earned in points over a span of time.
CREATE INDEX reward_points_earned ON reward (merchant_id, customer_id, earned_at) WHERE asset = 'PTS/0';

-- Every program has had one board so far: friends ever confirmed, of those who chose a name. The owner of the tables is
-- under row-level security as well, so it is lifted here; goodword_protect_tenants() below puts it back.
ALTER TABLE program NO FORCE ROW LEVEL SECURITY;
ALTER TABLE advocate NO FORCE ROW LEVEL SECURITY;
ALTER TABLE referral NO FORCE ROW LEVEL SECURITY;
ALTER TABLE leaderboard NO FORCE ROW LEVEL SECURITY;
ALTER TABLE season NO FORCE ROW LEVEL SECURITY;
ALTER TABLE season_score NO FORCE ROW LEVEL SECURITY;
ALTER TABLE season_tally NO FORCE ROW LEVEL SECURITY;
INSERT INTO leaderboard (merchant_id, id, program_id, name, metric, cadence, prizes, state, created_at, updated_at)
SELECT merchant_id, 'brd' || substr(id, 4), id, '{"en": "Leaderboard", "sq": "Renditja", "zh": "排行榜"}', 'referrals', 'ever', '[]',
  'active', created_at, created_at
FROM program;
INSERT INTO season (merchant_id, id, leaderboard_id, starts_at, state, counted_at)
SELECT merchant_id, 'sea' || substr(id, 4), id, to_timestamp(0), 'running', now() FROM leaderboard;
INSERT INTO season_score (merchant_id, season_id, advocate_id, score, listed)
SELECT a.merchant_id, 'sea' || substr(a.program_id, 4), a.id, count(*), a.alias IS NOT NULL
FROM advocate a JOIN referral r ON r.merchant_id = a.merchant_id AND r.advocate_id = a.id
WHERE r.state IN ('qualified', 'rewarded')
GROUP BY a.merchant_id, a.id;
INSERT INTO season_tally (merchant_id, season_id, level, bucket, people)
SELECT merchant_id, season_id, level, score >> (5 * level), count(*)
FROM season_score, generate_series(0, 12) level
WHERE listed AND score >> (5 * level) > 0
GROUP BY 1, 2, 3, 4;

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;

-- What the gate lists as due.
GRANT SELECT (counted_at, turned_at, closes_at) ON season TO goodword_gate;
GRANT SELECT (merchant_id, season_id, advocate_id, state, next_try_at) ON season_winner TO goodword_gate;
GRANT SELECT (merchant_id, season_id) ON season_change TO goodword_gate;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['season_winner', 'season_change'] LOOP
    EXECUTE format('CREATE POLICY gate_look_up ON %I FOR SELECT TO goodword_gate USING (true)', name);
  END LOOP;
END $$;
