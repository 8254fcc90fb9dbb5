-- An account's transfers are read newest first: in the order of their ids, straight off the index.
-- DropIndex
DROP INDEX "ledger_transfer_merchant_id_credit_account_id_idx";

-- DropIndex
DROP INDEX "ledger_transfer_merchant_id_debit_account_id_idx";

-- CreateIndex
CREATE INDEX "ledger_transfer_merchant_id_debit_account_id_id_idx" ON "ledger_transfer"("merchant_id", "debit_account_id", "id");

-- CreateIndex
CREATE INDEX "ledger_transfer_merchant_id_credit_account_id_id_idx" ON "ledger_transfer"("merchant_id", "credit_account_id", "id");
