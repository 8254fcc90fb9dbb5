-- Converting books used to bind the owner again by row-level security at its end (see owner_reads_all).
DO $$
BEGIN
  EXECUTE replace(
    pg_get_functiondef('goodword_rescale_shop(text, int, int)'::regprocedure),
    'EXECUTE format(''ALTER TABLE %I FORCE ROW LEVEL SECURITY'', name);', '');
END $$;
