import path from "node:path";
import { closeConnections } from "@/lib/core/db";
import { exitWithError } from "../processes/lifetime";
import { applyMigrations, schemaDrift, writeMigration } from "./migrate";
import { refuseOtherDecimals, rescaleBooks } from "./rescale";
import { startTemporaryPostgres } from "../postgres/temporary-postgres";

/** `npm run db:migrate`, `npm run db:rescale` and `npm run db:migration -- <name>`. */
async function main([command, name = ""]: string[]): Promise<void> {
  if (command === "migrate") {
    const url = databaseUrl();
    const applied = await applyMigrations(url);
    console.log(
      applied.length > 0 ? `Applied ${applied.join(", ")}.` : "The database is up to date.",
    );
    await refuseOtherDecimals().finally(closeConnections);
  } else if (command === "rescale") {
    const done = await rescaleBooks(databaseUrl()).finally(closeConnections);
    console.log(done.length > 0 ? done.join("\n") : "All books are in the decimals of ISO 4217.");
  } else if (command === "migration") {
    const file = await onPassingServer((url) => writeMigration(url, name));
    console.log(
      file ? `Wrote ${path.relative(".", file)}.` : "The migrations already make these tables.",
    );
  } else if (command === "drift") {
    const drift = await onPassingServer((url) => schemaDrift(url));
    if (drift)
      throw new Error(
        `The migrations lack what the schema says. npm run db:migration would write:\n${drift}`,
      );
    console.log("Migrations and schema agree.");
  } else {
    throw new Error("Commands: migrate, rescale, migration <name>, drift.");
  }
}

function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL says which database is meant; it is not set.");
  return url;
}

async function onPassingServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const postgres = await startTemporaryPostgres();
  return work(postgres.url).finally(postgres.stop);
}

main(process.argv.slice(2)).catch(exitWithError);
