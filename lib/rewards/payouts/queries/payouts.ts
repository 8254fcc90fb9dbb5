import { withinDays } from "@/lib/core/lists/day-filter";
import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import type { Asset, Money } from "@/lib/core/money";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { contains } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { chosenPayable, PAYABLE_MINOR } from "./payable";
import type { BatchFilter, BatchState, PayableFilter } from "../schema";

export type PayoutRow = {
  id: string;
  number: number;
  state: BatchState;
  asset: Asset;
  rewards: number;
  totalMinor: bigint;
  createdAt: Date;
  createdBy: string;
  exportedAt: Date | null;
  changedAt: Date | null;
  paidAt: Date | null;
  paidBy: string | null;
  cancelledAt: Date | null;
  reference: string | null;
};

/** Payouts, newest first, a page at a time. */
export async function listPayouts(scope: Scope, filter: BatchFilter): Promise<Page<PayoutRow>> {
  requirePermission(scope, "referral.read");
  const cursor = filter.cursor ? decodeTimeCursor(filter.cursor) : null;
  const number =
    filter.search && /^#?\d{1,9}$/.test(filter.search)
      ? Number(filter.search.replace("#", ""))
      : null;
  const rows = await inScope(scope, ({ db }) =>
    db.payoutBatch.findMany({
      where: {
        merchantId: scope.merchantId,
        createdAt: withinDays(filter, scope.timeZone),
        ...(filter.state && { state: filter.state }),
        ...(filter.search && {
          OR: [{ reference: contains(filter.search) }, ...(number === null ? [] : [{ number }])],
        }),
        ...(cursor && { id: { lt: cursor.id } }),
      },
      orderBy: { id: "desc" },
      take: filter.limit + 1,
    }),
  );
  return toPage(rows as PayoutRow[], filter.limit, (row) => [row.createdAt.toISOString(), row.id]);
}

/** @throws DomainError not_found */
export async function payoutById(scope: Scope, batchId: string): Promise<PayoutRow> {
  requirePermission(scope, "referral.read");
  const row = await inScope(scope, ({ db }) =>
    db.payoutBatch.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id: batchId } },
    }),
  );
  if (!row) throw notFound("payout");
  return row as PayoutRow;
}

/** What one person is owed, or was paid, in one amount. */
export type PayoutPerson = {
  customerId: string;
  /** The merchant's own id where it gave one. */
  customerRef: string;
  name: string | null;
  email: string | null;
  amount: Money;
  rewardIds: string[];
};

type PersonRow = Omit<PayoutPerson, "amount"> & { minor: bigint; oldestAt: Date };

/** The people of a payout, by name. A batch is bounded, so it is read whole. */
export async function payoutPeople(
  scope: Scope,
  batch: Pick<PayoutRow, "id" | "asset">,
): Promise<PayoutPerson[]> {
  requirePermission(scope, "referral.read");
  return people(
    scope,
    batch.asset,
    Prisma.sql`r.merchant_id = ${scope.merchantId} AND r.payout_batch_id = ${batch.id}`,
    null,
  );
}

export type Payable = {
  people: (PayoutPerson & { oldestAt: Date })[];
  rewards: number;
  total: Money;
  hasMore: boolean;
};

/**
 * What a payout of this filter would hold, person by person, those who have waited longest first.
 */
export async function payable(scope: Scope, filter: PayableFilter, limit = 200): Promise<Payable> {
  requirePermission(scope, "referral.read");
  const chosen = chosenPayable(scope, filter);
  const [sums] = await inScope(
    scope,
    ({ db }) => db.$queryRaw<[{ rewards: number; minor: bigint }]>`
    SELECT count(*)::int AS rewards, COALESCE(sum(${PAYABLE_MINOR}), 0)::bigint AS minor
    FROM reward r WHERE r.merchant_id = ${scope.merchantId} AND r.id IN (${chosen})`,
  );
  const found = await people(
    scope,
    scope.asset,
    Prisma.sql`r.merchant_id = ${scope.merchantId} AND r.id IN (${chosen})`,
    limit + 1,
  );
  return {
    people: found.slice(0, limit),
    rewards: sums.rewards,
    total: { minor: sums.minor, asset: scope.asset },
    hasMore: found.length > limit,
  };
}

async function people(
  scope: Scope,
  asset: Asset,
  where: Prisma.Sql,
  limit: number | null,
): Promise<(PayoutPerson & { oldestAt: Date })[]> {
  const order =
    limit === null
      ? Prisma.sql`COALESCE(c.name, c.email, c.id), c.id`
      : Prisma.sql`min(r.available_at), c.id LIMIT ${limit}`;
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<PersonRow[]>`
    SELECT c.id AS "customerId", COALESCE(c.external_id, c.id) AS "customerRef", c.name, c.email,
      sum(${PAYABLE_MINOR})::bigint AS minor, array_agg(r.id ORDER BY r.id) AS "rewardIds",
      min(r.available_at) AS "oldestAt"
    FROM reward r JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.customer_id
    WHERE ${where} GROUP BY c.merchant_id, c.id ORDER BY ${order}`,
  );
  return rows.map(({ minor, ...row }) => ({ ...row, amount: { minor, asset } }));
}
