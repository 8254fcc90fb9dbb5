import { deliveryOf } from "@/lib/terms/kinds/benefits";
import { notFound } from "@/lib/core/errors";
import type { Asset, Money } from "@/lib/core/money";
import type { Condition } from "@/lib/terms/schema";
import type { AccountRef } from "@/lib/ledger/rules/accounts";
import type { Tx } from "@/lib/merchants/scope";
import { lockReferral } from "@/lib/referrals/commands";
import { type FrozenTerms, frozenTermsSchema, type RewardState } from "../schema";

export type LoadedReward = {
  id: string;
  programId: string;
  referralId: string | null;
  side: "advocate" | "friend";
  customerId: string;
  advocateId: string | null;
  orderId: string | null;
  state: RewardState;
  heldUntil: Date;
  expiresAt: Date | null;
  payoutBatchId: string | null;
  amountMinor: bigint | null;
  asset: Asset | null;
  reversedMinor: bigint;
  recoveredMinor: bigint;
  withheldMinor: bigint;
  expiredMinor: bigint;
  borrowedMinor: bigint;
  claimedMinor: bigint;
  costMinor: bigint;
  /** What its merchant does about what a reversal cannot find. */
  clawbackPolicy: "clamp" | "negative";
  underReview: boolean;
  /** As they were frozen: see `thawFacts`. */
  facts: unknown;
  terms: FrozenTerms & { conditions: Condition; qualificationConditions: Condition };
};

/** What has to be known of a reward to release it. */
export type HeldReward = Pick<
  LoadedReward,
  | "id"
  | "customerId"
  | "state"
  | "heldUntil"
  | "amountMinor"
  | "asset"
  | "reversedMinor"
  | "withheldMinor"
  | "expiredMinor"
  | "terms"
>;

/**
 * Locks rewards that are to be reversed or changed, and the payouts that they are part of: all of
 * them before the first one's budget, for whoever holds a budget waits for neither.
 */
export async function lockRewards(tx: Tx, rewardIds: readonly string[]): Promise<void> {
  if (rewardIds.length === 0) return;
  await tx.lock.rewards(...rewardIds);
  const inPayouts = await tx.db.reward.findMany({
    where: { merchantId: tx.merchantId, id: { in: [...rewardIds] }, payoutBatchId: { not: null } },
    select: { payoutBatchId: true },
  });
  await tx.lock.payouts(...inPayouts.flatMap(({ payoutBatchId }) => payoutBatchId ?? []));
}

/**
 * Reads a reward and locks it until the transaction ends, with the payout that it is part of.
 * @throws DomainError not_found
 */
export async function lockReward(tx: Tx, rewardId: string): Promise<LoadedReward> {
  const { db, merchantId } = tx;
  tx.lock.took("reward", [rewardId]);
  const rows = await db.$queryRaw<(Omit<LoadedReward, "terms"> & { terms: unknown })[]>`
    SELECT r.id, r.program_id AS "programId", r.referral_id AS "referralId", r.side,
      r.customer_id AS "customerId",
      r.advocate_id AS "advocateId", r.order_id AS "orderId", r.state, r.held_until AS "heldUntil",
      r.expires_at AS "expiresAt", r.payout_batch_id AS "payoutBatchId",
      r.amount_minor AS "amountMinor", r.asset, r.reversed_minor AS "reversedMinor",
      r.recovered_minor AS "recoveredMinor",
      r.withheld_minor AS "withheldMinor", r.expired_minor AS "expiredMinor",
      r.borrowed_minor AS "borrowedMinor", r.claimed_minor AS "claimedMinor",
      m.clawback_policy AS "clawbackPolicy",
      r.cost_minor AS "costMinor", f.review_at IS NOT NULL AS "underReview",
      r.facts, r.terms
    FROM reward r
    JOIN merchant m ON m.id = r.merchant_id
    LEFT JOIN referral f ON f.merchant_id = r.merchant_id AND f.id = r.referral_id
    WHERE r.merchant_id = ${merchantId} AND r.id = ${rewardId}
    FOR NO KEY UPDATE OF r`;
  const reward = rows[0];
  if (!reward) throw notFound("reward");
  if (reward.payoutBatchId) await tx.lock.payouts(reward.payoutBatchId);
  // Conditions were checked when their version was published, and are immutable since.
  const terms = frozenTermsSchema.parse(reward.terms) as LoadedReward["terms"];
  return { ...reward, terms };
}

/**
 * The same with its referral locked before it, as everything does that goes on from a reward to its
 * referral.
 */
export async function lockRewardAfterReferral(tx: Tx, rewardId: string): Promise<LoadedReward> {
  const { db, merchantId } = tx;
  const reward = await db.reward.findUnique({
    where: { merchantId_id: { merchantId, id: rewardId } },
    select: { referralId: true },
  });
  if (reward?.referralId) await lockReferral(tx, reward.referralId);
  return lockReward(tx, rewardId);
}

type Amounts = Pick<
  LoadedReward,
  "amountMinor" | "asset" | "reversedMinor" | "withheldMinor" | "expiredMinor"
>;

/**
 * What is left of a reward's amount after what was reversed, expired or was withheld; null for what
 * is not an amount.
 */
export function remainingAmount(reward: Amounts): Money | null {
  const worth = worthLeft(reward);
  return worth && { ...worth, minor: worth.minor - reward.withheldMinor };
}

/**
 * What a reward is worth to its owner after reversals and what expired, spent or not: what was
 * withheld paid what they owed. Null for what is not an amount.
 */
export function worthLeft(
  reward: Pick<LoadedReward, "amountMinor" | "asset" | "reversedMinor" | "expiredMinor">,
): Money | null {
  const { amountMinor, asset, reversedMinor, expiredMinor } = reward;
  if (amountMinor === null || asset === null) return null;
  return { minor: amountMinor - reversedMinor - expiredMinor, asset };
}

/**
 * The part of a reward's cost that goes when so much of its amount does. What was reversed and not
 * recovered still costs. All of it for what is not an amount, or the last of one.
 */
export function costOfPart(
  reward: Pick<LoadedReward, "amountMinor" | "recoveredMinor" | "expiredMinor" | "costMinor">,
  minor: bigint,
): bigint {
  const { amountMinor, recoveredMinor, expiredMinor, costMinor } = reward;
  if (amountMinor === null) return costMinor;
  const costing = amountMinor - recoveredMinor - expiredMinor;
  return costing > minor ? (costMinor * minor) / costing : costMinor;
}

/**
 * The account in which a reward of this state lies: `pending` on hold; then credit and points in
 * the balance one spends from, coupons and cash owed apart in `issued`.
 */
export function accountOf(
  reward: Pick<LoadedReward, "customerId" | "asset" | "state" | "terms">,
): AccountRef | null {
  if (reward.asset === null) return null;
  const kind =
    reward.state === "held"
      ? "pending"
      : deliveryOf(reward.terms.benefit) === "balance"
        ? "available"
        : "issued";
  return { kind, ownerId: reward.customerId, asset: reward.asset };
}

/** The program's funding account: where its rewards come from and go back to. */
export function fundingOf(reward: Pick<LoadedReward, "programId">, asset: Asset): AccountRef {
  return { kind: "funding", ownerId: reward.programId, asset };
}
