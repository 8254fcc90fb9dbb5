-- How a customer's session began: what is done in it carries that.
ALTER TABLE "customer_session" ADD COLUMN "provenance" TEXT;
UPDATE "customer_session" SET "provenance" = CASE WHEN "key_id" IS NULL THEN 'email' ELSE 'handover' END;
ALTER TABLE "customer_session" ALTER COLUMN "provenance" SET NOT NULL;
