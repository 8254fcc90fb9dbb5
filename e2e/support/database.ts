import { readFileSync } from "node:fs";
import pg from "pg";

/** A question to the test server's database, for what no page and no API shows. */
export async function askDatabase<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: readFileSync(".data/e2e/database-url", "utf8") });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
