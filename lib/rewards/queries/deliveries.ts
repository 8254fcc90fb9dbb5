import { z } from "zod";
import { Prisma } from "@/lib/core/db";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { addDays } from "@/lib/core/time";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { BENEFITS, type BenefitKind, benefitKind } from "@/lib/terms/kinds/benefits";
import { slugsOf } from "@/lib/programs/queries";
import { isPayable, PAYABLE_MINOR } from "../payouts/queries/payable";
import { REWARD_SELECT, readTerms, type RewardRow } from "./rewards";

/** What staff deliver reward by reward; cash is paid in payouts. */
export const DELIVERY_KINDS = (Object.keys(BENEFITS) as BenefitKind[]).filter(
  (kind) => benefitKind(kind).delivery === "staff",
);

/** How long a delivery stays in the list, to be corrected. */
const DONE_DAYS = 30;

export const deliveryFilterSchema = z.object({
  show: z.enum(["waiting", "done"]).default("waiting"),
  kind: z.enum(DELIVERY_KINDS).optional(),
  program: z.string().max(100).optional(),
  /** Part of a name, an email or the reward; or an id. */
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeliveryFilter = z.infer<typeof deliveryFilterSchema>;

/** `at`: since when it waits, or when it was delivered. */
export type DeliveryRow = RewardRow & { at: Date };

/**
 * What waits for delivery, the longest first; or what was delivered in the last 30 days, the latest
 * first.
 */
export async function listDeliveries(
  scope: Scope,
  filter: DeliveryFilter,
): Promise<Page<DeliveryRow>> {
  requirePermission(scope, "referral.read");
  const isDone = filter.show === "done";
  const where = [
    Prisma.sql`w.merchant_id = ${scope.merchantId}`,
    Prisma.sql`w.terms->'benefit'->>'kind' = ANY(${[...DELIVERY_KINDS]}::text[])`,
  ];
  if (filter.kind) where.push(Prisma.sql`w.terms->'benefit'->>'kind' = ${filter.kind}`);
  if (filter.program)
    where.push(
      Prisma.sql`(p.id = ${filter.program} OR p.slug = ANY(${slugsOf(scope, filter.program)}))`,
    );
  if (filter.search) {
    const pattern = containing(filter.search);
    where.push(Prisma.sql`(w.id = ${filter.search} OR c.name ILIKE ${pattern}
      OR c.email ILIKE ${pattern} OR c.external_id = ${filter.search}
      OR w.terms->'benefit'->>'title' ILIKE ${pattern}
        OR w.terms->'benefit'->>'to' ILIKE ${pattern})`);
  }
  const cursor = filter.cursor ? decodeTimeCursor(filter.cursor) : null;
  const rows = await inScope(scope, ({ db }) => (isDone ? done : waiting)(db, where));
  return toPage(
    rows.map((row) => ({ ...row, ...readTerms(row) })),
    filter.limit,
    (row) => [row.at.toISOString(), row.id],
  );

  function waiting(db: NonNullable<Scope["db"]>, where: Prisma.Sql[]): Promise<DeliveryRow[]> {
    const all = [
      ...where,
      Prisma.sql`w.state = 'available'`,
      ...(cursor ? [Prisma.sql`(w.available_at, w.id) > (${cursor.at}, ${cursor.id})`] : []),
    ];
    return db.$queryRaw<DeliveryRow[]>`
      SELECT *, "availableAt" AS at FROM (
        ${REWARD_SELECT} WHERE ${Prisma.join(all, " AND ")} ORDER BY w.available_at, w.id
        LIMIT ${filter.limit + 1}
      ) waiting ORDER BY at, id`;
  }

  function done(db: NonNullable<Scope["db"]>, where: Prisma.Sql[]): Promise<DeliveryRow[]> {
    const since = addDays(scopeNow(scope), -DONE_DAYS);
    const all = [...where, Prisma.sql`w.state = 'used'`];
    return db.$queryRaw<DeliveryRow[]>`
      SELECT r.*, s.at FROM (
        SELECT reward_id, max(at) AS at FROM reward_step
        WHERE merchant_id = ${scope.merchantId} AND at >= ${since} AND state = 'used'
          AND reason = 'given' GROUP BY reward_id
      ) s JOIN LATERAL (${REWARD_SELECT}
      WHERE ${Prisma.join(all, " AND ")} AND w.id = s.reward_id) r ON true
      WHERE ${cursor ? Prisma.sql`(s.at, r.id) < (${cursor.at}, ${cursor.id})` : Prisma.sql`true`}
      ORDER BY s.at DESC, r.id DESC LIMIT ${filter.limit + 1}`;
  }
}

export type WaitingCounts = {
  /** Rewards to deliver. */
  tasks: number;
  /** Cash rewards to be paid, and their sum in minor units. */
  payable: number;
  payableMinor: bigint;
  openPayouts: number;
};

/** How much waits for staff. */
export async function waitingCounts(scope: Scope): Promise<WaitingCounts> {
  requirePermission(scope, "referral.read");
  const [row] = await inScope(
    scope,
    ({ db }) => db.$queryRaw<[WaitingCounts]>`
    SELECT
      (SELECT count(*)::int FROM reward w
        WHERE w.merchant_id = ${scope.merchantId} AND w.state = 'available'
        AND w.terms->'benefit'->>'kind' = ANY(${[...DELIVERY_KINDS]}::text[])) AS tasks,
      count(*)::int AS payable, COALESCE(sum(${PAYABLE_MINOR}), 0)::bigint AS "payableMinor",
      (SELECT count(*)::int FROM payout_batch b
        WHERE b.merchant_id = ${scope.merchantId} AND b.state = 'open') AS "openPayouts"
    FROM reward r WHERE ${isPayable(scope)}`,
  );
  return row;
}
