-- What the schema language cannot say: who may see which rows, what may never change, and that the books balance.

-- Roles. The application connects as the owner and steps down to one of these at once (lib/core/db.ts).
DO $$
DECLARE name text;
BEGIN
  -- Roles belong to the whole server: two databases migrating at once must not both create them.
  PERFORM pg_advisory_xact_lock(hashtext('goodword roles'));
  FOREACH name IN ARRAY ARRAY['goodword_app', 'goodword_gate'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', name);
    END IF;
    EXECUTE format('GRANT %I TO CURRENT_USER', name);
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
  END LOOP;
END $$;

-- Tenancy. Run this at the end of every migration that adds a tenant table; running it again changes nothing.
CREATE FUNCTION goodword_protect_tenants() RETURNS void LANGUAGE plpgsql AS $$
DECLARE tenant record;
BEGIN
  FOR tenant IN
    SELECT c.relname AS name, CASE c.relname WHEN 'merchant' THEN 'id' ELSE 'merchant_id' END AS key
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid
      AND a.attname = CASE c.relname WHEN 'merchant' THEN 'id' ELSE 'merchant_id' END
    WHERE c.relkind = 'r'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant.name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant.name);
    EXECUTE format('DROP POLICY IF EXISTS tenant ON %I', tenant.name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I TO goodword_app USING (%I = current_setting(''app.merchant_id'', true))',
      tenant.name, tenant.key);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO goodword_app', tenant.name);
  END LOOP;
END $$;
SELECT goodword_protect_tenants();

-- People and their mail belong to no merchant.
GRANT SELECT, INSERT, UPDATE ON app_user, login_token, user_message TO goodword_app;
GRANT DELETE ON login_token TO goodword_app;

-- The gate: finds out whose something is, takes in events, lists work that is due. Nothing else.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'merchant', 'member', 'member_invite', 'api_key', 'program', 'program_version', 'advocate', 'share_code',
    'event', 'event_inbox', 'reward', 'referral', 'message'
  ] LOOP
    EXECUTE format('GRANT SELECT ON %I TO goodword_gate', name);
    EXECUTE format('CREATE POLICY gate_look_up ON %I FOR SELECT TO goodword_gate USING (true)', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['event', 'event_inbox'] LOOP
    EXECUTE format('GRANT INSERT ON %I TO goodword_gate', name);
    EXECUTE format('CREATE POLICY gate_take_in ON %I FOR INSERT TO goodword_gate WITH CHECK (true)', name);
  END LOOP;
END $$;
GRANT SELECT, UPDATE ON user_message TO goodword_gate;

-- Append-only: not for the application, not for anyone with a prompt and a hurry.
CREATE FUNCTION goodword_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'event', 'program_version', 'ledger_transfer', 'referral_step', 'reward_step', 'refund', 'audit_entry', 'consent'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION goodword_refuse_change()',
      name);
    EXECUTE format(
      'CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION goodword_refuse_change()',
      name);
    EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM goodword_app', name);
  END LOOP;
END $$;

-- The ledger: a balance is the sum of its transfers because nothing but a transfer moves it.
CREATE FUNCTION goodword_post_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  account text;
  its_asset text;
  original ledger_transfer;
BEGIN
  -- In id order, so that two transfers over the same accounts never wait for each other. One by one and by the whole
  -- key: a function's plan is made for the average merchant, and must not scan the accounts of a large one.
  FOREACH account IN ARRAY ARRAY[
    LEAST(NEW.debit_account_id, NEW.credit_account_id), GREATEST(NEW.debit_account_id, NEW.credit_account_id)
  ] LOOP
    UPDATE ledger_account
    SET balance_minor = balance_minor
      + CASE account WHEN NEW.credit_account_id THEN NEW.amount_minor ELSE -NEW.amount_minor END
    WHERE merchant_id = NEW.merchant_id AND id = account
    RETURNING asset INTO its_asset;
    IF its_asset IS DISTINCT FROM NEW.asset THEN
      RAISE EXCEPTION 'a transfer of % needs two accounts of that asset', NEW.asset USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  IF NEW.reverses_id IS NOT NULL THEN
    SELECT * INTO original FROM ledger_transfer WHERE merchant_id = NEW.merchant_id AND id = NEW.reverses_id;
    IF original.id IS NULL OR original.reverses_id IS NOT NULL
      OR (original.debit_account_id, original.credit_account_id, original.amount_minor)
        IS DISTINCT FROM (NEW.credit_account_id, NEW.debit_account_id, NEW.amount_minor)
    THEN
      RAISE EXCEPTION 'a reversal mirrors the transfer it reverses' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER post AFTER INSERT ON ledger_transfer FOR EACH ROW EXECUTE FUNCTION goodword_post_transfer();

