import pg from "pg";
import { sessionAddress } from "@/lib/core/database/address";
import { log } from "@/lib/core/log";

/** The advisory lock that every worker shares; nothing else in this database uses the number. */
export const WORKER_LOCK = 4_701_826;

/**
 * Shows the database that a worker lives: a lock that many may share, held on a connection of its
 * own. When the process ends, however it ends, the lock is gone.
 * @returns `keep`, to be called now and then, takes the lock again if its connection was lost
 */
export function workerPresence(): {
  keep(): Promise<void>;
  end(): Promise<void>;
} {
  let client: pg.Client | null = null;
  return {
    async keep() {
      if (client) return;
      const fresh = new pg.Client({
        connectionString: sessionAddress(),
        application_name: "goodword-worker",
        keepAlive: true,
      });
      fresh.on("error", (error) => {
        log.warn({ err: error }, "the connection that shows the worker's presence was lost");
        if (client === fresh) client = null;
      });
      await fresh.connect();
      await fresh.query("SELECT pg_advisory_lock_shared($1)", [WORKER_LOCK]);
      client = fresh;
    },
    async end() {
      const held = client;
      client = null;
      await held?.end();
    },
  };
}
