import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { openShop } from "@/lib/auth/matrix/testing/open-shop";
import type { Shop } from "@/lib/auth/matrix/testing/shop";
import { closeConnections } from "@/lib/core/db";
import { servingVariables } from "@/lib/core/database/address";
import { buildForProduction, isBuildStale } from "../../build";
import { prepareDatabase } from "../../database/prepare";
import { startTemporaryPostgres } from "../../postgres/temporary-postgres";
import { ALLOCATOR, NODE_FLAGS } from "../../processes/node-flags";
import { freePort } from "../../processes/processes";

/** The product as an installation runs it: the production build, a web process and a worker. */
export type Served = {
  url: string;
  /** The owner's address of the database. */
  database: string;
  shops: Shop[];
  web: ChildProcess;
};

/**
 * Does some work with the product running on an empty database, with shops that have one of
 * everything; this process's own queries go to that database too.
 * @param names of the shops, a word each
 */
export async function whileServing<T>(
  names: readonly string[],
  work: (served: Served) => Promise<T>,
): Promise<T> {
  if (isBuildStale()) await buildForProduction();
  const postgres = await startTemporaryPostgres();
  const earlier = process.env.DATABASE_URL;
  const children: ChildProcess[] = [];
  try {
    await prepareDatabase(postgres.url);
    process.env.DATABASE_URL = postgres.url;
    const shops: Shop[] = [];
    for (const name of names) shops.push(await openShop(name));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = variablesFor(postgres.url, port);
    const start = async (file: string) => {
      const child = fork(path.resolve(file), { execArgv: [...NODE_FLAGS], env });
      children.push(child);
      await Promise.race([
        once(child, "message"),
        once(child, "exit").then(() => Promise.reject(new Error(`${file} ended.`))),
      ]);
      return child;
    };
    const web = await start("server.ts");
    await start("lib/operations/worker.ts");
    return await work({ url, database: postgres.url, shops, web });
  } finally {
    for (const child of children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await closeConnections();
    await postgres.stop();
    if (earlier === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = earlier;
  }
}

function variablesFor(database: string, port: number): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...servingVariables(database),
    ...ALLOCATOR,
    NODE_ENV: "production",
    PORT: String(port),
    HOST: "127.0.0.1",
    APP_URL: `http://127.0.0.1:${port}`,
    GOODWORD_ROLE: "web",
    SMTP_URL: "",
    // Those who ask say themselves who they are: a bench is many people.
    TRUST_PROXY: "1",
    LOG_LEVEL: "warn",
  };
}
