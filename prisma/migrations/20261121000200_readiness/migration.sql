-- Whether all migrations are there is asked from outside (/api/ready) and answered through the gate.
-- Where the migrations are only compared with the schema, Prisma keeps no such table.
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    GRANT SELECT ON public._prisma_migrations TO goodword_gate;
  END IF;
END $$;
