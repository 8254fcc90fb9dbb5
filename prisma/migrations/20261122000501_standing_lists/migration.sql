-- DropIndex
DROP INDEX "tier_standing_merchant_id_tier_id_idx";

-- CreateIndex
CREATE INDEX "badge_award_merchant_id_badge_id_awarded_at_customer_id_idx" ON "badge_award"("merchant_id", "badge_id", "awarded_at" DESC, "customer_id" DESC);

-- CreateIndex
CREATE INDEX "tier_standing_merchant_id_tier_id_reached_at_customer_id_idx" ON "tier_standing"("merchant_id", "tier_id", "reached_at" DESC, "customer_id" DESC);
