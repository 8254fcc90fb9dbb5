-- Clicks that came in such a crowd that they were not stored: how many of whose link on which day, so that staff can
-- see that there were more.
CREATE TABLE "click_left_out" (
    "merchant_id" TEXT NOT NULL,
    "advocate_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "clicks" INTEGER NOT NULL,

    CONSTRAINT "click_left_out_pkey" PRIMARY KEY ("merchant_id","day","advocate_id")
);
ALTER TABLE "click_left_out" ADD CONSTRAINT "click_left_out_merchant_id_advocate_id_fkey"
  FOREIGN KEY ("merchant_id", "advocate_id") REFERENCES "advocate"("merchant_id", "id")
  ON DELETE RESTRICT ON UPDATE NO ACTION;
SELECT goodword_protect_tenants();

-- The hot path adds them up in the statement that stores the others.
GRANT SELECT, INSERT, UPDATE (clicks) ON click_left_out TO goodword_gate;
CREATE POLICY gate_look_up ON click_left_out FOR SELECT TO goodword_gate USING (true);
CREATE POLICY gate_take_in ON click_left_out FOR INSERT TO goodword_gate WITH CHECK (true);
CREATE POLICY gate_add_up ON click_left_out FOR UPDATE TO goodword_gate USING (true);
