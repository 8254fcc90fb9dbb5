-- A merged customer's referrals become further rounds of the one who remains: none has to name nobody in between.
ALTER TABLE "referral" ALTER CONSTRAINT "referral_merchant_id_friend_id_fkey" NOT DEFERRABLE;
