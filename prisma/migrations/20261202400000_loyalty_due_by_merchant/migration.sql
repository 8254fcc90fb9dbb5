-- The worker takes a share of each merchant's notes, the first noted first.
DROP INDEX "loyalty_due_noted_in_idx";
CREATE INDEX "loyalty_due_merchant_id_noted_in_idx" ON "loyalty_due"("merchant_id", "noted_in");
