-- The gate finds referrals that have waited as long as their shop lets them.
GRANT SELECT (review_remind_days, review_decide_days, review_decision)
  ON merchant TO goodword_gate;
