import pg from "pg";
import { log } from "@/lib/core/log";

/** Below this many pages no plan is slow enough to matter. */
const FEW_PAGES = 64;
const TIMES = 4;

const GROWN = `
  SELECT c.oid::regclass::text AS name
  FROM pg_class c
  WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    AND pg_has_role(c.relowner, 'USAGE')
    AND pg_relation_size(c.oid) / current_setting('block_size')::int
      > GREATEST($1, $2 * c.relpages)`;

/**
 * Keeps what the planner knows of tables that grow fast. The server analyses a table by itself
 * about once a minute; until then it keeps the plans made when the table was small, and a burst
 * into a new shop would be read through row by row. What is analysed here has grown to several
 * times the size that the planner knows, so of any table it is done a few times in all.
 * @param connectionString the owner's connection: nobody else may analyse
 * @returns `keep`, to be called now and then, gives the tables that it analysed
 */
export function plannerStatistics(connectionString: string): {
  keep(): Promise<string[]>;
  end(): Promise<void>;
} {
  let client: pg.Client | null = null;
  return {
    async keep() {
      client ??= await connect(connectionString, (lost) => {
        if (client === lost) client = null;
      });
      const { rows } = await client.query<{ name: string }>(GROWN, [FEW_PAGES, TIMES]);
      // Where another worker, or the server itself, is at it, it is skipped.
      for (const { name } of rows) await client.query(`ANALYZE (SKIP_LOCKED) ${name}`);
      return rows.map(({ name }) => name);
    },
    async end() {
      await client?.end();
      client = null;
    },
  };
}

async function connect(
  connectionString: string,
  onLoss: (client: pg.Client) => void,
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    application_name: "goodword-statistics",
    keepAlive: true,
  });
  client.on("error", (error) => {
    log.warn({ err: error }, "the connection that keeps the planner's statistics was lost");
    onLoss(client);
  });
  await client.connect();
  return client;
}
