-- A reward may also be reversed because another one stands in its place.
ALTER TABLE reward DROP CONSTRAINT known_reversal_reason;
ALTER TABLE reward ADD CONSTRAINT known_reversal_reason CHECK (reversal_reason IN
  ('refunded', 'cancelled_by_customer', 'cancelled_by_shop', 'voided_by_staff', 'referral_rejected', 'too_few_friends',
   'superseded'));
ALTER TABLE reward_step DROP CONSTRAINT known_reversal_reason;
ALTER TABLE reward_step ADD CONSTRAINT known_reversal_reason CHECK (reversal_reason IN
  ('refunded', 'cancelled_by_customer', 'cancelled_by_shop', 'voided_by_staff', 'referral_rejected', 'too_few_friends',
   'superseded'));
