-- What the application may never change, said once, and held whenever tables are opened to it: a migration
-- that adds a table ends with SELECT goodword_protect_tenants() and cannot forget it.
CREATE FUNCTION goodword_protect_facts() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  REVOKE UPDATE, DELETE ON
    event, program_version, ledger_transfer, referral_step, reward_step, refund, audit_entry, consent,
    tier_step, lot_move
  FROM goodword_app;
END $$;

CREATE OR REPLACE FUNCTION goodword_protect_tenants() RETURNS void LANGUAGE plpgsql AS $$
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
  PERFORM goodword_protect_facts();
END $$;

SELECT goodword_protect_tenants();
