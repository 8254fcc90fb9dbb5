-- CreateTable
CREATE TABLE "visit_due" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "event_ids" TEXT[] NOT NULL,

    CONSTRAINT "visit_due_pkey" PRIMARY KEY ("merchant_id","id")
);

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;

-- The hot path notes clicks here, all of a statement's in one row, and nothing for an advocate by itself.
REVOKE INSERT ON advocate_due FROM goodword_gate;
DROP POLICY gate_take_in ON advocate_due;
GRANT SELECT, INSERT ON visit_due TO goodword_gate;
CREATE POLICY gate_look_up ON visit_due FOR SELECT TO goodword_gate USING (true);
CREATE POLICY gate_take_in ON visit_due FOR INSERT TO goodword_gate WITH CHECK (true);
