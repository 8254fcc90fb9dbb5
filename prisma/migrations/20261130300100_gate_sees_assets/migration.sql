-- A start compares the decimals of every ledger with those that it would read: of accounts, the gate sees whose they are
-- and in which asset, and no balance.
GRANT SELECT (merchant_id, asset) ON ledger_account TO goodword_gate;
CREATE POLICY gate_look_up ON ledger_account FOR SELECT TO goodword_gate USING (true);
