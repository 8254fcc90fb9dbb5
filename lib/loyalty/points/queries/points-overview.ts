import { Prisma } from "@/lib/core/db";
import { costOfPoints, POINTS } from "@/lib/core/money";
import { addDays, dateInZone } from "@/lib/core/time";
import { clockSql } from "@/lib/core/zones/sql";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { monthsBetween } from "../rules";

/** Points of all customers together. */
export type PointsOutstanding = {
  /** Released and not spent; on hold; owed back after refunds (0 or more). */
  available: bigint;
  pending: bigint;
  owed: bigint;
  /** Customers with points to spend. */
  holders: number;
  /**
   * What one costs, in thousandths of a minor unit of the currency, and what all of them would
   * cost.
   */
  costMilli: number;
  costMinor: bigint;
};

/** The points outstanding now. */
export async function pointsOutstanding(scope: Scope): Promise<PointsOutstanding> {
  requirePermission(scope, "program.read");
  return inScope(scope, async ({ db, merchantId }) => {
    const { pointCostMilli: costMilli } = await db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: { pointCostMilli: true },
    });
    const rows = await db.$queryRaw<{ kind: string; minor: bigint; owners: number }[]>`
      SELECT kind, sum(balance_minor)::bigint AS minor, count(*)
        FILTER (WHERE balance_minor > 0)::int AS owners FROM ledger_account
      WHERE merchant_id = ${merchantId} AND asset = ${POINTS}
        AND kind IN ('available', 'pending', 'owed') GROUP BY kind`;
    const of = (kind: string) => rows.find((row) => row.kind === kind);
    const available = of("available")?.minor ?? 0n;
    const pending = of("pending")?.minor ?? 0n;
    return {
      available,
      pending,
      owed: -(of("owed")?.minor ?? 0n),
      holders: of("available")?.owners ?? 0,
      costMilli,
      costMinor: costOfPoints(available + pending, costMilli),
    };
  });
}

/**
 * Points in a calendar month of the merchant's zone. `reversed`: reversed by refunds and
 * decisions.
 */
export type PointsMonth = {
  month: string;
  given: bigint;
  spent: bigint;
  expired: bigint;
  reversed: bigint;
  /** Still filling. */ partial: boolean;
};

const MONTHS = 12;

/**
 * Points released, spent (minus what was returned), expired and reversed, by the month in which it
 * happened: the last twelve.
 */
export async function pointsByMonth(scope: Scope): Promise<PointsMonth[]> {
  requirePermission(scope, "program.read");
  const now = scopeNow(scope);
  const last = dateInZone(now, scope.timeZone).slice(0, 7);
  const first = monthsBefore(last, MONTHS - 1);
  const rows = await inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<Omit<PointsMonth, "partial">[]>`
    WITH moved AS (
      SELECT to_char(${clockSql(Prisma.sql`occurred_at`, scope.timeZone)}, 'YYYY-MM') AS month,
        amount_minor AS minor, cause_key,
        split_part(debit_account_id, ':', 1) AS source, split_part(credit_account_id, ':', 1)
          AS target
      FROM ledger_transfer
      WHERE merchant_id = ${merchantId} AND asset = ${POINTS}
        AND occurred_at >= ${addDays(now, -31 * (MONTHS + 1))}
    )
    SELECT month,
      COALESCE(sum(minor) FILTER (WHERE target = 'available'
        AND source IN ('pending', 'funding')), 0)::bigint AS given,
      (COALESCE(sum(minor) FILTER (WHERE source = 'available' AND target = 'spent'), 0)
        - COALESCE(sum(minor) FILTER (WHERE source = 'spent'
          AND target = 'available'), 0))::bigint AS spent,
      COALESCE(sum(minor) FILTER (WHERE source = 'available' AND target = 'funding'
        AND cause_key ~ '(^|:)expir'), 0)::bigint AS expired,
      COALESCE(sum(minor) FILTER (WHERE source IN ('available', 'owed') AND target = 'funding'
        AND cause_key !~ '(^|:)expir'), 0)::bigint AS "reversed"
    FROM moved WHERE month >= ${first} GROUP BY month`,
  );
  const none = { given: 0n, spent: 0n, expired: 0n, reversed: 0n };
  return monthsBetween(first, last).map((month) => ({
    ...none,
    ...rows.find((row) => row.month === month),
    month,
    partial: month === last,
  }));
}

export type TopEarner = {
  customerId: string;
  name: string | null;
  email: string | null;
  externalId: string | null;
  earned: bigint;
  points: bigint;
};

/** Who earned most points in the last twelve months, minus reversals. */
export async function topEarners(scope: Scope, limit = 10): Promise<TopEarner[]> {
  requirePermission(scope, "program.read");
  const since = addDays(scopeNow(scope), -365);
  return inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<TopEarner[]>`
    WITH moved AS (
      SELECT split_part(credit_account_id, ':', 2) AS owner, amount_minor AS minor
        FROM ledger_transfer
      WHERE merchant_id = ${merchantId} AND asset = ${POINTS} AND occurred_at >= ${since}
        AND credit_account_id LIKE 'available:%' AND debit_account_id ~ '^(pending|funding):'
      UNION ALL
      SELECT split_part(debit_account_id, ':', 2), -amount_minor FROM ledger_transfer
      WHERE merchant_id = ${merchantId} AND asset = ${POINTS} AND occurred_at >= ${since}
        AND debit_account_id ~ '^(available|owed):' AND credit_account_id LIKE 'funding:%'
          AND cause_key !~ '(^|:)expir'
    ), best AS (
      SELECT owner, sum(minor)::bigint AS earned FROM moved GROUP BY owner HAVING sum(minor) > 0
        ORDER BY earned DESC, owner LIMIT ${limit}
    )
    SELECT b.owner AS "customerId", c.name, c.email, c.external_id AS "externalId", b.earned,
      COALESCE(a.balance_minor, 0) AS points
    FROM best b JOIN customer c ON c.merchant_id = ${merchantId} AND c.id = b.owner
    LEFT JOIN ledger_account a ON a.merchant_id = ${merchantId}
      AND a.id = 'available:' || b.owner || ':' || ${POINTS}
    ORDER BY b.earned DESC, b.owner`,
  );
}

function monthsBefore(month: string, count: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 - count;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}
