import { type Db, Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";
import { milestonesOf } from "@/lib/terms/rules/applying";
import { milestoneKey } from "@/lib/terms/rules/milestones";
import type { PublishedProgram } from "../terms-in-effect";
import type { LoadedAdvocate } from "./with-advocate";

type Scoped = Scope & { db: Db };

/** A qualified referral, with its number in the order in which the advocate's qualified. */
export type QualifiedReferral = {
  id: string;
  number: number;
  friendId: string;
  channel: string | null;
  clickedAt: Date | null;
  joinedAt: Date;
  at: Date;
  eventId: string;
  isNewCustomer: boolean;
  underReview: boolean;
};

/** How many qualified referrals count for milestones: those without a pending review. */
export async function countQualified(
  { db, merchantId }: Scoped,
  { id }: LoadedAdvocate,
): Promise<number> {
  return db.referral.count({
    where: { merchantId, advocateId: id, state: { in: ["qualified", "rewarded"] }, reviewAt: null },
  });
}

/**
 * The referrals that reached a milestone which has no reward yet, by the order in which the
 * referrals that count today qualified.
 * @param known rewards that exist: "<rule> <cause>" @param count as `countQualified` tells it
 */
export async function reachedMilestones(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  known: ReadonlySet<string>,
  count: number,
): Promise<QualifiedReferral[]> {
  const numbers = new Set<number>();
  for (const rule of program.versions.flatMap(({ terms }) => terms.rules)) {
    for (const number of milestonesOf(rule, count))
      if (!known.has(`${rule.id} ${milestoneKey(number)}`)) numbers.add(number);
  }
  if (numbers.size === 0) return [];
  return scope.db.$queryRaw<QualifiedReferral[]>`
    WITH qualified AS (
      SELECT r.*, row_number() OVER (ORDER BY r.qualified_at, r.id)::int AS number FROM referral r
      WHERE r.merchant_id = ${scope.merchantId} AND r.advocate_id = ${advocate.id}
        AND r.state IN ('qualified', 'rewarded') AND r.review_at IS NULL
    )
    ${SELECT_QUALIFIED} FROM qualified r ${JOIN_CAUSE}
    WHERE r.number = ANY(${[...numbers]}::int[]) ORDER BY r.number`;
}

/**
 * The qualified friends that the advocate's own friends brought after they came themselves. A
 * rejected friend brings nobody; one whose referral expired or was reversed is a friend still.
 */
export async function secondLevel(
  scope: Scoped,
  advocate: LoadedAdvocate,
): Promise<QualifiedReferral[]> {
  return scope.db.$queryRaw<QualifiedReferral[]>`
    WITH second AS (
      SELECT r.*, 0 AS number FROM referral up
      JOIN advocate b ON b.merchant_id = up.merchant_id AND b.customer_id = up.friend_id
        AND b.program_id = up.program_id
      JOIN referral r ON r.merchant_id = b.merchant_id AND r.advocate_id = b.id
      WHERE up.merchant_id = ${scope.merchantId} AND up.advocate_id = ${advocate.id}
        AND up.state IN ('joined', 'expired', 'qualified', 'rewarded', 'reversed')
        AND r.state IN ('qualified', 'rewarded') AND r.joined_at >= up.joined_at
        AND r.friend_id <> ${advocate.customerId}
    )
    ${SELECT_QUALIFIED} FROM second r ${JOIN_CAUSE} ORDER BY r.qualified_at, r.id`;
}

const SELECT_QUALIFIED = Prisma.sql`
  SELECT r.id, r.number, r.friend_id AS "friendId", r.channel, r.clicked_at AS "clickedAt",
    r.joined_at AS "joinedAt", r.qualified_at AS at, s.event_id AS "eventId",
    r.review_at IS NOT NULL AS "underReview",
    (c.first_order_at < LEAST(r.clicked_at, r.joined_at)) IS NOT TRUE AS "isNewCustomer"`;
const JOIN_CAUSE = Prisma.sql`
  JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
  JOIN LATERAL (
    SELECT s.event_id FROM referral_step s
    WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id
      AND s.state = 'qualified' AND s.event_id IS NOT NULL
    ORDER BY s.id DESC LIMIT 1
  ) s ON true`;