CREATE FUNCTION goodword_guard_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.balance_minor <> 0 THEN
      RAISE EXCEPTION 'an account opens empty' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.balance_minor <> OLD.balance_minor AND pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'only a transfer moves a balance' USING ERRCODE = 'restrict_violation';
  ELSIF (NEW.merchant_id, NEW.id, NEW.asset, NEW.kind, NEW.owner_id)
    IS DISTINCT FROM (OLD.merchant_id, OLD.id, OLD.asset, OLD.kind, OLD.owner_id) THEN
    RAISE EXCEPTION 'an account stays what it is' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_balance BEFORE INSERT OR UPDATE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION goodword_guard_balance();

ALTER TABLE ledger_account
  ADD CONSTRAINT nothing_overdrawn CHECK (may_overdraw OR balance_minor >= 0),
  ADD CONSTRAINT known_kind CHECK (kind IN ('funding', 'pending', 'available', 'issued', 'spent')),
  ADD CONSTRAINT only_funding_overdraws CHECK (may_overdraw = (kind = 'funding')),
  ADD CONSTRAINT named_by_what_it_is CHECK (id = kind || ':' || owner_id || ':' || asset);
-- A take-back that found nothing is kept with 0, so that asking again for the same cause finds nothing again.
ALTER TABLE ledger_transfer
  ADD CONSTRAINT never_backwards CHECK (amount_minor >= 0),
  ADD CONSTRAINT moves_elsewhere CHECK (debit_account_id <> credit_account_id);

-- States and sums that no code path may break.
ALTER TABLE merchant
  ADD CONSTRAINT only_a_sandbox_moves_its_clock CHECK (sandbox_of_id IS NOT NULL OR clock_offset_ms = 0),
  ADD CONSTRAINT margin_is_a_share CHECK (margin_bp BETWEEN 0 AND 10000);
ALTER TABLE member
  ADD CONSTRAINT known_role CHECK (role IN ('owner', 'admin', 'analyst', 'support'));
ALTER TABLE program
  ADD CONSTRAINT known_state CHECK (state IN ('draft', 'live', 'paused', 'ended'));
ALTER TABLE referral
  ADD CONSTRAINT known_state
    CHECK (state IN ('clicked', 'joined', 'qualified', 'rewarded', 'rejected', 'expired', 'reversed'));
ALTER TABLE reward
  ADD CONSTRAINT known_state
    CHECK (state IN ('held', 'available', 'issued', 'used', 'voided', 'expired', 'reversed')),
  ADD CONSTRAINT known_side CHECK (side IN ('advocate', 'friend')),
  ADD CONSTRAINT reversed_at_most_whole
    CHECK (recovered_minor >= 0 AND recovered_minor <= reversed_minor AND reversed_minor <= COALESCE(amount_minor, 0)),
  ADD CONSTRAINT amount_has_an_asset CHECK ((amount_minor IS NULL) = (asset IS NULL)),
  ADD CONSTRAINT costs_nothing_or_more CHECK (cost_minor >= 0);
ALTER TABLE shop_order
  ADD CONSTRAINT refunded_at_most_whole CHECK (refunded_minor >= 0 AND refunded_minor <= total_minor);
ALTER TABLE order_line
  ADD CONSTRAINT refunded_at_most_whole
    CHECK (refunded_minor >= 0 AND refunded_minor <= total_minor AND refunded_quantity <= quantity);
