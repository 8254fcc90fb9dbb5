-- AlterTable
ALTER TABLE "program" ADD COLUMN     "watches" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "advocate_due" (
    "merchant_id" TEXT NOT NULL,
    "advocate_id" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "advocate_due_pkey" PRIMARY KEY ("merchant_id","advocate_id","note")
);

-- Referrals that were confirmed or are so no more, or whose review ended: for their advocate, and for the one through whom
-- that advocate came. Noted in the transaction of the change, so that no way of changing it can forget. A note carries its
-- transaction: those of different ones never wait for each other.
CREATE FUNCTION goodword_note_friends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM program p WHERE p.merchant_id = NEW.merchant_id AND p.id = NEW.program_id
      AND p.watches && ARRAY['milestone', 'second_level']) THEN
    INSERT INTO advocate_due (merchant_id, advocate_id, note, noted_at)
    SELECT NEW.merchant_id, who.id, 'friends:' || pg_current_xact_id(), now()
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
CREATE TRIGGER note_friends AFTER UPDATE ON referral FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state OR (OLD.review_at IS NULL) <> (NEW.review_at IS NULL))
  EXECUTE FUNCTION goodword_note_friends();

-- Who joined a program that rewards what its advocates do themselves, or draws them into an experiment.
CREATE FUNCTION goodword_note_joined() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO advocate_due (merchant_id, advocate_id, note, noted_at)
  SELECT NEW.merchant_id, NEW.id, 'joined', now() FROM program p
  WHERE p.merchant_id = NEW.merchant_id AND p.id = NEW.program_id
    AND p.watches && ARRAY['own_join', 'own_purchase', 'own_event', 'experiment'];
  RETURN NULL;
END $$;
CREATE TRIGGER note_joined AFTER INSERT ON advocate FOR EACH ROW EXECUTE FUNCTION goodword_note_joined();

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;

-- What the gate lists as due, and where the hot path puts a click that may be rewarded.
GRANT SELECT, INSERT ON advocate_due TO goodword_gate;
CREATE POLICY gate_look_up ON advocate_due FOR SELECT TO goodword_gate USING (true);
CREATE POLICY gate_take_in ON advocate_due FOR INSERT TO goodword_gate WITH CHECK (true);
