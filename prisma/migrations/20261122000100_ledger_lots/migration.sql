-- AlterTable
ALTER TABLE "reward" ADD COLUMN     "withheld_minor" BIGINT NOT NULL DEFAULT 0;

-- What was kept back never reached its owner; what a reversal calls back is no longer kept back.
ALTER TABLE reward
  ADD CONSTRAINT kept_back_of_what_stands
    CHECK (withheld_minor >= 0 AND reversed_minor + withheld_minor <= COALESCE(amount_minor, 0));

-- Claims: what customers owe.
ALTER TABLE ledger_account
  DROP CONSTRAINT known_kind,
  DROP CONSTRAINT only_funding_overdraws,
  ADD CONSTRAINT known_kind CHECK (kind IN ('funding', 'pending', 'available', 'issued', 'owed', 'spent')),
  ADD CONSTRAINT only_sources_overdraw CHECK (may_overdraw = (kind IN ('funding', 'owed'))),
  ADD CONSTRAINT owed_never_above_nothing CHECK (kind <> 'owed' OR balance_minor <= 0);

-- Balances that are there get the lots that first in, first out would have left of what came in. The owner of the tables
-- is under row-level security as well, so it is lifted for this statement; goodword_protect_tenants() below puts it back.
ALTER TABLE ledger_account NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_transfer NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_lot NO FORCE ROW LEVEL SECURITY;
INSERT INTO ledger_lot (merchant_id, id, account_id, asset, transfer_id, reward_id, amount_minor, remaining_minor, opened_at)
SELECT merchant_id, 'lot_' || substr(id, 5), account_id, asset, id, reward_id, remaining, remaining, recorded_at
FROM (
  SELECT t.merchant_id, t.id, t.asset, a.id AS account_id, t.reward_id, t.recorded_at,
    LEAST(t.amount_minor, a.balance_minor - COALESCE(sum(t.amount_minor) OVER (
      PARTITION BY a.merchant_id, a.id ORDER BY t.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS remaining
  FROM ledger_account a
  JOIN ledger_transfer t ON t.merchant_id = a.merchant_id AND t.credit_account_id = a.id
  WHERE a.kind = 'available' AND a.balance_minor > 0
) AS left_over
WHERE remaining > 0;

-- A lot opens whole with the transfer that brought it, and stays what it is.
CREATE FUNCTION goodword_guard_lot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a lot stays in the books' USING ERRCODE = 'restrict_violation';
  ELSIF TG_OP = 'INSERT' THEN
    IF NEW.remaining_minor <> NEW.amount_minor OR NOT starts_with(NEW.account_id, 'available:') THEN
      RAISE EXCEPTION 'a lot opens whole, in an available account' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.remaining_minor <> OLD.remaining_minor AND pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'only a transfer moves a lot' USING ERRCODE = 'restrict_violation';
  ELSIF (NEW.merchant_id, NEW.id, NEW.account_id, NEW.asset, NEW.transfer_id, NEW.reward_id, NEW.amount_minor, NEW.opened_at,
      NEW.expires_at)
    IS DISTINCT FROM (OLD.merchant_id, OLD.id, OLD.account_id, OLD.asset, OLD.transfer_id, OLD.reward_id, OLD.amount_minor,
      OLD.opened_at, OLD.expires_at) THEN
    RAISE EXCEPTION 'a lot stays what it is' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER guard_lot BEFORE INSERT OR UPDATE OR DELETE ON ledger_lot
  FOR EACH ROW EXECUTE FUNCTION goodword_guard_lot();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON ledger_lot
  FOR EACH STATEMENT EXECUTE FUNCTION goodword_refuse_change();

-- After the statement, which writes transfers and their lots together.
CREATE FUNCTION goodword_open_lot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM ledger_transfer
    WHERE merchant_id = NEW.merchant_id AND id = NEW.transfer_id AND credit_account_id = NEW.account_id AND asset = NEW.asset
  ) THEN
    RAISE EXCEPTION 'a lot lies where its transfer went' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER open_lot AFTER INSERT ON ledger_lot FOR EACH ROW EXECUTE FUNCTION goodword_open_lot();

-- What is left of a lot is its amount less its moves because nothing but a move changes it.
CREATE FUNCTION goodword_move_lot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  account text;
BEGIN
  SELECT CASE WHEN NEW.amount_minor < 0 THEN debit_account_id ELSE credit_account_id END INTO account
  FROM ledger_transfer WHERE merchant_id = NEW.merchant_id AND id = NEW.transfer_id;
  UPDATE ledger_lot SET remaining_minor = remaining_minor + NEW.amount_minor
  WHERE merchant_id = NEW.merchant_id AND id = NEW.lot_id AND account_id = account;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a transfer takes lots of the account that it debits and fills those of the one that it credits'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER move_lot AFTER INSERT ON lot_move FOR EACH ROW EXECUTE FUNCTION goodword_move_lot();

-- At the end of the transaction, an account of lots holds what is left of them.
CREATE FUNCTION goodword_check_lots() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  account text;
  balance bigint;
  lots bigint;
BEGIN
  IF TG_TABLE_NAME = 'ledger_account' THEN
    account := NEW.id;
  ELSE
    account := NEW.account_id;
  END IF;
  SELECT balance_minor INTO balance FROM ledger_account WHERE merchant_id = NEW.merchant_id AND id = account;
  SELECT COALESCE(sum(remaining_minor), 0) INTO lots FROM ledger_lot
  WHERE merchant_id = NEW.merchant_id AND account_id = account AND remaining_minor > 0;
  IF balance IS DISTINCT FROM lots THEN
    RAISE EXCEPTION '% holds % but its lots %', account, balance, lots USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER lots_make_the_balance AFTER UPDATE ON ledger_account DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.kind = 'available' AND NEW.balance_minor <> OLD.balance_minor)
  EXECUTE FUNCTION goodword_check_lots();
CREATE CONSTRAINT TRIGGER lots_make_the_balance AFTER INSERT OR UPDATE OF remaining_minor ON ledger_lot
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION goodword_check_lots();

SELECT goodword_protect_tenants();
REVOKE UPDATE, DELETE ON
  event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent, tier_step, lot_move
FROM goodword_app;
