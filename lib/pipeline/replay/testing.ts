import { Prisma } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import type { GrantedRewards } from "./simulate/granted-rewards";
import { readPast, runTerms } from "./run";

/** For tests only: what one run of terms over a program's past comes to. */
export async function pastUnder(
  scope: Scope,
  range: { programId: string; fromAt: Date; untilAt: Date },
  terms: Terms,
): Promise<GrantedRewards> {
  const { past } = await toEnd(readPast(scope, range, terms, terms));
  return toEnd(runTerms(past, terms, { done: 0, total: 0 }));
}

/** What a generator returns in the end. */
export async function toEnd<T>(steps: AsyncGenerator<unknown, T>): Promise<T> {
  let next = await steps.next();
  while (!next.done) next = await steps.next();
  return next.value;
}

/**
 * The number of rows and a hash over all their values, for every table with rows of the merchant
 * but those of replays and the log.
 */
export async function digestOfShop(scope: Scope): Promise<Record<string, string>> {
  return inScope(scope, async ({ db, merchantId }) => {
    await db.$executeRaw`SELECT set_config('jit', 'off', true)`;
    const tables = await db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'merchant_id'
        AND table_name NOT IN ('replay_run', 'replay_difference', 'audit_entry')
      ORDER BY 1`;
    const parts = tables.map(
      ({ name }) => Prisma.sql`
      SELECT ${name}::text AS name,
        count(*) || ' rows, ' || COALESCE(sum(hashtextextended(t::text, 0)), 0) AS content
      FROM ${Prisma.raw(`"${name}"`)} t WHERE merchant_id = ${merchantId}`,
    );
    const rows = await db.$queryRaw<{ name: string; content: string }[]>(
      Prisma.sql`${Prisma.join(parts, " UNION ALL ")}`,
    );
    return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
  });
}
