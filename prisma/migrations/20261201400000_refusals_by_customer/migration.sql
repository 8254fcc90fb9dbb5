-- CreateIndex
CREATE INDEX "reward_refusal_merchant_id_customer_id_idx" ON "reward_refusal"("merchant_id", "customer_id");
