-- Types of events that count as goals although a browser sent them, by a shop's own word; and the events that did, for
-- the limit of a day.
CREATE TABLE "allowed_event" (
    "merchant_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "per_day" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "allowed_event_pkey" PRIMARY KEY ("merchant_id","type")
);
CREATE TABLE "browser_goal" (
    "merchant_id" TEXT NOT NULL,
    "program_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "browser_goal_pkey" PRIMARY KEY ("merchant_id","program_id","event_id")
);
CREATE INDEX "browser_goal_merchant_id_program_id_type_at_idx" ON "browser_goal"("merchant_id", "program_id", "type", "at");
ALTER TABLE "allowed_event" ADD CONSTRAINT "allowed_event_merchant_id_fkey"
  FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "browser_goal" ADD CONSTRAINT "browser_goal_merchant_id_program_id_fkey"
  FOREIGN KEY ("merchant_id", "program_id") REFERENCES "program"("merchant_id", "id")
  ON DELETE RESTRICT ON UPDATE NO ACTION;
SELECT goodword_protect_tenants();

-- A referral that such an event moved is decided about by staff; no rule approves it.
ALTER TABLE "referral" ADD COLUMN "by_browser" BOOLEAN NOT NULL DEFAULT false;
GRANT SELECT (by_browser) ON referral TO goodword_gate;
