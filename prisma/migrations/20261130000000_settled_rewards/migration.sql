-- What a reward is for, and what granted it, in columns of their own: nobody parses a key.
ALTER TABLE "reward"
  ADD COLUMN "source" TEXT NOT NULL DEFAULT 'rule',
  ADD COLUMN "cause_kind" TEXT,
  ADD COLUMN "cause_ref" TEXT;
UPDATE "reward" SET
  source = CASE
    WHEN rule_id LIKE 'catalogue:%' THEN 'catalogue'
    WHEN rule_id LIKE 'season:%' THEN 'season'
    WHEN rule_id = 'goodwill' THEN 'goodwill'
    ELSE 'rule' END,
  cause_kind = CASE split_part(cause_key, ':', 1)
    WHEN 'second' THEN 'second_level'
    ELSE split_part(cause_key, ':', 1) END,
  cause_ref = CASE strpos(cause_key, ':') WHEN 0 THEN ''
    ELSE substr(cause_key, strpos(cause_key, ':') + 1) END;
ALTER TABLE "reward"
  ALTER COLUMN "cause_kind" SET NOT NULL,
  ALTER COLUMN "cause_ref" SET NOT NULL;
ALTER TABLE "reward" ALTER COLUMN "source" DROP DEFAULT;
DROP INDEX "reward_merchant_id_program_id_rule_id_cause_key_customer_id_key";
ALTER TABLE "reward" DROP COLUMN "cause_key";
-- Once per rule, cause and person. One that was voided or reversed makes room for another, when
-- the facts call for it again.
CREATE UNIQUE INDEX reward_granted_once
  ON reward (merchant_id, program_id, rule_id, cause_kind, cause_ref, customer_id)
  WHERE state NOT IN ('voided', 'reversed');

-- Rewards that were refused, each with what it was decided on: it is decided again only when that
-- turns out to have been different.
CREATE TABLE "reward_refusal" (
    "merchant_id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "cause_kind" TEXT NOT NULL,
    "cause_ref" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "referral_id" TEXT,
    "advocate_id" TEXT NOT NULL,
    "event_id" TEXT,
    "basis" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "reasons" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reward_refusal_pkey" PRIMARY KEY ("merchant_id","program_id","rule_id","cause_kind","cause_ref","customer_id")
);
CREATE INDEX "reward_refusal_merchant_id_referral_id_idx" ON "reward_refusal"("merchant_id", "referral_id");
CREATE INDEX "reward_refusal_merchant_id_advocate_id_idx" ON "reward_refusal"("merchant_id", "advocate_id");
ALTER TABLE "reward_refusal" ADD CONSTRAINT "reward_refusal_merchant_id_customer_id_fkey"
  FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- The people of an event as they were when it was processed: what is decided about it later, is
-- decided by that.
ALTER TABLE "event_outcome" ADD COLUMN "people" JSONB;

-- A friend whose referral expired may be invited again: each time is a round of its own.
ALTER TABLE "referral" ADD COLUMN "round" INTEGER NOT NULL DEFAULT 1;
DROP INDEX "referral_merchant_id_program_id_friend_id_key";
CREATE UNIQUE INDEX "referral_merchant_id_program_id_friend_id_round_key" ON "referral"("merchant_id", "program_id", "friend_id", "round");

-- Which of several programs a purchase counts for, when the friend came through more than one.
ALTER TABLE "merchant" ADD COLUMN "counting_touch" TEXT NOT NULL DEFAULT 'latest';

-- What was noted for an advocate, in columns: what kind of note it is, of what, and in which
-- transaction: notes of different ones never wait for each other.
ALTER TABLE "advocate_due"
  ADD COLUMN "kind" TEXT, ADD COLUMN "ref" TEXT, ADD COLUMN "noted_in" BIGINT NOT NULL DEFAULT 0;
UPDATE "advocate_due" SET
  kind = split_part(note, ':', 1),
  ref = CASE WHEN note LIKE 'visit:%' THEN substr(note, 7) ELSE '' END,
  noted_in = CASE WHEN note LIKE 'friends:%' THEN substr(note, 9)::bigint ELSE 0 END;
ALTER TABLE "advocate_due" DROP CONSTRAINT "advocate_due_pkey";
ALTER TABLE "advocate_due"
  ALTER COLUMN "kind" SET NOT NULL,
  ALTER COLUMN "ref" SET NOT NULL,
  DROP COLUMN "note",
  ADD CONSTRAINT "advocate_due_pkey" PRIMARY KEY ("merchant_id", "advocate_id", "kind", "ref", "noted_in");

-- Referrals that qualified, or no longer do, or did at another time, or whose review ended: for
-- their advocate, and for the one through whom that advocate came.
CREATE OR REPLACE FUNCTION goodword_note_friends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM program p WHERE p.merchant_id = NEW.merchant_id AND p.id = NEW.program_id
      AND p.watches && ARRAY['milestone', 'second_level', 'qualified_count']) THEN
    INSERT INTO advocate_due (merchant_id, advocate_id, kind, ref, noted_in, noted_at)
    SELECT NEW.merchant_id, who.id, 'friends', '', pg_current_xact_id()::text::bigint, now()
    FROM (
      SELECT NEW.advocate_id AS id
      UNION
      SELECT r.advocate_id FROM advocate a
      JOIN referral r ON r.merchant_id = a.merchant_id AND r.friend_id = a.customer_id AND r.program_id = a.program_id
      WHERE a.merchant_id = NEW.merchant_id AND a.id = NEW.advocate_id
    ) who
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER note_friends ON referral;
CREATE TRIGGER note_friends AFTER UPDATE ON referral FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state
    OR OLD.qualified_at IS DISTINCT FROM NEW.qualified_at
    OR (OLD.review_at IS NULL) <> (NEW.review_at IS NULL))
  EXECUTE FUNCTION goodword_note_friends();

CREATE OR REPLACE FUNCTION goodword_note_joined() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO advocate_due (merchant_id, advocate_id, kind, ref, noted_at)
  SELECT NEW.merchant_id, NEW.id, 'joined', '', now() FROM program p
  WHERE p.merchant_id = NEW.merchant_id AND p.id = NEW.program_id
    AND p.watches && ARRAY['own_join', 'own_purchase', 'own_event', 'experiment'];
  RETURN NULL;
END $$;

-- Programs with a friend's rule that counts qualified referrals: their advocates are looked at too.
UPDATE "program" p SET watches = array_append(watches, 'qualified_count')
WHERE EXISTS (
  SELECT FROM program_version v
  WHERE v.merchant_id = p.merchant_id AND v.program_id = p.id
    AND v.terms::text LIKE '%confirmed_referrals%'
);

SELECT goodword_protect_tenants();
