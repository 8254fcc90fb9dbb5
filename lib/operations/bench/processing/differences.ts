import type pg from "pg";

/** A table of the product: what its rows are told apart by, and the columns that can be written. */
export type Table = { name: string; key: string[]; columns: { name: string; type: string }[] };

/** Every column as the database writes it; null for NULL. */
export type Row = (string | null)[];

export type Difference = { table: Table; added: Row[]; changed: Row[]; removed: Row[] };

const TABLES = `
  SELECT c.relname AS name,
    (SELECT array_agg(a.attname::text ORDER BY k.place)
      FROM pg_index i, unnest(i.indkey::int[]) WITH ORDINALITY k(number, place), pg_attribute a
      WHERE i.indrelid = c.oid AND i.indisprimary
        AND a.attrelid = c.oid AND a.attnum = k.number) AS key,
    (SELECT json_agg(json_build_object('name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
      FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attgenerated = '') AS columns
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND c.relname <> '_prisma_migrations'
  ORDER BY 1`;

export async function tablesOf(database: pg.Client): Promise<Table[]> {
  return (await database.query<Table>(TABLES)).rows;
}

/** What has to be written to `copy` so that it holds what `original` holds. */
export async function differences(
  original: pg.Client,
  copy: pg.Client,
  tables: readonly Table[],
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const table of tables) {
    const [there, here] = await Promise.all([rowsOf(original, table), rowsOf(copy, table)]);
    const one: Difference = { table, added: [], changed: [], removed: [] };
    for (const [key, row] of there) {
      const known = here.get(key);
      if (!known) one.added.push(row);
      else if (row.some((value, index) => value !== known[index])) one.changed.push(row);
    }
    for (const [key, row] of here) if (!there.has(key)) one.removed.push(row);
    if (one.added.length + one.changed.length + one.removed.length > 0) found.push(one);
  }
  return found;
}

async function rowsOf(database: pg.Client, { name, key, columns }: Table) {
  const places = key.map((column) => columns.findIndex(({ name }) => name === column));
  const { rows } = await database.query<Row>({
    rowMode: "array",
    text: `SELECT ${columns.map((column) => `"${column.name}"::text`).join(", ")} FROM "${name}"`,
  });
  return new Map(rows.map((row) => [places.map((place) => row[place]).join("\n"), row]));
}
