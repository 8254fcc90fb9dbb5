import path from "node:path";
import { exitWithError } from "../processes/lifetime";
import { applyMigrations, schemaDrift, writeMigration } from "./migrate";
import { startTemporaryPostgres } from "../postgres/temporary-postgres";

/** `npm run db:migrate` and `npm run db:migration -- <name>`. */
async function main([command, name = ""]: string[]): Promise<void> {
  if (command === "migrate") {
    const url = process.env.DATABASE_URL;
    if (!url) throw new Error("DATABASE_URL says which database to migrate; it is not set.");
    const applied = await applyMigrations(url);
    console.log(
      applied.length > 0 ? `Applied ${applied.join(", ")}.` : "The database is up to date.",
    );
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
    throw new Error("Commands: migrate, migration <name>, drift.");
  }
}

async function onPassingServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const postgres = await startTemporaryPostgres();
  return work(postgres.url).finally(postgres.stop);
}

main(process.argv.slice(2)).catch(exitWithError);
