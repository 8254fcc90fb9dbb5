import { openShop } from "@/lib/auth/matrix/testing/open-shop";
import type { Shop } from "@/lib/auth/matrix/testing/shop";
import { closeConnections } from "@/lib/core/db";
import { servingVariables } from "@/lib/core/database/address";
import { buildForProduction, isBuildStale } from "../../build";
import { prepareDatabase } from "../../database/prepare";
import { ALLOCATOR } from "../../processes/node-flags";
import { freePort } from "../../processes/processes";
import { inTemporaryFolder } from "../temporary-folder";
import { type Part, postgresPart, processPart } from "./part";

/** The product as an installation runs it: the production build, a web process and a worker. */
export type Served = {
  url: string;
  /** The owner's address of the database. */
  database: string;
  shops: Shop[];
  web: Part;
  worker: Part;
  postgres: Part;
};

/**
 * Does some work with the product running on an empty database, with shops that have one of
 * everything; this process's own queries go to that database too.
 * @param names of the shops, a word each
 * @param options.variables of the environment of web and worker, where others than usual
 * @param options.durable whether the database keeps what it promised when it is killed
 */
export async function whileServing<T>(
  names: readonly string[],
  work: (served: Served) => Promise<T>,
  {
    variables = {},
    durable = false,
  }: { variables?: Record<string, string>; durable?: boolean } = {},
): Promise<T> {
  if (isBuildStale()) await buildForProduction();
  return inTemporaryFolder(async (folder) => {
    const postgres = postgresPart(folder, durable);
    await postgres.start();
    const database = postgres.url();
    const earlier = process.env.DATABASE_URL;
    const parts: Part[] = [];
    try {
      await prepareDatabase(database);
      process.env.DATABASE_URL = database;
      const shops: Shop[] = [];
      for (const name of names) shops.push(await openShop(name));
      const port = await freePort();
      const env = { ...variablesFor(database, port), ...variables };
      const web = processPart("server.ts", env);
      const worker = processPart("lib/operations/worker.ts", env);
      for (const part of [web, worker]) {
        parts.push(part);
        await part.start();
      }
      const url = `http://127.0.0.1:${port}`;
      return await work({ url, database, shops, web, worker, postgres });
    } finally {
      for (const part of parts) await part.stop();
      await closeConnections();
      await postgres.stop();
      if (earlier === undefined) delete process.env.DATABASE_URL;
      else process.env.DATABASE_URL = earlier;
    }
  });
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
