import pg from "pg";
import { databaseUrl } from "./surroundings";

/**
 * A question to the test server's database (or to another one), for what no page and no API shows.
 */
export async function askDatabase<Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
  url = databaseUrl(),
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
