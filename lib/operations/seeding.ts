import path from "node:path";
import { pathToFileURL } from "node:url";
import { closeConnections } from "@/lib/core/db";

/**
 * What the demo prints when it is ready: everything that one needs to enter by each door, and the
 * keys of the API.
 */
export type DemoFacts = {
  admin: { email: string; password: string };
  merchant: string;
  program: string;
  secretKey: string;
  testKey: string;
  publishableKey: string;
  customer: { email: string; signInUrl: string };
  inviteUrl: string;
};

/**
 * `seed` of `prisma/seed.ts`: makes the demo merchant if there is none, and says how to enter. Keys
 * are stored hashed, so it keeps what it made in `dataDir`; addresses begin with `baseUrl`, which
 * may change.
 */
export type Seed = (where: { baseUrl: string; dataDir: string }) => Promise<DemoFacts>;

/** Runs the seed on the database of DATABASE_URL, in this process. */
export async function runSeed(baseUrl: string, dataDir: string): Promise<DemoFacts> {
  const { seed } = (await import(pathToFileURL(path.resolve("prisma/seed.ts")).href)) as {
    seed: Seed;
  };
  try {
    return await seed({ baseUrl, dataDir });
  } finally {
    await closeConnections();
  }
}
