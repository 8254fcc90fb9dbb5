-- CreateTable
CREATE TABLE "season_due" (
    "merchant_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "noted_in" BIGINT NOT NULL,

    CONSTRAINT "season_due_pkey" PRIMARY KEY ("merchant_id","customer_id","noted_in")
);

-- Points are called back by refunds, rejections and by hand: whichever way it was, the scores they counted in follow.
CREATE FUNCTION goodword_note_points() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO season_due (merchant_id, customer_id, noted_in)
  VALUES (NEW.merchant_id, NEW.customer_id, pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER note_points AFTER UPDATE ON reward FOR EACH ROW
  WHEN (NEW.asset = 'PTS/0' AND (OLD.reversed_minor <> NEW.reversed_minor
    OR (OLD.state IN ('voided', 'reversed')) <> (NEW.state IN ('voided', 'reversed'))))
  EXECUTE FUNCTION goodword_note_points();

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;
GRANT SELECT ON season_due TO goodword_gate;
CREATE POLICY gate_look_up ON season_due FOR SELECT TO goodword_gate USING (true);
