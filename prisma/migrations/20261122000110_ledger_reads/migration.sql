-- What expired, for the ledger's page; the schema language knows no index over a part of the rows.
CREATE INDEX ledger_transfer_expired ON ledger_transfer (merchant_id, asset, recorded_at)
  WHERE cause_key ~ '^(lot|reward):[^:]+:expire';
