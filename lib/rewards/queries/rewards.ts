import { kindsDelivered } from "@/lib/terms/kinds/benefits";
import { readCode } from "@/lib/core/values/code";
import { Prisma } from "@/lib/core/db";
import { daysOf } from "@/lib/core/lists/day-filter";
import { notFound } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { slugsOf } from "@/lib/programs/queries";
import {
  type FrozenTerms,
  frozenTermsSchema,
  type ReversalReason,
  type RewardSource,
} from "../schema";
import type { RewardFilter } from "./reward-filter";

export type RewardRow = {
  id: string;
  programId: string;
  programName: string;
  programSlug: string;
  programVersion: number;
  source: RewardSource;
  ruleId: string;
  side: "advocate" | "friend";
  referralId: string | null;
  eventId: string | null;
  orderId: string | null;
  state: string;
  reason: string;
  /** Why all or a part of it was taken in its last step; see `reversalReasonOf`. */
  reversalReason: ReversalReason | null;
  amountMinor: bigint | null;
  asset: Asset | null;
  reversedMinor: bigint;
  recoveredMinor: bigint;
  withheldMinor: bigint;
  costMinor: bigint;
  grantedAt: Date;
  heldUntil: Date;
  availableAt: Date | null;
  issuedAt: Date | null;
  expiresAt: Date | null;
  remindedAt: Date | null;
  /** What staff wrote for its owner: a tracking number, a seat. */
  note: string | null;
  payoutId: string | null;
  payoutNumber: number | null;
  couponCode: string | null;
  underReview: boolean;
  customerId: string;
  customerExternalId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  terms: FrozenTerms;
};

/**
 * The columns of `RewardRow` from `reward w` and what belongs to it: program p, customer c,
 * referral f, coupon k, payout_batch b.
 */
export const REWARD_SELECT = Prisma.sql`
  SELECT w.id, w.program_id AS "programId", p.name AS "programName", p.slug AS "programSlug",
    w.program_version AS "programVersion",
    w.source, w.rule_id AS "ruleId", w.side, w.referral_id AS "referralId", w.event_id AS "eventId",
    w.order_id AS "orderId", w.state, w.reason, w.reversal_reason AS "reversalReason",
    w.amount_minor AS "amountMinor", w.asset, w.reversed_minor AS "reversedMinor",
    w.recovered_minor AS "recoveredMinor", w.withheld_minor AS "withheldMinor",
    w.cost_minor AS "costMinor", w.granted_at AS "grantedAt", w.held_until AS "heldUntil",
    w.available_at AS "availableAt",
    w.issued_at AS "issuedAt", w.expires_at AS "expiresAt", w.reminded_at AS "remindedAt", w.note,
    b.id AS "payoutId", b.number AS "payoutNumber",
    CASE WHEN k.voided_at IS NULL THEN k.code END AS "couponCode",
    f.review_at IS NOT NULL AS "underReview",
    c.id AS "customerId", c.external_id AS "customerExternalId", c.name AS "customerName",
    c.email AS "customerEmail", w.terms
  FROM reward w
  JOIN program p ON p.merchant_id = w.merchant_id AND p.id = w.program_id
  JOIN customer c ON c.merchant_id = w.merchant_id AND c.id = w.customer_id
  LEFT JOIN referral f ON f.merchant_id = w.merchant_id AND f.id = w.referral_id
  LEFT JOIN coupon k ON k.merchant_id = w.merchant_id AND k.reward_id = w.id
  LEFT JOIN payout_batch b ON b.merchant_id = w.merchant_id AND b.id = w.payout_batch_id`;

/** Rewards, newest first, a page at a time. */
export async function listRewards(scope: Scope, filter: RewardFilter): Promise<Page<RewardRow>> {
  requirePermission(scope, "referral.read");
  const where = [
    Prisma.sql`w.merchant_id = ${scope.merchantId}`,
    ...daysOf(Prisma.sql`w.granted_at`, filter, scope.timeZone),
  ];
  if (filter.state) where.push(Prisma.sql`w.state = ${filter.state}`);
  if (filter.side) where.push(Prisma.sql`w.side = ${filter.side}`);
  if (filter.order) where.push(Prisma.sql`w.order_id = ${filter.order}`);
  if (filter.referral) where.push(Prisma.sql`w.referral_id = ${filter.referral}`);
  if (filter.program)
    where.push(
      Prisma.sql`(p.id = ${filter.program} OR p.slug = ANY(${slugsOf(scope, filter.program)}))`,
    );
  if (filter.customer) where.push(Prisma.sql`${filter.customer} IN (c.id, c.external_id)`);
  if (filter.toGive)
    where.push(
      Prisma.sql`w.state = 'available' AND w.terms->'benefit'->>'kind'
        = ANY(${kindsDelivered("staff", "payout")}::text[])`,
    );
  if (filter.search) {
    const pattern = containing(filter.search);
    where.push(Prisma.sql`(w.id = ${filter.search} OR k.code = ${readCode(filter.search)}
      OR w.order_id = ${filter.search}
      OR c.name ILIKE ${pattern} OR c.email ILIKE ${pattern} OR c.external_id = ${filter.search})`);
  }
  if (filter.cursor) {
    const { at, id } = decodeTimeCursor(filter.cursor);
    where.push(Prisma.sql`(w.granted_at, w.id) < (${at}, ${id})`);
  }
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<RewardRow[]>`
    ${REWARD_SELECT} WHERE ${Prisma.join(where, " AND ")} ORDER BY w.granted_at DESC, w.id DESC
    LIMIT ${filter.limit + 1}`,
  );
  return toPage(rows.map(readTerms), filter.limit, (row) => [row.grantedAt.toISOString(), row.id]);
}

