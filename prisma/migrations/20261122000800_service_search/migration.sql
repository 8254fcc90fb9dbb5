-- Names and addresses by how they begin, whatever the database's collation: for the service desk, and for "who told you?".
-- A column of its own, since under row-level security no index over an expression like lower(name) is used: PostgreSQL
-- does not call a function that might leak what it sees before the tenant is checked.
ALTER TABLE "customer" ADD COLUMN     "search_name" TEXT;

CREATE FUNCTION goodword_search_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_name := lower(NEW.name);
  RETURN NEW;
END $$;
CREATE TRIGGER search_name BEFORE INSERT OR UPDATE OF name, search_name ON customer
  FOR EACH ROW EXECUTE FUNCTION goodword_search_name();

ALTER TABLE customer NO FORCE ROW LEVEL SECURITY;
UPDATE customer SET search_name = lower(name) WHERE name IS NOT NULL;
ALTER TABLE customer FORCE ROW LEVEL SECURITY;

CREATE INDEX customer_name_begins ON customer (merchant_id, search_name text_pattern_ops) WHERE search_name IS NOT NULL;
CREATE INDEX customer_email_begins ON customer (merchant_id, email text_pattern_ops) WHERE email IS NOT NULL;
