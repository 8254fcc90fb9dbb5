import pg from "pg";

/**
 * The lock that each worker shares while it lives; the number is ours alone within the database.
 */
const LOCK = "71103, 1";
const RETRY_MS = 2_000;

/**
 * Shows other processes that a worker is alive: holds a shared lock on a connection of its own,
 * which the database lets go of when this process ends in whatever way. Comes back by itself after
 * the database was away.
 * @returns takes the sign down
 */
export function showWorkerSign(databaseUrl: string): () => Promise<void> {
  let over = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  const show = async () => {
    const mine = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    const lost = () => {
      if (over || client !== mine) return;
      client = undefined;
      retry = setTimeout(() => void show(), RETRY_MS);
    };
    client = mine;
    mine.on("error", lost).on("end", lost);
    await mine
      .connect()
      .then(() => mine.query(`select pg_advisory_lock_shared(${LOCK})`))
      .catch(lost);
  };
  void show();
  return async () => {
    over = true;
    clearTimeout(retry);
    await client?.end().catch(() => {});
  };
}

/** Whether any worker shows its sign to this database. */
export async function isWorkerThere(client: pg.Client): Promise<boolean> {
  const [key, number] = LOCK.split(", ");
  const found = await client.query(
    `select from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
     where l.locktype = 'advisory' and l.classid = $1 and l.objid = $2 and l.granted limit 1`,
    [key, number],
  );
  return found.rowCount === 1;
}
