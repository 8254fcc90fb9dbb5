import { z } from "zod";
import { daysOf } from "@/lib/core/lists/day-filter";
import { readCode } from "@/lib/core/values/code";
import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { dayFilter } from "@/lib/core/values/day";
import { idFilterSchema } from "@/lib/core/values/own-id";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { frozenTermsSchema, type RewardState } from "@/lib/rewards/schema";
import { cancelRefusal } from "../rules";
import { REDEMPTION_STATES, type RedemptionState } from "../schema/item";

export const redemptionFilterSchema = z.object({
  state: z.enum(REDEMPTION_STATES).optional(),
  item: z.string().max(40).optional(),
  /** Our customer id, or the merchant's own. */
  customer: idFilterSchema.optional(),
  ...dayFilter,
  /** Part of a name or address, a coupon code or an id. */
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RedemptionFilter = z.infer<typeof redemptionFilterSchema>;

export type RedemptionRow = {
  id: string;
  itemId: string;
  itemName: LocalizedText;
  icon: string;
  color: string;
  points: bigint;
  state: RedemptionState;
  requestKey: string;
  at: Date;
  cancelledAt: Date | null;
  cancelledBy: string | null;
  reason: string | null;
  rewardId: string;
  rewardState: RewardState;
  programId: string;
  programSlug: string;
  couponCode: string | null;
  customerId: string;
  customerExternalId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  /** Why staff, and its owner, can no longer cancel it; null when they can. */
  staffRefusal: string | null;
  ownRefusal: string | null;
};

const SELECT = Prisma.sql`
  SELECT r.id, r.item_id AS "itemId", i.name AS "itemName", i.icon, i.color, r.points, r.state,
    r.request_key AS "requestKey", r.at,
    r.cancelled_at AS "cancelledAt", r.cancelled_by AS "cancelledBy", r.reason,
    r.reward_id AS "rewardId", w.state AS "rewardState",
    w.program_id AS "programId", p.slug AS "programSlug",
    CASE WHEN k.voided_at IS NULL THEN k.code END AS "couponCode",
    w.terms, w.payout_batch_id IS NOT NULL AS "inPayout",
    c.id AS "customerId", c.external_id AS "customerExternalId", c.name AS "customerName",
      c.email AS "customerEmail"
  FROM redemption r
  JOIN catalogue_item i ON i.merchant_id = r.merchant_id AND i.id = r.item_id
  JOIN reward w ON w.merchant_id = r.merchant_id AND w.id = r.reward_id
  JOIN program p ON p.merchant_id = w.merchant_id AND p.id = w.program_id
  JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.customer_id
  LEFT JOIN coupon k ON k.merchant_id = r.merchant_id AND k.reward_id = r.reward_id`;

/** Redemptions, newest first, a page at a time. */
export async function listRedemptions(
  scope: Scope,
  filter: RedemptionFilter,
): Promise<Page<RedemptionRow>> {
  requirePermission(scope, "referral.read");
  const where = [
    Prisma.sql`r.merchant_id = ${scope.merchantId}`,
    ...daysOf(Prisma.sql`r.at`, filter, scope.timeZone),
  ];
  if (filter.state) where.push(Prisma.sql`r.state = ${filter.state}`);
  if (filter.item) where.push(Prisma.sql`r.item_id = ${filter.item}`);
  if (filter.customer) where.push(Prisma.sql`${filter.customer} IN (c.id, c.external_id)`);
  if (filter.search) {
    const pattern = containing(filter.search);
    where.push(Prisma.sql`(r.id = ${filter.search} OR r.reward_id = ${filter.search}
      OR k.code = ${readCode(filter.search)}
      OR c.name ILIKE ${pattern} OR c.email ILIKE ${pattern} OR c.external_id = ${filter.search})`);
  }
  if (filter.cursor) {
    const { at, id } = decodeTimeCursor(filter.cursor);
    where.push(Prisma.sql`(r.at, r.id) < (${at}, ${id})`);
  }
  const rows = await found(scope, Prisma.join(where, " AND "), filter.limit + 1);
  return toPage(rows, filter.limit, (row) => [row.at.toISOString(), row.id]);
}

/** A customer's own redemptions, newest first: for their page, whoever they are. */
export async function redemptionsOfCustomer(
  scope: Scope,
  customerId: string,
  limit: number,
): Promise<RedemptionRow[]> {
  return found(
    scope,
    Prisma.sql`r.merchant_id = ${scope.merchantId} AND r.customer_id = ${customerId}`,
    limit,
  );
}

/** One redemption. @throws DomainError not_found */
export async function redemptionById(scope: Scope, id: string): Promise<RedemptionRow> {
  const [row] = await found(
    scope,
    Prisma.sql`r.merchant_id = ${scope.merchantId} AND r.id = ${id}`,
    1,
  );
  if (!row) throw notFound("redemption");
  return row;
}

/** Points that customers gave for an item, less what they got back. */
export async function pointsTaken(scope: Scope, itemId: string): Promise<bigint> {
  requirePermission(scope, "program.read");
  const { _sum } = await inScope(scope, ({ db }) =>
    db.redemption.aggregate({
      where: { merchantId: scope.merchantId, itemId, state: "done" },
      _sum: { points: true },
    }),
  );
  return _sum.points ?? 0n;
}

async function found(scope: Scope, where: Prisma.Sql, limit: number): Promise<RedemptionRow[]> {
  type Raw = Omit<RedemptionRow, "staffRefusal" | "ownRefusal"> & {
    terms: unknown;
    inPayout: boolean;
  };
  const rows = await inScope(
    scope,
    ({ db }) =>
      db.$queryRaw<Raw[]>`${SELECT} WHERE ${where} ORDER BY r.at DESC, r.id DESC LIMIT ${limit}`,
  );
  return rows.map(({ terms, inPayout, ...row }) => {
    const got = {
      state: row.rewardState,
      benefit: frozenTermsSchema.parse(terms).benefit,
      inPayout,
    };
    const done = row.state === "cancelled" ? "This was cancelled." : null;
    return {
      ...row,
      staffRefusal: done ?? cancelRefusal(got, "staff"),
      ownRefusal: done ?? cancelRefusal(got, "customer"),
    };
  });
}
