import path from "node:path";
import { closeConnections } from "@/lib/core/db";
import { systemNow } from "@/lib/core/time";
import { writeAccess } from "./access/write-access";
import { exitWithError } from "../processes/lifetime";
import { schemaDrift, writeMigration } from "./migrate";
import { prepareDatabase } from "./prepare";
import { backUp } from "./backup/back-up";
import { restore } from "./backup/restore";
import { refuseOtherDecimals, rescaleBooks } from "./rescale";
import { dataDirectory, openDatabase } from "../postgres/data-directory";
import { startTemporaryPostgres } from "../postgres/temporary-postgres";

/** What `npm run db:…` starts. */
async function main([command, name = ""]: string[]): Promise<void> {
  if (command === "migrate") {
    const url = databaseUrl();
    const { applied, mended } = await prepareDatabase(url);
    if (applied.length > 0) console.log(`Applied ${applied.join(", ")}.`);
    for (const statement of mended) console.log(`Made again, since it was missing: ${statement}`);
    if (applied.length + mended.length === 0) console.log("The database is up to date.");
    await refuseOtherDecimals().finally(closeConnections);
  } else if (command === "rescale") {
    const done = await rescaleBooks(databaseUrl()).finally(closeConnections);
    console.log(done.length > 0 ? done.join("\n") : "All books are in the decimals of ISO 4217.");
  } else if (command === "backup") {
    await backUpHere(name);
  } else if (command === "restore") {
    if (!name) throw new Error("Which backup? npm run db:restore -- <folder>");
    const { rows } = await restore(databaseUrl(), name);
    console.log(`Restored and compared: ${inWords(rows)}.`);
  } else if (command === "migration") {
    const file = await onPassingServer((url) => writeMigration(url, name));
    console.log(
      file ? `Wrote ${path.relative(".", file)}.` : "The migrations already make these tables.",
    );
  } else if (command === "access") {
    console.log(`Wrote ${path.relative(".", await onPassingServer(writeAccess))}.`);
  } else if (command === "drift") {
    const drift = await onPassingServer((url) => schemaDrift(url));
    if (drift)
      throw new Error(
        `The migrations lack what the schema says. npm run db:migration would write:\n${drift}`,
      );
    console.log("Migrations and schema agree.");
  } else {
    throw new Error("Commands: migrate, rescale, backup, restore, migration, access, drift.");
  }
}

function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL says which database is meant; it is not set.");
  return url;
}

/** A backup of DATABASE_URL's database; without it, of the demo's. */
async function backUpHere(folder: string): Promise<void> {
  const dataDir = dataDirectory();
  const moment = systemNow()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, "");
  const place = folder || path.join(dataDir, "backups", `goodword-${moment}`);
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort()).once("SIGTERM", () => stopping.abort());
  const postgres = await openDatabase(dataDir);
  const { rows } = await backUp(postgres.url, place, stopping.signal).finally(postgres.stop);
  console.log(`Backed up ${inWords(rows)} to ${place}.`);
}

function inWords(rows: Record<string, number>): string {
  const sum = Object.values(rows).reduce((one, other) => one + other, 0);
  return `${sum} rows of ${Object.keys(rows).length} tables`;
}

async function onPassingServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const postgres = await startTemporaryPostgres();
  return work(postgres.url).finally(postgres.stop);
}

main(process.argv.slice(2)).catch(exitWithError);
