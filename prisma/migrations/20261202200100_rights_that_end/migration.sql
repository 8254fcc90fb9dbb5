-- Keys carry who made them, so that they end with the rights of their maker. Of those from before, the audit log knows.
ALTER TABLE "api_key" ADD COLUMN "created_by_id" TEXT;
-- The owner of the tables is under row-level security as well, so it is lifted for this statement;
-- goodword_protect_tenants() below puts it back.
ALTER TABLE api_key NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
UPDATE api_key k SET created_by_id =
  (SELECT a.actor_id FROM audit_entry a
   WHERE a.merchant_id = k.merchant_id AND a.subject_type = 'key' AND a.subject_id = k.id
     AND a.action = 'key.create' AND a.actor_kind = 'member');

-- Tokens by which the shop's server let a customer in, until they expire: each is good once.
CREATE TABLE "spent_token" (
    "merchant_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_token_pkey" PRIMARY KEY ("merchant_id","id")
);
CREATE INDEX "spent_token_merchant_id_expires_at_idx" ON "spent_token"("merchant_id", "expires_at");
SELECT goodword_protect_tenants();
