-- Why a reward was voided or reversed, apart from the words that a member may write about it: what its owner is told.
ALTER TABLE "reward" ADD COLUMN "reversal_reason" TEXT;
ALTER TABLE "reward_step" ADD COLUMN "reversal_reason" TEXT;

ALTER TABLE reward ADD CONSTRAINT known_reversal_reason CHECK (reversal_reason IN
  ('refunded', 'cancelled_by_customer', 'cancelled_by_shop', 'voided_by_staff', 'referral_rejected', 'too_few_friends'));
ALTER TABLE reward_step ADD CONSTRAINT known_reversal_reason CHECK (reversal_reason IN
  ('refunded', 'cancelled_by_customer', 'cancelled_by_shop', 'voided_by_staff', 'referral_rejected', 'too_few_friends'));
