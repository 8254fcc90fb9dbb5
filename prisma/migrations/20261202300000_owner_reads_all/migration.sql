-- The application signs in as roles of its own; the owner only migrates and backs up. So row-level security need not
-- bind the owner too: pg_dump by the owner reads every row, and a data migration cannot miss rows in silence.
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
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', tenant.name);
    EXECUTE format('DROP POLICY IF EXISTS tenant ON %I', tenant.name);
    EXECUTE format(
      'CREATE POLICY tenant ON %I TO goodword_app USING (%I = current_setting(''app.merchant_id'', true))',
      tenant.name, tenant.key);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO goodword_app', tenant.name);
  END LOOP;
  PERFORM goodword_protect_facts();
END $$;
SELECT goodword_protect_tenants();

-- It was for the owner, who counts refunds for the application; the statement itself keeps to one merchant.
DROP POLICY counted ON refund;

-- The worker keeps the planner's statistics, which only an owner may: so it may have that done, and nothing else.
CREATE FUNCTION goodword_analyze_grown(few_pages int, times int) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE grown regclass;
BEGIN
  FOR grown IN
    SELECT c.oid FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND pg_has_role(c.relowner, 'USAGE')
      AND pg_relation_size(c.oid) / current_setting('block_size')::int
        > GREATEST(few_pages, times * c.relpages)
  LOOP
    -- Where another worker, or the server itself, is at it, it is skipped.
    EXECUTE format('ANALYZE (SKIP_LOCKED) %s', grown);
    RETURN NEXT grown::text;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION goodword_analyze_grown(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION goodword_analyze_grown(int, int) TO goodword_gate;
