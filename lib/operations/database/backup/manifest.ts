import type pg from "pg";
import { z } from "zod";
import { accessOf } from "@/lib/core/database/access";
import type { DatabaseRole } from "@/lib/core/database/address";

/** The file of a backup that says what is in it. */
export const MANIFEST = "goodword.json";

/**
 * What a database holds at one moment: what a restore is compared with. `access` names the roles as
 * the code does, so a backup can go to an installation whose roles have other names.
 */
export const manifestSchema = z.object({
  migrations: z.array(z.string()),
  /** Rows by table. */
  rows: z.record(z.string(), z.number()),
  /** By asset: how many transfers the ledger has, how much they moved, and the sum of balances. */
  books: z.record(z.string(), z.array(z.string())),
  access: z.array(z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads it all in the transaction that the connection is in. */
export async function readManifest(
  owner: pg.ClientBase,
  names: Record<DatabaseRole, string>,
): Promise<Manifest> {
  const { rows: migrations } = await owner.query<{ name: string }>(`
    SELECT migration_name AS name FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`);
  const { rows: books } = await owner.query<{ asset: string; sums: string[] }>(`
    SELECT asset, ARRAY[sum(n)::text, sum(moved)::text, sum(balance)::text] AS sums
    FROM (
      SELECT asset, 1 AS n, amount_minor AS moved, 0::bigint AS balance FROM ledger_transfer
      UNION ALL SELECT asset, 0, 0, balance_minor FROM ledger_account
    ) books GROUP BY asset ORDER BY asset`);
  return {
    migrations: migrations.map(({ name }) => name),
    rows: await countRows(owner),
    books: Object.fromEntries(books.map(({ asset, sums }) => [asset, sums])),
    access: await accessOf(owner, names),
  };
}

async function countRows(owner: pg.ClientBase): Promise<Record<string, number>> {
  const { rows: tables } = await owner.query<{ name: string }>(`
    SELECT c.relname::text AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::float8 AS n FROM public."${name}"`,
    );
    counts[name] = rows[0]!.n;
  }
  return counts;
}

/** Where a restored database is not what the backup says, in words; empty when it is. */
export function manifestDifferences(wanted: Manifest, found: Manifest): string[] {
  const tables = Object.entries(wanted.rows)
    .filter(([name, rows]) => found.rows[name] !== rows)
    .map(([name, rows]) => `${name} has ${found.rows[name] ?? "no"} rows instead of ${rows}`);
  const books = Object.entries(wanted.books)
    .filter(([asset, sums]) => found.books[asset]?.join() !== sums.join())
    .map(([asset, sums]) => `the books in ${asset} are ${found.books[asset]} instead of ${sums}`);
  return [...tables, ...books];
}
