import { writeFileSync } from "node:fs";
import pg from "pg";
import { ACCESS_FILE, accessOf } from "@/lib/core/database/access";
import { applyMigrations } from "../migrate";

const HEAD = `-- Who may do what, as all migrations together make it. Written by npm run db:access.
-- npm run db:migrate compares a database with it, makes what is missing and refuses the rest.
`;

/** The text of `prisma/access.sql`: what the migrations make of an empty database. */
export async function accessText(emptyDatabase: string): Promise<string> {
  await applyMigrations(emptyDatabase);
  const client = new pg.Client({ connectionString: emptyDatabase });
  await client.connect();
  const names = { goodword_app: "goodword_app", goodword_gate: "goodword_gate" } as const;
  const statements = await accessOf(client, names).finally(() => client.end());
  return `${HEAD}${statements.map((statement) => `${statement};\n`).join("")}`;
}

/** Writes the file anew. @returns its path */
export async function writeAccess(emptyDatabase: string): Promise<string> {
  writeFileSync(ACCESS_FILE, await accessText(emptyDatabase));
  return ACCESS_FILE;
}
