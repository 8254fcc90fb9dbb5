import { z } from "zod";
import { Prisma } from "@/lib/core/db";
import { daysOf } from "@/lib/core/lists/day-filter";
import { notFound } from "@/lib/core/errors";
import { dayFilter } from "@/lib/core/values/day";
import { idFilterSchema } from "@/lib/core/values/own-id";
import { type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { slugsOf } from "@/lib/programs/queries";
import { REFERRAL_STATES } from "../schema";
import { BY_SCORE, BY_TIME } from "./list-order";
import { type SignalRow, signalsOf } from "./signals";

export const referralFilterSchema = z.object({
  state: z.enum(REFERRAL_STATES).optional(),
  program: z.string().max(100).optional(),
  /** A customer on either side: our id, or the merchant's own. */
  customer: idFilterSchema.optional(),
  /** Order that belongs to it. */
  order: idFilterSchema.optional(),
  /** Only those that wait for a decision. */
  review: z.stringbool().optional(),
  /** Only those that wait for a decision although rewards were released or paid before. */
  case: z.stringbool().optional(),
  ...dayFilter,
  /** Only those of which it is not proven that the friend accepted. */
  claimed: z.stringbool().optional(),
  /** Part of a name, address, code or id. */
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ReferralFilter = z.infer<typeof referralFilterSchema>;

export type ReferralRow = {
  id: string;
  programId: string;
  programName: string;
  programSlug: string;
  programVersion: number;
  code: string;
  state: string;
  reason: string;
  attributedBy: string;
  channel: string | null;
  underReview: boolean;
  provenAt: Date | null;
  provenBy: string | null;
  heldBack: boolean;
  /** Since when it has waited for a decision; null where it does not. */
  reviewAt: Date | null;
  /** What its signals add up to, from 0 to 100. */
  score: number;
  createdAt: Date;
  clickedAt: Date | null;
  joinedAt: Date | null;
  qualifiedAt: Date | null;
  rewardedAt: Date | null;
  expiresAt: Date;
  advocateId: string;
  advocateCustomerId: string;
  advocateExternalId: string | null;
  advocateName: string | null;
  advocateEmail: string | null;
  friendId: string;
  friendExternalId: string | null;
  friendName: string | null;
  friendEmail: string | null;
};

const COLUMNS = Prisma.sql`
  r.id, r.program_id AS "programId", p.name AS "programName", p.slug AS "programSlug",
  r.program_version AS "programVersion", r.code,
  r.state, r.reason, r.attributed_by AS "attributedBy", r.channel,
  r.review_at IS NOT NULL AS "underReview", r.review_at AS "reviewAt", r.score,
  r.proven_at AS "provenAt", r.proven_by AS "provenBy", r.held_back AS "heldBack",
  r.created_at AS "createdAt", r.clicked_at AS "clickedAt", r.joined_at AS "joinedAt",
  r.qualified_at AS "qualifiedAt",
  r.rewarded_at AS "rewardedAt", r.expires_at AS "expiresAt",
  r.advocate_id AS "advocateId", ac.id AS "advocateCustomerId",
  ac.external_id AS "advocateExternalId", ac.name AS "advocateName",
  ac.email AS "advocateEmail", fc.id AS "friendId", fc.external_id AS "friendExternalId",
  fc.name AS "friendName", fc.email AS "friendEmail"`;

const JOINS = Prisma.sql`
  FROM referral r
  JOIN program p ON p.merchant_id = r.merchant_id AND p.id = r.program_id
  JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
  JOIN customer ac ON ac.merchant_id = r.merchant_id AND ac.id = a.customer_id
  JOIN customer fc ON fc.merchant_id = r.merchant_id AND fc.id = r.friend_id`;

/**
 * Referrals with such a customer on either side. The customers are found first, once, and not per
 * joined row.
 * @param where a condition on customer c
 */
function partOf(scope: Scope, where: Prisma.Sql): Prisma.Sql {
  const people = Prisma.sql`SELECT c.id FROM customer c
  WHERE c.merchant_id = ${scope.merchantId} AND ${where}`;
  return Prisma.sql`(r.friend_id IN (${people}) OR r.advocate_id IN (
    SELECT a.id FROM advocate a
    WHERE a.merchant_id = ${scope.merchantId} AND a.customer_id IN (${people})))`;
}

/**
 * Referrals a page at a time, newest first; those that wait for a decision by their score, the most
 * suspicious first and of those the longest waiting.
 */
export async function listReferrals(
  scope: Scope,
  filter: ReferralFilter,
): Promise<Page<ReferralRow>> {
  requirePermission(scope, "referral.read");
  const where = [
    Prisma.sql`r.merchant_id = ${scope.merchantId}`,
    ...daysOf(Prisma.sql`r.created_at`, filter, scope.timeZone),
  ];
  if (filter.state) where.push(Prisma.sql`r.state = ${filter.state}`);
  if (filter.program)
    where.push(
      Prisma.sql`(p.id = ${filter.program} OR p.slug = ANY(${slugsOf(scope, filter.program)}))`,
    );
  if (filter.case)
    where.push(Prisma.sql`EXISTS (SELECT FROM fraud_signal s
      WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id
        AND s.reached IN ('released', 'paid'))`);
  if (filter.review || filter.case)
    where.push(
      Prisma.sql`r.review_at IS NOT NULL AND r.state IN ('joined', 'qualified', 'rewarded')`,
    );
  if (filter.claimed) where.push(Prisma.sql`r.proven_at IS NULL AND r.state = 'joined'`);
  if (filter.customer)
    where.push(partOf(scope, Prisma.sql`${filter.customer} IN (c.id, c.external_id)`));
  if (filter.order)
    where.push(Prisma.sql`EXISTS (SELECT FROM shop_order o
      WHERE o.merchant_id = r.merchant_id AND o.id = ${filter.order}
        AND o.customer_id = r.friend_id)`);
  if (filter.search) {
    const pattern = containing(filter.search);
    const people = Prisma.sql`(c.name ILIKE ${pattern} OR c.email ILIKE ${pattern}
      OR c.external_id = ${filter.search})`;
    where.push(
      Prisma.sql`(r.code ILIKE ${pattern} OR r.id = ${filter.search} OR ${partOf(scope, people)})`,
    );
  }
  const order = filter.review || filter.case ? BY_SCORE : BY_TIME;
  if (filter.cursor) where.push(order.after(filter.cursor));
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<ReferralRow[]>`
    SELECT ${COLUMNS} ${JOINS} WHERE ${Prisma.join(where, " AND ")}
    ORDER BY ${order.by} LIMIT ${filter.limit + 1}`,
  );
  return toPage(rows, filter.limit, order.place);
}

export type ReferralStepRow = {
  id: string;
  state: string;
  reason: string;
  at: Date;
  recordedAt: Date;
  actor: string;
  eventId: string | null;
};
export type ReferralStory = ReferralRow & {
  steps: ReferralStepRow[];
  signals: SignalRow[];
};

/**
 * One referral with its steps in the order they were taken, and its signals. @throws DomainError
 * not_found
 */
export async function referralStory(scope: Scope, referralId: string): Promise<ReferralStory> {
  requirePermission(scope, "referral.read");
  return inScope(scope, async (tx) => {
    const { db, merchantId } = tx;
    const [row] = await db.$queryRaw<
      ReferralRow[]
    >`SELECT ${COLUMNS} ${JOINS} WHERE r.merchant_id = ${merchantId} AND r.id = ${referralId}`;
    if (!row) throw notFound("referral");
    const steps = await stepsOf(tx, [referralId]);
    const signals = await signalsOf(tx, [referralId]);
    return {
      ...row,
      steps: steps.get(referralId) ?? [],
      signals: signals.get(referralId) ?? [],
    };
  });
}

/** The steps of several referrals, each in order: for lists that show them. */
export async function stepsOf(
  scope: Scope,
  referralIds: readonly string[],
): Promise<Map<string, ReferralStepRow[]>> {
  const rows = await inScope(scope, ({ db }) =>
    db.referralStep.findMany({
      where: { merchantId: scope.merchantId, referralId: { in: [...referralIds] } },
      orderBy: { id: "asc" },
      select: {
        referralId: true,
        id: true,
        state: true,
        reason: true,
        at: true,
        recordedAt: true,
        actor: true,
        eventId: true,
      },
    }),
  );
  const byReferral = new Map<string, ReferralStepRow[]>();
  for (const { referralId, ...step } of rows)
    byReferral.set(referralId, [...(byReferral.get(referralId) ?? []), step]);
  return byReferral;
}

/** How many referrals wait for a member's decision. */
export async function countToReview(scope: Scope): Promise<number> {
  requirePermission(scope, "referral.read");
  const state = { in: ["joined", "qualified", "rewarded"] };
  return inScope(scope, ({ db, merchantId }) =>
    db.referral.count({ where: { merchantId, reviewAt: { not: null }, state } }),
  );
}
