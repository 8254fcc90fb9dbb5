-- What belongs to no tenant has no row-level security: the application reaches it through the columns that a request
-- needs. Nobody who could make it run a statement of theirs gets the hashes of all passwords, or the links in emails.
REVOKE ALL ON app_user, login_token, user_message FROM goodword_app;
GRANT INSERT ON app_user, login_token, user_message TO goodword_app;
GRANT SELECT (id, email, name, session_epoch, email_proven_at),
  UPDATE (password_hash, session_epoch, email_proven_at) ON app_user TO goodword_app;
GRANT SELECT (token_hash, purpose, email, payload, expires_at, used_at),
  UPDATE (used_at) ON login_token TO goodword_app;
GRANT DELETE ON login_token TO goodword_app;
GRANT SELECT (id, recipient, template, state, attempts, next_try_at, created_at),
  UPDATE (subject, text, html, state, attempts, next_try_at, last_error, sent_at) ON user_message TO goodword_app;

-- The hash of one password, to compare one that somebody typed.
CREATE FUNCTION goodword_password_hash(member_id TEXT) RETURNS TEXT
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT password_hash FROM app_user WHERE id = member_id
$$;
REVOKE ALL ON FUNCTION goodword_password_hash(TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goodword_password_hash(TEXT) TO goodword_app;

-- Takes emails to users that are due, to be sent: nobody else gets them before the lease has passed, or ever once they
-- were sent.
CREATE FUNCTION goodword_take_user_messages(due TIMESTAMPTZ, lease TIMESTAMPTZ, most INT)
RETURNS TABLE (id TEXT, recipient TEXT, subject TEXT, text TEXT, html TEXT, attempts INT)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE user_message m SET attempts = m.attempts + 1, next_try_at = lease
  WHERE m.id IN (
    SELECT d.id FROM user_message d WHERE d.state = 'queued' AND d.next_try_at <= due
    ORDER BY d.next_try_at, d.id LIMIT most FOR NO KEY UPDATE SKIP LOCKED)
  RETURNING m.id, m.recipient, m.subject, m.text, m.html, m.attempts
$$;
REVOKE ALL ON FUNCTION goodword_take_user_messages(TIMESTAMPTZ, TIMESTAMPTZ, INT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goodword_take_user_messages(TIMESTAMPTZ, TIMESTAMPTZ, INT) TO goodword_app;

-- The gate, which sees all merchants at once, finds out whose something is: no keys that sign tokens, no drafts, no
-- settings.
REVOKE SELECT ON api_key, member, member_invite, merchant, program, program_version FROM goodword_gate;
GRANT SELECT (merchant_id, id, kind, label, hash, last_used_at, revoked_at) ON api_key TO goodword_gate;
GRANT SELECT (merchant_id, user_id, role) ON member TO goodword_gate;
GRANT SELECT (merchant_id, id, email, role, token_hash, expires_at, accepted_at, revoked_at)
  ON member_invite TO goodword_gate;
GRANT SELECT (id, slug, name, sandbox_of_id, clock_offset_ms, currency, currency_scale, time_zone, logo_asset_id,
  two_step_required, created_at) ON merchant TO goodword_gate;
GRANT SELECT (merchant_id, id, slug, state, current_version, watches) ON program TO goodword_gate;
GRANT SELECT (merchant_id, program_id, version, terms) ON program_version TO goodword_gate;
