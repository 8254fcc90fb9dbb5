import { closeConnections } from "@/lib/core/db";
import { environment, loadEnvironmentFile } from "@/lib/core/env";
import { resetTwoStepAsOperator } from "@/lib/auth/two-step/reset";
import { dataDirectory, keptAuthSecret, openDatabase } from "./postgres/data-directory";
import { exitWithError } from "./processes/lifetime";

/**
 * `npm run two-step:reset -- <email>`: turns off the two-step sign-in of a member whom no owner can
 * help, since they are the only one, or work for several shops.
 */
async function main([email]: string[]): Promise<void> {
  loadEnvironmentFile();
  if (!email) throw new Error("Whose? npm run two-step:reset -- <email>");
  const dataDir = dataDirectory();
  const isServed = process.env.DATABASE_APP_URL && process.env.DATABASE_GATE_URL;
  const postgres = isServed ? null : await openDatabase(dataDir);
  if (postgres) process.env.DATABASE_URL = postgres.url;
  process.env.AUTH_SECRET = keptAuthSecret(dataDir);
  environment();
  try {
    await resetTwoStepAsOperator(email);
  } finally {
    await closeConnections();
    await postgres?.stop();
  }
  console.log(`Two-step sign-in is off for ${email}, who is told by email.`);
}

main(process.argv.slice(2)).catch(exitWithError);
