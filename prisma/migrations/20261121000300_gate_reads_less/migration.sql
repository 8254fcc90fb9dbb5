-- The gate sees all merchants at once, so it reads only what it is for. Mail holds links that let their reader in.
REVOKE ALL ON user_message FROM goodword_gate;
REVOKE ALL ON advocate FROM goodword_gate;
DROP POLICY gate_look_up ON advocate;
REVOKE SELECT ON message, reward, referral FROM goodword_gate;
GRANT SELECT (merchant_id, id, state, next_try_at) ON message TO goodword_gate;
GRANT SELECT (merchant_id, id, state, held_until, referral_id) ON reward TO goodword_gate;
GRANT SELECT (merchant_id, id, state, friend_id, expires_at, review_at) ON referral TO goodword_gate;