/** A customer's own rewards in a program, newest first: for their page, whoever they are. */
export async function rewardsOfCustomer(
  scope: Scope,
  input: { customerId: string; programId?: string; limit: number },
): Promise<RewardRow[]> {
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<RewardRow[]>`
    ${REWARD_SELECT}
    WHERE w.merchant_id = ${scope.merchantId} AND w.customer_id = ${input.customerId}
      AND (${input.programId ?? null}::text IS NULL OR w.program_id = ${input.programId ?? null})
    ORDER BY w.granted_at DESC, w.id DESC LIMIT ${input.limit}`,
  );
  return rows.map(readTerms);
}

export type RewardStepRow = {
  id: string;
  state: string;
  reason: string;
  reversalReason: ReversalReason | null;
  at: Date;
  recordedAt: Date;
  actor: string;
  amountMinor: bigint | null;
  costMinor: bigint;
};
export type Receipt = RewardRow & {
  steps: RewardStepRow[];
  facts: {
    currency: string;
    orderMinor: string | null;
    isNewCustomer: boolean;
    reasons: { holds: boolean; code: string; message: string }[];
  };
  friendName: string | null;
  friendEmail: string | null;
  advocateName: string | null;
  advocateEmail: string | null;
};

/**
 * Everything about one reward: what, under which rule, on which facts, each step with its reason.
 * @param ownerId when given, only this customer's reward is found
 * @throws DomainError not_found
 */
export async function receipt(scope: Scope, rewardId: string, ownerId?: string): Promise<Receipt> {
  return inScope(scope, async (tx) => {
    const { db, merchantId } = tx;
    const [row] = await db.$queryRaw<
      RewardRow[]
    >`${REWARD_SELECT} WHERE w.merchant_id = ${merchantId} AND w.id = ${rewardId}`;
    if (!row || (ownerId !== undefined && row.customerId !== ownerId)) throw notFound("reward");
    const steps = await stepsOfRewards(tx, [rewardId]);
    const stored = await db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: rewardId } },
      select: { facts: true },
    });
    const referral =
      row.referralId === null
        ? null
        : await db.referral.findUnique({
            where: { merchantId_id: { merchantId, id: row.referralId } },
            select: {
              friend: { select: { name: true, email: true } },
              advocate: { select: { customer: { select: { name: true, email: true } } } },
            },
          });
    return {
      ...readTerms(row),
      steps: steps.get(rewardId) ?? [],
      facts: stored.facts as unknown as Receipt["facts"],
      friendName: referral?.friend.name ?? null,
      friendEmail: referral?.friend.email ?? null,
      advocateName: referral?.advocate.customer.name ?? null,
      advocateEmail: referral?.advocate.customer.email ?? null,
    };
  });
}

/** The steps of several rewards, each in order. */
export async function stepsOfRewards(
  scope: Scope,
  rewardIds: readonly string[],
): Promise<Map<string, RewardStepRow[]>> {
  const rows = await inScope(scope, ({ db }) =>
    db.rewardStep.findMany({
      where: { merchantId: scope.merchantId, rewardId: { in: [...rewardIds] } },
      orderBy: { id: "asc" },
      select: {
        rewardId: true,
        id: true,
        state: true,
        reason: true,
        reversalReason: true,
        at: true,
        recordedAt: true,
        actor: true,
        amountMinor: true,
        costMinor: true,
      },
    }),
  );
  const byReward = new Map<string, RewardStepRow[]>();
  for (const { rewardId, reversalReason, ...row } of rows) {
    const step = { ...row, reversalReason: reversalReason as ReversalReason | null };
    byReward.set(rewardId, [...(byReward.get(rewardId) ?? []), step]);
  }
  return byReward;
}

/** A row as read, with its terms checked. */
export function readTerms(row: RewardRow): RewardRow {
  return { ...row, terms: frozenTermsSchema.parse(row.terms) };
}
