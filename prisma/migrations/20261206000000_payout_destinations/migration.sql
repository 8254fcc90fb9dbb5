-- Where customers' cash goes: what a shop lets them say, what they said, and which of it a payout was prepared with.
ALTER TABLE "merchant" ADD COLUMN "payout_kinds" TEXT[] NOT NULL DEFAULT ARRAY['iban', 'paypal']::TEXT[],
  ADD COLUMN "payout_hint" TEXT;

CREATE TABLE "payout_destination" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "sealed" TEXT,
    "sealed_by" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "usable_from" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_destination_pkey" PRIMARY KEY ("merchant_id","id")
);
CREATE INDEX "payout_destination_merchant_id_customer_id_idx"
  ON "payout_destination"("merchant_id", "customer_id");
ALTER TABLE "payout_destination" ADD CONSTRAINT "payout_destination_merchant_id_customer_id_fkey"
  FOREIGN KEY ("merchant_id", "customer_id") REFERENCES "customer"("merchant_id", "id")
  ON DELETE RESTRICT ON UPDATE NO ACTION;

-- Of one customer there is one that counts, and one that waits to be confirmed.
CREATE UNIQUE INDEX payout_destination_one_counts ON payout_destination (merchant_id, customer_id)
  WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX payout_destination_one_waits ON payout_destination (merchant_id, customer_id)
  WHERE confirmed_at IS NULL;

ALTER TABLE "reward" ADD COLUMN "payout_destination_id" TEXT;
CREATE INDEX "reward_merchant_id_payout_destination_id_idx"
  ON "reward"("merchant_id", "payout_destination_id");
ALTER TABLE "reward" ADD CONSTRAINT "reward_merchant_id_payout_destination_id_fkey"
  FOREIGN KEY ("merchant_id", "payout_destination_id") REFERENCES "payout_destination"("merchant_id", "id")
  ON DELETE RESTRICT ON UPDATE NO ACTION;
SELECT goodword_protect_tenants();
