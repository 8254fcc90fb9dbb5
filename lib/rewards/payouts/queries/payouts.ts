import { withinDays } from "@/lib/core/lists/day-filter";
import { notFound } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { contains } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { BatchFilter, BatchState } from "../schema";

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
