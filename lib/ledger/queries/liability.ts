import { Prisma } from "@/lib/core/db";
import type { Asset } from "@/lib/core/money";
import { clockSql } from "@/lib/core/zones/sql";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { AccountKind } from "../rules/accounts";

/** What all accounts of a kind hold of one asset, in minor units. */
type KindBalance = { asset: Asset; kind: AccountKind; minor: bigint; accounts: number };

/**
 * What customers hold of one asset that expires in the same month, "2027-03" in the merchant's
 * zone; null for never.
 */
export type Outstanding = { asset: Asset; month: string | null; minor: bigint; customers: number };

/** What expired unused in a month, less what was given back. */
type Breakage = { asset: Asset; month: string; minor: bigint };

export type Liability = {
  balances: KindBalance[];
  outstanding: Outstanding[];
  breakage: Breakage[];
};

/**
 * What a merchant's ledger comes to now: balances by asset and kind of account, what customers may
 * still spend by the month in which it expires (expired and not yet swept included), and what
 * expired, by month. Points have no share that is never redeemed taken off: what is outstanding is
 * what could be asked for.
 */
export async function liabilityOf(scope: Scope): Promise<Liability> {
  requirePermission(scope, "ledger.read");
  return inScope(scope, async ({ db, merchantId, timeZone }) => ({
    balances: await db.$queryRaw<KindBalance[]>`
      SELECT asset, kind, sum(balance_minor)::bigint AS minor,
        (count(*) FILTER (WHERE balance_minor <> 0))::int AS accounts
      FROM ledger_account WHERE merchant_id = ${merchantId} GROUP BY asset, kind
      ORDER BY asset, kind`,
    outstanding: await db.$queryRaw<Outstanding[]>`
      SELECT asset, to_char(${clockSql(Prisma.sql`expires_at`, timeZone)}, 'YYYY-MM') AS month,
        sum(remaining_minor)::bigint AS minor,
        count(DISTINCT account_id)::int AS customers
      FROM ledger_lot WHERE merchant_id = ${merchantId} AND remaining_minor > 0 GROUP BY asset, 2
      ORDER BY asset, 2 NULLS LAST`,
    // As its index has it.
    breakage: await db.$queryRaw<Breakage[]>`
      SELECT asset, to_char(${clockSql(Prisma.sql`recorded_at`, timeZone)}, 'YYYY-MM') AS month,
        sum(CASE WHEN reverses_id IS NULL THEN amount_minor ELSE -amount_minor END)::bigint AS minor
      FROM ledger_transfer
      WHERE merchant_id = ${merchantId} AND cause_key ~ '^(lot|reward):[^:]+:expire'
      GROUP BY asset, 2 ORDER BY asset, 2 DESC`,
  }));
}
