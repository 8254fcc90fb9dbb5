import type pg from "pg";

/**
 * What the planner is told of tables that nobody has filled yet.
 *
 * On an empty table all indexes look alike to the planner: it may check a foreign key through one
 * whose only condition is the merchant, and it keeps that plan until the first automatic analysis,
 * a minute or more, while each check reads through all rows of the merchant. A few numbers prevent
 * it: how many rows may belong to one merchant, one program, one rule. A measurement later takes
 * their place.
 *
 * Only tables that nobody has analysed with rows in them, and that we own, are told of; so this can
 * be repeated at any time.
 * @param client the owner's connection
 * @param way by default the best that the server offers
 * @returns the tables that were told of; none where there is no way
 */
export async function tellPlanner(client: pg.ClientBase, way?: Way | null): Promise<string[]> {
  const chosen = way === undefined ? await wayOn(client) : way;
  if (chosen === null) return [];
  const text = chosen === "restore" ? RESTORE : WRITE;
  const { rows } = await client.query<{ name: string }>(text, [JSON.stringify(SHARED)]);
  return rows.map(({ name }) => name).sort();
}

/**
 * - `restore`: PostgreSQL 18 has functions for it;
 * - `write`: before, a superuser can write the row that an analysis would write.
 * Anybody else has to wait for the first analysis.
 */
type Way = "restore" | "write";

async function wayOn(client: pg.ClientBase): Promise<Way | null> {
  const {
    rows: [server],
  } = await client.query<{ version: number; superuser: boolean }>(`
    SELECT current_setting('server_version_num')::int AS version,
      current_setting('is_superuser')::bool AS superuser`);
  if (server!.version >= 180_000) return "restore";
  return server!.superuser ? "write" : null;
}

/**
 * What many rows of a table share, and how many different ones there may be. A merchant has a large
 * part of the rows and not all of them: else whatever asks for a merchant's rows would be planned
 * to read all there are.
 */
const SHARED = {
  merchant_id: 10,
  program_id: 1,
  rule_id: 1,
  leaderboard_id: 1,
  season_id: 1,
  badge_id: 1,
};

const UNKNOWN = `
  SELECT c.oid, n.nspname::text AS schema, c.relname::text AS name, c.reltuples
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
  WHERE c.relkind = 'r' AND (c.reltuples < 0 OR (c.reltuples = 0 AND c.relpages = 0))
    AND pg_has_role(c.relowner, 'USAGE')`;

const COLUMNS = `
  SELECT u.*, a.attnum, a.attname::text AS attname, s.value::real AS different
  FROM unknown u
  JOIN pg_attribute a ON a.attrelid = u.oid AND NOT a.attisdropped
  JOIN json_each_text($1::json) s ON s.key = a.attname`;

/**
 * A table that was vacuumed while it was empty passes for empty until it is analysed: it becomes
 * unknown again, which to the planner is a table of some pages.
 */
const RESTORE = `
  WITH unknown AS (${UNKNOWN}),
  reset AS (
    SELECT pg_restore_relation_stats('schemaname', schema, 'relname', name, 'version', 180000,
      'reltuples', -1::real) AS done
    FROM unknown WHERE reltuples = 0
  ),
  told AS (
    SELECT name, pg_restore_attribute_stats('schemaname', schema, 'relname', name,
      'attname', attname, 'inherited', false, 'version', 180000,
      'null_frac', 0::real, 'avg_width', 30, 'n_distinct', different) AS done
    FROM (${COLUMNS}) columns
  )
  SELECT DISTINCT name FROM told, (SELECT count(done) FROM reset) r WHERE done`;

const WRITE = `
  WITH unknown AS (${UNKNOWN}),
  told AS (
    INSERT INTO pg_statistic (starelid, staattnum, stainherit, stanullfrac, stawidth, stadistinct,
      stakind1, stakind2, stakind3, stakind4, stakind5, staop1, staop2, staop3, staop4, staop5,
      stacoll1, stacoll2, stacoll3, stacoll4, stacoll5)
    SELECT oid, attnum, false, 0, 30, different, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    FROM (${COLUMNS}) c
    WHERE NOT EXISTS (
      SELECT FROM pg_statistic s
      WHERE s.starelid = c.oid AND s.staattnum = c.attnum AND NOT s.stainherit
    )
    RETURNING starelid
  )
  SELECT DISTINCT name FROM unknown JOIN told ON starelid = oid`;
